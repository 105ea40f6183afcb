"""One index over the issues: the parts of which the charts of history are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from macros.book import Book
from macros.charts._drawing import Links, layered
from macros.charts._theme import INK, PAPER, REST, SOFT, TOTAL
from macros.charts._words import AXIS_LETTERS, SIGNED_LABELS, cut, issue_period
from macros.indices import Known
from macros.words import signed

HOW = ("computed from the catalogue", "stated by the issue")
SHAPES = dict(zip(HOW, ("circle", "diamond"), strict=True))
FILLS = dict(zip(HOW, (INK, PAPER), strict=True))
OPEN = 5
"""How many points long a band without a limit is drawn."""

ROOM = 64
"""What the axis takes of the width, in px."""

CROWD = 24
"""With more issues than this a number on each would cover its neighbour."""


def issues(book: Book, links: Links, series: str, entries: Sequence[Known]) -> pd.DataFrame:
    """One row for each issue in which something is known; `run` numbers the unbroken lines.

    Args:
        book: The book.
        links: Where the marks of issues that are held here lead; others lead to the page that states them.
        series: Id of the index.
        entries: What is known of it.

    Returns:
        A frame for `panel` and `key`.
    """
    pages = {(stated.issue, stated.series): stated.source_url for stated in book.published_indices}
    held = {issue.publication.number: issue for issue in book.issues}
    values = {one.issue: one.value for one in entries if one.value is not None}
    found = []
    run = 0
    for entry in entries:
        run += entry.issue - 1 not in values
        if entry.value is not None or entry.band:
            href = links.section(held[entry.issue], series) if entry.computed else pages.get((entry.issue, series), "")
            how = HOW[0] if entry.computed else HOW[1]
            words = f"№ {entry.issue}, {issue_period(book, entry.issue)}: {_what(entry)} ({how})"
            found.append(
                {"issue": entry.issue, "run": run, **_mark(entry, how), "below": _below(entry, values), "words": words, "href": href}
            )
    return pd.DataFrame(found)


def _what(one: Known) -> str:
    band = one.band.label if one.band else ""
    return f"{band}, value not stated" if one.value is None else f"{signed(one.value)} {band}".strip()


def _mark(one: Known, how: str) -> dict[str, Any]:
    """Place and symbol; where only the band is known, the middle of the band and its symbol."""
    if one.value is not None or one.band is None:
        value = one.value or 0
        return {"y": value, "low": value, "high": value, "key": how, "shape": SHAPES[how], "fill": FILLS[how], "shown": signed(value)}
    band = one.band
    low = band.lowest if band.lowest is not None else (band.highest or 0) - OPEN + 1
    high = band.highest if band.highest is not None else (band.lowest or 0) + OPEN - 1
    place = {"y": (low + high) / 2, "low": low, "high": high}
    return {**place, "key": f"{band.label}, value not stated", "shape": band.shape, "fill": band.colour, "shown": ""}


def _below(one: Known, values: dict[int, int]) -> bool:
    """Whether the number stands under its mark, out of the way of the line to a neighbour."""
    around = [values[issue] for issue in (one.issue - 1, one.issue + 1) if issue in values]
    return one.value is not None and bool(around) and min(around) > one.value


def panel(rows: pd.DataFrame, span: tuple[int, int], height: int, single: bool, numbers: bool = True) -> alt.LayerChart:
    """One index over the issues.

    Args:
        rows: What `issues` gave.
        span: First and last issue of the axis.
        height: Height in px.
        single: Whether it stands alone, with a title at its axis.
        numbers: Whether the numbers of the issues stand under it.

    Returns:
        The chart, of the width of all charts of history.
    """
    x = _axis(span, numbers)
    reach = [0, *rows["low"], *rows["high"]]
    room = max(max(reach) - min(reach), 1) * (0.12 if single else 0.4)
    scale = alt.Scale(domain=[min(reach) - room, max(reach) + room], nice=False)
    axis = alt.Axis(labelExpr=SIGNED_LABELS, tickCount=6 if single else 3, tickMinStep=1, minExtent=32, maxExtent=32)
    y, low = (alt.Y(f"{field}:Q", title="Index" if single else None, scale=scale, axis=axis) for field in ("y", "low"))
    base = alt.Chart(rows.drop(columns="key")).encode(x=x, y=y)
    valued = base.transform_filter("datum.shown != ''")
    layers: list[alt.Chart] = [alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(aria=False).encode(y=y)]
    if (rows["low"] < rows["high"]).any():
        strip = base.transform_filter("datum.shown == ''").mark_rule(color=REST, strokeWidth=7, strokeCap="round", aria=False)
        layers.append(strip.encode(y=low, y2=alt.Y2("high:Q")))
    layers += [valued.mark_line(aria=False).encode(detail=alt.Detail("run:N")), _points(base)]
    if len(rows) <= CROWD:
        for test, dy in (("!datum.below", -13), ("datum.below", 14)):
            text = valued.transform_filter(test).mark_text(dy=dy, baseline="middle", fontWeight="bold", aria=False)
            layers.append(text.encode(text=alt.Text("shown:N")))
    return layered(*layers).properties(width=TOTAL - ROOM, height=height)


def _axis(span: tuple[int, int], numbers: bool) -> alt.X:
    first, last = span
    shown = list(range(first, last + 1, max(1, round((last - first) / 18))))
    return alt.X(
        "issue:Q",
        title="Issue (№)" if numbers else None,
        scale=alt.Scale(domain=[first - 0.8, last + 0.8], nice=False, zero=False),
        axis=alt.Axis(
            values=shown,
            format="d",
            labels=numbers,
            ticks=numbers,
            domain=numbers,
            grid=True,
            labelOverlap=True,
        ),
    )


def _points(base: alt.Chart) -> alt.Chart:
    points: alt.Chart = base.mark_point(size=85, stroke=INK, strokeWidth=1.8).encode(
        shape=alt.Shape("shape:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        tooltip=alt.Tooltip("words:N", title="Issue"),
        description=alt.Description("words:N"),
        href=alt.Href("href:N"),
    )
    return points


def key(rows: pd.DataFrame) -> alt.LayerChart:
    """What the symbols mean, as a strip to stand above the panels."""
    width, line, found = TOTAL - ROOM, 0, []
    x = 0.0
    kinds = rows.drop_duplicates("key").sort_values("low", ascending=False, kind="stable")
    for _, row in kinds.sort_values("key", key=_rank, kind="stable").iterrows():
        words = cut(row["key"], AXIS_LETTERS)
        taken = 34 + 6.3 * len(words)
        if x and x + taken > width:
            x, line = 0.0, line + 1
        found.append({"x": x + 6, "text": x + 17, "y": 10 + 20 * line, "key": words, "shape": row["shape"], "fill": row["fill"]})
        x += taken
    height = 20 * (line + 1)
    data = alt.Chart(pd.DataFrame(found)).encode(y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)))
    scale = alt.Scale(domain=[0, width], nice=False)
    symbols = data.mark_point(size=85, stroke=INK, strokeWidth=1.8, aria=False).encode(
        x=alt.X("x:Q", axis=None, scale=scale), shape=alt.Shape("shape:N", scale=None), fill=alt.Fill("fill:N", scale=None)
    )
    words = data.mark_text(align="left", baseline="middle", color=SOFT).encode(
        x=alt.X("text:Q", axis=None, scale=scale), text=alt.Text("key:N")
    )
    return layered(symbols, words).properties(width=width, height=height)


def _rank(keys: pd.Series[str]) -> pd.Series[int]:
    return keys.map(lambda one: HOW.index(one) if one in HOW else len(HOW))
