"""Dates as the sources give them: a subset of EDTF (ISO 8601-2, level 1, with the quarters of level 2).

House rule for words: early in a month = days 1-10, mid = 11-20, late = 21 to the end. A day
after `~` is approximate and stands only where such a part of a month begins or ends; as the
end of a longer interval, `~15` is "mid".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cache

POINT = re.compile(r"(\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}|XX)(?:-(~?)(\d{2}|XX))?)?", re.ASCII)
SUBSET = "2021, 2021-01, 2021-01-04, 2021-02-~10, 2021-04-XX, 2021-33, or two of these joined by /"
BEFORE_CHRIST = re.compile(r"(?:^|/)(?:-\d{4}|0000)")
PARTS = {1: "early", 11: "mid", 21: "late"}
SEASONS: dict[int, tuple[int, int, str]] = {
    **{21 + number: (3 + 3 * number, 3, name) for number, name in enumerate(("spring", "summer", "autumn", "winter"))},
    **{33 + number: (1 + 3 * number, 3, f"{name} quarter") for number, name in enumerate(("first", "second", "third", "fourth"))},
    **{37 + number: (1 + 4 * number, 4, f"{name} third") for number, name in enumerate(("first", "second", "last"))},
    **{40 + number: (1 + 6 * number, 6, f"{name} half") for number, name in enumerate(("first", "second"))},
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

    Returns:
        The period of days that it means.

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
    if end.approximate and end.day not in {10, 15, 20, _length(end)}:
        raise ValueError(f"'{text}' ends on an approximate day; allowed there: ~10, ~15, ~20, ~{_length(end)}")
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
        raise ValueError(f"'{text}' is not in the calendar; check the month and the day") from None
    return moment


def _no_date(text: str) -> str:
    if BEFORE_CHRIST.search(text):
        return f"'{text}' lies before the year 1, and days are counted from 0001-01-01 on; allowed: {SUBSET}"
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
    if not period.closed:
        return _half_known(start, end)
    part = _part_of_month(start, end)
    if part:
        return f"{part}{'-' if part == 'mid' else ' '}{_month(start)}" + (f" {start.year}" if year else "")
    if start == end:
        return _words(start, year or (start.month is None and start.season is None))
    if start.year != end.year:
        joint = "–" if _bare_year(start) and _bare_year(end) else " – "
        return f"{_words(start, True)}{joint}{_words(end, True)}"
    tail = f" {end.year}" if year else ""
    if start.month == end.month and not (start.approximate or end.approximate) and start.day and end.day:
        return f"{start.day}–{end.day} {_month(end)}{tail}"
    if start.month and end.month and not (start.day or end.day or start.unknown or end.unknown):
        return f"{_month(start)}–{_month(end)}{tail}"
    return f"{_words(start, False)} to {_words(end, False)}{tail}"


def _part_of_month(start: Moment, end: Moment) -> str | None:
    ends = {1: (10,), 11: (15, 20), 21: (_length(end),)}
    same = start.approximate and end.approximate and (start.year, start.month) == (end.year, end.month)
    return PARTS[start.day] if same and start.day in PARTS and end.day in ends[start.day] else None


def _bare_year(moment: Moment) -> bool:
    return moment.month is None and moment.season is None and not moment.unknown


def _half_known(start: Moment, end: Moment) -> str:
    """A period of which one end is open or unknown."""
    if end.side:
        return f"since {_words(start, True)}" if end.side == OPEN else f"from {_words(start, True)}, end unknown"
    return f"until {_words(end, True)}" if start.side == OPEN else f"until {_words(end, True)}, begin unknown"


def _words(moment: Moment, year: bool) -> str:
    tail = f" {moment.year}" if year else ""
    if moment.season:
        return f"{SEASONS[moment.season][2]}{tail}"
    if moment.years > 1:
        return f"{moment.year}–{moment.year + moment.years - 1}, year unknown"
    if moment.month is None:
        return f"{moment.year}{', month unknown' if moment.unknown else ''}"
    if moment.day is None:
        return f"{_month(moment)}{tail}{', day unknown' if moment.unknown else ''}"
    if moment.approximate:
        part = "early" if moment.day <= 10 else "mid" if moment.day <= 20 else "late"
        return f"{part}{'-' if part == 'mid' else ' '}{_month(moment)}{tail}"
    return f"{moment.day} {_month(moment)}{tail}"


def _month(moment: Moment) -> str:
    return calendar.month_name[moment.month or 1]


def http_date(day: date) -> str:
    """The beginning of a day as HTTP writes it (RFC 9110, 5.6.7): `Thu, 01 Feb 2024 00:00:00 GMT`."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)
