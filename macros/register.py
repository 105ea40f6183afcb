"""The macros of the pages, carried out for MkDocs. The one room under macros/ that knows it.

mkdocs-macros calls the two functions here before and after its own work on a page, and is told in mkdocs.yml to render
nothing itself: its templates know the whole configuration and run whatever stands in a page or its front matter.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from macros import calls
from macros.book import open_book
from macros.render import MACROS, Desk, notes
from macros.target import Target


def desk_of(config: Any) -> Desk:
    """The desk of a build, set up once and kept in the configuration: the book is opened here.

    Args:
        config: The MkDocs configuration; `BAROMETER_TARGET` in the environment says what is built.

    Returns:
        The desk.
    """
    extra = config["extra"]
    if "desk" not in extra:
        root = Path(config["config_file_path"]).parent
        target = Target.parse(os.environ.get("BAROMETER_TARGET", ""))
        extra["desk"] = Desk(extra.get("book") or open_book(root), target, printed=extra.get("printed", frozenset()))
    desk: Desk = extra["desk"]
    return desk


def on_pre_page_macros(env: Any) -> None:
    """Carry out the macros of a page and add its notes; called by mkdocs-macros for each page.

    What a macro gives is set aside, and a comment stands in its place until Markdown has done its work: data are
    never read as Markdown.

    Args:
        env: The environment of mkdocs-macros, with the page and its Markdown.
    """
    desk = desk_of(env.conf)
    env.page.meta.pop("render_macros", None)  # by which a page could ask mkdocs-macros to render it after all
    desk.page = desk.target.path + env.page.url.removeprefix("./")
    path = f"docs/{env.page.file.src_uri}"
    macros = {name: _set_aside(desk, name, partial(macro, desk), path) for name, macro in MACROS.items()}
    try:
        env.markdown = calls.render(env.markdown, macros) + notes.section(desk)
    except ValueError as error:
        raise PluginError(f"{path}: {error}") from error


def _set_aside(desk: Desk, name: str, macro: Callable[..., str], path: str) -> Callable[..., str]:
    @wraps(macro)
    def call(*arguments: Any, **named: Any) -> str:
        try:
            return desk.set_aside(macro(*arguments, **named))
        except (LookupError, TypeError, ValueError) as error:
            raise PluginError(f"{path}: macro {name}: {error}") from error

    return call
