"""What an archive file holds, whoever it came from: may it be unpacked, is every file as it was packed, and its sources."""

from __future__ import annotations

import hashlib
import io
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import bagit

from hooks.publishing.bag import SOURCE
from macros.problems import BarometerError, Problem

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP raises."""
MOST_FILES, MOST_BYTES = 20_000, 500_000_000
"""An archive file that holds more than this, unpacked, is no edition."""


class UnsafeArchiveError(BarometerError):
    """A ZIP holds what no archive file of an edition holds, and is not unpacked."""


def sources(archive: bytes) -> dict[str, bytes]:
    """What an edition was made from, out of its archive file.

    Returns:
        Path -> content; a tree that opens by itself.

    Raises:
        UnsafeArchiveError: It may not be unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        inside = {entry.filename: entry.filename.partition(f"/data/{SOURCE}")[2] for entry in safe_entries(packed)}
        return {path: packed.read(name) for name, path in inside.items() if path}


def safe_entries(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """List what a ZIP holds, if it may be unpacked: it may come from anybody.

    Raises:
        UnsafeArchiveError: A name leads out of the folder it is unpacked into, an entry is no plain file, or all
            together are larger than any edition is.
    """
    entries = packed.infolist()
    for entry in entries:
        parts = entry.filename.split("/")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.filename.startswith("/") or "\\" in entry.filename or ":" in parts[0] or {"", ".", ".."} & {*parts[:-1], parts[-1] or "-"}:
            raise UnsafeArchiveError(f"the name {entry.filename!r} leads out of its folder")
        if not entry.filename.isprintable() or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UnsafeArchiveError(f"{entry.filename!r} is no plain file")
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UnsafeArchiveError(f"it holds more than {MOST_FILES} files or {MOST_BYTES >> 20} MB")
    return entries


def faults(file: Path) -> list[Problem]:
    """What is wrong with an archive file.

    Returns:
        One finding for each file in it that is damaged, missing, changed or added, or for the whole.
    """
    with tempfile.TemporaryDirectory(prefix="bag-") as temporary:
        return unpack(file, Path(temporary))


def unpack(file: Path, folder: Path) -> list[Problem]:
    """Unpack an archive file, as far as that can be done, and compare each file in it with the manifests.

    Returns:
        One finding for each file in it that is damaged, missing, changed or added, or for the whole.
    """
    try:
        return [Problem(str(file), 1, where if where.isprintable() else ascii(where), message) for where, message in _faults(file, folder)]
    except FileNotFoundError:
        message = "there is no such file"
    except (zipfile.BadZipFile, UnsafeArchiveError, bagit.BagError, OSError, UnicodeDecodeError) as error:
        message = f"is no archive of an edition: {error}".replace(f"{folder}/", "")
    return [Problem(str(file), 1, "file", message)]


def _faults(file: Path, folder: Path) -> Iterator[tuple[str, str]]:
    damaged = set()
    with zipfile.ZipFile(file) as packed:
        for entry in safe_entries(packed):
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
