"""Two issues, or two relationships, side by side: the difference of their indices taken apart into scores and events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros import comparison, indices
from macros.book import Book
from macros.comparison import Comparison, Side
from macros.exports.event_columns import SECURITY
from macros.fields import Score, as_json, size
from macros.json_text import compact
from macros.language import gettext
from macros.model import Event, Incident
from macros.pages.context import BuildContext, row_path
from macros.pages.explorer import columns
from macros.pages.html import render
from macros.target import COMPARISONS, comparison_path
from macros.words import issue_period

VALUES = "values.json"


@dataclass(frozen=True)
class Bar:
    """One bar of a waterfall, in per cent of its width: where it begins, how long it is, where zero is, and whether it leads down."""

    begin: float
    length: float
    zero: float
    down: bool = False


def compare(context: BuildContext, first: int, second: int) -> str:
    """All indices of two issues, the earlier first, side by side; each of which both have events here is taken apart."""
    book, labels = context.book, indices.labels(context.book)
    by_series = comparison.compare(book, first, second)
    if not by_series:
        numbers = {"first": book.shown_number(first), "second": book.shown_number(second)}
        return render("nothing", sentence=gettext("No index is known for both № %(first)s and № %(second)s.", **numbers))
    context.show(*(side.volume for compared in by_series.values() for side in (compared.before, compared.after) if side.volume))
    here = {volume.publication.number for volume in book.issues}
    return render(
        "compare",
        issues=[(book.shown_number(number), issue_period(book, number), number in here) for number in (first, second)],
        rows=[(series, labels[series], compared) for series, compared in by_series.items()],
        parted=[_taken_apart(context, series, labels[series], compared) for series, compared in by_series.items() if compared.parted],
        compare=context.link(COMPARISONS),
    )


def _taken_apart(context: BuildContext, series: str, label: str, compared: Comparison) -> dict[str, Any]:
    """One index of two issues, with the bars of its waterfall and the events of each side."""
    sides = (compared.before, compared.after)
    return {
        "id": series,
        "label": label,
        "compared": compared,
        "names": [f"№\N{NO-BREAK SPACE}{context.book.shown_number(side.issue)}" for side in sides],
        "bars": list(bars(compared)),
        "events": [list(_events(context, side)) for side in sides],
    }


def bars(compared: Comparison) -> Iterator[Bar]:
    """The bars of a waterfall: the first index, each step from where the one before it ended, the second index."""
    before, after = compared.before.value or 0, compared.after.value or 0
    ways: list[tuple[Score, Score]] = [(0, before)]
    for step in compared.steps:
        ways.append((ways[-1][1], ways[-1][1] + step.points))
    ways.append((0, after))
    low, high = (pick(0, *(float(value) for way in ways for value in way)) for pick in (min, max))
    for start, end in ways:
        lengths = (float(min(start, end)) - low, float(size(end - start)), -low)
        begin, length, zero = (round(100 * number / ((high - low) or 1), 2) for number in lengths)
        yield Bar(begin, length, zero, end < start)


def _events(context: BuildContext, side: Side) -> Iterator[tuple[Event | Incident, Score, str]]:
    """The events of a side with their scores and links, the highest score first, then by date."""
    if side.volume:
        for row, score in sorted(side.rows, key=lambda scored: -scored[1]):
            yield row, score, context.link(row_path(context, side.volume, row.id))


def comparisons(context: BuildContext) -> str:
    """Any two issues or relationships to choose; without scripts, the pages of neighbouring issues, and the newest issue's indices."""
    book = context.book
    if not book.issues:
        return render("nothing", sentence=gettext("No issue is published yet."))
    newest = book.issues[0]
    content = _values(book)
    context.collected.files[f"{COMPARISONS}{VALUES}"] = content
    context.show(newest)
    here = {volume.publication.number for volume in book.issues}
    return render(
        "comparisons",
        values=f"{context.link(context.target.path + COMPARISONS + VALUES)}?{hashlib.sha256(content).hexdigest()[:8]}",
        columns=columns(context),
        root=context.root,
        pairs=[
            (
                *map(book.shown_number, (first, second)),
                issue_period(book, first),
                issue_period(book, second),
                {first, second} <= here,
                context.link(comparison_path(first, second)),
            )
            for first, second in reversed(comparison.neighbours(book))
        ],
        newest=newest,
        indices=indices.indices(book, newest),
        alone=len(book.issues) == 1,
    )


def _known(side: Side) -> list[Any]:
    """Value, band, whether its events are here to be taken apart, and where they are and its index is no plain sum, that it is so."""
    value = None if side.value is None else as_json(side.value)
    return [value, side.band, bool(side.rows), *([True] if side.volume and not side.rows else [])]


def _values(book: Book) -> bytes:
    """What is known of each index in each issue, for the program that compares any two of them."""
    here = {volume.publication.number for volume in book.issues}
    security, labels, issues = indices.security_ids(book), indices.labels(book), []
    for number in comparison.known_issues(book):
        sides = {series: comparison.side(book, number, series) for series in labels}
        values = {series: _known(side) for series, side in sides.items() if side}
        printed = {"shown": book.shown_number(number)} if book.shown_number(number) != str(number) else {}
        issues.append({"number": number, **printed, "period": issue_period(book, number), "here": number in here, "known": values})
    listed = [[series, label, SECURITY if series in security else series] for series, label in labels.items()]
    return f"{compact({'series': listed, 'issues': issues})}\n".encode()
