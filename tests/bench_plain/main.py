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
        found = rows(number, name)
        if relationship:
            found = found[found["relationship"] == relationship]
        return str(found.to_html(index=False, border=0))

    @env.macro  # type: ignore[untyped-decorator]
    def chart(number: int, name: str, field: str, place: str, relationship: str = "") -> str:
        """Bars of scores over dates."""
        found = rows(number, name)
        if relationship:
            found = found[found["relationship"] == relationship]
        bars = (
            alt.Chart(found)
            .mark_bar()
            .encode(x="date:N", y=f"sum({field}):Q", color=alt.Color("source:N", legend=None), tooltip=["id", "event"])
        )
        spec = json.dumps(bars.properties(width=480, height=200).to_dict())
        return f'<div id="{place}"></div><script>addEventListener("load", () => vegaEmbed("#{place}", {spec}))</script>'
