"""Several files, written together or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


def write(texts: Mapping[Path, str]) -> None:
    """Write files, and the folders that they need.

    Args:
        texts: Each file and its text.

    Raises:
        OSError: One could not be written; everything is as it was.
    """
    fresh = {path: path.with_name(f".#{path.name}.new") for path in texts}
    kept = {path: path.with_name(f".#{path.name}.old") for path in texts if path.exists()}
    parents = {folder for path in texts for folder in path.parents}
    folders = sorted((folder for folder in parents if not folder.exists()), reverse=True)  # the innermost first
    replaced: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh[path].write_bytes(text.encode("utf-8"))
            if path in kept:
                shutil.copy2(path, kept[path])
        for path in texts:
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
