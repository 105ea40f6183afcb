"""Horizontal bars with the name at the left and the number at the right of a line above each.

Names of rows are long and screens are narrow: no name is cut off, no number leaves the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
import pandas as pd

from macros.charts._drawing import layered
from macros.charts._theme import POSITIVE, SOFT, TOTAL
from macros.charts._words import AXIS_LETTERS, cut, wrapped

LINE, THICK, GAP, LETTERS = 16, 13, 12, 70


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        name: What is counted.
        value: Length of the bar.
        shown: The number as readers see it.
        words: The whole row in words, for the tooltip and for screen readers.
        href: Where the bar leads; None for a bar that stands for no row.
        colour: Fill of the bar.
        hollow: Drawn as a dashed outline: a number that no row states.
        heading: Heading of a new group, above this bar.
    """

    name: str
    value: Decimal
    shown: str
    words: str
    href: str | None
    colour: str = POSITIVE
    hollow: bool = False
    heading: str = ""


def bar_chart(bars: Sequence[Bar], unit: str) -> alt.LayerChart:
    """Draw the bars, in the order given.

    Args:
        bars: One or more bars.
        unit: Title of the axis.

    Returns:
        A chart as wide as the page.
    """
    data, headings, height = _placed(bars)
    y = alt.Scale(domain=[height, 0], nice=False)
    top, bottom = alt.Y("top:Q", scale=y, axis=None), alt.Y2("bottom:Q")
    x = alt.X("value:Q", title=cut(unit, AXIS_LETTERS), axis=alt.Axis(grid=True, tickCount=5, labelExpr="format(datum.value, ',')"))
    base = alt.Chart(data).encode(
        tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("shown:N", title="Value")],
        description=alt.Description("words:N"),
        href=alt.Href("href:N"),
    )
    row = base.mark_bar().encode(x=x, x2=alt.datum(0), y=top, y2=bottom, fill=alt.Fill("colour:N", scale=None), **_outline(bars))
    end = base.mark_rule(strokeWidth=2).encode(x=x, y=top, y2=bottom, stroke=alt.Stroke("colour:N", scale=None))
    line = alt.Y("line:Q", scale=y, axis=None)
    name = alt.Chart(data).mark_text(align="left", baseline="bottom", lineBreak="\n", lineHeight=LINE, aria=False)
    number = alt.Chart(data).mark_text(align="right", baseline="bottom", fontWeight="bold", aria=False)
    layers = [
        row,
        end,
        name.encode(x=alt.value(5), y=line, text=alt.Text("name:N")),
        number.encode(x=alt.value("width"), y=line, text=alt.Text("shown:N")),
    ]
    if not headings.empty:
        heading = alt.Chart(headings).mark_text(align="left", baseline="bottom", fontWeight="bold", color=SOFT, lineBreak="\n")
        layers.append(heading.encode(x=alt.value(5), y=line, text=alt.Text("heading:N")))
    return layered(*layers, alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(aria=False).encode(x=alt.X("zero:Q"))).properties(
        width=TOTAL, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )


def _outline(bars: Sequence[Bar]) -> dict[str, alt.Stroke | alt.StrokeDash]:
    if not any(bar.hollow for bar in bars):
        return {"stroke": alt.Stroke("colour:N", scale=None)}
    dash = alt.Scale(domain=[False, True], range=[[1, 0], [5, 4]])
    return {
        "stroke": alt.Stroke("edge:N", scale=None),
        "strokeDash": alt.StrokeDash("hollow:N", scale=dash, legend=None),
    }


def _placed(bars: Sequence[Bar]) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows with their places in px from the top, headings likewise, and the height of all."""
    rows, headings, y = [], [], 0
    for bar in bars:
        if bar.heading:
            title = wrapped(bar.heading, LETTERS)
            y += GAP // 2 + LINE
            headings.append({"heading": title, "line": y})
            y += LINE * title.count("\n") + GAP // 2
        shown = cut(bar.shown, LETTERS // 2)
        name = wrapped(bar.name, LETTERS - len(shown) - 4)
        y += LINE
        line, top = y, y + LINE * name.count("\n") + 2
        y = top + THICK + GAP
        rows.append(
            {
                "name": name,
                "value": float(bar.value),
                "shown": shown,
                "words": bar.words,
                "href": bar.href or "",
                "colour": "transparent" if bar.hollow else bar.colour,
                "edge": SOFT if bar.hollow else bar.colour,
                "hollow": bar.hollow,
                "line": line,
                "top": top,
                "bottom": top + THICK,
            }
        )
    return pd.DataFrame(rows), pd.DataFrame(headings), y
