"""The macros of the plain site: tables, and Altair charts inlined as specifications for vega-embed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

DATA = Path(__file__).parent / "data"


@cache
def rows(number: int, name: str) -> pd.DataFrame:
    """A CSV file of an issue."""
    return pd.read_csv(DATA / str(number) / f"{name}.csv")


def define_env(env: Any) -> None:
    """Register two macros."""

    @env.macro  # type: ignore[untyped-decorator]
    def table(number: int, name: str, relationship: str = "") -> str:
        """The rows of a file as a table."""
        found = of(number, name, "relationship", relationship)
        return str(found.to_html(index=False, border=0))

    @env.macro  # type: ignore[untyped-decorator]
    def chart(number: int, name: str, field: str, place: str, relationship: str = "") -> str:
        """Bars of scores over dates."""
        bars = alt.Chart(of(number, name, "relationship", relationship)).mark_bar()
        colour = alt.Color("source:N", legend=None)
        return embedded(bars.encode(x="date:N", y=f"sum({field}):Q", color=colour, tooltip=["id", "event"]), place)

    @env.macro  # type: ignore[untyped-decorator]
    def running(number: int, place: str, relationship: str) -> str:
        """The running total of a relationship, with a dot for each event."""
        found = of(number, "events", "relationship", relationship)
        base = alt.Chart(found.assign(total=found["score"].cumsum())).encode(x="date:N", y="total:Q")
        return embedded(base.mark_line(interpolate="step-after") + base.mark_point().encode(tooltip=["id", "event"]), place)

    @env.macro  # type: ignore[untyped-decorator]
    def trade(number: int, place: str, partner: str) -> str:
        """Bars of the trade with a partner."""
        bars = alt.Chart(of(number, "trade", "partner", partner)).mark_bar()
        return embedded(bars.encode(x="value:Q", y="flow:N", color="flow:N", tooltip=["period", "value", "unit"]), place)


def of(number: int, name: str, column: str, value: str) -> pd.DataFrame:
    """The rows of a file, or those with one value in a column."""
    found = rows(number, name)
    return found[found[column] == value] if value else found


def embedded(chart: alt.Chart | alt.LayerChart, place: str) -> str:
    """A chart as a place in the page and the call that draws it there."""
    spec = json.dumps(chart.properties(width=480, height=200).to_dict())
    return f'<div id="{place}"></div><script>addEventListener("load", () => vegaEmbed("#{place}", {spec}))</script>'
