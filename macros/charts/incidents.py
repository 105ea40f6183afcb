"""What each incident did to national security and to the region."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import date_words
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._incident_words import both, finding, kind_of, layers, scores_of, sentence
from macros.charts._letters import cut, length
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import FAINT, NEGATIVE, NEUTRAL, POSITIVE
from macros.charts._words import sentences
from macros.fields import Score, exact
from macros.language import N_, gettext, ngettext
from macros.model import Incident
from macros.scales import ScoreScale, SecurityPair, SecuritySeries
from macros.words import colon, commas, semicolons, signed, when, within

LOOKS = {
    "better": ("triangle-up", POSITIVE),
    "worse": ("triangle-down", NEGATIVE),
    "mixed": ("diamond", NEUTRAL),
    "neutral": ("circle", NEUTRAL),
}
"""Shape and colour of each kind of incident."""

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
        links: Where the symbols lead: to the incident.

    Raises:
        NothingToDraw: The publication has no incidents.
    """
    pair, scale = book.scales.security_series, book.scales.security
    drawn = [row for row in volume.incidents if row.national is not None and row.regional is not None]
    if not drawn or pair is None or scale is None:
        raise NothingToDraw("this publication has no incidents with two scores")
    title = gettext("Incidents: %(national)s and %(regional)s", national=within(pair.national.label), regional=within(pair.regional.label))
    marks = [_mark(book, row, links.row(volume, row.id), scale.sign) for row in drawn]
    left = len(volume.incidents) - len(drawn)
    reading = gettext(
        "%(title)s, %(period)s. Each symbol is an incident, in the cell of its two scores.", title=title, period=when(volume.publication)
    )
    others = ngettext(
        "%(num)s incident with one score is in the table only.",
        "%(num)s incidents with one score are in the table only.",
        left,
    )
    words = Words(
        title,
        finding(drawn, scale.sign),
        sentences(reading, others if left else ""),
        sentence(book, drawn, volume.incidents),
        layers(drawn),
    )
    return drawing(
        "incidents",
        words,
        _table(book, volume.incidents, pair),
        lambda width: _picture(scale, pair, marks, width),
        [row.id for row in drawn],
        [links.row(volume, row.id) for row in volume.incidents],
        len(drawn),
    )


def _table(book: Book, rows: Sequence[Incident], pair: SecurityPair) -> pd.DataFrame:
    return pd.DataFrame(
        {
            gettext("Date"): [date_words.human(row.date) for row in rows],
            gettext("Incident"): [row.event for row in rows],
            gettext("Kind"): [book.vocabularies.categories[row.category] for row in rows],
            pair.national.label: [signed(row.national) for row in rows],
            pair.regional.label: [signed(row.regional) for row in rows],
        }
    )


def _mark(book: Book, row: Incident, href: str, sign: int) -> Mark:
    about = semicolons([scores_of(row), book.vocabularies.categories[row.category]])
    words = colon(date_words.human(row.date), f"{row.event} ({about})")
    return Mark(*both(row), kind_of(*both(row), sign), words, href)


def _values(scale: ScoreScale) -> tuple[list[Score], Score]:
    """The scores at which cells begin, and what lies between two: of many scores round numbers, zero among them."""
    steps = (scale.step * number * 10**zeros for zeros in count() for number in (1, 2, 5))
    wide = next(step for step in steps if scale.highest // step - scale.lowest // step < CELLS)
    return [exact(wide * number) for number in range(int(scale.lowest // wide), int(scale.highest // wide) + 1)], wide


def _axis_name(series: SecuritySeries, ways: tuple[tuple[str, str | None], ...]) -> str:
    """The name of an axis, with what each way along it means, where the scales say that."""
    meanings = commas(gettext(way, meaning=meaning) for way, meaning in ways if meaning)
    return colon(series.label, meanings) if meanings else series.label


def _picture(scale: ScoreScale, pair: SecurityPair, incidents: Sequence[Mark], width: int) -> alt.TopLevelLayerSpec:
    sheet, (values, step) = Sheet(width), _values(scale)
    names = [signed(value) if step == scale.step else f"{signed(value)} …" for value in values]
    side = max(map(length, names)) + 10
    wide, left, top = (width - side - 4) / len(values), side, 22.0
    high = min(max(wide * 0.6, 30), 46)
    bottom = top + high * len(values)
    upright, level = pair.regional, pair.national
    name = _axis_name(upright, ((N_("up %(meaning)s"), upright.up), (N_("down %(meaning)s"), upright.down)))
    sheet.text(0, 10, cut(f"↑ {name}", width))
    if step == scale.step and 0 in values:
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
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in incidents:
        cells[int((mark.national - values[0]) // step), int((mark.regional - values[0]) // step)].append(mark)
    for (across, up), marks in cells.items():
        x, y = left + wide * across, bottom - high * (up + 1)
        _cell(sheet, Box(x, y, x + wide, y + high), marks)
    name = _axis_name(level, ((N_("left %(meaning)s"), level.down), (N_("right %(meaning)s"), level.up)))
    sheet.text(width, bottom + 29, cut(f"{name} →", width), "right")
    return sheet.chart(bottom + 40)


def _cell(sheet: Sheet, box: Box, marks: Sequence[Mark]) -> None:
    """A symbol for each incident of one cell, in rows around its middle."""
    across = max(1, min(math.ceil(math.sqrt(len(marks) * 2)), int((box.right - box.left - 6) // 13)))
    down = math.ceil(len(marks) / across)
    step = min(13, (box.bottom - box.top - 4) / down)
    for number, mark in enumerate(marks):
        line = number // across
        here = min(across, len(marks) - line * across)
        x = (box.left + box.right) / 2 + (number % across - (here - 1) / 2) * 13
        y = (box.top + box.bottom) / 2 + (line - (down - 1) / 2) * step
        shape, colour = LOOKS[mark.kind]
        sheet.point(x, y, shape, colour, 62, "", mark.words, mark.href, national=mark.national, regional=mark.regional)
