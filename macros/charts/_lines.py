"""Values over time: a line, a colour and a shape for each item, or for many items a small picture each, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import altair as alt

from macros import date_words
from macros.book import Book
from macros.charts._drawing import Link
from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Align, Box, Sheet, text_box
from macros.charts._theme import HUES, INK, NEUTRAL
from macros.model import FigureRow
from macros.scales import SHAPES
from macros.words import colon, commas, quantity

HIGH, TOP, SIDE, NAMES, AWAY = 210, 22, 26, 160, 15
"""Height of the values, room above them, left and right of them, and for names, and between a mark and its number, in px."""

FEW = len(SHAPES)
"""So many items are told apart by colour and shape. Their names stand beside their lines, on a phone above."""


def when(row: FigureRow) -> tuple[int, int]:
    """First and last day of a row that has a period, as numbers."""
    assert row.period is not None, "only rows with a period are drawn over time"
    return row.period.first.toordinal(), row.period.last.toordinal()


def period_of(row: FigureRow) -> str:
    """The period of a row as people write it; nothing where the source states none."""
    return date_words.human(row.period) if row.period else ""


def row_words(book: Book, row: FigureRow) -> str:
    """A whole row in words."""
    return colon(commas([row.item, period_of(row)]), quantity(book, row))


class Plot(NamedTuple):
    """Where values over time stand: the place of their axes, every period, the least and the greatest value."""

    box: Box
    periods: Sequence[tuple[int, int]]
    reach: tuple[float, float]

    @classmethod
    def of(cls, rows: Sequence[FigureRow], box: Box) -> Plot:
        """The plot of some rows in a place; zero is always in it."""
        values = [float(row.value) for row in rows]
        return cls(box, sorted({when(row) for row in rows}), (min(0.0, *values), max(0.0, *values)))

    def position(self, row: FigureRow) -> tuple[float, float]:
        """The place of a value in px."""
        begin, end = sum(self.periods[0]) / 2, sum(self.periods[-1]) / 2
        across = self.box.left + (sum(when(row)) / 2 - begin) * (self.box.right - self.box.left) / ((end - begin) or 1)
        return across, self.down(float(row.value))

    def down(self, value: float) -> float:
        """How far from the top a value stands, in px."""
        return self.box.top + (self.reach[1] - value) * (self.box.bottom - self.box.top) / ((self.reach[1] - self.reach[0]) or 1)

    def line(self, sheet: Sheet, rows: Sequence[FigureRow], colour: str) -> None:
        """Join the values of one item, in order, but for those between which a period is not stated."""
        for first, second in pairwise(rows):
            if self.periods.index(when(second)) == self.periods.index(when(first)) + 1:
                sheet.line([self.position(first), self.position(second)], colour)


def by_item(rows: Sequence[FigureRow]) -> dict[str, list[FigureRow]]:
    """The rows of each item in order of time."""
    return {item: sorted((row for row in rows if row.item == item), key=when) for item in dict.fromkeys(row.item for row in rows)}


def line_chart(book: Book, rows: Sequence[FigureRow], link: Link, width: int) -> alt.TopLevelLayerSpec:
    """Draw rows of one unit, each with a period; a line is broken where its value in between is not stated."""
    sheet, items = Sheet(width), by_item(rows)
    beside = not sheet.narrow
    top, right = TOP + (0 if beside else _key(sheet, list(items))), width - SIDE - (NAMES if beside else 0)
    plot = Plot.of(rows, Box(SIDE, top, right, top + HIGH))
    zero, ends = plot.down(0), (0, right + SIDE)
    sheet.rule(0, zero, right + SIDE, zero, NEUTRAL)
    for number, mine in enumerate(items.values()):
        plot.line(sheet, mine, HUES[number % 6])
        for row in mine:
            _mark(sheet, plot.position(row), number, row_words(book, row), link(row.id), float(row.value))
    numbers(sheet, [(plot.position(row), quantity(book, row)) for row in sorted(rows, key=lambda row: -abs(row.value))], zero, ends)
    if beside:
        _names(sheet, [(item, plot.position(mine[-1])[1]) for item, mine in items.items()], right)
    axis(sheet, {plot.position(row)[0]: period_of(row) for row in sorted(rows, key=when)}, top + HIGH + 14, (0, width))
    return sheet.chart(top + HIGH + 30)


def _mark(sheet: Sheet, position: tuple[float, float], number: int, words: str, href: str, value: float) -> None:
    x, y = position
    sheet.point(x, y, SHAPES[number % 6], HUES[number % 6], 90, "", words, href, value=value)
    sheet.take(Box(x - 7, y - 7, x + 7, y + 7))


def _key(sheet: Sheet, items: Sequence[str]) -> float:
    """The names of the items with their symbols, one under the other; gives what they need in px."""
    for number, item in enumerate(items):
        sheet.point(8, 9 + 20 * number, SHAPES[number % 6], HUES[number % 6], 90)
        sheet.text(20, 9 + 20 * number, cut(item, sheet.width - 22), colour=INK)
    return 20 * len(items) + 6


def numbers(sheet: Sheet, values: Sequence[tuple[tuple[float, float], str]], zero: float, ends: tuple[float, float]) -> None:
    """Write numbers beside their marks, the first before others, where they cover nothing, nor the line of zero; the table has all."""
    for (x, y), shown in values:
        half = length(shown, bold=True) / 2
        inwards = min(max(x, ends[0] + half), ends[1] - half) - x
        around: tuple[tuple[Align, float, float], ...] = (
            ("center", 0, -AWAY),
            ("center", 0, AWAY),
            ("left", 10, 0),
            ("right", -10, 0),
            ("center", inwards, -AWAY),
            ("center", inwards, AWAY),
        )
        for align, across, down in around:
            box = text_box(x + across, y + down, shown, align, bold=True)
            if sheet.free(box) and not box.top < zero < box.bottom and ends[0] <= box.left and box.right <= ends[1]:
                sheet.text(x + across, y + down, shown, align, bold=True, colour=INK)
                break


def _names(sheet: Sheet, items: Sequence[tuple[str, float]], right: float) -> None:
    """The name of each item beside its last mark, moved down where it would cover another."""
    free = 0.0
    for item, y in sorted(items, key=lambda pair: (pair[1], pair[0])):
        words = lines(item, NAMES - 12, 2)
        first = max(y - LINE * (len(words) - 1) / 2, free)
        for number, line in enumerate(words):
            sheet.text(right + SIDE + 12, first + LINE * number, line, colour=INK)
        free = first + LINE * len(words) + 2


def axis(sheet: Sheet, periods: dict[float, str], y: float, ends: tuple[float, float]) -> None:
    """Write periods under their marks, the first and the last before those between, as far as there is room between the ends."""
    for x in [*dict.fromkeys([min(periods), max(periods), *periods])]:
        half = length(periods[x]) / 2
        across = min(max(x, ends[0] + half), ends[1] - half)
        box = text_box(across, y, periods[x], "center")
        if sheet.free(box._replace(left=max(box.left - 5, ends[0]), right=min(box.right + 5, ends[1]))):
            sheet.text(across, y, periods[x], "center")


HEAD, LOW, FOOT, BETWEEN, BORDER = 38, 56, 32, 24, 10
"""Room above the values of an item, their height, room below them, between two columns, and beside the values, in px."""

MANY, SMALL, LARGE = 12, 14, 50
"""Of so many marks or items none is large, nor has a phone a column of them; area of a small and a large mark, in square px."""


def small_lines(book: Book, rows: Sequence[FigureRow], link: Link, width: int) -> alt.TopLevelLayerSpec:
    """Draw a line for each item in a small picture of its own, as `line_chart` draws them in one."""
    sheet, items = Sheet(width), by_item(rows)
    columns = 1 if sheet.narrow and len(items) <= MANY else 2
    wide, step = (width - BETWEEN * (columns - 1)) / columns, HEAD + LOW + FOOT
    for position, (item, mine) in enumerate(items.items()):
        left, top = (position % columns) * (wide + BETWEEN), position // columns * step
        sheet.text(left, top + 9, cut(item, wide, bold=True), bold=True, colour=INK)
        _panel(sheet, Plot.of(rows, Box(left + BORDER, top + HEAD, left + wide - BORDER, top + HEAD + LOW)), book, mine, link)
    return sheet.chart(step * -(-len(items) // columns))


def _panel(sheet: Sheet, plot: Plot, book: Book, rows: Sequence[FigureRow], link: Link) -> None:
    """The values of one item; its first and last, highest and lowest with their numbers."""
    zero, ends = plot.down(0), (plot.box.left - BORDER, plot.box.right + BORDER)
    sheet.rule(ends[0], zero, ends[1], zero, NEUTRAL)
    plot.line(sheet, rows, HUES[0])
    for row in rows:
        x, y = plot.position(row)
        area = SMALL if len(plot.periods) > MANY else LARGE
        sheet.point(x, y, "circle", HUES[0], area, "", row_words(book, row), link(row.id), value=row.value)
        sheet.take(Box(x - 3, y - 3, x + 3, y + 3))
    named = [rows[-1], rows[0], *(extreme(rows, key=lambda row: row.value) for extreme in (max, min))]
    numbers(sheet, [(plot.position(row), quantity(book, row)) for row in dict.fromkeys(named)], zero, ends)
    axis(sheet, {plot.position(row)[0]: period_of(row) for row in (rows[0], rows[-1])}, plot.box.bottom + AWAY, ends)
