"""Regional tension of an issue on its colour scale."""

from __future__ import annotations

from typing import Literal, NamedTuple

import altair as alt
import pandas as pd

from macros import indices
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing, layered
from macros.charts._theme import INK, SOFT, TOTAL
from macros.charts._words import cut
from macros.model import Band
from macros.words import signed

OPEN, WIDEST = 5, 8
"""How many points wide a band without a limit is drawn, at least and at most."""


class Place(NamedTuple):
    """A band and where it stands on the axis: each value v takes the room from v - 0.5 to v + 0.5."""

    band: Band
    calm: float
    tense: float


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """The bands side by side from calm to war, and a pointer at the value of the issue.

    Args:
        book: The book.
        volume: An issue.
        links: Where the pointer leads: to the section of the index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no incidents.
    """
    series = book.scales.security_series.regional
    if not volume.incidents:
        raise NothingToDraw("this publication has no incidents, so that regional tension is not known")
    value = indices.index(book, volume, series.id).aggregate
    own = indices.band(book.scales, value)
    others = _others(book, volume, series.id)
    table = pd.DataFrame(
        {
            "Band": [band.label for band in book.scales.tension],
            "Limits": [limits(band) for band in book.scales.tension],
            "Meaning": [band.meaning for band in book.scales.tension],
            "This issue": [signed(value) if band is own else "" for band in book.scales.tension],
            "Other known issues": [", ".join(f"№ {number}" for number in others.get(band.id, [])) for band in book.scales.tension],
        }
    )
    sentence = f"{series.label} stands at {signed(value)}, in the band {own.label} ({limits(own)}). {own.meaning}"
    chart = _chart(_places(book, value), value, own, others, links.section(volume, series.id))
    return drawing("tension", series.label, sentence, table, chart)


def limits(band: Band) -> str:
    """The limits of a band as readers see them."""
    if band.highest is None:
        return "all values" if band.lowest is None else f"{signed(band.lowest)} and higher"
    return f"{signed(band.highest)} and lower" if band.lowest is None else f"{signed(band.highest)} to {signed(band.lowest)}"


def _others(book: Book, volume: Volume, series: str) -> dict[str, list[int]]:
    """Numbers of the other issues whose band is known, by band."""
    found: dict[str, list[int]] = {}
    for known in indices.history(book, series):
        if known.band and known.issue != volume.publication.number:
            found.setdefault(known.band.id, []).append(known.issue)
    return found


def _places(book: Book, value: int) -> list[Place]:
    """Where each band stands; a band without a limit grows with the value, up to WIDEST."""
    found = []
    for band in book.scales.tension:
        lowest = band.lowest if band.lowest is not None else (band.highest or 0) - open_width(value, band) + 1
        highest = band.highest if band.highest is not None else (band.lowest or 0) + open_width(value, band) - 1
        found.append(Place(band, highest + 0.5, lowest - 0.5))
    return found


def open_width(value: int, band: Band) -> int:
    """How wide a band without a limit is drawn for a value."""
    edge = band.lowest if band.lowest is not None else band.highest or 0
    inside = value >= edge if band.highest is None else value <= edge
    return min(max(OPEN, abs(value - edge) + 2), WIDEST) if inside else OPEN


def _chart(places: list[Place], value: int, own: Band, others: dict[str, list[int]], href: str) -> alt.LayerChart:
    ends = [places[0].calm, places[-1].tense]
    data = pd.DataFrame([_row(place, others.get(place.band.id, [])) for place in places])
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    x, centre = alt.X("calm:Q", axis=None, scale=scale), alt.X("middle:Q", axis=None, scale=scale)
    base = alt.Chart(data).encode(x=centre)
    bands = (
        alt.Chart(data)
        .mark_bar(stroke=SOFT, strokeWidth=1)
        .encode(
            x=x,
            x2=alt.X2("tense:Q"),
            y=alt.value(46),
            y2=alt.value(80),
            fill=alt.Fill("colour:N", scale=None),
            tooltip=alt.Tooltip("words:N", title="Band"),
            description=alt.Description("words:N"),
        )
    )
    symbols = base.mark_point(size=130, stroke=INK, strokeWidth=1.2, aria=False).encode(
        y=alt.value(97), shape=alt.Shape("shape:N", scale=None), fill=alt.Fill("colour:N", scale=None)
    )
    name = base.mark_text(fontWeight="bold", baseline="middle", aria=False).encode(y=alt.value(117), text=alt.Text("label:N"))
    limit = base.mark_text(color=SOFT, baseline="middle", aria=False).encode(y=alt.value(134), text=alt.Text("limits:N"))
    also = base.mark_text(color=SOFT, baseline="middle", aria=False).encode(y=alt.value(155), text=alt.Text("also:N"))
    layers = [bands, symbols, name, limit, also, *_pointer(value, own, ends, scale, href)]
    return layered(*layers).properties(width=TOTAL - 18, height=164, padding={"left": 9, "right": 9, "top": 4, "bottom": 4})


def _row(place: Place, others: list[int]) -> dict[str, str | float]:
    band = place.band
    shown = ", ".join(str(number) for number in others) if len(others) <= 3 else f"{len(others)} issues"
    return {
        "calm": place.calm,
        "tense": place.tense,
        "middle": (place.calm + place.tense) / 2,
        "label": cut(band.label, 18),
        "limits": limits(band),
        "also": f"also {'№ ' if len(others) <= 3 else ''}{shown}" if others else "",
        "colour": band.colour,
        "shape": band.shape,
        "words": f"{band.label}, {limits(band)}: {band.meaning}",
    }


def _pointer(value: int, own: Band, ends: list[float], scale: alt.Scale, href: str) -> list[alt.Chart]:
    """The value over the bands; one far outside stands at the end of the picture."""
    place = min(max(value, min(ends) + 0.5), max(ends) - 0.5)
    share = (place - ends[0]) / (ends[1] - ends[0])
    side: Literal["left", "right", "center"] = "left" if share < 0.1 else "right" if share > 0.9 else "center"
    words = f"{signed(value)} {cut(own.label, 40)}"
    base = alt.Chart(pd.DataFrame({"value": [place], "words": [words], "href": [href]})).encode(
        x=alt.X("value:Q", axis=None, scale=scale),
        description=alt.Description("words:N"),
        href=alt.Href("href:N"),
        tooltip=alt.Tooltip("words:N", title="This issue"),
    )
    return [
        base.mark_rule(color=INK, strokeWidth=2, aria=False).encode(y=alt.value(36), y2=alt.value(80)),
        base.mark_point(shape="triangle-down", size=190, color=INK, filled=True).encode(y=alt.value(36)),
        base.mark_text(align=side, fontSize=17, fontWeight="bold", baseline="middle").encode(y=alt.value(14), text=alt.Text("words:N")),
    ]
