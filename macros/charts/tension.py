"""Regional tension of an issue on its colour scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import indices, words
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Layers, Links, NothingToDraw, Words, drawing
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import INK, SOFT
from macros.charts._words import sentences
from macros.fields import Score
from macros.language import gettext, ngettext
from macros.scales import Band, run_up
from macros.words import colon, commas, full_stop, issue_name, listed, signed

OPEN, WIDEST, WIDE = 5, 8, 20
"""How many steps wide a band without a limit is drawn, at least and at most; a wider band than the last has so many steps."""

ROW = 44
"""Height of a band where they stand under each other, in px."""


class Span(NamedTuple):
    """A band and where it stands on the axis: each value takes the room of half a step to either side."""

    band: Band
    calm: float
    tense: float
    half: float
    limits: str


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """The bands side by side in their order, and a pointer at the value of the issue.

    Args:
        links: Where the pointer leads: to the section of the index.

    Raises:
        NothingToDraw: The publication has no incidents.
    """
    series = indices.banded(book)
    index = next((index for index in indices.indices(book, volume) if series and index.series == series.id), None)
    if series is None or index is None or index.band is None:
        raise NothingToDraw("this publication has no index that is read in colours")
    value, own = index.aggregate, index.band
    others: dict[str, list[str]] = {}
    for entry in indices.history(book, series.id):
        if entry.band and entry.issue != volume.publication.number:
            others.setdefault(entry.band.id, []).append(entry.number)
    claim = gettext(
        "%(index)s stands at %(value)s, in the band %(band)s (%(limits)s)",
        index=series.label,
        value=signed(value),
        band=own.label,
        limits=limits(own, run_up(book.scales.tension)),
    )
    summary = sentences(full_stop(claim), own.meaning)
    reading = gettext(
        "%(index)s, %(period)s, in points: the bands from %(first)s to %(last)s, with other issues whose band is known.",
        index=series.label,
        period=words.when(volume.publication),
        first=book.scales.tension[0].label,
        last=book.scales.tension[-1].label,
    )
    wording = Words(series.label, claim, reading, summary, _layers(book, own, others))
    href = links.section(volume, series.id)
    spans = _spans(book.scales.tension, value, float(indices.scale_of(book, series.id).index_step))
    addresses = [href if band is own else "" for band in book.scales.tension]
    table = _table(book, value, own, others)
    return drawing("tension", wording, table, lambda width: _picture(spans, (value, own, href), others, width), links=addresses)


def _table(book: Book, value: Score | None, own: Band, others: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The numbers of the picture: a row for each band."""
    bands = book.scales.tension
    return pd.DataFrame(
        {
            gettext("Band"): [band.label for band in bands],
            gettext("Limits"): [limits(band, run_up(bands)) for band in bands],
            gettext("Meaning"): [band.meaning for band in bands],
            gettext("This issue"): [signed(value) if band is own else "" for band in bands],
            gettext("Other known issues"): [commas(map(issue_name, others.get(band.id, []))) for band in bands],
        }
    )


def _layers(book: Book, own: Band, others: dict[str, list[str]]) -> Layers:
    """What its band means, and the issues whose band is known."""
    band_texts = [
        gettext("%(band)s: № %(issues)s.", band=band.label, issues=listed(others[band.id]))
        for band in book.scales.tension
        if others.get(band.id)
    ]
    return [(gettext("What it means"), [own.meaning]), (gettext("Other issues"), band_texts)]


def limits(band: Band, rising: bool) -> str:
    """The limits of a band as readers see them, in the order in which the bands run, down or up."""
    if band.highest is None:
        return gettext("all values") if band.lowest is None else gettext("%(value)s and higher", value=signed(band.lowest))
    if band.lowest is None:
        return gettext("%(value)s and lower", value=signed(band.highest))
    first, last = (band.lowest, band.highest) if rising else (band.highest, band.lowest)
    return signed(first) if first == last else gettext("%(first)s to %(last)s", first=signed(first), last=signed(last))


