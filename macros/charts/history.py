"""What is known of the indices over the issues of the series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._history_words import finding, finding_of_all, overview, points, points_of_all, sentence
from macros.charts._issues import HOW, Mark, marks, panel, title
from macros.charts._sheet import Box, Sheet
from macros.charts._words import sentences
from macros.indices import Known
from macros.language import gettext
from macros.words import issue_name, issue_period, signed

HIGH, SMALL, SMALLEST, HEAD, FOOT, BETWEEN = 170, 62, 34, 24, 34, 18
"""Height of the values of one index alone, of one of several, of one of very many; of a name, of the issues below, and
room between two columns, in px."""

MANY = 10
"""More indices than these get less height each."""


def draw(book: Book, _volume: Volume | None, links: Links, series: str) -> Drawing:
    """The value of each issue in which it is known; unknown issues are gaps.

    Args:
        _volume: The issue on whose page the chart stands; None on the portal.
        links: Where the marks of this issue lead; others lead to the page that states them.
        series: Id of a relationship or of a security index; `all`: every one of them.

    Raises:
        NothingToDraw: Nothing is known of the series.
    """
    if series == "all":
        return _all(book, links)
    label = indices.labels(book).get(series)
    if label is None:
        raise NothingToDraw(f"there is no relationship or security index '{series}'")
    entries = indices.history(book, series)
    if not entries:
        raise NothingToDraw(f"no value of '{series}' is known in any issue")
    index_marks = marks(book, links, series, entries)
    summary = sentence(label, entries)
    title = gettext("Over time: %(label)s", label=label)
    reading = sentences(gettext("Over time: %(label)s, in points, by issue.", label=label), _key(index_marks))
    words = Words(title, finding(label, entries), reading, summary, points(label, entries, summary))
    addresses = [mark.href for mark in index_marks]
    span = (entries[0].issue, entries[-1].issue)
    return drawing(
        f"history-{series}",
        words,
        _table(book, entries),
        lambda width: _panels({"": index_marks}, span, width, 1, HIGH),
        links=addresses,
        numbers=len(index_marks),
    )


def _key(index_marks: Sequence[Mark]) -> str:
    """What the symbols and lines stand for."""
    return sentences(
        gettext("Filled: computed from the catalogue; hollow: stated by the issue; a line joins neighbouring issues only."),
        gettext("A grey bar means that only the band is known.") if any(mark.value is None for mark in index_marks) else "",
    )


def _all(book: Book, links: Links) -> Drawing:
    entries = {name: indices.history(book, name) for name in indices.labels(book)}
    entries = {name: history for name, history in entries.items() if history}
    if not entries:
        raise NothingToDraw("no index is known in any issue")
    span = (min(history[0].issue for history in entries.values()), max(history[-1].issue for history in entries.values()))
    labels = indices.labels(book)
    panels = {labels[name]: marks(book, links, name, history) for name, history in entries.items()}
    every = [mark for index_marks in panels.values() for mark in index_marks]
    name = gettext("Index")
    table = pd.concat([_table(book, history).assign(**{name: labels[series]}) for series, history in entries.items()]).fillna("")
    table = table[[name, *(column for column in table.columns if column != name)]]
    reading = sentences(gettext("All indices over time, in points, by issue, on one scale."), _key(every))
    summary, named = overview(entries, span), {labels[series]: history for series, history in entries.items()}
    claim = finding_of_all(named)
    words = Words(gettext("All indices over time"), claim, reading, summary, points_of_all(claim, summary, named))
    high = SMALL if len(panels) <= MANY else SMALLEST
    addresses = [mark.href for mark in every]
    return drawing("history", words, table, lambda width: _panels(panels, span, width, 1 if width < 480 else 2, high), links=addresses)


def _panels(panels: Mapping[str, Sequence[Mark]], span: tuple[int, int], width: int, columns: int, high: int) -> alt.TopLevelLayerSpec:
    """The indices in rows and columns, all on one scale."""
    sheet = Sheet(width)
    every = [mark for index_marks in panels.values() for mark in index_marks]
    reach = (min(0, *(mark.low for mark in every)), max(0, *(mark.high for mark in every)))
    wide = (width - BETWEEN * (columns - 1)) / columns
    step = high + HEAD + FOOT + (22 if high < HIGH else 0)
    for number, (name, index_marks) in enumerate(panels.items()):
        left, top = (number % columns) * (wide + BETWEEN), (number // columns) * step
        title(sheet, left, top + 9, name, wide)
        panel(sheet, Box(left, top + HEAD + 6, left + wide, top + HEAD + high), index_marks, span, reach)
    return sheet.chart(step * -(-len(panels) // columns) - (22 if high < HIGH else 0))


def _table(book: Book, entries: Sequence[Known]) -> pd.DataFrame:
    rows = [entry for entry in entries if entry.value is not None or entry.band]
    table = pd.DataFrame(
        {
            gettext("Issue"): [issue_name(entry.number) for entry in rows],
            gettext("Period"): [issue_period(book, entry.issue) for entry in rows],
            gettext("Value"): [gettext("not stated") if entry.value is None else signed(entry.value) for entry in rows],
        }
    )
    if any(entry.band for entry in rows):
        table[gettext("Band")] = [entry.band.label if entry.band else "" for entry in rows]
    table[gettext("Known")] = [gettext(HOW[entry.computed]) for entry in rows]
    return table
