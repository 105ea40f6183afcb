"""Figures of several publications, one under the other on one scale."""

from __future__ import annotations

import pandas as pd

from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._figures import DRAWN, declared, layers, name_of, of_one_unit, wholes
from macros.charts._theme import HUES
from macros.charts._words import sentences
from macros.language import gettext, ngettext
from macros.model import FigureRow
from macros.words import colon, commas, full_stop, listed, quantity, semicolons

Panel = tuple[Volume, str, list[FigureRow]]


def draw(book: Book, volume: Volume | None, links: Links, figures: str) -> Drawing:
    """One group of bars for each publication. Items are not matched: definitions differ.

    Args:
        volume: The publication of a figure that stands without address; None on the portal.
        links: Where the bars lead: to the row, by its id.
        figures: Addresses and figures, such as `policy/a-paper:forces-2016, policy/another:forces-2022`.

    Raises:
        NothingToDraw: A publication or figure is not there, or has no rows.
    """
    panels = sorted(
        (_panel(book, volume, text.strip()) for text in figures.split(",") if text.strip()), key=lambda panel: publication_year(panel[0])
    )
    if not panels:
        raise NothingToDraw("no figure is named; write figures as address:figure, separated by commas")
    kept, unit, left = of_one_unit(book, [row for _, _, rows in panels for row in rows])
    shown = [(source, title, [row for row in rows if row.unit == kept[0].unit]) for source, title, rows in panels]
    shown = [panel for panel in shown if panel[2]]
    bars = [bar for number, panel in enumerate(shown) for bar in _bars(book, panel, HUES[number % 6], links)]
    cells = [
        (source.publication.title, publication_year(source), row.item, quantity(book, row)) for source, _, rows in panels for row in rows
    ]
    table = pd.DataFrame(cells, columns=[gettext("Publication"), gettext("Published"), gettext("Item"), gettext("Value")])
    name = figures.split(",")[0].rpartition(":")[2].strip()
    title = listed(list(dict.fromkeys(title for _, title, _ in panels)))
    summary = sentences(sentence(book, shown), left)
    reading = gettext("%(title)s, in %(unit)s; one publication under the other, on one scale.", title=title, unit=unit)
    words = Words(title, finding(book, shown), reading, summary, layers(bars))
    addresses = [links.row(source, row.id) for source, _, rows in panels for row in rows]
    return drawing(f"figures-{name}", words, table, lambda width: bar_chart(bars, width), links=addresses, numbers=len(bars))


def finding(book: Book, panels: list[Panel]) -> str:
    """The greatest value of each publication."""
    parts = []
    for source, _, every in panels:
        most = max(wholes(every), key=lambda row: row.value)
        where = publication_year(source) or source.publication.title
        parts.append(gettext("in %(publication)s: %(item)s, %(value)s", publication=where, item=most.item, value=quantity(book, most)))
    return gettext("Greatest value stated %(each)s", each=semicolons(parts))


def _bars(book: Book, panel: Panel, colour: str, links: Links) -> list[Bar]:
    source, title, rows = panel
    year = publication_year(source)
    heading = f"{title} ({commas([source.publication.publisher, year])})"
    bars = []
    for row in rows:
        words = colon(commas([source.publication.title, year, name_of(row, rows)]), quantity(book, row))
        bars.append(Bar(name_of(row, rows), row.value, quantity(book, row), words, links.row(source, row.id), colour, heading=heading))
        heading = ""
    return bars


def _panel(book: Book, volume: Volume | None, text: str) -> Panel:
    address, _, figure = text.rpartition(":")
    source = next((candidate for candidate in book.published if candidate.address == address), volume if not address else None)
    if source is None:
        raise NothingToDraw(
            f"'{text}' names no publication; write address:figure, with one of {listed([v.address for v in book.published])}"
        )
    declaration, rows = declared(source, figure, DRAWN)
    return source, declaration.title, rows


def sentence(book: Book, panels: list[Panel]) -> str:
    """How many values each publication states, and the least and the greatest of those that are no parts of others."""
    parts = semicolons(_stated(book, source, rows) for source, _, rows in panels)
    note = gettext("Definitions may differ between publications, so items are shown one under the other and not matched.")
    return sentences(full_stop(parts), note)


def _stated(book: Book, source: Volume, every: list[FigureRow]) -> str:
    """How many values a publication states, and between which they lie."""
    rows = wholes(every)
    least, most = min(rows, key=lambda row: row.value), max(rows, key=lambda row: row.value)
    number, parts = ngettext("%(num)s value", "%(num)s values", len(rows)), len(every) - len(rows)
    if parts:
        of_them = ngettext("%(num)s part of them", "%(num)s parts of them", parts)
        number = gettext("%(values)s and %(parts)s", values=number, parts=of_them)
    ends = {"most": quantity(book, most), "item": most.item}
    reach = gettext("%(most)s (“%(item)s”)", **ends)
    if len(rows) > 1:
        ends |= {"least": quantity(book, least), "first": least.item}
        reach = gettext("from %(least)s (“%(first)s”) to %(most)s (“%(item)s”)", **ends)
    return colon(publication_year(source), commas([number, reach]))


def publication_year(volume: Volume) -> str:
    """The year of the original, as stated; of its period for an issue; nothing where neither is stated."""
    when = volume.publication.date or volume.publication.period
    return str(when.first.year) if when else ""
