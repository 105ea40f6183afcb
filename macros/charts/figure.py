"""One declared figure: items side by side, or over time."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pandas as pd

from macros import date_words
from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._figures import DRAWN, declared, name_of, of_one_unit, points, wholes
from macros.charts._lines import line_chart, period_of, row_words, when
from macros.model import FigureRow
from macros.words import change, counted, listed, quantity


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
    if kind not in DRAWN:
        raise NothingToDraw(f"figure '{figure}' is of kind '{kind}'; this chart draws {listed(DRAWN)}")
    kept, unit, left = of_one_unit(book, rows)
    table = _table(book, rows)
    addresses = [links.row(volume, row.id) for row in rows]
    dated = [row for row in kept if row.period is not None]
    reading = f"{title}, in {unit}."
    if kind == "series" and len({row.period for row in dated}) > 1:
        said, claim = _course(book, dated) + left, _moved(book, dated)
        told = Words(title, claim, f"{reading} A line is broken where no value is stated.", said, points(claim, said, ()))
        link = partial(links.row, volume)
        return drawing(
            f"figure-{figure}", told, table, lambda width: line_chart(book, dated, link, width), links=addresses, numbers=len(dated)
        )
    bars = [Bar(name_of(row, kept), row.value, quantity(book, row), row_words(book, row), links.row(volume, row.id)) for row in kept]
    said, claim = _range(book, kept) + left, _greatest(book, kept)
    told = Words(title, claim, reading, said, points(claim, said, bars))
    return drawing(f"figure-{figure}", told, table, lambda width: bar_chart(bars, width), links=addresses, numbers=len(bars))


def _greatest(book: Book, rows: list[FigureRow]) -> str:
    """The greatest value that is no part of another, and the least."""
    ordered = sorted(wholes(rows), key=lambda row: row.value)
    first = f"{name_of(ordered[-1], rows)}: {quantity(book, ordered[-1])}"
    return f"{first}, the greatest of {counted(len(ordered), 'stated value')}" if ordered[0].value < ordered[-1].value else first


def _moved(book: Book, rows: list[FigureRow]) -> str:
    """The first and the last value of the item that is stated for the most periods."""
    counts = Counter(row.item for row in rows)
    mine = sorted((row for row in rows if row.item == max(counts, key=lambda item: counts[item])), key=when)
    if len(mine) == 1:
        return row_words(book, mine[0])
    ends = f"from {quantity(book, mine[0])} ({period_of(mine[0])}) to {quantity(book, mine[-1])} ({period_of(mine[-1])})"
    return f"{mine[0].item}: {ends}"


def _table(book: Book, rows: list[FigureRow]) -> pd.DataFrame:
    columns = {
        "Item": [row.item for row in rows],
        "Period": [date_words.human(row.period) if row.period else "not stated" for row in rows],
        "Value": [quantity(book, row) for row in rows],
        "Change on a year before": [change(book, row) for row in rows],
        "Note": [row.note or "" for row in rows],
    }
    return pd.DataFrame({name: cells for name, cells in columns.items() if any(cells)})


def _range(book: Book, rows: list[FigureRow]) -> str:
    """A few values each, many by their ends; no rank, since one item may be a part of another."""
    if len(rows) == 1:
        return f"{row_words(book, rows[0])}."
    count = counted(len(rows), "value")
    if len(rows) <= 5:
        return f"{count}: {listed([_told(book, row, rows) for row in rows])}."
    ordered = [_told(book, row, rows) for row in sorted(wholes(rows), key=lambda row: row.value)]
    inside = f", {len(rows) - len(ordered)} of them parts of others" if len(ordered) < len(rows) else ""
    return f"{count}{inside}, from {ordered[0]} to {ordered[-1]}."


def _told(book: Book, row: FigureRow, rows: list[FigureRow]) -> str:
    """A value with its name; a part follows what it is a part of, so that it needs no quotation marks."""
    name = name_of(row, rows)
    return f"{name} {quantity(book, row)}" if row not in wholes(rows) else f"“{name}” {quantity(book, row)}"


def _course(book: Book, rows: list[FigureRow]) -> str:
    """For each item its first and its last value."""
    parts = []
    for item in dict.fromkeys(row.item for row in rows):
        mine = sorted((row for row in rows if row.item == item), key=when)
        first, last = mine[0], mine[-1]
        course = f"{quantity(book, first)} ({period_of(first)})"
        parts.append(f"{item}: {course}" + (f" to {quantity(book, last)} ({period_of(last)})" if len(mine) > 1 else ""))
    return f"{'; '.join(parts)}."
