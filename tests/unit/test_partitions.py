"""Indices of a folder of Parquet: the same on every engine, read once, and refused in words."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import polars
import pytest
from click.testing import CliRunner, Result
from examples import FEW
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.publishing.cli import main
from macros.book import open_book
from macros.indices import indices
from macros.partitions import LONGER, Computed, compute
from macros.problems import DataError
from macros.scales import ScoreScale

FIXTURES = Path(__file__).parents[1] / "fixtures"
SCALE = {"lowest": -5, "highest": 5, "zero": True, "meanings": {}}
SCALES = {
    "whole": ScoreScale(**SCALE),
    "tenths": ScoreScale(**SCALE | {"step": Decimal("0.1")}),
    "mean": ScoreScale(**SCALE | {"index": "mean", "decimals": 2}),
    "weighted": ScoreScale(**SCALE | {"index": "mean", "weighted": True, "step": Decimal("0.5")}),
}
STEPS = {name: int(1 / scale.step) for name, scale in SCALES.items()}
SCHEMA = {"relationship": polars.String, "date": polars.String, "score": polars.Decimal(9, 1), "weight": polars.Decimal(9, 2)}
DATES = {
    "2021-01-04": "2021-01-04",
    "2021-01-31/2021-02-02": "2021-02-02",
    "2021-02-~01/2021-02-~10": "2021-02-10",
    "2021-01": LONGER,
    "2021-01-05/..": LONGER,
}
Rows = list[dict[str, Any]]


@st.composite
def events(draw: st.DrawFn) -> Rows:
    """Events of one issue: none at all, one, some without a score or a weight."""
    found = []
    for series in draw(st.lists(st.sampled_from(sorted(SCALES)), max_size=12)):
        steps = draw(st.none() | st.integers(-5 * STEPS[series], 5 * STEPS[series]))
        weight = draw(st.none() | st.integers(1, 500)) if series == "weighted" else None
        score = None if steps is None else Decimal(steps) / STEPS[series]
        cells = {"relationship": series, "date": draw(st.sampled_from(sorted(DATES))), "score": score}
        found.append(cells | {"weight": None if weight is None else Decimal(weight) / 100})
    return found


catalogues = st.lists(events(), min_size=1, max_size=4)


def write(folder: Path, catalogue: Sequence[Rows]) -> Path:
    """Write a partition for each issue, as a stranger's program does."""
    for issue, rows in enumerate(catalogue, 8):
        place = folder / f"issue={issue}"
        place.mkdir(parents=True)
        half = len(rows) // 2
        for name, some in (("a", rows[:half]), ("b", rows[half:])):
            polars.DataFrame(some, schema=SCHEMA).write_parquet(place / f"{name}.parquet")
    return folder


def by_hand(catalogue: Sequence[Rows]) -> tuple[list[Any], list[Any]]:
    """Indices and running totals, in the plainest words."""
    found, totals = [], []
    for issue, rows in enumerate(catalogue, 8):
        for series, scale in sorted(SCALES.items()):
            mine = [row for row in rows if row["relationship"] == series and row["score"] is not None]
            points = [Fraction(row["score"]) * Fraction(row["weight"] or 1) for row in mine]
            weight = sum(Fraction(row["weight"] or 1) for row in mine)
            if mine:
                over = weight if scale.index == "mean" else 1
                found.append(
                    (
                        str(issue),
                        series,
                        *(rounded(sum(some) / over, scale.decimal_places) for some in (points, [p for p in points if p > 0])),
                        len(mine),
                    )
                )
            days = defaultdict(Fraction)
            for row, point in zip(mine, points, strict=True):
                days[DATES[row["date"]]] += point
            if scale.index == "sum":
                totals += [
                    (str(issue), series, day, days[day], sum(score for other, score in days.items() if other <= day))
                    for day in sorted(days)
                ]
    return found, totals


def rounded(value: Fraction | int, places: int) -> Fraction:
    """Round halves away from zero."""
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def computed(catalogue: Sequence[Rows], engine: str) -> Computed:
    with tempfile.TemporaryDirectory() as folder:
        return compute(write(Path(folder, "events"), catalogue), engine, SCALES, Path(folder, "cache"))


