"""What each incident did to national security and to the region."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import dates
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import FAINT, NEGATIVE, NEUTRAL, POSITIVE
from macros.model import Incident
from macros.words import counted, signed, when

Cell = tuple[int, int]
KINDS = ["better", "worse", "mixed", "neutral"]
LOOKS = {
    "better": ("triangle-up", POSITIVE),
    "worse": ("triangle-down", NEGATIVE),
    "mixed": ("diamond", NEUTRAL),
    "neutral": ("circle", NEUTRAL),
}
"""Shape and colour of each kind of incident."""

SHORT = {"better": "for the better", "worse": "for the worse", "mixed": "of mixed effect", "neutral": "without effect"}
CELLS = 11
"""A scale of more scores is drawn in so many cells, each of several scores."""


class Mark(NamedTuple):
    """One incident in the picture."""

    national: int
    regional: int
    kind: str
    words: str
    href: str


def draw(book: Book, volume: Volume, links: Links) -> Drawing:
    """A grid of both scores, with one symbol in its cell for each incident.

    Args:
        book: The book.
        volume: An issue.
        links: Where the symbols lead: to the incident.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no incidents.
    """
    if not volume.incidents:
        raise NothingToDraw("this publication has no incidents")
    pair = book.scales.security_series
    table = pd.DataFrame(
        {
            "Date": [dates.human(row.date) for row in volume.incidents],
            "Incident": [one.event for one in volume.incidents],
            "Kind": [book.vocabularies.categories[one.category] for one in volume.incidents],
            pair.national.label: [signed(one.national) for one in volume.incidents],
            pair.regional.label: [signed(one.regional) for one in volume.incidents],
        }
    )
    title = f"Incidents: {pair.national.label.lower()} and {pair.regional.label.lower()}"
    incidents = [_mark(book, row, links.row(volume, row.id)) for row in volume.incidents]
    reading = f"{title}, {when(volume.publication)}. A symbol: an incident, in the cell of its two scores."
    told = Words(title, finding(volume.incidents), reading, sentence(book, volume.incidents), _points(book, volume.incidents))
    return drawing(
        "incidents",
        told,
        table,
        lambda width: _picture(book, incidents, width),
        [row.id for row in volume.incidents],
        [mark.href for mark in incidents],
        len(volume.incidents),
    )


def _mark(book: Book, row: Incident, href: str) -> Mark:
    words = f"{dates.human(row.date)}: {row.event} ({_scores(row)}; {book.vocabularies.categories[row.category]})"
    return Mark(row.national, row.regional, _kind(row.national, row.regional), words, href)


def _cells(incidents: Sequence[Mark], lowest: int, step: int) -> dict[Cell, list[Mark]]:
    """The incidents by the cell in which their two scores lie, counted from the least."""
    cells: dict[Cell, list[Mark]] = defaultdict(list)
    for mark in incidents:
        cells[(mark.national - lowest) // step, (mark.regional - lowest) // step].append(mark)
    return cells


def _from(value: int, step: int) -> str:
    """The score of a row or column, or the first of several."""
    return signed(value) if step == 1 else f"{signed(value)} …"


def _scores(row: Incident) -> str:
    return f"national {signed(row.national)}, regional {signed(row.regional)}"


def _kind(national: int, regional: int) -> str:
    if min(national, regional) >= 0 < max(national, regional):
        return KINDS[0]
    if national == regional == 0:
        return KINDS[3]
    return KINDS[1] if max(national, regional) <= 0 else KINDS[2]


def _picture(book: Book, incidents: Sequence[Mark], width: int) -> alt.LayerChart:
    sheet, scale, pair = Sheet(width), book.scales.security, book.scales.security_series
    step = max(1, -(-(scale.highest - scale.lowest + 1) // CELLS))
    values = range(scale.lowest, scale.highest + 1, step)
    side = max(length(_from(value, step)) for value in values) + 10
    wide, left, top = (width - side - 4) / len(values), side, 22.0
    high = min(max(wide * 0.6, 30), 46)
    bottom = top + high * len(values)
    sheet.text(0, 10, cut(f"↑ {pair.regional.label}: up calmed, down strained", width))
    if step == 1 and 0 in values:
        x, y = left + wide * -scale.lowest, top + high * scale.highest
        sheet.bar(Box(x, top, x + wide, bottom), FAINT)
        sheet.bar(Box(left, y, left + wide * len(values), y + high), FAINT)
    for number in range(len(values) + 1):
        sheet.rule(left + wide * number, top, left + wide * number, bottom)
        sheet.rule(left, top + high * number, left + wide * len(values), top + high * number)
    for number, value in enumerate(values):
        label = text_box(left + wide * (number + 0.5), bottom + 11, _from(value, step), "center")
        if sheet.free(label._replace(left=label.left - 4, right=min(label.right + 4, width))):
            sheet.text(left + wide * (number + 0.5), bottom + 11, _from(value, step), "center")
        sheet.text(left - 6, bottom - high * (number + 0.5), _from(value, step), "right")
    for (national, regional), marks in _cells(incidents, scale.lowest, step).items():
        x, y = left + wide * national, bottom - high * (regional + 1)
        _cell(sheet, Box(x, y, x + wide, y + high), marks)
    sheet.text(width, bottom + 29, cut(f"{pair.national.label}: left weaker, right stronger →", width), "right")
    return sheet.chart(bottom + 40)


def _cell(sheet: Sheet, box: Box, marks: Sequence[Mark]) -> None:
    """A symbol for each incident of one cell, in rows around its middle."""
    across = max(1, min(math.ceil(math.sqrt(len(marks) * 2)), int((box.right - box.left - 6) // 13)))
    down = math.ceil(len(marks) / across)
    step = min(13, (box.bottom - box.top - 4) / down)
    for place, mark in enumerate(marks):
        line = place // across
        here = min(across, len(marks) - line * across)
        x = (box.left + box.right) / 2 + (place % across - (here - 1) / 2) * 13
        y = (box.top + box.bottom) / 2 + (line - (down - 1) / 2) * step
        shape, colour = LOOKS[mark.kind]
        sheet.point(x, y, shape, colour, 62, "", mark.words, mark.href, national=mark.national, regional=mark.regional)


def finding(rows: Sequence[Incident]) -> str:
    """Which kind of incident is the most frequent, where one is."""
    kinds = Counter(_kind(row.national, row.regional) for row in rows).most_common(2)
    kind, number = kinds[0]
    if len(kinds) > 1 and kinds[1][1] == number:
        return f"{counted(len(rows), 'incident')}: as many {SHORT[kind]} as {SHORT[kinds[1][0]]} ({number} each)"
    return f"{number} of {counted(len(rows), 'incident')} {'was' if number == 1 else 'were'} {SHORT[kind]}"


def _points(book: Book, rows: Sequence[Incident]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the parts, and the incidents of the greatest scores."""
    most = max(abs(row.national) + abs(row.regional) for row in rows)
    strongest = [row for row in rows if abs(row.national) + abs(row.regional) == most]
    told = [f"{row.event}, {dates.human(row.date)} ({_scores(row)})." for row in strongest[:3]]
    more = [f"{len(strongest) - 3} more as strong."] if len(strongest) > 3 else []
    return (("What it shows", (f"{finding(rows)}.",)), ("Parts", (sentence(book, rows),)), ("Strongest", (*told, *more)))


def sentence(book: Book, rows: Sequence[Incident]) -> str:
    """How many incidents, in which direction, and which pair of scores is the most frequent."""
    pair = book.scales.security_series
    kinds = Counter(_kind(row.national, row.regional) for row in rows)
    pairs = Counter((row.national, row.regional) for row in rows).most_common(2)
    (national, regional), most = pairs[0]
    alone = most > 1 and (len(pairs) == 1 or pairs[1][1] < most)
    totals = [
        f"{pair.national.label} sums to {signed(sum(row.national for row in rows))}",
        f"{pair.regional.label.lower()} to {signed(sum(row.regional for row in rows))}",
    ]
    meant = {
        "worse": "lowering one or both scores and raising none",
        "better": "raising one or both and lowering none",
        "mixed": "raising one and lowering the other",
        "neutral": "changing neither",
    }
    said = "; ".join(f"{kinds[kind]} {words}" for kind, words in meant.items() if kinds[kind])
    shared = f"national {signed(national)} and regional {signed(regional)}"
    frequent = f" {most} share the scores {shared}, more than any other pair." if alone and len(pairs) > 1 else ""
    return f"{counted(len(rows), 'incident')}: {said}.{frequent} {' and '.join(totals)}."
