"""What a build depends on, as one hash: same key, same pages, nothing to build."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from macros.load import LANGUAGES
from macros.model import KINDS
from macros.target import Target
from macros.text_files import passed_over

PROGRAM = ("macros", "hooks", "docs/overrides", "docs/templates", "mkdocs.yml", "requirements.lock")
"""Code, theme and locked libraries, which every page depends on."""


def build_keys(root: Path, targets: Iterable[Target], printed: Collection[str] = ()) -> dict[Target, str]:
    """The keys of some targets' inputs.

    Args:
        printed: Editions that have a PDF.

    Returns:
        For each target a hash over the path and content of every file that may change a page of it.
        What several depend on is read once.
    """
    read = cache(_digest)
    return {target: _build_key(root, target, printed, read) for target in targets}


def _build_key(root: Path, target: Target, printed: Collection[str], read: Callable[[Path], bytes]) -> str:
    own = sorted(path for path in printed if target.address and path.startswith(f"{target.address}/"))
    digest = hashlib.sha256("\0".join([str(target), *own]).encode())
    for path in sorted({*(root / name for name in PROGRAM), *_inputs(root, target)}):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode() + read(path))
    return digest.hexdigest()[:24]


def theme_key(root: Path) -> str:
    """The key of code and theme alone."""
    return _key_of(root, PROGRAM)


def living_key(root: Path) -> str:
    """The key of code, theme and what other issues stated, which no edition depends on: when it changes, covers and comparisons do."""
    return _key_of(root, (*PROGRAM, "data/published_indices.csv"))


def data_key(root: Path) -> str:
    """The key of everything that the book is read from."""
    return _key_of(root, ("data",))


def _key_of(root: Path, names: Iterable[str]) -> str:
    return hashlib.sha256(b"".join(_digest(root / name) for name in names)).hexdigest()[:24]


def _inputs(root: Path, target: Target) -> Iterator[Path]:
    """The portal sums up all data; an issue also looks at other issues; a comparison at two, a paper only at itself and the shared lists.

    What earlier editions were made of counts too: corrections are computed from it.
    """
    data, docs = root / "data", root / "docs"
    if target.kind == "comparison":
        yield from (path for path in data.iterdir() if path.is_file() and not passed_over(path))
        yield data / LANGUAGES
        yield from (data / KINDS["issue"] / str(number) for number in target.issues)
        return
    if target.kind == "portal":
        yield data
        yield root / ".cache" / "archive"
        yield from (path for path in docs.iterdir() if path.name not in KINDS.values() and not passed_over(path))
        yield from (path for folder in KINDS.values() for path in (docs / folder).glob("*.md"))
        yield from (path for folder in KINDS.values() for path in (docs / folder).glob(f"*/{target.language}") if target.language)
        return
    yield from (path for path in data.iterdir() if path.is_file() and not passed_over(path))
    yield data / LANGUAGES
    own = target.address.split("/")[0] if target.address.startswith(f"{KINDS['issue']}/") else target.address
    yield root / ".cache" / "archive" / target.address
    yield data / own
    yield docs / target.address


def _digest(file_or_folder: Path) -> bytes:
    """Hash over a file, or over the paths and contents of all files below a folder; of nothing where there is neither."""
    if file_or_folder.is_file():
        readable = os.access(file_or_folder, os.R_OK)  # one that is not is a finding of the check
        return hashlib.sha256(file_or_folder.read_bytes() if readable else b"").digest()
    files = sorted(
        path for path in file_or_folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not passed_over(path)
    )
    return hashlib.sha256(b"".join(path.relative_to(file_or_folder).as_posix().encode() + b"\0" + _digest(path) for path in files)).digest()
