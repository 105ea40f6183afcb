"""What comes from data is text, and what comes out is valid HTML.

Our templates escape what they print (on_env), what macros made comes into the page when Markdown has done its work
(on_page_content), and a fault of the theme is mended (on_post_page, on_post_template).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from macros.language import current
from macros.pages.html import unbroken
from macros.register import context_of


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    """Let the templates of docs/overrides/ escape; those of the theme rely on it that nothing does."""
    overrides = Path(str(config.theme.custom_dir))
    own = {path.relative_to(overrides).as_posix() for path in overrides.rglob("*.html")}
    env.autoescape = lambda name: name in own
    return env


def on_page_content(html: str, config: MkDocsConfig, **_: Any) -> str:
    """Put what macros made in its place."""
    return context_of(config).collected.put_back(html)


def on_post_page(output: str, **_: Any) -> str:
    """Mend what the theme's base page has: an attribute of checkboxes that HTML does not know, no direction; keep № beside its number."""
    if current().direction == "rtl":
        output = output.replace("<html ", '<html dir="rtl" ', 1)
    return unbroken(re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", output))


def on_post_template(output_content: str, **_: Any) -> str:
    """Mend a page that is no document, such as 404.html."""
    return on_post_page(output_content)
