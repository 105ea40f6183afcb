"""Whether indices of very many events are right, and what they take: run by `make scale`.

Events are made so that every index is known by construction: in issue n, each relationship has the scores of the scale in
turn, all but one, which is another in each issue. Measured are the first reading, with its peak memory, an issue that is
added, and the same on pandas, as a ratio. EVENTS and ISSUES say how many (50 million in 300).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

sys.path.insert(0, str(Path(__file__).parent))  # as pytest does for tests/

from trees import FIXTURES

from macros.book import open_book

EVENTS = int(os.environ.get("EVENTS", "50000000"))
ISSUES = int(os.environ.get("ISSUES", "300"))
EACH = EVENTS // ISSUES
SCORES = range(-5, 6)
MADE = """
COPY (
  SELECT $issue || '-' || j AS id, $series[j % len($series) + 1] AS relationship,
    strftime(DATE '1975-01-01' + CAST($issue * 60 + k // 10 % 60 AS INTEGER), '%Y-%m-%d') AS date,
    'Talks number ' || j AS event, CAST(k % 10 + CAST(k % 10 >= $issue % 11 AS INTEGER) - 5 AS BIGINT) AS score, 'made' AS source
  FROM (SELECT range AS j, range // len($series) AS k FROM range($events))
) TO '{path}' (FORMAT parquet)
"""


class Run(NamedTuple):
    """What the command printed, and what it took: by the clock, by the processors, and of memory."""

    lines: list[str]
    read: str
    seconds: float
    user: float
    megabytes: float


def write(folder: Path, issue: int, series: list[str]) -> None:
    """Write the events of an issue."""
    place = folder / f"issue={issue}"
    place.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(MADE.format(path=place / "events.parquet"), {"issue": issue, "series": series, "events": EACH})


def expected(issue: int, series: list[str]) -> Iterator[str]:
    """The indices of an issue, as they follow from how its events are made."""
    cycle = [score for score in SCORES if score != issue % 11 - 5]
    for name in sorted(series):
        rows = len(range(series.index(name), EACH, len(series)))
        whole, rest = divmod(rows, len(cycle))
        positive, negative = (whole * sum(map(some, cycle)) + sum(map(some, cycle[:rest])) for some in (above, below))
        yield f"{issue},{name},{positive + negative},{positive},{negative},{rows}"


def above(score: int) -> int:
    return max(score, 0)


def below(score: int) -> int:
    return min(score, 0)


def run(root: Path, folder: Path, *options: str) -> Run:
    """Run `barometer index` in a process of its own."""
    command = [sys.executable, "-m", "hooks.publishing.cli", "index", "--root", str(root), *options, str(folder)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        lines, read = out.read().splitlines()[1:], err.read().strip()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{read}")
    return Run(lines, read, seconds, usage.ru_utime, usage.ru_maxrss / 1024)


def check(what: str, run: Run, wanted: list[str]) -> None:
    """Compare with what must come out, and say what it took."""
    wrong = [f"{line}, not {right}" for line, right in zip(run.lines, wanted, strict=True) if line != right]
    if wrong:
        sys.exit(f"{what}: {len(wrong)} indices are wrong, such as {wrong[0]}")
    took = f"{run.seconds:7.1f} s ({run.user:.1f} s user) {run.megabytes:7.0f} MB"
    print(f"{what:34} {took}  {run.read}; {len(wanted)} indices right", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root, folder = Path(shutil.copytree(FIXTURES / "good", Path(scratch, "monitor"))), Path(scratch, "events")
        series = [relationship.id for relationship in open_book(root).relationships]
        for issue in range(1, ISSUES + 1):
            write(folder, issue, series)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6
        print(f"{EACH * ISSUES:,} events in {ISSUES} partitions, {size:,.0f} MB", flush=True)
        wanted = [line for issue in range(1, ISSUES + 1) for line in expected(issue, series)]
        first = run(root, folder, "--engine", "duckdb")
        check("DuckDB", first, wanted)
        write(folder, ISSUES + 1, series)
        wanted += expected(ISSUES + 1, series)
        check("DuckDB, one issue added", run(root, folder, "--engine", "duckdb"), wanted)
        ends = {tuple(line.split(",")[:2]): line.split(",")[4] for line in run(root, folder, "--engine", "duckdb", "--running").lines}
        if [ends[tuple(line.split(",")[:2])] for line in wanted] != [line.split(",")[2] for line in wanted]:
            sys.exit("a running total does not end at its index")
        second = run(root, folder, "--engine", "pandas")
        check("pandas, one partition at a time", second, wanted)
        print(f"pandas takes {second.user / first.user:.1f} times the processor seconds of DuckDB")


if __name__ == "__main__":
    main()
