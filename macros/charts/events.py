"""Every event of one relationship: when it was, how it was scored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from macros import dates
from macros.book import Book, Volume
from macros.charts import _days
from macros.charts._drawing import Drawing, Link, Links, drawing, layered
from macros.charts._theme import GRID, NEGATIVE, NEUTRAL, POSITIVE, TOTAL, WIDTH
from macros.charts._words import axis_labels
from macros.words import counted, signed

SYMBOL, TRACK, LANE = 13, 14, 20
"""Width of a symbol, height of a track, and least height of a lane, in px."""

SIGNS = ["positive", "negative", "zero"]
COLOURS = [POSITIVE, NEGATIVE, NEUTRAL]


def draw(book: Book, volume: Volume, links: Links, relationship: str) -> Drawing:
    """One lane for each score; in it a triangle for a day, a bar for a longer event.

    Args:
        book: The book.
        volume: An issue.
        links: Where the marks lead: to the event.
        relationship: Id of a relationship, or of a security index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no events of that relationship.
    """
    rows, label, period = _days.rows_of(book, volume, relationship)
    table = pd.DataFrame(
        {
            "Date": [dates.human(row.date) for row, _ in rows],
            "Event": [row.event for row, _ in rows],
            "Score": [signed(score) for _, score in rows],
        }
    )
    pair = book.scales.security_series
    scale = book.scales.security if relationship in {pair.national.id, pair.regional.id} else book.scales.relationship
    tracks = _tracks(rows, period)
    lanes = _lanes([score for score in range(scale.highest, scale.lowest - 1, -1) if score or scale.zero], rows, tracks)
    data = pd.DataFrame(
        [_mark(row, score, track, lanes, period, partial(links.row, volume)) for (row, score), track in zip(rows, tracks, strict=True)]
    )
    return drawing(
        f"events-{relationship}", f"Events: {label}", sentence(rows), table, _chart(data, lanes, period), [row.id for row, _ in rows]
    )


def _lanes(scores: Sequence[int], rows: Sequence[_days.Scored], tracks: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each score where its lane begins and how high it is, in px from the top."""
    lanes, top = {}, 0
    for score in scores:
        used = [track + 1 for (_, one), track in zip(rows, tracks, strict=True) if one == score]
        lanes[score] = (top, max(LANE, TRACK * max(used, default=0) + 6))
        top += lanes[score][1]
    return lanes


def _tracks(rows: Sequence[_days.Scored], period: dates.Period) -> list[int]:
    """For each row the track of its lane in which it covers no other row."""
    room = SYMBOL * period.days / WIDTH
    taken: dict[int, list[float]] = {}
    found = []
    for row, score in rows:
        begin, end = _days.stretch(row, period)
        middle, half = (begin + end) / 2, max(room, end - begin) / 2
        ends = taken.setdefault(score, [])
        track = next((number for number, last in enumerate(ends) if last <= middle - half), len(ends))
        ends[track : track + 1] = [middle + half]
        found.append(track)
    return found


def _mark(
    row: Any, score: int, track: int, lanes: dict[int, tuple[int, int]], period: dates.Period, link: Link
) -> dict[str, str | float | bool]:
    begin, end = _days.stretch(row, period)
    return {
        "x": (begin + end) / 2 if row.date.days == 1 else begin,
        "x2": end,
        "y": lanes[score][0] + 3 + TRACK * (track + 0.5),
        "day": row.date.days == 1,
        "sign": SIGNS[0 if score > 0 else 1 if score < 0 else 2],
        "words": f"{dates.human(row.date)}: {row.event} ({signed(score)})",
        "href": link(row.id),
    }


def _chart(data: pd.DataFrame, lanes: dict[int, tuple[int, int]], period: dates.Period) -> alt.LayerChart:
    height = sum(size for _, size in lanes.values())
    middles = {top + size / 2: signed(score) for score, (top, size) in lanes.items()}
    y = alt.Y(
        "y:Q",
        title="Score",
        scale=alt.Scale(domain=[height, 0], nice=False),
        axis=alt.Axis(values=list(middles), labelExpr=axis_labels(middles), grid=False, labelOverlap=False),
    )
    x = _days.axis(period, "Day (a bar: an event of several days)")
    marks = {"tooltip": alt.Tooltip("words:N", title="Event"), "description": alt.Description("words:N"), "href": alt.Href("href:N")}
    colour = alt.Scale(domain=SIGNS, range=COLOURS)
    fill = alt.Fill("sign:N", scale=colour, legend=None)
    shape = alt.Shape("sign:N", scale=alt.Scale(domain=SIGNS, range=["triangle-up", "triangle-down", "circle"]), legend=None)
    borders = pd.DataFrame(
        [{"y": top, "border": "zero" if score == -1 and 0 not in lanes else "lane"} for score, (top, _) in lanes.items()]
    )
    rule = (
        alt.Chart(borders[1:])
        .mark_rule(aria=False)
        .encode(y=y, stroke=alt.Stroke("border:N", scale=alt.Scale(domain=["lane", "zero"], range=[GRID, NEUTRAL]), legend=None))
    )
    bar = alt.Chart(data[~data["day"]]).mark_bar(height=8, cornerRadius=4).encode(x=x, x2="x2:Q", y=y, fill=fill, **marks)
    day = alt.Chart(data[data["day"]]).mark_point(size=95, strokeWidth=0).encode(x=x, y=y, shape=shape, fill=fill, **marks)
    return layered(rule, bar, day).properties(width=TOTAL, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def sentence(rows: Sequence[_days.Scored]) -> str:
    """How many events, their points, and the strongest of them or the busiest day."""
    positive, negative = [one for _, one in rows if one > 0], [one for _, one in rows if one < 0]
    zero = len(rows) - len(positive) - len(negative)
    parts = [
        f"{len(positive)} positive ({signed(sum(positive))})" if positive else "",
        f"{len(negative)} negative ({signed(sum(negative))})" if negative else "",
        f"{zero} of score 0" if zero else "",
    ]
    most = max(abs(score) for _, score in rows)
    strongest = [(row, score) for row, score in rows if abs(score) == most]
    counts = f"{counted(len(rows), 'event')}: {', '.join(part for part in parts if part)}."
    if len(strongest) == 1 and len(rows) > 1:
        row, score = strongest[0]
        return f"{counts} The strongest ({signed(score)}): {row.event}, {dates.human(row.date)}."
    return f"{counts}{_busiest(rows)}"


def _busiest(rows: Sequence[_days.Scored]) -> str:
    """The day or the two days on which most events of a single day fell."""
    days = [row.date for row, _ in rows if row.date.days == 1]
    most = max((days.count(day) for day in days), default=0)
    busiest = [day for day in dict.fromkeys(days) if days.count(day) == most]
    if most < 2 or len(busiest) > 2:
        return ""
    if len(busiest) == 1:
        return f" The busiest day was {dates.human(busiest[0])}, with {most} events."
    first, second = (day.first for day in busiest)
    earlier = str(first.day) if (first.year, first.month) == (second.year, second.month) else dates.human(busiest[0])
    return f" The busiest days were {earlier} and {dates.human(busiest[1])}, with {most} events each."
