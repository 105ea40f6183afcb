"""An archive file, whoever it came from: may it be unpacked, is every file as it was packed, and what does it say of itself."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import bagit

from hooks.publishing.bag import SOURCE
from hooks.publishing.crate import PAGES
from macros.problems import BarometerError, Problem
from macros.target import Target

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP raises."""
MOST_FILES, MOST_BYTES = 20_000, 500_000_000
"""An archive file that holds more than this, unpacked, is no edition."""


class ArchiveError(BarometerError):
    """A file holds what no archive file of an edition holds, and is not unpacked, or says of itself what cannot be."""


@dataclass(frozen=True)
class Archive:
    """An archive file, unpacked.

    Attributes:
        folder: Where its bag lies.
    """

    file: Path
    folder: Path

    @property
    def pages(self) -> Path:
        """Its pages."""
        return self.folder / "data" / PAGES

    @property
    def source(self) -> Path:
        """What they were made from."""
        return self.folder / "data" / SOURCE

    @cached_property
    def info(self) -> dict[str, str]:
        """What its bag-info.txt says."""
        return dict(bagit.Bag(str(self.folder)).info)

    @property
    def permalink(self) -> str:
        """The permanent address of the edition."""
        return self.info["External-Identifier"]

    @cached_property
    def target(self) -> Target:
        """The edition, by the end of its permanent address; of a publication whose sources are in the archive, so that it is a safe path.

        Raises:
            ArchiveError: It names another.
        """
        target = Target.parse("/".join(urlsplit(self.permalink).path.strip("/").split("/")[-3:]))
        data = self.source / "data"
        addresses = {file.parent.relative_to(data).as_posix() for file in data.glob("*/*/publication.yml")}
        if target.kind != "edition" or target.address not in addresses:
            raise ArchiveError(f"bag-info.txt names {self.permalink}, and the sources are of no such publication")
        return target


def sources(content: bytes) -> dict[str, bytes]:
    """What an edition was made from, out of its archive file: a tree that opens by itself.

    Raises:
        ArchiveError: It may not be unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        inside = {entry.filename: entry.filename.partition(f"/data/{SOURCE}")[2] for entry in _safe_entries(packed)}
        return {path: packed.read(name) for name, path in inside.items() if path}


def unpack(file: Path, folder: Path) -> tuple[Archive | None, list[Problem]]:
    """Unpack an archive file into an empty folder, as far as that can be done, and compare each file in it with the manifests.

    Returns:
        What was unpacked, and one finding for each file in it that is damaged, missing, changed or added, or for the whole.
    """
    try:
        faults = list(_faults(file, folder))
    except FileNotFoundError:
        faults = [("file", "there is no such file")]
    except (zipfile.BadZipFile, ArchiveError, bagit.BagError, OSError, UnicodeDecodeError) as error:
        faults = [("file", f"is no archive of an edition: {error}".replace(f"{folder}/", ""))]
    tops = [path for path in folder.iterdir() if path.is_dir()]
    problems = [Problem(str(file), 1, where if where.isprintable() else ascii(where), message) for where, message in faults]
    return Archive(file, tops[0]) if len(tops) == 1 else None, problems


def _faults(file: Path, folder: Path) -> Iterator[tuple[str, str]]:
    damaged = set()
    with zipfile.ZipFile(file) as packed:
        for entry in _safe_entries(packed):
            try:
                packed.extract(entry, folder)
            except DAMAGED:
                damaged.add(entry.filename.partition("/")[2])
                (folder / entry.filename).unlink(missing_ok=True)
    yield from ((path, "is damaged and cannot be unpacked") for path in sorted(damaged))
    tops = list(folder.iterdir())
    if len(tops) != 1:
        raise bagit.BagError(f"one folder is expected at its top, and there are {len(tops)}")
    if "bagit.txt" in damaged:
        return
    bag = bagit.Bag(str(tops[0]))
    wrong = [fault for fault in _differing(bag, tops[0]) if fault[0] not in damaged]
    yield from wrong
    if not (wrong or damaged):
        bag.validate()


def _safe_entries(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """List what a ZIP holds, if no name leads out of its folder, each is a plain file, and all are no more than an edition."""
    entries = packed.infolist()
    for entry in entries:
        parts = entry.filename.split("/")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.filename.startswith("/") or "\\" in entry.filename or ":" in parts[0] or {"", ".", ".."} & {*parts[:-1], parts[-1] or "-"}:
            raise ArchiveError(f"the name {entry.filename!r} leads out of its folder")
        if not entry.filename.isprintable() or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ArchiveError(f"{entry.filename!r} is no plain file")
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ArchiveError(f"it holds more than {MOST_FILES} files or {MOST_BYTES >> 20} MB")
    return entries


def _differing(bag: bagit.Bag, folder: Path) -> Iterator[tuple[str, str]]:
    """Files that are not as the manifests say; bagit itself names none where only their number or size is wrong."""
    for kind in {kind for stated in bag.entries.values() for kind in stated}:
        if not hashlib.new(kind).digest_size:
            raise bagit.BagError(f"its checksums by {kind} have no length of their own; sha256 is expected")
    missing, added = bag.compare_manifests_with_fs()
    yield from ((path, "is missing") for path in missing)
    yield from ((path, "was added after packing") for path in added)
    for path, stated in sorted(bag.entries.items()):
        content = (folder / path).read_bytes() if (folder / path).is_file() else b""
        if path not in missing and any(hashlib.new(kind, content).hexdigest() != digest.lower() for kind, digest in stated.items()):
            yield path, "is not what was packed"
