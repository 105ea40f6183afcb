"""Stated numbers: one in a sentence, a table of them, the trade of a partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from macros import date_words, words
from macros.book import Volume
from macros.language import gettext
from macros.model import FigureRow, Trade
from macros.pages.charts import chart
from macros.pages.context import BuildContext, row_path
from macros.pages.explorer import FULL
from macros.pages.html import Markup, render

DATA = "data/"
"""The page of the files to download, which hold every row."""
Stated = tuple[Volume, Trade | FigureRow]
"""A stated number, and the publication that states it."""


def value(context: BuildContext, row: str) -> str:
    """A stated number in a sentence, linked to its row: `about USD 14 million`."""
    return _linked(context, row, words.quantity(context.book, context.here.quantities[row]))


def change(context: BuildContext, row: str) -> str:
    """The change of a stated number on a year before, in a sentence: `up 29.6%`."""
    return words.change(context.book, context.here.quantities[row])


def changed(context: BuildContext, row: str) -> str:
    """A change as a verb, in a sentence, linked to its row: `fell by 26.3%`, `doubled`."""
    return _linked(context, row, words.moved(context.book, context.here.quantities[row]))


def _linked(context: BuildContext, row: str, text: str) -> str:
    return Markup('<a class="value" href="{}">{}</a>').format(context.link(row_path(context, context.here, row)), text)


def table(context: BuildContext, figure: str) -> str:
    """The numbers of one declared figure as a table."""
    volume = context.here
    return _table(context, volume, figure)


def _table(context: BuildContext, volume: Volume, figure: str, ids: bool = False) -> str:
    rows = [row for row in volume.figures if row.figure == figure]
    return render(
        "figure",
        declared=volume.declared(figure),
        rows=[_cells(context, row) for row in rows],
        ids=ids,
        original=volume.publication.original,
    )


def figures(context: BuildContext) -> str:
    """Every table of figures.csv; each row has its permanent id."""
    volume = context.here
    used = {row.figure for row in volume.figures}
    return Markup("\n\n").join(_table(context, volume, figure.id, ids=True) for figure in volume.publication.figures if figure.id in used)


def trade(context: BuildContext) -> str:
    """Trade figures: the publication's rows, or on the portal a chart and all rows for each partner."""
    book = context.book
    if context.volume is not None:
        rows = [_cells(context, row, context.volume) for row in context.volume.trade]
        original = context.volume.publication.original
        return render("trade", label=gettext("Trade figures"), rows=rows, ids=True, papers=False, original=original) if rows else ""
    blocks: list[str] = []
    for partner, label in book.vocabularies.partners.items():
        if stated := trade_with(context, partner):
            blocks += [render("heading", level=2, id=f"trade-{partner}", text=label), stated]
    return Markup("\n\n").join(blocks)


def trade_with(context: BuildContext, partner: str) -> str:
    """What all publications state of the trade with one partner, as a chart and tables; nothing where they state nothing."""
    book, blocks = context.book, []
    label = book.vocabularies.partners[partner]
    stated: list[Stated] = [(volume, row) for volume in book.published for row in volume.trade if row.partner == partner]
    others: list[Stated] = [(volume, row) for volume in book.published for row in volume.figures if row.partner == partner]
    context.show(*(volume for volume, _ in stated), *(volume for volume, _ in others))
    newest, newest_others = _newest(stated), _newest(others)
    if stated:
        blocks.append(chart(context, "trade", partner=partner))
        rows = [_cells(context, row, volume) for volume, row in newest]
        blocks.append(render("trade", label=gettext("Trade figures: %(partner)s", partner=label), rows=rows, ids=False, papers=True))
    if others:
        rows = [_cells(context, row, volume) for volume, row in newest_others]
        blocks.append(render("trade_others", label=gettext("Shares, targets and changes: %(partner)s", partner=label), rows=rows))
    if len(newest) < len(stated) or len(newest_others) < len(others):
        blocks.append(render("older_figures", link=context.link(DATA)))
    return Markup("\n\n").join(blocks)


def _newest(rows: Sequence[Stated]) -> Sequence[Stated]:
    """The rows of the newest publications, each with all of its rows, as many as a page lists."""
    counts = Counter(volume.address for volume, _ in rows)
    volumes = sorted({volume.address: volume for volume, _ in rows}.values(), key=lambda volume: volume.recency, reverse=True)
    totals = accumulate(counts[volume.address] for volume in volumes)
    listed = {volume.address for volume, total in zip(volumes, totals, strict=True) if total <= FULL or volume is volumes[0]}
    return [(volume, row) for volume, row in rows if volume.address in listed]


def _cells(context: BuildContext, row: Trade | FigureRow, volume: Volume | None = None) -> dict[str, object]:
    book = context.book
    return {
        "row": row,
        "flow": words.flow(book, row.flow).label if isinstance(row, Trade) else "",
        "value": words.quantity(book, row),
        "change": words.change(book, row),
        "period": date_words.human(row.period) if row.period else "",
        "partner": book.vocabularies.partners[row.partner] if isinstance(row, Trade) else "",
        "source": book.sources[row.source],
        "paper": words.label(volume) if volume else "",
        "link": context.link(row_path(context, volume, row.id)) if volume else "",
    }
