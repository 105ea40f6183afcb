"""What is wrong with rows of GDELT, and on which line each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from macros.fields import hidden
from macros.imports.gdelt_mapping import Mapping
from macros.load import Record
from macros.partition_checks import OFF_SCALE, misfit
from macros.problems import Problem
from macros.scales import ScoreScale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLACES = (0, 1, 7, 17, 26, 27, 28, 30)
"""The columns that are read: id, day, country of either actor, code of the event, of what it is a kind of, Goldstein's score."""
FAULTS = f"""
SELECT file, line, 'GLOBALEVENTID', coalesce(id, '') FROM events WHERE NOT regexp_full_match(coalesce(id, ''), '[0-9]{{1,18}}')
UNION ALL (SELECT file, line, 'twice', id FROM events QUALIFY row_number() OVER (PARTITION BY id ORDER BY file, line) > 1)
UNION ALL SELECT file, line, 'SQLDATE', coalesce(given_day, '') FROM events WHERE day IS NULL OR length(given_day) <> 8
UNION ALL SELECT file, line, 'GoldsteinScale', given_score FROM events LEFT JOIN scales ON series = relationship
  WHERE given_score IS NOT NULL AND score IS NULL OR {OFF_SCALE}
"""


def faults(connection: DuckDBPyConnection, paths: Sequence[Path], mapping: Record[Mapping], scale: ScoreScale) -> Iterator[Problem]:
    """Find what is wrong with events that were read.

    Args:
        connection: The database that holds them, in the table `events`, and their scales.
        paths: The files, by their number in that table.
        mapping: What their words come from.

    Yields:
        Findings with the line of the row; of codes without words with that of the mapping.
    """
    yield from _cells(connection, paths, scale)
    yield from _wordless(connection, mapping)
    yield from _namesakes(paths)


def part_name(path: Path) -> str:
    """Name the files that are made of a file of GDELT, one in each partition."""
    return f"gdelt-{re.sub(r'[^a-z0-9]+', '-', path.name.lower()).strip('-')}.parquet"


def lines_of(path: Path, rows: set[int]) -> dict[int, int]:
    """Find the lines of rows that were counted as DuckDB counts them: without empty lines, and without those that it rejects.

    Args:
        rows: Numbers of rows, from 1.
    """
    lines: dict[int, int] = {}
    row, width = 0, 0
    with path.open(encoding="latin-1") as file:  # which reads any bytes, and parts lines as DuckDB does
        for number, line in enumerate(file, 1):
            width = width or line.count("\t")
            row += line.count("\t") == width and _is_text(line)
            if row in rows:
                lines.setdefault(row, number)
    return lines


def _is_text(line: str) -> bool:
    """Whether the cells that are read are UTF-8."""
    cells = line.split("\t")
    try:
        "".join(cells[column] for column in PLACES).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def broken_line(path: Path, width: int) -> int:
    """Find the first line that is no row of so many columns, where DuckDB does not say which."""
    with path.open(encoding="latin-1") as file:
        return next((number for number, line in enumerate(file, 1) if line.count("\t") + 1 != width), 1)


def _cells(connection: DuckDBPyConnection, paths: Sequence[Path], scale: ScoreScale) -> Iterator[Problem]:
    """Cells that are at fault."""
    rows = connection.sql(FAULTS).fetchall()
    lines = {file: lines_of(paths[file], {row[1] for row in rows if row[0] == file}) for file in {row[0] for row in rows}}
    for file, line, field, value in rows:
        why = (
            hidden(value)
            or {
                "GLOBALEVENTID": f"'{value}' is no number of an event; allowed: digits",
                "twice": f"{value} stands in a row above already; each event stands once",
                "SQLDATE": f"'{value}' is no day; allowed: eight digits, such as 20270104",
            }.get(field)
            or _off(scale, value)
        )
        yield Problem(paths[file].as_posix(), lines[file][line], "GLOBALEVENTID" if field == "twice" else field, why)


def _off(scale: ScoreScale, value: str) -> str:
    if not re.fullmatch(r"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?", value, re.ASCII):
        return f"'{value}' is not a number; allowed: digits with a decimal point"
    return misfit(scale, value)


def _wordless(connection: DuckDBPyConnection, mapping: Record[Mapping]) -> Iterator[Problem]:
    """Codes of events for which the mapping has no words."""
    missing = "SELECT coalesce(kind, ''), count(*) FROM events WHERE event IS NULL GROUP BY ALL ORDER BY ALL"
    for kind, count in connection.sql(missing).fetchall():
        message = f"has no words for '{kind}', the event of {count} rows; add it, or '{kind[:2]}' for all of its kind"
        yield mapping.problem("events", message)


def _namesakes(paths: Sequence[Path]) -> Iterator[Problem]:
    for number, path in enumerate(paths):
        if part_name(path) in {part_name(other) for other in paths[:number]}:
            yield Problem(path.as_posix(), 1, "file", "has the name of another file; bring in each file once")
