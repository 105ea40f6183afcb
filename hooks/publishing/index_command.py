"""The commands of who counts many events: `barometer index`, and `barometer export --parquet`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from macros import indices, partitions
from macros.book import Book, open_book
from macros.exports import parquet
from macros.problems import counted
from macros.scales import ScoreScale
from macros.sums import Value


def export(root: Path, folder: Path) -> None:
    """Write the scored rows of all published issues into a folder of Parquet, and say what changed there."""
    book = open_book(root)
    changed = parquet.write(book, folder)
    click.echo(f"wrote {len(changed)} of {counted(len(book.issues), 'partition')} into {folder}")


def index(root: Path, folder: Path, engine: str, running: bool) -> None:
    """Print all indices of a folder of Parquet, or their running totals, as CSV; on standard error how much was read.

    Args:
        root: The repository, whose scales count.
        running: Whether to print the running totals.
    """
    computed = partitions.compute(folder, engine, _scales(open_book(root)), root / ".cache" / "sums")
    table = csv.writer(sys.stdout, lineterminator="\n")
    if running:
        table.writerow(partitions.Day._fields)
        table.writerows(computed.running)
    else:
        table.writerow(("issue", "series", *Value._fields))
        table.writerows((row.issue, row.series, *row.value) for row in computed.indices)
    click.echo(f"read {computed.read} of {counted(computed.partitions, 'partition')}", err=True)


def _scales(book: Book) -> dict[str, ScoreScale]:
    scored = {"relationship": book.scales.relationship, "security": book.scales.security}
    secure = indices.security_ids(book)
    scales = {series: scored["security" if series in secure else "relationship"] for series in indices.labels(book)}
    return {series: scale for series, scale in scales.items() if scale is not None}
