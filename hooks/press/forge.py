"""The process that lends its libraries to the builders: begun first of all, so that it imports while its parent does."""

from __future__ import annotations

import gc
import multiprocessing
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
OURS = ["hooks.press.builders"]
"""Our own code, for a command that ends when it has built; the preview imports it anew each time, because it may have been saved."""


def begin(ours: bool = True) -> None:
    """Begin it, if it has not begun.

    Args:
        ours: Whether it lends our own code too.
    """
    keep()
    multiprocessing.get_context("forkserver").set_forkserver_preload(LIBRARIES + OURS * ours)
    forkserver.ensure_running()


def keep() -> None:
    """Look for garbage less often, in a process that makes many small things and keeps most of them."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