def _spans(bands: Sequence[Band], value: Score, step: float) -> list[Span]:
    """Where each band stands; a band without a limit grows with the value, up to WIDEST steps or half the widest of the others."""
    widest = max((float(band.highest - band.lowest) for band in bands if band.highest is not None and band.lowest is not None), default=0)
    unit, half, rising = max(step, widest / WIDE), step / 2, run_up(bands)
    spans = []
    for band in bands:
        edge = float(band.lowest if band.lowest is not None else band.highest or 0)
        inside = value >= edge if band.highest is None else value <= edge
        room = (min(max(OPEN * unit, abs(float(value) - edge) + 2 * unit), WIDEST * unit) if inside else OPEN * unit) - 2 * half
        lowest = float(band.lowest if band.lowest is not None else float(band.highest or 0) - room) - half
        highest = float(band.highest if band.highest is not None else float(band.lowest or 0) + room) + half
        spans.append(Span(band, *((lowest, highest) if rising else (highest, lowest)), half, limits(band, rising)))
    return spans


Shown = tuple[Score, Band, str]
"""The value of the issue, its band, and where it leads."""


def _picture(spans: list[Span], shown: Shown, others: dict[str, list[str]], width: int) -> alt.TopLevelLayerSpec:
    """The bands side by side where there is room for their words, under each other on a phone."""
    sheet = Sheet(width)
    room = min(abs(span.tense - span.calm) * width / abs(spans[-1].tense - spans[0].calm) for span in spans) - 8
    texts = [text for span in spans for text in (span.band.label, span.limits, _also(others.get(span.band.id, [])))]
    if not sheet.narrow and room > max(length(text, bold=True) for text in texts):
        return _across(sheet, spans, shown, others)
    return _down(sheet, spans, shown, others)


def _words(span: Span) -> str:
    return colon(commas([span.band.label, span.limits]), span.band.meaning)


def _also(numbers: list[str]) -> str:
    if not numbers:
        return ""
    if len(numbers) > 3:
        return ngettext("also %(num)s issue", "also %(num)s issues", len(numbers))
    return gettext("also № %(issues)s", issues=commas(numbers))


def _across(sheet: Sheet, spans: list[Span], shown: Shown, others: dict[str, list[str]]) -> alt.TopLevelLayerSpec:
    value, own, href = shown
    calm, tense = spans[0].calm, spans[-1].tense
    px = (sheet.width - 4) / (tense - calm)
    for span in spans:
        left, right = 2 + (span.calm - calm) * px, 2 + (span.tense - calm) * px
        middle = (left + right) / 2
        sheet.bar(Box(left, 46, right, 76), SOFT)
        sheet.bar(Box(left + 1, 47, right - 1, 75), span.band.colour, _words(span), band=span.band.label)
        sheet.point(middle, 92, span.band.shape, span.band.colour, 120, INK)
        sheet.text(middle, 112, span.band.label, "center", bold=True, colour=INK)
        sheet.text(middle, 129, span.limits, "center")
        sheet.text(middle, 146, _also(others.get(span.band.id, [])), "center")
    half = spans[0].half
    inside = min(max(float(value), min(calm, tense) + half), max(calm, tense) - half)
    x, words = 2 + (inside - calm) * px, f"{signed(value)} {own.label}"
    half = length(words, bold=True) / 2
    sheet.rule(x, 30, x, 76, INK, 2)
    sheet.point(x, 32, "triangle-down", INK, 150, "", words, href, value=value)
    sheet.text(min(max(x, half), sheet.width - half), 12, words, "center", bold=True, colour=INK)
    return sheet.chart(158)


def _down(sheet: Sheet, spans: list[Span], shown: Shown, others: dict[str, list[str]]) -> alt.TopLevelLayerSpec:
    value, own, href = shown
    for number, span in enumerate(spans):
        band, top = span.band, ROW * number
        box = Box(0, top + 3, sheet.width, top + ROW - 3)
        sheet.bar(Box(0, box.top, 30, box.bottom), SOFT)
        sheet.bar(Box(1, box.top + 1, 29, box.bottom - 1), band.colour, _words(span), band=band.label)
        sheet.point(15, (box.top + box.bottom) / 2, band.shape, band.colour, 110, INK)
        mine = f"{signed(value)} " if band is own else ""
        sheet.text(sheet.width - 4, box.top + 11, mine, "right", bold=True, colour=INK)
        sheet.text(40, box.top + 11, cut(band.label, sheet.width - 50 - length(mine, bold=True), bold=True), bold=True, colour=INK)
        sheet.text(40, box.top + 27, commas([span.limits, _also(others.get(band.id, []))]))
        if band is own:
            sheet.rule(0, top, sheet.width, top, INK, 2)
            sheet.rule(0, top + ROW, sheet.width, top + ROW, INK, 2)
            sheet.area(box, f"{signed(value)} {band.label}", href, value=value)
    return sheet.chart(ROW * len(spans) + 2)
