"""One file = one chart = its name. Each module has `draw(book, volume, links, ...) -> Drawing`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from altair.utils.schemapi import debug_mode

from macros.book import Book, Volume
from macros.charts import (
    board,
    events,
    figure,
    figures,
    history,
    incidents,
    recommendations,
    running_total,
    structure,
    tension,
    trade,
)
from macros.charts._drawing import Drawing, Links, NothingToDraw
from macros.charts._figures import DRAWN

CHARTS: dict[str, Callable[..., Drawing]] = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.draw
    for module in (board, events, figure, figures, history, incidents, recommendations, running_total, structure, tension, trade)
}
"""Every chart by the name under which pages ask for it."""

FIGURE_KINDS = {"figure": DRAWN, "figures": DRAWN, "structure": ("structure",)}
"""Which kinds of declared figure a chart can draw."""

__all__ = ["CHARTS", "FIGURE_KINDS", "Drawing", "Links", "NothingToDraw", "draw"]


def draw(chart: str, book: Book, volume: Volume | None, links: Links, **arguments: Any) -> Drawing:
    """Draw a chart by its name. Altair checks neither its parts nor the whole, which takes longer than drawing; tests do.

    Args:
        **arguments: What it is drawn of.

    Raises:
        NothingToDraw: The publication has no rows for it.
    """
    with debug_mode(False):
        return CHARTS[chart](book, volume, links, **arguments)
