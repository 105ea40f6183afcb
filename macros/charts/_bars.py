"""Horizontal bars with their names and numbers: beside each other where there is room, under each other on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import INK, NEUTRAL, POSITIVE, SOFT

THICK, GAP, NAME = 14, 10, 4
"""Thickness of a bar, room between two, in px; most lines of a name."""


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        value: Length of the bar; None: only its words are shown, for a number that no row states.
        shown: The number as readers see it.
        words: The whole row in words, for the tooltip and for screen readers.
        href: Where the bar leads; nothing for a bar that stands for no row.
        heading: Heading of a new group, above this bar.
    """

    name: str
    value: Decimal | None
    shown: str
    words: str
    href: str
    colour: str = POSITIVE
    heading: str = ""


def bar_chart(bars: Sequence[Bar], width: int) -> alt.TopLevelLayerSpec:
    """Draw one bar or more, in the order given."""
    sheet = Sheet(width)
    side = 0.0 if sheet.narrow else min(max(length(bar.name) for bar in bars) + 12, width * 0.42)
    shown = [cut(bar.shown, width * 0.4, bold=True) for bar in bars]
    values = [float(bar.value or 0) for bar in bars]
    least, most = min(0.0, *values), max(0.0, *values)
    room = width - side - max(length(text, bold=True) for text in shown) - 14
    scale = room / ((most - least) or 1)
    zero, y = side + 2 - least * scale, 0.0
    for bar, text in zip(bars, shown, strict=True):
        for line in lines(bar.heading, width, 2, bold=True):
            sheet.text(0, y + LINE, line, bold=True, colour=SOFT)
            y += LINE
        y = _row(sheet, bar, text, y + (8 if bar.heading else 0), (side, zero, scale))
    return sheet.chart(y)


def _row(sheet: Sheet, bar: Bar, shown: str, top: float, axis: tuple[float, float, float]) -> float:
    """One bar with its words; gives where the next begins, in px from the top."""
    side, zero, scale = axis
    name = lines(bar.name, (side or sheet.width) - 12, NAME)
    for number, line in enumerate(name):
        sheet.text(2, top + LINE * (number + 0.5) + GAP / 2, line, colour=INK)
    high = LINE * len(name)
    middle = top + GAP / 2 + (max(high, THICK) / 2 if side else high + 2 + THICK / 2)
    end = zero + float(bar.value or 0) * scale
    if bar.value is not None:
        sheet.bar(Box(min(zero, end), middle - THICK / 2, max(zero, end, min(zero, end) + 1), middle + THICK / 2), bar.colour)
        sheet.rule(zero, middle - THICK / 2 - 4, zero, middle + THICK / 2 + 4, NEUTRAL)
    sheet.text(max(zero, end) + 6, middle, shown, bold=True, colour=INK)
    bottom = max(top + GAP + high, middle + THICK / 2 + GAP / 2)
    values = {"name": bar.name, "value": None if bar.value is None else float(bar.value)}
    sheet.area(Box(0, top, sheet.width, bottom), bar.words, bar.href, **values)
    return bottom
