"""Every event of one relationship: when it was, how it was scored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import date_words, dates, indices
from macros.book import Book, Volume
from macros.charts import _days, _labels
from macros.charts._drawing import Drawing, Link, Links, Words, drawing
from macros.charts._event_words import finding, layers, made, reading, sentence
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet, choice_of_sign
from macros.charts._theme import INK, NEUTRAL, hue, triangle
from macros.comparison import Scored
from macros.fields import Score, exact, size
from macros.language import gettext
from macros.model import Event, Incident
from macros.words import colon, signed

LEFT, UNIT, TALLEST, LEAST = 30, 16, 120, 3
"""Room for the numbers of the axis, greatest height of a point, of all blocks of a day, and least of a block, in px."""

NAMED, TRACK, TEXT = 4, 9, 17
"""How many events are named in words on either side; height of the line of a long event, and of its words, in px."""


class Mark(NamedTuple):
    """One event in the picture: its days, score, words and address."""

    begin: int
    end: int
    score: Score
    event: str
    words: str
    href: str
    hue: str

    @property
    def lasting(self) -> bool:
        """Whether it lasted longer than a day."""
        return self.end - self.begin > 1


class Strip(NamedTuple):
    """Where the days stand: left end, px of a day, px of a point."""

    left: float
    day: float
    point: float

    def middle(self, mark: Mark) -> float:
        """Where the middle of an event stands."""
        return self.left + (mark.begin + mark.end) / 2 * self.day

    def height(self, mark: Mark) -> float:
        """How tall the block of an event is."""
        return max(LEAST, abs(float(mark.score)) * self.point)


def draw(book: Book, volume: Volume, links: Links, relationship: str) -> Drawing:
    """A strip of days with a block for each event, up or down by its sign; above it a line for each that lasted.

    Args:
        links: Where the marks lead: to the event.
        relationship: Id of a relationship, or of a security index.

    Raises:
        NothingToDraw: The publication has no events of that relationship.
    """
    rows, label, period = _days.rows_of(book, volume, relationship)
    scale = indices.scale_of(book, relationship)
    marks = [_mark(row, score, period, partial(links.row, volume), scale.sign) for row, score in rows]
    weighed = scale.plain_sum and not scale.one_sided
    claim = finding(label, rows) if weighed else made(label, rows, indices.index(book, volume, relationship))
    words = Words(
        gettext("Events: %(label)s", label=label),
        claim,
        reading(label, date_words.human(period), any(mark.lasting for mark in marks)),
        sentence(rows, scale),
        layers(rows),
    )
    return drawing(
        f"events-{relationship}",
        words,
        _table(rows),
        lambda width: _picture(marks, period, width),
        [row.id for row, _ in rows],
        [mark.href for mark in marks],
    )


def _table(rows: Sequence[Scored]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            gettext("Date"): [date_words.human(row.date) for row, _ in rows],
            gettext("Event"): [row.event for row, _ in rows],
            gettext("Score"): [signed(score) for _, score in rows],
        }
    )


def _mark(row: Event | Incident, score: Score, period: dates.Period, link: Link, sign: int) -> Mark:
    begin, end = _days.stretch(row, period)
    return Mark(
        begin, end, score, row.event, colon(date_words.human(row.date), f"{row.event} ({signed(score)})"), link(row.id), hue(score, sign)
    )


def _picture(marks: Sequence[Mark], period: dates.Period, width: int) -> alt.TopLevelLayerSpec:
    sheet = Sheet(width)
    single, lasting = [mark for mark in marks if not mark.lasting], [mark for mark in marks if mark.lasting]
    sums = {sign: _sums(single, sign) for sign in (1, -1)}
    point = min(UNIT, TALLEST / float(max((*sums[1].values(), *sums[-1].values()), default=0) or 1))
    left = max(LEFT, *(length(signed(sign * max(totals.values(), default=0))) + 8 for sign, totals in sums.items()))
    strip = Strip(left, (width - left - 8) / period.days, point)
    top = _lines(sheet, sorted(lasting, key=lambda mark: (mark.begin, -mark.end)), strip)
    hung = {sign: _named(single, strip, sign, width) for sign in (1, -1)}
    tall = {sign: max(_stacks(single, strip, sign).values(), default=0) for sign in (1, -1)}
    even = max((sum(mark.score == 0 for mark in single if mark.begin == day) for day in range(period.days)), default=0) * TRACK
    zero = top + _labels.height(hung[1]) + max(tall[1], 10)
    bottom = zero + even + max(tall[-1], 10) + _labels.height(hung[-1]) + 4
    _days.axis(sheet, period, left, width - 8, (top, bottom))
    _blocks(sheet, single, strip, zero, even)
    for sign in (1, -1):
        edge = zero - tall[1] if sign > 0 else zero + even + tall[-1]
        _labels.write(sheet, hung[sign], zero + even * (sign < 0), edge, up=sign > 0)
        if most := max(sums[sign].values(), default=0):
            sheet.text(left - 6, edge + (6 if sign > 0 else -6), signed(exact(sign * most)), "right")
    sheet.rule(left, zero, width - 8, zero, NEUTRAL)
    if len({mark.score > 0 for mark in marks}) > 1:
        sheet.choices.append(choice_of_sign(gettext("Events")))
    return sheet.chart(bottom + 22)


def _sums(marks: Sequence[Mark], sign: int) -> dict[int, Score]:
    """Points of each day, of one sign."""
    return {mark.begin: sum(size(other.score) for other in marks if other.begin == mark.begin and other.score * sign > 0) for mark in marks}


def _stacks(marks: Sequence[Mark], strip: Strip, sign: int) -> dict[int, float]:
    """Height of the blocks of each day, of one sign."""
    heights: dict[int, float] = {}
    for mark in marks:
        if mark.score * sign > 0:
            heights[mark.begin] = heights.get(mark.begin, 0) + strip.height(mark)
    return heights


def _named(marks: Sequence[Mark], strip: Strip, sign: int, width: int) -> list[_labels.Hung]:
    """The strongest events of one sign in words, as far as there is room."""
    strongest = _strongest([mark for mark in marks if mark.score * sign > 0])
    most = 165 if width < 480 else 230
    stacks = _stacks(marks, strip, sign)
    wanted = [_labels.Label(strip.middle(mark), -sign * stacks[mark.begin], f"{signed(mark.score)} {mark.event}") for mark in strongest]
    return _labels.hang(wanted, (strip.left, width), most)


def _strongest(marks: Sequence[Mark]) -> list[Mark]:
    """The few strongest, all of one score or none of it; where more than a few are the strongest, the first of them."""
    ordered = sorted(marks, key=lambda mark: (-size(mark.score), mark.begin))
    cut_off = {mark.score for mark in ordered[NAMED:]} & {mark.score for mark in ordered[:NAMED]}
    whole = [mark for mark in ordered[:NAMED] if mark.score not in cut_off]
    return whole or ordered[:NAMED]


def _blocks(sheet: Sheet, marks: Sequence[Mark], strip: Strip, zero: float, even: float) -> None:
    """A block for each event of one day, those of a day on each other; a dot under the line for a score of 0."""
    ends: dict[tuple[int, int], float] = {}
    thick = min(max(strip.day - 1, 2), 16)
    for mark in marks:
        sign = (mark.score > 0) - (mark.score < 0)
        x, begin = strip.middle(mark), ends.get((mark.begin, sign), even if sign < 0 else 0)
        high = strip.height(mark) if sign else TRACK
        ends[mark.begin, sign] = begin + high
        if sign:
            near, far = zero - sign * begin, zero - sign * (begin + high - min(1, high / 4))
            box = Box(x - thick / 2, min(near, far), x + thick / 2, max(near, far))
            sheet.bar(box, mark.hue, mark.words, mark.href, score=mark.score)
        else:
            sheet.point(x, zero + begin + TRACK / 2, "circle", NEUTRAL, 26, "", mark.words, mark.href, score=0)


class Line(NamedTuple):
    """The line of an event that lasted: where it begins and ends in px, and its words with where they begin."""

    mark: Mark
    begin: float
    end: float
    words: str
    left: float

    @property
    def reach(self) -> tuple[float, float]:
        """Between which places it takes room."""
        return min(self.begin, self.left), max(self.end, self.left + length(self.words)) + 8


def _line(mark: Mark, strip: Strip, width: int, named: bool) -> Line:
    """A line with its words above it, to the right of its begin or, where there is more room, to the left of its end."""
    begin = strip.left + mark.begin * strip.day
    end = max(strip.left + mark.end * strip.day, begin + 6)
    room = max(width - begin - 8, end - strip.left)
    words = cut(f"{signed(mark.score)} {mark.event}", room) if named else ""
    left = begin if width - begin - 8 >= min(room, length(words)) else end - length(words)
    return Line(mark, begin, end, words, left)


def _lines(sheet: Sheet, marks: Sequence[Mark], strip: Strip) -> float:
    """A thin line for each event that lasted, the strongest with their words; gives where they end, in px from the top."""
    named = _strongest(marks)
    tracks: list[list[Line]] = []
    for mark in marks:
        line = _line(mark, strip, sheet.width, mark in named)
        free = (track for track in tracks if bool(track[0].words) == bool(line.words) and track[-1].reach[1] <= line.reach[0])
        track = next(free, None)
        if track is None:
            tracks.append([line])
        else:
            track.append(line)
    y = 0.0
    for track in tracks:
        y += TRACK + (TEXT if track[0].words else 0)
        for line in track:
            sheet.text(line.left, y - TRACK - 8, line.words, colour=INK)
            sheet.bar(Box(line.begin, y - 7.5, line.end, y - 4.5), line.mark.hue, line.mark.words, line.mark.href, score=line.mark.score)
            sheet.point((line.begin + line.end) / 2, y - 6, triangle(line.mark.score), line.mark.hue, 40, score=line.mark.score)
    return y + (8 if tracks else 0)
