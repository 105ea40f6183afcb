"""Numbers and dates -> the words and signs that readers see. No HTML here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, get_minus_sign_symbol, get_plus_sign_symbol
from babel.units import get_unit_name

from macros import date_words, dates
from macros.book import Book, Volume
from macros.fields import Score
from macros.language import N_, SOURCE, Language, current, gettext, ngettext
from macros.model import Publication, Quantity
from macros.vocabularies import FLOWS, Flow


@lru_cache(maxsize=4)
def _periods(book: Book) -> dict[int, dates.Period]:
    """What is stated of the periods of issues, by number."""
    stated = {row.issue: row.period for row in book.published_indices}
    return stated | {number: issue.publication.period for number, issue in book.numbered.items() if issue.publication.period}


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
    """A label within a sentence: its first letter small, unless its first word has other capitals, as an abbreviation has.

    It stays in languages whose nouns have a large letter wherever they stand, as CLDR writes the name of the unit "days" there.
    """
    first, noun = label.partition(" ")[0], get_unit_name("duration-day", locale=current().locale) or ""
    kept = first[1:] != first[1:].lower() or len(first) < 2 or noun[:1].isupper()
    return label if kept else label[0].lower() + label[1:]


def capital(text: str) -> str:
    """A text with a large first letter, as it begins a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Words as a list in a sentence: `one, two and three`; with the style `or`: `one, two or three`."""
    return format_list(words, style, locale=current().locale)


def commas(parts: Iterable[str]) -> str:
    """Parts of a sentence one after another, without those that are empty: `one, two, three`."""
    return _joined(N_("%(first)s, %(second)s"), parts)


def semicolons(parts: Iterable[str]) -> str:
    """Clauses of a sentence one after another, without those that are empty: `one; two, three; four`."""
    return _joined(N_("%(first)s; %(second)s"), parts)


def _joined(pair: str, parts: Iterable[str]) -> str:
    texts = list(filter(None, parts))
    return reduce(lambda first, second: gettext(pair, first=first, second=second), texts) if texts else ""


def colon(name: str, text: str) -> str:
    """What is said of something, behind its name: `exports: up 5%`."""
    return gettext("%(name)s: %(text)s", name=name, text=text)


def full_stop(text: str) -> str:
    """A sentence with the stop at its end, which may be that of an abbreviation."""
    return text if text.endswith(".") else gettext("%(sentence)s.", sentence=text)


def stopped(text: str) -> str:
    """A text with a stop at its end, where it has neither one nor another mark that ends a sentence."""
    return text if not text or text[-1] in ".?!" else full_stop(text)


def issue_name(number: str | int) -> str:
    """An issue by its number: `№ 19`."""
    return gettext("№ %(number)s", number=number)


def plain(number: Decimal) -> str:
    """A stated number with all its digits, as the current language separates them, and a real minus sign.

    Where words run from right to left, the sign carries the mark that keeps it before its number (CLDR, "Number Symbols").
    """
    return _plain(current(), str(number))


@lru_cache(maxsize=50_000)  # scores are few, and stand in thousands of rows
def _plain(language: Language, written: str) -> str:
    number, locale = Decimal(written), language.locale
    decimal_places = max(-int(number.as_tuple().exponent), 0)
    minus = get_minus_sign_symbol(locale, numbering_system="latn").replace("-", "−")
    digits = format_decimal(abs(number), f"#,##0.{'0' * decimal_places}".rstrip("."), locale=locale, numbering_system="latn")
    return f"{minus if number < 0 else ''}{digits}"


def quantity(book: Book, row: Quantity) -> str:
    """A stated number or range with its qualifier and unit: `about USD 14 million`, `30–60%`.

    Returns:
        Text for the middle of a sentence.
    """
    if row.upper is None:
        return _qualified(book, row, amount(book, row.value, row.unit))
    wording = book.vocabularies.units[row.unit]
    return _qualified(book, row, f"{wording.before}{plain(row.value)}–{plain(row.upper)}{wording.after}")


def _qualified(book: Book, row: Quantity, number: str) -> str:
    """A number with how exact it is."""
    if not row.qualifier:
        return number
    return gettext("%(qualifier)s %(amount)s", qualifier=book.vocabularies.qualifiers[row.qualifier], amount=number)


def amount(book: Book, value: Decimal, unit: str) -> str:
    """A number in its unit: `USD 956.8 million`, `−USD 6.8 billion`, `35%`.

    Args:
        unit: A key of the units.
    """
    wording = book.vocabularies.units[unit]
    sign = "−" if value < 0 else ""
    return f"{sign}{wording.before}{plain(abs(value))}{wording.after}"


def change(book: Book, row: Quantity) -> str:
    """The change on a year before: `up 29.6%`, `down 14.8%`, `unchanged`.

    Returns:
        Text for the middle of a sentence; nothing where the row states no change.
    """
    if row.change is None or row.change_unit is None:
        return ""
    if row.change == 0:
        return gettext("unchanged")
    size = amount(book, abs(row.change), row.change_unit)
    return gettext("up %(amount)s", amount=size) if row.change > 0 else gettext("down %(amount)s", amount=size)


FOLDS = {2: (N_("doubled"), N_("halved")), 3: (N_("tripled"), N_("fell to a third"))}
NEARLY = {
    2: (N_("%(qualifier)s doubled"), N_("%(qualifier)s halved")),
    3: (N_("%(qualifier)s tripled"), N_("%(qualifier)s fell to a third")),
}
"""The same, with how exact it is."""


def moved(book: Book, row: Quantity) -> str:
    """A change as a verb: `fell by 26.3%`, `doubled`, `shrank nearly tenfold`, `did not change`.

    Args:
        row: A row that states a change on a year before, or whose value is itself a change; minus is less.

    Returns:
        Text behind the subject of a sentence.
    """
    own = row.change is None or row.change_unit is None
    value, unit = (row.value, row.unit) if row.change is None or row.change_unit is None else (row.change, row.change_unit)
    if value == 0:
        return gettext("did not change")
    if not book.vocabularies.units[unit].factor:
        size = amount(book, abs(value), unit)
        by = _qualified(book, row, size) if own else size
        return gettext("rose by %(amount)s", amount=by) if value > 0 else gettext("fell by %(amount)s", amount=by)
    if abs(value) in FOLDS:
        fold, less = int(abs(value)), value < 0
        if own and row.qualifier:
            return gettext(NEARLY[fold][less], qualifier=book.vocabularies.qualifiers[row.qualifier])
        return gettext(FOLDS[fold][less])
    times = _qualified(book, row, _fold(abs(value))) if own else _fold(abs(value))
    return gettext("grew %(times)s", times=times) if value > 0 else gettext("shrank %(times)s", times=times)


NUMERALS = {
    1: N_("onefold"),
    4: N_("fourfold"),
    5: N_("fivefold"),
    6: N_("sixfold"),
    7: N_("sevenfold"),
    8: N_("eightfold"),
    9: N_("ninefold"),
    10: N_("tenfold"),
    11: N_("elevenfold"),
    12: N_("twelvefold"),
}


def _fold(times: Decimal) -> str:
    """How many times: `tenfold`, `13-fold`, `2.5-fold`."""
    if times in NUMERALS:
        return gettext(NUMERALS[int(times)])
    if times == int(times):
        return ngettext("%(num)s-fold", "%(num)s-fold", int(times), num=plain(times))
    return gettext("%(number)s-fold", number=plain(times))


EDITIONS = {"one": N_("%(number)sst ed."), "two": N_("%(number)snd ed."), "few": N_("%(number)srd ed."), "other": N_("%(number)sth ed.")}
"""An edition in a reference, by the ending of its number in English (CLDR, "Ordinal rules")."""


def edition_name(number: str) -> str:
    """An edition as references name it: `1st ed.`, `2nd ed.`, `3rd ed.`, `4th ed.`, `11th ed.`."""
    return gettext(EDITIONS[Locale(SOURCE).ordinal_form(int(number))], number=number)


def events(number: int) -> str:
    """How many events: `12 events`."""
    return ngettext("%(num)s event", "%(num)s events", number)


def incidents(number: int) -> str:
    """How many incidents: `1 incident`."""
    return ngettext("%(num)s incident", "%(num)s incidents", number)


def people(publication: Publication) -> str:
    """The authors of a publication as a list of names; its editor where it names no author."""
    names = [author.name for author in publication.authors]
    if not names and publication.editor:
        return gettext("%(name)s (editor)", name=publication.editor.name)
    return listed(names)


def when(publication: Publication) -> str:
    """The period of an issue, the stated date of any other publication, or nothing."""
    period = publication.period or publication.date
    return date_words.human(period) if period else ""


def flow(book: Book, key: str) -> Flow:
    """A kind of trade figure with its words; those of a monitor that names none of its own are in the current language."""
    named = book.vocabularies.flows[key]
    if named != FLOWS.get(key):
        return named
    return named.model_copy(update={name: gettext(text) for name in ("label", "above", "below") if (text := getattr(named, name))})


def label(volume: Volume) -> str:
    """What a publication is called in lists: its title, and its subtitle where it has one."""
    publication = volume.publication
    subtitle = publication.subtitle if publication.kind != "issue" else None
    return f"{publication.title}: {subtitle}" if subtitle else publication.title
