"""Templates as Jinja has compiled them, kept for the next build: compiling them takes a third of a build's time."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache

from hooks.publishing.build_key import theme_key


@lru_cache(maxsize=1)
def template_cache(root: Path) -> BytecodeCache:
    """Open the cache of compiled templates.

    Jinja itself compiles a template anew when its text has changed. How it is compiled also depends on our code, so the
    folder has the key of that, and those of older code go.

    Args:
        root: The repository, which holds the cache.
    """
    folder = root / ".cache" / "templates" / theme_key(root)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return FileSystemBytecodeCache(str(folder))
