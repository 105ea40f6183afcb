"""One index over the issues: the parts of which the charts of history are made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from macros.book import Book
from macros.charts._drawing import Links
from macros.charts._letters import cut, length
from macros.charts._sheet import Align, Box, Sheet, text_box
from macros.charts._theme import GRID, INK, NEUTRAL, PAPER, REST
from macros.fields import Score
from macros.indices import Known
from macros.language import N_, gettext
from macros.words import issue_name, issue_period, signed

HOW = {True: N_("computed from the catalogue"), False: N_("stated by the issue")}
"""How a value is known, by whether it is computed here."""
OPEN = 5
"""How many points long a band without a limit is drawn."""

SIDE, AWAY, STEPS, WIDE = 14, 14, 12, 5
"""Room left and right of the first and the last issue, and between a mark and its number, in px; the most steps of a line; how
far apart two issues must be for both to have a mark, in px."""


class Mark(NamedTuple):
    """What is known of an index in one issue: a value, or only the band in which it lies."""

    issue: int
    number: str
    last: int
    value: Score | None
    low: Score
    high: Score
    shape: str
    fill: str
    shown: str
    words: str
    href: str

    @property
    def middle(self) -> float:
        """The value, or the middle of the band."""
        return float(self.low + self.high) / 2


def marks(book: Book, links: Links, series: str, entries: Sequence[Known]) -> list[Mark]:
    """One mark for each issue in which something is known; of an issue that is not held here it leads to the page that states it."""
    pages = {(stated.issue, stated.series): stated.source_url for stated in book.published_indices}
    issues = {issue.publication.number: issue for issue in book.issues}
    index_marks = []
    for entry in entries:
        if entry.value is None and entry.band is None:
            continue
        href = links.section(issues[entry.issue], series) if entry.computed else pages.get((entry.issue, series), "")
        words = gettext(
            "№ %(number)s, %(period)s: %(value)s (%(how)s)",
            number=entry.number,
            period=issue_period(book, entry.issue),
            value=_what(entry),
            how=gettext(HOW[entry.computed]),
        )
        index_marks.append(_mark(entry, words, href or ""))
    return index_marks


def _what(entry: Known) -> str:
    band = entry.band.label if entry.band else ""
    if entry.value is None:
        return gettext("%(band)s, value not stated", band=band)
    return f"{signed(entry.value)} {band}".strip()


def _mark(entry: Known, words: str, href: str) -> Mark:
    """Place and symbol; where only the band is known, its whole length and its symbol."""
    at = entry.issue, entry.number, max(entry.last, entry.issue)
    if entry.value is not None or entry.band is None:
        value = entry.value or 0
        shape, fill = ("circle", INK) if entry.computed else ("diamond", PAPER)
        return Mark(*at, value, value, value, shape, fill, signed(value), words, href)
    band = entry.band
    low = band.lowest if band.lowest is not None else (band.highest or 0) - OPEN + 1
    high = band.highest if band.highest is not None else (band.lowest or 0) + OPEN - 1
    return Mark(*at, None, low, high, band.shape, band.colour, band.label, words, href)


def panel(sheet: Sheet, box: Box, index_marks: Sequence[Mark], span: tuple[int, int], reach: tuple[Score, Score]) -> None:
    """Draw one index over the issues of a span, its values between those of a reach; the numbers of the issues stand below the box."""
    step = (box.right - box.left - 2 * SIDE) / max(span[1] - span[0], 1)
    px = (box.bottom - box.top) / (float(reach[1] - reach[0]) or 1)

    def x(issue: int) -> float:
        return box.left + SIDE + (issue - span[0]) * step

    def y(value: Score | float) -> float:
        return box.top + (float(reach[1]) - float(value)) * px

    sheet.rule(box.left, y(0), box.right, y(0), NEUTRAL)
    sheet.rule(box.left, box.bottom + 10, box.right, box.bottom + 10, GRID)
    runs = _runs(index_marks)
    for run in runs:
        _line(sheet, [(x(mark.issue), y(mark.middle)) for mark in run])
    drawn = index_marks if step >= WIDE else _ends(runs)
    positions = [(mark, x(mark.issue), y(mark.middle)) for mark in drawn]
    for mark, across, down in positions:
        if mark.low < mark.high:
            sheet.rule(across, y(mark.high), across, y(mark.low), REST, 7)
            sheet.take(Box(across - 4, y(mark.high), across + 4, y(mark.low)))
        sheet.point(across, down, mark.shape, mark.fill, 60, INK, mark.words, mark.href, issue=mark.issue, value=mark.value)
        sheet.take(Box(across - 6, down - 6, across + 6, down + 6))
    _numbers(sheet, positions, y(0), (box.left, box.right))
    _axis(sheet, [(mark, across) for mark, across, _ in positions], box)


def _runs(index_marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks of neighbouring issues, which a line joins; what is known of as a band only stands alone."""
    runs: list[list[Mark]] = []
    for mark in index_marks:
        before = runs[-1][-1] if runs else None
        if before and mark.value is not None and before.value is not None and mark.issue == before.last + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def _ends(runs: Sequence[Sequence[Mark]]) -> list[Mark]:
    """The marks that say more than the lines do: the first and the last of each, and the lowest and the highest of all."""
    every = [mark for run in runs for mark in run]
    chosen = {mark.issue for run in runs for mark in (run[0], run[-1])}
    chosen |= {pick(every, key=lambda mark: mark.middle).issue for pick in (min, max)}
    return [mark for mark in every if mark.issue in chosen]


