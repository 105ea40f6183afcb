"""Files of Parquet -> what is wrong with them: damage, columns, types, empty cells, scores off their scale.

DuckDB reads them, whatever engine counts them afterwards; each row is looked at once, in one query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.engines import ENGINES, Engine, Query, day_sums
from macros.fields import FINEST, exact
from macros.problems import Problem
from macros.scales import WIDEST, ScoreScale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE", "DECIMAL")
UNREADABLE = "cannot be read as Parquet; it may be cut off or damaged"
NUMBER = f"DECIMAL(18, {FINEST})"
OFF_SCALE = f"""score IS NOT NULL AND NOT isnan(CAST(score AS DOUBLE)) AND coalesce(
  TRY_CAST(score AS {NUMBER}) NOT BETWEEN lowest AND highest OR TRY_CAST(score AS {NUMBER}) % step <> 0
  OR TRY_CAST(score AS {NUMBER}) = 0 AND NOT zero, true)"""
"""Whether a row's `score` does not fit the scale beside it; an empty one is not counted, and fits. `scales.misfit` says why."""
ROWS = f"""
SELECT filename, min(file_row_number) + 1, count(*), series, CAST(score AS VARCHAR), CAST({{weight}} AS VARCHAR),
  relationship IS NULL, coalesce(date, '') = ''
FROM read_parquet($files, filename = true, file_row_number = true, hive_partitioning = false) LEFT JOIN scales ON relationship = series
WHERE relationship IS NULL OR coalesce(date, '') = '' OR {{weight}} <= 0 OR {OFF_SCALE}
GROUP BY ALL ORDER BY ALL
"""


def findings(query: Query, scales: Mapping[str, ScoreScale]) -> list[Problem]:
    """Find what is wrong with files of Parquet.

    Returns:
        Findings: of whole files, or where there are none of rows, each with the number of its row and how many are like it.
    """
    return list(_damage(query)) or _rows(query, scales)


def lay_scales(connection: DuckDBPyConnection, scales: Mapping[str, ScoreScale]) -> None:
    """Make the table `scales`, against whose rows OFF_SCALE holds a score."""
    connection.execute(f"CREATE TABLE scales (series VARCHAR, lowest {NUMBER}, highest {NUMBER}, step {NUMBER}, zero BOOLEAN)")
    rows = [(series, *map(Decimal, (scale.lowest, scale.highest, scale.step)), scale.zero) for series, scale in scales.items()]
    connection.executemany("INSERT INTO scales VALUES (?, ?, ?, ?, ?)", rows)


def _damage(query: Query) -> Iterator[Problem]:
    """Files that are no Parquet, or lack a column, or hold it in another type."""
    import duckdb

    connection, before = duckdb.connect(), dict[str, str]()
    for file in query.names:
        path = Path(file).as_posix()
        try:
            schema = connection.sql("SELECT name, duckdb_type FROM parquet_schema($file)", params={"file": escape(file)}).fetchall()
        except duckdb.Error:
            yield Problem(path, 1, "file", UNREADABLE)
            continue
        types = {name: str(kind) for name, kind in schema}
        for column in query.columns:
            kind, number = types.get(column), column in ("score", "weight")
            if kind is None:
                yield Problem(path, 1, column, f"is missing; needed: {', '.join(query.columns)}")
            elif not kind.startswith(NUMBERS if number else "VARCHAR"):
                wanted = "whole or decimal numbers" if number else "text"
                yield Problem(path, 1, column, f"holds {kind}; allowed: {wanted}, as events.csv has it")
            elif kind != before.setdefault(column, kind):
                yield Problem(path, 1, column, f"holds {kind}, and {before[column]} in an earlier file; allowed: one type in all files")


def _rows(query: Query, scales: Mapping[str, ScoreScale]) -> list[Problem]:
    """Rows that cannot be counted; where the files cannot be read through, those that cannot."""
    import duckdb

    try:
        with duckdb.connect() as connection:
            lay_scales(connection, scales)
            statement = ROWS.format(weight="weight" if query.decimal_places.weight else "1")
            rows = connection.execute(statement, {"files": [escape(name) for name in query.names]}).fetchall()
    except duckdb.Error:
        return unreadable(query, ENGINES["duckdb"])
    return [problem for row in rows for problem in _of_row(scales, *row)]


def unreadable(query: Query, engine: Engine) -> list[Problem]:
    """Find the files that an engine cannot read through, each of them alone.

    Args:
        engine: The engine that gave up.

    Returns:
        A finding for each such file; for the folder where each can be read, and all of them together cannot.
    """
    problems = []
    for file in (file for files in query.files for file in files):
        try:
            list(day_sums(query._replace(files=((file,),)), engine))
        except engine.raised:
            problems.append(Problem(file.as_posix(), 1, "file", UNREADABLE))
    return problems or [Problem(query.folder.as_posix(), 1, "file", UNREADABLE)]


def _of_row(scales: Mapping[str, ScoreScale], file: str, row: int, count: int, *cells: Any) -> Iterator[Problem]:
    """The findings about a row; cells are those of ROWS after the count."""
    series, score, weight, *empty = cells
    alike = f" ({count} rows are like this)" if count > 1 else ""
    faults = {column: "is empty; each row has one" for column, is_empty in zip(("relationship", "date"), empty, strict=True) if is_empty}
    if weight and Decimal(weight) <= 0:
        faults["weight"] = f"{weight} is too low; it must be above 0"
    if series and score and (why := misfit(scales[series], score)):
        faults["score"] = why
    for column, why in faults.items():
        yield Problem(Path(file).as_posix(), row, column, f"{why}{alike}")


def misfit(scale: ScoreScale, score: str) -> str:
    """What is wrong with a score as a database prints it; nothing where it fits its scale, or is no number."""
    number = Decimal(score)
    if number.is_nan():
        return ""
    if not number.is_finite() or abs(number) > WIDEST:
        return f"{score} is outside {scale.lowest}..{scale.highest}"
    return scale.misfit(exact(round(number, FINEST)))
