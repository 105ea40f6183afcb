"""The indices of an issue at a glance: value, direction, what it was and when, its course, and the strongest events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from macros import indices, words
from macros.book import Book, Volume
from macros.fields import Score, size
from macros.language import gettext
from macros.model import Event, Incident
from macros.pages.catalogue import SHAPES
from macros.pages.context import BuildContext, row_path, section_path
from macros.pages.html import render

WIDTH, HEIGHT, EDGE = 100, 24, 3
STRONGEST = 3


@dataclass(frozen=True)
class Card:
    """One index: what it is, when it was last known before, its course and its section."""

    index: indices.Index
    before: str
    course: Markup
    link: str


def cards(context: BuildContext, volume: Volume) -> list[Card]:
    """The indices of an issue, each with what it was before, its course and the link to its section."""
    index_cards = []
    for index in indices.indices(context.book, volume):
        link = context.link(section_path(context, volume, index.series))
        index_cards.append(Card(index, before(context.book, volume, index), course(_known(context.book, volume, index)), link))
    return index_cards


def explaining(context: BuildContext, volume: Volume, series: str) -> list[tuple[Event | Incident, Score, str]]:
    """The rows that explain one index, with the score that counts and a link: those that the issue names, or its strongest."""
    scores = {row.id: (row, score) for row, score in indices.scores_of(context.book, volume, series)}
    assessment = volume.publication.assessments.get(series)
    named = assessment.explained_by if assessment else ()
    chosen = [scores[row] for row in named] or sorted(
        scores.values(), key=lambda entry: (-size(entry[1]), entry[0].date.first, entry[0].id)
    )
    return [(row, score, context.link(row_path(context, volume, row.id))) for row, score in chosen[: len(named) or STRONGEST]]


def strongest(context: BuildContext, volume: Volume) -> Markup:
    """The events and incidents with the greatest scores, the earliest first among equals; each once."""
    greatest: dict[str, tuple[indices.Index, Event | Incident, Score]] = {}
    for index in indices.indices(context.book, volume):
        for row, score in indices.scores_of(context.book, volume, index.series):
            if row.id not in greatest or size(score) > size(greatest[row.id][2]):
                greatest[row.id] = index, row, score
    ranking = sorted(greatest.values(), key=lambda entry: (-size(entry[2]), entry[1].date.first, entry[1].id))
    rows = [(index, row, score, context.link(row_path(context, volume, row.id))) for index, row, score in ranking[:STRONGEST]]
    more = sum(size(score) == size(rows[-1][2]) for _, _, score in ranking[STRONGEST:])
    return render("strongest", rows=rows, more=more, publication=volume.publication) if rows else Markup("")


def _known(book: Book, volume: Volume, index: indices.Index) -> list[indices.Known]:
    """What is known of an index up to an issue."""
    return [entry for entry in indices.history(book, index.series) if entry.issue <= (volume.publication.number or 0)]


def before(book: Book, volume: Volume, index: indices.Index) -> str:
    """How an index stands to the issue in which it was last known before: `up 29 since № 14 (March–April 2020)`.

    Args:
        index: An index of that issue.
    """
    colours = [entry for entry in _known(book, volume, index)[:-1] if entry.band]
    if index.change is not None and index.before:
        issue = issue_and_period(book, index.before.issue)
        return since(index.change, issue) or gettext("as it was since %(issue)s", issue=issue)
    if colours and colours[-1].band:
        return gettext("%(band)s in %(issue)s", band=colours[-1].band.label, issue=issue_and_period(book, colours[-1].issue))
    return gettext("no earlier value known")


def since(change: Score, issue: str) -> str:
    """How an index moved since an issue: `up 29 since № 14 (March–April 2020)`; nothing where it did not."""
    points = words.plain(abs(Decimal(change)))
    if change > 0:
        return gettext("up %(points)s since %(issue)s", points=points, issue=issue)
    return gettext("down %(points)s since %(issue)s", points=points, issue=issue) if change else ""


def issue_and_period(book: Book, number: int) -> str:
    """The number of an issue and its period: `№ 14 (March–April 2020)`."""
    return f"№\N{NO-BREAK SPACE}{book.shown_number(number)} ({words.issue_period(book, number)})"


def course(history: Sequence[indices.Known]) -> Markup:
    """The values of an index through the issues as a small picture; a line joins only issues that follow one another."""
    values = [entry.value for entry in history if entry.value is not None]
    if len(values) < 2:
        return Markup("")
    low, high = min(*values, 0), max(*values, 0)

    def position(at: int, value: Score) -> str:
        across = EDGE + (WIDTH - 2 * EDGE) * at / (len(history) - 1)
        down = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float(value - low) / (float(high - low) or 1)
        return f"{across:.1f} {down:.1f}"

    points = [(at, position(at, entry.value)) for at, entry in enumerate(history) if entry.value is not None]
    lines = " ".join(f"M{a} L{b}" for (i, a), (j, b) in pairwise(points) if j == i + 1)
    positions = [point.split() for _, point in points]
    return render("course", points=positions, lines=lines, zero=position(0, 0).split()[1], width=WIDTH, height=HEIGHT)


def at_a_glance(context: BuildContext, volume: Volume) -> Markup:
    """An issue in one screen: what changed and why, every index, the strongest events, and what it expects."""
    shown = cards(context, volume)
    scoreboard = render("scoreboard", cards=shown, shapes=SHAPES) if shown else ""
    return render("at_a_glance", publication=volume.publication, scoreboard=scoreboard, strongest=strongest(context, volume))
