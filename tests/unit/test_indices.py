"""Indices: plain sums, whatever the order of rows and whatever the engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.book import Book, open_book
from macros.indices import history, index, indices
from macros.scales import band_of
from macros.sums import parts, running

GOOD = Path(__file__).parents[1] / "fixtures" / "good"
SCALES = open_book(GOOD).scales
Rows = list[dict[str, Any]]

days = st.dates(date(2021, 1, 1), date(2021, 1, 5)).map(lambda day: datetime(day.year, day.month, day.day))
catalogues = st.lists(
    st.fixed_dictionaries({"series": st.sampled_from(["a", "b", "c"]), "last": days, "score": st.integers(-5, 5)}), min_size=1
)


def rows(native: Any) -> Rows:
    """Rows of any frame, as plain Python."""
    if isinstance(native, duckdb.DuckDBPyRelation):
        found = [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]
    else:
        frame = nw.from_native(native)
        found = list((frame.collect() if isinstance(frame, nw.LazyFrame) else frame).iter_rows(named=True))
    return [{key: value.date() if isinstance(value, datetime) else value for key, value in row.items()} for row in found]


def by_hand(catalogue: Rows) -> dict[str, tuple[int, int, int, int]]:
    """Aggregate, positive, negative and number of rows of each series, in the plainest words."""
    scores = {name: [row["score"] for row in catalogue if row["series"] == name] for name in {row["series"] for row in catalogue}}
    return {name: (sum(s), sum(x for x in s if x > 0), sum(x for x in s if x < 0), len(s)) for name, s in scores.items()}


def _polars(catalogue: Rows) -> Any:
    return polars.DataFrame(catalogue)


def _polars_lazy(catalogue: Rows) -> Any:
    return polars.LazyFrame(catalogue)


def _duckdb(catalogue: Rows) -> Any:
    return duckdb.from_df(pd.DataFrame(catalogue))


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book(GOOD)


@given(catalogues)
def test_parts_sum_to_the_aggregate(catalogue: Rows) -> None:
    found = {
        row["series"]: (row["aggregate"], row["positive"], row["negative"], row["rows"])
        for row in rows(parts(pd.DataFrame(catalogue), "series"))
    }
    assert found == by_hand(catalogue)
    assert all(total == plus + minus and plus >= 0 >= minus for total, plus, minus, _ in found.values())


@given(catalogues)
def test_running_total_ends_at_the_aggregate_and_rises_by_each_day(catalogue: Rows) -> None:
    found = rows(running(pd.DataFrame(catalogue), "series"))
    for name, (aggregate, *_) in by_hand(catalogue).items():
        line = [row for row in found if row["series"] == name]
        assert line[-1]["total"] == aggregate
        assert [row["last"] for row in line] == sorted({row["last"] for row in line})
        assert [row["total"] for row in line] == [sum(one["score"] for one in line[: n + 1]) for n in range(len(line))]


@given(catalogues, st.randoms())
def test_order_of_rows_does_not_matter(catalogue: Rows, random: Any) -> None:
    shuffled = random.sample(catalogue, len(catalogue))
    assert rows(parts(pd.DataFrame(catalogue), "series")) == rows(parts(pd.DataFrame(shuffled), "series"))
    assert rows(running(pd.DataFrame(catalogue), "series")) == rows(running(pd.DataFrame(shuffled), "series"))


@pytest.mark.parametrize("engine", [_polars, _polars_lazy, _duckdb], ids=lambda engine: engine.__name__.strip("_"))
def test_other_engines_give_the_same_numbers(engine: Callable[[Rows], Any]) -> None:
    catalogue = [{"series": "abc"[n % 3], "last": datetime(2021, 1, 1 + n * 7 % 5), "score": n * 5 % 11 - 5} for n in range(60)]
    for rule in (parts, running):
        assert rows(rule(engine(catalogue), "series")) == rows(rule(pd.DataFrame(catalogue), "series"))


@given(st.integers())
def test_every_whole_number_has_exactly_one_band(value: int) -> None:
    fitting = [
        one for one in SCALES.tension if (one.lowest is None or value >= one.lowest) and (one.highest is None or value <= one.highest)
    ]
    assert fitting == [band_of(SCALES.tension, value)]


@pytest.mark.parametrize(("value", "name"), [(9, "clear"), (1, "clear"), (0, "haze"), (-3, "haze"), (-4, "storm"), (-99, "storm")])
def test_bands_begin_and_end_where_the_scale_says(book: Book, value: int, name: str) -> None:
    assert band_of(book.scales.tension, value).id == name


def test_indices_of_an_issue(book: Book) -> None:
    found = [
        (one.series, one.aggregate, one.positive, one.negative, one.rows, one.change) for one in indices(book, book.volume("issues/2"))
    ]
    assert found == [
        ("veldia", 2, 4, -2, 3, 6),
        ("river-5", 1, 5, -4, 2, -1),
        ("home-safety", -1, 2, -3, 3, -2),
        ("basin-calm", -2, 1, -3, 3, -4),
    ]


def test_only_regional_tension_has_a_band(book: Book) -> None:
    bands = {one.series: one.band.id for one in indices(book, book.volume("issues/2")) if one.band}
    assert bands == {"basin-calm": "haze"}


def test_the_first_issue_has_nothing_before_it(book: Book) -> None:
    assert {one.change for one in indices(book, book.volume("issues/1"))} == {None}


def test_an_index_without_rows_is_an_error_and_not_zero(book: Book) -> None:
    assert index(book, book.volume("issues/1"), "amberland").aggregate == 5
    with pytest.raises(KeyError, match="amberland"):
        index(book, book.volume("issues/2"), "amberland")


def test_history_joins_computed_and_stated_values_and_leaves_gaps(book: Book) -> None:
    found = [(one.issue, one.value, one.computed) for one in history(book, "veldia")]
    assert found == [(1, -4, True), (2, 2, True), (3, -6, False), (4, None, False), (5, 1, False)]
    found = [(one.issue, one.value, one.computed) for one in history(book, "amberland")]
    assert found == [(1, 5, True), (2, None, False), (3, None, False), (4, None, False), (5, None, False), (6, None, False), (7, 9, False)]


def test_history_of_tension_knows_a_colour_without_a_value(book: Book) -> None:
    found = [(one.issue, one.value, one.band.id if one.band else None) for one in history(book, "basin-calm")]
    assert found == [(1, 2, "clear"), (2, -2, "haze"), (3, None, "storm"), (4, None, None), (5, -3, "haze")]


def test_nothing_known_is_no_history(book: Book) -> None:
    assert history(book, "nowhere") == ()


@pytest.mark.parametrize("missing", ["events.csv", "incidents.csv"])
def test_an_issue_may_lack_a_catalogue(tmp_path: Path, missing: str) -> None:
    root = Path(shutil.copytree(GOOD / "data", tmp_path / "data")).parent
    (root / "data/issues/1" / missing).unlink()
    title = root / "data/issues/1/publication.yml"
    title.write_text(title.read_text().partition("published_indices:")[0])
    book = open_book(root)
    left = {"events.csv": ["home-safety", "basin-calm"], "incidents.csv": ["veldia", "river-5", "amberland"]}[missing]
    assert [one.series for one in indices(book, book.volume("issues/1"))] == left
