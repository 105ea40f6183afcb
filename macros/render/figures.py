"""Stated numbers: one in a sentence, a table of them, the trade of a partner."""

from __future__ import annotations

from macros import dates, words
from macros.book import Volume
from macros.model import FigureRow, Trade
from macros.render.charts import chart
from macros.render.desk import Desk, row_path
from macros.render.html import Markup, render


def value(desk: Desk, row: str) -> str:
    """A stated number in a sentence, linked to its row: `about USD 14 million`."""
    return _linked(desk, row, words.quantity(desk.book, desk.here.quantities[row]))


def change(desk: Desk, row: str) -> str:
    """The change of a stated number on a year before, in a sentence: `up 29.6%`."""
    return words.change(desk.book, desk.here.quantities[row])


def changed(desk: Desk, row: str) -> str:
    """A change as a verb, in a sentence, linked to its row: `fell by 26.3%`, `doubled`."""
    return _linked(desk, row, words.moved(desk.book, desk.here.quantities[row]))


def _linked(desk: Desk, row: str, text: str) -> str:
    return Markup('<a class="value" href="{}">{}</a>').format(desk.link(row_path(desk, desk.here, row)), text)


def table(desk: Desk, figure: str) -> str:
    """The numbers of one declared figure as a table."""
    volume = desk.here
    return _table(desk, volume, figure)


def _table(desk: Desk, volume: Volume, figure: str, ids: bool = False) -> str:
    rows = [row for row in volume.figures if row.figure == figure]
    return render(
        "figure", declared=volume.declared(figure), rows=[_cells(desk, row) for row in rows], ids=ids, original=volume.publication.original
    )


def figures(desk: Desk) -> str:
    """Every table of figures.csv; each row has its permanent id."""
    volume = desk.here
    used = {row.figure for row in volume.figures}
    return Markup("\n\n").join(_table(desk, volume, one.id, ids=True) for one in volume.publication.figures if one.id in used)


def trade(desk: Desk) -> str:
    """Trade figures: the publication's rows, or on the portal a chart and all rows for each partner."""
    book = desk.book
    if desk.volume is not None:
        rows = [_cells(desk, row, desk.volume) for row in desk.volume.trade]
        original = desk.volume.publication.original
        return render("trade", label="Trade figures", rows=rows, ids=True, papers=False, original=original) if rows else ""
    blocks: list[str] = []
    for partner, label in book.vocabularies.partners.items():
        stated = [(volume, row) for volume in book.published for row in volume.trade if row.partner == partner]
        if stated:
            desk.show(*(volume for volume, _ in stated))
            blocks.append(render("heading", level=2, id=f"trade-{partner}", text=label))
            blocks.append(chart(desk, "trade", partner=partner))
            rows = [_cells(desk, row, volume) for volume, row in stated]
            blocks.append(render("trade", label=f"Trade figures: {label}", rows=rows, ids=False, papers=True))
        others = [(volume, row) for volume in book.published for row in volume.figures if row.partner == partner]
        if others:
            desk.show(*(volume for volume, _ in others))
            blocks += [] if stated else [render("heading", level=2, id=f"trade-{partner}", text=label)]
            rows = [_cells(desk, row, volume) for volume, row in others]
            blocks.append(render("trade_others", label=f"Shares, targets and changes: {label}", rows=rows))
    return Markup("\n\n").join(blocks)


def _cells(desk: Desk, row: Trade | FigureRow, volume: Volume | None = None) -> dict[str, object]:
    book = desk.book
    return {
        "row": row,
        "value": words.quantity(book, row),
        "change": words.change(book, row),
        "period": dates.human(row.period) if row.period else "",
        "partner": book.vocabularies.partners[row.partner] if isinstance(row, Trade) else "",
        "source": book.sources[row.source],
        "paper": words.label(volume) if volume else "",
        "link": desk.link(row_path(desk, volume, row.id)) if volume else "",
    }
