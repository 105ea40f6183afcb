"""What each incident did to national security and to the region."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import date_words
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import FAINT, NEGATIVE, NEUTRAL, POSITIVE
from macros.fields import Score, exact, size
from macros.model import Incident
from macros.scales import ScoreScale, SecurityPair
from macros.words import counted, signed, when, within

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

    national: Score
    regional: Score
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
    pair, scale = book.scales.security_series, book.scales.security
    drawn = twice_scored(volume)
    if not drawn or pair is None or scale is None:
        raise NothingToDraw("this publication has no incidents with two scores")
    table = pd.DataFrame(
        {
            "Date": [date_words.human(row.date) for row in volume.incidents],
            "Incident": [one.event for one in volume.incidents],
            "Kind": [book.vocabularies.categories[one.category] for one in volume.incidents],
            pair.national.label: [signed(one.national) for one in volume.incidents],
            pair.regional.label: [signed(one.regional) for one in volume.incidents],
        }
    )
    title = f"Incidents: {within(pair.national.label)} and {within(pair.regional.label)}"
    incidents = [_mark(book, row, links.row(volume, row.id), scale.sign) for row in drawn]
    left = len(volume.incidents) - len(drawn)
    others = f" {counted(left, 'incident')} with one score {'stands' if left == 1 else 'stand'} in the table only." if left else ""
    reading = f"{title}, {when(volume.publication)}. A symbol: an incident, in the cell of its two scores.{others}"
    told = Words(
        title, finding(drawn, scale.sign), reading, sentence(book, drawn, volume.incidents), _points(book, drawn, volume.incidents)
    )
    return drawing(
        "incidents",
        told,
        table,
        lambda width: _picture(scale, pair, incidents, width),
        [row.id for row in drawn],
        [links.row(volume, row.id) for row in volume.incidents],
        len(drawn),
    )


def twice_scored(volume: Volume) -> list[Incident]:
    """The incidents of an issue that have both scores, and so a place in the picture."""
    return [row for row in volume.incidents if row.national is not None and row.regional is not None]


def _both(row: Incident) -> tuple[Score, Score]:
    return row.national or 0, row.regional or 0


def _mark(book: Book, row: Incident, href: str, sign: int) -> Mark:
    words = f"{date_words.human(row.date)}: {row.event} ({_scores(row)}; {book.vocabularies.categories[row.category]})"
    return Mark(*_both(row), _kind(*_both(row), sign), words, href)


def _cells(incidents: Sequence[Mark], lowest: Score, step: Score) -> dict[Cell, list[Mark]]:
    """The incidents by the cell in which their two scores lie, counted from the least."""
    cells: dict[Cell, list[Mark]] = defaultdict(list)
    for mark in incidents:
        cells[int((mark.national - lowest) // step), int((mark.regional - lowest) // step)].append(mark)
    return cells


def _axis(label: str, *ways: tuple[str, str | None]) -> str:
    """The name of an axis, with what each way along it means, where the scales say that."""
    meant = [f"{way} {word}" for way, word in ways if word]
    return label + (f": {', '.join(meant)}" if meant else "")


def _scores(row: Incident) -> str:
    return f"national {signed(row.national)}, regional {signed(row.regional)}"


def _kind(national: Score, regional: Score, sign: int) -> str:
    national, regional = national * sign, regional * sign
    if min(national, regional) >= 0 < max(national, regional):
        return KINDS[0]
    if national == regional == 0:
        return KINDS[3]
    return KINDS[1] if max(national, regional) <= 0 else KINDS[2]


def _picture(scale: ScoreScale, pair: SecurityPair, incidents: Sequence[Mark], width: int) -> alt.LayerChart:
    sheet, scores = Sheet(width), int((scale.highest - scale.lowest) / scale.step) + 1
    several = -(-scores // CELLS)
    step, national, regional = scale.step * several, pair.national, pair.regional
    values = [exact(scale.lowest + step * number) for number in range(-(-scores // several))]
    names = [signed(value) if several == 1 else f"{signed(value)} …" for value in values]
    side = max(map(length, names)) + 10
    wide, left, top = (width - side - 4) / len(values), side, 22.0
    high = min(max(wide * 0.6, 30), 46)
    bottom = top + high * len(values)
    sheet.text(0, 10, cut(f"↑ {_axis(regional.label, ('up', regional.up), ('down', regional.down))}", width))
    if several == 1 and 0 in values:
        zero = values.index(0)
        x, y = left + wide * zero, bottom - high * (zero + 1)
        sheet.bar(Box(x, top, x + wide, bottom), FAINT)
        sheet.bar(Box(left, y, left + wide * len(values), y + high), FAINT)
    for number in range(len(values) + 1):
        sheet.rule(left + wide * number, top, left + wide * number, bottom)
        sheet.rule(left, top + high * number, left + wide * len(values), top + high * number)
    for number, name in enumerate(names):
        label = text_box(left + wide * (number + 0.5), bottom + 11, name, "center")
        if sheet.free(label._replace(left=label.left - 4, right=min(label.right + 4, width))):
            sheet.text(left + wide * (number + 0.5), bottom + 11, name, "center")
        sheet.text(left - 6, bottom - high * (number + 0.5), name, "right")
    for (across, up), marks in _cells(incidents, scale.lowest, step).items():
        x, y = left + wide * across, bottom - high * (up + 1)
        _cell(sheet, Box(x, y, x + wide, y + high), marks)
    sheet.text(width, bottom + 29, cut(f"{_axis(national.label, ('left', national.down), ('right', national.up))} →", width), "right")
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


def finding(rows: Sequence[Incident], sign: int = 1) -> str:
    """Which kind of incident is the most frequent, where one is.

    Args:
        rows: The incidents, each with two scores.
        sign: 1 where a higher score is better, -1 where it is worse.

    Returns:
        A few words.
    """
    kinds = Counter(_kind(*_both(row), sign) for row in rows).most_common(2)
    kind, number = kinds[0]
    if len(kinds) > 1 and kinds[1][1] == number:
        return f"{counted(len(rows), 'incident')}: as many {SHORT[kind]} as {SHORT[kinds[1][0]]} ({number} each)"
    return f"{number} of {counted(len(rows), 'incident')} {'was' if number == 1 else 'were'} {SHORT[kind]}"


def _points(book: Book, rows: Sequence[Incident], every: Sequence[Incident]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the parts, and the incidents of the greatest scores."""
    strengths = [sum(map(size, _both(row))) for row in rows]
    strongest = [row for row, strength in zip(rows, strengths, strict=True) if strength == max(strengths)]
    told = [f"{row.event}, {date_words.human(row.date)} ({_scores(row)})." for row in strongest[:3]]
    more = [f"{len(strongest) - 3} more as strong."] if len(strongest) > 3 else []
    return (
        ("What it shows", (f"{finding(rows, _sign(book))}.",)),
        ("Parts", (sentence(book, rows, every),)),
        ("Strongest", (*told, *more)),
    )


