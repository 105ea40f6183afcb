"""Dates -> the words that readers see, in the current language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from macros.dates import OPEN, PARTS, SEASONS, Moment, Period, length, parse
from macros.language import Language, current, gettext


def human(period: Period, year: bool = True) -> str:
    """Write a period as people write dates, for example `9–10 February 2021`.

    English dates follow the house rule; those of other languages the formats of CLDR (UTS 35, "Dates").

    Args:
        year: Whether to write the year where both ends share it.
    """
    return _human(current(), period, year)


@lru_cache(maxsize=50_000)  # pages name the days of the same rows again and again
def _human(language: Language, period: Period, year: bool) -> str:
    start, end = period.start, period.end
    if not period.closed:
        return _half_known(start, end)
    part = _part_of_month(start, end)
    if part:
        return _part(part, start, year)
    if start == end:
        return _words(start, year or (start.month is None and start.season is None))
    return _english_range(start, end, year) if language.source else _range(language, start, end, year)


def written(day: date) -> str:
    """Write a day in the current language: `4 January 2021`."""
    return human(parse(day.isoformat()))


def short(day: date) -> str:
    """Write a day without its year, as axes name it: `4 Jan`."""
    return f"{day.day} {day:%b}" if current().source else format_date(day, _pattern("MMMd"), locale=current().locale)


def of_pair(first: Period, second: Period) -> str:
    """Write the first of two days that stand in one list: in English of two in one month without it, `4` and `7 June 2021`."""
    joint = current().source and (first.first.year, first.first.month) == (second.first.year, second.first.month)
    return str(first.first.day) if joint else human(first)


def _english_range(start: Moment, end: Moment, year: bool) -> str:
    if start.year != end.year:
        joint = "–" if _bare_year(start) and _bare_year(end) else " – "
        return f"{_words(start, True)}{joint}{_words(end, True)}"
    tail = f" {end.year}" if year else ""
    if start.month == end.month and not (start.approximate or end.approximate) and start.day and end.day:
        return f"{start.day}–{_words(end, year)}"
    if start.month and end.month and not (start.day or end.day or start.unknown or end.unknown):
        return f"{_month(start, False)}–{_month(end, year)}"
    return f"{_words(start, False)} to {_words(end, False)}{tail}"


def _range(language: Language, start: Moment, end: Moment, year: bool) -> str:
    """A range by the interval formats of CLDR; of two moments of different kinds, by its pattern for all others."""
    locale = language.locale
    plain = not any(moment.approximate or moment.season or moment.unknown or moment.years > 1 for moment in (start, end))
    alike = (start.month is None, start.day is None) == (end.month is None, end.day is None)
    year = year or start.year != end.year
    skeleton = "y" if start.month is None else f"{'y' if year else ''}MMM{'d' if start.day else ''}"
    differing = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    pattern = locale.interval_formats.get(skeleton, {}).get(differing, ()) if plain and alike else ()
    if len(pattern) != 2:
        pair = str(locale.interval_formats[None])
        once = start.year == end.year and _year_last(language)
        return pair.replace("{0}", _words(start, year and not once)).replace("{1}", _words(end, year))
    sides = zip((start.first, end.first), pattern, strict=True)
    return "".join(format_date(day, _widened(side), locale=locale) for day, side in sides)


def _year_last(language: Language) -> bool:
    """Whether a language writes the year behind day and month, so that it may stand once for both ends of a range."""
    pattern = str(language.locale.date_formats["long"].pattern)
    return pattern.index("y") > pattern.index("d")


def _widened(pattern: str) -> str:
    """A pattern of CLDR with its months in full (UTS 35, "Matching Skeletons")."""
    return re.sub("M{3}|L{3}", lambda match: match[0] + match[0][0], pattern)


def _part_of_month(start: Moment, end: Moment) -> str | None:
    ends = {1: (10,), 11: (15, 20), 21: (length(end),)}
    same = start.approximate and end.approximate and (start.year, start.month) == (end.year, end.month)
    return PARTS[start.day] if same and start.day in PARTS and end.day in ends[start.day] else None


def _part(part: str, moment: Moment, year: bool) -> str:
    """A part of a month, whose name stands in the genitive in languages that have one."""
    locale = current().locale
    month = format_date(moment.first, _pattern("yMMMM").replace("L", "M") if year else "MMMM", locale=locale)
    words = {"early": gettext("early %(month)s", month=month), "mid": gettext("mid-%(month)s", month=month)}
    return words.get(part) or gettext("late %(month)s", month=month)


def _pattern(skeleton: str) -> str:
    """The format that CLDR has for some parts of a date."""
    return str(current().locale.datetime_skeletons[skeleton].pattern)


def _bare_year(moment: Moment) -> bool:
    return moment.month is None and moment.season is None and not moment.unknown


def _half_known(start: Moment, end: Moment) -> str:
    """A period of which one end is open or unknown."""
    if end.side:
        begin = _words(start, True)
        return gettext("since %(begin)s", begin=begin) if end.side == OPEN else gettext("from %(begin)s, end unknown", begin=begin)
    last = _words(end, True)
    return gettext("until %(end)s", end=last) if start.side == OPEN else gettext("until %(end)s, begin unknown", end=last)


def _words(moment: Moment, year: bool) -> str:
    if moment.season:
        return _season(moment.season, moment.year, year)
    if moment.years > 1:
        return gettext("%(first)s–%(last)s, year unknown", first=moment.year, last=moment.year + moment.years - 1)
    if moment.month is None:
        return gettext("%(year)s, month unknown", year=moment.year) if moment.unknown else str(moment.year)
    if moment.day is None:
        month = _month(moment, year)
        return gettext("%(month)s, day unknown", month=month) if moment.unknown else month
    if moment.approximate:
        return _part("early" if moment.day <= 10 else "mid" if moment.day <= 20 else "late", moment, year)
    return format_date(moment.first, "long" if year else _pattern("MMMMd"), locale=current().locale)


def _month(moment: Moment, year: bool) -> str:
    return format_date(moment.first, _pattern("yMMMM") if year else "LLLL", locale=current().locale)


def _season(season: int, year: int, with_year: bool) -> str:
    """A season, quarter, third or half of a year."""
    name = gettext(SEASONS[season][2])
    return gettext("%(season)s %(year)s", season=name, year=year) if with_year else name
