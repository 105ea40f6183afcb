"""How dates are written in the languages of some words, as patterns; what they mean is told in date_readings.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from macros.language_tags import locale_of
from macros.table_words import TableWords

DASH = r"[-–—−‒‐‑－]"
PARTS = {"early": 1, "middle": 11, "late": 21}
"""The parts of a month, each with the day on which it begins."""
YEAR = r"(?:19|20)\d\d"
NUMBERS = rf"(?P<day§>\d{{1,2}})\.(?P<month§>\d{{1,2}})(?:\.(?P<year§>{YEAR}|\d\d))?(?!\d)\.?(?P<part§>(?!)x)?"


class DatePatterns:
    """The patterns of dates.

    Args:
        words: The words of some languages.
        tags: The languages whose names of months and days CLDR gives; where one name is two months, the first language counts.

    Attributes:
        named: `early January 2021`, `4 January`, and two such with a word between them.
        turned: `January 4, 2021`.
        numbers: `4.1.2021`.
        years: `2021`, `2021-2022`.
        turned_days: `January 4-6`.
        day_first: The beginning of a line: `4 January`.
        leading: What stands before a date: `on Monday`.
    """

    def __init__(self, words: TableWords, tags: Iterable[str]) -> None:
        locales = [locale_of(tag) for tag in dict.fromkeys(tags)]
        months = [(plain(name), month) for locale in locales for month, name in _names(locale.months)]
        months += [(plain(form), month) for month, forms in words.months.items() for form in forms]
        self._months = dict(reversed(months))
        self._parts = {plain(word): day for part, day in PARTS.items() for word in getattr(words, part)}
        days = {plain(name) for locale in locales for _, name in _names(locale.days)}
        ordinal, of = f"(?:{_any(words.ordinals)})?", rf"(?:{_any(words.of)}\s+)?"
        month = rf"{_any(self._months)}\.?(?!\w)"
        part = rf"(?:{_any(words.within)}\s+)?(?P<part§>{_any(self._parts)}(?!\w))"
        after_year = rf"(?:\s*{_any(words.year)}(?!\w)\.?)?"
        year = rf"(?:,?\s*(?P<year§>{YEAR})(?!\d){after_year})?"
        until = rf"\s*(?:{DASH}|(?<=\s){_any(words.until)}(?=\s))\s*"
        both = rf"\s*(?:,|&|(?<=\s){_any(words.both)}(?=\s))\s*"
        named = rf"(?:(?:{part}(?:\s*{DASH}\s*|\s+){of})?(?:(?P<day§>\d{{1,2}}){ordinal}\.?\s*{of})?(?P<month§>{month}){year})"
        turned = rf"(?:(?P<month§>{month})\s+(?P<day§>\d{{1,2}}){ordinal}(?!\d){year}(?P<part§>(?!)x)?)"
        first_day = rf"(?P<day0>\d{{1,2}}){ordinal}\.?(?:{until}|(?P<and>{both}))"

        def joined(point: str) -> re.Pattern[str]:
            """A point, a range of two, or days of one month: 9-10 February, 9 and 10 February."""
            first, second, third = (point.replace("§", number) for number in "123")
            return re.compile(rf"(?:{first_day}(?P<last>{third})|{first}(?:(?:{until}|(?P<both>{both})){second})?)", re.IGNORECASE)

        self.named, self.turned, self.numbers = map(joined, (named, turned, NUMBERS))
        self.years = re.compile(rf"({YEAR})(?:{until}({YEAR}))?{after_year}", re.IGNORECASE)
        self.turned_days = re.compile(rf"({month})\s+(\d{{1,2}})\s*{DASH}\s*(\d{{1,2}})(?!\d)", re.IGNORECASE)
        self.day_first = re.compile(rf"\s*\d{{1,2}}\s+{month}", re.IGNORECASE)
        self.leading = re.compile(rf"(?:{_any(words.before)}\s+)?(?:{_any(days)},?\s+)?", re.IGNORECASE)

    def month(self, name: str) -> int:
        """The number of a month, by its name or its number."""
        return int(name) if name.isdigit() else self._months[plain(name)]

    def part(self, word: str) -> int:
        """The day on which a part of a month begins."""
        return self._parts[plain(word)]


def plain(word: str) -> str:
    """A word as it is compared with others: without case, and without the full stop of an abbreviation."""
    return word.casefold().rstrip(".")


def _names(names: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[int, str]]:
    """The names that CLDR gives months or days, whole and short, alone and in a date; not those that are numbers."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from ((number, name) for number, name in names[context][width].items() if not re.search(r"\d", name))


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words; where there is none, one that fits nothing."""
    patterns = [r"\s+".join(map(re.escape, word.split())) for word in words]
    return f"(?:{'|'.join(patterns) or '(?!)'})"
