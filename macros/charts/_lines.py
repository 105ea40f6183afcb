"""Values over time, with a line, a colour and a shape for each item, and its name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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


def line_chart(book: Book, rows: Sequence[FigureRow], link: Link, width: int) -> alt.TopLevelLayerSpec:
    """Draw the rows; a line is broken where its value in between is not stated.

    Args:
        rows: Rows of one unit, each with a period.
        link: Where the marks lead: to the row.
    """
    sheet = Sheet(width)
    items = list(dict.fromkeys(row.item for row in rows))
    beside = not sheet.narrow
    top = TOP + (0 if beside else _key(sheet, items))
    right = width - SIDE - (NAMES if beside else 0)
    periods = sorted({when(row) for row in rows})
    ends = sum(periods[0]) / 2, sum(periods[-1]) / 2
    reach = min(0.0, *(float(row.value) for row in rows)), max(0.0, *(float(row.value) for row in rows))

    def position(row: FigureRow) -> tuple[float, float]:
        across = SIDE + (sum(when(row)) / 2 - ends[0]) * (right - SIDE) / ((ends[1] - ends[0]) or 1)
        return across, top + (reach[1] - float(row.value)) * HIGH / ((reach[1] - reach[0]) or 1)

    zero = top + reach[1] * HIGH / ((reach[1] - reach[0]) or 1)
    sheet.rule(0, zero, right + SIDE, zero, NEUTRAL)
    lasts = []
    for number, item in enumerate(items):
        mine = sorted((row for row in rows if row.item == item), key=when)
        lasts.append((item, position(mine[-1])[1]))
        for first, second in pairwise(mine):
            if periods.index(when(second)) == periods.index(when(first)) + 1:
                sheet.line([position(first), position(second)], HUES[number % 6])
        for row in mine:
            _mark(sheet, position(row), number, row_words(book, row), link(row.id), float(row.value))
    numbers(sheet, [(position(row), quantity(book, row)) for row in sorted(rows, key=lambda row: -abs(row.value))], zero, (0, right + SIDE))
    if beside:
        _names(sheet, lasts, right)
    axis(sheet, {position(row)[0]: period_of(row) for row in sorted(rows, key=when)}, top + HIGH + 14, (0, width))
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
    """Write numbers beside their marks where they cover nothing; the table has all of them.

    Args:
        sheet: The picture.
        values: Place and number of each mark, the most important first.
        zero: Where the line of zero runs, in px from the top.
        ends: Between which places numbers may stand, in px from the left.
    """
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
    """Write periods under their marks, the first and the last before those between, as far as there is room.

    Args:
        sheet: The picture.
        periods: Where each mark stands, in px from the left, and its period.
        y: Where the words stand, in px from the top.
        ends: Between which places words may stand, in px from the left.
    """
    for x in [*dict.fromkeys([min(periods), max(periods), *periods])]:
        half = length(periods[x]) / 2
        across = min(max(x, ends[0] + half), ends[1] - half)
        box = text_box(across, y, periods[x], "center")
        if sheet.free(box._replace(left=max(box.left - 5, ends[0]), right=min(box.right + 5, ends[1]))):
            sheet.text(across, y, periods[x], "center")
