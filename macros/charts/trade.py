"""Trade with one partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import date_words, dates
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._figures import of_one_unit
from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import INK, NEUTRAL, PAPER, POSITIVE, hue
from macros.model import Trade
from macros.words import change, listed, quantity

MOST = 24
"""With more rows than these a chart is longer than anybody scrolls."""

ROW, VALUES = 42, 0.34
"""Height of a row in px; share of the width for the numbers at the right."""

Line = tuple[str, str | None]
"""A flow and its product: a row of the picture."""


class Dot(NamedTuple):
    """One figure: its row, period, value, words and address."""

    line: Line
    period: dates.Period
    value: float
    shown: str
    grown: str
    words: str
    href: str
    name: str
    hue: str


def draw(book: Book, volume: Volume | None, links: Links, partner: str) -> Drawing:
    """A row for each flow with a dot for each period of one length; a deficit stands left of zero.

    Args:
        book: The book.
        volume: A publication; None: all that are published.
        links: Where the dots lead: to the row, by its id.
        partner: A trade partner.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: There are no trade figures of that partner.
    """
    volumes = [volume] if volume else book.published
    found = sorted(((one, row) for one in volumes for row in one.trade if row.partner == partner), key=lambda pair: _order(book, pair[1]))
    if not found:
        raise NothingToDraw(f"no trade with '{partner}' is stated {'in this publication' if volume else 'in any publication'}")
    rows = [row for _, row in found]
    kept, unit, left = of_one_unit(book, rows)
    alike = [row for row in kept if _months(row.period) == _months(kept[-1].period)]
    if len(alike) < len(kept):
        others = dict.fromkeys(date_words.human(row.period) for row in kept if row not in alike)
        left += f" Periods of another length stand in the table only: {listed(list(others))}."
    drawn = _newest(alike)
    if len(drawn) < len(alike):
        left += f" The chart shows the newest {len(drawn)} of {len(alike)} figures of such periods, the table all of them."
    label = book.vocabularies.partners[partner]
    table = _table(book, found, portal=volume is None)
    dots = [_dot(book, volume, row, label, links) for volume, row in found if row in drawn]
    said = sentence(book, drawn) + left
    claim = finding(book, label, drawn)
    reading = f"Trade: {label}, in {unit}, {_periods(drawn)}. Each dot stands at its value; at the right the newest."
    told = Words(f"Trade: {label}", claim, reading, said, _points(book, claim, said, drawn))
    addresses = [links.row(source, row.id) for source, row in found]
    return drawing(
        f"trade-{partner}",
        told,
        table,
        lambda width: _picture(dots, list(book.vocabularies.flows), width),
        links=addresses,
        numbers=len(drawn),
    )


def _periods(rows: Sequence[Trade]) -> str:
    """The period of the figures; of several, the first and the last."""
    periods = list(dict.fromkeys(date_words.human(row.period) for row in rows))
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}, periods of one length"


def _dot(book: Book, volume: Volume, row: Trade, label: str, links: Links) -> Dot:
    grown = change(book, row)
    words = f"{name(book, row)}, {label}, {date_words.human(row.period)}: {quantity(book, row)}{f' ({grown})' if grown else ''}"
    flow = book.vocabularies.flows[row.flow]
    colour = hue(row.value) if flow.below else POSITIVE
    shown, href, line = quantity(book, row), links.row(volume, row.id), _capital(flow.label) + _of(row)
    return Dot((row.flow, row.product), row.period, float(row.value), shown, grown, words, href, line, colour)


def _picture(dots: Sequence[Dot], order: Sequence[str], width: int) -> alt.LayerChart:
    """A row for each flow: its name, its dots on a line from zero, and its newest value."""
    sheet = Sheet(width)
    rows = list(dict.fromkeys(dot.line for dot in dots))
    rows.sort(key=lambda line: (order.index(line[0]), line[1] or ""))
    side, values = (0.0, 0.0) if sheet.narrow else (width * 0.26, width * VALUES)
    least, most = min(0.0, *(dot.value for dot in dots)), max(0.0, *(dot.value for dot in dots))
    scale = (width - side - values - 20) / ((most - least) or 1)
    zero = side + 10 - least * scale
    high = ROW + (16 if sheet.narrow else 0)
    for number, line in enumerate(rows):
        mine = sorted((dot for dot in dots if dot.line == line), key=lambda dot: (dot.period.first, dot.period.last))
        top = high * number
        sheet.rule(0, top, width, top)
        _words(sheet, mine[-1], Box(0, top, side or width, top + high), values)
        y = top + high - ROW / 2 + (4 if sheet.narrow else 0)
        sheet.rule(zero, y, zero + mine[-1].value * scale, y, mine[-1].hue, 2)
        sheet.rule(zero, y - 9, zero, y + 9, NEUTRAL)
        for dot in mine:
            newest = dot.period == mine[-1].period
            x = zero + dot.value * scale
            sheet.point(x, y, "circle", dot.hue if newest else PAPER, 90, INK, dot.words, dot.href, value=dot.value)
            when = date_words.human(dot.period)
            if len(mine) > 1 and sheet.free(text_box(x, y + 14, when, "center")):
                sheet.text(x, y + 14, when, "center")
    return sheet.chart(high * len(rows) + 4)


def _words(sheet: Sheet, dot: Dot, box: Box, values: float) -> None:
    """Name, newest value and change of a row: at both sides of its line, or above it on a phone."""
    if values:
        middle, text = (box.top + box.bottom) / 2, lines(dot.name, box.right - 8, 2)
        for number, line in enumerate(text):
            sheet.text(2, middle + LINE * (number - (len(text) - 1) / 2), line, colour=INK)
        shift = 8 if dot.grown else 0
        sheet.text(sheet.width - 2, middle - shift, cut(dot.shown, values - 8, bold=True), "right", bold=True, colour=INK)
        sheet.text(sheet.width - 2, middle + shift, cut(dot.grown, values - 8), "right")
        return
    shown = cut(dot.shown, sheet.width * 0.6, bold=True)
    room = sheet.width - length(shown, bold=True) - 10
    sheet.text(2, box.top + 12, cut(dot.name, room), colour=INK)
    sheet.text(sheet.width - 2, box.top + 12, shown, "right", bold=True, colour=INK)
    sheet.text(sheet.width - 2, box.top + 27, cut(dot.grown, sheet.width - 4), "right")


def finding(book: Book, label: str, rows: Sequence[Trade]) -> str:
    """The balance of the newest period, or its first figure where no balance is stated.

    Args:
        book: The book.
        label: The partner.
        rows: The figures that are drawn, the newest last.

    Returns:
        A few words.
    """
    newest = [row for row in rows if row.period == rows[-1].period]
    signed_flows = [name for name, flow in book.vocabularies.flows.items() if flow.below]
    row = next((row for row in newest if row.flow in signed_flows and row.value), newest[0])
    grown = f", {change(book, row)} on a year before" if change(book, row) else ""
    return f"{label}, {date_words.human(row.period)}: {_spoken(book, row)}{grown}"


def _points(book: Book, claim: str, said: str, rows: Sequence[Trade]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the newest period, and the greatest and the least figure."""
    ends = [f"{word}: {_spoken(book, end(rows, key=lambda row: row.value))}." for word, end in (("Greatest", max), ("Least", min))]
    return (("What it shows", (f"{claim}.",)), ("In full", (said,)), *([("Extremes", tuple(ends))] if len(rows) > 1 else []))


