"""Why what stands in a place is no file that can be read there."""

from __future__ import annotations

import os
from pathlib import Path


def unreadable(path: Path) -> str:
    """Why a file cannot be read as one; nothing where it can."""
    if path.is_dir():
        return "is a folder; a file belongs here"
    if path.is_symlink() and not path.exists():
        return "is a link that leads to nothing; put the file itself here"
    if not path.is_file():
        return "is no ordinary file; put the file itself here"
    return "" if os.access(path, os.R_OK) else "may not be read; give yourself the right to read it"


def foreign(path: Path) -> str:
    """Why what stands in the tree is no file of it; nothing where it is one. What a link leads to may be nobody's to publish."""
    if path.is_symlink() and path.exists():
        return f"is a link{' to a folder; put the folder' if path.is_dir() else '; put the file'} itself here"
    return unreadable(path)
