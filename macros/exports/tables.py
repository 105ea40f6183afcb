"""The tables that can be downloaded: of one publication, or of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from pydantic import Field

from macros import dates, indices
from macros.book import Book, Volume
from macros.changes import used_sources, used_words
from macros.fields import Key, Line, Row, Score, Slug, Whole, optional_columns
from macros.language import gettext
from macros.model import FILES, Component, Event, FigureRow, Incident, Judgement, Point, Recommendation, Source, Trade
from macros.translated_book import in_translation
from macros.translations import text_columns
from macros.vocabularies import FLOWS

PROSE = ("points", "recommendations", "components", "judgements")
"""Tables that hold sentences, and choices and judgements of authors, which are no free facts."""
Cell = str | int | Decimal | date | None
"""What a cell may hold. Numbers and days keep their type, so that each format writes them in its own way."""


class IndexRow(Row):
    """One index of one issue."""

    series: Key = Field(description="A relationship, or one of the security indices")
    aggregate: Score = Field(description="The index: the sum of its scores, or what its scale makes of them")
    positive: Score = Field(description="What its positive scores contribute to it")
    negative: Score = Field(description="What its negative scores contribute to it")
    rows: Whole = Field(description="How many scores were summed")
    band: Key | None = Field(description="Colour of regional tension; empty for every other index")
    before: Score | None = Field(description="The same index in the nearest earlier issue in which it is known")
    before_issue: Whole | None = Field(description="Number of that issue")


class ComponentRow(Component):
    """One part of a recommendation, and the recommendation it belongs to."""

    recommendation: Key = Field(description="The recommendation it is part of")


class SourceRow(Source):
    """One source and its key."""

    key: Key = Field(description="The key by which cells of the other tables name it")


class WordRow(Row):
    """One word that cells hold, as readers see it."""

    list: Slug = Field(description="What the word names: partners, units, sections ...")
    word: Key = Field(description="The word as it stands in cells")
    label: Line = Field(description="What readers see")


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        type: string, integer, number or date, as Table Schema calls them.
        meaning: What it holds.
        needed: Whether no cell of it is empty.
        limits: What JSON Schema says of its values: pattern, enum, format, bounds.
    """

    name: str
    type: str
    meaning: str
    needed: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """One table.

    Attributes:
        name: File name without ending.
        about: What it holds, in one line.
        key: Names of the columns that together name a row.
    """

    name: str
    about: str
    fields: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...] = ("publication", "id")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.name for column in self.fields)


Pick = Callable[[Book, Volume], Iterable[Row]]
"""Finds the rows of a table in a publication."""
Records = tuple[Volume, tuple[Row, ...]]
"""A publication and its rows of a table."""
PUBLICATION = Column("publication", "string", "Address of the publication on the site", needed=True)
DAYS = (
    Column("first", "date", "First day of the date before it, by the rule for early, mid and late"),
    Column("last", "date", "Last day of the same"),
)


def downloads(book: Book, volumes: Iterable[Volume]) -> tuple[Download, ...]:
    """Every table of some publications that has rows.

    Returns:
        Tables; the first column of each, but for the sources, is the address of the publication.
    """
    chosen = tuple(volumes)

    def of(name: str, about: str, row: type[Row], pick: Pick, *key: str) -> Download:
        records = [(volume, tuple(pick(book, volume))) for volume in chosen]
        return _translated(book, records, _table(name, about, row, records, key or ("id",)), row, pick)

    tables = (
        of("indices", gettext("Every index with its parts, computed from the catalogues"), IndexRow, _indices, "series"),
        of("events", gettext("Scored events of the relationships"), Event, lambda _, volume: volume.events),
        of("incidents", gettext("Security incidents, scored twice"), Incident, lambda _, volume: volume.incidents),
        of("trade", gettext("Trade figures as stated"), Trade, lambda _, volume: volume.trade),
        of("figures", gettext("Every other number as stated"), FigureRow, lambda _, volume: volume.figures),
        of("points", gettext("Points of the non-papers"), Point, lambda _, volume: volume.points.points if volume.points else ()),
        of("recommendations", gettext("Recommendations of the policy papers"), Recommendation, lambda _, volume: volume.recommendations),
        of("components", gettext("Parts of the recommendations"), ComponentRow, _components),
        of(
            "judgements",
            gettext("Judgements, assumptions and dilemmas of the policy papers"),
            Judgement,
            lambda _, volume: volume.judgements,
        ),
        of("words", gettext("What the keys in cells stand for"), WordRow, _words, "list", "word"),
        _sources(book, chosen),
    )
    return tuple(table for table in tables if table.rows)


