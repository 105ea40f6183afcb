"""Days of an issue as places on an axis.

A day is a whole number, counted from the first day of the period, so that no time zone can
move a mark: day 3 begins at 3, ends at 4 and has its middle at 3.5.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import altair as alt

from macros import dates, indices
from macros.book import Book, Volume
from macros.charts._drawing import NothingToDraw
from macros.charts._words import axis_labels, series_label
from macros.model import Event, Incident

Scored = tuple[Event | Incident, int]


def rows_of(book: Book, volume: Volume, series: str) -> tuple[list[Scored], str, dates.Period]:
    """The rows that count towards an index of an issue, with their scores.

    Args:
        book: The book.
        volume: An issue.
        series: Id of a relationship or of a security index.

    Returns:
        The rows in order of date, the label of the series, the period of the issue.

    Raises:
        NothingToDraw: There is no such series, or the publication has no rows of it.
    """
    label = series_label(book, series)
    rows = indices.scores_of(book, volume, series)
    if label is None:
        raise NothingToDraw(f"there is no relationship or security index '{series}'")
    if not rows or volume.publication.period is None:
        raise NothingToDraw(f"this publication has no scored events of '{series}'")
    return rows, label, volume.publication.period


def stretch(row: Event | Incident, period: dates.Period) -> tuple[int, int]:
    """Where an event begins and ends, cut to the period: (0, 1) is the first day."""
    begin = max(row.date.first, period.first) - period.first
    end = min(row.date.last, period.last) - period.first
    return begin.days, end.days + 1


def axis(period: dates.Period, title: str) -> alt.X:
    """The x axis of the days of a period, labelled at the parts of its months."""
    days = [period.first + datetime.timedelta(days=day) for day in range(period.days)]
    starts: Sequence[int] = (1, 11, 21) if period.days <= 100 else (1,)
    marked = {float(f"{(day - period.first).days}.5"): f"{day.day} {day:%b}" for day in days if day.day in starts}
    return alt.X(
        "x:Q",
        title=title,
        scale=alt.Scale(domain=[0, period.days], nice=False, zero=False),
        axis=alt.Axis(values=list(marked), labelExpr=axis_labels(marked), ticks=True, labelOverlap=True),
    )
