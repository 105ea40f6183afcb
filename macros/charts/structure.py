"""Shares of a whole, and what of the whole the source does not itemise."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._figures import declared, name_of, points
from macros.charts._words import main_unit
from macros.model import FigureRow
from macros.words import amount, counted, listed, quantity

WHOLE = Decimal(100)
REST_NAME = "Not itemised in the source"


def draw(book: Book, volume: Volume, links: Links, figure: str) -> Drawing:
    """One bar for each share, the largest first; the rest, which no row states, in words.

    Args:
        book: The book.
        volume: A publication that declares the figure, of kind `structure`.
        links: Where the bars lead: to the row.
        figure: Id of the figure.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no such figure, or the figure has no rows.
    """
    title, found = declared(volume, figure)
    kind = volume.declared(figure).kind
    if kind != "structure":
        raise NothingToDraw(f"figure '{figure}' is of kind '{kind}'; this chart draws structure")
    unit = main_unit(found)
    rows = sorted((row for row in found if row.unit == unit), key=lambda row: -row.value)
    total = sum((row.value for row in rows), Decimal(0))
    rest = max(WHOLE - total, Decimal(0))  # shares that were rounded may come to a little more
    bars = [
        Bar(name_of(row, rows), row.value, quantity(book, row), f"{row.item}: {quantity(book, row)}", links.row(volume, row.id))
        for row in rows
    ]
    if rest:
        shown = amount(book, rest, unit)
        bars.append(Bar(REST_NAME, None, shown, f"{REST_NAME}: {shown}", ""))
    table = pd.DataFrame({"Item": [bar.name for bar in bars], "Share": [bar.shown for bar in bars]})
    reading = f"{title}, in {book.vocabularies.units[unit].label}, the largest first."
    said = sentence(book, rows, total, unit)
    told = Words(title, finding(book, rows), reading, said, points(finding(book, rows), said, bars))
    return drawing(
        f"structure-{figure}", told, table, lambda width: bar_chart(bars, width), links=[bar.href for bar in bars], numbers=len(bars)
    )


def finding(book: Book, rows: list[FigureRow]) -> str:
    """The largest share, and the next."""
    number = quantity(book, rows[0])
    first = [row.item for row in rows if row.value == rows[0].value]
    if len(first) > 1:
        return f"{listed(first)} have the largest stated shares ({number} each)"
    second = [row for row in rows if row.value < rows[0].value][:1]
    after = f", before {second[0].item} ({quantity(book, second[0])})" if second else ""
    return f"{first[0]} has the largest stated share ({number}){after}"


def sentence(book: Book, rows: list[FigureRow], total: Decimal, unit: str) -> str:
    """The largest share, the sum and the rest.

    Args:
        book: The book.
        rows: The shares, the largest first.
        total: Their sum.
        unit: Their unit.

    Returns:
        Two or three sentences.
    """
    rest, number = WHOLE - total, quantity(book, rows[0])
    first = [row.item for row in rows if row.value == rows[0].value]
    if len(rows) == 1:
        stated, together = f"One share is stated: {first[0]} ({number}).", "The"
    else:
        shares = f"is {first[0]} ({number})" if len(first) == 1 else f"are {listed(first)} ({number} each)"
        stated = f"The largest of {counted(len(rows), 'stated share')} {shares}."
        together = f"Together they make up {amount(book, total, unit)}; the"
    if rest <= 0:
        return f"{stated} Together they make up the whole."
    return f"{stated} {together} other {amount(book, rest, unit)} is not itemised in the source."
