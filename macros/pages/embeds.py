"""The page of one chart for other people's pages, and what programs ask of it (oEmbed 1.0, type rich)."""

from __future__ import annotations

import struct

from macros import cite, words
from macros.charts import Drawing
from macros.json_text import readable
from macros.pages.citation import HowTo, of_page
from macros.pages.context import BuildContext
from macros.pages.embed_code import WIDTH, EmbedCode, chart_name, embed_path, size
from macros.pages.html import render, unbroken
from macros.pages.metadata import Page, described, meta_tags

OEMBED = "oembed.json"


def collect(context: BuildContext, title: str, url: str, card: str) -> None:
    """Leave the pages of the charts that first stand on a page, and their oEmbed records, on the context.

    Args:
        context: The build, whose pages have all been rendered.
        card: Absolute address of the picture that stands for the page where it is shared.
    """
    for name, (drawing, code) in context.collected.embeds.items():
        if context.collected.charts[name][1] == url:
            path = embed_path(drawing)
            context.collected.files[f"{path}index.html"] = _page(context, drawing, title, url, card).encode()
            context.collected.files[f"{path}{OEMBED}"] = _oembed(context, drawing, code)


def _page(context: BuildContext, drawing: Drawing, title: str, url: str, card: str) -> str:
    """Picture, sentence, source, reference, status of the edition, and the way to the section."""
    volume, path, picture = context.here, embed_path(drawing), f"charts/{chart_name(drawing)}.svg"
    here = context.at(path)
    howto = HowTo(of_page(here, volume, drawing.title, path), living=False, forms=(), rows="")
    about = Page(here, drawing.title, path, described(here, drawing.sentence), howto, card)
    page = render(
        "embed",
        drawing=drawing,
        picture=here.link(context.target.path + picture),
        size=size(context.collected.files[picture]),
        address=here.permalink(here.page),
        section=here.permalink(f"{context.target.path}{url}#{drawing.id}"),
        title=title,
        work=words.label(volume),
        record=cite.citation(context.book, volume, context.target.edition),
        series=context.book.series,
        tags=meta_tags(about),
    )
    return f"{unbroken(page)}\n"


def _oembed(context: BuildContext, drawing: Drawing, code: EmbedCode) -> bytes:
    """What a program that was given the address of the page needs to show the chart (oembed.com, 2.3.4)."""
    series = context.book.series
    thumbnail = f"charts/{chart_name(drawing)}.png"
    width, height = struct.unpack(">II", context.collected.files[thumbnail][16:24])  # PNG 3rd ed., 11.2.1
    record = cite.citation(context.book, context.here, context.target.edition)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": drawing.title,
        "author_name": record.institution,
        "author_url": context.permalink(context.target.path),
        "provider_name": series.title,
        "provider_url": series.site,
        "thumbnail_url": context.permalink(context.target.path + thumbnail),
        "thumbnail_width": width,
        "thumbnail_height": height,
        "html": code.html,
        "width": WIDTH,
        "height": code.height,
    }
    return readable(answer).encode()
