"""An id once published is never dropped (event: on_post_page).

Where an earlier edition had an id on a page and this one has not, the page says so under that id,
with the way to what stood there.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from hooks.press.html_page import HtmlPage
from macros.archive import former_ids
from macros.register import desk_of
from macros.render import former


def on_post_page(output: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Keep the ids that are gone, before the foot of the page."""
    desk = desk_of(config)
    if desk.target.kind != "edition":
        return output
    present = {name for name, _ in HtmlPage(output).ids}
    gone = {name: number for name, number in former_ids(desk.book, desk.here, page.file.dest_uri).items() if name not in present}
    return output.replace(former.FOOT, former.gone(desk, page.url.removeprefix("./"), gone) + former.FOOT, 1) if gone else output
