"""What takes long and is made once in a run of tests, however many processes share it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder in the first process that wants it; the others wait. Nobody may change what is in it later.

    Args:
        factory: Of the folders of this process, which lie in one folder of the whole run.
        name: Name of the folder.
        make: Fills it.

    Returns:
        The folder.
    """
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{place}.lock"):
        if not (place / "made").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            (place / "made").touch()
    return place
