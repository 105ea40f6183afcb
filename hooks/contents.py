"""The contents of each page name what macros made too: points, recommendations, parts of catalogues (event: on_page_content)."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.pages.contents import headings


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Make the contents of a page from its headings, each below the last one of a higher level."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for heading in headings(html):
        link = AnchorLink(heading.title, heading.id, heading.level)
        above = [other for other in above if other.level < heading.level]
        (above[-1].children if above else top).append(link)
        above.append(link)
    page.toc = TableOfContents(top)
    return html
