"""Several files, put in their places together or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path


def write(texts: Mapping[Path, str]) -> None:
    """Write files, and the folders that they need.

    Raises:
        OSError: One could not be written; everything is as it was.
    """
    _put({path: partial(_lay, text) for path, text in texts.items()})


def put(files: Mapping[Path, Path]) -> None:
    """Move finished files to their places, and make the folders that they need.

    Args:
        files: Each path, and the file that goes there, on the same disk.

    Raises:
        OSError: One could not be moved; everything is as it was, but for files that had no place yet.
    """
    _put({path: file.replace for path, file in files.items()})


def _lay(text: str, path: Path) -> None:
    path.write_bytes(text.encode("utf-8"))


def _put(makers: Mapping[Path, Callable[[Path], object]]) -> None:
    """Make each file beside its place, and then, when all are there, put them in."""
    fresh = {path: path.with_name(f".#{path.name}.new") for path in makers}
    kept = {path: path.with_name(f".#{path.name}.old") for path in makers if path.exists()}
    parents = {folder for path in makers for folder in path.parents}
    folders = sorted((folder for folder in parents if not folder.exists()), reverse=True)  # the innermost first
    replaced: list[Path] = []
    try:
        for path, make in makers.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(fresh[path])
            if path in kept:
                shutil.copy2(path, kept[path])
        for path in makers:
            fresh[path].replace(path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            kept[path].replace(path) if path in kept else path.unlink()
        _remove([*fresh.values(), *kept.values()])
        for folder in folders:
            if folder.exists():
                folder.rmdir()
        raise
    _remove(list(kept.values()))


def _remove(paths: list[Path]) -> None:
    for path in paths:
        if path.parent.is_dir():
            path.unlink(missing_ok=True)
