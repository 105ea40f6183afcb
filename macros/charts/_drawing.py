"""What every chart is when it is drawn, and the words it is drawn with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import altair as alt
import pandas as pd

from macros.book import Volume
from macros.charts import _theme


class Links(Protocol):
    """Where the bars and dots of a chart lead."""

    def row(self, volume: Volume, row_id: str) -> str:
        """Address of an event, incident, recommendation or stated number of a publication."""

    def section(self, volume: Volume, series: str) -> str:
        """Address of the section of one index in an issue."""


FEWEST = 3
"""Of fewer numbers a picture says less than its sentence."""

Link = Callable[[str], str]
"""Address of one row of the publication that is drawn."""


@dataclass(frozen=True)
class Drawing:
    """One chart, drawn once.

    Attributes:
        id: Permanent id in its publication, such as `chart-board`.
        title: What the chart is of.
        sentence: What it shows, made from the numbers; one or two sentences.
        table: The numbers, with headings as readers see them.
        spec: The Vega-Lite specification; None where there are too few numbers for a picture.
        rows: Ids of the rows of a catalogue that the table repeats, one for one; empty where it sums or compares.
    """

    id: str
    title: str
    sentence: str
    table: pd.DataFrame
    spec: dict[str, Any] | None
    rows: tuple[str, ...] = ()


class NothingToDraw(ValueError):  # noqa: N818 - it says what happened, and is no fault of the program
    """The publication has no rows for this chart; the message says which."""


def drawing(
    name: str,
    title: str,
    sentence: str,
    table: pd.DataFrame,
    chart: alt.Chart | alt.LayerChart | alt.VConcatChart,
    rows: Iterable[str] = (),
    numbers: int = FEWEST,
) -> Drawing:
    """Finish a chart: the house theme, its data inside, its sentence as description.

    Args:
        name: Id without `chart-`.
        title: What the chart is of; stands above it in the page, not in the picture.
        sentence: What it shows.
        table: The numbers as readers see them.
        chart: The Altair chart.
        rows: Ids of the rows of a catalogue that the table repeats.
        numbers: How many numbers are drawn; fewer than three are told by the sentence alone.

    Returns:
        The drawing.
    """
    if numbers < FEWEST:
        return Drawing(f"chart-{name}", title, sentence, table, None, tuple(rows))
    return Drawing(f"chart-{name}", title, sentence, table, _spec(chart.properties(description=sentence)), tuple(rows))


def _spec(chart: alt.Chart | alt.LayerChart | alt.VConcatChart) -> dict[str, Any]:
    """The specification of a chart; Altair would turn a frame into rows anew for each layer that is drawn of it."""
    held: dict[int, tuple[str, Any]] = {}  # the frame too, so that no other one gets its id
    datasets: dict[str, Any] = {}

    def named(frame: Any) -> dict[str, str]:
        if id(frame) not in held:
            rows = alt.to_values(frame)["values"]
            name = hashlib.sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest()
            datasets[name], held[id(frame)] = rows, (name, frame)
        return {"name": held[id(frame)][0]}

    alt.data_transformers.register("once", named)
    with alt.data_transformers.enable("once"):
        return {**chart.to_dict(), "datasets": datasets, "config": _theme.config()}


def layered(*layers: alt.Chart) -> alt.LayerChart:
    """Charts drawn over each other, the first undermost."""
    return alt.LayerChart(layer=list(layers))


def bar_size(rows: int) -> int:
    """Height in px of a chart with one bar for each row."""
    return 30 * max(rows, 1)
