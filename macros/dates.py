"""Dates as the sources give them: a small subset of EDTF (ISO 8601-2, level 1).

House rule for words: early in a month = days 1-10, mid = 11-20, late = 21 to the end. A day
after `~` is approximate and stands only where such a part of a month begins or ends; as the
end of a longer interval, `~15` is "mid".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(~?)(\d{2}))?)?", re.ASCII)
SUBSET = "2021, 2021-01, 2021-01-04, 2021-02-~10, or two of these joined by /"
PARTS = {1: "early", 11: "mid", 21: "late"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One side of a date: a year, a month, a day, or an approximate day."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Last day."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, first and last included, and the text that it was written as.

    Periods order by (first day, last day).
    """

    text: str
    start: Moment = field(compare=False)
    end: Moment = field(compare=False)

    @property
    def first(self) -> date:
        """First day."""
        return self.start.first

    @property
    def last(self) -> date:
        """Last day."""
        return self.end.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def within(self, other: Period) -> bool:
        """Whether every day of this period is also a day of the other."""
        return other.first <= self.first and self.last <= other.last

    def __lt__(self, other: Period) -> bool:
        return (self.first, self.last) < (other.first, other.last)

    def __str__(self) -> str:
        return self.text


@cache
def parse(text: str) -> Period:
    """Read a date of the subset.

    Args:
        text: For example `2021-01-04` or `2021-01-25/2021-02-~15`.

    Returns:
        The period of days that it means.

    Raises:
        ValueError: The text is no date, outside the subset, or ends before it begins.
    """
    sides = text.split("/")
    if len(sides) > 2:
        raise ValueError(_no_date(text))
    moments = [_moment(side, text) for side in sides]
    start, end = moments[0], moments[-1]
    if len(sides) == 2 and end.last < start.first:
        raise ValueError(f"'{text}' ends before it begins; the earlier day comes first")
    if len(sides) == 1 and start.approximate:
        raise ValueError(f"'{text}' is approximate and needs both ends, such as 2021-02-~01/2021-02-~10 for early February")
    if start.approximate and start.day not in PARTS:
        raise ValueError(f"'{text}' begins on an approximate day; allowed there: ~01, ~11, ~21")
    if end.approximate and end.day not in {10, 15, 20, _length(end)}:
        raise ValueError(f"'{text}' ends on an approximate day; allowed there: ~10, ~15, ~20, ~{_length(end)}")
    return Period(text, start, end)


def _moment(side: str, text: str) -> Moment:
    match = POINT.fullmatch(side)
    if not match:
        raise ValueError(_no_date(text))
    year, month, tilde, day = match.groups()
    moment = Moment(int(year), int(month) if month else None, int(day) if day else None, bool(tilde))
    try:
        _ = moment.first, moment.last
        if 0 in (moment.month, moment.day):
            raise ValueError
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"'{text}' is not in the calendar; check the month and the day") from None
    return moment


def _no_date(text: str) -> str:
    meant = likely(text)
    return f"'{text}' is not a date; {f'did you mean {meant}? ' if meant else ''}allowed: {SUBSET}"


WRITTEN = (
    ("%d.%m.%Y", "%Y-%m-%d"),
    ("%d.%m.%y", "%Y-%m-%d"),
    ("%Y/%m/%d", "%Y-%m-%d"),
    ("%d %B %Y", "%Y-%m-%d"),
    ("%d %b %Y", "%Y-%m-%d"),
    ("%d-%b-%Y", "%Y-%m-%d"),
    ("%d-%b-%y", "%Y-%m-%d"),
    ("%B %d, %Y", "%Y-%m-%d"),
    ("%B %Y", "%Y-%m"),
    ("%b %Y", "%Y-%m"),
    ("%b-%y", "%Y-%m"),
    ("%m.%Y", "%Y-%m"),
    ("%d/%m/%Y", "%Y-%m-%d"),
)
"""How dates are written that have one reading, and the same in the subset."""
SERIAL = re.compile(r"[2-6]\d{4}")
"""A day as spreadsheets count it: from 1954 to 2091."""


