"""What the preview shows: the parts of the site as last built, the findings, the drafts."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Condition, RLock
from urllib.parse import quote, unquote

from hooks.publishing import build, work_folders
from macros.problems import Problem
from macros.target import ASSETS, Target

DRAFTS = "drafts.json"


@dataclass(frozen=True)
class Draft:
    """A publication that is shown in previews only.

    Attributes:
        path: Path of its newest edition from the root of the site.
    """

    address: str
    title: str
    path: str


@dataclass(frozen=True)
class Part:
    """One target as it is served.

    Attributes:
        key: The build key of what it shows; empty where that may have changed while it was built.
        folder: Its pages and assets, at their addresses on the site.
    """

    key: str
    folder: Path


class PreviewSite:
    """The pages, findings and drafts that are served, changed while it is read.

    Each target has a folder of its own, which is written before it takes the place of the one before: a request finds
    the old pages or the new ones and never waits. The folders of a preview that has ended are taken over.

    Attributes:
        number: Grows whenever anything that is shown changes, also from one run to the next.
        problems: What is wrong, and where.
        errors: What is wrong and has no place in a file.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = _folder(root / ".cache")
        self.parts: Mapping[Target, Part] = dict(sorted(_parts(self.folder), key=lambda part: part[1].folder.stat().st_mtime))
        for half in {*self.folder.iterdir()} - {self.folder / DRAFTS, *(part.folder for part in self.parts.values())}:
            shutil.rmtree(half, ignore_errors=True)
        self.drafts = _drafts(self.folder)
        self.problems: Sequence[Problem] = ()
        self.errors: Sequence[str] = ()
        self.number = time.time_ns() // 1_000_000
        self.changed = Condition()
        self.writing = RLock()

    def read(self, path: str) -> bytes | None:
        """Read a file of the site.

        Args:
            path: Its path from the root of the site.

        Returns:
            Its content; None where there is no such file.
        """
        while file := self._file(path):
            try:
                return file.read_bytes()
            except FileNotFoundError:  # a newer part has taken its place just now
                continue
        return None

    def _file(self, path: str) -> Path | None:
        near = (part.folder for target, part in self.parts.items() if path.startswith((target.address or target.home, ASSETS)))
        return next((folder / path for folder in near if (folder / path).is_file()), None)

    def draft(self, path: str) -> bool:
        """Whether a page belongs to a draft."""
        return any(path.startswith(f"{draft.address}/") for draft in self.drafts)

    def wait(self, number: int, seconds: float) -> None:
        """Wait until something else is shown than what had a number, or for some seconds at most."""
        with self.changed:
            self.changed.wait_for(lambda: self.number != number, seconds)

    def show(self, problems: Sequence[Problem] = (), errors: Sequence[str] = ()) -> None:
        """Show what is wrong now, instead of what was."""
        if (tuple(problems), tuple(errors)) != (self.problems, self.errors):
            self.problems, self.errors = tuple(problems), tuple(errors)
            self.tell()

    def put(self, target: Target, built: Path) -> None:
        """Show a target as it was built, in place of what was shown of it.

        Args:
            built: Folder of what was built, named by the build key.
        """
        part = Part(built.name, self.folder / f"{quote(str(target), safe='')}~{built.name}~{time.time_ns()}")
        fresh = part.folder.with_name(f"fresh~{part.folder.name}")
        build.put(built, fresh, target)
        fresh.rename(part.folder)
        with self.writing:
            self._swap({**self.parts, target: part})

    def doubt(self, target: Target, key: str) -> None:
        """Note that a part, where it is shown under a key, may show neither the files as they are now nor those that the key stands for."""
        with self.writing:
            part = self.parts.get(target)
            if part and part.key == key:
                self.parts = {**self.parts, target: Part("", part.folder)}

    def keep(self, targets: Collection[Target], drafts: Sequence[Draft]) -> None:
        """Show some targets and drafts and no others: the rest is no longer in the repository."""
        if tuple(drafts) != self.drafts:
            self.drafts = tuple(drafts)
            (self.folder / DRAFTS).write_text(json.dumps([asdict(draft) for draft in drafts]), encoding="utf-8")
            self.tell()
        with self.writing:
            self._swap({target: part for target, part in self.parts.items() if target in targets})

    def _swap(self, parts: Mapping[Target, Part]) -> None:
        removed = {part.folder for part in self.parts.values()} - {part.folder for part in parts.values()}
        if parts.keys() != self.parts.keys() or removed:
            self.parts = parts
            self.tell()
        for folder in removed:
            shutil.rmtree(folder, ignore_errors=True)

    def tell(self) -> None:
        """Tell the pages that are open that something has changed."""
        with self.changed:
            self.number += 1
            self.changed.notify_all()


def _folder(cache: Path) -> Path:
    """The folder of this preview: that of the program before it started again, of an earlier preview, or a new one."""
    own = cache / f"preview-{os.getpid()}"
    if not own.is_dir():
        for old in sorted(work_folders.abandoned(cache, "preview"), key=lambda folder: folder.stat().st_mtime)[-1:]:
            old.rename(own)
    work_folders.remove_abandoned(cache, "preview")
    own.mkdir(parents=True, exist_ok=True)
    return own


def _parts(folder: Path) -> list[tuple[Target, Part]]:
    """The parts that a preview has left."""
    parts = []
    for part in folder.iterdir():
        name, *rest = part.name.split("~")
        if len(rest) == 2:
            parts.append((Target.parse("" if name == "portal" else unquote(name)), Part(rest[0], part)))
    return parts


def _drafts(folder: Path) -> tuple[Draft, ...]:
    """The drafts that a preview has left."""
    try:
        return tuple(Draft(**draft) for draft in json.loads((folder / DRAFTS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()
