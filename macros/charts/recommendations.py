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
from macros.charts._words import sentences
from macros.language import N_, gettext, ngettext
from macros.model import Recommendation
from macros.words import colon, commas, full_stop, semicolons

ROW, SMALL, COLUMN = 40, 32, 104
"""Height of a row of the grid and of the list, and least width of a column, in px."""


class Grid(NamedTuple):
    """Recommendations by addressee and theme, and the labels of both in the order of the vocabularies."""

    cells: Mapping[tuple[str, str], Sequence[Recommendation]]
    addressees: Mapping[str, str]
    themes: Mapping[str, str]

    @property
    def total(self) -> str:
        """How many there are."""
        return _counted(sum(map(len, self.cells.values())))

    def leading(self, labels: Mapping[str, str]) -> tuple[list[str], int]:
        """The labels of the addressees or of the themes that have the most, and how many each has."""
        axis = 0 if labels is self.addressees else 1
        counts = {label: sum(len(rows) for cell, rows in self.cells.items() if cell[axis] == key) for key, label in labels.items()}
        most = max(counts.values())
        return [label for label, count in counts.items() if count == most], most


class Count(NamedTuple):
    """How many recommendations an addressee gets on a theme."""

    number: int
    words: str
    href: str


Counts = Mapping[tuple[str, str], Count]
"""The cells of the grid that are not empty, theme by theme."""


def draw(book: Book, volume: Volume | None, links: Links) -> Drawing:
    """A grid with a number in each cell, and beside it a dot whose area grows with it.

    Args:
        volume: A policy paper; None: all that are published.
        links: Where the dots lead: to the first recommendation of the cell, in one paper.

    Raises:
        NothingToDraw: There are no recommendations.
    """
    papers = [paper for paper in ([volume] if volume else book.published) if paper.recommendations]
    if not papers:
        raise NothingToDraw("this publication has no recommendations" if volume else "no publication has recommendations")
    cells: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for row in (row for paper in papers for row in paper.recommendations):
        cells[row.addressee, row.theme].append(row)
    addressees = {key: label for key, label in book.vocabularies.addressees.items() if any(key == to for to, _ in cells)}
    themes = {key: label for key, label in book.vocabularies.themes.items() if any(key == about for _, about in cells)}
    grid = Grid(dict(cells), addressees, themes)
    table = pd.DataFrame({gettext("Theme"): list(themes.values())})
    for addressee, label in addressees.items():
        table[label] = [len(cells.get((addressee, theme), ())) for theme in themes]
    counts = {(to, about): _count(grid, (to, about), links, volume) for about in themes for to in addressees if (to, about) in cells}
    words = Words(
        gettext("Recommendations by addressee and theme"),
        finding(grid),
        gettext("Number of recommendations by addressee and theme. A larger dot means more; an empty cell means none."),
        sentence(grid, len(papers)),
        [(gettext("Each addressee and theme"), [full_stop(count.words) for count in counts.values()])],
    )
    return drawing("recommendations", words, table, lambda width: _picture(grid, counts, width))


def _counted(number: int) -> str:
    return ngettext("%(num)s recommendation", "%(num)s recommendations", number)


def _count(grid: Grid, cell: tuple[str, str], links: Links, volume: Volume | None) -> Count:
    """How many recommendations a cell has, their titles in one paper, and where the first of them stands."""
    rows = grid.cells[cell]
    words = colon(commas([grid.addressees[cell[0]], grid.themes[cell[1]]]), _counted(len(rows)))
    if volume is None:
        return Count(len(rows), words, "")
    return Count(len(rows), colon(words, semicolons(row.title for row in rows)), links.row(volume, rows[0].id))


def _picture(grid: Grid, counts: Counts, width: int) -> alt.TopLevelLayerSpec:
    """A grid where there is room for its headings; else a list, addressee by addressee."""
    sheet, most = Sheet(width), max(count.number for count in counts.values())
    side = max(map(length, grid.themes.values())) + 14
    wide = (width - side) / len(grid.addressees)
    return _grid(sheet, grid, counts, most, (side, wide)) if wide >= COLUMN else _list(sheet, grid, counts, most)