def likely(text: str) -> str:
    """The date that somebody meant who wrote it as people or spreadsheets do; nothing where that is not sure."""
    if SERIAL.fullmatch(text):
        return (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    slashed = re.fullmatch(r"(\d+)/(\d+)/\d{4}", text)
    if slashed and int(slashed[1]) <= 12 and slashed[1] != slashed[2]:  # day and month, or month and day
        return ""
    for form, wanted in WRITTEN:
        try:
            return datetime.strptime(text.strip(), form).strftime(wanted)
        except ValueError:
            continue
    return ""


def _length(moment: Moment) -> int:
    return calendar.monthrange(moment.year, moment.month or 12)[1]


def human(period: Period, year: bool = True) -> str:
    """Write a period as people write dates, for example `9–10 February 2021`.

    Args:
        period: The period.
        year: Whether to write the year where both ends share it.

    Returns:
        English text with en dashes.
    """
    start, end = period.start, period.end
    part = _part_of_month(start, end)
    if part:
        return f"{part}{'-' if part == 'mid' else ' '}{_month(start)}" + (f" {start.year}" if year else "")
    if start == end:
        return _words(start, year or start.month is None)
    if start.year != end.year:
        joint = "–" if start.month is None and end.month is None else " – "
        return f"{_words(start, True)}{joint}{_words(end, True)}"
    tail = f" {end.year}" if year else ""
    if start.month == end.month and not (start.approximate or end.approximate) and start.day and end.day:
        return f"{start.day}–{end.day} {_month(end)}{tail}"
    if start.day is None and end.day is None:
        return f"{_month(start)}–{_month(end)}{tail}"
    return f"{_words(start, False)} to {_words(end, False)}{tail}"


def _part_of_month(start: Moment, end: Moment) -> str | None:
    ends = {1: (10,), 11: (15, 20), 21: (_length(end),)}
    same = start.approximate and end.approximate and (start.year, start.month) == (end.year, end.month)
    return PARTS[start.day] if same and start.day in PARTS and end.day in ends[start.day] else None


def _words(moment: Moment, year: bool) -> str:
    tail = f" {moment.year}" if year else ""
    if moment.month is None:
        return str(moment.year)
    if moment.day is None:
        return f"{_month(moment)}{tail}"
    if moment.approximate:
        part = "early" if moment.day <= 10 else "mid" if moment.day <= 20 else "late"
        return f"{part}{'-' if part == 'mid' else ' '}{_month(moment)}{tail}"
    return f"{moment.day} {_month(moment)}{tail}"


def _month(moment: Moment) -> str:
    return calendar.month_name[moment.month or 1]


def gaps(period: Period, busy: Iterable[Period]) -> Iterator[Period]:
    """Find the stretches of a period that none of some other periods touches.

    Args:
        period: The period.
        busy: The others.

    Yields:
        Each stretch, in order.
    """
    free = period.first
    for other in sorted(busy):
        yield from _days(free, min(other.first - timedelta(1), period.last))
        free = max(free, min(other.last, period.last) + timedelta(1))
    yield from _days(free, period.last)


def _days(first: date, last: date) -> Iterator[Period]:
    if first <= last:
        yield parse(f"{first}/{last}")


def spanning(first: date, last: date, months: bool) -> Period:
    """The period from one day to another: `2021-01/2021-02`, or `2021-01` where that is one month.

    Args:
        first: First day.
        last: Last day.
        months: Whether it is made of whole months, and written so.

    Returns:
        The period.
    """
    begin, end = (day.isoformat()[:7] if months else day.isoformat() for day in (first, last))
    return parse(begin if begin == end else f"{begin}/{end}")


def later(first: Period, months: int, days: int, times: int) -> Period:
    """Move a period on.

    Args:
        first: The period; it has whole months where it is moved by months.
        months: By how many months it is moved each time.
        days: By how many days.
        times: How many times.

    Returns:
        The later period.

    Raises:
        ValueError: It lies beyond the year 9999.
    """

    def move(day: date) -> Moment:
        index = day.year * 12 + day.month - 1 + months * times
        return Moment(index // 12, index % 12 + 1)

    if months:
        begin, end = move(first.first).first, move(first.last).last
    else:
        try:
            begin, end = (day + timedelta(days * times) for day in (first.first, first.last))
        except OverflowError:
            raise ValueError(f"{first} cannot be moved by {days * times} days") from None
    return spanning(begin, end, months=bool(months))
