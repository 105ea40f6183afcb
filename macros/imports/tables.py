"""The tables in a sheet: their headers, headings, rows and totals, whatever stands around and between them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from macros.imports.cells import Cell, joined, line
from macros.imports.columns import Header
from macros.imports.date_patterns import DASH
from macros.imports.doubts import Doubts, Position
from macros.imports.lists import Lists
from macros.imports.sheets import Sheet
from macros.problems import DataError, Problem

SCORED = ("score", "national", "regional")
CATALOGUES = ("events.csv", "incidents.csv")
FROM_ABOVE = ("date", "relationship", "category", "source")
"""Columns in which a merged cell counts for every row that it covers."""


@dataclass(eq=False)
class RawRow:
    """A row as it was read.

    Attributes:
        target: The data file that it belongs to.
        cells: Column -> cell, for the columns that its table has.
        heading: The heading above it, or the name of its sheet.
        merged: Whether its date is that of a merged cell above.
    """

    position: Position
    target: str
    cells: dict[str, Cell]
    heading: str = ""
    merged: bool = False

    @property
    def blank_scores(self) -> bool:
        """Whether it has no score at all."""
        return not any(line(self.cells.get(column)) for column in SCORED)

    @property
    def texts(self) -> dict[str, str]:
        """Its cells as text."""
        return {column: line(cell) for column, cell in self.cells.items()}


@dataclass(frozen=True)
class Total:
    """A row that sums up others.

    Attributes:
        cells: Column of scores -> what it states.
        part: The rows since the total or heading before it.
        whole: Every row of the sheet before it.
    """

    position: Position
    cells: dict[str, Cell]
    part: tuple[RawRow, ...]
    whole: tuple[RawRow, ...]


@dataclass
class SheetReading:
    """What a sheet holds.

    Attributes:
        loose: Position, reason and words of what is in a table and no row.
        tables: How many headers it has.
    """

    rows: list[RawRow] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    loose: list[tuple[Position, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: int = 0


def find(sheet: Sheet, lists: Lists, doubts: Doubts) -> SheetReading:
    """Find the tables of a sheet.

    Args:
        doubts: Doubts are added here.

    Raises:
        DataError: A header names a column twice.
    """
    return _Reader(sheet, lists, doubts).read()


class _Reader:
    """Reads row after row."""

    def __init__(self, sheet: Sheet, lists: Lists, doubts: Doubts) -> None:
        self.sheet, self.lists, self.doubts = sheet, lists, doubts
        self.result = SheetReading(notes=list(sheet.notes))
        self.result.loose += ((Position(sheet.file, sheet.name, number), why, words) for number, words, why in sheet.loose)
        self.rows = [(number, cells, [line(cell) for cell in cells]) for number, cells in sheet.rows]
        self.rows = [row for row in self.rows if any(row[2])]
        self.heading = self.of_sheet = sheet.name
        self.header: Header | None = None
        self.part: list[RawRow] = []
        self.summed = False

    def read(self) -> SheetReading:
        index = 0
        while index < len(self.rows):
            if length := self._header(index):
                index += length
                continue
            number, cells, texts = self.rows[index]
            given = [text for text in texts if text]
            if len(set(given)) == 1 and (self.lists.heading(given[0]) or self.lists.is_heading(given[0])):
                self.heading, self.part, self.summed = given[0], [], False
            elif self.header and self.lists.is_total(given[0]):
                self._total(number, cells)
            elif self.header:
                self._row(number, cells)
            index += 1
        return self.result

    def _header(self, index: int) -> int:
        """How many rows from here on are a header; it may have two, of which one names groups or goes on with the words."""
        number, _, names = self.rows[index]
        header, length = self.lists.columns.header(names, self.lists.publication.kind), 1
        if index + 1 < len(self.rows):
            below = self.rows[index + 1][2]
            if all(self.lists.columns.meanings(name) for name in below if name):
                both = [self._named(upper, lower) for upper, lower in zip(names, below, strict=False)]
                two = self.lists.columns.header(both, self.lists.publication.kind)
                if (
                    two
                    and (header is None or len(two.positions) >= len(header.positions))
                    and not self.lists.columns.header(below, self.lists.publication.kind)
                ):
                    header, length = two, 2
        if header is None:
            return 0
        for column in header.twice:
            message = (
                f"is the name of two columns{f' of sheet {self.sheet.name}' if self.sheet.name else ''}; give each column its own name"
            )
            raise DataError([Problem(self.sheet.file, number, column, message)])
        notes = [f"{Position(self.sheet.file, self.sheet.name, number)}: the column '{name}' was passed over" for name in header.unknown]
        self.result.notes += [note for note in notes if not self.header or self.header.unknown != header.unknown]
        if self.header and self.header.target != header.target:
            self.part = []
        if self.summed:  # another table; rows that follow a total without a header are more of the same
            self.heading, self.summed = self.of_sheet, False
        self.header, self.result.tables = header, self.result.tables + 1
        return length

    def _named(self, name: str, below: str) -> str:
        """The name of a column whose header has two rows."""
        return next((text for text in (f"{name} {below}", below, name) if self.lists.columns.meanings(text)), name or below)

    def _total(self, number: int, cells: Sequence[Cell]) -> None:
        assert self.header
        stated = {column: cells[at] for column, at in self.header.positions.items() if column in SCORED and at < len(cells)}
        position = Position(self.sheet.file, self.sheet.name, number)
        self.result.totals.append(Total(position, stated, tuple(self.part), tuple(self.result.rows)))
        self.part, self.summed = [], True

    def _row(self, number: int, cells: Sequence[Cell]) -> None:
        assert self.header
        position = Position(self.sheet.file, self.sheet.name, number)
        given = {column: cells[at] if at < len(cells) else None for column, at in self.header.positions.items()}
        if all(line(cell) == "" for cell in given.values()):
            return
        merged = {
            column: self.sheet.merged[number, at]
            for column, at in self.header.positions.items()
            if column in FROM_ABOVE and (number, at) in self.sheet.merged
        }
        row = RawRow(position, self.header.target, given | merged, self.heading, "date" in merged)
        filled = [column for column, cell in given.items() if line(cell)]
        if row.target in CATALOGUES and self._goes_on(row):
            return
        if len(filled) == 1 and not (filled == ["date"] and self._is_date(row.cells["date"])) and not merged:
            self.result.loose.append((position, "has one cell alone and is no row", line(given[filled[0]])))
            return
        self.result.rows.append(row)
        self.part.append(row)

    def _is_date(self, cell: Cell) -> bool:
        text = line(cell)
        return isinstance(cell, datetime.date) or bool(self.lists.dates.readings(re.sub(rf"\s*{DASH}$", "", text)))

    def _goes_on(self, row: RawRow) -> bool:
        """Join a row to the one before it where it is the rest of that: wrapped words, a wrapped date, scores below."""
        before = self.part[-1] if self.part else None
        if before is None or before.target != row.target:
            return False
        date, event = line(row.cells.get("date")), line(row.cells.get("event"))
        date_before, event_before = line(before.cells.get("date")), line(before.cells.get("event"))
        scored, scored_before = not row.blank_scores, not before.blank_scores
        if date and not row.merged:
            if not re.search(rf"{DASH}$", date_before) or (scored and scored_before):
                return False
            before.cells["date"] = f"{date_before} {date}"
        elif (
            (scored and (scored_before or (row.merged and event_before)))
            or not (event or scored)
            or (scored and event_before and not self._certain(event_before, event, row.position))
        ):
            return False
        before.cells["event"] = joined([event_before, event])
        if before.blank_scores:
            before.cells |= {column: row.cells[column] for column in SCORED if column in row.cells}
        for column in ("relationship", "category", "source", "id"):
            if column in row.cells and not line(before.cells.get(column)):
                before.cells[column] = row.cells[column]
        return True

    def _certain(self, before: str, event: str, position: Position) -> bool:
        """Whether words without a date, with a score, go on with those above, which have a date and no score."""
        if not event or event[0].islower() or re.search(r"[,;:(\-–—]$", before):
            return True
        question = f"This row has no date, and '{before}' above it no score: are they one event, whose words go on here?"
        name = f"line/{position.sheet or position.file} {event}"
        return self.doubts.ask(name, position, "event", event, question, ("one-event", "two-rows")) == "one-event"
