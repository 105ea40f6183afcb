"""Rows of GDELT events -> partitions of Parquet, as `barometer index` reads them.

A file has a row for each event, parted by tabs, without a header: 58 columns in GDELT 1.0, 57 before April 2013, 61 in 2.0
(GDELT Event Codebook 1.03 and 2.0). What is read here stands in the same places in all of them. DuckDB streams the files;
what stays is the events of the pairs of countries that are asked for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from macros.book import Book
from macros.imports.gdelt_mapping import Mapping
from macros.load import Record, unreadable
from macros.partition_checks import NUMBER, OFF_SCALE, lay_scales, misfit
from macros.problems import DataError, Problem
from macros.scales import ScoreScale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = {57: "GDELT 1.0 before April 2013", 58: "GDELT 1.0", 61: "GDELT 2.0"}
PLACES = (0, 1, 7, 17, 26, 27, 28, 30)
"""The columns that are read: id, day, country of either actor, code of the event, of what it is a kind of, Goldstein's score."""
READ = f"""
INSERT INTO events
SELECT $file, line, c0, c1, try_strptime(c1, '%Y%m%d')::DATE, c30, TRY_CAST(c30 AS {NUMBER}), relationship, c26,
  replace(replace(replace($text, '{{event}}', coalesce(exact.words, base.words, root.words)),
    '{{actor1}}', one.words), '{{actor2}}', two.words)
FROM (SELECT row_number() OVER () AS line, * FROM read_csv($path, delim = '\t', quote = '', escape = '', header = false,
  auto_detect = false, columns = $columns, store_rejects = true))
JOIN pairs ON first = least(c7, c17) AND second = greatest(c7, c17)
JOIN actors one ON one.code = c7 JOIN actors two ON two.code = c17
LEFT JOIN kinds exact ON exact.code = c26 LEFT JOIN kinds base ON base.code = c27 LEFT JOIN kinds root ON root.code = c28
"""
TABLES = f"""
CREATE TABLE pairs (first VARCHAR, second VARCHAR, relationship VARCHAR);
CREATE TABLE actors (code VARCHAR, words VARCHAR);
CREATE TABLE kinds (code VARCHAR, words VARCHAR);
CREATE TABLE issues (day DATE, issue VARCHAR);
CREATE TABLE events (file INTEGER, line BIGINT, id VARCHAR, given_day VARCHAR, day DATE, given_score VARCHAR, score {NUMBER},
  relationship VARCHAR, kind VARCHAR, event VARCHAR);
"""
FAULTS = f"""
SELECT file, line, 'GLOBALEVENTID', coalesce(id, '') FROM events WHERE NOT regexp_full_match(coalesce(id, ''), '[0-9]{{1,18}}')
UNION ALL (SELECT file, line, 'twice', id FROM events QUALIFY row_number() OVER (PARTITION BY id ORDER BY file, line) > 1)
UNION ALL SELECT file, line, 'SQLDATE', coalesce(given_day, '') FROM events WHERE day IS NULL OR length(given_day) <> 8
UNION ALL SELECT file, line, 'GoldsteinScale', given_score FROM events LEFT JOIN scales ON series = relationship
  WHERE given_score IS NOT NULL AND score IS NULL OR {OFF_SCALE}
"""

COUNTS = """
SELECT count(*) FILTER (score IS NOT NULL AND issue IS NOT NULL), count(*) FILTER (score IS NULL),
  count(*) FILTER (score IS NOT NULL AND issue IS NULL)
FROM events LEFT JOIN issues USING (day)
"""


class Counts(NamedTuple):
    """How many events were taken, and how many left out: without a score, and of a day of no issue."""

    taken: int
    unscored: int
    early: int


@dataclass(frozen=True)
class Gdelt:
    """What was read, and is right.

    Attributes:
        connection: The database in memory that holds it.
        paths: The files.
        source: What every row rests on.
        counts: How many rows there are.
    """

    connection: DuckDBPyConnection
    paths: Sequence[Path]
    source: str
    counts: Counts


def read(paths: Sequence[Path], mapping: Record[Mapping], book: Book) -> Gdelt:
    """Read the events of the relationships of a mapping.

    Args:
        paths: Files of GDELT, unpacked.
        mapping: Which rows are whose events, and in which words.
        book: The monitor.

    Returns:
        The events.

    Raises:
        DataError: A file, a row or the mapping is at fault.
    """
    import duckdb

    connection = duckdb.connect()
    scale = _scale(book)
    _lay_tables(connection, mapping.item, scale)
    problems = [problem for number, path in enumerate(paths) for problem in _read_file(connection, number, path, mapping.item.text)]
    problems += [*_faults(connection, paths, scale), *_wordless(connection, mapping), *_namesakes(paths)]
    if problems:
        raise DataError(problems)
    issues = issues_of(book, [row[0] for row in connection.sql("SELECT DISTINCT day FROM events").fetchall()])
    if issues:
        connection.executemany("INSERT INTO issues VALUES (?, ?)", list(issues.items()))
    counts = connection.sql(COUNTS).fetchall()[0]
    return Gdelt(connection, paths, mapping.item.source, Counts(*counts))


