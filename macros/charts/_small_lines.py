"""Values over time of more items than colours and shapes tell apart: a small picture for each, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import altair as alt

from macros.book import Book
from macros.charts._drawing import Link
from macros.charts._letters import cut
from macros.charts._lines import AWAY, axis, numbers, period_of, row_words, when
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import HUES, INK, NEUTRAL
from macros.model import FigureRow
from macros.words import quantity

HEAD, HIGH, FOOT, BETWEEN, SIDE = 38, 56, 32, 24, 10
"""Room above the values of an item, their height, room below them, between two columns, and beside the values, in px."""

MANY, SMALL, LARGE = 12, 14, 50
"""Of so many marks or items none is large, nor has a phone a column of them; area of a small and a large mark, in square px."""


def small_lines(book: Book, rows: Sequence[FigureRow], link: Link, width: int) -> alt.TopLevelLayerSpec:
    """Draw a line for each item in a small picture of its own, as `line_chart` draws them in one.

    Args:
        book: The book, for the words.
        rows: Rows of one unit, each with a period.
        link: Where the marks lead: to the row.
        width: Width of the picture in px.

    Returns:
        The chart.
    """
    sheet, items = Sheet(width), list(dict.fromkeys(row.item for row in rows))
    columns = 1 if sheet.narrow and len(items) <= MANY else 2
    wide, step = (width - BETWEEN * (columns - 1)) / columns, HEAD + HIGH + FOOT
    reach = min(0.0, *(float(row.value) for row in rows)), max(0.0, *(float(row.value) for row in rows))
    periods = sorted({when(row) for row in rows})
    for position, item in enumerate(items):
        left, top = (position % columns) * (wide + BETWEEN), position // columns * step
        sheet.text(left, top + 9, cut(item, wide, bold=True), bold=True, colour=INK)
        mine = sorted((row for row in rows if row.item == item), key=when)
        _panel(sheet, Box(left, top + HEAD, left + wide, top + HEAD + HIGH), (book, mine, link), periods, reach)
    return sheet.chart(step * -(-len(items) // columns))


def _panel(
    sheet: Sheet,
    box: Box,
    item: tuple[Book, Sequence[FigureRow], Link],
    periods: Sequence[tuple[int, int]],
    reach: tuple[float, float],
) -> None:
    """The values of one item, broken where one is not stated; its first and last, highest and lowest with their numbers."""
    book, rows, link = item
    begin, end = sum(periods[0]) / 2, sum(periods[-1]) / 2

    def position(row: FigureRow) -> tuple[float, float]:
        across = box.left + SIDE + (sum(when(row)) / 2 - begin) * (box.right - box.left - 2 * SIDE) / ((end - begin) or 1)
        return across, box.top + (reach[1] - float(row.value)) * HIGH / ((reach[1] - reach[0]) or 1)

    zero = box.top + reach[1] * HIGH / ((reach[1] - reach[0]) or 1)
    sheet.rule(box.left, zero, box.right, zero, NEUTRAL)
    for first, second in pairwise(rows):
        if periods.index(when(second)) == periods.index(when(first)) + 1:
            sheet.line([position(first), position(second)], HUES[0])
    area = SMALL if len(periods) > MANY else LARGE
    for row in rows:
        x, y = position(row)
        sheet.point(x, y, "circle", HUES[0], area, "", row_words(book, row), link(row.id), value=row.value)
        sheet.take(Box(x - 3, y - 3, x + 3, y + 3))
    named = [rows[-1], rows[0], *(extreme(rows, key=lambda row: row.value) for extreme in (max, min))]
    numbers(sheet, [(position(row), quantity(book, row)) for row in dict.fromkeys(named)], zero, (box.left, box.right))
    axis(sheet, {position(row)[0]: period_of(row) for row in (rows[0], rows[-1])}, box.bottom + AWAY, (box.left, box.right))
