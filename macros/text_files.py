"""Files of people's own -> their texts; whether there is a file at all that can be read."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path

from macros.problems import Problem

LITTER = (".~lock.*#", "~$*", ".#*", "#*#", "*~", ".*.sw?", ".DS_Store", "Thumbs.db", "desktop.ini")
"""Locks, backups and notes that editors, spreadsheets and systems leave beside the files that people open."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark, at the beginning of a file."""


def passed_over(path: Path) -> bool:
    """Whether a file is no part of the site, but left there by an editor or a system."""
    return any(fnmatchcase(path.name, pattern) for pattern in LITTER)


def pages(folder: Path, pattern: str = "**/*.md") -> dict[str, Path]:
    """List the pages in a folder, in order: path below it -> file."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.glob(pattern)) if not passed_over(path)}


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


def read_text(path: Path, name: str, problems: list[Problem], marked: list[str] | None = None) -> str | None:
    """Read a text file.

    Args:
        name: Its path, for findings.
        problems: A finding is added here where it cannot be read, or is not UTF-8.
        marked: Its path is added here where it begins with the byte order mark that Excel writes before its CSV UTF-8.

    Returns:
        Its text, without that mark; None where it cannot be read.
    """
    if why := foreign(path):
        problems.append(Problem(name, 1, "file", why))
        return None
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4]:
        problems.append(Problem(name, 1, "file", "is UTF-16; save it as UTF-8"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(name, line, "file", f"holds the byte 0x{raw[error.start]:02x}, which is not UTF-8; save it as UTF-8"))
        return None
    if text.startswith(MARK) and marked is not None:
        marked.append(name)
    return text.removeprefix(MARK)
