"""What those who write look at before an issue is published: rows side by side, and what is worth a second look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros import date_words, indices, periods, words
from macros.book import Book, Volume
from macros.fields import Score, size
from macros.model import Event, Incident, same_event
from macros.pages.context import BuildContext, row_path
from macros.pages.html import render

WEEK, FORTNIGHT = 7, 14
"""In days."""


@dataclass(frozen=True)
class Line:
    """One row of a catalogue, with the score that it gives to each index."""

    row: Event | Incident
    scores: dict[str, Score]
    link: str


def review(context: BuildContext) -> str:
    """All rows of an issue by date with their scores side by side, and what is worth a second look."""
    volume = context.here
    issue_indices = indices.indices(context.book, volume)
    rows: dict[str, Line] = {}
    for index in issue_indices:
        for row, score in indices.scores_of(context.book, volume, index.series):
            line = rows.setdefault(row.id, Line(row, {}, context.link(row_path(context, volume, row.id))))
            line.scores[index.series] = score
    listed = sorted(rows.values(), key=lambda line: (line.row.date.first, line.row.date.last, line.row.id))
    original = volume.publication.original
    alone = sum(line.row.source == original for line in listed) if original else 0
    looks = [
        ("Strongest scores", list(_strongest(listed))),
        ("The same event in two relationships", list(_twice(listed))),
        ("Days without an event", list(_silent(volume, listed))),
        ("Rows that rest on the original alone", [("", f"{alone} of {len(listed)}")] if alone else []),
        ("Sources that one row names", _named_once(context.book, volume, listed)),
    ]
    return render("review", indices=issue_indices, lines=listed, looks=[(title, entries) for title, entries in looks if entries])


def _strongest(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """The rows whose score no other row of that index reaches, if there are few."""
    by_series: dict[str, list[tuple[Score, Line]]] = defaultdict(list)
    for line in lines:
        for series, score in line.scores.items():
            by_series[series].append((score, line))
    for scored in by_series.values():
        most = max(size(score) for score, _ in scored)
        top = [(score, line) for score, line in scored if size(score) == most]
        if most > 1 and len(top) <= 3 and len(scored) > 3:
            yield from ((line.link, f"{words.signed(score)} {line.row.event} ({line.row.id})") for score, line in top)


def _twice(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    seen: dict[tuple[str, str], Line] = {}
    for line in lines:
        first = seen.setdefault(same_event(line.row), line)
        if first is not line:
            yield line.link, f"{line.row.event} ({first.row.id}, {line.row.id})"


def _silent(volume: Volume, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Stretches of a week and more, within the period, in which nothing is entered."""
    period = volume.publication.period
    if period is None:
        return
    # an event of a fortnight and more says little of any day of it
    short = (
        line.row.date for line in lines if (min(line.row.date.last, period.last) - max(line.row.date.first, period.first)).days < FORTNIGHT
    )
    for gap in periods.gaps(period, short):
        if gap.days >= WEEK:
            yield "", f"{date_words.human(gap)}: {gap.days} days"


def _named_once(book: Book, volume: Volume, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Sources of one row each, the original left out: one of them may be a slip for another."""
    named = Counter(line.row.source for line in lines)
    by_source = {line.row.source: line for line in lines}
    return [
        (by_source[key].link, f"{book.sources[key].title or book.sources[key].about} ({by_source[key].row.id})")
        for key, number in named.items()
        if number == 1 and key != volume.publication.original
    ]