def told(answer: Computed) -> tuple[list[Any], list[Any]]:
    """What was computed, in the shape of `by_hand`."""
    for row in answer.indices:
        assert row.value.positive + row.value.negative == row.value.aggregate
    found = [(row.issue, row.series, Fraction(row.value.aggregate), Fraction(row.value.positive), row.value.rows) for row in answer.indices]
    return found, [(*row[:3], Fraction(row.score), Fraction(row.total)) for row in answer.running]


@FEW
@given(catalogues)
def test_every_engine_gives_the_numbers_of_a_hand(catalogue: list[Rows]) -> None:
    for engine in ("pandas", "duckdb", "polars"):
        assert told(computed(catalogue, engine)) == by_hand(catalogue), engine


@pytest.fixture
def spark(skip_or_fail: Callable[[str], NoReturn], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session of two threads on this machine, which the engine takes up."""
    if find_spec("pyspark") is None:
        skip_or_fail("PySpark is not installed; make stress installs it")
    from pyspark.sql import SparkSession

    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    options = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.ui.showConsoleProgress": "false"}
    session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    yield
    session.stop()


@pytest.mark.stress
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning", "ignore::ResourceWarning")
def test_two_hundred_catalogues_on_four_engines(spark: None) -> None:
    @settings(max_examples=int(os.environ.get("CATALOGUES", "200")))
    @given(catalogues)
    def equal(catalogue: list[Rows]) -> None:
        for engine in ("pandas", "duckdb", "polars", "pyspark"):
            assert told(computed(catalogue, engine)) == by_hand(catalogue), engine

    equal()


# The commands ------------------------------------------------------------------------------------


def run(root: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(words[0]), "--root", str(root), *map(str, words[1:])])


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES / "good", tmp_path / "monitor"))


@pytest.mark.parametrize("engine", ["pandas", "duckdb", "polars"])
@pytest.mark.parametrize("name", ["good", "rivers"])
def test_an_exported_monitor_gives_its_own_indices(name: str, engine: str, tmp_path: Path) -> None:
    root = Path(shutil.copytree(FIXTURES / name, tmp_path / "monitor"))
    assert run(root, "export", "--parquet", tmp_path / "events").exit_code == 0
    header, *lines = run(root, "index", "--engine", engine, tmp_path / "events").stdout.splitlines()
    book = open_book(root)
    expected = {
        f"{volume.address.rpartition('/')[2]},{one.series},{one.aggregate},{one.positive},{one.negative},{one.rows}"
        for volume in book.issues
        for one in indices(book, volume)
    }
    assert header == "issue,series,aggregate,positive,negative,rows"
    assert len(expected) > 2 and sorted(expected) == lines


def test_running_totals_end_at_the_index(monitor: Path, tmp_path: Path) -> None:
    run(monitor, "export", "--parquet", tmp_path / "events")
    _, *lines = run(monitor, "index", "--running", tmp_path / "events").stdout.splitlines()
    assert [line for line in lines if line.startswith("2,home-safety")] == [
        "2,home-safety,2023-05-17,2,2",
        "2,home-safety,2023-06-30,-2,0",
        "2,home-safety,longer,-1,-1",
    ]


def test_only_what_is_new_or_changed_is_written_and_read(monitor: Path, tmp_path: Path) -> None:
    folder, events = tmp_path / "events", monitor / "data/issues/2/events.csv"
    assert run(monitor, "export", "--parquet", folder).stdout == f"wrote 2 of 2 partitions into {folder}\n"
    assert run(monitor, "index", folder).stderr == "read 2 of 2 partitions\n"
    assert run(monitor, "index", folder).stderr == "read 0 of 2 partitions\n"
    events.write_text(events.read_text(encoding="utf-8").replace("Minister", "Envoy").replace(" the ", " a ", 1), encoding="utf-8")
    assert run(monitor, "export", "--parquet", folder).stdout == f"wrote 1 of 2 partitions into {folder}\n"
    before = run(monitor, "index", "--engine", "duckdb", folder)
    after = run(monitor, "index", folder)
    assert (before.stderr, after.stderr) == ("read 2 of 2 partitions\n", "read 1 of 2 partitions\n")
    assert before.stdout == after.stdout
    shutil.copytree(folder / "issue=2", folder / "issue=30")
    assert run(monitor, "index", folder).stderr == "read 1 of 3 partitions\n"
    assert sorted(path.name for path in folder.iterdir()) == ["issue=1", "issue=2", "issue=30"]


def test_every_fault_of_a_folder_is_a_finding(monitor: Path, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "events",
        [[{"relationship": "veldia", "date": "4 January", "score": 1}, {"relationship": "veldja", "date": "2023", "score": 1}]],
    )
    found = run(monitor, "index", folder)
    assert found.exit_code == 1
    assert "issue=8:1: date: '4 January' is not a date" in found.stdout
    assert "issue=8:1: relationship: 'veldja' is no index of this monitor; did you mean 'veldia'?" in found.stdout
    (folder / "issue=8/a.parquet").write_bytes(b"PAR1")
    polars.DataFrame({"relationship": ["veldia"], "date": [date(2023, 1, 4)]}).write_parquet(folder / "issue=8/b.parquet")
    found = run(monitor, "index", folder)
    assert [line.partition("issue=8/")[2] for line in found.stdout.splitlines()] == [
        "a.parquet:1: file: cannot be read as Parquet; it may be cut off or damaged",
        "b.parquet:1: date: holds DATE; allowed: text, as events.csv has it",
        "b.parquet:1: score: is missing; needed: relationship, date, score",
        "",
    ]


def test_types_that_differ_between_files_are_refused(monitor: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "events", [[{"relationship": "veldia", "date": "2023", "score": 1}] * 2])
    polars.DataFrame({"relationship": ["veldia"], "date": ["2023"], "score": [1]}).write_parquet(folder / "issue=8/b.parquet")
    assert (
        "score: holds BIGINT, and DECIMAL(9,1) in an earlier file; allowed: one type in all files" in run(monitor, "index", folder).stdout
    )


FAULTS = [
    (5.5, "'5.5' is not a whole number"),
    (-6.0, "-6 is outside -5..5"),
    (1e300, "1e+300 is outside -5..5"),
    (float("inf"), "inf is outside -5..5"),
]


@pytest.mark.parametrize("engine", ["pandas", "duckdb", "polars"])
@pytest.mark.parametrize("kind", [polars.Float64, polars.Float32, polars.Decimal(18, 6), polars.Int16])
def test_scores_are_held_against_their_scale(engine: str, kind: Any, monitor: Path, tmp_path: Path) -> None:
    place = tmp_path / "events/issue=8/a.parquet"
    place.parent.mkdir(parents=True)
    frame = polars.DataFrame({"relationship": ["veldia"] * 5, "date": ["2023"] * 5, "score": [-5, 3, 9, 0, 9]})
    frame.with_columns(polars.col("score").cast(kind)).write_parquet(place)
    finding = run(monitor, "index", "--engine", engine, tmp_path / "events").stdout.splitlines()[0]
    assert finding.startswith(f"{place.as_posix()}:3: score: 9") and finding.endswith("is outside -5..5 (2 rows are like this)")
    frame.with_columns(polars.lit(5).cast(kind).alias("score")).write_parquet(place)
    assert run(monitor, "index", "--engine", engine, tmp_path / "events").exit_code == 0


@pytest.mark.parametrize(("score", "finding"), FAULTS)
def test_a_score_that_does_not_fit_is_named_with_its_row(score: float, finding: str, monitor: Path, tmp_path: Path) -> None:
    place = tmp_path / "events/issue=8/a.parquet"
    place.parent.mkdir(parents=True)
    # What binary sums leave over is no fault, nor is a score that is not there.
    near = [1.0, 5.00001, 0.1 + 0.2 - 0.3, float("nan"), None, score]
    polars.DataFrame({"relationship": ["veldia"] * 6, "date": ["2023"] * 6, "score": near}).write_parquet(place)
    found = run(monitor, "index", tmp_path / "events")
    assert found.stdout.startswith(f"{place.as_posix()}:6: score: {finding}") and found.stdout.endswith("\n1 finding\n")


def test_cells_that_are_empty_and_weights_without_weight_are_findings(tmp_path: Path) -> None:
    rows = [{"relationship": None, "date": "2021"}, {"relationship": "weighted", "date": ""}, {"relationship": "weighted", "date": "2021"}]
    folder = write(tmp_path / "events", [[{**row, "score": Decimal(1), "weight": Decimal(-weight)} for weight, row in enumerate(rows, -1)]])
    with pytest.raises(DataError) as refused:
        compute(folder, "duckdb", SCALES, tmp_path / "cache")
    assert [str(problem).partition("issue=8/")[2] for problem in refused.value.problems] == [
        "a.parquet:1: relationship: is empty; each row has one",
        "b.parquet:1: date: is empty; each row has one",
        "b.parquet:1: weight: 0.00 is too low; it must be above 0",
        "b.parquet:2: weight: -1.00 is too low; it must be above 0",
    ]


def test_another_scale_holds_all_rows_against_it_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "events", [[{"relationship": "whole", "date": "2021", "score": Decimal(5)}]])
    assert compute(folder, "duckdb", SCALES, tmp_path / "cache").read == 1
    narrow = {**SCALES, "whole": ScoreScale(**SCALE | {"highest": 4})}
    with pytest.raises(DataError, match=r"is outside -5\.\.4"):
        compute(folder, "duckdb", narrow, tmp_path / "cache")


NATIVE = ("duckdb", "polars")
COMPRESSIONS = ("zstd", "snappy", "uncompressed", "gzip")


@FEW
@given(
    st.sampled_from(COMPRESSIONS),
    st.floats(0, 1, exclude_max=True),
    st.binary(min_size=1, max_size=8),
    st.sampled_from(NATIVE),
)
def test_a_file_that_is_damaged_anywhere_gives_findings(compression: Any, where: float, noise: bytes, engine: str) -> None:
    dates, scores = [f"20{number % 90 + 10}" for number in range(100)], [number % 5 for number in range(100)]
    rows = {"relationship": ["whole", "tenths"] * 50, "date": dates, "score": scores, "weight": [1] * 100}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "events/issue=8/a.parquet")
        place.parent.mkdir(parents=True)
        polars.DataFrame(rows).write_parquet(place, compression=compression)
        whole = place.read_bytes()
        at = int(where * len(whole))
        place.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
        try:
            compute(place.parents[1], engine, SCALES, Path(folder, "cache"))
        except DataError as error:
            assert all(problem.path.startswith(place.parent.as_posix()) and ";" in problem.message for problem in error.problems)


@pytest.mark.parametrize(("made", "message"), [("", "holds no partition"), ("issue=19 a", "names no issue")])
def test_a_folder_without_partitions_is_a_finding(made: str, message: str, monitor: Path, tmp_path: Path) -> None:
    (tmp_path / "events" / made).mkdir(parents=True)
    found = run(monitor, "index", tmp_path / "events")
    assert found.exit_code == 1 and message in found.stdout


def test_an_engine_that_is_missing_says_how_it_is_installed(monitor: Path, tmp_path: Path) -> None:
    if find_spec("pyspark"):
        pytest.skip("PySpark is installed here")
    found = run(monitor, "index", "--engine", "pyspark", tmp_path)
    assert (found.exit_code, found.stderr) == (
        1,
        "error: the engine pyspark is not installed; install it with: pip install 'barometer[pyspark]'\n",
    )


@pytest.mark.parametrize("words", [(), ("issues/2",), ("issues/2", "--parquet", "events"), ("--xlsx",)])
def test_an_export_says_what_it_can_write(words: tuple[str, ...], monitor: Path) -> None:
    found = run(monitor, "export", *words)
    assert found.exit_code == 2 and "ADDRESS --xlsx, or --parquet FOLDER" in found.stderr
