"""Trade with one partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from macros import date_words, dates
from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Layers, Links, NothingToDraw, Words, drawing
from macros.charts._figures import of_one_unit
from macros.charts._letters import LINE, cut, length, lines
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import INK, NEUTRAL, PAPER, POSITIVE, hue
from macros.charts._words import sentences
from macros.language import gettext, ngettext
from macros.model import Trade
from macros.vocabularies import Flow
from macros.words import capital, change, colon, commas, flow, full_stop, listed, quantity, semicolons

MOST, PERIODS = 24, 36
"""With more rows than these a chart is longer than anybody scrolls; with more periods its dots lie upon each other."""

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
        volume: A publication; None: all that are published.
        links: Where the dots lead: to the row, by its id.
        partner: A trade partner.

    Raises:
        NothingToDraw: There are no trade figures of that partner.
    """
    figures = [(source, row) for source in ([volume] if volume else book.published) for row in source.trade if row.partner == partner]
    flows = list(book.vocabularies.flows)
    figures.sort(key=lambda pair: (pair[1].period, flows.index(pair[1].flow), pair[1].product or "", pair[1].unit))
    if not figures:
        raise NothingToDraw(f"no trade with '{partner}' is stated {'in this publication' if volume else 'in any publication'}")
    # what a figure states, wherever it stands and whatever it rests on: a number that four issues repeat is told once
    distinct = list({row.model_copy(update={"id": "", "source": ""}): (source, row) for source, row in figures}.values())
    kept, unit, left = of_one_unit(book, [row for _, row in distinct])
    alike = [row for row in kept if _months(row.period) == _months(kept[-1].period)]
    drawn = _newest(alike)
    shown = set(map(id, drawn))
    label = book.vocabularies.partners[partner]
    dots = [_dot(book, source, row, label, links) for source, row in distinct if id(row) in shown]
    summary = sentences(sentence(book, drawn), left, _left_out(kept, alike, drawn))
    reading = gettext(
        "Trade: %(partner)s, in %(unit)s, %(periods)s. Each dot stands at its value; at the right the newest.",
        partner=label,
        unit=unit,
        periods=_periods(drawn),
    )
    title = gettext("Trade: %(partner)s", partner=label)
    words = Words(title, finding(book, label, drawn), reading, summary, _layers(book, drawn))
    return drawing(
        f"trade-{partner}",
        words,
        _table(book, figures, portal=volume is None),
        lambda width: _picture(dots, flows, width),
        links=[links.row(source, row.id) for source, row in figures],
        numbers=len(drawn),
    )


def _left_out(kept: Sequence[Trade], alike: Sequence[Trade], drawn: Sequence[Trade]) -> str:
    """Which figures of the unit stand in the table only."""
    same = set(map(id, alike))
    others = dict.fromkeys(date_words.human(row.period) for row in kept if id(row) not in same)
    newest = ngettext(
        "The chart shows the newest %(drawn)s of %(num)s figure of such periods, the table all of them.",
        "The chart shows the newest %(drawn)s of %(num)s figures of such periods, the table all of them.",
        len(alike),
        drawn=len(drawn),
    )
    return sentences(
        gettext("Only in the table, because their length differs: %(periods)s.", periods=listed(list(others))) if others else "",
        newest if len(drawn) < len(alike) else "",
    )


def _periods(rows: Sequence[Trade]) -> str:
    """The period of the figures; of several, the first and the last."""
    periods = list(dict.fromkeys(date_words.human(row.period) for row in rows))
    if len(periods) == 1:
        return periods[0]
    return gettext("%(first)s to %(last)s, periods of one length", first=periods[0], last=periods[-1])


def _dot(book: Book, volume: Volume, row: Trade, label: str, links: Links) -> Dot:
    grown, shown, kind = change(book, row), quantity(book, row), flow(book, row.flow)
    words = colon(commas([name(book, row), label, date_words.human(row.period)]), f"{shown} ({grown})" if grown else shown)
    colour = hue(row.value) if kind.below else POSITIVE
    href, line = links.row(volume, row.id), capital(_named(kind, row))
    return Dot((row.flow, row.product), row.period, float(row.value), shown, grown, words, href, line, colour)


