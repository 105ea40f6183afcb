"""The code that brings a chart of an edition into somebody else's page, and how high its frame must be."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from macros import cite, words
from macros.charts import Drawing
from macros.pages.context import BuildContext
from macros.pages.html import Markup

WIDTH = 600
"""Width in px of the frame, where the page around it has no narrower column."""
WIDTHS = (320, 480, WIDTH, 800)
"""Widths in px at which nothing of a chart's page may be cut off."""
MARGINS, WIDEST = 32, 560
"""Room in px left and right of the text together, and the widest picture; `embed.css` says the same."""
LETTER, LINE = 8.2, 22
"""Width of a letter and height of a line of the sentence, in px, both on the safe side."""
FOOT, AROUND = 130, 120
"""How many letters the way to the section and the reference take together, and the px between all parts."""


@dataclass(frozen=True)
class EmbedCode:
    """One chart as others may bring it in.

    Attributes:
        href: Link to its page, from the page where the chart stands.
        html: The frame that shows it.
        height: Height of that frame in px.
    """

    href: str
    html: str
    height: int


def embed_code(context: BuildContext, drawing: Drawing) -> EmbedCode | None:
    """The code for one chart, whose picture is drawn; its page is written later (see `embeds.py`).

    Returns:
        The code; None for a chart without a picture, in a draft, and on living pages, whose numbers move on.
    """
    volume = context.volume
    if volume is None or context.target.kind != "edition" or volume.draft or drawing.spec is None:
        return None
    address = context.permalink(context.target.path + embed_path(drawing))
    source = cite.citation(context.book, volume, context.target.edition).source
    texts = (
        drawing.title,
        drawing.sentence,
        f"{words.label(volume)} {source.line if source else ''} {address}",
    )
    height = frame_height(texts, *size(context.collected.files[f"charts/{chart_name(drawing)}.svg"]))
    frame = '<iframe src="{}" title="{}" lang="{}" width="{}" height="{}" style="max-width: 100%; border: 0" loading="lazy"></iframe>'
    html = Markup(frame).format(address, drawing.title, volume.publication.language, WIDTH, height)
    code = EmbedCode(context.link(context.target.path + embed_path(drawing)), str(html), height)
    context.collected.embeds.setdefault(drawing.id, (drawing, code))
    return code


def chart_name(drawing: Drawing) -> str:
    """Name of a chart in the names of its files."""
    return drawing.id.removeprefix("chart-")


def embed_path(drawing: Drawing) -> str:
    """Path of the page of a chart within its edition."""
    return f"embed/{chart_name(drawing)}/"


def size(svg: bytes) -> tuple[float, float]:
    """Width and height of a picture."""
    _, _, width, height = (float(number) for number in ET.fromstring(svg).attrib["viewBox"].split())
    return width, height


def frame_height(texts: tuple[str, str, str], width: float, height: float) -> int:
    """Height in px in which the page of a chart fits at every width: a frame without scripts cannot ask for more.

    Args:
        texts: Its title, its sentence, and what names its source.

    Returns:
        The height, in tens.
    """
    title, sentence, source = texts
    needed = []
    for room in (frame - MARGINS for frame in WIDTHS):
        letters = (1.2 * len(title), len(sentence), 0.87 * (len(source) + FOOT))  # as wide as those of the sentence
        lines = sum(math.ceil(part * LETTER / room) for part in letters)
        needed.append(min(room, WIDEST) * height / width + lines * LINE + AROUND)
    return 10 * math.ceil(max(needed) / 10)
