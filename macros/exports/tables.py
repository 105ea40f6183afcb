"""The tables that can be downloaded: of one publication, or of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros import indices
from macros.book import Book, Volume
from macros.model import Event, FigureRow, Incident, Judgement, Point, Recommendation, Row, Trade

Cell = str | int | float | None


@dataclass(frozen=True)
class Download:
    """One table.

    Attributes:
        name: File name without ending.
        about: What it holds, in one line.
        columns: Names of its columns.
        rows: Its rows.
    """

    name: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def downloads(book: Book, volumes: Iterable[Volume]) -> tuple[Download, ...]:
    """Every table of some publications that has rows.

    Args:
        book: The book.
        volumes: One publication, or all of them.

    Returns:
        Tables whose first column, `publication`, is the address of the publication.
    """
    chosen = tuple(volumes)
    tables = (
        Download("indices", "Every index with its parts, computed from the catalogues", INDEX_COLUMNS, tuple(_indices(book, chosen))),
        _of("events", "Scored events of the relationships", Event, chosen, lambda one: one.events),
        _of("incidents", "Security incidents, scored twice", Incident, chosen, lambda one: one.incidents),
        _of("trade", "Trade figures as stated", Trade, chosen, lambda one: one.trade),
        _of("figures", "Every other number as stated", FigureRow, chosen, lambda one: one.figures),
        _of("points", "Points of the non-papers", Point, chosen, lambda one: one.points.points if one.points else ()),
        _of("recommendations", "Recommendations of the policy papers", Recommendation, chosen, lambda one: one.recommendations),
        _of("judgements", "Judgements, assumptions and dilemmas of the policy papers", Judgement, chosen, lambda one: one.judgements),
    )
    return tuple(table for table in tables if table.rows)


INDEX_COLUMNS = ("publication", "series", "aggregate", "positive", "negative", "rows", "band", "before", "before_issue")


def _indices(book: Book, volumes: tuple[Volume, ...]) -> Iterator[tuple[Cell, ...]]:
    for volume in volumes:
        for one in indices.indices(book, volume) if volume.events or volume.incidents else ():
            before = (one.before.value, one.before.issue) if one.before else (None, None)
            band = one.band.id if one.band else None
            yield (volume.address, one.series, one.aggregate, one.positive, one.negative, one.rows, band, *before)


def _of(name: str, about: str, row: type[Row], volumes: tuple[Volume, ...], pick: Any) -> Download:
    columns = tuple(column for column in row.model_fields if column != "components")
    rows = tuple((volume.address, *(_cell(getattr(one, column)) for column in columns)) for volume in volumes for one in pick(volume))
    return Download(name, about, ("publication", *columns), rows)


def _cell(value: Any) -> Cell:
    """A value as a cell: numbers stay numbers, a list of keys is joined by spaces, a text is one line."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return " ".join(str(one) for one in value)
    return " ".join(str(value).split())
