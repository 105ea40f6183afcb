"""Who is recommended what: addressees against themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Sheet
from macros.charts._theme import INK, POSITIVE
from macros.model import Recommendation
from macros.words import counted

Cells = Mapping[tuple[str, str], list[Recommendation]]
ROW, SMALL, COLUMN = 40, 32, 104
"""Height of a row of the grid and of the list, and least width of a column, in px."""


class Count(NamedTuple):
    """How many recommendations an addressee gets on a theme."""

    addressee: str
    theme: str
    number: int
    words: str
    href: str


def draw(book: Book, volume: Volume | None, links: Links) -> Drawing:
    """A grid with a number in each cell, and beside it a dot whose area grows with it.

    Args:
        book: The book.
        volume: A policy paper; None: all that are published.
        links: Where the dots lead: to the first recommendation of the cell, in one paper.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: There are no recommendations.
    """
    volumes = [volume] if volume else book.published
    rows = [row for one in volumes for row in one.recommendations]
    if not rows:
        raise NothingToDraw("this publication has no recommendations" if volume else "no publication has recommendations")
    cells: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for row in rows:
        cells[row.addressee, row.theme].append(row)
    names = book.vocabularies
    addressees = {key: label for key, label in names.addressees.items() if any(key == one for one, _ in cells)}
    themes = {key: label for key, label in names.themes.items() if any(key == one for _, one in cells)}
    table = pd.DataFrame({"Theme": list(themes.values())})
    for addressee, label in addressees.items():
        table[label] = [len(cells.get((addressee, theme), ())) for theme in themes]
    papers = sum(1 for paper in volumes if paper.recommendations)
    said = sentence(cells, addressees, themes, papers)
    claim = finding(cells, addressees, themes)
    counts = [_count(cells, (addressees, themes), place, links, volume) for place in ((to, about) for about in themes for to in addressees)]
    reading = "Recommendations by addressee and theme: how many. A dot grows with the number; a cell without a number has none."
    told = Words("Recommendations by addressee and theme", claim, reading, said, _points(claim, said, counts))
    return drawing("recommendations", told, table, lambda width: _picture(counts, addressees, themes, width))


def _count(
    cells: Cells, labels: tuple[Mapping[str, str], Mapping[str, str]], cell: tuple[str, str], links: Links, volume: Volume | None
) -> Count:
    """How many recommendations a cell has, their titles in one paper, and where the first of them stands."""
    here = cells.get(cell, [])
    titles = f": {'; '.join(row.title for row in here)}" if here and volume else ""
    words = f"{labels[0][cell[0]]}, {labels[1][cell[1]]}: {counted(len(here), 'recommendation')}{titles}"
    return Count(cell[0], cell[1], len(here), words, links.row(volume, here[0].id) if volume and here else "")


def _picture(counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str], width: int) -> alt.LayerChart:
    """A grid where there is room for its headings; else a list, addressee by addressee."""
    sheet = Sheet(width)
    side = max(length(label) for label in themes.values()) + 14
    if (width - side) / len(addressees) >= COLUMN:
        return _grid(sheet, counts, addressees, themes, side)
    return _list(sheet, counts, addressees, themes)


def _grid(sheet: Sheet, counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str], side: float) -> alt.LayerChart:
    wide = (sheet.width - side) / len(addressees)
    headings = [lines(label, wide - 10, 4, bold=True) for label in addressees.values()]
    head = max(len(heading) for heading in headings) * LINE + 8
    bottom = head + ROW * len(themes)
    for column, heading in enumerate(headings):
        for number, line in enumerate(heading):
            y = head - 8 - LINE * (len(heading) - number - 0.5)
            sheet.text(side + wide * (column + 0.5), y, line, "center", bold=True, colour=INK)
    for row, theme in enumerate(themes):
        top = head + ROW * row
        sheet.rule(0, top, sheet.width, top)
        sheet.text(2, top + ROW / 2, themes[theme], colour=INK)
        for column, addressee in enumerate(addressees):
            count = next(count for count in counts if (count.addressee, count.theme) == (addressee, theme))
            if count.number:
                _dot(sheet, count, side + wide * (column + 0.5) - 12, top + ROW / 2, max(other.number for other in counts))
    sheet.rule(0, bottom, sheet.width, bottom)
    return sheet.chart(bottom + 2)


def _list(sheet: Sheet, counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str]) -> alt.LayerChart:
    y = 0.0
    for addressee, label in addressees.items():
        for line in lines(label, sheet.width - 4, 3, bold=True):
            sheet.text(2, y + 12, line, bold=True, colour=INK)
            y += LINE
        y += 8
        for count in (count for count in counts if count.addressee == addressee and count.number):
            sheet.rule(0, y, sheet.width, y)
            sheet.text(8, y + SMALL / 2, cut(themes[count.theme], sheet.width - 84), colour=INK)
            _dot(sheet, count, sheet.width - 48, y + SMALL / 2, max(other.number for other in counts))
            y += SMALL
        y += 10
    return sheet.chart(y)


def _dot(sheet: Sheet, count: Count, x: float, y: float, most: int) -> None:
    """A dot whose area grows with its number, and the number beside it."""
    sheet.point(
        x, y, "circle", POSITIVE, 60 + 380 * (count.number - 1) // max(most - 1, 1), "", count.words, count.href, count=count.number
    )
    sheet.text(x + 18, y, str(count.number), bold=True, colour=INK)


def finding(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str]) -> str:
    """Who gets more recommendations than others, and on what, where one leads.

    Args:
        cells: Recommendations by addressee and theme.
        addressees: Labels of addressees.
        themes: Labels of themes.

    Returns:
        A few words.
    """
    total = counted(sum(len(rows) for rows in cells.values()), "recommendation")
    parts = []
    for place, labels, words in ((0, addressees, "to {}"), (1, themes, "on {}")):
        counts = {label: sum(len(rows) for cell, rows in cells.items() if cell[place] == key) for key, label in labels.items()}
        leading = [label for label, count in counts.items() if count == max(counts.values())]
        if len(leading) == 1 < len(counts):
            parts.append(f"{counts[leading[0]]} {words.format(leading[0])}")
    return f"{total}: {', '.join(parts)}, more than any other" if parts else total


def _points(claim: str, said: str, counts: Sequence[Count]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the leading addressee and theme, and each cell that is not empty."""
    each = tuple(f"{count.words}." for count in counts if count.number)
    return (("What it shows", (f"{claim}.",)), ("In full", (said,)), ("Each addressee and theme", each))


def sentence(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], papers: int) -> str:
    """How many recommendations, and to whom and about what most of them are.

    Args:
        cells: Recommendations by addressee and theme.
        addressees: Labels of addressees.
        themes: Labels of themes.
        papers: Of how many papers.

    Returns:
        One or more sentences.
    """
    source = f" in {counted(papers, 'paper')}" if papers > 1 else ""
    parts = [f"{counted(sum(len(rows) for rows in cells.values()), 'recommendation')}{source}."]
    for place, labels, every, some, any_other in (
        (0, addressees, "All are addressed to", "Addressed to", "more than to anybody else"),
        (1, themes, "Theme of all", "Theme", "more than on any other"),
    ):
        counts = {label: sum(len(rows) for cell, rows in cells.items() if cell[place] == key) for key, label in labels.items()}
        leading = [label for label, count in counts.items() if count == max(counts.values())]
        if len(counts) == 1:
            parts.append(f"{every}: {leading[0]}.")
        elif len(leading) < 3:
            number = f"{counts[leading[0]]}{' each' if len(leading) > 1 else f', {any_other}'}"
            parts.append(f"{some}: {'; '.join(leading)} ({number}).")
    return " ".join(parts)
