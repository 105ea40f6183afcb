"""What would a next edition change? The working tree against what was published, or against a commit."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hooks.publishing import branch, build, ledger
from hooks.publishing.archived_sources import lay_sources
from macros import archive
from macros.book import Book, Volume, open_book, readable
from macros.changes import Changes
from macros.load import load
from macros.problems import BarometerError, DataError, Problem, no_publication


@dataclass(frozen=True)
class Difference:
    """What differs in a publication, and what publishing will make of it; nothing where that is not known."""

    changes: Changes
    notice: str


def differences(root: Path, addresses: Sequence[str], against: str, remote: str, name: str) -> tuple[list[Difference], Sequence[Problem]]:
    """Compare publications of the working tree.

    Args:
        addresses: Publications, such as `issues/19`; all where none is named.
        against: Nothing for the newest published edition of each; `v1` for an edition; else any commit or branch.
        remote: Name or address of the remote that holds the editions.

    Returns:
        What differs, for each publication in which something does, and the findings of a tree whose rows can be read but do not add up.

    Raises:
        DataError: The rows of the working tree cannot be read, or an address is unknown.
        BarometerError: There is nothing to compare with.
    """
    book, problems = _readable(root)
    publications = [volume.address for volume in book.volumes]
    unknown = [address for address in addresses if address not in publications]
    if unknown:
        raise DataError(no_publication(address, publications) for address in unknown)
    chosen = [volume for volume in book.volumes if not addresses or volume.address in addresses]
    number = int(against[1:]) if against[:1] == "v" and against[1:].isdigit() else 0
    if against and not number:
        return list(_with_commit(root, book, chosen, against)), problems
    return list(_with_editions(root, book, chosen, number, remote, name)), problems


def _readable(root: Path) -> tuple[Book, Sequence[Problem]]:
    """The book, also where its rows do not add up or its pages have faults, and those findings."""
    try:
        return build.check(root).book, ()
    except DataError as error:
        book = readable(load(root))
        if book is None:
            raise
        return book, error.problems


def _with_editions(root: Path, book: Book, volumes: Sequence[Volume], number: int, remote: str, name: str) -> Iterator[Difference]:
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


def _with_commit(root: Path, book: Book, volumes: Sequence[Volume], commit: str) -> Iterator[Difference]:
    packed = branch.run("archive", "--format=tar", commit, "data", "docs", cwd=root)
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archived:
            archived.extractall(folder, filter="data")
        before = open_book(Path(folder))
        for volume in volumes:
            yield from _changed(before, book, volume.address)


def _changed(before: Book, after: Book, address: str) -> Iterator[Difference]:
    """The changes of a publication; where its original has none, those of its translations."""
    changes = next(filter(None, archive.differences(before, after, address)), None)
    if changes:
        yield Difference(changes, notice(before.find(address), after.volume(address)))


def notice(before: Volume | None, after: Volume) -> str:
    """Say what publishing will make of a change in a publication."""
    publication, edition = after.publication, after.edition
    if publication.status == "draft":
        return "A draft: nothing of this is published."
    if publication.status == "withdrawn":
        return f"Withdraws {after.address}: {publication.withdrawal}"
    if before is None or before.draft:
        return f"Publishes {after.address} for the first time, as edition {edition.number}."
    if edition.number > before.edition.number:
        return f"Publishes edition {edition.number}, a {edition.kind}: {edition.note}"
    number = edition.number + 1
    return f"{after.address} is published: publishing will refuse this until publication.yml announces edition {number}."
