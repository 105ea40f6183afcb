"""Dates as people write them in tables -> the EDTF subset of macros/dates.py; early, mid and late follow the house rule there."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from macros import dates
from macros.dates import Moment, Period
from macros.imports.date_patterns import DASH, DatePatterns

TIME = re.compile(r"((?:19|20)\d\d)[-/.](\d\d)[-/.](\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d|\d\d)")


@dataclass(frozen=True)
class DateReader:
    """Reads the dates of tables.

    Attributes:
        patterns: How dates are written.
        period: The period of the issue, which gives the year where a cell states none.
    """

    patterns: DatePatterns
    period: Period | None

    def readings(self, text: str) -> list[str]:
        """Read the date of a cell.

        Returns:
            Each date of the subset that it may mean, the likeliest first; one where it is certain, none where it is no date.
        """
        text = self.patterns.turned_days.sub(r"\2-\3 \1", " ".join(text.split()).strip(" .,;:"))
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
            return self._inside(_real(dict.fromkeys(both)))
        if match := self.patterns.years.fullmatch(text):
            return _real(["/".join(filter(None, match.groups()))])
        words = self.patterns.leading.sub("", text, count=1)
        forms = (self.patterns.named, self.patterns.turned, self.patterns.numbers)
        match = next((whole for form in forms if (whole := form.fullmatch(words))), None)
        return _real(self._dates(match)) if match else []

    def beginning(self, line: str, month_first: bool) -> tuple[str, str]:
        """Part a line of pasted text into the date with which it begins and the rest.

        Args:
            month_first: Whether dates such as `January 4` are looked for; in a table of `4 January` they are a month and a number.

        Returns:
            The date, empty where there is none, and the words after it.
        """
        beginnings = []
        for form in (self.patterns.named, *([self.patterns.turned] if month_first else []), self.patterns.numbers):
            match = form.match(line)
            stated = match is not None and (form is not self.patterns.numbers or bool(_year(match)))
            if match and stated and not re.match(r"\w", line[match.end() :]):
                beginnings.append(match[0])
        if match := TIME.match(line):
            beginnings.append(match[0])
        best = max(beginnings, key=len, default="")
        return best.strip(), re.sub(rf"^\s*(?:{DASH}|[:.])?\s*", "", line[len(best) :]) if best else line

    def of_serial(self, number: float) -> list[str]:
        """The days that a serial number of a spreadsheet may mean, counted from 1900 or, as old files do, from 1904."""
        if not 15_000 <= number < 75_000:
            return []
        days = [date(*start) + timedelta(int(number)) for start in ((1899, 12, 30), (1904, 1, 1))]
        inside = self._inside([day.isoformat() for day in days])
        return inside if len(inside) == 1 else [days[0].isoformat()]

    def touches(self, text: str) -> bool:
        """Whether a date begins within the period, as an event of an issue must; every date does where there is no period."""
        return self.period is None or self.period.first <= dates.parse(text).first <= self.period.last

    def _inside(self, texts: list[str]) -> list[str]:
        """The dates that begin within the period, or all of them where none does."""
        return list(filter(self.touches, texts)) or texts

    def _dates(self, match: re.Match[str]) -> list[str]:
        groups = match.groupdict()
        if groups["last"]:
            end = self._moment(groups, 3)
            start = Moment(end.year, end.month, int(groups["day0"]), False)
            apart = groups["and"] and (end.day or 0) - (start.day or 0) != 1
        else:
            start, end = self._moment(groups, 1), self._moment(groups, 2 if groups["month2"] else 1)
            apart = bool(groups["both"]) and start.day is not None
        several = bool(groups["last"] or groups["month2"])
        if not (placed := self._with_years(start, end if several else None)):
            return []
        start, end = placed
        if several:
            whole = f"{_written(start)}/{_written(end)}"
            return [whole, _written(start), _written(end)] if apart else [whole]
        if start.approximate and start.day and start.month:
            length = calendar.monthrange(start.year, start.month)[1]
            return [f"{_written(start)}/{_written(Moment(start.year, start.month, {1: 10, 11: 20, 21: length}[start.day], True))}"]
        return [_written(start)]

    def _moment(self, groups: dict[str, Any], side: int) -> Moment:
        """One side as stated: year 0 where none is; the day of a part of a month is the one on which it begins."""
        name, day, part = (groups[f"{field}{side}"] for field in ("month", "day", "part"))
        year = int(groups[f"year{side}"] or 0)
        begins = self.patterns.part(part) if part else int(day) if day else None
        return Moment(year + 2000 if 0 < year < 100 else year, self.patterns.month(name), begins, bool(part))

    def _with_years(self, start: Moment, end: Moment | None) -> tuple[Moment, Moment] | None:
        """Both sides with a year: the stated one, that of the other side, or the one in which they fall into the period."""
        last = end or start
        later = (start.month or 0) > (last.month or 0)
        if not start.year and last.year:
            start = replace(start, year=last.year - later)
        elif not start.year and self.period:
            years = range(self.period.first.year, self.period.last.year + 1)
            months = {year: _month(replace(start, year=year)) for year in years}
            inside = (year for year, month in months.items() if _real([month]) and self.touches(month))
            start = replace(start, year=next(inside, self.period.first.year))
        if not start.year:
            return None
        if end is None:
            return start, start
        end = end if end.year else replace(end, year=start.year + later)
        if end.approximate:  # the end of a longer stretch: ~10, ~15, or the last of the month
            month = calendar.monthrange(end.year, end.month or 1)[1]
            end = replace(end, day={1: 10, 11: 15, 21: month}[end.day or 1])
        return start, end


def _real(texts: Iterable[str]) -> list[str]:
    """Those that are in the calendar and in the subset."""
    good = []
    for text in texts:
        try:
            good.append(dates.parse(text).text)
        except ValueError:
            continue
    return good


def _year(match: re.Match[str]) -> str:
    """The year that a date states; empty where it states none."""
    groups = match.groupdict()
    return next((groups[f"year{side}"] for side in (3, 2, 1) if groups.get(f"year{side}")), "")


def _month(moment: Moment) -> str:
    return f"{moment.year}-{moment.month:02}" if moment.month else str(moment.year)


def _written(moment: Moment) -> str:
    return _month(moment) + (f"-{'~' if moment.approximate else ''}{moment.day:02}" if moment.day else "")
