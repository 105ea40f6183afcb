"""All indices of one issue side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, bar_size, drawing
from macros.charts._theme import INK, NEGATIVE, POSITIVE, WIDTH
from macros.words import listed, signed

Indices = tuple[indices.Index, ...]


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """Positive and negative points of each index as bars, its aggregate as a diamond.

    Args:
        book: The book.
        volume: An issue.
        links: Where the bars lead: to the section of the index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The issue has no events and no incidents.
    """
    found = indices.indices(book, volume)
    if not found:
        raise NothingToDraw("this publication has no events and no incidents")
    size = {"width": WIDTH - 30, "height": bar_size(len(found)) * 1.2}
    return drawing("board", "All indices", sentence(found), _table(found), _chart(_data(found, volume, links)).properties(**size))


def _table(found: Indices) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Index": [index.label for index in found],
            "Positive": [signed(one.positive) for one in found],
            "Negative": [signed(one.negative) for one in found],
            "Aggregate": [signed(one.aggregate) for one in found],
            "Rows": [one.rows for one in found],
        }
    )


def _data(found: Indices, volume: Volume, links: Links) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [index.label for index in found],
            "positive": [one.positive for one in found],
            "negative": [one.negative for one in found],
            "aggregate": [one.aggregate for one in found],
            "shown": [signed(one.aggregate) for one in found],
            "words": [
                f"{one.label}: aggregate {signed(one.aggregate)} ({signed(one.positive)} and {signed(one.negative)})" for one in found
            ],
            "href": [links.section(volume, one.series) for one in found],
        }
    )


def _chart(data: pd.DataFrame) -> alt.LayerChart:
    base = alt.Chart(data).encode(
        y=alt.Y("label:N", sort=None, title=None),
        href=alt.Href("href:N"),
        description=alt.Description("words:N"),
        tooltip=alt.Tooltip("words:N", title="Index"),
    )
    reach = max(*data["positive"], *-data["negative"]) + 3
    points = alt.X("positive:Q", title="Points", scale=alt.Scale(domain=[-reach, reach], nice=False))
    chart: alt.LayerChart = (
        base.mark_bar(color=POSITIVE, height=14).encode(x=points)
        + base.mark_bar(color=NEGATIVE, height=14).encode(x=alt.X("negative:Q"))
        + alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x=alt.X("zero:Q"))
        + base.mark_point(shape="diamond", color=INK, size=110).encode(x=alt.X("aggregate:Q"))
        + base.mark_text(dy=-14, fontWeight="bold").encode(x=alt.X("aggregate:Q"), text=alt.Text("shown:N"))
    )
    return chart


def sentence(found: tuple[indices.Index, ...]) -> str:
    """Which indices are above and below zero, with their values."""
    parts = []
    for word, chosen in (
        ("above zero", sorted((one for one in found if one.aggregate > 0), key=lambda one: -one.aggregate)),
        ("below zero", sorted((one for one in found if one.aggregate < 0), key=lambda one: one.aggregate)),
        ("at zero", [index for index in found if index.aggregate == 0]),
    ):
        if chosen:
            verb = "stands" if len(chosen) == 1 else "stand"
            parts.append(f"{listed([f'{one.label} ({signed(one.aggregate)})' for one in chosen])} {verb} {word}")
    return "; ".join(parts) + ". Bars are positive and negative points, the diamond is their sum, the index."
