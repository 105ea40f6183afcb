"""What is open in a publication, for those who write it: `barometer status`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.table import Table

from macros import check_translations, indices, release, words
from macros.book import Book, Volume, read
from macros.check_pages import check_pages
from macros.fields import size
from macros.load import Files
from macros.model import publication_of
from macros.problems import DataError, Problem, no_publication, summarised


def lines(root: Path, addresses: Sequence[str], today: date) -> Iterator[str | Table]:
    """Say how far publications are, with the board of an issue as a table.

    Args:
        addresses: Publications; every draft where none is named.
        today: The day on which they would be published.

    Raises:
        DataError: An address is unknown.
    """
    files, problems, book = read(root)
    problems += check_pages(root, book, files.folders.keys() - {volume.address for volume in book.volumes}) if book else []
    unknown = [address for address in addresses if address not in files.folders]
    if unknown:
        raise DataError(no_publication(address, files.folders) for address in unknown)
    chosen = addresses or [address for address in files.folders if _is_draft(files, address)]
    for address in chosen:
        yield from _status(files, book, address, sorted(problem for problem in problems if concerns(problem, address)), today)
    if not chosen:
        yield "No publication is a draft."


def _is_draft(files: Files, address: str) -> bool:
    publication = files.folders[address].table("publication.yml").first
    return publication is None or publication.status == "draft"


def concerns(problem: Problem, address: str) -> bool:
    """Whether a finding stands in the way of a publication: it is in its files, or in shared ones."""
    return publication_of(problem.path) in ("", address)


def _status(files: Files, book: Book | None, address: str, faults: Sequence[Problem], today: date) -> Iterator[str | Table]:
    """How far one publication is; while its data cannot be read, what is wrong with them."""
    volume = book.find(address) if book else None
    yield f"{address}: {words.label(volume) if volume else 'cannot be read yet'}"
    if book and volume:
        yield f"status {volume.publication.status}, content {release.content_hash(files.root, address)}"
        if volume.publication.kind == "issue":
            yield _board(book, volume)
    waiting = release.unfinished(files, book, [volume], today) if book and volume else []
    for title, problems in (
        ("Findings: until they are mended it is not built", faults),
        ("Open before it is published", waiting),
        ("Translations to look at; they may stand", check_translations.outdated(files.root, book, address) if book else []),
    ):
        if problems:
            yield f"{title} ({len(problems)}):"
            yield from (f"  {line}" for line in summarised(problems))
    if volume and volume.publication.translations:
        yield f"translated into {', '.join(volume.publication.translations)}"
    if not (faults or waiting):
        yield "Nothing is open: set status: published, commit and push."
    yield ""


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