def _newest(rows: Sequence[Trade]) -> Sequence[Trade]:
    """The newest periods of whose flows one chart has room, each of them whole, and the newest of all always."""
    begins = [place for place, row in enumerate(rows) if place == 0 or row.period != rows[place - 1].period]
    return rows[next((place for place in begins if len({(row.flow, row.product) for row in rows[place:]}) <= MOST), begins[-1]) :]


def _months(period: dates.Period) -> int:
    """The length of a period in months; a quarter and a year do not compare."""
    return round(period.days / 30.44)


def _order(book: Book, row: Trade) -> tuple[dates.Period, int, str, str]:
    return row.period, list(book.vocabularies.flows).index(row.flow), row.product or "", row.unit


def _table(book: Book, found: Sequence[tuple[Volume, Trade]], portal: bool) -> pd.DataFrame:
    columns = {
        "Period": [date_words.human(row.period) for _, row in found],
        "Flow": [name(book, row) for _, row in found],
        "Value": [quantity(book, row) for _, row in found],
        "Change on a year before": [change(book, row) for _, row in found],
        "Stated in": [volume.publication.title if portal else "" for volume, _ in found],
    }
    return pd.DataFrame({heading: cells for heading, cells in columns.items() if any(cells)})


def name(book: Book, row: Trade) -> str:
    """A flow as readers see it: `Exports`, `Balance (deficit)`, `Imports of crude oil`."""
    flow = book.vocabularies.flows[row.flow]
    sign = flow.above if row.value > 0 else flow.below if row.value < 0 else "even" if flow.below else None
    return _capital(flow.label) + _of(row) + (f" ({sign})" if sign else "")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _of(row: Trade) -> str:
    return f" of {row.product}" if row.product else ""


def _spoken(book: Book, row: Trade) -> str:
    """A flow and its value within a sentence: `exports USD 9 billion`, `a deficit of USD 6.8 billion`."""
    flow = book.vocabularies.flows[row.flow]
    sign = flow.above if row.value > 0 else flow.below if row.value < 0 else None
    if sign is None:
        return f"{flow.label}{_of(row)}{' (even)' if flow.below else ''} {quantity(book, row)}"
    of = f" in {row.product}" if row.product else ""
    size = row.model_copy(update={"value": abs(row.value)})
    article = "an" if sign[0].lower() in "aeiou" else "a"
    return f"{article} {sign}{of} of {quantity(book, size)}"


def sentence(book: Book, rows: Sequence[Trade]) -> str:
    """The values of the newest period, and which others are drawn."""
    newest = [row for row in rows if row.period == rows[-1].period]
    when, parts = date_words.human(newest[0].period), []
    for row in newest:
        grown = f", {change(book, row)} on a year before" if change(book, row) else ""
        parts.append(f"{_spoken(book, row)}{grown}")
    earlier = list(dict.fromkeys(date_words.human(row.period) for row in rows if row.period != rows[-1].period))
    before = f" Earlier: {listed(earlier)}." if earlier else ""
    return f"{when[0].upper()}{when[1:]}: {'; '.join(parts)}.{before}"
