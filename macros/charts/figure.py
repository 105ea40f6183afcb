"""One declared figure: items side by side, or over time."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from macros import dates
from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing, layered
from macros.charts._figures import declared, name_of, of_one_unit
from macros.charts._theme import TOTAL, config
from macros.charts._words import axis_labels, change, quantity, wrapped
from macros.model import FigureRow

SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
HEIGHT, LINE, SIDE = 240, 15, 150
"""Height of a chart over time, of a line of its labels, and the room for these at the right, in px."""


def draw(book: Book, volume: Volume, links: Links, figure: str) -> Drawing:
    """Bars of a figure of kind `comparison`, lines of one of kind `series`.

    Args:
        book: The book.
        volume: A publication that declares the figure.
        links: Where the marks lead: to the row.
        figure: Id of the figure.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no such figure, or the figure has no rows.
    """
    title, rows = declared(volume, figure)
    kind = volume.declared(figure).kind
    if kind not in {"comparison", "series"}:
        raise NothingToDraw(f"figure '{figure}' is of kind '{kind}'; this chart draws comparison and series")
    kept, unit, left = of_one_unit(book, rows)
    table = _table(book, rows)
    dated = [row for row in kept if row.period is not None]
    if kind == "series" and len({row.period for row in dated}) > 1:
        return drawing(f"figure-{figure}", title, _course(book, dated) + left, table, _lines(book, dated, unit, links))
    bars = [Bar(name_of(row, kept), row.value, quantity(book, row), _words(book, row), links.row(row.id)) for row in kept]
    return drawing(f"figure-{figure}", title, _range(book, kept) + left, table, bar_chart(bars, unit))


def _table(book: Book, rows: list[FigureRow]) -> pd.DataFrame:
    columns = {
        "Item": [row.item for row in rows],
        "Period": [dates.human(row.period) if row.period else "not stated" for row in rows],
        "Value": [quantity(book, row) for row in rows],
        "Change on a year before": [change(book, row) for row in rows],
        "Note": [row.note or "" for row in rows],
    }
    return pd.DataFrame({name: cells for name, cells in columns.items() if any(cells)})


def _words(book: Book, row: FigureRow) -> str:
    when = f", {dates.human(row.period)}" if row.period else ""
    return f"{row.item}{when}: {quantity(book, row)}"


def _range(book: Book, rows: list[FigureRow]) -> str:
    """The largest and the smallest value."""
    if len(rows) == 1:
        return f"{_words(book, rows[0])}."
    ordered = sorted(rows, key=lambda row: -row.value)
    largest, smallest = ordered[0], ordered[-1]
    return (
        f"The largest of {len(rows)} values is “{name_of(largest, rows)}” ({quantity(book, largest)}), "
        f"the smallest “{name_of(smallest, rows)}” ({quantity(book, smallest)})."
    )


def _course(book: Book, rows: list[FigureRow]) -> str:
    """For each item its first and its last value."""
    parts = []
    for item in dict.fromkeys(row.item for row in rows):
        mine = sorted((row for row in rows if row.item == item), key=_when)
        first, last = mine[0], mine[-1]
        course = f"{quantity(book, first)} ({_period(first)})"
        parts.append(f"{item}: {course}" + (f" to {quantity(book, last)} ({_period(last)})" if len(mine) > 1 else ""))
    return f"{'; '.join(parts)}."


def _when(row: FigureRow) -> tuple[int, int]:
    assert row.period is not None, "only rows with a period are drawn over time"
    return row.period.first.toordinal(), row.period.last.toordinal()


def _middle(row: FigureRow) -> float:
    return sum(_when(row)) / 2


def _period(row: FigureRow) -> str:
    return dates.human(row.period) if row.period else ""


def _lines(book: Book, rows: list[FigureRow], unit: str, links: Links) -> alt.LayerChart:
    """A line for each item, broken where its value in between is not stated."""
    items = list(dict.fromkeys(row.item for row in rows))
    data = pd.DataFrame(_points(book, rows, items, links))
    marked = {_middle(row): _period(row) for row in sorted(rows, key=_middle)}
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, padding=14),
        axis=alt.Axis(values=list(marked), labelExpr=axis_labels(marked), ticks=True),
    )
    y = alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True, domainMin=min(0, data["value"].min())), axis=alt.Axis(tickMinStep=1))
    colours = [config()["range"]["category"][place % 6] for place in range(len(items))]
    colour = alt.Color("item:N", scale=alt.Scale(domain=items, range=colours), legend=None)
    shape = alt.Shape("item:N", scale=alt.Scale(domain=items, range=[SHAPES[place % 6] for place in range(len(items))]), legend=None)
    base = alt.Chart(data).encode(x=x, y=y)
    marks = base.mark_point(size=100, opacity=1).encode(
        shape=shape, color=colour, tooltip=alt.Tooltip("words:N", title="Value"), description="words:N", href="href:N"
    )
    values = base.mark_text(dy=-14, fontWeight="bold", aria=False).encode(text="shown:N")
    placed = _names(data, items)
    side = 6.4 * max(len(line) for name in placed["name"] for line in name.split("\n"))
    names = alt.Chart(placed).mark_text(align="left", dx=14, lineBreak="\n", lineHeight=LINE, baseline="middle", aria=False)
    return layered(
        base.mark_line(aria=False).encode(detail="run:N", color=colour), marks, values, names.encode(x=x, y=alt.Y("place:Q"), text="name:N")
    ).properties(width=TOTAL - side - 70, height=HEIGHT, padding={"left": 4, "top": 16, "bottom": 4, "right": 4})


def _points(book: Book, rows: list[FigureRow], items: list[str], links: Links) -> list[dict[str, Any]]:
    periods = sorted({_middle(row) for row in rows})
    found = []
    for item in items:
        run, before = 0, None
        for row in sorted((row for row in rows if row.item == item), key=_when):
            place = periods.index(_middle(row))
            run += before is not None and place != before + 1
            before = place
            found.append(
                {
                    "item": item,
                    "run": f"{item} {run}",
                    "x": _middle(row),
                    "value": float(row.value),
                    "shown": quantity(book, row),
                    "words": _words(book, row),
                    "href": links.row(row.id),
                }
            )
    return found


def _names(data: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """The name of each item beside its last mark, moved up where it would cover another."""
    last = pd.DataFrame([data[data["item"] == item].iloc[-1] for item in items]).sort_values(["value", "item"])
    one_px = max(data["value"].max() - min(0, data["value"].min()), 1) / HEIGHT
    rows, free = [], float("-inf")
    for row in last.to_dict("records"):
        name = wrapped(row["item"], SIDE // 7)
        half = LINE * (name.count("\n") + 1) / 2 * one_px
        place = max(row["value"], free + half)
        free = place + half
        rows.append({"item": row["item"], "name": name, "x": data["x"].max(), "place": place + LINE * name.count("\n") / 2 * one_px})
    return pd.DataFrame(rows)