def _picture(dots: Sequence[Dot], order: Sequence[str], width: int) -> alt.TopLevelLayerSpec:
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
        label: The partner.
        rows: The figures that are drawn, the newest last.
    """
    newest = [row for row in rows if row.period == rows[-1].period]
    signed_flows = [name for name, kind in book.vocabularies.flows.items() if kind.below]
    row = next((row for row in newest if row.flow in signed_flows and row.value), newest[0])
    return colon(commas([label, date_words.human(row.period)]), _grown(book, row))


def _layers(book: Book, rows: Sequence[Trade]) -> Layers:
    """The greatest and the least figure, where there are several."""
    least, most = (_spoken(book, end(rows, key=lambda row: row.value)) for end in (min, max))
    ends = [gettext("Greatest: %(figure)s.", figure=most), gettext("Least: %(figure)s.", figure=least)]
    return [(gettext("Extremes"), ends if len(rows) > 1 else [])]


def _newest(rows: Sequence[Trade]) -> Sequence[Trade]:
    """The newest periods of whose flows one chart has room, each of them whole, and the newest of all always."""
    begins = [number for number, row in enumerate(rows) if number == 0 or row.period != rows[number - 1].period][-PERIODS:]
    return rows[next((number for number in begins if len({(row.flow, row.product) for row in rows[number:]}) <= MOST), begins[-1]) :]


def _months(period: dates.Period) -> int:
    """The length of a period in months; a quarter and a year do not compare."""
    return round(period.days / 30.44)


def _table(book: Book, figures: Sequence[tuple[Volume, Trade]], portal: bool) -> pd.DataFrame:
    columns = {
        gettext("Period"): [date_words.human(row.period) for _, row in figures],
        gettext("Flow"): [name(book, row) for _, row in figures],
        gettext("Value"): [quantity(book, row) for _, row in figures],
        gettext("Change on a year before"): [change(book, row) for _, row in figures],
        gettext("Stated in"): [volume.publication.title if portal else "" for volume, _ in figures],
    }
    return pd.DataFrame({heading: cells for heading, cells in columns.items() if any(cells)})


def name(book: Book, row: Trade) -> str:
    """A flow as readers see it: `Exports`, `Balance (deficit)`, `Imports of crude oil`."""
    kind = flow(book, row.flow)
    sign = kind.above if row.value > 0 else kind.below if row.value < 0 else gettext("even") if kind.below else None
    return capital(_named(kind, row)) + (f" ({sign})" if sign else "")


def _named(flow: Flow, row: Trade) -> str:
    """A flow and its product."""
    return gettext("%(flow)s of %(product)s", flow=flow.label, product=row.product) if row.product else flow.label


def _grown(book: Book, row: Trade) -> str:
    """A flow, its value and its change within a sentence."""
    grown = change(book, row)
    spoken = _spoken(book, row)
    return gettext("%(figure)s, %(change)s on a year before", figure=spoken, change=grown) if grown else spoken


def _spoken(book: Book, row: Trade) -> str:
    """A flow and its value within a sentence: `exports USD 9 billion`, `a deficit of USD 6.8 billion`."""
    kind = flow(book, row.flow)
    sign = kind.above if row.value > 0 else kind.below if row.value < 0 else None
    if sign is None:
        values = {"flow": _named(kind, row), "value": quantity(book, row)}
        return gettext("%(flow)s (even) %(value)s", **values) if kind.below else gettext("%(flow)s %(value)s", **values)
    name = gettext("an %(sign)s", sign=sign) if sign[0].lower() in "aeiou" else gettext("a %(sign)s", sign=sign)
    size = quantity(book, row.model_copy(update={"value": abs(row.value)}))
    if row.product:
        return gettext("%(sign)s in %(product)s of %(value)s", sign=name, product=row.product, value=size)
    return gettext("%(sign)s of %(value)s", sign=name, value=size)


def sentence(book: Book, rows: Sequence[Trade]) -> str:
    """The values of the newest period, and which others are drawn."""
    newest = [row for row in rows if row.period == rows[-1].period]
    figures = semicolons(_grown(book, row) for row in newest)
    earlier = list(dict.fromkeys(date_words.human(row.period) for row in rows if row.period != rows[-1].period))
    return sentences(
        full_stop(colon(capital(date_words.human(newest[0].period)), figures)),
        gettext("Earlier: %(periods)s.", periods=listed(earlier)) if earlier else "",
    )
