"""Dates as the sources give them: a subset of EDTF (ISO 8601-2, level 1, with the quarters of level 2).

House rule for words: early in a month = days 1-10, mid = 11-20, late = 21 to the end. A day
after `~` is approximate and stands only where such a part of a month begins or ends; as the
end of a longer interval, `~15` is "mid".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cache

from macros.date_guess import likely
from macros.language import N_

POINT = re.compile(r"(\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}|XX)(?:-(~?)(\d{2}|XX))?)?", re.ASCII)
SUBSET = "2021, 2021-01, 2021-01-04, 2021-02-~10, 2021-04-XX, 2021-33, or two of these joined by /"
BEFORE_CHRIST = re.compile(r"(?:^|/)(?:-\d{4}|0000)")
PARTS = {1: "early", 11: "mid", 21: "late"}
SEASONS: dict[int, tuple[int, int, str]] = {
    21: (3, 3, N_("spring")),
    22: (6, 3, N_("summer")),
    23: (9, 3, N_("autumn")),
    24: (12, 3, N_("winter")),
    33: (1, 3, N_("first quarter")),
    34: (4, 3, N_("second quarter")),
    35: (7, 3, N_("third quarter")),
    36: (10, 3, N_("fourth quarter")),
    37: (1, 4, N_("first third")),
    38: (5, 4, N_("second third")),
    39: (9, 4, N_("last third")),
    40: (1, 6, N_("first half")),
    41: (7, 6, N_("second half")),
}
"""What may stand in the place of a month (EDTF, 21 to 41): its first month, how many it has, and its name.

Seasons are those of the north, the winter of a year ends in February of the next.
"""
OPEN, UNKNOWN = "open", "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """One side of a date: a year, a month, a day, an approximate day, a season, or nothing that is known.

    Attributes:
        year: Its year; of a decade or century the first.
        years: How many years it may be in: 10 for `202X`, 100 for `20XX`.
        season: A key of SEASONS in the place of a month.
        unknown: What is said to be unknown, as `XX`: `month`, `day`, or nothing.
        side: `open` for `..`, `unknown` for an empty side of an interval, and else nothing.
    """

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False
    years: int = 1
    season: int | None = None
    unknown: str = ""
    side: str = ""

    @property
    def first(self) -> date:
        """First day; of an open side the first day that can be written."""
        if self.side:
            return date.min
        return date(self.year, SEASONS[self.season][0] if self.season else self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Last day; of an open side the last day that can be written."""
        if self.side:
            return date.max
        if self.season:
            begin, months, _ = SEASONS[self.season]
            month = begin + months - 1
            return _end_of(self.year + (month > 12), month - 12 * (month > 12))
        if self.day:
            return date(self.year, self.month or 1, self.day)
        return _end_of(self.year + self.years - 1, self.month or 12)


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


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
    def known_first(self) -> date | None:
        """First day; None where the period has no begin that is known."""
        return None if self.start.side else self.first

    @property
    def known_last(self) -> date | None:
        """Last day; None where the period has no end that is known."""
        return None if self.end.side else self.last

    @property
    def closed(self) -> bool:
        """Whether both its ends are known."""
        return not (self.start.side or self.end.side)

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

    Raises:
        ValueError: The text is no date, outside the subset, or ends before it begins.
    """
    sides = text.split("/")
    if len(sides) > 2 or not any(side.strip(".") for side in sides):
        raise ValueError(_no_date(text))
    moments = [_moment(side, text) if side.strip(".") or len(sides) == 1 else _open(side, text) for side in sides]
    start, end = moments[0], moments[-1]
    if len(sides) == 2 and end.last < start.first:
        raise ValueError(f"'{text}' ends before it begins; the earlier day comes first")
    if len(sides) == 1 and start.approximate:
        raise ValueError(f"'{text}' is approximate and needs both ends, such as 2021-02-~01/2021-02-~10 for early February")
    if start.approximate and start.day not in PARTS:
        raise ValueError(f"'{text}' begins on an approximate day; allowed there: ~01, ~11, ~21")
    if end.approximate and end.day not in {10, 15, 20, length(end)}:
        raise ValueError(f"'{text}' ends on an approximate day; allowed there: ~10, ~15, ~20, ~{length(end)}")
    return Period(text, start, end)


def _open(side: str, text: str) -> Moment:
    if side not in ("", ".."):
        raise ValueError(_no_date(text))
    return Moment(0, side=OPEN if side else UNKNOWN)


def _moment(side: str, text: str) -> Moment:
    match = POINT.fullmatch(side)
    if not match:
        raise ValueError(_no_date(text))
    year, month, tilde, day = match.groups()
    years = {"X": 10, "XX": 100}.get("X" * year.count("X"), 1)
    if (month and years > 1) or (month == "XX" and day not in (None, "XX")) or (tilde and day == "XX"):
        raise ValueError(_no_date(text))
    number = int(month) if month and month != "XX" else None
    moment = Moment(
        int(year.replace("X", "0")),
        None if number in SEASONS else number,
        int(day) if day and day != "XX" else None,
        bool(tilde),
        years,
        number if number in SEASONS else None,
        "month" if month == "XX" else "day" if day == "XX" else "",
    )
    try:
        _ = moment.first, moment.last
        if 0 in (moment.month, moment.day) or (moment.season and day):
            raise ValueError
    except (ValueError, calendar.IllegalMonthError):
        if moment.year == 0:
            raise ValueError(_no_date(text)) from None
        raise ValueError(f"'{text}' is not in the calendar; check the month and the day") from None
    return moment


def _no_date(text: str) -> str:
    if BEFORE_CHRIST.search(text):
        return f"'{text}' lies before the year 1, and days are counted from 0001-01-01 on; allowed: {SUBSET}"
    meant = likely(text)
    return f"'{text}' is not a date; {f'did you mean {meant}? ' if meant else ''}allowed: {SUBSET}"


def length(moment: Moment) -> int:
    """How many days the month of a moment has."""
    return calendar.monthrange(moment.year, moment.month or 12)[1]


def midnight(day: str) -> str:
    """The beginning of a day, `2024-02-01`, as RFC 3339 writes it: `2024-02-01T00:00:00Z`."""
    return f"{day}T00:00:00Z"


def http_date(day: date) -> str:
    """The beginning of a day as HTTP writes it (RFC 9110, 5.6.7): `Thu, 01 Feb 2024 00:00:00 GMT`."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)
