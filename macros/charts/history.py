"""What is known of the indices over the issues of the series."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing
from macros.charts._issues import HOW, issues, key, panel
from macros.charts._theme import INK
from macros.charts._words import AXIS_LETTERS, cut, issue_period, series_label
from macros.indices import Known
from macros.words import counted, listed, signed


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
    label = series_label(book, series)
    if label is None:
        raise NothingToDraw(f"there is no relationship or security index '{series}'")
    entries = indices.history(book, series)
    if not entries:
        raise NothingToDraw(f"no value of '{series}' is known in any issue")
    span = (entries[0].issue, entries[-1].issue)
    rows = issues(book, links, series, entries)
    chart = alt.vconcat(key(rows), panel(rows, span, 250, single=True), spacing=12)
    return drawing(f"history-{series}", f"Over time: {label}", sentence(label, entries), _table(book, entries), chart, numbers=len(rows))


def _all(book: Book, links: Links) -> Drawing:
    pair = book.scales.security_series
    names = [*(relationship.id for relationship in book.relationships), pair.national.id, pair.regional.id]
    known = {name: indices.history(book, name) for name in names}
    known = {name: entries for name, entries in known.items() if entries}
    if not known:
        raise NothingToDraw("no index is known in any issue")
    span = (min(entries[0].issue for entries in known.values()), max(entries[-1].issue for entries in known.values()))
    rows, panels, tables = [], [], []
    for place, (name, entries) in enumerate(known.items()):
        label = series_label(book, name) or name
        title = alt.TitleParams(cut(label, AXIS_LETTERS), anchor="start", fontSize=13, color=INK, offset=4, frame="group")
        rows.append(issues(book, links, name, entries))
        panels.append(panel(rows[-1], span, 84, single=False, numbers=place == len(known) - 1).properties(title=title))
        tables.append(_table(book, entries).assign(Index=label))
    table = pd.concat(tables).fillna("")
    table = table[["Index", *(column for column in table.columns if column != "Index")]]
    return drawing("history", "All indices over time", overview(known, span), table, alt.vconcat(key(pd.concat(rows)), *panels, spacing=14))


def _table(book: Book, entries: Sequence[Known]) -> pd.DataFrame:
    known = [entry for entry in entries if entry.value is not None or entry.band]
    table = pd.DataFrame(
        {
            "Issue": [f"№ {one.issue}" for one in known],
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
        parts = [f"{label}: known in № {entries[0].issue} only"]
    else:
        span = f"from № {entries[0].issue} to № {entries[-1].issue}"
        others = f", unknown in {'the other' if unknown == 1 else f'the {unknown} others'}" if unknown else ""
        parts = [f"{label}: known in {len(entries) - unknown} of {len(entries)} issues {span}{others}"]
    if valued:
        chosen = _ends(valued)
        kind = counted(len(valued), "Value").partition(" ")[2] if len(chosen) == len(valued) else "Highest, lowest and last value, by issue"
        parts.append(f"{kind}: " + listed([f"{signed(one.value or 0)} (№ {one.issue})" for one in chosen]))
    if banded:
        parts.append("Only the band is known: " + listed([f"{one.band.label} (№ {one.issue})" for one in banded if one.band]))
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
    total = span[1] - span[0] + 1
    others = total - len(issues)
    silent = f"; nothing is known of {'the other one' if others == 1 else f'the other {others}'}" if others else ""
    course = f"From № {span[0]} to № {span[1]}" if total > 1 else f"In № {span[0]}"
    known_of = f"{'is' if valued + banded == 1 else 'are'} known of {counted(len(known), 'index', 'indices')}"
    return f"{course}, {counted(valued, 'value')}{only} {known_of}, from {len(issues)} of {counted(total, 'issue')}{silent}. {JOINED}"
