"""The one Altair theme: sizes, fonts and colours of every chart.

Each chart is drawn twice, WIDE for a page with room and NARROW for a phone, with the same letters, and
the page shows the one that fits. Colours that must change between light and dark stand here as INK,
SOFT, GRID, FAINT and PAPER; the page's style sheet gives each its value (see `pages/charts.py`). Hues are told
apart by people with colour-blindness (blue against orange), and sign, label or shape always say the
same as the colour.
"""

from __future__ import annotations

from typing import Any

from macros.fields import Score

WIDE, NARROW = 640, 320
"""Widths in px of the two pictures of a chart."""

FONT = "Roboto, 'Helvetica Neue', Arial, sans-serif"
"""Roboto is what vl-convert brings and measures with."""

INK = "#1d2530"
SOFT = "#55606e"
GRID = "#d9dde2"
PAPER = "#fffffe"
FAINT = "#edf0f3"
POSITIVE = "#2b6cb0"
NEGATIVE = "#c2571a"
NEUTRAL = "#7a8490"
REST = "#b9c0c8"
HUES = (POSITIVE, NEGATIVE, "#5b7f3a", "#8a4f9e", "#a2760f", "#2f7a6b")
"""Colours of items that have no colour of their own, in turn."""


def config() -> dict[str, Any]:
    """The Vega-Lite `config` of every chart; no chart has a legend, for each says beside its marks what they are."""
    return {
        "background": PAPER,
        "font": FONT,
        "view": {"stroke": None},
        "text": {"color": INK, "fontSize": 12},
        "line": {"color": INK, "strokeWidth": 2},
        "point": {"color": INK, "filled": True, "opacity": 1},
        "rect": {"opacity": 1},
    }


def hue(value: Score | float, sign: int = 1) -> str:
    """Colour of a score or an index: blue for the better, orange for the worse, grey at zero; with sign -1 a higher score is worse."""
    value *= sign
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else NEUTRAL


def triangle(value: Score | float) -> str:
    """Shape of a score or a sum of scores, so that colour is not the only sign."""
    return "triangle-up" if value > 0 else "triangle-down" if value < 0 else "circle"
