"""A book of as many issues as are asked for, in memory: the real one with made rows, for what weighs or times many events."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from macros import dates, periods
from macros.book import Book, Volume
from macros.model import Event, Incident, Relationship
from macros.scales import ScoreScale

WORDS = (
    "talks visit call minister deputy agreement gas oil transit border customs sanctions statement delegation loan credit exercise "
    "railway embassy ambassador parliament summit working group visa energy contract delivery port fertiliser dairy court protest "
    "note commission council region programme vaccine aid meeting president protocol export import investment company bank"
)
BEGIN = "1971-01/1971-02"


@dataclass
class Maker:
    """Makes rows by chance, the same each time."""

    book: Book
    chance: random.Random

    def volume(self, number: int, events: int, incidents: int) -> Volume:
        """An issue of so many rows."""
        model = self.book.issues[0]
        period = periods.later(dates.parse(BEGIN), months=2, days=0, times=number - 1)
        first, last = period.first, period.last
        change = {"number": number, "slug": str(number), "title": f"Number {number}", "period": period}
        rows = tuple(self._events(number, first, last, events))
        found = tuple(self._incidents(number, first, last, incidents))
        return replace(model, publication=model.publication.model_copy(update=change), events=rows, incidents=found, figures=(), trade=())

    def _events(self, number: int, first: date, last: date, count: int) -> Iterator[Event]:
        partners: tuple[Relationship, ...] = self.book.relationships
        for at in range(count):
            name = partners[at * len(partners) // count].id
            score = self._score(self.book.scales.relationship)
            yield Event.model_construct(id=f"{number}-{name}-{at + 1:02}", relationship=name, score=score, **self._row(first, last))

    def _incidents(self, number: int, first: date, last: date, count: int) -> Iterator[Incident]:
        scale, kinds = self.book.scales.security, list(self.book.vocabularies.categories)
        for at in range(count):
            scores: dict[str, Any] = {"national": self._score(scale), "regional": self._score(scale)}
            kind = self.chance.choice(kinds)
            yield Incident.model_construct(id=f"{number}-security-{at + 1:02}", category=kind, **scores, **self._row(first, last))

    def _score(self, scale: ScoreScale) -> int:
        """A score as catalogues have them: the small ones are the many."""
        scores = [score for score in range(scale.lowest, scale.highest + 1) if score or scale.zero]
        return self.chance.choices(scores, [4 ** -abs(score) for score in scores])[0]

    def _row(self, first: date, last: date) -> dict[str, Any]:
        day = first + timedelta(days=self.chance.randrange((last - first).days + 1))
        original = self.book.issues[0].publication.original
        source = original if self.chance.random() < 0.8 else self.chance.choice(list(self.book.sources))
        words = " ".join(self.chance.choices(WORDS.split(), k=self.chance.randint(6, 14)))
        return {"date": dates.parse(day.isoformat()), "event": words.capitalize(), "source": source}


def made_book(book: Book, issues: int, events: int, incidents: int) -> Book:
    """A book with many issues.

    Args:
        book: A book with at least one issue, whose relationships, scales and sources are used.
        issues: How many issues.
        events: How many events in each.
        incidents: How many incidents in each.

    Returns:
        The book; the same each time.
    """
    maker = Maker(book, random.Random(19))
    volumes = tuple(maker.volume(number, events, incidents) for number in range(1, issues + 1))
    series = book.series.model_copy(update={"first_period": dates.parse(BEGIN), "months": 2})
    return replace(book, series=series, volumes=volumes, published_indices=())
