"""A folder of Parquet, partitioned by issue -> indices and running totals, of any number of events.

Each partition is `issue=19/*.parquet`, with the columns of events.csv. Its sums by day are kept in the cache, so that only
a partition that is new or changed is read. What follows is made of these sums, in memory: a date is a word until then.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw
import pandas as pd

from macros import all_or_none, dates, engines, partition_checks, sums
from macros.fields import FINEST, Score
from macros.problems import DataError, Problem, allowed
from macros.scales import ScoreScale, decimals
from macros.sums import LASTING, DecimalPlaces, Value

PARTITION = re.compile(r"issue=([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)
LONGER = "longer"
"""In the place of a day, and after all of them: events of a month or longer, or without an end."""
WORDS, NUMBERS = ("issue", "series", "date"), ("positive", "negative", "rows", "weight", "aggregate")
Sums = tuple[str | int, ...]
"""The sums of a day: `WORDS`, then `NUMBERS`; as they are kept, without the issue."""


@dataclass(frozen=True)
class Partition:
    """The events of one issue: their folder and its files."""

    issue: str
    folder: Path
    files: tuple[Path, ...]

    def state(self) -> list[tuple[str, int, int]]:
        """What tells that it was changed: names, sizes and times of its files."""
        return [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in self.files]


class IssueIndex(NamedTuple):
    """One index of one issue."""

    issue: str
    series: str
    value: Value


class Day(NamedTuple):
    """One day of an index: its points and the running total, as `LONGER` too."""

    issue: str
    series: str
    last: str
    score: Score
    total: Score


class Computed(NamedTuple):
    """Everything that was computed, in order of issue, series and day; how many partitions there are, and how many were read."""

    indices: list[IssueIndex]
    running: list[Day]
    partitions: int
    read: int


def compute(folder: Path, engine: str, scales: Mapping[str, ScoreScale], cache: Path) -> Computed:
    """Compute all indices, their parts and running totals.

    Args:
        engine: A key of ENGINES.
        scales: The scale of each series; the column `relationship` names the series.
        cache: Where sums are kept.

    Returns:
        The indices; running totals of those that are plain sums.

    Raises:
        BarometerError: The engine is not installed.
        DataError: A file, a date or a series is at fault.
    """
    runs, listed = engines.engine(engine), tuple(partitions(folder))
    decimal_places = DecimalPlaces(
        max((decimals(scale.step) for scale in scales.values()), default=0),
        FINEST if any(scale.weighted for scale in scales.values()) else 0,
    )
    keys = {partition: _key(partition, engine, scales) for partition in listed}
    cached = {partition: rows for partition in listed if (rows := _cached(cache, partition, engine, keys[partition])) is not None}
    missing = [partition for partition in listed if partition not in cached]
    query = engines.Query(folder, tuple(partition.files for partition in missing), decimal_places)
    if missing and (problems := partition_checks.findings(query, scales)):
        raise DataError(problems)
    fresh: dict[str, list[Sums]] = {partition.issue: [] for partition in missing}
    for row in _day_sums(query, runs) if missing else ():
        fresh[row["issue"]].append((row["series"], row["date"], *(int(row[name]) for name in NUMBERS)))
    all_or_none.write(
        {_path(cache, partition, engine): json.dumps({"key": keys[partition], "rows": fresh[partition.issue]}) for partition in missing}
    )
    rows = [
        (partition.issue, *row) for partition in listed for row in (cached[partition] if partition in cached else fresh[partition.issue])
    ]
    return _computed(folder, rows, scales, decimal_places)._replace(partitions=len(listed), read=len(missing))


def _day_sums(query: engines.Query, engine: engines.Engine) -> list[dict[str, Any]]:
    try:
        return list(engines.day_sums(query, engine))
    except engine.raised:
        raise DataError(partition_checks.unreadable(query, engine)) from None


def partitions(folder: Path) -> Iterator[Partition]:
    """List the partitions of a folder, those with a number in its order.

    Raises:
        DataError: There is none, or one is named otherwise.
    """
    folders = [path for path in folder.glob("issue=*") if path.is_dir()]
    odd = [path for path in folders if not PARTITION.fullmatch(path.name)]
    if odd or not folders:
        shape = "issue=19/*.parquet, with small Latin letters, digits and single hyphens after the ="
        wrong = [Problem(path.as_posix(), 1, "file", f"names no issue; allowed: {shape}") for path in odd]
        raise DataError(wrong or [Problem(folder.as_posix(), 1, "file", f"holds no partition; needed: {shape}")])
    for issue in sorted((path.name.partition("=")[2] for path in folders), key=_order):
        partition_folder = folder / f"issue={issue}"
        files = tuple(sorted(partition_folder.glob("*.parquet")))
        if files:
            yield Partition(issue, partition_folder, files)


def _order(issue: str) -> tuple[int, int, str]:
    return (0, int(issue), "") if issue.isdecimal() else (1, 0, issue)


def _key(partition: Partition, engine: str, scales: Mapping[str, ScoreScale]) -> str:
    """What its sums depend on: its files, the engine, the scales that its scores were held against, and the program."""
    program = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in (sums, engines, partition_checks)]
    limits = {
        series: (str(scale.lowest), str(scale.highest), str(scale.step), scale.zero, scale.weighted) for series, scale in scales.items()
    }
    return hashlib.sha256(json.dumps([partition.state(), engine, limits, program]).encode()).hexdigest()


def _path(cache: Path, partition: Partition, engine: str) -> Path:
    return cache / f"{hashlib.sha256(f'{engine} {partition.folder.resolve()}'.encode()).hexdigest()[:24]}.json"


def _cached(cache: Path, partition: Partition, engine: str, key: str) -> list[Sums] | None:
    path = _path(cache, partition, engine)
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [tuple(row) for row in kept["rows"]] if kept["key"] == key else None


def _computed(folder: Path, rows: Sequence[Sums], scales: Mapping[str, ScoreScale], decimal_places: DecimalPlaces) -> Computed:
    """Make indices and running totals of the sums of all days."""
    days = pd.DataFrame(rows, columns=[*WORDS, *NUMBERS]).astype(dict.fromkeys(NUMBERS, "int64"))
    lasts, problems = _lasts(folder, days)
    for issue, series in days[["issue", "series"]].drop_duplicates().itertuples(index=False):
        if series not in scales:
            message = f"'{series}' is no index of this monitor; {allowed(series, scales)}"
            problems.append(Problem((folder / f"issue={issue}").as_posix(), 1, "relationship", message))
    if problems:
        raise DataError(problems)
    indices = [
        IssueIndex(row["issue"], row["series"], sums.value(row, scales[row["series"]], decimal_places))
        for row in nw.from_native(sums.added(days, "issue", "series"), eager_only=True).iter_rows(named=True)
    ]
    plain = days.loc[[scales[series].plain_sum for series in days["series"]]]
    points = pd.DataFrame(
        {"issue": plain["issue"], "series": plain["series"], "last": plain["date"].map(lasts), "score": plain["aggregate"]}
    )
    running = [
        Day(row["issue"], row["series"], row["last"], *(sums.from_whole(row[name], sum(decimal_places)) for name in ("score", "total")))
        for row in nw.from_native(sums.running(points, "issue", "series"), eager_only=True).iter_rows(named=True)
    ]
    return Computed(sorted(indices, key=lambda index: _order(index.issue)), sorted(running, key=lambda day: _order(day.issue)), 0, 0)


def _lasts(folder: Path, days: pd.DataFrame) -> tuple[dict[str, str], list[Problem]]:
    """The day on which an event counts, by the words of its date."""
    last_days: dict[str, str] = {}
    problems = []
    for issue, text in days[["issue", "date"]].drop_duplicates().itertuples(index=False):
        try:
            period = dates.parse(str(text))
        except ValueError as error:
            problems.append(Problem((folder / f"issue={issue}").as_posix(), 1, "date", str(error)))
        else:
            last_days[text] = period.last.isoformat() if period.closed and period.days < LASTING else LONGER
    return last_days, problems
