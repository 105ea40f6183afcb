"""The one Altair theme: sizes, fonts and colours of every chart.

Charts are drawn 480 px wide with text of 12 px and more, so that they can be read on a phone,
where they shrink a little, and on a desk, where they grow a little. Colours that must change
between light and dark stand here as INK, SOFT, GRID and PAPER; the page's style sheet gives
each its value (see `render/charts.py`). Hues are told apart by people with colour-blindness
(blue against orange), and sign, label or shape always say the same as the colour.
"""

from __future__ import annotations

from typing import Any

WIDTH = 400
"""Width of the plotting area in px; labels at the left take about 80 more."""

TOTAL = 488
"""Width in px of a chart that fits its labels into a fixed width."""

FONT = "Roboto, 'Helvetica Neue', Arial, sans-serif"
"""Roboto is what vl-convert brings and measures with."""

INK = "#1d2530"
SOFT = "#55606e"
GRID = "#d9dde2"
PAPER = "#fffffe"
POSITIVE = "#2b6cb0"
NEGATIVE = "#c2571a"
NEUTRAL = "#7a8490"
REST = "#b9c0c8"
HUES = (POSITIVE, NEGATIVE, "#5b7f3a", "#8a4f9e", "#a2760f", "#2f7a6b")
"""Colours of items that have no colour of their own, in turn."""


def config() -> dict[str, Any]:
    """The Vega-Lite `config` of every chart; no chart has a legend, for each says beside its marks what they are."""
    text = {"labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {
        "background": PAPER,
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "axis": {**text, "domainColor": SOFT, "tickColor": SOFT, "gridColor": GRID, "labelLimit": 170, "titlePadding": 8},
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "text": {"color": INK, "fontSize": 12},
        "bar": {"color": POSITIVE},
        "rule": {"color": SOFT},
        "line": {"color": INK, "strokeWidth": 2},
        "point": {"color": INK, "filled": True, "opacity": 1, "size": 70},
    }
