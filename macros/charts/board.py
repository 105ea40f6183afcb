"""All indices of one issue side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from macros import indices, words
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet
from macros.charts._theme import INK, NEUTRAL, PAPER, hue
from macros.indices import Index
from macros.language import gettext, ngettext
from macros.words import full_stop, listed, semicolons, signed

HEAD, ROW, THICK, NUMBER = 22, 34, 14, 44
"""Height of the headings, of a row and of a bar, and room for a number, in px."""


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """Positive and negative points of each index as bars, each with its number, and their sum at the right.

    Args:
        book: The book.
        volume: An issue.
        links: Where the rows lead: to the section of the index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The issue has no events and no incidents.
    """
    issue_indices = indices.indices(book, volume)
    if not issue_indices:
        raise NothingToDraw("this publication has no events and no incidents")
    addresses = [links.section(volume, index.series) for index in issue_indices]
    reading = gettext(
        "All indices, %(period)s, in points: negative to the left, positive to the right; diamond and bold number: their sum.",
        period=words.when(volume.publication),
    )
    wording = Words(gettext("All indices"), finding(issue_indices), reading, sentence(issue_indices), _points(issue_indices))
    return drawing("board", wording, _table(issue_indices), lambda width: _picture(issue_indices, addresses, width), links=addresses)


def _table(issue_indices: tuple[Index, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            gettext("Index"): [index.label for index in issue_indices],
            gettext("Positive"): [signed(index.positive) for index in issue_indices],
            gettext("Negative"): [signed(index.negative) for index in issue_indices],
            gettext("Aggregate"): [signed(index.aggregate) for index in issue_indices],
            gettext("Rows"): [index.rows for index in issue_indices],
        }
    )


def _picture(issue_indices: tuple[Index, ...], addresses: list[str], width: int) -> alt.TopLevelLayerSpec:
    sheet = Sheet(width)
    side = 0.0 if sheet.narrow else min(max(length(index.label) for index in issue_indices) + 10, width / 3)
    reach = max(index.positive for index in issue_indices), max(-index.negative for index in issue_indices)
    number = max(NUMBER, *(length(signed(value)) + 12 for index in issue_indices for value in (index.positive, index.negative)))
    scale = (width - side - 2 * number - max(NUMBER, *(length(signed(index.aggregate), bold=True) + 6 for index in issue_indices))) / (
        float(sum(reach)) or 1
    )
    zero, row = side + number + float(reach[1]) * scale, ROW + (16 if sheet.narrow else 0)
    bottom = HEAD + row * len(issue_indices)
    for position, (index, address) in enumerate(zip(issue_indices, addresses, strict=True)):
        top = HEAD + row * position
        _row(sheet, index, Box(0, top, width, top + row), (zero, scale), side)
        numbers = {"index": index.label, "positive": index.positive, "negative": index.negative, "aggregate": index.aggregate}
        sheet.area(Box(0, top, width, top + row), _words(index), address, **numbers)
    sheet.rule(zero, HEAD, zero, bottom, NEUTRAL)
    sheet.text(width - 2, 10, gettext("Index"), "right")
    if not sheet.narrow:
        sheet.text(zero - 6, 10, gettext("negative"), "right")
        sheet.text(zero + 6, 10, gettext("positive"))
    return sheet.chart(bottom + 2)


def _words(index: Index) -> str:
    return gettext(
        "%(label)s: aggregate %(aggregate)s (%(positive)s and %(negative)s)",
        label=index.label,
        aggregate=signed(index.aggregate),
        positive=signed(index.positive),
        negative=signed(index.negative),
    )


def _row(sheet: Sheet, index: Index, row: Box, axis: tuple[float, float], side: float) -> None:
    """One index: its name, its two bars with their numbers, a diamond at their sum and the sum at the right."""
    zero, scale = axis
    middle = row.bottom - ROW / 2
    sheet.rule(0, row.top, sheet.width, row.top)
    room = (side or sheet.width - NUMBER) - 8
    sheet.text(2, middle if side else row.top + 13, cut(index.label, room, bold=not side), bold=not side, colour=INK)
    sheet.text(sheet.width - 2, middle if side else row.top + 13, signed(index.aggregate), "right", bold=True, colour=INK)
    right, left = zero + float(index.positive) * scale, zero + float(index.negative) * scale
    sheet.bar(Box(zero, middle - THICK / 2, right, middle + THICK / 2), hue(1, index.sign))
    sheet.bar(Box(left, middle - THICK / 2, zero, middle + THICK / 2), hue(-1, index.sign))
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


def _points(issue_indices: tuple[Index, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the sums, and what they are made of."""
    parts = tuple(
        gettext(
            "%(label)s: %(positive)s and %(negative)s make %(aggregate)s.",
            label=index.label,
            positive=signed(index.positive),
            negative=signed(index.negative),
            aggregate=signed(index.aggregate),
        )
        for index in issue_indices
    )
    return (
        (gettext("What it shows"), (full_stop(finding(issue_indices)),)),
        (gettext("Where each stands"), (sentence(issue_indices),)),
        (gettext("Parts"), parts),
    )


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
