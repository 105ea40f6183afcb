"""What a chart shows when there is more than it can show."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from macros.book import Book
from macros.charts import CHARTS, Drawing, trade
from macros.charts._drawing import drawing
from macros.charts._words import wrapped
from macros.dates import parse
from macros.pages import BuildContext, charts
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
    drawn = CHARTS["trade"](
        replace(fixture_book, volumes=(many,)), many, BuildContext(fixture_book, Target("portal")).links, partner=PARTNER
    )
    bars = trade.MOST // len(flows) * len(flows)
    linked = {one["href"] for rows in drawn.spec["datasets"].values() for one in rows if one.get("href")}
    assert len(linked) == bars
    assert all(any(f"-{year}" in link for link in linked) for year in range(1931 - bars // 3, 1931))
    assert drawn.sentence.endswith(f"The chart shows the newest {bars} of 90 figures of such periods, the table all of them.")
    assert len(drawn.table) == 90


def test_a_chart_that_vega_lite_does_not_know_is_refused(fixture_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_: object) -> Drawing:
        bars = alt.Chart(pd.DataFrame({"value": [1]})).mark_bar().encode(x=alt.X("value:Q", axis=alt.Axis(grid="no")))  # type: ignore[arg-type]
        return drawing("bad", "Bad", "", pd.DataFrame(), bars)

    monkeypatch.setitem(CHARTS, "bad", draw)
    with pytest.raises(SchemaValidationError, match="'no' is an invalid value for `grid`"):
        charts.chart(BuildContext(fixture_book, Target("portal")), "bad")


LONG_NAME = "Lastkahnbruttoregistertonnen" * 12


def texts(drawn: Drawing) -> list[str]:
    """Every text that a mark or an axis of a picture shows, line by line."""
    shown = [
        str(row[key])
        for rows in drawn.spec["datasets"].values()
        for row in rows
        for key in ("name", "shown", "label", "heading")
        if key in row
    ]
    found = [*shown, *re.findall(r'"title": "([^"]*)"', json.dumps(drawn.spec, ensure_ascii=False))]
    return [line for text in found for line in text.split("\n")]


@pytest.mark.parametrize("chart", [("figure", "fleet-2021"), ("figure", "passages"), ("structure", "cargo-2021")], ids=lambda one: one[1])
def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table(fixture_book: Book, tmp_path: Path, chart: tuple[str, str]) -> None:
    volume = fixture_book.volume("policy/open-river")
    rows = tuple(row.model_copy(update={"item": f"{row.item} {LONG_NAME}"}) for row in volume.figures)
    units = {
        name: unit.model_copy(update={"label": LONG_NAME, "after": f" {LONG_NAME}"})
        for name, unit in fixture_book.vocabularies.units.items()
    }
    book = replace(fixture_book, root=tmp_path, vocabularies=fixture_book.vocabularies.model_copy(update={"units": units}))
    drawn = CHARTS[chart[0]](book, replace(volume, figures=rows), BuildContext(book, Target("portal")).links, figure=chart[1])
    assert max(map(len, texts(drawn))) <= 70
    assert any(line.endswith("…") for line in texts(drawn))
    assert all(LONG_NAME in cell for cell in drawn.table["Item"][:2])
    assert charts.figure(BuildContext(book, Target("portal")), drawn).count(LONG_NAME) >= 2


def test_shares_that_were_rounded_up_are_drawn_without_a_rest(fixture_book: Book) -> None:
    volume = fixture_book.volume("policy/open-river")
    rows = [row for row in volume.figures if row.figure == "cargo-2021"]
    rows = [row.model_copy(update={"value": Decimal("33.4"), "id": f"cargo-{at}"}) for at, row in enumerate([*rows, *rows][:3])]
    drawn = CHARTS["structure"](
        fixture_book, replace(volume, figures=tuple(rows)), BuildContext(fixture_book, Target("portal")).links, figure="cargo-2021"
    )
    assert list(drawn.table["Item"]) == [row.item for row in rows]
    assert drawn.sentence.endswith("Together they make up the whole.")


@pytest.mark.parametrize("text", ["", "a", "a b c", "word " * 300, "w" * 900, "公" * 300])
@pytest.mark.parametrize("width", [-268, 0, 1, 12, 70])
def test_no_width_is_too_small_for_a_name(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert len(lines) <= 6
    assert max(map(len, lines)) <= max(width, 12)
