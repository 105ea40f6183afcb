"""An id once published is never dropped (event: on_post_page).

Where an earlier edition had an id on a page and this one has not, the page says so under that id,
with the way to what stood there.
"""

from __future__ import annotations

import posixpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from hooks.publishing.html_page import HtmlPage
from macros.archive import former_ids
from macros.pages import retired_ids
from macros.register import context_of


def on_post_page(output: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Keep the ids that are gone, before the foot of the page."""
    context = context_of(config)
    path = posixpath.join(context.target.language, page.file.dest_uri)
    former = former_ids(context.book, context.here, path) if context.target.kind == "edition" else {}
    if not former:
        return output
    present = set(HtmlPage(output).ids)
    retired = {name: number for name, number in former.items() if name not in present}
    section = retired_ids.gone(context, page.url.removeprefix("./"), retired) if retired else ""
    return output.replace(retired_ids.FOOT, section + retired_ids.FOOT, 1)
