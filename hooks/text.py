"""What comes from data is text (events: on_env, on_page_markdown, on_page_content, on_post_page).

Our templates escape what they print, titles reach the search as text, and what macros made comes into
the page when Markdown has done its work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from macros.register import desk_of


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    """Let the templates of docs/overrides/ escape; those of the theme rely on it that nothing does."""
    overrides = Path(str(config.theme.custom_dir))
    own = {path.relative_to(overrides).as_posix() for path in overrides.rglob("*.html")}
    env.autoescape = lambda name: name in own
    return env


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Give the search, whose results are HTML, the title of a page as text."""
    page.title = str(page.meta.get("title") or page.title)
    page.meta["title"] = str(escape(page.title))
    return markdown


def on_page_content(html: str, config: MkDocsConfig, **_: Any) -> str:
    """Put what macros made in its place, before the search reads the page."""
    return desk_of(config).put_back(html)


def on_post_page(output: str, config: MkDocsConfig, **_: Any) -> str:
    """Put what neither Markdown nor the search has to read in its place, before other hooks look at the page."""
    return desk_of(config).put_back_later(output)
