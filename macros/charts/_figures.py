"""Rows of a declared figure, for the charts that draw one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from macros import date_words
from macros.book import Book, Volume
from macros.charts._bars import Bar
from macros.charts._drawing import Layers, NothingToDraw
from macros.language import N_, gettext
from macros.model import FigureDeclaration, FigureRow, Quantity
from macros.words import commas, full_stop, listed

DRAWN = ("comparison", "series")
"""Kinds of figures that are drawn side by side or over time; a table may hold ranges and several units."""
PARTS = (N_("of which"), N_("of whom"))
"""How an item begins that is a part of the one above it; so, or as the current language says it."""

MOST = 12
"""Of more numbers than these the layers under a picture name none; the table has them."""

T = TypeVar("T", bound=Quantity)


def declared(volume: Volume, figure: str, kinds: Sequence[str]) -> tuple[FigureDeclaration, list[FigureRow]]:
    """A figure of one of some kinds, and its rows in the order of the file.

    Raises:
        NothingToDraw: The publication declares no such figure, or it is of another kind, or has no rows.
    """
    declaration = next((declaration for declaration in volume.publication.figures if declaration.id == figure), None)
    if declaration is None:
        ids = listed([declaration.id for declaration in volume.publication.figures]) or "none"
        raise NothingToDraw(f"'{volume.address}' declares no figure '{figure}'; declared: {ids}")
    if declaration.kind not in kinds:
        kind = f"is of kind '{declaration.kind}'; this chart draws {listed(kinds)}"
        raise NothingToDraw(f"figure '{figure}' of '{volume.address}' {kind}")
    rows = [row for row in volume.figures if row.figure == figure]
    if not rows:
        raise NothingToDraw(f"figure '{figure}' of '{volume.address}' has no rows")
    return declaration, rows


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


def layers(bars: Sequence[Bar]) -> Layers:
    """Each of the numbers, where they are few."""
    return [(gettext("Numbers"), [full_stop(bar.words) for bar in bars] if len(bars) <= MOST else [])]


def of_one_unit(book: Book, rows: Sequence[T]) -> tuple[list[T], str, str]:
    """The rows of the most frequent unit, for one axis carries one; its label; a sentence about the rows left out, if any are."""
    unit = main_unit(rows)
    kept = [row for row in rows if row.unit == unit]
    label = book.vocabularies.units[unit].label
    left = [row for row in rows if row.unit != unit]
    others = listed(list(dict.fromkeys(book.vocabularies.units[row.unit].label for row in left)))
    note = gettext("Only values in %(unit)s are drawn; those in %(others)s are in the table.", unit=label, others=others)
    return kept, label, note if left else ""


def main_unit(rows: Iterable[Quantity]) -> str:
    """The most frequent unit; of several the one that comes first."""
    return Counter(row.unit for row in rows).most_common(1)[0][0]
