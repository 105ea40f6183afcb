"""What each incident did to national security and to the region."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import altair as alt
import pandas as pd

from macros import dates
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Link, Links, NothingToDraw, drawing, layered
from macros.charts._theme import GRID, NEGATIVE, NEUTRAL, POSITIVE, SOFT, TOTAL
from macros.charts._words import AXIS_LETTERS, SIGNED_LABELS, cut
from macros.model import Incident
from macros.words import counted, signed

CELL = 46
"""Height of a cell in px."""

ALIGN: tuple[Literal["left", "right"], ...] = ("left", "right")
KINDS = ["better", "worse", "mixed", "neutral"]


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """A grid of both scores, with one symbol in its cell for each incident.

    Args:
        book: The book.
        volume: An issue.
        links: Where the symbols lead: to the incident.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no incidents.
    """
    if not volume.incidents:
        raise NothingToDraw("this publication has no incidents")
    pair = book.scales.security_series
    table = pd.DataFrame(
        {
            "Date": [dates.human(row.date) for row in volume.incidents],
            "Incident": [one.event for one in volume.incidents],
            "Kind": [book.vocabularies.categories[one.category] for one in volume.incidents],
            pair.national.label: [signed(one.national) for one in volume.incidents],
            pair.regional.label: [signed(one.regional) for one in volume.incidents],
        }
    )
    data = pd.DataFrame(_marks(book, volume.incidents, partial(links.row, volume)))
    title = f"Incidents: {pair.national.label.lower()} and {pair.regional.label.lower()}"
    return drawing(
        "incidents", title, sentence(book, volume.incidents), table, _chart(book, data), [incident.id for incident in volume.incidents]
    )


def _marks(book: Book, rows: Sequence[Incident], link: Link) -> list[dict[str, Any]]:
    """One mark for each incident; those of one cell stand in rows around its middle."""
    cells: dict[tuple[int, int], list[Incident]] = defaultdict(list)
    for row in rows:
        cells[row.national, row.regional].append(row)
    found: list[dict[str, Any]] = []
    for (national, regional), here in cells.items():
        wide = math.ceil(math.sqrt(len(here) * 1.5))
        high = math.ceil(len(here) / wide)
        for place, row in enumerate(here):
            column, line = place % wide, place // wide
            scores = f"national {signed(national)}, regional {signed(regional)}"
            found.append(
                {
                    "x": national + (column - (wide - 1) / 2) * min(0.26, 0.84 / wide),
                    "y": regional - (line - (high - 1) / 2) * min(0.34, 0.84 / high),
                    "kind": _kind(national, regional),
                    "words": f"{dates.human(row.date)}: {row.event} ({scores})",
                    "category": book.vocabularies.categories[row.category],
                    "href": link(row.id),
                }
            )
    return found


def _kind(national: int, regional: int) -> str:
    if min(national, regional) >= 0 < max(national, regional):
        return KINDS[0]
    if national == regional == 0:
        return KINDS[3]
    return KINDS[1] if max(national, regional) <= 0 else KINDS[2]


def _chart(book: Book, data: pd.DataFrame) -> alt.LayerChart:
    pair, scale = book.scales.security_series, book.scales.security
    values = list(range(scale.lowest, scale.highest + 1))
    domain = alt.Scale(domain=[scale.lowest - 0.5, scale.highest + 0.5], nice=False)
    axis = alt.Axis(values=values, labelExpr=SIGNED_LABELS, grid=False, domain=False, ticks=False)
    x = alt.X("x:Q", scale=domain, axis=axis, title=f"{cut(pair.national.label, AXIS_LETTERS - 22)}: − weaker, + stronger")
    y = alt.Y("y:Q", scale=domain, axis=axis, title=f"{cut(pair.regional.label, AXIS_LETTERS // 2 - 8)}: − strained, + calmed")
    layers = [*_grid(values, domain), *_quadrants(scale.lowest, scale.highest, domain), _points(data).encode(x=x, y=y)]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return layered(*layers).properties(width=TOTAL, height=CELL * len(values), autosize=fit)


def _points(data: pd.DataFrame) -> alt.Chart:
    shapes = alt.Scale(domain=KINDS, range=["triangle-up", "triangle-down", "diamond", "circle"])
    fills = alt.Scale(domain=KINDS, range=[POSITIVE, NEGATIVE, NEUTRAL, NEUTRAL])
    marks: alt.Chart = alt.Chart(data).mark_point(size=80, strokeWidth=0)
    return marks.encode(
        shape=alt.Shape("kind:N", scale=shapes, legend=None),
        fill=alt.Fill("kind:N", scale=fills, legend=None),
        tooltip=[alt.Tooltip("words:N", title="Incident"), alt.Tooltip("category:N", title="Kind")],
        description=alt.Description("words:N"),
        href=alt.Href("href:N"),
    )


def _grid(values: Sequence[int], domain: alt.Scale) -> list[alt.Chart]:
    """Edges of the cells, and a band where one of the scores is 0."""
    edges = pd.DataFrame({"edge": [value - 0.5 for value in [*values, values[-1] + 1]]})
    lines = alt.Chart(edges).mark_rule(color=GRID, aria=False)
    zero = alt.Chart(pd.DataFrame({"from": [-0.5], "to": [0.5]})).mark_rect(color=GRID, opacity=0.45, aria=False)
    both = [
        zero.encode(x=alt.X("from:Q", scale=domain), x2=alt.X2("to:Q")),
        zero.encode(y=alt.Y("from:Q", scale=domain), y2=alt.Y2("to:Q")),
    ]
    return [
        *(both if 0 in values else ()),
        lines.encode(x=alt.X("edge:Q", scale=domain)),
        lines.encode(y=alt.Y("edge:Q", scale=domain)),
    ]


def _quadrants(lowest: int, highest: int, domain: alt.Scale) -> list[alt.Chart]:
    """What each corner means, in the corner."""
    left, right = (lowest - 0.44, "weaker"), (highest + 0.44, "stronger")
    top, bottom = (highest + 0.32, "calmed"), (lowest - 0.32, "strained")
    layers = []
    for (x, national), align in ((left, ALIGN[0]), (right, ALIGN[1])):
        corners = pd.DataFrame([{"x": x, "y": y, "words": f"{national}, {regional}"} for y, regional in (top, bottom)])
        text = alt.Chart(corners).mark_text(align=align, baseline="middle", color=SOFT, aria=False)
        layers.append(text.encode(x=alt.X("x:Q", scale=domain), y=alt.Y("y:Q", scale=domain), text=alt.Text("words:N")))
    return layers


def sentence(book: Book, rows: Sequence[Incident]) -> str:
    """How many incidents, in which direction, and which pair of scores is the most frequent."""
    pair = book.scales.security_series
    kinds = Counter(_kind(row.national, row.regional) for row in rows)
    pairs = Counter((row.national, row.regional) for row in rows).most_common(2)
    (national, regional), most = pairs[0]
    alone = most > 1 and (len(pairs) == 1 or pairs[1][1] < most)
    totals = [
        f"{pair.national.label} sums to {signed(sum(row.national for row in rows))}",
        f"{pair.regional.label.lower()} to {signed(sum(row.regional for row in rows))}",
    ]
    meant = {
        "worse": "lowering one or both scores and raising none",
        "better": "raising one or both and lowering none",
        "mixed": "raising one and lowering the other",
        "neutral": "changing neither",
    }
    said = "; ".join(f"{kinds[kind]} {words}" for kind, words in meant.items() if kinds[kind])
    shared = f"national {signed(national)} and regional {signed(regional)}"
    frequent = f" {most} share the scores {shared}, more than any other pair." if alone and len(pairs) > 1 else ""
    return f"{counted(len(rows), 'incident')}: {said}.{frequent} {' and '.join(totals)}."
