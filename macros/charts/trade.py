"""Trade with one partner."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from macros import dates
from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing
from macros.charts._figures import of_one_unit
from macros.charts._theme import INK, NEGATIVE, NEUTRAL, POSITIVE
from macros.model import FLOWS, Trade
from macros.words import change, listed, quantity

COLOURS = dict(zip(FLOWS, (POSITIVE, NEGATIVE, NEUTRAL, INK), strict=True))

MOST = 40
"""With more bars than these a chart is longer than anybody scrolls."""


def draw(book: Book, volume: Volume | None, links: Links, partner: str) -> Drawing:
    """A bar for each flow, grouped by period; a deficit stands left of zero.

    Args:
        book: The book.
        volume: A publication; None: all that are published.
        links: Where the bars lead: to the row, by its id.
        partner: A trade partner.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: There are no trade figures of that partner.
    """
    volumes = [volume] if volume else book.published
    found = sorted(((one, row) for one in volumes for row in one.trade if row.partner == partner), key=lambda pair: _order(pair[1]))
    if not found:
        raise NothingToDraw(f"no trade with '{partner}' is stated {'in this publication' if volume else 'in any publication'}")
    rows = [row for _, row in found]
    kept, unit, left = of_one_unit(book, rows)
    alike = [row for row in kept if _months(row.period) == _months(kept[-1].period)]
    if len(alike) < len(kept):
        others = dict.fromkeys(dates.human(row.period) for row in kept if row not in alike)
        left += f" Periods of another length stand in the table only: {listed(list(others))}."
    drawn = _newest(alike)
    if len(drawn) < len(alike):
        left += f" The chart shows the newest {len(drawn)} of {len(alike)} figures of such periods, the table all of them."
    label = book.vocabularies.partners[partner]
    table = _table(book, found, portal=volume is None)
    chart = bar_chart(_bars(book, [pair for pair in found if pair[1] in drawn], label, links), unit)
    return drawing(f"trade-{partner}", f"Trade: {label}", sentence(book, drawn) + left, table, chart, numbers=len(drawn))


def _newest(rows: Sequence[Trade]) -> Sequence[Trade]:
    """The newest periods that one chart can show, each of them whole, and the newest of all always."""
    begins = [place for place, row in enumerate(rows) if place == 0 or row.period != rows[place - 1].period]
    return rows[next((place for place in begins if len(rows) - place <= MOST), begins[-1]) :]


def _months(period: dates.Period) -> int:
    """The length of a period in months; bars of a quarter and of a year do not compare."""
    return round(period.days / 30.44)


def _order(row: Trade) -> tuple[int, int, int, str, str]:
    return row.period.first.toordinal(), row.period.last.toordinal(), FLOWS.index(row.flow), row.product or "", row.unit


def _table(book: Book, found: Sequence[tuple[Volume, Trade]], portal: bool) -> pd.DataFrame:
    columns = {
        "Period": [dates.human(row.period) for _, row in found],
        "Flow": [name(row) for _, row in found],
        "Value": [quantity(book, row) for _, row in found],
        "Change on a year before": [change(book, row) for _, row in found],
        "Stated in": [volume.publication.title if portal else "" for volume, _ in found],
    }
    return pd.DataFrame({heading: cells for heading, cells in columns.items() if any(cells)})


def _bars(book: Book, found: Sequence[tuple[Volume, Trade]], label: str, links: Links) -> list[Bar]:
    bars = []
    for place, (volume, row) in enumerate(found):
        when = dates.human(row.period)
        heading = when if place == 0 or found[place - 1][1].period != row.period else ""
        grown = f" ({change(book, row)})" if change(book, row) else ""
        words = f"{name(row)}, {label}, {when}: {quantity(book, row)}{grown}"
        shown = f"{quantity(book, row)}{grown}"
        bars.append(Bar(name(row), row.value, shown, words, links.row(volume, row.id), COLOURS[row.flow], heading=heading))
    return bars


def name(row: Trade) -> str:
    """A flow as readers see it: `Exports`, `Balance (deficit)`, `Imports of crude oil`."""
    sign = "surplus" if row.value > 0 else "deficit" if row.value < 0 else "even"
    of = f" of {row.product}" if row.product else ""
    return f"{row.flow.capitalize()}{of}" + (f" ({sign})" if row.flow == "balance" else "")


def _spoken(book: Book, row: Trade) -> str:
    """A flow and its value within a sentence: `exports USD 9 billion`, `a deficit of USD 6.8 billion`."""
    if row.flow != "balance" or not row.value:
        return f"{name(row)[0].lower()}{name(row)[1:]} {quantity(book, row)}"
    of = f" in {row.product}" if row.product else ""
    size = row.model_copy(update={"value": abs(row.value)})
    return f"a {'surplus' if row.value > 0 else 'deficit'}{of} of {quantity(book, size)}"


def sentence(book: Book, rows: Sequence[Trade]) -> str:
    """The values of the newest period, and which others are drawn."""
    newest = [row for row in rows if row.period == rows[-1].period]
    when, parts = dates.human(newest[0].period), []
    for row in newest:
        grown = f", {change(book, row)} on a year before" if change(book, row) else ""
        parts.append(f"{_spoken(book, row)}{grown}")
    earlier = list(dict.fromkeys(dates.human(row.period) for row in rows if row.period != rows[-1].period))
    before = f" Earlier: {listed(earlier)}." if earlier else ""
    return f"{when[0].upper()}{when[1:]}: {'; '.join(parts)}.{before}"
