"""What neither Markdown nor the search has to read, such as pictures of charts, comes into the finished page (event: on_post_page)."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from macros.register import desk_of


def on_post_page(output: str, config: MkDocsConfig, **_: Any) -> str:
    """Put back what the macros set aside, before other hooks look at the page."""
    return desk_of(config).put_back(output)
