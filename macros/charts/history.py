"""What is known of the indices over the issues of the series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._issues import HOW, Mark, marks, panel, title
from macros.charts._sheet import Box, Sheet
from macros.fields import Score
from macros.indices import Known
from macros.words import counted, issue_period, listed, signed

HIGH, SMALL, SMALLEST, HEAD, FOOT, BETWEEN = 170, 62, 34, 24, 34, 18
"""Height of the values of one index alone, of one of several, of one of very many; of a name, of the issues below, and
room between two columns, in px."""

MANY = 10
"""More indices than these get less height each."""

KEY = "Filled: computed from the catalogue; hollow: stated by the issue; a line joins neighbouring issues only."
BARS = " A grey bar: only the band is known."


def draw(book: Book, _volume: Volume | None, links: Links, series: str) -> Drawing:
    """The value of each issue in which it is known; unknown issues are gaps.

    Args:
        book: The book.
        _volume: The issue on whose page the chart stands; None on the portal.
        links: Where the marks of this issue lead; others lead to the page that states them.
        series: Id of a relationship or of a security index; `all`: every one of them.

    Returns:
        The drawing.

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
    known = marks(book, links, series, entries)
    said = sentence(label, entries)
    reading = f"Over time: {label}, in points, by issue. {KEY}{_bars(known)}"
    told = Words(f"Over time: {label}", finding(label, entries), reading, said, _points(label, entries, said))
    addresses = [mark.href for mark in known]
    span = (entries[0].issue, entries[-1].issue)
    return drawing(
        f"history-{series}",
        told,
        _table(book, entries),
        lambda width: _panels({"": known}, span, width, 1, HIGH),
        links=addresses,
        numbers=len(known),
    )


def _bars(known: Sequence[Mark]) -> str:
    return BARS if any(mark.value is None for mark in known) else ""


def _all(book: Book, links: Links) -> Drawing:
    entries = {name: indices.history(book, name) for name in indices.labels(book)}
    entries = {name: known for name, known in entries.items() if known}
    if not entries:
        raise NothingToDraw("no index is known in any issue")
    span = (min(known[0].issue for known in entries.values()), max(known[-1].issue for known in entries.values()))
    labels = indices.labels(book)
    panels = {labels[name]: marks(book, links, name, known) for name, known in entries.items()}
    every = [mark for known in panels.values() for mark in known]
    table = pd.concat([_table(book, known).assign(Index=labels[name]) for name, known in entries.items()]).fillna("")
    table = table[["Index", *(column for column in table.columns if column != "Index")]]
    reading = f"All indices over time, in points, by issue, on one scale. {KEY}{_bars(every)}"
    said = overview(entries, span)
    claim = finding_of_all({labels[name]: known for name, known in entries.items()})
    told = Words(
        "All indices over time", claim, reading, said, _points_of_all(claim, said, {labels[name]: entries[name] for name in entries})
    )
    high = SMALL if len(panels) <= MANY else SMALLEST
    addresses = [mark.href for mark in every]
    return drawing("history", told, table, lambda width: _panels(panels, span, width, 1 if width < 480 else 2, high), links=addresses)