def _translated(book: Book, records: Sequence[Records], table: Download, row: type[Row], pick: Pick) -> Download:
    """A table with a column behind each text for its translation into each language that one of the publications is in."""
    tags = dict.fromkeys(tag for volume, _ in records for tag in volume.publication.translations)
    if not (table.rows and tags):
        return table
    names = [name for name in table.columns if name in text_columns(row)]
    fields, cells = list(table.fields), [list(column) for column in zip(*table.rows, strict=True)]
    for tag in tags:
        texts = list(_texts(book, records, tag, names, pick))
        for position, name in enumerate(names):
            original = next(at for at, field in enumerate(fields) if field.name == name)
            pairs = zip(cells[original], texts, strict=True)
            column = [text[position] if text and text[position] != cell else None for cell, text in pairs]
            if any(column):
                fields.insert(original + 1, Column(f"{name}_{tag}", "string", f"{fields[original].meaning}; in the language {tag}"))
                cells.insert(original + 1, column)
    return replace(table, fields=tuple(fields), rows=tuple(zip(*cells, strict=True)))


def _texts(book: Book, records: Sequence[Records], tag: str, names: Sequence[str], pick: Pick) -> Iterator[list[Cell]]:
    """The texts of every row in one language; nothing for a row of a publication that is not translated into it."""
    for volume, rows in records:
        if tag not in volume.publication.translations:
            yield from ([] for _ in rows)
            continue
        opened = in_translation(book, tag)
        for record in pick(opened, opened.volume(volume.address)):
            yield [_cell(getattr(record, name)) for name in names]


def _indices(book: Book, volume: Volume) -> Iterator[Row]:
    for index in indices.indices(book, volume) if volume.events or volume.incidents else ():
        yield IndexRow(
            series=index.series, aggregate=index.aggregate, positive=index.positive, negative=index.negative, rows=index.rows,
            band=index.band.id if index.band else None,
            before=index.before.value if index.before else None, before_issue=index.before.issue if index.before else None,
        )  # fmt: skip


def _components(_book: Book, volume: Volume) -> Iterator[Row]:
    for recommendation in volume.recommendations:
        for part in recommendation.components:
            yield ComponentRow(id=part.id, title=part.title, text=part.text, recommendation=recommendation.id)


def _words(book: Book, volume: Volume) -> Iterator[Row]:
    """Every key that cells of a publication hold: words of the shared lists, then headings and tables of its own."""
    for name, used in sorted(used_words(volume).items()):
        labels = getattr(book.vocabularies, name)
        for word in (word for word in used if name != "flows" or labels[word] != FLOWS.get(word)):
            yield WordRow(list=name, word=word, label=getattr(labels[word], "label", labels[word]))
    series = [(index.series, index.label) for index in indices.indices(book, volume)] if volume.events or volume.incidents else []
    sections = [(section.id, section.title) for section in volume.points.sections] if volume.points else []
    figures = [(figure.id, figure.title) for figure in volume.publication.figures]
    bands = [(band.id, band.label) for band in book.scales.tension] if volume.incidents else []
    for name, entries in (("series", series), ("bands", bands), ("sections", sections), ("figures", figures)):
        for word, label in entries:
            yield WordRow(list=name, word=word, label=label)


