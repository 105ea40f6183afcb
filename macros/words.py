"""Numbers and dates -> the words and signs that readers see. No HTML here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.lists import format_list
from babel.numbers import format_decimal, get_minus_sign_symbol, get_plus_sign_symbol

from macros import date_words, dates
from macros.book import Book, Quantity, Volume
from macros.creators import Person
from macros.fields import Score
from macros.language import current, gettext
from macros.model import Publication


@lru_cache(maxsize=4)
def _periods(book: Book) -> dict[int, dates.Period]:
    """What is stated of the periods of issues, by number."""
    stated = {row.issue: row.period for row in book.published_indices}
    return stated | {number: issue.period for number, issue in book.numbered.items() if issue.period}


def issue_period(book: Book, number: int) -> str:
    """The time that an issue covers, as stated, or counted from the first one of the series; nothing where it is not known."""
    period = _periods(book).get(number) or book.series.period_of(number)
    return date_words.human(period) if period else ""


def signed(number: Score | float | None) -> str:
    """A score or index: `+3`, `−2`, `0`, `+2.5`; nothing for None."""
    if number is None:
        return ""
    exact = Decimal(str(number)) if isinstance(number, float) else Decimal(number)
    plus = get_plus_sign_symbol(current().locale, numbering_system="latn")
    return f"{plus if exact > 0 else ''}{plain(exact)}"


def within(label: str) -> str:
    """A label within a sentence: its first letter small, unless its first word has other capitals, as an abbreviation has."""
    first = label.partition(" ")[0]
    return label if first[1:] != first[1:].lower() or len(first) < 2 else label[0].lower() + label[1:]


def listed(words: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Words as a list in a sentence: `one, two and three`; with the style `or`: `one, two or three`."""
    return format_list(words, style, locale=current().locale)


def plain(number: Decimal) -> str:
    """A stated number with all its digits, as the current language separates them, and a real minus sign.

    Where words run from right to left, the sign carries the mark that keeps it before its number (CLDR, "Number Symbols").
    """
    locale, places = current().locale, max(-int(number.as_tuple().exponent), 0)
    minus = get_minus_sign_symbol(locale, numbering_system="latn").replace("-", "−")
    digits = format_decimal(abs(number), f"#,##0.{'0' * places}".rstrip("."), locale=locale, numbering_system="latn")
    return f"{minus if number < 0 else ''}{digits}"


def quantity(book: Book, row: Quantity) -> str:
    """A stated number or range with its qualifier and unit: `about USD 14 million`, `30–60%`.

    Args:
        book: The book, for the words.
        row: A row of trade.csv or figures.csv.

    Returns:
        Text for the middle of a sentence.
    """
    qualifier = f"{book.vocabularies.qualifiers[row.qualifier]} " if row.qualifier else ""
    if row.upper is None:
        return qualifier + amount(book, row.value, row.unit)
    wording = book.vocabularies.units[row.unit]
    return f"{qualifier}{wording.before}{plain(row.value)}–{plain(row.upper)}{wording.after}"


def amount(book: Book, value: Decimal, unit: str) -> str:
    """A number in its unit: `USD 956.8 million`, `−USD 6.8 billion`, `35%`.

    Args:
        book: The book, for the words.
        value: The number.
        unit: A key of the units.

    Returns:
        Text with a real minus sign.
    """
    wording = book.vocabularies.units[unit]
    sign = "−" if value < 0 else ""
    return f"{sign}{wording.before}{plain(abs(value))}{wording.after}"


def change(book: Book, row: Quantity) -> str:
    """The change on a year before: `up 29.6%`, `down 14.8%`, `unchanged`.

    Args:
        book: The book, for the words.
        row: A row that states a change.

    Returns:
        Text for the middle of a sentence; nothing where the row states no change.
    """
    if row.change is None or row.change_unit is None:
        return ""
    if row.change == 0:
        return gettext("unchanged")
    size = amount(book, abs(row.change), row.change_unit)
    return gettext("up %(amount)s", amount=size) if row.change > 0 else gettext("down %(amount)s", amount=size)


FOLDS = {2: ("doubled", "halved"), 3: ("tripled", "fell to a third")}


def moved(book: Book, row: Quantity) -> str:
    """A change as a verb: `fell by 26.3%`, `doubled`, `shrank nearly tenfold`, `did not change`.

    Args:
        book: The book, for the words.
        row: A row that states a change on a year before, or whose value is itself a change; minus is less.

    Returns:
        Text behind the subject of a sentence.
    """
    value, unit = (row.value, row.unit) if row.change is None or row.change_unit is None else (row.change, row.change_unit)
    qualifier = f"{book.vocabularies.qualifiers[row.qualifier]} " if row.qualifier and row.change is None else ""
    if value == 0:
        return "did not change"
    if not book.vocabularies.units[unit].factor:
        return f"{'rose' if value > 0 else 'fell'} by {qualifier}{amount(book, abs(value), unit)}"
    if abs(value) in FOLDS:
        return f"{qualifier}{FOLDS[int(abs(value))][value < 0]}"
    whole = abs(value) == int(abs(value)) and abs(value) < len(NUMERALS)
    fold = f"{NUMERALS[int(abs(value))]}fold" if whole else f"{plain(abs(value))}-fold"
    return f"{'grew' if value > 0 else 'shrank'} {qualifier}{fold}"


NUMERALS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number of things: `1 event`, `21 events`.

    Args:
        number: How many.
        singular: What one is called.
        plural: What several are called, where that is not the same with an s.

    Returns:
        Text for the middle of a sentence.
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def inverted(person: Person) -> str:
    """Family name with its particle, then given names and suffix, as catalogues sort people: `van Dyck, Anna`, `King, Martin, Jr.`."""
    family = f"{person.particle} {person.family}" if person.particle else person.family
    return ", ".join(filter(None, (family, person.given, person.suffix)))


def people(publication: Publication) -> str:
    """The authors of a publication as a list of names; its editor where it names no author."""
    names = [author.name for author in publication.authors]
    if not names and publication.editor:
        return f"{publication.editor.name} (editor)"
    return listed(names)


def when(publication: Publication) -> str:
    """The period of an issue, the stated date of any other publication, or nothing."""
    period = publication.period or publication.date
    return date_words.human(period) if period else ""


def label(volume: Volume) -> str:
    """What a publication is called in lists: its title, and its subtitle where it has one."""
    publication = volume.publication
    subtitle = publication.subtitle if publication.kind != "issue" else None
    return f"{publication.title}: {subtitle}" if subtitle else publication.title
