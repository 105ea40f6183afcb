"""Dates as people write them in tables -> the EDTF subset of macros/dates.py.

Early, mid and late follow the house rule there. Names of months are those of the languages in which catalogues
are kept, in the cases in which dates use them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from macros import dates
from macros.dates import Moment, Period

MONTHS = (
    r"jan(?:uary|\.)?|январ[ьяе]|янв\.?|січ(?:ень|ня|ні)|студз(?:ень|еня|ені)",
    r"feb(?:ruary|r?\.)?|феврал[ьяе]|фев\.?|лют(?:ий|ого|ому|ы|ага|ым)",
    r"mar(?:ch|\.)?|март[ае]?|берез(?:ень|ня|ні)|сакавік[ау]?",
    r"apr(?:il|\.)?|апрел[ьяе]|апр\.?|квіт(?:ень|ня|ні)|красавік[ау]?",
    r"may|ма[йяеі]|трав(?:ень|ня|ні)|тра(?:вень|ўня|ўні)",
    r"june?\.?|июн[ьяе]|черв(?:ень|ня|ні)|чэрв(?:ень|еня|ені)",
    r"july?\.?|июл[ьяе]|лип(?:ень|ня|ні)|ліп(?:ень|еня|ені)",
    r"aug(?:ust|\.)?|август[ае]?|авг\.?|серп(?:ень|ня|ні)|жні(?:вень|ўня|ўні)",
    r"sept?(?:ember|\.)?|сентябр[ьяе]|сент?\.?|верес(?:ень|ня|ні)|верас(?:ень|ня|ні)",
    r"oct(?:ober|\.)?|октябр[ьяе]|окт\.?|жовт(?:ень|ня|ні)|кастрычнік[ау]?",
    r"nov(?:ember|\.)?|ноябр[ьяе]|нояб?\.?|листопад[аі]?|лістапад[ау]?",
    r"dec(?:ember|\.)?|декабр[ьяе]|дек\.?|груд(?:ень|ня|ні)|снеж(?:ань|ня|ні)",
)
PARTS = {
    1: r"early|beginning|start|(?:в |у |на )?(?:начал[оеа]|початку|початок|пачатку|пачатак)",
    11: r"mid(?:dle)?|(?:в |у )?(?:середин[аеуы]|середині|сярэдзін[ае])",
    21: r"late|end|(?:в |у )?(?:конец|конце|конца|кінець|кінці|наприкінці|канец|канцы)",
}
DASH = r"[-–—−‒‐‑－]"
MONTH, PART = (rf"(?:{'|'.join(f'(?:{pattern})' for pattern in group)})(?!\w)" for group in (MONTHS, PARTS.values()))
YEAR = r"(?:,?\s*(?P<year{n}>(?:19|20)\d\d)(?!\d)(?:\s*(?:года|году|год|року|рік|г\.|р\.|г(?!\w)))?)?"
POINT = (
    rf"(?:(?:(?P<part{{n}}>{PART})(?:\s*{DASH}\s*|\s+)(?:(?:of|in)\s+)?)?(?:(?P<day{{n}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?)?"
    rf"(?P<month{{n}}>{MONTH}){YEAR})"
)
TURNED = rf"(?:(?P<month{{n}}>{MONTH})\s+(?P<day{{n}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?(?!\d){YEAR}(?P<part{{n}}>(?!)x)?)"
NUMBERS = r"(?P<day{n}>\d{{1,2}})\.(?P<month{n}>\d{{1,2}})(?:\.(?P<year{n}>(?:19|20)\d\d|\d\d))?(?!\d)\.?(?P<part{n}>(?!)x)?"
TO = rf"\s*(?:{DASH}|(?<=\s)(?:to|until|till|по|до|да)(?=\s))\s*"
AND = r"\s*(?:,|&|(?<=\s)(?:and|и|і|й)(?=\s))\s*"
BEFORE = r"(?:(?:from|on|in|с|со|з|від|ад)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"


def _joined(point: str) -> str:
    """A point, a range of two, or days of one month: 9-10 February, 9 and 10 February."""
    first, second = point.format(n=1), point.format(n=2)
    days = rf"(?P<day0>\d{{1,2}})(?:st|nd|rd|th)?\.?(?:{TO}|(?P<and>{AND}))"
    return rf"(?:{days}(?P<last>{point.format(n=3)})|{first}(?:(?:{TO}|(?P<both>{AND})){second})?)"


LEADING = re.compile(rf"{BEFORE}", re.IGNORECASE)
FORMS = tuple(re.compile(_joined(point), re.IGNORECASE) for point in (POINT, TURNED, NUMBERS))
TIME = re.compile(r"((?:19|20)\d\d)[-/.](\d\d)[-/.](\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d|\d\d)")
YEARS = re.compile(rf"((?:19|20)\d\d)(?:{TO}((?:19|20)\d\d))?(?:\s*(?:г\.|год|года))?")
TURNED_DAYS = re.compile(rf"({MONTH})\s+(\d{{1,2}})\s*{DASH}\s*(\d{{1,2}})(?!\d)", re.IGNORECASE)
DAY_FIRST = re.compile(rf"\s*\d{{1,2}}\s+{MONTH}", re.IGNORECASE)


def readings(text: str, period: Period | None) -> list[str]:
    """Read the date of a cell.

    Args:
        text: What the cell holds, in one line.
        period: The period of the issue, which gives the year where the cell states none.

    Returns:
        Each date of the subset that it may mean, the likeliest first; one where it is certain, none where it is no date.
    """
    text = TURNED_DAYS.sub(r"\2-\3 \1", " ".join(text.split()).strip(" .,;:"))
    try:
        return [dates.parse(text).text]
    except ValueError:
        pass
    if match := TIME.fullmatch(text):
        return _real(["-".join(match.groups())])
    if match := SLASHED.fullmatch(text):
        first, _, second, year = match.groups()
        year = year if len(year) == 4 else f"20{year}"
        both = [f"{year}-{month:>02}-{day:>02}" for day, month in ((first, second), (second, first))]
        return within(_real(dict.fromkeys(both)), period)
    if match := YEARS.fullmatch(text):
        return _real(["/".join(filter(None, match.groups()))])
    words = LEADING.sub("", text, count=1)
    match = next((whole for form in FORMS if (whole := form.fullmatch(words))), None)
    return _real(_dates(match, period)) if match else []


def beginning(line: str, month_first: bool) -> tuple[str, str]:
    """Part a line of pasted text into the date with which it begins and the rest.

    Args:
        month_first: Whether dates such as `January 4` are looked for; in a table of `4 January` they are a month and a number.

    Returns:
        The date, empty where there is none, and the words after it.
    """
    beginnings = []
    for form in FORMS if month_first else (FORMS[0], FORMS[2]):
        match = form.match(line)
        stated = match is not None and (form is not FORMS[2] or bool(_of(match, "year")))
        if match and stated and not re.match(r"\w", line[match.end() :]):
            beginnings.append(match[0])
    if match := TIME.match(line):
        beginnings.append(match[0])
    best = max(beginnings, key=len, default="")
    return best.strip(), re.sub(rf"^\s*(?:{DASH}|[:.])?\s*", "", line[len(best) :]) if best else line


def of_serial(number: float, period: Period | None) -> list[str]:
    """The days that a serial number of a spreadsheet may mean, counted from 1900 or, as old files do, from 1904."""
    if not 15_000 <= number < 75_000:
        return []
    days = [date(*start) + timedelta(int(number)) for start in ((1899, 12, 30), (1904, 1, 1))]
    inside = within([day.isoformat() for day in days], period)
    return inside if len(inside) == 1 else [days[0].isoformat()]


def within(texts: Iterable[str], period: Period | None) -> list[str]:
    """The dates that begin within a period, or all of them where none does or there is no period."""
    given = list(texts)
    inside = [text for text in given if period and touches(text, period)]
    return inside or given


def touches(text: str, period: Period) -> bool:
    """Whether a date begins within a period, as an event of an issue must."""
    return period.first <= dates.parse(text).first <= period.last


def _real(texts: Iterable[str]) -> list[str]:
    """Those that are in the calendar and in the subset."""
    good = []
    for text in texts:
        try:
            good.append(dates.parse(text).text)
        except ValueError:
            continue
    return good


def _of(match: re.Match[str], name: str) -> str:
    groups = match.groupdict()
    return next((groups[f"{name}{n}"] for n in (3, 2, 1) if groups.get(f"{name}{n}")), "")


def _dates(match: re.Match[str], period: Period | None) -> list[str]:
    groups = match.groupdict()
    if groups["last"]:
        end = _moment(groups, 3)
        start = Moment(end.year, end.month, int(groups["day0"]), False)
        apart = groups["and"] and (end.day or 0) - (start.day or 0) != 1
    else:
        start, end = _moment(groups, 1), _moment(groups, 2 if groups["month2"] else 1)
        apart = bool(groups["both"]) and start.day is not None
    several = bool(groups["last"] or groups["month2"])
    if not (placed := _with_years(start, end if several else None, period)):
        return []
    start, end = placed
    if several:
        whole = f"{_written(start)}/{_written(end)}"
        return [whole, _written(start), _written(end)] if apart else [whole]
    if start.approximate and start.day and start.month:
        length = calendar.monthrange(start.year, start.month)[1]
        return [f"{_written(start)}/{_written(Moment(start.year, start.month, {1: 10, 11: 20, 21: length}[start.day], True))}"]
    return [_written(start)]


def _moment(groups: dict[str, Any], n: int) -> Moment:
    """One side as stated: year 0 where none is; the day of a part of a month is the one on which it begins."""
    name, day, part = (groups[f"{field}{n}"] for field in ("month", "day", "part"))
    month = int(name) if (name or "").isdigit() else _number(name or "", dict(enumerate(MONTHS, 1)))
    year = int(groups[f"year{n}"] or 0)
    return Moment(year + 2000 if 0 < year < 100 else year, month, _number(part, PARTS) if part else int(day) if day else None, bool(part))


def _number(word: str, names: dict[int, str]) -> int:
    return next(number for number, pattern in names.items() if re.fullmatch(pattern, word.strip(), re.IGNORECASE))


def _with_years(start: Moment, end: Moment | None, period: Period | None) -> tuple[Moment, Moment] | None:
    """Both sides with a year: the stated one, that of the other side, or the one in which they fall into the period."""
    last = end or start
    later = (start.month or 0) > (last.month or 0)
    if not start.year and last.year:
        start = _in(start, last.year - later)
    elif not start.year and period:
        years = range(period.first.year, period.last.year + 1)
        inside = [year for year in years if _real([_month(_in(start, year))]) and touches(_month(_in(start, year)), period)]
        start = _in(start, next(iter(inside), period.first.year))
    if not start.year:
        return None
    if end is None:
        return start, start
    end = end if end.year else _in(end, start.year + later)
    if end.approximate:  # the end of a longer stretch: ~10, ~15, or the last of the month
        month = calendar.monthrange(end.year, end.month or 1)[1]
        end = Moment(end.year, end.month, {1: 10, 11: 15, 21: month}[end.day or 1], True)
    return start, end


def _in(moment: Moment, year: int) -> Moment:
    return Moment(year, moment.month, moment.day, moment.approximate)


def _month(moment: Moment) -> str:
    return f"{moment.year}-{moment.month:02}" if moment.month else str(moment.year)


def _written(moment: Moment) -> str:
    return _month(moment) + (f"-{'~' if moment.approximate else ''}{moment.day:02}" if moment.day else "")