def _sources(book: Book, volumes: Sequence[Volume]) -> Download:
    keys = sorted({key for volume in volumes for key in used_sources(volume, {})})
    fields = tuple(_columns(SourceRow, "key"))
    rows = tuple((key, *(_cell(getattr(book.sources[key], column.name)) for column in fields[1:])) for key in keys)
    return Download("sources", gettext("Sources that the rows rest on"), fields, rows, ("key",))


def _table(name: str, about: str, row: type[Row], records: Iterable[Records], key: tuple[str, ...]) -> Download:
    """A table of one class. The first and the last day stand behind the one date or period of a row."""
    plain = tuple(column for column in _columns(row, *key) if column.type != "array")
    dated = next((position for position, column in enumerate(plain) if row is not WordRow and column.name in ("date", "period")), None)
    cut = len(plain) if dated is None else dated + 1
    days = () if dated is None else DAYS
    stated = attrgetter(*(column.name for column in plain))
    cells = []
    for address, record in ((volume.address, record) for volume, rows in records for record in rows):
        values = stated(record)
        period = values[cut - 1] if days else None
        both = [getattr(period, f"known_{end.name}", None) for end in days]
        cells.append((address, *map(_cell, values[:cut]), *both, *map(_cell, values[cut:])))
    fields = (PUBLICATION, *plain[:cut], *days, *plain[cut:])
    return _narrowed(Download(name, about, fields, tuple(cells), ("publication", *key)), row)


def _narrowed(table: Download, row: type[Row]) -> Download:
    """A table without the columns that a file need not have and that hold nothing; where scores are whole, their columns are, too."""
    spare = optional_columns(row) if any(file.row is row and file.shape == "rows" for file in FILES) else ()
    if not table.rows:
        return table
    cells = list(zip(*table.rows, strict=True))
    kept = [
        position
        for position, field in enumerate(table.fields)
        if field.name not in spare or any(cell is not None for cell in cells[position])
    ]
    fields = [
        replace(
            field,
            type="integer" if field.type == "number" and any(_whole(column)) and all(_whole(column)) else field.type,
            needed=field.needed or (field.name in spare and None not in column),
        )
        for field, column in zip(table.fields, cells, strict=True)
    ]
    rows = tuple(zip(*(cells[position] for position in kept), strict=True))
    return replace(table, fields=tuple(fields[position] for position in kept), rows=rows)


def _whole(cells: Iterable[Cell]) -> list[bool]:
    """Which of the cells that hold something hold a whole number."""
    return [isinstance(cell, int) for cell in cells if cell is not None]


def _columns(row: type[Row], *first: str) -> Iterator[Column]:
    """The columns of a class, key first, with what its JSON Schema says of each."""
    schema = row.model_json_schema(mode="serialization")["properties"]
    for name in dict.fromkeys((*first, *row.model_fields)):
        whole = schema[name]
        options = whole.get("anyOf", [whole])
        option = next(option for option in options if option["type"] != "null")
        parts = option.get("items", {})
        kind = "array" if "$ref" in parts else "string" if parts else option["type"]
        limits = {limit: option[limit] for limit in ("pattern", "enum", "format", "minimum", "maximum") if limit in option}
        meaning = whole.get("description", "") + ("; more than one are parted by a semicolon" if parts else "")
        yield Column(name, kind, meaning, len(options) == 1 and not parts, limits)


def _cell(value: Any) -> Cell:
    """A value as a cell: numbers and days stay what they are, a list is joined by semicolons, a text is one line."""
    if value is None or value == ():
        return None
    if isinstance(value, int | Decimal | date):
        return value
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    text = value.text if isinstance(value, dates.Period) else str(value)
    line = " ".join(text.split())
    return text if line == text else line  # nearly every text is held by the book already
