"""How one index added up, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

import altair as alt
import narwhals as nw
import pandas as pd

from macros import dates, indices
from macros.book import Book, Volume
from macros.charts import _days
from macros.charts._drawing import Drawing, Link, Links, drawing, layered
from macros.charts._theme import NEGATIVE, NEUTRAL, POSITIVE, TOTAL
from macros.charts._words import SIGNED_LABELS
from macros.words import signed


def draw(book: Book, volume: Volume, links: Links, relationship: str) -> Drawing:
    """A stepped line from 0 on the first day; an event that lasted counts on its last day.

    Args:
        book: The book.
        volume: An issue.
        links: Where the triangles lead: to the first event of the day.
        relationship: Id of a relationship, or of a security index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no events of that relationship.
    """
    rows, label, period = _days.rows_of(book, volume, relationship)
    days = _by_day(rows, period, partial(links.row, volume))
    table = pd.DataFrame(
        {
            "Day": [dates.human(dates.parse(day["day"].isoformat())) for day in days],
            "Points of the day": [signed(day["score"]) for day in days],
            "Running total": [signed(day["total"]) for day in days],
        }
    )
    return drawing(f"running-total-{relationship}", f"Running total: {label}", sentence(days, period), table, _chart(days, period))


def _by_day(rows: Sequence[_days.Scored], period: dates.Period, link: Link) -> list[dict[str, Any]]:
    """Each day with events: its points, the total so far, and words."""
    last = {row.id: min(row.date.last, period.last) for row, _ in rows}
    first = {day: row_id for row_id, day in reversed(last.items())}
    scores = pd.DataFrame({"series": "", "last": [last[row.id] for row, _ in rows], "score": [score for _, score in rows]})
    found = []
    for one in nw.from_native(indices.running(scores), eager_only=True).iter_rows(named=True):
        words = f"{dates.human(dates.parse(one['last'].isoformat()))}: {signed(one['score'])}, total {signed(one['total'])}"
        found.append(
            {
                "day": one["last"],
                "x": (one["last"] - period.first).days + 0.5,
                "score": int(one["score"]),
                "total": int(one["total"]),
                "sign": "rise" if one["score"] > 0 else "fall" if one["score"] < 0 else "neither",
                "words": words,
                "href": link(first[one["last"]]),
            }
        )
    return found


def _chart(days: list[dict[str, Any]], period: dates.Period) -> alt.LayerChart:
    path = [(0.0, 0), *((day["x"], day["total"]) for day in days), (float(period.days), days[-1]["total"])]
    reach = [total for _, total in path]
    line = pd.DataFrame([{"x": x, "total": total, "step": step} for step, (x, total) in enumerate(path)])
    dots = pd.DataFrame([{name: value for name, value in day.items() if name not in {"day", "score"}} for day in days])
    x = _days.axis(period, "Day (an event of several days counts on its last)")
    y = alt.Y("total:Q", title="Running total", axis=alt.Axis(labelExpr=SIGNED_LABELS, tickCount=min(6, max(reach) - min(reach))))
    signs = ["rise", "fall", "neither"]
    points = (
        alt.Chart(dots)
        .mark_point(size=70, strokeWidth=0)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("sign:N", scale=alt.Scale(domain=signs, range=["triangle-up", "triangle-down", "circle"]), legend=None),
            fill=alt.Fill("sign:N", scale=alt.Scale(domain=signs, range=[POSITIVE, NEGATIVE, NEUTRAL]), legend=None),
            tooltip=alt.Tooltip("words:N", title="Day"),
            description=alt.Description("words:N"),
            href=alt.Href("href:N"),
        )
    )
    layers = [
        alt.Chart(pd.DataFrame({"total": [0]})).mark_rule(aria=False).encode(y=y),
        alt.Chart(line).mark_line(interpolate="step-after", aria=False).encode(x=x, y=y, order=alt.Order("step:Q")),
        points,
        alt.Chart(_labels(days, period))
        .mark_text(align="left", dx=6, fontWeight="bold", fontSize=14)
        .encode(x=x, y=y, text=alt.Text("shown:N")),
    ]
    fit = alt.AutoSizeParams(type="fit", contains="padding")
    return layered(*layers).properties(width=TOTAL, height=260, autosize=fit, padding={"left": 4, "top": 8, "bottom": 4, "right": 36})


def _labels(days: list[dict[str, Any]], period: dates.Period) -> pd.DataFrame:
    return pd.DataFrame([{"x": period.days, "total": days[-1]["total"], "shown": signed(days[-1]["total"])}])


def sentence(days: Sequence[dict[str, Any]], period: dates.Period) -> str:
    """Where the total ended, where it was highest and where lowest."""
    course = [(period.first - datetime.timedelta(days=1), 0), *((day["day"], day["total"]) for day in days)]
    end = course[-1][1]
    parts = [f"From 0 the running total comes to {signed(end)} by {dates.human(dates.parse(period.last.isoformat()))}."]
    for word, extreme in (("highest", max), ("lowest", min)):
        value = extreme(total for _, total in course)
        first, *again = (day for day, total in course if total == value)
        day = "at the start" if first < period.first else f"on {dates.human(dates.parse(first.isoformat()))}"
        when = f"{day} and again later" if again else day
        parts.append(f"{word} {when} ({signed(value)})")
    return f"{parts[0]} It is {parts[1]} and {parts[2]}."
