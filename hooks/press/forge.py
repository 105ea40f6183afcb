"""The process that lends its libraries to the builders: begun first of all, so that it imports while its parent does."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable
from multiprocessing import forkserver

LIBRARIES = [
    "pandas",
    "altair",
    "narwhals",
    "vl_convert",
    "xlsxwriter",
    "pydantic",
    "mkdocs.commands.build",
    "material.plugins.search.plugin",
    "mkdocs_macros.plugin",
]
"""What a fresh process would spend its first second importing."""
OURS = ["hooks.press.builders", "hooks.press.typesetter"]
"""Our own code, for a command that ends when it has built; the preview imports it anew each time, because it may have been saved."""


def begin(ours: bool = True) -> None:
    """Begin it, if it has not begun.

    Args:
        ours: Whether it lends our own code too.
    """
    keep()
    multiprocessing.get_context("forkserver").set_forkserver_preload(LIBRARIES + OURS * ours)
    forkserver.ensure_running()


def ask(question: Callable[[], str]) -> str:
    """Have a question answered where the libraries are in memory, so that nobody imports them to answer it.

    Args:
        question: A function of a module.

    Returns:
        Its answer; this process finds it where that one is killed.
    """
    from concurrent.futures import ProcessPoolExecutor  # a command begins the forge before it imports more than it must
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, multiprocessing.get_context("forkserver")) as process:
        try:
            return process.submit(question).result()
        except BrokenProcessPool:
            return question()


def keep() -> None:
    """Look for garbage less often, in a process that makes many small things and keeps most of them."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
