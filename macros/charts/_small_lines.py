"""Values over time of more items than colours and shapes tell apart: a small picture for each, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from macros.book import Book
from macros.charts._drawing import Link
from macros.charts._letters import cut
from macros.charts._lines import AWAY, Plot, axis, by_item, numbers, period_of, row_words
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import HUES, INK, NEUTRAL
from macros.model import FigureRow
from macros.words import quantity

HEAD, HIGH, FOOT, BETWEEN, SIDE = 38, 56, 32, 24, 10
"""Room above the values of an item, their height, room below them, between two columns, and beside the values, in px."""

MANY, SMALL, LARGE = 12, 14, 50
"""Of so many marks or items none is large, nor has a phone a column of them; area of a small and a large mark, in square px."""


def small_lines(book: Book, rows: Sequence[FigureRow], link: Link, width: int) -> alt.TopLevelLayerSpec:
    """Draw a line for each item in a small picture of its own, as `line_chart` draws them in one."""
    sheet, items = Sheet(width), by_item(rows)
    columns = 1 if sheet.narrow and len(items) <= MANY else 2
    wide, step = (width - BETWEEN * (columns - 1)) / columns, HEAD + HIGH + FOOT
    for position, (item, mine) in enumerate(items.items()):
        left, top = (position % columns) * (wide + BETWEEN), position // columns * step
        sheet.text(left, top + 9, cut(item, wide, bold=True), bold=True, colour=INK)
        _panel(sheet, Plot.of(rows, Box(left + SIDE, top + HEAD, left + wide - SIDE, top + HEAD + HIGH)), book, mine, link)
    return sheet.chart(step * -(-len(items) // columns))


def _panel(sheet: Sheet, plot: Plot, book: Book, rows: Sequence[FigureRow], link: Link) -> None:
    """The values of one item; its first and last, highest and lowest with their numbers."""
    zero, ends = plot.down(0), (plot.box.left - SIDE, plot.box.right + SIDE)
    sheet.rule(ends[0], zero, ends[1], zero, NEUTRAL)
    plot.line(sheet, rows, HUES[0])
    for row in rows:
        x, y = plot.position(row)
        area = SMALL if len(plot.periods) > MANY else LARGE
        sheet.point(x, y, "circle", HUES[0], area, "", row_words(book, row), link(row.id), value=row.value)
        sheet.taken.append(Box(x - 3, y - 3, x + 3, y + 3))
    named = [rows[-1], rows[0], *(extreme(rows, key=lambda row: row.value) for extreme in (max, min))]
    numbers(sheet, [(plot.position(row), quantity(book, row)) for row in dict.fromkeys(named)], zero, ends)
    axis(sheet, {plot.position(row)[0]: period_of(row) for row in (rows[0], rows[-1])}, plot.box.bottom + AWAY, ends)
