"""Values over time, with a line, a colour and a shape for each item, and its name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from macros import dates
from macros.book import Book
from macros.charts._drawing import Link, layered
from macros.charts._theme import HUES, TOTAL
from macros.charts._words import AXIS_LETTERS, axis_labels, cut, wrapped
from macros.model import SHAPES, FigureRow
from macros.words import quantity

HEIGHT, LINE, LETTERS, NEAR = 240, 15, 21, 34
"""Height of the chart and of a line of a name, in px; letters in such a line; how near to the mark
above it, in px, the number of a mark goes below it."""


def when(row: FigureRow) -> tuple[int, int]:
    """First and last day of a row that has a period, as numbers."""
    assert row.period is not None, "only rows with a period are drawn over time"
    return row.period.first.toordinal(), row.period.last.toordinal()


def period_of(row: FigureRow) -> str:
    """The period of a row as people write it; nothing where the source states none."""
    return dates.human(row.period) if row.period else ""


def row_words(book: Book, row: FigureRow) -> str:
    """A whole row in words."""
    return f"{row.item}{', ' if row.period else ''}{period_of(row)}: {quantity(book, row)}"


def line_chart(book: Book, rows: Sequence[FigureRow], unit: str, link: Link) -> alt.LayerChart:
    """Draw the rows; a line is broken where its value in between is not stated.

    Args:
        book: The book, for the words.
        rows: Rows of one unit, each with a period.
        unit: Title of the axis.
        link: Where the marks lead: to the row.

    Returns:
        The chart.
    """
    items = list(dict.fromkeys(row.item for row in rows))
    data = pd.DataFrame([point for item in items for point in _points(book, rows, item, link)])
    reach = (min(0.0, data["value"].min()), max(0.0, data["value"].max()) * 1.05)
    px = (reach[1] - reach[0]) / HEIGHT
    data = data.assign(below=[_below(row, data, px) for row in data.to_dict("records")])
    x, y = (
        _across(rows),
        alt.Y("value:Q", title=cut(unit, AXIS_LETTERS // 2), scale=alt.Scale(domain=list(reach), nice=False), axis=alt.Axis(tickCount=6)),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    layers = _marks(base, items)
    for below in data["below"].unique():
        text = base.transform_filter("datum.below" if below else "!datum.below")
        layers.append(
            text.mark_text(dy=16 if below else -14, baseline="middle", fontWeight="bold", aria=False).encode(text=alt.Text("shown:N"))
        )
    names = _names(data, items, px)
    side = 6.4 * max(len(line) for line in names["name"])
    text = alt.Chart(names).mark_text(align="left", dx=14, baseline="middle", aria=False)
    layers.append(text.encode(x=x, y=y, text=alt.Text("name:N")))
    return layered(*layers).properties(width=TOTAL - side - 70, height=HEIGHT, padding={"left": 4, "top": 20, "bottom": 4, "right": 4})


def _across(rows: Sequence[FigureRow]) -> alt.X:
    marked = {sum(when(row)) / 2: period_of(row) for row in sorted(rows, key=when)}
    axis = alt.Axis(values=list(marked), labelExpr=axis_labels(marked), ticks=True, labelOverlap=True)
    return alt.X("x:Q", title=None, scale=alt.Scale(zero=False, nice=False, padding=14), axis=axis)


def _points(book: Book, rows: Sequence[FigureRow], item: str, link: Link) -> list[dict[str, Any]]:
    """The values of one item in order; `run` numbers its unbroken lines."""
    periods = sorted({when(row) for row in rows})
    found, run, before = [], 0, -1
    for row in sorted((row for row in rows if row.item == item), key=when):
        place = periods.index(when(row))
        run += place != before + 1
        before = place
        found.append(
            {
                "item": item,
                "run": f"{item} {run}",
                "x": sum(when(row)) / 2,
                "value": float(row.value),
                "shown": cut(quantity(book, row), AXIS_LETTERS // 2),
                "words": row_words(book, row),
                "href": link(row.id),
            }
        )
    return found


def _below(row: dict[Any, Any], data: pd.DataFrame, px: float) -> bool:
    """Whether the number of a mark goes below it, because another mark stands close above."""
    above = data[(data["x"] == row["x"]) & (data["value"] > row["value"])]["value"]
    return not above.empty and float(above.min()) - row["value"] < NEAR * px


def _marks(base: alt.Chart, items: list[str]) -> list[alt.Chart]:
    places = range(len(items))
    colours = alt.Scale(domain=items, range=[HUES[place % 6] for place in places])
    shapes = alt.Scale(domain=items, range=[SHAPES[place % 6] for place in places])
    colour = alt.Color("item:N", scale=colours, legend=None)
    marks = base.mark_point(size=100).encode(
        color=colour,
        shape=alt.Shape("item:N", scale=shapes, legend=None),
        tooltip=alt.Tooltip("words:N", title="Value"),
        description=alt.Description("words:N"),
        href=alt.Href("href:N"),
    )
    return [base.mark_line(aria=False).encode(detail=alt.Detail("run:N"), color=colour), marks]


def _names(data: pd.DataFrame, items: list[str], px: float) -> pd.DataFrame:
    """The name of each item beside its last mark, line by line, moved up where it would cover another."""
    last = sorted((data[data["item"] == item].iloc[-1] for item in items), key=lambda row: (row["value"], row["item"]))
    found, free = [], float("-inf")
    for row in last:
        lines = wrapped(row["item"], LETTERS).split("\n")
        lowest = max(row["value"] - LINE * (len(lines) - 1) / 2 * px, free)
        found += [{"x": data["x"].max(), "value": lowest + LINE * px * place, "name": line} for place, line in enumerate(reversed(lines))]
        free = lowest + (LINE * len(lines) + 4) * px
    return pd.DataFrame(found)
