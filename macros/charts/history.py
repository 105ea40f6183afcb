"""What is known of the indices over the issues of the series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing, listed, signed
from macros.charts._theme import GRID, INK, PAPER, TOTAL
from macros.charts._words import SIGNED_LABELS, counted, issue_period, series_label
from macros.indices import Known

HOW = ["computed from the catalogue", "stated by the issue"]
OPEN = 5
"""How many points long a band without a limit is drawn."""


def draw(book: Book, volume: Volume | None, links: Links, series: str) -> Drawing:
    """The value of each issue in which it is known; unknown issues are gaps.

    Args:
        book: The book.
        volume: The issue on whose page the chart stands; None on the portal.
        links: Where the marks of this issue lead; others lead to the page that states them.
        series: Id of a relationship or of a security index; `all`: every one of them.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: Nothing is known of the series.
    """
    if series == "all":
        return _all(book, volume, links)
    label = series_label(book, series)
    if label is None:
        raise NothingToDraw(f"there is no relationship or security index '{series}'")
    entries = indices.history(book, series)
    if not entries:
        raise NothingToDraw(f"no value of '{series}' is known in any issue")
    span = (entries[0].issue, entries[-1].issue)
    chart = _panel(_rows(book, volume, links, series, entries), span, 250, key=True).properties(
        width=TOTAL, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    return drawing(f"history-{series}", f"Over time: {label}", sentence(label, entries), _table(book, entries), chart)


def _all(book: Book, volume: Volume | None, links: Links) -> Drawing:
    pair = book.scales.security_series
    known = {one.id: indices.history(book, one.id) for one in (*book.relationships, pair.national, pair.regional)}
    known = {name: entries for name, entries in known.items() if entries}
    if not known:
        raise NothingToDraw("no index is known in any issue")
    span = (min(entries[0].issue for entries in known.values()), max(entries[-1].issue for entries in known.values()))
    panels, tables = [], []
    for place, (name, entries) in enumerate(known.items()):
        label = series_label(book, name) or name
        title = alt.TitleParams(label, anchor="start", fontSize=13, color=INK, offset=4, frame="group")
        rows = _rows(book, volume, links, name, entries)
        panel = _panel(rows, span, 74, key=False, numbers=place == len(known) - 1)
        panels.append(panel.properties(title=title, width=TOTAL - 60))
        tables.append(_table(book, entries).assign(Index=label))
    table = pd.concat(tables).fillna("")
    table = table[["Index", *(column for column in table.columns if column != "Index")]]
    return drawing("history", "All indices over time", overview(known, span), table, alt.vconcat(*panels, spacing=14))


def _table(book: Book, entries: Sequence[Known]) -> pd.DataFrame:
    known = [one for one in entries if one.value is not None or one.band]
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


def _rows(book: Book, volume: Volume | None, links: Links, series: str, entries: Sequence[Known]) -> pd.DataFrame:
    """One row for each issue in which something is known; `run` numbers the unbroken lines."""
    pages = {(one.issue, one.series): one.source_url for one in book.published_indices}
    own = volume.publication.number if volume else None
    found: list[dict[str, Any]] = []
    run, before = 0, 0
    for one in entries:
        if one.value is None and one.band is None:
            continue
        run += one.issue != before + 1 or one.value is None
        before = one.issue if one.value is not None else 0
        band = f" {one.band.label}" if one.band else ""
        what = f"{signed(one.value)}{band}" if one.value is not None else f"{band.strip()}, value not stated"
        found.append(
            {
                "issue": one.issue,
                "value": one.value,
                "run": run,
                "how": HOW[0] if one.computed else HOW[1],
                "shown": signed(one.value) if one.value is not None else "",
                "words": f"№ {one.issue}, {issue_period(book, one.issue)}: {what} ({HOW[0] if one.computed else HOW[1]})",
                "href": links.section(series) if one.issue == own else pages.get((one.issue, series)),
                **_band(one),
            }
        )
    return pd.DataFrame(found)


def _band(one: Known) -> dict[str, Any]:
    """Where a band stands whose value is not known."""
    band = one.band
    if band is None or one.value is not None:
        return {"band": None, "colour": None, "shape": None, "low": None, "high": None}
    low = band.lowest if band.lowest is not None else (band.highest or 0) - OPEN + 1
    high = band.highest if band.highest is not None else (band.lowest or 0) + OPEN - 1
    return {"band": band.label, "colour": band.colour, "shape": band.shape, "low": low, "high": high}


def _panel(rows: pd.DataFrame, span: tuple[int, int], height: int, key: bool, numbers: bool = True) -> alt.LayerChart:
    """One index over the issues."""
    x = _issues(span, numbers)
    reach = [0, *rows["value"].dropna(), *rows["low"].dropna(), *rows["high"].dropna()]
    room = max(max(reach) - min(reach), 1) * (0.12 if key else 0.3)
    scale = alt.Scale(domain=[min(reach) - room, max(reach) + room], nice=False)
    axis = alt.Axis(labelExpr=SIGNED_LABELS, tickCount=6 if key else 3, minExtent=32, maxExtent=32)
    y, low = (alt.Y(f"{field}:Q", title="Index" if key else None, scale=scale, axis=axis) for field in ("value", "low"))
    valued = alt.Chart(rows[rows["value"].notna()][["issue", "value", "run", "how", "shown", "words", "href"]]).encode(x=x, y=y)
    layers = [
        alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(aria=False).encode(y=y),
        valued.mark_line(aria=False).encode(detail="run:N"),
        _points(valued, sorted(set(rows[rows["value"].notna()]["how"])), key),
    ]
    if not len(rows) > 40:
        layers.append(valued.mark_text(dy=-13, fontWeight="bold", aria=False).encode(text="shown:N"))
    banded = rows[rows["band"].notna()]
    if not banded.empty:
        layers = [*_bands(banded, x, y, low, key), *layers]
    return alt.layer(*layers).resolve_scale(shape="independent", fill="independent").properties(height=height)


def _issues(span: tuple[int, int], numbers: bool) -> alt.X:
    first, last = span
    every = max(1, round((last - first) / 18))
    return alt.X(
        "issue:Q",
        title="Issue (№)" if numbers else None,
        scale=alt.Scale(domain=[first - 0.8, last + 0.8], nice=False, zero=False),
        axis=alt.Axis(values=list(range(first, last + 1, every)), format="d", labels=numbers, grid=True, labelOverlap=True),
    )


def _points(valued: alt.Chart, used: list[str], key: bool) -> alt.Chart:
    """Computed values as filled circles, stated ones as hollow diamonds."""
    legend = alt.Legend(title=None, symbolStrokeColor=INK, symbolStrokeWidth=1.8) if key else None
    colour = {HOW[0]: INK, HOW[1]: PAPER}
    shape = {HOW[0]: "circle", HOW[1]: "diamond"}
    return valued.mark_point(size=80, stroke=INK, strokeWidth=1.8, opacity=1).encode(
        shape=alt.Shape("how:N", scale=alt.Scale(domain=used, range=[shape[one] for one in used]), legend=legend),
        fill=alt.Fill("how:N", scale=alt.Scale(domain=used, range=[colour[one] for one in used]), legend=legend),
        tooltip=alt.Tooltip("words:N", title="Issue"),
        description="words:N",
        href="href:N",
    )


def _bands(banded: pd.DataFrame, x: alt.X, y: alt.Y, low: alt.Y, key: bool) -> list[alt.Chart]:
    """Issues of which only the band is known: the length of the band, and its symbol in the middle."""
    used = banded.drop_duplicates("band")
    names, shapes, colours = list(used["band"]), list(used["shape"]), list(used["colour"])
    legend = alt.Legend(title="Only the band is known:", titleOrient="left", symbolStrokeColor=INK) if key else None
    data = banded[["issue", "low", "high", "band", "words", "href"]].assign(value=(banded["low"] + banded["high"]) / 2)
    base = alt.Chart(data).encode(x=x, description="words:N", href="href:N", tooltip=alt.Tooltip("words:N", title="Issue"))
    return [
        base.mark_rule(color=GRID, strokeWidth=7, strokeCap="round", aria=False).encode(y=low, y2="high:Q"),
        base.mark_point(size=90, stroke=INK, strokeWidth=1, opacity=1).encode(
            y=y,
            shape=alt.Shape("band:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
            fill=alt.Fill("band:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
        ),
    ]


def sentence(label: str, entries: Sequence[Known]) -> str:
    """What is known, how much is not, and where the known values lie."""
    valued = [one for one in entries if one.value is not None]
    banded = [one for one in entries if one.value is None and one.band]
    known = len(valued) + len(banded)
    span = f"from № {entries[0].issue} to № {entries[-1].issue}" if len(entries) > 1 else f"№ {entries[0].issue}"
    of = f"{label} is known in {known} of {len(entries)} issues {span}" if len(entries) > 1 else f"{label} is known in {span} only"
    unknown = len(entries) - known
    parts = [of + (f"; {'it is' if unknown == 1 else 'they are'} unknown in {unknown}" if False else "")]
    if unknown:
        parts[0] += f"; {counted(unknown, 'issue')} between {'is' if unknown == 1 else 'are'} unknown"
    if valued:
        parts.append("Values: " + listed([f"{signed(one.value or 0)} (№ {one.issue})" for one in _ends(valued)]))
    if banded:
        parts.append("Only the band: " + listed([f"{one.band.label if one.band else ''} (№ {one.issue})" for one in banded]))
    return ". ".join(parts) + "."


def _ends(valued: Sequence[Known]) -> list[Known]:
    """All known values, or of many the highest, the lowest and the last."""
    if len(valued) <= 5:
        return list(valued)
    chosen = [max(valued, key=lambda one: one.value or 0), min(valued, key=lambda one: one.value or 0), valued[-1]]
    return sorted(set(chosen), key=lambda one: one.issue)


def overview(known: dict[str, tuple[Known, ...]], span: tuple[int, int]) -> str:
    """How many values of how many indices are known."""
    found = sum(1 for entries in known.values() for one in entries if one.value is not None or one.band)
    issues = {one.issue for entries in known.values() for one in entries if one.value is not None or one.band}
    total = span[1] - span[0] + 1
    return (
        f"From № {span[0]} to № {span[1]}, {counted(found, 'value')} or bands of {counted(len(known), 'index', 'indices')} are known, "
        f"from {len(issues)} of {total} issues; nothing is known of the other {total - len(issues)}. "
        "A filled circle is computed from the catalogue, a hollow diamond is stated by the issue; only neighbouring issues are joined."
    )