def _grid(sheet: Sheet, grid: Grid, counts: Counts, most: int, columns: tuple[float, float]) -> alt.TopLevelLayerSpec:
    side, wide = columns
    headings = [lines(label, wide - 10, 4, bold=True) for label in grid.addressees.values()]
    head = max(map(len, headings)) * LINE + 8
    bottom = head + ROW * len(grid.themes)
    for column, heading in enumerate(headings):
        for number, line in enumerate(heading):
            y = head - 8 - LINE * (len(heading) - number - 0.5)
            sheet.text(side + wide * (column + 0.5), y, line, "center", bold=True, colour=INK)
    for row, (theme, label) in enumerate(grid.themes.items()):
        top = head + ROW * row
        sheet.rule(0, top, sheet.width, top)
        sheet.text(2, top + ROW / 2, label, colour=INK)
        for column, addressee in enumerate(grid.addressees):
            if count := counts.get((addressee, theme)):
                _dot(sheet, count, side + wide * (column + 0.5) - 12, top + ROW / 2, most)
    sheet.rule(0, bottom, sheet.width, bottom)
    return sheet.chart(bottom + 2)


def _list(sheet: Sheet, grid: Grid, counts: Counts, most: int) -> alt.TopLevelLayerSpec:
    y = 0.0
    for addressee, label in grid.addressees.items():
        for line in lines(label, sheet.width - 4, 3, bold=True):
            sheet.text(2, y + 12, line, bold=True, colour=INK)
            y += LINE
        y += 8
        for (to, theme), count in counts.items():
            if to == addressee:
                sheet.rule(0, y, sheet.width, y)
                sheet.text(8, y + SMALL / 2, cut(grid.themes[theme], sheet.width - 84), colour=INK)
                _dot(sheet, count, sheet.width - 48, y + SMALL / 2, most)
                y += SMALL
        y += 10
    return sheet.chart(y)


def _dot(sheet: Sheet, count: Count, x: float, y: float, most: int) -> None:
    """A dot whose area grows with its number, and the number beside it."""
    area = 60 + 380 * (count.number - 1) // max(most - 1, 1)
    sheet.point(x, y, "circle", POSITIVE, area, "", count.words, count.href, count=count.number)
    sheet.text(x + 18, y, str(count.number), bold=True, colour=INK)


def finding(grid: Grid) -> str:
    """Who gets more recommendations than others, and on what, where one leads."""
    (to, most), (about, greatest) = grid.leading(grid.addressees), grid.leading(grid.themes)
    parts = commas(
        [
            gettext("%(number)s to %(addressee)s", number=most, addressee=to[0]) if len(to) == 1 < len(grid.addressees) else "",
            gettext("%(number)s on %(theme)s", number=greatest, theme=about[0]) if len(about) == 1 < len(grid.themes) else "",
        ]
    )
    return gettext("%(total)s: %(parts)s, more than any other", total=grid.total, parts=parts) if parts else grid.total


def sentence(grid: Grid, papers: int) -> str:
    """How many recommendations in how many papers, and to whom and about what most of them are."""
    total = grid.total
    if papers > 1:
        source = ngettext("in %(num)s paper", "in %(num)s papers", papers)
        total = gettext("%(recommendations)s %(papers)s", recommendations=total, papers=source)
    addressed = (
        N_("All are addressed to: %(addressee)s."),
        N_("Addressed to: %(addressee)s (%(number)s, more than to anybody else)."),
        N_("Addressed to: %(addressees)s (%(number)s each)."),
    )
    about = (
        N_("Theme of all: %(theme)s."),
        N_("Theme: %(theme)s (%(number)s, more than on any other)."),
        N_("Theme: %(themes)s (%(number)s each)."),
    )
    return sentences(full_stop(total), _most(grid, grid.addressees, addressed), _most(grid, grid.themes, about))


def _most(grid: Grid, labels: Mapping[str, str], messages: tuple[str, str, str]) -> str:
    """Where most recommendations are: in the only place that there is, in one, in two; of more nothing is said."""
    leading, number = grid.leading(labels)
    if len(leading) > 2:
        return ""
    message = messages[0] if len(labels) == 1 else messages[len(leading)]
    names = dict.fromkeys(("addressee", "addressees", "theme", "themes"), semicolons(leading))
    return gettext(message, number=number, **names)
