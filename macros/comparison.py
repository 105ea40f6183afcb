"""Two indices -> their difference, taken apart into scores that add up to it exactly.

An index is a sum of scores, so a difference of two is, for each score, how many events more or fewer have it, times that score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from macros import indices
from macros.book import Book, Volume
from macros.fields import Score, exact
from macros.model import Event, Incident

Scored = tuple[Event | Incident, Score]


@dataclass(frozen=True)
class Step:
    """What one score adds to a difference.

    Attributes:
        before: How many rows have it on the first side.
        after: How many on the second.
    """

    score: Score
    before: int
    after: int

    @property
    def points(self) -> Score:
        """How far it moves the index."""
        return exact(self.score * (self.after - self.before))


@dataclass(frozen=True)
class Side:
    """One index of one issue as one side of a comparison.

    Attributes:
        volume: The issue where it is published here; None where only its index is known.
        value: The index; None where it is not known.
        band: Name of its colour of regional tension; empty where it has none.
        rows: What it sums, in order of date; empty where its events are not known here, or it is no plain sum of theirs.
    """

    issue: int
    volume: Volume | None
    value: Score | None
    band: str
    rows: tuple[Scored, ...]

    @property
    def positive(self) -> Score:
        """Sum of its positive scores."""
        return exact(sum(score for _, score in self.rows if score > 0))

    @property
    def negative(self) -> Score:
        """Sum of its negative scores."""
        return exact(sum(score for _, score in self.rows if score < 0))


@dataclass(frozen=True)
class Comparison:
    """Two sides, the first and the second."""

    before: Side
    after: Side

    @property
    def difference(self) -> Score | None:
        """The second index less the first; None where one of them is not known."""
        return None if self.before.value is None or self.after.value is None else exact(self.after.value - self.before.value)

    @property
    def parted(self) -> bool:
        """Whether the events of both sides are known here, so that the difference can be taken apart."""
        return bool(self.before.rows and self.after.rows)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The difference taken apart; none where it cannot be."""
        return steps(*([score for _, score in side.rows] for side in (self.before, self.after))) if self.parted else ()


def steps(before: Sequence[Score], after: Sequence[Score]) -> tuple[Step, ...]:
    """Take the difference of two sums of scores apart.

    Returns:
        One step for each score that either has, the highest first; their points add up to the difference.
    """
    was, now = Counter(before), Counter(after)
    return tuple(Step(score, was[score], now[score]) for score in sorted({*was, *now}, reverse=True))


def side(book: Book, number: int, series: str) -> Side | None:
    """One index of one issue.

    Args:
        number: Number of the issue.

    Returns:
        What is known of it; None where nothing is.
    """
    entry = next((entry for entry in indices.history(book, series) if entry.issue == number), None)
    if entry is None or (entry.value is None and entry.band is None):
        return None
    volume = book.numbered[number] if entry.computed else None
    rows = tuple(indices.scores_of(book, volume, series)) if volume and indices.scale_of(book, series).plain_sum else ()
    return Side(number, volume, entry.value, entry.band.label if entry.band else "", rows)


def known_issues(book: Book) -> tuple[int, ...]:
    """Numbers of the issues of which an index is known, in order."""
    entries = (entry for series in indices.labels(book) for entry in indices.history(book, series))
    return tuple(sorted({entry.issue for entry in entries if entry.value is not None or entry.band}))


@lru_cache(maxsize=4)
def neighbours(book: Book) -> tuple[tuple[int, int], ...]:
    """Consecutive issues, of which one at least is published here and both state a value of the same index."""
    here, numbers = {issue.publication.number for issue in book.issues}, known_issues(book)
    following = {number: (issue.publication.last_number or number) + 1 for number, issue in book.numbered.items()}
    pairs = ((older, newer) for older, newer in pairwise(numbers) if newer == following.get(older, older + 1) and {older, newer} & here)
    return tuple(pair for pair in pairs if any(compared.difference is not None for compared in compare(book, *pair).values()))


def compare(book: Book, before: int, after: int) -> dict[str, Comparison]:
    """Compare all indices of two issues.

    Args:
        before: Number of the first issue.
        after: Number of the second.

    Returns:
        Id of each index of which both say something -> its two sides, in the order of the indices.
    """
    sides = ((series, side(book, before, series), side(book, after, series)) for series in indices.labels(book))
    return {series: Comparison(older, newer) for series, older, newer in sides if older and newer}
