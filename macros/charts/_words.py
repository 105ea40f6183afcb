"""The words of the charts alone: names of series, issues and units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from macros import dates
from macros.book import Book, Quantity, Volume


def cut(text: str, letters: int) -> str:
    """Text of at most so many characters; what is longer ends in `…`, and stands in full in the table beside the picture."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def series_label(book: Book, series: str) -> str | None:
    """Label of a relationship or of a security index; None where there is no such series."""
    pair = book.scales.security_series
    labels = {relationship.id: relationship.label for relationship in book.relationships}
    labels |= {one.id: one.label for one in (pair.national, pair.regional)}
    return labels.get(series)


def issue_period(book: Book, number: int) -> str:
    """The months that an issue covers, counted from the first one of the series."""
    first, last = dates.months_after(book.series.first_period, (number - 1) * book.series.months)
    return dates.human(dates.parse(dates.of_months(first, last)))


def publication_year(volume: Volume) -> str:
    """The year of the original, as stated; of its period for an issue; nothing where neither is stated."""
    when = volume.publication.date or volume.publication.period
    return str(when.first.year) if when else ""


def main_unit(rows: Iterable[Quantity]) -> str:
    """The most frequent unit; of several the one that comes first."""
    return Counter(row.unit for row in rows).most_common(1)[0][0]
