"""Days of an issue as places on an axis.

A day is a whole number, counted from the first day of the period, so that no time zone can
move a mark: day 3 begins at 3, ends at 4 and has its middle at 3.5.
"""

from __future__ import annotations

import datetime

from macros import date_words, dates, indices
from macros.book import Book, Volume
from macros.charts._drawing import NothingToDraw
from macros.charts._letters import length
from macros.charts._sheet import Sheet
from macros.charts._theme import GRID
from macros.comparison import Scored
from macros.model import Event, Incident

STARTS = ((1, 11, 21), (1, 15), (1,))
"""Days of a month that an axis names, the densest first."""


def rows_of(book: Book, volume: Volume, series: str) -> tuple[list[Scored], str, dates.Period]:
    """The rows that count towards an index of an issue, in order of date, each with its score; its label; the period of the issue.

    Raises:
        NothingToDraw: There is no such series, or the publication has no rows of it.
    """
    label = indices.labels(book).get(series)
    rows = indices.scores_of(book, volume, series)
    if label is None:
        raise NothingToDraw(f"there is no relationship or security index '{series}'")
    if not rows or volume.publication.period is None:
        raise NothingToDraw(f"this publication has no scored events of '{series}'")
    return rows, label, volume.publication.period


def stretch(row: Event | Incident, period: dates.Period) -> tuple[int, int]:
    """Where an event begins and ends, cut to the period: (0, 1) is the first day."""
    first, last = (min(max(day, period.first), period.last) for day in (row.date.first, row.date.last))
    return (first - period.first).days, (last - period.first).days + 1


def axis(sheet: Sheet, period: dates.Period, left: float, right: float, ends: tuple[float, float]) -> None:
    """Draw the days of a period: a thin line and a name for as many as there is room.

    Args:
        left: Where its first day begins, in px.
        right: Where its last day ends.
        ends: Where the lines begin, and where the names stand under them.
    """
    free = 0.0
    for day, name in _named(period, right - left):
        x = left + (day + 0.5) * (right - left) / period.days
        sheet.rule(x, ends[0], x, ends[1])
        if x - length(name) / 2 >= free and x + length(name) / 2 < sheet.width:
            sheet.text(x, ends[1] + 11, name, "center")
            free = x + length(name) / 2 + 6
    sheet.rule(left, ends[1], right, ends[1], GRID)


def _named(period: dates.Period, wide: float) -> list[tuple[int, str]]:
    """The days to name: the densest choice that has room; of many months only as many as have."""
    days = [period.first + datetime.timedelta(days=number) for number in range(period.days)]
    for starts in STARTS:
        named = [(number, date_words.short(day)) for number, day in enumerate(days) if day.day in starts]
        if len(named) * (length(date_words.short(datetime.date(2021, 2, 21))) + 8) <= wide:
            return named
    step = -(-len(named) * (length(date_words.short(datetime.date(2021, 2, 1))) + 8) // wide)
    return named[:: int(step)]
