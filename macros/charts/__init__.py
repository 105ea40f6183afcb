"""One file = one chart = its name. Each module has `draw(book, volume, links, ...) -> Drawing`."""

from __future__ import annotations

from collections.abc import Callable

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

CHARTS: dict[str, Callable[..., Drawing]] = {
    "board": board.draw,
    "events": events.draw,
    "figure": figure.draw,
    "figures": figures.draw,
    "history": history.draw,
    "incidents": incidents.draw,
    "recommendations": recommendations.draw,
    "running-total": running_total.draw,
    "structure": structure.draw,
    "tension": tension.draw,
    "trade": trade.draw,
}
"""Every chart by the name under which pages ask for it."""

FIGURE_KINDS = {"figure": ("comparison", "series"), "structure": ("structure",)}
"""Which kinds of declared figure a chart can draw."""

__all__ = ["CHARTS", "FIGURE_KINDS", "Drawing", "Links", "NothingToDraw"]
