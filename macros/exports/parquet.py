"""The scored rows of all issues as Parquet, partitioned by issue, for programs that count many monitors."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from macros import indices
from macros.book import Book, Volume
from macros.fields import FINEST
from macros.model import Event

COLUMNS = tuple(Event.model_fields)
NUMBERS = {"score", "weight"}
TYPES = {column: f"DECIMAL(18, {FINEST})" if column in NUMBERS else "VARCHAR" for column in COLUMNS}
"""Of each column the type, the same in every file."""


def write(book: Book, folder: Path) -> tuple[Path, ...]:
    """Write a file for each published issue: the columns of events.csv; an incident is a row of each security index it is scored for.

    Args:
        folder: Where the partitions go: FOLDER/issue=19/events.parquet. A file that would be the same is left as it is.

    Returns:
        The files that are new or changed.

    Raises:
        OSError: One could not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as scratch:
        for volume in book.issues:
            name = f"issue={volume.address.rpartition('/')[2]}"
            fresh, path = Path(scratch, name), folder / name / "events.parquet"
            _write(_rows(book, volume), fresh)
            if not path.is_file() or path.read_bytes() != fresh.read_bytes():
                changed.append((fresh, path))
        for fresh, path in changed:
            path.parent.mkdir(exist_ok=True)
            fresh.replace(path)
    return tuple(path for _, path in changed)


def _rows(book: Book, volume: Volume) -> list[list[Any]]:
    rows = []
    for series in indices.labels(book):
        for row, score in indices.scores_of(book, volume, series):
            cells = row.model_dump() | {"relationship": series, "date": row.date.text, "score": score}
            rows.append([cells[column] for column in COLUMNS])
    return rows


def _write(rows: list[list[Any]], path: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE events ({', '.join(f'{column} {kind}' for column, kind in TYPES.items())})")
        if rows:
            connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        connection.table("events").write_parquet(str(path), compression="zstd")
