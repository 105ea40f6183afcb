"""The card of a publication: the picture that stands for it where somebody shares its address."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from macros import indices, words
from macros.book import Book, Volume
from macros.charts._theme import FONT, GRID, INK, NEGATIVE, POSITIVE, SOFT
from macros.charts._words import cut

WIDTH, HEIGHT = 1200, 630
LEFT, BOTTOM = 70, 590
AXIS, REACH = 800, 300
"""Where zero stands, and how long the longest bar is, in dots."""

ONE = alt.Chart(pd.DataFrame({"one": [1]})).encode(opacity=alt.value(1))
"""What every mark is drawn of: each stands once, where it says."""


def spec(book: Book, volume: Volume) -> dict[str, Any]:
    """Title and numbers of a publication: the indices of an issue as bars, the contents of a paper as counts.

    Args:
        book: The book.
        volume: The publication.

    Returns:
        A Vega-Lite specification of exactly 1200 by 630 dots; every mark says itself where it stands.
    """
    title = textwrap.wrap(volume.publication.title, 38, max_lines=3, placeholder=" …")
    people = ("Digest of: " if volume.publication.text == "digest" else "") + words.people(volume.publication)
    under = ", ".join(filter(None, [people.removesuffix(": "), words.when(volume.publication)]))
    top = 145 + 66 * len(title)
    layers = [_text(LEFT, 75, cut(book.series.title, 70), 30, SOFT)]
    layers += [_text(LEFT, 145 + 66 * at, line, 56, INK, weight="bold") for at, line in enumerate(title)]
    layers.append(_text(LEFT, top - 5, textwrap.shorten(under, 76, placeholder=" …"), 30, SOFT))
    found = indices.indices(book, volume) if volume.events or volume.incidents else ()
    layers += _bars(found, top + 45) if found else _counts(volume, top + 60)
    chart = alt.LayerChart(layer=layers, width=WIDTH, height=HEIGHT, padding=0, autosize=alt.AutoSizeParams(type="none"))
    drawn: dict[str, Any] = chart.configure(font=FONT, background="#fbfaf6", view={"stroke": None}).to_dict()
    return drawn


def _text(x: float, y: float, text: str, size: int, colour: str, align: Any = "left", weight: Any = "normal") -> alt.Chart:
    mark: alt.Chart = ONE.mark_text(x=x, y=y, text=text, fontSize=size, color=colour, align=align, baseline="middle", fontWeight=weight)
    return mark


def _bars(found: tuple[indices.Index, ...], top: float) -> Iterator[alt.Chart]:
    step = (BOTTOM - top) / len(found)
    size = int(min(step * 0.72, 34))
    longest = max(1, *(abs(one.aggregate) for one in found))
    yield ONE.mark_rule(x=AXIS, y=top, y2=BOTTOM, color=GRID, strokeWidth=3)
    for at, one in enumerate(found):
        middle, end = top + step * (at + 0.5), AXIS + REACH * one.aggregate / longest
        plus = one.aggregate >= 0
        yield _text(AXIS - REACH - 80, middle, cut(one.label, 24), size, INK, "right")
        left, right, half = min(AXIS, end), max(AXIS, end), step * 0.32
        colour = POSITIVE if plus else NEGATIVE
        yield ONE.mark_rect(color=colour, x=left, x2=right, y=middle - half, y2=middle + half)
        yield _text(end + (12 if plus else -12), middle, words.signed(one.aggregate), size, INK, "left" if plus else "right", "bold")


def _counts(volume: Volume, top: float) -> Iterator[alt.Chart]:
    kinds = Counter(judgement.kind for judgement in volume.judgements)
    counted = {
        "point": len(volume.points.points) if volume.points else 0,
        "recommendation": len(volume.recommendations),
        **kinds,
        "number": len(volume.quantities),
    }
    shown = [(word, number) for word, number in counted.items() if number]
    for at, (word, number) in enumerate(shown):
        x = LEFT + min(360, 1060 // len(shown)) * at
        yield _text(x, top + 70, str(number), 110, POSITIVE, weight="bold")
        yield _text(x, top + 150, words.counted(number, word).partition(" ")[2], 34, INK)


__all__ = ["spec"]
