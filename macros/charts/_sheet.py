"""A picture on which marks are put where they stand, in px from its upper left corner.

Each chart is laid out twice, for a wide page and for a phone. Numbers become places in Python, where
letters can be measured, and Altair gets marks that know their place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, Literal, NamedTuple

import altair as alt

from macros.charts._letters import LINE, SIZE, length
from macros.charts._theme import GRID, INK, SOFT
from macros.language import N_, gettext
from macros.scripts import isolated
from macros.words import colon

Align = Literal["left", "center", "right"]
CELL = 12
"""Side of the squares of a picture, in px: a label is held against what is taken in its own squares, and not in the whole picture."""
ORDER = ("rule", "bar", "line", "point", "area", "text")
"""What is drawn over what, the undermost first."""


class Box(NamedTuple):
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def text_box(x: float, y: float, text: str, align: Align = "left", bold: bool = False) -> Box:
    """The rectangle of one line of text that has its middle at y."""
    wide = length(text, bold)
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
    return Box(left, y - LINE / 2, left + wide, y + LINE / 2)


def _squares(box: Box) -> product[tuple[int, int]]:
    """The squares that a rectangle lies in, by column and row."""
    columns = range(int(box.left // CELL), int(box.right // CELL) + 1)
    return product(columns, range(int(box.top // CELL), int(box.bottom // CELL) + 1))


class Sheet:
    """The marks of one picture.

    Attributes:
        width: Its width in px.
        choices: What a reader can choose in the interactive chart; marks with a `score` show whether they are of it.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._taken: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        self.choices: list[alt.Parameter] = []
        self._marks: dict[tuple[Any, ...], list[dict[str, Any]]] = {}

    @property
    def narrow(self) -> bool:
        """Whether it is drawn for a phone."""
        return self.width < 480

    def _add(self, kind: tuple[Any, ...], row: Mapping[str, Any]) -> None:
        numbers = {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
        rounded = {name: round(value, 1) if isinstance(row[name], float) else value for name, value in numbers.items()}
        self._marks.setdefault(kind, []).append(rounded)

    def take(self, box: Box) -> None:
        """Note a rectangle, in which letters or marks stand, as one that no label may cover."""
        for square in _squares(box):
            self._taken[square].append(box)

    def free(self, box: Box) -> bool:
        """Whether a rectangle lies in the picture and covers nothing that is taken."""
        inside = box.left >= 0 and box.right <= self.width and box.top >= 0
        return inside and not any(box.meets(other) for square in _squares(box) for other in self._taken.get(square, ()))

    def text(self, x: float, y: float, text: str, align: Align = "left", bold: bool = False, colour: str = SOFT) -> None:
        """Write one line, its middle at y."""
        if text:
            self.take(text_box(x, y, text, align, bold))
            self._add(("text", align, bold), {"x": x, "y": y, "text": isolated(text), "colour": colour})

    def rule(self, x: float, y: float, x2: float, y2: float, colour: str = GRID, thick: float = 1, dash: bool = False) -> None:
        """Draw a straight line."""
        self._add(("rule", thick, dash), {"x": x, "y": y, "x2": x2, "y2": y2, "colour": colour})

    def bar(self, box: Box, colour: str, words: str = "", href: str = "", **values: Any) -> None:
        """Draw a rectangle.

        Args:
            words: What it says to those who point at it or hear it.
            href: Where it leads.
            **values: Numbers and names that it stands for, for the data of the picture.
        """
        self._add(("bar", bool(words), bool(href)), {**_corners(box), "colour": colour, "words": words, "href": href, **values})

    def area(self, box: Box, words: str, href: str, **values: Any) -> None:
        """Lay a link over a part of the picture, which is easier to hit than a small mark."""
        self._add(("area", True, bool(href)), {**_corners(box), "colour": "transparent", "words": words, "href": href, **values})

    def point(
        self, x: float, y: float, shape: str, fill: str, size: int = 70, edge: str = "", words: str = "", href: str = "", **values: Any
    ) -> None:
        """Draw a symbol.

        Args:
            shape: Its shape, as Vega calls it.
            size: Its area in square px.
            edge: Colour of its outline.
            words: What it says to those who point at it or hear it.
            href: Where it leads.
            **values: Numbers and names that it stands for.
        """
        row = {"x": x, "y": y, "shape": shape, "colour": fill, "edge": edge or fill, "words": words, "href": href, **values}
        self._add(("point", bool(words), bool(href), size), row)

    def line(self, points: Sequence[tuple[float, float]], colour: str = INK, dash: bool = False) -> None:
        """Draw a line through points."""
        kind = ("line", dash)
        run = len(self._marks.get(kind, ()))
        for step, (x, y) in enumerate(points):
            self._add(kind, {"x": x, "y": y, "run": run, "step": step, "colour": colour})

    def chart(self, height: float) -> alt.TopLevelLayerSpec:
        """The specification of a picture of a height in px.

        It is put together from the classes of Vega-Lite's schema, which hold what they are given: Altair's charts copy all
        that they hold whenever something is added to them, and took two thirds of the time of a page.
        """
        high = round(height)
        kinds = {f"{kind[0]}-{number}": kind for number, kind in enumerate(self._marks, 1)}
        names = sorted(kinds, key=lambda name: ORDER.index(kinds[name][0]))
        given: dict[str, Any] = {"$schema": alt.SCHEMA_URL}
        if self.choices:
            given["params"] = [choice.param for choice in self.choices]
        return alt.TopLevelLayerSpec(
            layer=[self._layer(name, kinds[name]) for name in names],
            datasets={name: self._marks[kinds[name]] for name in names},
            width=self.width,
            height=high,
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            **given,
        )

    def _layer(self, name: str, kind: tuple[Any, ...]) -> alt.UnitSpec:
        """The marks of one kind, whose rows stand in the data of the picture under a name."""
        mark, channels = _drawn_by(kind)
        x, y = alt.X("x:Q", axis=None, scale=None), alt.Y("y:Q", axis=None, scale=None)
        chosen = {"opacity": CHOSEN} if self.choices and "score" in self._marks[kind][0] else {}
        return alt.UnitSpec(data=alt.NamedData(name=name), mark=mark, encoding=alt.Encoding(x=x, y=y, **channels, **chosen))


SIGNS = {"all": "true", "positive": "datum.score > 0", "negative": "datum.score < 0"}
"""What a reader can choose of scores, and which are of it."""
NAMES = {"all": N_("all"), "positive": N_("positive"), "negative": N_("negative")}

CHOSEN = alt.OpacityValue(
    0.12, condition={"test": " || ".join(f"(sign == '{sign}' && {test})" for sign, test in SIGNS.items()), "value": 1}
)


def choice_of_sign(name: str) -> alt.Parameter:
    """Let a reader of the interactive chart choose scores of one sign; it shows all at first."""
    labels = [gettext(NAMES[sign]) for sign in SIGNS]
    options = alt.binding_select(options=list(SIGNS), name=colon(name, ""), labels=labels if labels != list(SIGNS) else alt.Undefined)
    return alt.param(name="sign", value="all", bind=options)


def _corners(box: Box) -> dict[str, float]:
    return {"x": box.left, "y": box.top, "x2": box.right, "y2": box.bottom}


def _drawn_by(kind: tuple[Any, ...]) -> tuple[alt.MarkDef, dict[str, Any]]:
    """A kind of mark, and by which of its rows' values it is drawn."""
    corners, stroke = {"x2": alt.X2("x2"), "y2": alt.Y2("y2")}, {"stroke": alt.Stroke("colour:N", scale=None)}
    fill = {"fill": alt.Fill("colour:N", scale=None)}
    match kind:
        case "rule", thick, dash:
            mark = alt.MarkDef(type="rule", aria=False, strokeWidth=thick, strokeDash=[3, 3] if dash else alt.Undefined)
            return mark, {**corners, **stroke}
        case "line", dash:
            mark = alt.MarkDef(type="line", aria=False, strokeDash=[4, 3] if dash else alt.Undefined)
            return mark, {"detail": alt.Detail("run:N"), "order": alt.Order("step:Q"), **stroke}
        case "bar" | "area", words, href:
            return alt.MarkDef(type="rect", aria=words), {**corners, **fill, **_told(words, href)}
        case "point", words, href, size:
            look = {"shape": alt.Shape("shape:N", scale=None), **fill, "stroke": alt.Stroke("edge:N", scale=None)}
            return alt.MarkDef(type="point", size=size, strokeWidth=1.5, aria=words), {**look, **_told(words, href)}
        case _, align, bold:
            weight: Literal["bold", "normal"] = "bold" if bold else "normal"
            mark = alt.MarkDef(type="text", align=align, baseline="middle", fontWeight=weight, fontSize=SIZE, aria=False)
            return mark, {"text": alt.Text("text:N"), "color": alt.Color("colour:N", scale=None)}
    raise AssertionError(kind)


def _told(words: bool, href: bool) -> dict[str, Any]:
    """What a mark with words says, and where one with an address leads."""
    channels = {"tooltip": alt.Tooltip("words:N", title=gettext("Shown")), "description": alt.Description("words:N")} if words else {}
    return {**channels, "href": alt.Href("href:N")} if href else channels
