"""The words and signs of the charts: numbers with their units, short dates, labels of axes."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from macros import dates
from macros.book import Book, Quantity, Volume

SIGNED_LABELS = "datum.value == 0 ? '0' : format(datum.value, '+,')"
"""Vega expression: labels of an axis of scores, as `signed` writes them."""


def plain(number: Decimal) -> str:
    """A stated number with thousands separated and a real minus sign."""
    return f"{number:,f}".replace("-", "−")


def amount(book: Book, value: Decimal, unit: str) -> str:
    """A number in its unit: `USD 956.8 million`, `−USD 6.8 billion`, `35%`."""
    wording = book.vocabularies.units[unit]
    return f"{'−' if value < 0 else ''}{wording.before}{plain(abs(value))}{wording.after}"


def quantity(book: Book, row: Quantity) -> str:
    """A stated number with its qualifier and unit: `about USD 14 million`."""
    qualifier = f"{book.vocabularies.qualifiers[row.qualifier]} " if row.qualifier else ""
    return qualifier + amount(book, row.value, row.unit)


def change(book: Book, row: Quantity) -> str:
    """The change on a year before: `up 29.6%`; nothing where the row states none."""
    if row.change is None or row.change_unit is None:
        return ""
    if row.change == 0:
        return "unchanged"
    return f"{'up' if row.change > 0 else 'down'} {amount(book, abs(row.change), row.change_unit)}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 event`, `21 events`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def wrapped(text: str, width: int) -> str:
    """Text broken into lines of at most `width` characters."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def axis_labels(labels: Mapping[float, str]) -> str:
    """Vega expression: the label that stands at each value of an axis."""
    words = json.dumps({f"{value:.12g}": text for value, text in labels.items()}, ensure_ascii=False, sort_keys=True)
    return f"({words})[datum.value]"


def series_label(book: Book, series: str) -> str | None:
    """Label of a relationship or of a security index; None where there is no such series."""
    pair = book.scales.security_series
    labels = {one.id: one.label for one in book.relationships}
    labels |= {one.id: one.label for one in (pair.national, pair.regional)}
    return labels.get(series)


def issue_period(book: Book, number: int) -> str:
    """The months that an issue covers, counted from the first one of the series."""
    first, last = dates.months_after(book.series.first_period, (number - 1) * book.series.months)
    return dates.human(
        dates.parse(f"{first:%Y-%m}/{last:%Y-%m}" if (first.year, first.month) != (last.year, last.month) else f"{first:%Y-%m}")
    )


def publication_year(volume: Volume) -> str:
    """The year of the original, as stated; of its period for an issue; nothing where neither is stated."""
    when = volume.publication.date or volume.publication.period
    return str(when.first.year) if when else ""


def main_unit(rows: Iterable[Quantity]) -> str:
    """The most frequent unit; of several the one that comes first."""
    return Counter(row.unit for row in rows).most_common(1)[0][0]
