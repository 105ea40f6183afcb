"""Where builders come from: processes forked where the libraries are in memory, so that none imports them for itself."""

from __future__ import annotations

import gc
import multiprocessing
import os
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


_lenders: set[int] = set()


def lend() -> None:
    """Let this process be forked: what it knows by then, its builders know. It may do so as long as it draws nothing itself.

    vl-convert draws in threads of its own, which a fork does not take along: a builder would wait for them for ever.
    """
    _lenders.add(os.getpid())


def lender() -> bool:
    """Whether builders may be forked from this process."""
    return os.getpid() in _lenders


def load() -> None:
    """Have the libraries here, for builders that are about to be forked."""
    for name in LIBRARIES:
        import_module(name)
    keep()


def begin() -> None:
    """Have the libraries in a process beside this one, which knows nothing of our own code: it may be saved before a builder needs it."""
    keep()
    multiprocessing.get_context("forkserver").set_forkserver_preload(LIBRARIES)
    forkserver.ensure_running()


def keep() -> None:
    """Look for garbage less often, in a process that makes many small things and keeps most of them."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
