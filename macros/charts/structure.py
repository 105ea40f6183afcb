"""Shares of a whole, and what of the whole the source does not itemise."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from macros.book import Book, Volume
from macros.charts._bars import Bar, bar_chart
from macros.charts._drawing import Drawing, Links, Words, drawing
from macros.charts._figures import declared, layers, main_unit, name_of
from macros.charts._words import sentences
from macros.language import N_, gettext, ngettext
from macros.model import FigureRow
from macros.words import amount, colon, listed, quantity

WHOLE = Decimal(100)
REST = N_("Not itemised in the source")


def draw(book: Book, volume: Volume, links: Links, figure: str) -> Drawing:
    """One bar for each share, the largest first; the rest, which no row states, in words.

    Args:
        volume: A publication that declares the figure, of kind `structure`.
        links: Where the bars lead: to the row.

    Raises:
        NothingToDraw: The publication has no such figure, or the figure has no rows.
    """
    declaration, figure_rows = declared(volume, figure, ("structure",))
    title, unit = declaration.title, main_unit(figure_rows)
    rows = sorted((row for row in figure_rows if row.unit == unit), key=lambda row: -row.value)
    total = sum((row.value for row in rows), Decimal(0))
    rest = max(WHOLE - total, Decimal(0))  # shares that were rounded may come to a little more
    bars = [
        Bar(name_of(row, rows), row.value, quantity(book, row), colon(row.item, quantity(book, row)), links.row(volume, row.id))
        for row in rows
    ]
    if rest:
        shown = amount(book, rest, unit)
        bars.append(Bar(gettext(REST), None, shown, colon(gettext(REST), shown), ""))
    table = pd.DataFrame({gettext("Item"): [bar.name for bar in bars], gettext("Share"): [bar.shown for bar in bars]})
    reading = gettext("%(title)s, in %(unit)s, the largest first.", title=title, unit=book.vocabularies.units[unit].label)
    summary = sentence(book, rows, total, unit)
    words = Words(title, finding(book, rows), reading, summary, layers(bars))
    return drawing(
        f"structure-{figure}", words, table, lambda width: bar_chart(bars, width), links=[bar.href for bar in bars], numbers=len(bars)
    )


def finding(book: Book, rows: list[FigureRow]) -> str:
    """The largest share, and the next."""
    share = quantity(book, rows[0])
    first = [row.item for row in rows if row.value == rows[0].value]
    if len(first) > 1:
        return gettext("%(items)s have the largest stated shares (%(share)s each)", items=listed(first), share=share)
    second = next((row for row in rows if row.value < rows[0].value), None)
    if second is None:
        return gettext("%(item)s has the largest stated share (%(share)s)", item=first[0], share=share)
    return gettext(
        "%(item)s has the largest stated share (%(share)s), before %(second)s (%(next)s)",
        item=first[0],
        share=share,
        second=second.item,
        next=quantity(book, second),
    )


def sentence(book: Book, rows: list[FigureRow], total: Decimal, unit: str) -> str:
    """The largest share, the sum and the rest.

    Args:
        rows: The shares, the largest first.
        total: Their sum.
    """
    rest = WHOLE - total
    if rest <= 0:
        return sentences(_largest(book, rows), gettext("Together they make up the whole."))
    left = amount(book, rest, unit)
    if len(rows) == 1:
        return sentences(_largest(book, rows), gettext("The other %(rest)s is not itemised in the source.", rest=left))
    together = gettext(
        "Together they make up %(total)s; the other %(rest)s is not itemised in the source.", total=amount(book, total, unit), rest=left
    )
    return sentences(_largest(book, rows), together)


def _largest(book: Book, rows: list[FigureRow]) -> str:
    """How many shares are stated, and the largest of them."""
    share = quantity(book, rows[0])
    first = [row.item for row in rows if row.value == rows[0].value]
    if len(rows) == 1:
        return gettext("One share is stated: %(item)s (%(share)s).", item=first[0], share=share)
    if len(first) == 1:
        return ngettext(
            "The largest of %(num)s stated share is %(item)s (%(share)s).",
            "The largest of %(num)s stated shares is %(item)s (%(share)s).",
            len(rows),
            item=first[0],
            share=share,
        )
    return ngettext(
        "The largest of %(num)s stated share are %(items)s (%(share)s each).",
        "The largest of %(num)s stated shares are %(items)s (%(share)s each).",
        len(rows),
        items=listed(first),
        share=share,
    )
