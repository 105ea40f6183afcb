"""A chart for other people's pages: the code that brings it in, its page, and what programs ask of it (oEmbed 1.0, type rich)."""

from __future__ import annotations

import math
import struct
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from macros import cite, words
from macros.charts import Drawing
from macros.json_text import readable
from macros.pages.citation import HowTo, of_page
from macros.pages.context import BuildContext
from macros.pages.html import Markup, render, unbroken
from macros.pages.metadata import Page, described, meta_tags

OEMBED = "oembed.json"
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
class Embed:
    """A chart as others may bring it in.

    Attributes:
        path: Path of its page within its edition.
        href: Link to that page from the page where the chart stands.
        html: The frame that shows it.
        height: Height of that frame in px.
    """

    drawing: Drawing
    path: str
    href: str
    html: str
    height: int


def embed(context: BuildContext, drawing: Drawing) -> Embed | None:
    """The code for one chart, whose picture is drawn; its page is written later (see `collect`).

    Returns:
        The code; None for a chart without a picture, in a draft, and on living pages, whose numbers move on.
    """
    volume = context.volume
    if volume is None or context.target.kind != "edition" or volume.draft or drawing.spec is None:
        return None
    path = f"embed/{drawing.name}/"
    address = context.permalink(context.target.path + path)
    source = cite.citation(context.book, volume, context.target.edition).source
    credit = f"{words.label(volume)} {source.line if source else ''} {address}"
    height = _frame_height((drawing.title, drawing.sentence, credit), *_size(context.collected.files[f"charts/{drawing.name}.svg"]))
    frame = '<iframe src="{}" title="{}" lang="{}" width="{}" height="{}" style="max-width: 100%; border: 0" loading="lazy"></iframe>'
    html = Markup(frame).format(address, drawing.title, volume.publication.language, WIDTH, height)
    embedded = Embed(drawing, path, context.link(context.target.path + path), str(html), height)
    context.collected.embeds.setdefault(drawing.id, embedded)
    return embedded


def _size(svg: bytes) -> tuple[float, float]:
    """Width and height of a picture in px."""
    _, _, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())
    return width, height


def _frame_height(texts: tuple[str, str, str], width: float, height: float) -> int:
    """Height in px, in tens, in which the page of a chart fits at every width: a frame without scripts cannot ask for more.

    Args:
        texts: Its title, its sentence, and what names its source.
        width: Width of the picture in px.
        height: Its height in px.
    """
    title, sentence, source = texts
    needed = []
    for room in (frame - MARGINS for frame in WIDTHS):
        letters = (1.2 * len(title), len(sentence), 0.87 * (len(source) + FOOT))  # as wide as those of the sentence
        lines = sum(math.ceil(part * LETTER / room) for part in letters)
        needed.append(min(room, WIDEST) * height / width + lines * LINE + AROUND)
    return 10 * math.ceil(max(needed) / 10)


def collect(context: BuildContext, title: str, url: str, card: str) -> None:
    """Leave the pages of the charts that first stand on a page, and their oEmbed records, on the context.

    Args:
        context: The build, whose pages have all been rendered.
        card: Absolute address of the picture that stands for the page where it is shared.
    """
    for name, embedded in context.collected.embeds.items():
        if context.collected.charts[name][1] == url:
            context.collected.files[f"{embedded.path}index.html"] = _page(context, embedded, title, url, card).encode()
            context.collected.files[f"{embedded.path}{OEMBED}"] = _oembed(context, embedded).encode()


def _page(context: BuildContext, embedded: Embed, title: str, url: str, card: str) -> str:
    """Picture, sentence, source, reference, status of the edition, and the way to the section."""
    drawing, picture = embedded.drawing, f"charts/{embedded.drawing.name}.svg"
    here = context.at(embedded.path)
    howto = HowTo(of_page(here, context.here, drawing.title, embedded.path), living=False, forms=(), rows="")
    page = render(
        "embed",
        drawing=drawing,
        picture=here.link(context.target.path + picture),
        size=_size(context.collected.files[picture]),
        address=here.permalink(here.page),
        section=here.permalink(f"{context.target.path}{url}#{drawing.id}"),
        title=title,
        work=words.label(context.here),
        record=cite.citation(context.book, context.here, context.target.edition),
        series=context.book.series,
        tags=meta_tags(Page(here, drawing.title, embedded.path, described(here, drawing.sentence), howto, card)),
    )
    return f"{unbroken(page)}\n"


def _oembed(context: BuildContext, embedded: Embed) -> str:
    """What a program that was given the address of the page needs to show the chart (oembed.com, 2.3.4)."""
    series, thumbnail = context.book.series, f"charts/{embedded.drawing.name}.png"
    width, height = struct.unpack(">II", context.collected.files[thumbnail][16:24])  # PNG 3rd ed., 11.2.1
    return readable(
        {
            "version": "1.0",
            "type": "rich",
            "title": embedded.drawing.title,
            "author_name": cite.citation(context.book, context.here, context.target.edition).institution,
            "author_url": context.permalink(context.target.path),
            "provider_name": series.title,
            "provider_url": series.site,
            "thumbnail_url": context.permalink(context.target.path + thumbnail),
            "thumbnail_width": width,
            "thumbnail_height": height,
            "html": embedded.html,
            "width": WIDTH,
            "height": embedded.height,
        }
    )
