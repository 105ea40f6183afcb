"""What every chart is when it is drawn, and the words it is drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import altair as alt
import pandas as pd

from macros.book import Volume
from macros.charts import _theme
from macros.charts._theme import NARROW, WIDE
from macros.language import gettext
from macros.words import full_stop


class Links(Protocol):
    """Where the bars and dots of a chart lead."""

    def row(self, volume: Volume, row_id: str) -> str:
        """Address of an event, incident, recommendation or stated number of a publication."""

    def section(self, volume: Volume, series: str) -> str:
        """Address of the section of one index in an issue."""


FEWEST = 3
"""Of fewer numbers a picture says less than its sentence."""

Layers = Sequence[tuple[str, Sequence[str]]]
"""Headings and the sentences under each."""

Link = Callable[[str], str]
"""Address of one row of the publication that is drawn."""


@dataclass(frozen=True)
class Words:
    """What a chart says in words.

    Attributes:
        finding: What it says, in a few words that its numbers carry; stands above it.
        reading: How it is read: units, and what a mark stands for.
        sentence: What it shows, made from the numbers; one or two sentences.
        points: What it shows beside, down to the extremes: a heading and its sentences each.
    """

    title: str
    finding: str
    reading: str
    sentence: str
    points: Layers = ()


@dataclass(frozen=True)
class Drawing:
    """One chart, drawn for a wide page and for a phone.

    Attributes:
        id: Permanent id in its publication, such as `chart-board`.
        table: The numbers, with headings as readers see them.
        spec: The Vega-Lite specification of the wide picture; None where there are too few numbers for one.
        narrow: The specification of the same picture for a phone.
        rows: Ids of the rows of a catalogue that the table repeats, one for one; empty where it sums or compares.
        links: Where the rows of the table lead, one for one; empty where they lead nowhere.
    """

    id: str
    words: Words
    table: pd.DataFrame
    spec: dict[str, Any] | None
    narrow: dict[str, Any] | None = None
    rows: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def interactive(self) -> bool:
        """Whether a reader can do more with it than look and follow links: it has something to choose."""
        return bool(self.spec and self.spec.get("params"))

    @property
    def name(self) -> str:
        """Its name in addresses: its id without `chart-`."""
        return self.id.removeprefix("chart-")

    @property
    def title(self) -> str:
        """What it is of."""
        return self.words.title

    @property
    def sentence(self) -> str:
        """What it shows."""
        return self.words.sentence


class NothingToDraw(ValueError):  # noqa: N818 - it says what happened, and is no fault of the program
    """The publication has no rows for this chart; the message says which."""


def drawing(
    name: str,
    words: Words,
    table: pd.DataFrame,
    picture: Callable[[int], alt.TopLevelLayerSpec],
    rows: Iterable[str] = (),
    links: Iterable[str] = (),
    numbers: int = FEWEST,
) -> Drawing:
    """Finish a chart: draw it for both widths, with the house theme, its data inside, its sentence as description.

    Its points begin with the finding, and leave out what the sentence says already.

    Args:
        name: Id without `chart-`.
        picture: Draws it for a width in px.
        rows: Ids of the rows of a catalogue that the table repeats.
        links: Where the rows of the table lead.
        numbers: How many numbers are drawn; fewer than three are told by the sentence alone.
    """
    layers = {gettext("What it shows"): (full_stop(words.finding),), **dict(words.points)}
    shorter = ((heading, tuple(text for text in texts if text != words.sentence)) for heading, texts in layers.items())
    words = replace(words, points=tuple((heading, texts) for heading, texts in shorter if texts))
    wide, narrow = (_specification(picture(width), words.sentence) if numbers >= FEWEST else None for width in (WIDE, NARROW))
    return Drawing(f"chart-{name}", words, table, wide, narrow, tuple(rows), tuple(links))


def _specification(chart: alt.TopLevelLayerSpec, sentence: str) -> dict[str, Any]:
    spec = chart.to_dict(validate=False, ignore=["datasets"])  # its rows are plain already, and there may be thousands
    return {**spec, "datasets": chart["datasets"], "description": sentence, "config": _theme.config()}
