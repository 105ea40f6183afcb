"""What a build depends on, as one hash: same stamp, same pages, nothing to build."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from macros.model import KINDS
from macros.target import Target

PROGRAM = ("macros", "hooks", "docs/overrides", "docs/templates", "mkdocs.yml", "requirements.lock")
"""Code, theme and locked libraries, which every page depends on."""


def stamp(root: Path, target: Target, printed: Collection[str] = ()) -> str:
    """The stamp of a target's inputs.

    Args:
        root: The repository.
        target: What is built.
        printed: Editions that have a PDF.

    Returns:
        A hash over the path and content of every file that may change a page of the target.
    """
    own = sorted(path for path in printed if target.address and path.startswith(f"{target.address}/"))
    found = hashlib.sha256("\0".join([str(target), *own]).encode())
    for path in sorted({*_program(root), *_inputs(root, target)}):
        found.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def theme_stamp(root: Path) -> str:
    """The stamp of code and theme alone: covers are built anew when it changes."""
    found = hashlib.sha256()
    for path in sorted(_program(root)):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:24]


def _program(root: Path) -> Iterator[Path]:
    yield from (path for name in PROGRAM for path in _files(root / name) if "__pycache__" not in path.parts)


def _inputs(root: Path, target: Target) -> Iterator[Path]:
    """The portal sums up all data; an issue also looks at other issues; a paper only at itself and the shared lists.

    What earlier editions were made of counts too: corrections are computed from it.
    """
    data, docs = root / "data", root / "docs"
    if target.kind == "portal":
        yield from _files(data)
        yield from _files(root / ".cache" / "archive")
        yield from (path for path in _files(docs) if path.parent == docs or path.parts[len(docs.parts)] not in KINDS.values())
        yield from (path for folder in KINDS.values() for path in (docs / folder).glob("*.md"))
        return
    yield from (path for path in data.iterdir() if path.is_file())
    own = target.address.split("/")[0] if target.address.startswith(f"{KINDS['issue']}/") else target.address
    yield from _files(root / ".cache" / "archive" / target.address)
    yield from _files(data / own)
    yield from _files(docs / target.address)


def _files(place: Path) -> Iterator[Path]:
    yield from ([place] if place.is_file() else (path for path in place.rglob("*") if path.is_file()))