def _line(sheet: Sheet, points: Sequence[tuple[float, float]]) -> None:
    """A line through marks; what it crosses is taken, in steps."""
    if len(points) > 1:
        sheet.line(points)
    for begin, end in pairwise(points):
        steps = min(STEPS, 1 + int(max(abs(end[0] - begin[0]), abs(end[1] - begin[1])) / 4))
        for step in range(steps + 1):
            x, y = (first + (last - first) * step / steps for first, last in zip(begin, end, strict=True))
            sheet.take(Box(x - 2, y - 2, x + 2, y + 2))


def _numbers(sheet: Sheet, positions: Sequence[tuple[Mark, float, float]], zero: float, ends: tuple[float, float]) -> None:
    """Values beside their marks, the last and the extremes first; none on the line of zero or on another."""
    order = sorted(positions, key=lambda position: (position[0] is not positions[-1][0], -abs(position[0].middle), position[0].issue))
    line = Box(ends[0], zero - 2, ends[1], zero + 2)
    for mark, x, y in order:
        for align, across, down in _around(x, y):
            box = text_box(across, down, mark.shown, align, bold=True)
            if ends[0] <= box.left and box.right <= ends[1] and not box.meets(line) and sheet.free(box):
                sheet.text(across, down, mark.shown, align, bold=True, colour=INK)
                break


def _around(x: float, y: float) -> list[tuple[Align, float, float]]:
    """Where words beside a mark may stand: above, below, left, right."""
    return [("center", x, y - AWAY), ("center", x, y + AWAY), ("right", x - 9, y), ("left", x + 9, y)]


def _axis(sheet: Sheet, positions: Sequence[tuple[Mark, float]], box: Box) -> None:
    """The numbers of the issues of which something is known, the last first, as far as they have room."""
    for mark, x in sorted(
        positions, key=lambda position: (position is not positions[-1], position is not positions[0], -position[0].issue)
    ):
        name = issue_name(mark.number)
        wide = length(name) / 2
        across, y = min(max(x, box.left + wide), box.right - wide), box.bottom + 20
        if sheet.free(Box(max(across - wide - 4, box.left), y - 6, min(across + wide + 4, box.right), y + 6)):
            sheet.text(across, y, name, "center")
            sheet.rule(x, box.bottom + 8, x, box.bottom + 12, NEUTRAL)


def title(sheet: Sheet, x: float, y: float, name: str, room: float) -> None:
    """The name of a panel."""
    sheet.text(x, y, cut(name, room, bold=True), bold=True, colour=INK)
