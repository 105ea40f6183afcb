"""What is open in a publication, for those who write it: `barometer status`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table

from macros import check_translations, indices, release, words
from macros.book import Book, Volume, read
from macros.check_pages import check_pages
from macros.fields import size
from macros.load import Files
from macros.model import publication_of
from macros.problems import DataError, Problem, allowed, summarised


@dataclass(frozen=True)
class Status:
    """How far a publication is.

    Attributes:
        faults: What `check` finds in its files: until they are mended it is not built.
        open: What must be done before it is published.
        outdated: Paragraphs of its translations whose original has changed since.
        volume: The publication; None while its data cannot be read.
    """

    address: str
    faults: Sequence[Problem]
    open: Sequence[Problem]
    outdated: Sequence[Problem]
    volume: Volume | None


@dataclass(frozen=True)
class Report:
    """The state of some publications."""

    root: Path
    book: Book | None
    entries: Sequence[Status]


def report(root: Path, addresses: Sequence[str], today: date) -> Report:
    """Look at publications as they are now.

    Args:
        root: The repository.
        addresses: Publications; every draft where none is named.
        today: The day on which they would be published.

    Returns:
        The state of each.

    Raises:
        DataError: An address is unknown.
    """
    files, problems, book = read(root)
    problems += check_pages(root, book, files.folders.keys() - {volume.address for volume in book.volumes}) if book else []
    publications = [*files.folders]
    unknown = [address for address in addresses if address not in publications]
    if unknown:
        raise DataError(
            Problem(f"data/{address}", 1, "file", f"is no publication; {allowed(address, publications)}") for address in unknown
        )
    drafts = [address for address in publications if _is_draft(files, address)]
    return Report(root, book, [_status(files, book, address, problems, today) for address in addresses or drafts])


def _is_draft(files: Files, address: str) -> bool:
    items = files.folders[address].table("publication.yml").items
    return not items or items[0].status == "draft"


def _status(files: Files, book: Book | None, address: str, problems: Sequence[Problem], today: date) -> Status:
    faults = [problem for problem in problems if concerns(problem, address)]
    volume = next((volume for volume in book.volumes if volume.address == address), None) if book else None
    waiting = release.unfinished(files, book, [volume], today) if book and volume else []
    changed = check_translations.outdated(files.root, book, address) if book else []
    return Status(address, sorted(faults), waiting, changed, volume)


def concerns(problem: Problem, address: str) -> bool:
    """Whether a finding stands in the way of a publication: it is in its files, or in shared ones."""
    return publication_of(problem.path) in ("", address)


def lines(report: Report) -> Iterator[str | Table]:
    """Say it, with the board of an issue as a table."""
    for entry in report.entries:
        yield f"{entry.address}: {words.label(entry.volume) if entry.volume else 'cannot be read yet'}"
        if entry.volume and report.book:
            yield f"status {entry.volume.publication.status}, content {release.content_hash(report.root, entry.address)}"
            if entry.volume.publication.kind == "issue":
                yield _board(report.book, entry.volume)
        for title, problems in (
            ("Findings: until they are mended it is not built", entry.faults),
            ("Open before it is published", entry.open),
            ("Translations to look at; they may stand", entry.outdated),
        ):
            if problems:
                yield f"{title} ({len(problems)}):"
                yield from (f"  {line}" for line in summarised(problems))
        if entry.volume and entry.volume.publication.translations:
            yield f"translated into {', '.join(entry.volume.publication.translations)}"
        if not (entry.faults or entry.open):
            yield "Nothing is open: set status: published, commit and push."
        yield ""
    if not report.entries:
        yield "No publication is a draft."


def _board(book: Book, volume: Volume) -> Table:
    """The indices of an issue: sums, parts, rows, the largest event, and what the original prints."""
    table = Table(box=None, pad_edge=False)
    for name in ("index", "computed", "+", "−", "rows", "change", "printed", "largest event"):
        table.add_column(name, justify="left" if name in ("index", "largest event") else "right")
    printed = volume.publication.published_indices
    for index in indices.indices(book, volume):
        row, score = max(indices.scores_of(book, volume, index.series), key=lambda pair: size(pair[1]))
        change = f"{words.signed(index.change)} since {index.before.issue}" if index.change is not None and index.before else ""
        stated = printed[index.series].aggregate if index.series in printed else None
        given = "" if stated is None else words.signed(stated) + ("" if stated == index.aggregate else " differs")
        numbers = [words.signed(value) for value in (index.aggregate, index.positive, index.negative)]
        table.add_row(index.label, *numbers, str(index.rows), change, given, f"{words.signed(score)} {row.event[:70]} ({row.id})")
    missing = [section.label for section in book.sections(volume) if section not in book.covered(volume)]
    if missing:
        table.add_row("no rows yet", *[""] * 6, ", ".join(missing))
    return table
