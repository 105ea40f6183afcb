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
from macros.language import gettext, ngettext
from macros.model import Recommendation
from macros.words import colon, commas, full_stop, semicolons

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
        volume: A policy paper; None: all that are published.
        links: Where the dots lead: to the first recommendation of the cell, in one paper.

    Raises:
        NothingToDraw: There are no recommendations.
    """
    volumes = [volume] if volume else book.published
    rows = [row for paper in volumes for row in paper.recommendations]
    if not rows:
        raise NothingToDraw("this publication has no recommendations" if volume else "no publication has recommendations")
    cells: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for row in rows:
        cells[row.addressee, row.theme].append(row)
    names = book.vocabularies
    addressees = {key: label for key, label in names.addressees.items() if any(key == to for to, _ in cells)}
    themes = {key: label for key, label in names.themes.items() if any(key == about for _, about in cells)}
    table = pd.DataFrame({gettext("Theme"): list(themes.values())})
    for addressee, label in addressees.items():
        table[label] = [len(cells.get((addressee, theme), ())) for theme in themes]
    papers = sum(1 for paper in volumes if paper.recommendations)
    summary = sentence(cells, addressees, themes, papers)
    claim = finding(cells, addressees, themes)
    counts = [_count(cells, (addressees, themes), cell, links, volume) for cell in ((to, about) for about in themes for to in addressees)]
    reading = gettext("Number of recommendations by addressee and theme. A larger dot means more; an empty cell means none.")
    words = Words(gettext("Recommendations by addressee and theme"), claim, reading, summary, _points(claim, summary, counts))
    return drawing("recommendations", words, table, lambda width: _picture(counts, addressees, themes, width))


def _count(
    cells: Cells, labels: tuple[Mapping[str, str], Mapping[str, str]], cell: tuple[str, str], links: Links, volume: Volume | None
) -> Count:
    """How many recommendations a cell has, their titles in one paper, and where the first of them stands."""
    here = cells.get(cell, [])
    number = ngettext("%(num)s recommendation", "%(num)s recommendations", len(here))
    words = colon(commas([labels[0][cell[0]], labels[1][cell[1]]]), number)
    if here and volume:
        words = colon(words, semicolons(row.title for row in here))
    return Count(cell[0], cell[1], len(here), words, links.row(volume, here[0].id) if volume and here else "")


def _picture(counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str], width: int) -> alt.TopLevelLayerSpec:
    """A grid where there is room for its headings; else a list, addressee by addressee."""
    sheet = Sheet(width)
    side = max(length(label) for label in themes.values()) + 14
    if (width - side) / len(addressees) >= COLUMN:
        return _grid(sheet, counts, addressees, themes, side)
    return _list(sheet, counts, addressees, themes)


def _grid(
    sheet: Sheet, counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str], side: float
) -> alt.TopLevelLayerSpec:
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


def _list(sheet: Sheet, counts: Sequence[Count], addressees: Mapping[str, str], themes: Mapping[str, str]) -> alt.TopLevelLayerSpec:
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
    """
    total = _total(cells)
    (to, most), (about, greatest) = _leading(cells, addressees, 0), _leading(cells, themes, 1)
    parts = commas(
        [
            gettext("%(number)s to %(addressee)s", number=most, addressee=to[0]) if len(to) == 1 < len(addressees) else "",
            gettext("%(number)s on %(theme)s", number=greatest, theme=about[0]) if len(about) == 1 < len(themes) else "",
        ]
    )
    return gettext("%(total)s: %(parts)s, more than any other", total=total, parts=parts) if parts else total


def _total(cells: Cells) -> str:
    return ngettext("%(num)s recommendation", "%(num)s recommendations", sum(len(rows) for rows in cells.values()))


def _leading(cells: Cells, labels: Mapping[str, str], axis: int) -> tuple[list[str], int]:
    """The labels of the addressees or themes that have the most recommendations, and how many each has."""
    counts = {label: sum(len(rows) for cell, rows in cells.items() if cell[axis] == key) for key, label in labels.items()}
    most = max(counts.values())
    return [label for label, count in counts.items() if count == most], most


def _points(claim: str, summary: str, counts: Sequence[Count]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the leading addressee and theme, and each cell that is not empty."""
    each = tuple(full_stop(count.words) for count in counts if count.number)
    return ((gettext("What it shows"), (full_stop(claim),)), (gettext("In full"), (summary,)), (gettext("Each addressee and theme"), each))


def sentence(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], papers: int) -> str:
    """How many recommendations, and to whom and about what most of them are.

    Args:
        cells: Recommendations by addressee and theme.
    """
    total = _total(cells)
    if papers > 1:
        source = ngettext("in %(num)s paper", "in %(num)s papers", papers)
        total = gettext("%(recommendations)s %(papers)s", recommendations=total, papers=source)
    return sentences(full_stop(total), _addressed(cells, addressees), _about(cells, themes))


def _addressed(cells: Cells, addressees: Mapping[str, str]) -> str:
    """To whom most recommendations are."""
    leading, number = _leading(cells, addressees, 0)
    if len(addressees) == 1:
        return gettext("All are addressed to: %(addressee)s.", addressee=leading[0])
    if len(leading) == 1:
        return gettext("Addressed to: %(addressee)s (%(number)s, more than to anybody else).", addressee=leading[0], number=number)
    both = semicolons(leading)
    return gettext("Addressed to: %(addressees)s (%(number)s each).", addressees=both, number=number) if len(leading) == 2 else ""


def _about(cells: Cells, themes: Mapping[str, str]) -> str:
    """About what most recommendations are."""
    leading, number = _leading(cells, themes, 1)
    if len(themes) == 1:
        return gettext("Theme of all: %(theme)s.", theme=leading[0])
    if len(leading) == 1:
        return gettext("Theme: %(theme)s (%(number)s, more than on any other).", theme=leading[0], number=number)
    return gettext("Theme: %(themes)s (%(number)s each).", themes=semicolons(leading), number=number) if len(leading) == 2 else ""
