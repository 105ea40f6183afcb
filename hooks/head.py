"""What a page says around its text: masthead, edition, ways, how to cite, metadata.

Events: on_page_context, on_template_context. All pages have been rendered by then, so the list of
charts that the page "How to cite" needs is complete.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from macros.register import desk_of
from macros.render.citation import howto, references, shown
from macros.render.metadata import metadata
from macros.render.sheet import sheet


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Give the templates the sheet of the page, how to cite it, and its metadata."""
    desk, title, url = desk_of(config), str(page.title), page.url.removeprefix("./")
    context["sheet"] = sheet(desk, url)
    context["howto"] = howto(desk, title, url)
    context["shown"] = shown(desk, url)
    context["references"] = references(desk) if desk.target.kind == "edition" and url == "cite/" else []
    context["metadata"] = metadata(desk, title, url, str(page.meta.get("description", "")), context["howto"])
    return context


def on_template_context(context: dict[str, Any], config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Give a page that is no document, such as 404.html, the sheet of the portal; it has no metadata of its own."""
    context["sheet"] = sheet(desk_of(config), "")
    context["howto"] = context["metadata"] = None
    context["references"] = context["shown"] = []
    return context
