"""What a page says around its text (event: on_page_context): masthead, edition, permalink, ways."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from macros.register import desk_of
from macros.render.sheet import sheet


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Give the templates the sheet of the page."""
    context["sheet"] = sheet(desk_of(config), page.url, str(page.meta.get("title") or page.title))
    return context


def on_template_context(context: dict[str, Any], config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Give a page that is no document, such as 404.html, the sheet of the portal."""
    context["sheet"] = sheet(desk_of(config), "")
    return context
