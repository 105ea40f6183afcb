"""An edition as one archive file: a BagIt bag in a ZIP, and the check of such a file.

In it, below `data/`: `pages/`, which open from a disk, with the files to download beside them;
`source/`, the rows and the Markdown that they were made from; and the description of it all.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import bagit

from hooks.publishing import crate, manifest, offline_copy, resource_sync
from macros import cite
from macros.book import Book, Volume
from macros.exports import zip_file
from macros.pages import cards
from macros.problems import BarometerError, Problem
from macros.target import archive_name, edition_path

UNUSED = ("sitemap.xml", resource_sync.RESOURCES, manifest.RECORD, manifest.SUMS)
"""What only a server, a search engine or the branch has use for."""
PROGRAMS = re.compile(r"(bundle|vega)\b.*\.js$")
"""Programs of the theme and of the interactive charts, which load something from a server."""
SOURCE = "source/"
"""Where the rows and the Markdown lie, below `data/`."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP raises."""
MOST_FILES, MOST_BYTES = 20_000, 500_000_000
"""An archive file that holds more than this, unpacked, is no edition."""
AGENT = "barometer, with bagit-python <https://github.com/LibraryOfCongress/bagit-python>"
"""Without a version, so that a newer library gives the same bytes."""


class UnsafeArchiveError(BarometerError):
    """A ZIP holds what no archive file of an edition holds, and is not unpacked."""


def complete(book: Book, volume: Volume, site: Path, commit: str) -> manifest.Record:
    """Finish an edition: add its archive file, its record and the hashes of all its files.

    Args:
        book: The book.
        volume: The publication.
        site: A site that holds its newest edition, built, with the shared assets.
        commit: The commit that it was made from; empty where it is none.

    Returns:
        Its record, as the ledger holds it.
    """
    pack_into(book, volume, site, commit)
    return manifest.seal(site, manifest.record_of(book, volume, commit))


def pack_into(book: Book, volume: Volume, site: Path, commit: str) -> None:
    """Add the archive file to an edition that has everything else, and the list of its files for harvesters.

    Args:
        book: The book.
        volume: The publication.
        site: A site that holds its newest edition, built, with the shared assets.
        commit: The commit that it was made from; empty where it is none.
    """
    file = site / edition_path(volume.address, volume.edition.number) / name_of(book, volume)
    file.write_bytes(pack(book, volume, site, commit))
    listed = {path.relative_to(file.parent).as_posix(): path.read_bytes() for path in file.parent.rglob("*") if path.is_file()}
    for name in (resource_sync.RESOURCES, manifest.RECORD, manifest.SUMS):
        listed.pop(name, None)
    home, day = edition_path(volume.address, volume.edition.number), volume.edition.date.isoformat()
    (file.parent / resource_sync.RESOURCES).write_bytes(resource_sync.resource_list(book.series.site, home, day, listed))


def name_of(book: Book, volume: Volume) -> str:
    """File name of the archive of a volume's newest edition."""
    return archive_name(book.series.title, volume.address, volume.edition.number)


