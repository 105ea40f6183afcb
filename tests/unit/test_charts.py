"""What a chart shows when there is more than it can show."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from macros.book import Book
from macros.charts import CHARTS, Drawing, trade
from macros.charts._drawing import drawing
from macros.dates import parse
from macros.render import Desk, charts
from macros.target import Target

PARTNER = "veldia"


def test_a_trade_chart_shows_whole_periods_and_says_what_it_leaves_to_the_table(fixture_book: Book) -> None:
    volume = next(one for one in fixture_book.published if any(row.partner == PARTNER for row in one.trade))
    row = next(one for one in volume.trade if one.partner == PARTNER)
    flows = ("exports", "imports", "balance")
    rows = tuple(
        row.model_copy(update={"id": f"{flow}-{year}", "flow": flow, "period": parse(str(year))})
        for year in range(1901, 1931)
        for flow in flows
    )
    many = replace(volume, trade=rows)
    drawn = CHARTS["trade"](replace(fixture_book, volumes=(many,)), many, Desk(fixture_book, Target("portal")).links, partner=PARTNER)
    bars = trade.MOST // len(flows) * len(flows)
    linked = {one["href"] for rows in drawn.spec["datasets"].values() for one in rows if one.get("href")}
    assert len(linked) == bars
    assert all(any(f"-{year}" in link for link in linked) for year in range(1931 - bars // 3, 1931))
    assert drawn.sentence.endswith(f"The chart shows the newest {bars} of 90 figures, the table all of them.")
    assert len(drawn.table) == 90


def test_a_chart_that_vega_lite_does_not_know_is_refused(fixture_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_: object) -> Drawing:
        bars = alt.Chart(pd.DataFrame({"value": [1]})).mark_bar().encode(x=alt.X("value:Q", axis=alt.Axis(grid="no")))  # type: ignore[arg-type]
        return drawing("bad", "Bad", "", pd.DataFrame(), bars)

    monkeypatch.setitem(CHARTS, "bad", draw)
    with pytest.raises(SchemaValidationError, match="'no' is an invalid value for `grid`"):
        charts.chart(Desk(fixture_book, Target("portal")), "bad")
