"""All indices of one issue side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from macros import indices, words
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Layers, Links, NothingToDraw, Words, drawing
from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import INK, NEUTRAL, PAPER, hue
from macros.indices import Index
from macros.language import gettext, ngettext
from macros.words import colon, full_stop, listed, semicolons, signed

HEAD, ROW, THICK, NUMBER, BESIDE = 22, 34, 14, 44, 6
"""Height of the headings, of a row and of a bar, and room for a number and beside a bar without one, in px."""


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """Positive and negative points of each index as bars, each with its number, and their sum at the right.

    Args:
        links: Where the rows lead: to the section of the index.

    Raises:
        NothingToDraw: The issue has no events and no incidents.
    """
    issue_indices = indices.indices(book, volume)
    if not issue_indices:
        raise NothingToDraw("this publication has no events and no incidents")
    addresses = [links.section(volume, index.series) for index in issue_indices]
    reading = gettext("All indices, %(period)s, in points.", period=words.when(volume.publication))
    if _two_sided(issue_indices):
        reading = gettext(
            "All indices, %(period)s, in points: negative to the left, positive to the right; diamond and bold number: their sum.",
            period=words.when(volume.publication),
        )
    wording = Words(gettext("All indices"), finding(issue_indices), reading, sentence(issue_indices), _layers(issue_indices))
    return drawing("board", wording, _table(issue_indices), lambda width: _picture(issue_indices, addresses, width), links=addresses)


def _two_sided(issue_indices: tuple[Index, ...]) -> bool:
    """Whether points of one sign may weigh against those of the other."""
    return not all(index.one_sided for index in issue_indices)


def _table(issue_indices: tuple[Index, ...]) -> pd.DataFrame:
    parts = {
        gettext("Positive"): [signed(index.positive) for index in issue_indices],
        gettext("Negative"): [signed(index.negative) for index in issue_indices],
    }
    return pd.DataFrame(
        {
            gettext("Index"): [index.label for index in issue_indices],
            **(parts if _two_sided(issue_indices) else {}),
            gettext("Aggregate"): [signed(index.aggregate) for index in issue_indices],
            gettext("Rows"): [index.rows for index in issue_indices],
        }
    )


def _picture(issue_indices: tuple[Index, ...], addresses: list[str], width: int) -> alt.TopLevelLayerSpec:
    sheet = Sheet(width)
    two_sided = _two_sided(issue_indices)
    side = 0.0 if sheet.narrow else min(max(length(index.label) for index in issue_indices) + 10, width / 3)
    reach = max(index.positive for index in issue_indices), max(-index.negative for index in issue_indices)
    number = max(NUMBER, *(length(signed(value)) + 12 for index in issue_indices for value in (index.positive, index.negative)))
    ends = number if two_sided else BESIDE
    last = max(NUMBER, *(length(signed(index.aggregate), bold=True) + 6 for index in issue_indices))
    scale = (width - side - 2 * ends - last) / (float(sum(reach)) or 1)
    zero, row = side + ends + float(reach[1]) * scale, ROW + (16 if sheet.narrow else 0)
    bottom = HEAD + row * len(issue_indices)
    for position, (index, address) in enumerate(zip(issue_indices, addresses, strict=True)):
        top = HEAD + row * position
        _row(sheet, index, Box(0, top, width, top + row), (zero, scale), side)
        numbers = {"index": index.label, "positive": index.positive, "negative": index.negative, "aggregate": index.aggregate}
        sheet.area(Box(0, top, width, top + row), _words(index), address, **numbers)
    sheet.rule(zero, HEAD, zero, bottom, NEUTRAL)
    sheet.text(width - 2, 10, gettext("Index"), "right")
    if two_sided and not sheet.narrow:
        sheet.text(zero - 6, 10, gettext("negative"), "right")
        sheet.text(zero + 6, 10, gettext("positive"))
    return sheet.chart(bottom + 2)


def _words(index: Index) -> str:
    if index.one_sided:
        return colon(index.label, signed(index.aggregate))
    return gettext("%(label)s: aggregate %(aggregate)s (%(positive)s and %(negative)s)", **_values(index))


def _values(index: Index) -> dict[str, str]:
    return {"label": index.label} | {part: signed(getattr(index, part)) for part in ("aggregate", "positive", "negative")}


def _row(sheet: Sheet, index: Index, row: Box, axis: tuple[float, float], side: float) -> None:
    """One index: its name, its bars with their numbers, a diamond at their sum and the sum at the right; of one side its bar alone."""
    zero, scale = axis
    middle = row.bottom - ROW / 2
    sheet.rule(0, row.top, sheet.width, row.top)
    room = (side or sheet.width - length(signed(index.aggregate), bold=True) - 4) - 8
    names = lines(index.label, room, 2) if side else [cut(index.label, room, bold=True)]
    for number, name in enumerate(names):
        sheet.text(2, middle + LINE * (number - (len(names) - 1) / 2) if side else row.top + 13, name, bold=not side, colour=INK)
    sheet.text(sheet.width - 2, middle if side else row.top + 13, signed(index.aggregate), "right", bold=True, colour=INK)
    right, left = zero + float(index.positive) * scale, zero + float(index.negative) * scale
    sheet.bar(Box(zero, middle - THICK / 2, right, middle + THICK / 2), hue(1, index.sign))
    sheet.bar(Box(left, middle - THICK / 2, zero, middle + THICK / 2), hue(-1, index.sign))
    if index.one_sided:
        return
    sheet.point(zero + float(index.aggregate) * scale, middle, "diamond", INK, 60, PAPER)
    if index.positive:
        sheet.text(right + 5, middle, signed(index.positive))
    if index.negative:
        sheet.text(left - 5, middle, signed(index.negative), "right")


def _named(issue_indices: list[Index]) -> str:
    return listed([f"{index.label} ({signed(index.aggregate)})" for index in issue_indices])


def finding(issue_indices: tuple[Index, ...]) -> str:
    """Which index is the highest and which the lowest, where one is each."""
    high, low = max(index.aggregate for index in issue_indices), min(index.aggregate for index in issue_indices)
    if high == low and len(issue_indices) > 1:
        return gettext("All indices stand at %(value)s", value=signed(high))
    if high == low:
        return gettext("%(label)s stands at %(value)s", label=issue_indices[0].label, value=signed(high))
    highest, lowest = ([index for index in issue_indices if index.aggregate == value] for value in (high, low))
    return ngettext(
        "%(highest)s stands highest, %(lowest)s lowest",
        "%(highest)s stand highest, %(lowest)s lowest",
        len(highest),
        highest=_named(highest),
        lowest=_named(lowest),
    )


def _layers(issue_indices: tuple[Index, ...]) -> Layers:
    """What the sums are made of."""
    parts = [
        gettext("%(label)s: %(positive)s and %(negative)s make %(aggregate)s.", **_values(index))
        for index in issue_indices
        if not index.one_sided
    ]
    return [(gettext("Parts"), parts)]


def sentence(issue_indices: tuple[Index, ...]) -> str:
    """Which indices are above and below zero, with their values."""
    above = sorted((index for index in issue_indices if index.aggregate > 0), key=lambda index: -index.aggregate)
    below = sorted((index for index in issue_indices if index.aggregate < 0), key=lambda index: index.aggregate)
    zero = [index for index in issue_indices if index.aggregate == 0]
    parts = (
        ngettext("%(indices)s stands above zero", "%(indices)s stand above zero", len(above), indices=_named(above)) if above else "",
        ngettext("%(indices)s stands below zero", "%(indices)s stand below zero", len(below), indices=_named(below)) if below else "",
        ngettext("%(indices)s stands at zero", "%(indices)s stand at zero", len(zero), indices=_named(zero)) if zero else "",
    )
    return full_stop(semicolons(parts))