def _panels(panels: Mapping[str, Sequence[Mark]], span: tuple[int, int], width: int, columns: int, high: int) -> alt.LayerChart:
    """The indices in rows and columns, all on one scale."""
    sheet = Sheet(width)
    every = [mark for known in panels.values() for mark in known]
    reach = (min(0, *(mark.low for mark in every)), max(0, *(mark.high for mark in every)))
    wide = (width - BETWEEN * (columns - 1)) / columns
    step = high + HEAD + FOOT + (22 if high < HIGH else 0)
    for place, (name, known) in enumerate(panels.items()):
        left, top = (place % columns) * (wide + BETWEEN), (place // columns) * step
        title(sheet, left, top + 9, name, wide)
        panel(sheet, Box(left, top + HEAD + 6, left + wide, top + HEAD + high), known, span, reach)
    return sheet.chart(step * -(-len(panels) // columns) - (22 if high < HIGH else 0))


def finding(label: str, entries: Sequence[Known]) -> str:
    """The last value, and the one before it, with their issues."""
    valued = [entry for entry in entries if entry.value is not None]
    if not valued:
        banded = [entry for entry in entries if entry.band]
        return f"{label}: {banded[-1].band.label} in № {banded[-1].number}" if banded and banded[-1].band else f"{label}: no value is known"
    last = f"{label}: {signed(valued[-1].value or 0)} in № {valued[-1].number}"
    return f"{last}, after {signed(valued[-2].value or 0)} in № {valued[-2].number}" if len(valued) > 1 else last


def finding_of_all(entries: Mapping[str, Sequence[Known]]) -> str:
    """Which index is the highest and which the lowest in the newest issue of which more than one value is known."""
    values: dict[int, dict[str, Score]] = {}
    numbers = {entry.issue: entry.number for known in entries.values() for entry in known}
    for label, known in entries.items():
        for entry in known:
            if entry.value is not None:
                values.setdefault(entry.issue, {})[label] = entry.value
    issues = [issue for issue, of in sorted(values.items()) if len(of) > 1]
    if not issues:
        return "All indices over time"
    of, number = values[issues[-1]], numbers[issues[-1]]
    highest, lowest = ([label for label in of if of[label] == end(of.values())] for end in (max, min))
    if highest == lowest:
        return f"In № {number} all known indices stand at {signed(of[highest[0]])}"
    stand = "stands" if len(highest) == 1 else "stand"
    return (
        f"In № {number} {listed(highest)} {stand} highest of the known values ({signed(of[highest[0]])}), "
        f"{listed(lowest)} lowest ({signed(of[lowest[0]])})"
    )


def _points(label: str, entries: Sequence[Known], said: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, what is known, and the extremes."""
    valued = [entry for entry in entries if entry.value is not None]
    ends = []
    for word, end in (("Highest", max), ("Lowest", min)):
        if len(valued) > 1:
            value = end(entry.value or 0 for entry in valued)
            ends.append(f"{word}: {signed(value)} (№ {listed([entry.number for entry in valued if entry.value == value])}).")
    return (("What it shows", (f"{finding(label, entries)}.",)), ("What is known", (said,)), *([("Extremes", tuple(ends))] if ends else []))


def _points_of_all(claim: str, said: str, entries: Mapping[str, Sequence[Known]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, what is known, and the last value of each index."""
    return (
        ("What it shows", (f"{claim}.",)),
        ("What is known", (said,)),
        ("Last known values", tuple(f"{finding(label, known)}." for label, known in entries.items())),
    )


def _table(book: Book, entries: Sequence[Known]) -> pd.DataFrame:
    known = [entry for entry in entries if entry.value is not None or entry.band]
    table = pd.DataFrame(
        {
            "Issue": [f"№ {one.number}" for one in known],
            "Period": [issue_period(book, one.issue) for one in known],
            "Value": ["not stated" if one.value is None else signed(one.value) for one in known],
        }
    )
    if any(one.band for one in known):
        table["Band"] = [one.band.label if one.band else "" for one in known]
    table["Known"] = [HOW[0] if one.computed else HOW[1] for one in known]
    return table


def sentence(label: str, entries: Sequence[Known]) -> str:
    """What is known, how much is not, and where the known values lie."""
    valued = [entry for entry in entries if entry.value is not None]
    banded = [one for one in entries if one.value is None and one.band]
    unknown = len(entries) - len(valued) - len(banded)
    if len(entries) == 1:
        parts = [f"{label}: known in № {entries[0].number} only"]
    else:
        span = f"from № {entries[0].number} to № {entries[-1].number}"
        others = f", unknown in {'the other' if unknown == 1 else f'the {unknown} others'}" if unknown else ""
        parts = [f"{label}: known in {len(entries) - unknown} of {len(entries)} issues {span}{others}"]
    if valued:
        chosen = _ends(valued)
        kind = counted(len(valued), "Value").partition(" ")[2] if len(chosen) == len(valued) else "Highest, lowest and last value, by issue"
        parts.append(f"{kind}: " + listed([f"{signed(one.value or 0)} (№ {one.number})" for one in chosen]))
    if banded:
        parts.append("Only the band is known: " + listed([f"{one.band.label} (№ {one.number})" for one in banded if one.band]))
    return ". ".join(parts) + "."


def _ends(valued: Sequence[Known]) -> list[Known]:
    """All known values, or of many the highest, the lowest and the last."""
    if len(valued) <= 5:
        return list(valued)
    chosen = [max(valued, key=lambda entry: entry.value or 0), min(valued, key=lambda one: one.value or 0), valued[-1]]
    return sorted(set(chosen), key=lambda one: one.issue)


JOINED = "Lines join neighbouring issues only."


def overview(known: dict[str, tuple[Known, ...]], span: tuple[int, int]) -> str:
    """How many values of how many indices are known; a band without a value is no value."""
    valued = sum(1 for entries in known.values() for one in entries if one.value is not None)
    banded = sum(1 for entries in known.values() for one in entries if one.value is None and one.band)
    only = f" and {counted(banded, 'band')} without a value" if banded else ""
    issues = {entry.issue for entries in known.values() for entry in entries if entry.value is not None or entry.band}
    total = len({entry.issue for entries in known.values() for entry in entries})
    others = total - len(issues)
    silent = f"; nothing is known of {'the other one' if others == 1 else f'the other {others}'}" if others else ""
    numbers = {entry.issue: entry.number for entries in known.values() for entry in entries}
    course = f"From № {numbers[span[0]]} to № {numbers[span[1]]}" if total > 1 else f"In № {numbers[span[0]]}"
    known_of = f"{'is' if valued + banded == 1 else 'are'} known of {counted(len(known), 'index', 'indices')}"
    return f"{course}, {counted(valued, 'value')}{only} {known_of}, from {len(issues)} of {counted(total, 'issue')}{silent}. {JOINED}"
