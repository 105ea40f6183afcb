"""What a page says around its text: masthead, edition, ways, how to cite, metadata.

Events: on_env, on_page_context, on_template_context. All pages have been rendered by then, so the list of
charts that the page "How to cite" needs is complete.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros import translated_pages
from macros.language import Language
from macros.pages import cards, embeds
from macros.pages.citation import CITE, howto, references, shown
from macros.pages.html import translate
from macros.pages.metadata import metadata
from macros.pages.page_chrome import page_chrome
from macros.pages.page_files import page_files
from macros.register import context_of


def on_env(env: Environment, **_: Any) -> Environment:
    """Let the templates say their messages in the language of the build."""
    translate(env)
    return env


def on_page_context(variables: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation, **_: Any) -> dict[str, Any]:
    """Give the templates what stands around the page, how to cite it, and its metadata."""
    title, url = str(page.title), page.url.removeprefix("./")
    context = context_of(config).at(url)
    variables["chrome"] = page_chrome(context, url)
    variables["howto"] = howto(context, title, url)
    variables["shown"] = shown(context, url)
    variables["references"] = []
    if context.target.kind == "edition" and url == CITE:
        variables["references"] = references(context)
        variables["titles"] = {item.url.removeprefix("./"): item.title for item in nav.pages}
    description = str(page.meta.get("description", ""))
    card = cards.collect(context, title, url, description, shared="search" in page.meta)
    variables["metadata"] = metadata(context, title, url, description, variables["howto"], card)
    variables["named_files"] = page_files(context, url)
    variables["article"] = Language(str(page.meta["language"])) if "language" in page.meta else None
    if context.target.kind == "edition":
        embeds.collect(context, title, url, card)
    return variables


def on_template_context(variables: dict[str, Any], config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Give a page that is no document, such as 404.html, what stands around those of the portal; it has no metadata of its own."""
    context = context_of(config)
    variables["chrome"] = page_chrome(context.at(""), "")
    variables["translated"] = list(translated_pages.addresses(context.book, context.target))
    variables["howto"] = variables["metadata"] = variables["article"] = None
    variables["references"] = variables["shown"] = []
    return variables
