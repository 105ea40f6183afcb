"""The words of the charts alone: years, units, and sentences one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from macros.book import Quantity, Volume


def cut(text: str, letters: int) -> str:
    """Text of at most so many characters; what is longer ends in `…`, and stands in full in the table beside the picture."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def publication_year(volume: Volume) -> str:
    """The year of the original, as stated; of its period for an issue; nothing where neither is stated."""
    when = volume.publication.date or volume.publication.period
    return str(when.first.year) if when else ""


def sentences(*parts: str) -> str:
    """Sentences one after another, without those that are empty."""
    return " ".join(filter(None, parts))


def main_unit(rows: Iterable[Quantity]) -> str:
    """The most frequent unit; of several the one that comes first."""
    return Counter(row.unit for row in rows).most_common(1)[0][0]
