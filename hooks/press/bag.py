"""An edition as one archive file: a BagIt bag in a ZIP, and the check of such a file.

In it, below `data/`: `pages/`, which open from a disk, with the files to download beside them;
`source/`, the rows and the Markdown that they were made from; and the description of it all.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import bagit

from hooks.press import crate, manifest
from hooks.press.offline import offline
from macros import cite
from macros.book import Book, Volume
from macros.exports import zip_file
from macros.problems import Problem
from macros.target import archive_name, edition_path

UNUSED = ("search/", "assets/javascripts/", "sitemap.xml", manifest.RECORD, manifest.SUMS)
"""What only a server, a search engine or the branch has use for."""
SOURCE = "source/"
"""Where the rows and the Markdown lie, below `data/`."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP raises."""
AGENT = "barometer, with bagit-python <https://github.com/LibraryOfCongress/bagit-python>"
"""Without a version, so that a newer library gives the same bytes."""


def name_of(book: Book, volume: Volume) -> str:
    """File name of the archive of a volume's newest edition."""
    return archive_name(book.series.title, volume.address, volume.edition.number)


def pack(book: Book, volume: Volume, folder: Path) -> bytes:
    """Pack a finished edition.

    Args:
        book: The book.
        volume: The publication.
        folder: Its newest edition with all other files.

    Returns:
        The ZIP file; equal inputs give equal bytes.
    """
    name = name_of(book, volume)
    files = payload(book, volume, folder)
    with tempfile.TemporaryDirectory(prefix="bag-") as scratch:
        place = Path(scratch) / name.removesuffix(".zip")
        for path, content in files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        bagit.make_bag(str(place), information(book, volume), checksums=["sha256"])
        bagged = {path.relative_to(scratch).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    return zip_file.write(bagged, volume.edition.date)


def payload(book: Book, volume: Volume, folder: Path) -> dict[str, bytes]:
    """What the bag holds.

    Args:
        book: The book.
        volume: The publication.
        folder: Its newest edition.

    Returns:
        Path below the bag's `data/` -> content.
    """
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    pages = {path: content for path, content in own.items() if not path.startswith(UNUSED) and path != name_of(book, volume)}
    permalink = book.series.site + edition_path(volume.address, volume.edition.number)
    files = {
        crate.PAGES + path: offline(content.decode(), path, pages.keys(), permalink).encode() if path.endswith(".html") else content
        for path, content in pages.items()
    }
    files |= {SOURCE + path: content for path, content in manifest.sources(book, volume).items()}
    return {**files, crate.NAME: crate.crate(book, volume, files)}


def sources(archive: bytes) -> dict[str, bytes]:
    """What an edition was made from, out of its archive file.

    Args:
        archive: The ZIP file.

    Returns:
        Path -> content; a tree that opens by itself.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        inside = {name: name.partition(f"/data/{SOURCE}")[2] for name in packed.namelist()}
        return {path: packed.read(name) for name, path in inside.items() if path}


def information(book: Book, volume: Volume) -> dict[str, str]:
    """What bag-info.txt says (RFC 8493, 2.2.2): who sends what, of which day, under which permanent address."""
    record = cite.citation(book, volume, volume.edition.number)
    how = f"Edition {record.edition.number}. To read it, open data/{crate.PAGES}index.html."
    stated = {
        "Source-Organization": record.institution,
        "External-Description": f"{record.title}. {how} {volume.publication.abstract}",
        "External-Identifier": record.permalink,
        "Bag-Group-Identifier": f"{book.series.site}{volume.address}/",
        "Bagging-Date": record.published.isoformat(),
        "Bag-Software-Agent": AGENT,
    }
    return {label: " ".join(text.split()) for label, text in stated.items()}


def faults(file: Path) -> list[Problem]:
    """What is wrong with an archive file.

    Args:
        file: The ZIP.

    Returns:
        One finding for each file in it that is damaged, missing, changed or added, or for the whole.
    """
    with tempfile.TemporaryDirectory(prefix="bag-") as scratch:
        try:
            return [Problem(str(file), 1, where, message) for where, message in _faults(file, Path(scratch))]
        except FileNotFoundError:
            message = "there is no such file"
        except (zipfile.BadZipFile, bagit.BagError, OSError, UnicodeDecodeError) as error:
            message = f"is no archive of an edition: {error}".replace(f"{scratch}/", "")
        return [Problem(str(file), 1, "file", message)]


def _faults(file: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    damaged = set()
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            try:
                packed.extract(entry, scratch)
            except DAMAGED:
                damaged.add(entry.filename.partition("/")[2])
                (scratch / entry.filename).unlink(missing_ok=True)
    yield from ((path, "is damaged and cannot be unpacked") for path in sorted(damaged))
    tops = list(scratch.iterdir())
    if len(tops) != 1:
        raise bagit.BagError(f"one folder is expected at its top, and there are {len(tops)}")
    if "bagit.txt" in damaged:
        return
    bag = bagit.Bag(str(tops[0]))
    wrong = [one for one in _differing(bag, tops[0]) if one[0] not in damaged]
    yield from wrong
    if not (wrong or damaged):
        bag.validate()


def _differing(bag: bagit.Bag, place: Path) -> Iterator[tuple[str, str]]:
    """Files that are not as the manifests say; bagit itself names none where only their number or size is wrong."""
    missing, added = bag.compare_manifests_with_fs()
    yield from ((path, "is missing") for path in missing)
    yield from ((path, "was added after packing") for path in added)
    for path, stated in sorted(bag.entries.items()):
        content = (place / path).read_bytes() if (place / path).is_file() else b""
        if path not in missing and any(hashlib.new(kind, content).hexdigest() != digest.lower() for kind, digest in stated.items()):
            yield path, "is not what was packed"