def issues_of(book: Book, days: Iterable[datetime.date]) -> dict[datetime.date, str]:
    """Find the issue in whose period each day lies: one that is here, or one to come by the calendar of the series.

    Args:
        book: The monitor.
        days: Days.

    Returns:
        The last part of its address, by day; days are left out that lie before the first issue, or of which a series without a
        calendar has no issue.
    """
    found, number = {}, 1
    periods = [(volume.publication.period, volume.publication.slug) for volume in book.issues]
    for day in sorted(days):
        here = next((slug for period, slug in periods if period and period.first <= day <= period.last), None)
        while (period := book.series.period_of(number)) and period.last < day:
            number += 1
        if here or (period and period.first <= day):
            found[day] = here or str(number)
    return found


def part_name(path: Path) -> str:
    """Name the files that are made of a file of GDELT, one in each partition."""
    return f"gdelt-{re.sub(r'[^a-z0-9]+', '-', path.name.lower()).strip('-')}.parquet"


def lines_of(path: Path, rows: set[int]) -> dict[int, int]:
    """Find the lines of rows that were counted as DuckDB counts them: without empty lines, and without those that it rejects.

    Args:
        path: A file of GDELT.
        rows: Numbers of rows, from 1.

    Returns:
        The line of each of these rows.
    """
    found: dict[int, int] = {}
    row, width = 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            width = width or line.count(b"\t")
            row += line.count(b"\t") == width and _is_text(line)
            if row in rows:
                found.setdefault(row, number)
    return found


def _is_text(line: bytes) -> bool:
    """Whether the cells that are read can be."""
    cells = line.split(b"\t")
    try:
        b"".join(cells[place] for place in PLACES).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _scale(book: Book) -> ScoreScale:
    if book.scales.relationship is None:
        raise DataError([Problem("data/scales.yml", 1, "relationship", "is missing; events are scored on it")])
    return book.scales.relationship


def _lay_tables(connection: DuckDBPyConnection, mapping: Mapping, scale: ScoreScale) -> None:
    connection.execute(TABLES)
    lay_scales(connection, dict.fromkeys(mapping.relationships, scale))
    rows = [(*sorted(pair), name) for name, pairs in mapping.relationships.items() for pair in pairs]
    connection.executemany("INSERT INTO pairs VALUES (?, ?, ?)", rows)
    for table, words in (("actors", mapping.actors), ("kinds", mapping.events)):
        if words:
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", list(words.items()))


def _read_file(connection: DuckDBPyConnection, number: int, path: Path, text: str) -> Iterator[Problem]:
    """Take the events of one file, and find its rows that have another number of columns, or are not text."""
    import duckdb

    if why := unreadable(path):
        yield Problem(path.as_posix(), 1, "file", why)
        return
    with path.open("rb") as file:
        width = file.readline().count(b"\t") + 1
    if width not in COLUMNS:
        listed = ", ".join(f"{columns} ({name})" for columns, name in COLUMNS.items())
        yield Problem(path.as_posix(), 1, "file", f"has {width} columns parted by tabs; allowed: {listed}")
        return
    columns = {f"c{place}": "VARCHAR" for place in range(width)}
    try:
        connection.execute(READ, {"file": number, "path": str(path), "columns": columns, "text": text})
    except duckdb.Error as error:
        yield Problem(path.as_posix(), 1, "file", f"cannot be read: {str(error).splitlines()[0]}; a text file with tabs is needed")
        return
    rejected = "SELECT line, min(column_idx), min(error_type) FROM reject_errors GROUP BY line ORDER BY line"
    for line, found, kind in connection.sql(rejected).fetchall():
        columns_found = f"has {found} columns; the first row has {width}"
        yield Problem(
            path.as_posix(), line, "row", columns_found if "COLUMNS" in kind else "holds bytes that are not UTF-8, or is too long"
        )
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")


def _faults(connection: DuckDBPyConnection, paths: Sequence[Path], scale: ScoreScale) -> Iterator[Problem]:
    """Cells that are at fault."""
    rows = connection.sql(FAULTS).fetchall()
    lines = {file: lines_of(paths[file], {row[1] for row in rows if row[0] == file}) for file in {row[0] for row in rows}}
    for file, line, field, value in rows:
        why = {
            "GLOBALEVENTID": f"'{value}' is no number of an event; allowed: digits",
            "twice": f"{value} stands in a row above already; each event stands once",
            "SQLDATE": f"'{value}' is no day; allowed: eight digits, such as 20270104",
        }.get(field) or _off(scale, value)
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
