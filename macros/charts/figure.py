"""One declared figure: items side by side, or over time."""

from __future__ import annotations

from functools import partial

import pandas as pd

from macros import date_words
from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, Words, drawing
from macros.charts._figures import DRAWN, declared, layers, name_of, of_one_unit, wholes
from macros.charts._lines import FEW, by_item, line_chart, period_of, row_words, small_lines
from macros.charts._words import sentences
from macros.language import gettext, ngettext
from macros.model import FigureRow
from macros.words import change, colon, commas, full_stop, listed, quantity, semicolons


def draw(book: Book, volume: Volume, links: Links, figure: str) -> Drawing:
    """Bars of a figure of kind `comparison`, lines of one of kind `series`.

    Args:
        volume: A publication that declares the figure.
        links: Where the marks lead: to the row.

    Raises:
        NothingToDraw: The publication has no such figure, or the figure has no rows.
    """
    declaration, rows = declared(volume, figure, DRAWN)
    title = declaration.title
    kept, unit, left = of_one_unit(book, rows)
    table = _table(book, rows)
    addresses = [links.row(volume, row.id) for row in rows]
    dated = [row for row in kept if row.period is not None]
    reading = gettext("%(title)s, in %(unit)s.", title=title, unit=unit)
    if declaration.kind == "series" and len({row.period for row in dated}) > 1:
        summary, claim = sentences(_course(book, dated), left), _moved(book, dated)
        many = len({row.item for row in dated}) > FEW
        apart = gettext("Each has a picture of its own, all on one scale.") if many else ""
        reading = sentences(reading, apart, gettext("A line is broken where no value is stated."))
        words = Words(title, claim, reading, summary)
        draw_lines, link = small_lines if many else line_chart, partial(links.row, volume)
        return drawing(
            f"figure-{figure}", words, table, lambda width: draw_lines(book, dated, link, width), links=addresses, numbers=len(dated)
        )
    bars = [Bar(name_of(row, kept), row.value, quantity(book, row), row_words(book, row), links.row(volume, row.id)) for row in kept]
    summary, claim = sentences(_range(book, kept), left), _greatest(book, kept)
    words = Words(title, claim, reading, summary, layers(bars))
    return drawing(f"figure-{figure}", words, table, lambda width: bar_chart(bars, width), links=addresses, numbers=len(bars))


def _greatest(book: Book, rows: list[FigureRow]) -> str:
    """The greatest value that is no part of another, and the least."""
    ordered = sorted(wholes(rows), key=lambda row: row.value)
    first = colon(name_of(ordered[-1], rows), quantity(book, ordered[-1]))
    if ordered[0].value == ordered[-1].value:
        return first
    return ngettext(
        "%(value)s, the greatest of %(num)s stated value", "%(value)s, the greatest of %(num)s stated values", len(ordered), value=first
    )


def _moved(book: Book, rows: list[FigureRow]) -> str:
    """The first and the last value of the item that is stated for the most periods."""
    mine = max(by_item(rows).values(), key=len)
    if len(mine) == 1:
        return row_words(book, mine[0])
    ends = gettext("from %(first)s to %(last)s", first=_dated(book, mine[0]), last=_dated(book, mine[-1]))
    return colon(mine[0].item, ends)


def _dated(book: Book, row: FigureRow) -> str:
    """A value and its period."""
    return f"{quantity(book, row)} ({period_of(row)})"


def _table(book: Book, rows: list[FigureRow]) -> pd.DataFrame:
    columns = {
        gettext("Item"): [row.item for row in rows],
        gettext("Period"): [date_words.human(row.period) if row.period else gettext("not stated") for row in rows],
        gettext("Value"): [quantity(book, row) for row in rows],
        gettext("Change on a year before"): [change(book, row) for row in rows],
        gettext("Note"): [row.note or "" for row in rows],
    }
    return pd.DataFrame({name: cells for name, cells in columns.items() if any(cells)})


def _range(book: Book, rows: list[FigureRow]) -> str:
    """A few values each, many by their ends; no rank, since one item may be a part of another."""
    if len(rows) == 1:
        return full_stop(row_words(book, rows[0]))
    number = ngettext("%(num)s value", "%(num)s values", len(rows))
    if len(rows) <= 5:
        return full_stop(colon(number, listed([_told(book, row, rows) for row in rows])))
    ordered = [_told(book, row, rows) for row in sorted(wholes(rows), key=lambda row: row.value)]
    parts = len(rows) - len(ordered)
    inside = ngettext("%(num)s of them part of others", "%(num)s of them parts of others", parts) if parts else ""
    return full_stop(commas([number, inside, gettext("from %(first)s to %(last)s", first=ordered[0], last=ordered[-1])]))


def _told(book: Book, row: FigureRow, rows: list[FigureRow]) -> str:
    """A value with its name; a part follows what it is a part of, so that it needs no quotation marks."""
    name, value = name_of(row, rows), quantity(book, row)
    part = row not in wholes(rows)
    return gettext("%(name)s %(value)s", name=name, value=value) if part else gettext("“%(name)s” %(value)s", name=name, value=value)


def _course(book: Book, rows: list[FigureRow]) -> str:
    """For each item its first and its last value."""
    parts = []
    for item, mine in by_item(rows).items():
        first, last = (_dated(book, row) for row in (mine[0], mine[-1]))
        parts.append(colon(item, gettext("%(first)s to %(last)s", first=first, last=last) if len(mine) > 1 else first))
    return full_stop(semicolons(parts))
