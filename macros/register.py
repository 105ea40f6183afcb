"""The macros of the pages, carried out for MkDocs. The one room under macros/ that knows it.

mkdocs-macros calls the two functions here before and after its own work on a page, and is told in mkdocs.yml to render
nothing itself: its templates know the whole configuration and run whatever stands in a page or its front matter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from macros import calls
from macros.book import open_book
from macros.pages import MACROS, WITHIN, BuildContext, notes
from macros.target import Target


def context_of(config: Any) -> BuildContext:
    """The context of a build, set up once and kept in the configuration.

    Args:
        config: The MkDocs configuration; a build of ours puts `target`, `book` and `printed` under `extra`. Without them
            the portal is built, and the book is opened here.
    """
    extra = config["extra"]
    if "context" not in extra:
        book = extra.get("book") or open_book(Path(config["config_file_path"]).parent)
        extra["context"] = BuildContext(book, extra.get("target", Target("portal")), printed=extra.get("printed", frozenset()))
    context: BuildContext = extra["context"]
    return context


def on_pre_page_macros(env: Any) -> None:
    """Carry out the macros of a page and add its notes; called by mkdocs-macros for each page.

    What a macro gives is set aside, and a comment stands in its place until Markdown has done its work: data are
    never read as Markdown.

    Args:
        env: The environment of mkdocs-macros, with the page and its Markdown.
    """
    context = context_of(env.conf).at(env.page.url.removeprefix("./"))
    env.page.meta.pop("render_macros", None)  # by which a page could ask mkdocs-macros to render it after all
    path = f"docs/{env.page.file.src_uri}"
    macros = {name: _set_aside(context, name, partial(macro, context), path) for name, macro in MACROS.items()}
    try:
        env.markdown = calls.render(env.markdown, macros) + notes.section(context)
    except ValueError as error:
        raise PluginError(f"{path}: {error}") from error


def _set_aside(context: BuildContext, name: str, macro: Callable[..., str], path: str) -> Callable[..., str]:
    @wraps(macro)
    def call(*arguments: Any, **named: Any) -> str:
        try:
            return context.collected.set_aside(macro(*arguments, **named), name in WITHIN)
        except (LookupError, TypeError, ValueError) as error:
            raise PluginError(f"{path}: macro {name}: {error}") from error

    return call
