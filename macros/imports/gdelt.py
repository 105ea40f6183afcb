"""Rows of GDELT events -> partitions of Parquet, as `barometer index` reads them.

A file has a row for each event, parted by tabs, without a header: 58 columns in GDELT 1.0, 57 before April 2013, 61 in 2.0
(GDELT Event Codebook 1.03 and 2.0). What is read here stands in the same places in all of them. DuckDB streams the files;
what stays is the events of the pairs of countries that are asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from macros.book import Book
from macros.imports import gdelt_faults
from macros.imports.gdelt_mapping import Mapping
from macros.load import Record
from macros.partition_checks import NUMBER, lay_scales
from macros.problems import DataError, Problem
from macros.scales import ScoreScale
from macros.text_files import unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = {57: "GDELT 1.0 before April 2013", 58: "GDELT 1.0", 61: "GDELT 2.0"}
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
"""The places of a row are: 0 its id, 1 the day, 7 and 17 the countries, 26 to 28 the event and what it is a kind of, 30 the score."""
TABLES = f"""
CREATE TABLE pairs (first VARCHAR, second VARCHAR, relationship VARCHAR);
CREATE TABLE actors (code VARCHAR, words VARCHAR);
CREATE TABLE kinds (code VARCHAR, words VARCHAR);
CREATE TABLE issues (day DATE, issue VARCHAR);
CREATE TABLE events (file INTEGER, line BIGINT, id VARCHAR, given_day VARCHAR, day DATE, given_score VARCHAR, score {NUMBER},
  relationship VARCHAR, kind VARCHAR, event VARCHAR);
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
        source: What every row rests on.
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

    Raises:
        DataError: A file, a row or the mapping is at fault.
    """
    import duckdb

    connection = duckdb.connect()
    scale = _scale(book)
    _lay_tables(connection, mapping.item, scale)
    problems = [problem for number, path in enumerate(paths) for problem in _read_file(connection, number, path, mapping.item.text)]
    problems += gdelt_faults.faults(connection, paths, mapping, scale)
    if problems:
        raise DataError(problems)
    issues = issues_of(book, [row[0] for row in connection.sql("SELECT DISTINCT day FROM events").fetchall()])
    if issues:
        connection.executemany("INSERT INTO issues VALUES (?, ?)", list(issues.items()))
    counts = connection.sql(COUNTS).fetchall()[0]
    return Gdelt(connection, paths, mapping.item.source, Counts(*counts))


def issues_of(book: Book, days: Iterable[datetime.date]) -> dict[datetime.date, str]:
    """Find the issue in whose period each day lies: one that is here, or one to come by the calendar of the series.

    Returns:
        The last part of its address, by day; days are left out that lie before the first issue, or of which a series without a
        calendar has no issue.
    """
    slugs, number = {}, 1
    periods = [(volume.publication.period, volume.publication.slug) for volume in book.issues]
    for day in sorted(days):
        here = next((slug for period, slug in periods if period and period.first <= day <= period.last), None)
        while (period := book.series.period_of(number)) and period.last < day:
            number += 1
        if here or (period and period.first <= day):
            slugs[day] = here or str(number)
    return slugs


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
    columns = {f"c{position}": "VARCHAR" for position in range(width)}
    try:
        connection.execute(READ, {"file": number, "path": str(path), "columns": columns, "text": text})
    except duckdb.Error:
        message = f"is broken; a row is a line of {width} columns parted by tabs, in UTF-8"
        yield Problem(path.as_posix(), gdelt_faults.broken_line(path, width), "row", message)
        return
    rejected = "SELECT line, min(column_idx), min(error_type) FROM reject_errors GROUP BY line ORDER BY line"
    for line, count, kind in connection.sql(rejected).fetchall():
        why = f"has {count} columns; the first row has {width}" if "COLUMNS" in kind else "holds what is no UTF-8; save the file as UTF-8"
        yield Problem(path.as_posix(), line, "row", why)
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
