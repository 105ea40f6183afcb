"""Figures of several publications, one under the other on one scale."""

from __future__ import annotations

import pandas as pd

from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing, listed
from macros.charts._figures import declared, name_of, of_one_unit
from macros.charts._theme import config
from macros.charts._words import publication_year, quantity
from macros.model import FigureRow

Panel = tuple[Volume, str, list[FigureRow]]


def draw(book: Book, volume: Volume | None, links: Links, figures: str) -> Drawing:
    """One group of bars for each publication. Items are not matched: definitions differ.

    Args:
        book: The book.
        volume: Not used; the figures name their publications.
        links: Where the bars lead: to the row, by its id.
        figures: Addresses and figures, such as `policy/a-paper:forces-2016, policy/another:forces-2022`.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: A publication or figure is not there, or has no rows.
    """
    panels = sorted((_panel(book, one.strip()) for one in figures.split(",") if one.strip()), key=lambda one: publication_year(one[0]))
    if not panels:
        raise NothingToDraw("no figure is named; write figures as address:figure, separated by commas")
    kept, unit, left = of_one_unit(book, [row for _, _, rows in panels for row in rows])
    drawn = {row.id for row in kept}
    bars, cells = [], []
    for place, (source, title, rows) in enumerate(panels):
        mine = [row for row in rows if row.id in drawn]
        year = publication_year(source)
        for number, row in enumerate(mine):
            words = f"{source.publication.title} ({year}), {row.item}: {quantity(book, row)}"
            heading = f"{title} ({source.publication.publisher}, {year})" if number == 0 else ""
            colour = config()["range"]["category"][place % 6]
            bars.append(Bar(name_of(row, rows), row.value, quantity(book, row), words, links.row(row.id), colour, heading=heading))
        cells += [(source.publication.title, year, row.item, quantity(book, row)) for row in rows]
    table = pd.DataFrame(cells, columns=["Publication", "Published", "Item", "Value"])
    name = figures.split(",")[0].rpartition(":")[2].strip()
    title = listed(list(dict.fromkeys(title for _, title, _ in panels)))
    return drawing(f"figures-{name}", title, sentence(book, panels) + left, table, bar_chart(bars, unit))


def _panel(book: Book, text: str) -> Panel:
    address, _, figure = text.rpartition(":")
    source = next((one for one in book.volumes if one.address == address), None)
    if source is None:
        raise NothingToDraw(f"'{text}' names no publication; write address:figure, with one of {listed([v.address for v in book.volumes])}")
    return source, *declared(source, figure)


def sentence(book: Book, panels: list[Panel]) -> str:
    """How many values each publication states, and the first of each."""
    parts = [
        f"{publication_year(source)}: {', '.join(f'{row.item} {quantity(book, row)}' for row in rows[:1])}, first of {len(rows)} values"
        for source, _, rows in panels
    ]
    return f"{'; '.join(parts)}. The publications draw their lines differently, so their items are shown side by side and not matched."
