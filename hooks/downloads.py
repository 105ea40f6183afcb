"""What is written besides the text: files beside the pages.

Events: on_post_page, on_post_template, on_post_build.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from macros.exports.folder import folder
from macros.register import desk_of
from macros.render.desk import Desk

IMPLIED = re.compile(r"</t[dhr]>(?=\s*<(?:/|t[dhr]\b))")
"""End tags that the next tag implies: one of the same kind begins, or what is around them ends."""


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the macros left on the desk; pictures of dots follow while others go on."""
    desk, site = desk_of(config), Path(config.site_dir)
    for path, content in desk.files.items():
        _write(site / path, content)
    desk.files.clear()  # those of all issues take many megabytes, and the builder has other targets to make
    folder.cache_clear()
    aside = ThreadPoolExecutor(1)
    desk.drawing = aside.submit(_draw, desk, site)
    aside.shutdown(wait=False)
    if desk.target.kind == "portal":
        (site / "sitemap.xml").rename(site / "sitemap-portal.xml")  # the root's own is an index of all


def _draw(desk: Desk, site: Path) -> None:
    for path, draw in desk.dots.items():
        _write(site / path, draw())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def on_post_template(output_content: str, **_: Any) -> str:
    """Tidy a page that is no document, such as 404.html."""
    return on_post_page(output_content)


def on_post_page(output: str, **_: Any) -> str:
    """Take out of a page what says nothing, but not out of what is printed letter by letter.

    The indentation of the templates, end tags of rows and cells that HTML lets one leave out (HTML standard,
    13.1.2.4), and an attribute that the theme's base page gives to checkboxes and HTML does not know there.
    """
    output = re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", output)
    parts = re.split(r"(<pre.*?</pre>|<script.*?</script>|<textarea.*?</textarea>)", output, flags=re.S)
    return "".join(part if index % 2 else IMPLIED.sub("", re.sub(r"\s*\n\s*", "\n", part)) for index, part in enumerate(parts))
