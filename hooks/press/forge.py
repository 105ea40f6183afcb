"""Where builders come from: processes forked where the libraries are in memory, so that none imports them for itself."""

from __future__ import annotations

import gc
import multiprocessing
from importlib import import_module
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


def lend() -> None:
    """Have them here: what this process then forks has them, and all that it knows."""
    for name in LIBRARIES:
        import_module(name)
    keep()


def begin() -> None:
    """Have them in a process beside this one, where nothing is known of our own code: it may be saved before a builder needs it."""
    keep()
    multiprocessing.get_context("forkserver").set_forkserver_preload(LIBRARIES)
    forkserver.ensure_running()


def keep() -> None:
    """Look for garbage less often, in a process that makes many small things and keeps most of them."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
