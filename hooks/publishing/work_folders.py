"""Folders that one run works in, and what a disk says when it fails.

A folder is named with the number of its process, so that those of killed runs can go.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def abandoned(parent: Path, name: str) -> Iterator[Path]:
    """List the folders of runs that are no more, named `NAME-PROCESS`, perhaps with more behind it."""
    for folder in parent.glob(f"{name}-*"):
        number = folder.name.removeprefix(f"{name}-").partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            yield folder


def remove_abandoned(parent: Path, name: str) -> None:
    """Remove the folders of runs that are no more (see `abandoned`)."""
    for folder in abandoned(parent, name):
        shutil.rmtree(folder, ignore_errors=True)


def disk_error(error: OSError) -> str:
    """An error of the disk in one line: what, and where."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):  # many; the first tells enough
        _, path, words = error.args[0][0]
        return f"{path}: {words}"
    words = error.strerror or str(error)
    return f"{error.filename}: {words}" if error.filename else words


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True
