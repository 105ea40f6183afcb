"""What would a next edition change? The working tree against what was published, or against a commit."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from hooks.publishing import branch, build, ledger
from hooks.publishing.archived_sources import lay_sources
from macros.archive import pages
from macros.book import Book, Volume, open_book
from macros.changes import Changes, compare
from macros.problems import BarometerError, DataError, Problem


def differences(root: Path, addresses: Sequence[str], against: str, remote: str, name: str) -> list[Changes]:
    """Compare publications of the working tree.

    Args:
        root: The repository.
        addresses: Publications, such as `issues/19`; all where none is named.
        against: Nothing for the newest published edition of each; `v1` for an edition; else any commit or branch.
        remote: Name or address of the remote that holds the editions.
        name: Name of the served branch.

    Returns:
        What differs, for each publication in which something does.

    Raises:
        DataError: The working tree has faults, or an address is unknown.
        BarometerError: There is nothing to compare with.
    """
    book = build.check(root).book
    known = [volume.address for volume in book.volumes]
    unknown = [address for address in addresses if address not in known]
    if unknown:
        raise DataError(Problem(f"data/{one}", 1, "file", f"is no publication; there are {', '.join(known)}") for one in unknown)
    chosen = [volume for volume in book.volumes if not addresses or volume.address in addresses]
    number = int(against[1:]) if against[:1] == "v" and against[1:].isdigit() else 0
    if against and not number:
        return list(_with_commit(root, book, chosen, against))
    return list(_with_editions(root, book, chosen, number, remote, name))


def _with_editions(root: Path, book: Book, volumes: Sequence[Volume], number: int, remote: str, name: str) -> Iterator[Changes]:
    with branch.fetched(root, remote, name) as fetched:
        listed = ledger.parse(fetched.read(ledger.LEDGER))
        published = [listed.get(volume.address, ()) for volume in volumes]
        wanted = [record for records in published for record in records if record.number == (number or records[-1].number)]
        records = [record for record in wanted if not record.withdrawn]  # of those the rows are gone, too
        if not records:
            raise BarometerError("nothing of this is published yet; compare with a commit, such as --against main")
        lay_sources(root, fetched, records)
    for record in records:
        before = open_book(root / ".cache" / "archive" / record.path)
        yield from _changed(before, book, record.address)


def _with_commit(root: Path, book: Book, volumes: Sequence[Volume], commit: str) -> Iterator[Changes]:
    packed = branch.run("archive", "--format=tar", commit, "data", "docs", cwd=root)
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archived:
            archived.extractall(folder, filter="data")
        before = open_book(Path(folder))
        for volume in volumes:
            yield from _changed(before, book, volume.address)


def _changed(before: Book, after: Book, address: str) -> Iterator[Changes]:
    found = compare(before, after, address, pages(before.root, address), pages(after.root, address))
    if found:
        yield found
