"""Every macro of the pages, made known to MkDocs. The one room under macros/ that knows it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

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


def define_env(env: Any) -> None:
    """Register every macro; called by mkdocs-macros before the pages are read.

    Args:
        env: The environment of mkdocs-macros.
    """
    desk = desk_of(env.conf)
    for name, macro in MACROS.items():
        env.macro(_bound(env, desk, name, macro), name)


def on_post_page_macros(env: Any) -> None:
    """Put the notes of a page at its end; called by mkdocs-macros after each page's macros."""
    env.markdown += notes.footnotes(desk_of(env.conf))


def _bound(env: Any, desk: Desk, name: str, macro: Callable[..., str]) -> Callable[..., str]:
    @wraps(macro)
    def call(*arguments: Any, **named: Any) -> str:
        desk.page = desk.target.path + env.page.url
        try:
            return desk.set_aside(macro(desk, *arguments, **named))
        except (LookupError, TypeError, ValueError) as error:
            raise PluginError(f"docs/{env.page.file.src_uri}: macro {name}: {error}") from error

    return call
