"""Words beside the marks that they explain: in rows above or below the marks, never over each other.

A label hangs at a thin line that leads to its mark. Left of the line or right of it its words stand; no
line of another label runs through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.charts._letters import LINE, length, lines
from macros.charts._sheet import Align, Sheet
from macros.charts._theme import INK, NEUTRAL

LEAST, GAP, MOST = 96, 6, 3
"""Least width of a label, room between it and its line, in px; most lines of its words."""


@dataclass(frozen=True)
class Label:
    """Words for a mark at x, whose line ends at `tip` below the line of zero, both in px."""

    x: float
    tip: float
    text: str


@dataclass(frozen=True)
class Hung:
    """A label in its row: its lines of words, and where they stand."""

    label: Label
    row: int
    align: Align
    lines: list[str]
    left: float
    right: float


def hang(wanted: Iterable[Label], ends: tuple[float, float], most: float) -> list[Hung]:
    """Give labels rows, those named first before others; one that has no room is left out.

    Args:
        ends: Between which places of the picture words may stand, in px from the left.
        most: Greatest width of a label in px.

    Returns:
        The labels that have room; row 0 is the one nearest to the marks.
    """
    hung: list[Hung] = []
    for label in wanted:
        tries = (option for row in range(len(hung) + 1) for option in _options(label, row, ends, most))
        if chosen := next((option for option in tries if _fits(option, hung)), None):
            hung.append(chosen)
    return hung


def _options(label: Label, row: int, ends: tuple[float, float], most: float) -> Iterable[Hung]:
    """The label right of its line and left of it, where it has room there; first where it has more."""
    sides: Sequence[tuple[Align, float]] = (("left", ends[1] - label.x - GAP), ("right", label.x - GAP - ends[0]))
    for align, room in sorted(sides, key=lambda side: -min(side[1], most)):
        if room >= LEAST:
            words = lines(label.text, min(room, most), MOST)
            wide = max((length(line) for line in words), default=0) + GAP
            left = label.x if align == "left" else label.x - wide
            yield Hung(label, row, align, words, left, left + wide)


def _fits(option: Hung, hung: Sequence[Hung]) -> bool:
    """Whether its words are free of the words of its row, and no line runs through words."""
    for other in hung:
        if other.row == option.row and option.left < other.right + GAP and other.left < option.right + GAP:
            return False
        if other.row < option.row and other.left - 3 < option.label.x < other.right + 3:
            return False
        if other.row > option.row and option.left - 3 < other.label.x < option.right + 3:
            return False
    return True


def height(hung: Sequence[Hung]) -> float:
    """What the rows of labels need, in px."""
    return sum(_heights(hung)) + (GAP if hung else 0)


def _heights(hung: Sequence[Hung]) -> list[float]:
    rows = max((label.row for label in hung), default=-1) + 1
    return [max((len(label.lines) for label in hung if label.row == row), default=0) * LINE + GAP for row in range(rows)]


def write(sheet: Sheet, hung: Sequence[Hung], zero: float, edge: float, up: bool) -> None:
    """Draw labels in their rows above (`up`) or below the edge where the marks end; it and the line of zero are in px from the top."""
    heights = _heights(hung)
    for label in hung:
        near, high = GAP + sum(heights[: label.row]), LINE * len(label.lines)
        first = edge - near - high if up else edge + near
        sheet.rule(label.label.x, zero + label.label.tip, label.label.x, first if up else first + high, NEUTRAL)
        for number, line in enumerate(label.lines):
            x = label.label.x + (GAP if label.align == "left" else -GAP)
            sheet.text(x, first + LINE * (number + 0.5), line, label.align, colour=INK)
