"""Rows of a declared figure, for the charts that draw one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from macros import date_words
from macros.book import Book, Volume
from macros.charts._bars import Bar
from macros.charts._drawing import NothingToDraw
from macros.charts._words import main_unit
from macros.language import N_, gettext
from macros.model import FigureRow, Quantity
from macros.words import commas, full_stop, listed

DRAWN = ("comparison", "series")
"""Kinds of figures that are drawn side by side or over time; a table may hold ranges and several units."""
PARTS = (N_("of which"), N_("of whom"))
"""How an item begins that is a part of the one above it; so, or as the current language says it."""

MOST = 12
"""Of more numbers than these the layers under a picture name none; the table has them."""

T = TypeVar("T", bound=Quantity)


def declared(volume: Volume, figure: str) -> tuple[str, list[FigureRow]]:
    """Title and rows of a figure.

    Returns:
        The title, and the rows in the order of the file.

    Raises:
        NothingToDraw: The publication declares no such figure, or the figure has no rows.
    """
    title = next((declaration.title for declaration in volume.publication.figures if declaration.id == figure), None)
    if title is None:
        ids = listed([declaration.id for declaration in volume.publication.figures]) or "none"
        raise NothingToDraw(f"'{volume.address}' declares no figure '{figure}'; declared: {ids}")
    rows = [row for row in volume.figures if row.figure == figure]
    if not rows:
        raise NothingToDraw(f"figure '{figure}' of '{volume.address}' has no rows")
    return title, rows


def name_of(row: FigureRow, rows: Sequence[FigureRow]) -> str:
    """The item of a row, with its period where the rows differ in it."""
    if row.period is None or len({str(other.period) for other in rows}) == 1:
        return row.item
    return commas([row.item, date_words.human(row.period)])


def wholes(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """The rows that are no part of another: an item that begins with `of which` or `of whom` is a part of the one above."""
    begins = (*PARTS, *(gettext(part) for part in PARTS))
    whole_rows = [row for row in rows if not row.item.lower().startswith(begins)]
    return whole_rows or list(rows)


def points(claim: str, summary: str, bars: Sequence[Bar]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The layers under a picture of numbers: the claim, what the numbers say, and each of them where they are few."""
    each = tuple(full_stop(bar.words) for bar in bars) if len(bars) <= MOST else ()
    numbers = [(gettext("Numbers"), each)] if each else []
    return ((gettext("What it shows"), (full_stop(claim),)), (gettext("In full"), (summary,)), *numbers)


def of_one_unit(book: Book, rows: Sequence[T]) -> tuple[list[T], str, str]:
    """The rows that one axis can carry.

    Returns:
        The rows of the most frequent unit, the label of that unit, and a sentence about the
        rows left out; empty where none is.
    """
    unit = main_unit(rows)
    kept = [row for row in rows if row.unit == unit]
    label = book.vocabularies.units[unit].label
    left = [row for row in rows if row.unit != unit]
    others = listed(list(dict.fromkeys(book.vocabularies.units[row.unit].label for row in left)))
    note = gettext("Only values in %(unit)s are drawn; those in %(others)s are in the table.", unit=label, others=others)
    return kept, label, note if left else ""
