"""The files below a folder, read and written as a whole: path from the folder -> content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def read(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, in order of path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, and the folders that they need."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