def pack(book: Book, volume: Volume, site: Path, commit: str = "") -> bytes:
    """Pack a finished edition.

    Args:
        book: The book.
        volume: The publication.
        site: A site that holds its newest edition with all other files, and the shared assets.
        commit: The commit that it was made from; empty where it is none.

    Returns:
        The ZIP file; equal inputs give equal bytes.
    """
    name = name_of(book, volume)
    files = payload(book, volume, site, commit)
    with tempfile.TemporaryDirectory(prefix="bag-") as temporary:
        place = Path(temporary) / name.removesuffix(".zip")
        for path, content in files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        bagit.make_bag(str(place), information(book, volume, commit), checksums=["sha256"])
        bagged = {path.relative_to(temporary).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    return zip_file.write(bagged, volume.edition.date)


def payload(book: Book, volume: Volume, site: Path, commit: str) -> dict[str, bytes]:
    """What the bag holds.

    Args:
        book: The book.
        volume: The publication.
        site: A site that holds its newest edition, and the shared assets.
        commit: The commit that it was made from; empty where it is none.

    Returns:
        Path below the bag's `data/` -> content.
    """
    files = {crate.PAGES + path: content for path, content in offline_pages(book, volume, site).items()}
    files |= {SOURCE + path: content for path, content in manifest.sources(book, volume).items()}
    return {**files, crate.NAME: crate.crate(book, volume, files, commit)}


def offline_pages(book: Book, volume: Volume, site: Path) -> dict[str, bytes]:
    """Copy an edition so that it opens from a disk.

    Args:
        book: The book.
        volume: The publication.
        site: A site that holds its newest edition, and the shared assets.

    Returns:
        Path from the copy's first page -> content: pages, the files to download, and what they need of the assets.
    """
    home = edition_path(volume.address, volume.edition.number)
    own = {path.relative_to(site / home).as_posix(): path.read_bytes() for path in sorted((site / home).rglob("*")) if path.is_file()}
    unused = (name_of(book, volume), cards.NAME)
    pages = {path: content for path, content in own.items() if not path.startswith(UNUSED) and not path.endswith(unused)}
    named = manifest.assets(content for path, content in pages.items() if path.endswith(".html"))
    pages |= {path: (site / path).read_bytes() for path in named if not PROGRAMS.match(posixpath.basename(path))}
    return {
        path: offline_copy.offline(content.decode(), path, home, pages.keys(), book.series.site).encode()
        if path.endswith(".html")
        else content
        for path, content in pages.items()
    }


def sources(archive: bytes) -> dict[str, bytes]:
    """What an edition was made from, out of its archive file.

    Args:
        archive: The ZIP file.

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

    Args:
        packed: The ZIP.

    Returns:
        Its entries.

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


def information(book: Book, volume: Volume, commit: str = "") -> dict[str, str]:
    """What bag-info.txt says (RFC 8493, 2.2.2): who sends what, of which day, under which permanent address, made from what.

    Args:
        book: The book.
        volume: The publication.
        commit: The commit that its newest edition was made from; empty where it is none.

    Returns:
        Label -> text; what is not known is left out.
    """
    record = cite.citation(book, volume, volume.edition.number)
    how = f"Edition {record.version}. To read it, open data/{crate.PAGES}index.html."
    stated = {
        "Source-Organization": book.series.imprint.name,
        "Organization-Address": book.series.imprint.address,
        "Contact-Name": book.series.imprint.responsible,
        "External-Description": f"{record.title}. {how} {volume.publication.abstract}",
        "External-Identifier": record.permalink,
        "Bag-Group-Identifier": f"{book.series.site}{volume.address}/",
        "Bagging-Date": record.published.isoformat(),
        "Bag-Software-Agent": AGENT,
        "Program-Repository": book.series.repository or "",
        "Program-Commit": commit,
        "Program-Lock-SHA256": manifest.lock_of(book.root),
    }
    return {label: " ".join(text.split()) for label, text in stated.items() if text}


def faults(file: Path) -> list[Problem]:
    """What is wrong with an archive file.

    Args:
        file: The ZIP.

    Returns:
        One finding for each file in it that is damaged, missing, changed or added, or for the whole.
    """
    with tempfile.TemporaryDirectory(prefix="bag-") as temporary:
        try:
            return [Problem(str(file), 1, where, message) for where, message in _faults(file, Path(temporary))]
        except FileNotFoundError:
            message = "there is no such file"
        except (zipfile.BadZipFile, UnsafeArchiveError, bagit.BagError, OSError, UnicodeDecodeError) as error:
            message = f"is no archive of an edition: {error}".replace(f"{temporary}/", "")
        return [Problem(str(file), 1, "file", message)]


def _faults(file: Path, temporary: Path) -> Iterator[tuple[str, str]]:
    damaged = set()
    with zipfile.ZipFile(file) as packed:
        for entry in safe_entries(packed):
            try:
                packed.extract(entry, temporary)
            except DAMAGED:
                damaged.add(entry.filename.partition("/")[2])
                (temporary / entry.filename).unlink(missing_ok=True)
    yield from ((path, "is damaged and cannot be unpacked") for path in sorted(damaged))
    tops = list(temporary.iterdir())
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