def _sign(book: Book) -> int:
    return book.scales.security.sign if book.scales.security else 1


def sentence(book: Book, rows: Sequence[Incident], every: Sequence[Incident] = ()) -> str:
    """How many incidents, in which direction, and which pair of scores is the most frequent.

    Args:
        book: The book.
        rows: The incidents with two scores.
        every: All incidents of the issue, of which the sums are.

    Returns:
        Whole sentences.
    """
    pair, scale, sign = book.scales.security_series, book.scales.security, _sign(book)
    kinds = Counter(_kind(*_both(row), sign) for row in rows)
    pairs = Counter(map(_both, rows)).most_common(2)
    (national, regional), most = pairs[0]
    alone = most > 1 and (len(pairs) == 1 or pairs[1][1] < most)
    totals = ""
    if pair and scale and scale.plain_sum:
        sums = [signed(exact(sum(scores))) for scores in zip(*map(_both, every or rows), strict=True)]
        totals = f" {pair.national.label} sums to {sums[0]} and {within(pair.regional.label)} to {sums[1]}."
    up, down = ("raising", "lowering") if sign > 0 else ("lowering", "raising")
    meant = {
        "worse": f"{down} one or both scores and {up} none",
        "better": f"{up} one or both and {down} none",
        "mixed": "raising one and lowering the other",
        "neutral": "changing neither",
    }
    said = "; ".join(f"{kinds[kind]} {words}" for kind, words in meant.items() if kinds[kind])
    shared = f"national {signed(national)} and regional {signed(regional)}"
    frequent = f" {most} share the scores {shared}, more than any other pair." if alone and len(pairs) > 1 else ""
    return f"{counted(len(rows), 'incident')}: {said}.{frequent}{totals}"
