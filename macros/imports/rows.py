"""Rows as they were read -> rows of the data files. What is uncertain is asked; what cannot be placed is kept aside."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError

from macros import messages
from macros.fields import Row, exact
from macros.imports import cells
from macros.imports.cells import key, line, texts, words
from macros.imports.doubts import LEFT, Doubts, Position
from macros.imports.lists import Lists
from macros.imports.tables import CATALOGUES, SCORED, RawRow, SheetReading, Total
from macros.imports.translated_rows import ROWS, Placed, with_translations

WORDS = ("partner", "unit", "change_unit", "qualifier", "flow", "figure")
NUMBERS = ("value", "upper", "change")
SAME: dict[str, tuple[str, ...]] = {
    "events.csv": ("relationship", "date", "event"),
    "incidents.csv": ("date", "event"),
    "trade.csv": ("partner", "flow", "period", "product", "unit"),
    "figures.csv": ("figure", "item", "period", "partner", "unit"),
}
"""The columns in which rows agree that are the same row, whatever their ids."""
EACH = "each-row"


class LeftOverError(Exception):
    """A row cannot be placed; its message says why."""


@dataclass(frozen=True)
class Left:
    """What could not be placed: where, why, and its cells."""

    position: Position
    reason: str
    cells: dict[str, str]


@dataclass
class Placing:
    """Places the rows of one import, one after another."""

    lists: Lists
    doubts: Doubts
    placed: list[Placed] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    seen: dict[tuple[str, ...], Position] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    existing: dict[str, dict[tuple[str, ...], Any]] = field(default_factory=dict)

    def add(self, sheet: SheetReading) -> None:
        """Place everything that a sheet holds."""
        self.above = {}
        self.left += (Left(position, reason, {"words": text}) for position, reason, text in sheet.loose)
        refused = {id(row): total for total in sheet.totals for row in self._refused(total)}
        for row in sheet.rows:
            try:
                if id(row) in refused:
                    raise LeftOverError("was left out by an answer about its total")
                self.placed.append(with_translations(self.lists, self.doubts, row, self._place(row)))
            except LeftOverError as error:
                self.left.append(Left(row.position, str(error), row.texts))

    def _refused(self, total: Total) -> tuple[RawRow, ...]:
        """Compare a total with its rows; those of a total that differs may be refused."""
        for column, cell in total.cells.items():
            stated = cells.score(cell)
            sums = [sum((cells.score(row.cells.get(column)) or (0,))[0] for row in rows) for rows in (total.part, total.whole)]
            if stated and total.whole and stated[0] not in sums:
                text = f"{column} {stated[0]:+}"
                number = sums[0] if total.part else sums[1]
                question = f"The total says {stated[0]:+}, and the rows above it sum to {number:+}: shall they be brought in as they are?"
                name = f"total/{total.position.sheet or total.position.file} {total.position.row} {column}"
                if self.doubts.ask(name, total.position, column, text, question, ("bring-in",)) == LEFT:
                    return total.part or total.whole
        return ()

    def _place(self, row: RawRow) -> Placed:
        columns = list(ROWS[row.target].model_fields)
        given = {column: self._cell(row, column) for column in columns if column not in ("source", "category", "relationship", "id")}
        given["id"] = line(row.cells.get("id"))
        same_id = self._there(row.target, ("id", given["id"]))
        if "relationship" in columns:
            given["relationship"] = same_id.relationship if same_id and "relationship" not in row.cells else self._relationship(row)
        existing = same_id if given["id"] else self._there(row.target, tuple(words(given[column]) for column in SAME[row.target]))
        if existing is not None:
            old = texts(existing)
            kept = {column: old[column] for column in columns if column not in row.cells}
            kept |= {column: old[column] for column in ("source", "category", "id") if column in old and not line(row.cells.get(column))}
        else:
            kept = {}
        for column in ("source", "category"):
            if column in columns and column not in kept:
                given[column] = self._source(row) if column == "source" else self._category(row, given)
        whole = {column: kept.get(column, given.get(column, "")) for column in columns}
        self._check(row, whole)
        self._once(row, whole)
        return self._compared(row, existing, whole)

    def _once(self, row: RawRow, whole: dict[str, str]) -> None:
        identities = [(row.target, "id", whole["id"])] if whole["id"] else []
        for identity in (*identities, (row.target, *(words(whole[column]) for column in SAME[row.target]))):
            first = self.seen.setdefault(identity, row.position)
            if first != row.position:
                raise LeftOverError(f"is the same as {first}")

    def _there(self, target: str, identity: tuple[str, ...]) -> Any:
        """The row that is there already, by its id or by what it says."""
        if target not in self.existing:
            self.existing[target] = {}
            for row in reversed(self.lists.folder.table(target).items):
                cells_of = {column: line(text) for column, text in texts(row).items()}
                self.existing[target] |= {tuple(words(cells_of[column]) for column in SAME[target]): row, ("id", cells_of["id"]): row}
        return self.existing[target].get(identity)

    def _compared(self, row: RawRow, existing: Row | None, whole: dict[str, str]) -> Placed:
        if existing is None:
            return Placed(row.position, row.target, whole, "new")
        old, model = texts(existing), ROWS[row.target]
        tidy = {column: line(text) for column, text in old.items()}
        same = model.model_validate(_none(tidy)) == model.model_validate(_none(whole)) if _valid(model, tidy) else tidy == whole
        if same:
            return Placed(row.position, row.target, old, "there already")
        changes = [f"{column} '{old[column]}' becomes '{whole[column]}'" for column in old if tidy[column] != whole[column]]
        question = f"The row {old['id']} is there already and differs: {'; '.join(changes)}. Shall it be replaced?"
        name = f"id/{old['id']} {' '.join(whole.values())}"
        answer = self.doubts.ask(name, row.position, "row", whole.get("event") or old["id"], question, ("replace", "keep"))
        if answer == LEFT:
            raise LeftOverError("was left out by an answer")
        return Placed(row.position, row.target, *((whole, "changed") if answer == "replace" else (old, "kept")), old["id"])

    def _check(self, row: RawRow, whole: dict[str, str]) -> None:
        """Refuse what the model refuses, but for an id that is yet to be given."""
        model, trial = ROWS[row.target], {**whole, "id": whole["id"] or ("1-a-01" if row.target in CATALOGUES else "a")}
        try:
            model.model_validate(_none(trial))
        except ValidationError as error:
            problem = next(messages.explain(error, model, row.position.file, {"": row.position.row}))
            raise LeftOverError(f"{problem.field}: {problem.message}") from None

    def _cell(self, row: RawRow, column: str) -> str:
        if column in ("date", "period"):
            return self._date(row, column)
        if column in SCORED:
            return self._score(row, column)
        if column in NUMBERS:
            return self._number(row, column)
        if column in WORDS:
            return self._word(row, column)
        text = line(row.cells.get(column))
        if column in ("event", "item") and not text:
            raise LeftOverError(f"has no {column}")
        return text

    def _ask(self, row: RawRow, name: str, column: str, text: str, question: str, choices: Iterable[str]) -> str:
        answer = self.doubts.ask(name, row.position, column, text, question, choices)
        if answer == LEFT:
            raise LeftOverError(f"has a {column} that is in doubt: '{text}'" if text else f"has no {column}")
        return answer

    def _date(self, row: RawRow, column: str) -> str:
        cell, dates = row.cells.get(column), self.lists.dates
        if line(cell) == "" and row.target in CATALOGUES:
            above = self.above.get(column, "")
            if not above:
                raise LeftOverError("has no date")
            question = "Some rows have no date: do they have that of the row above?"
            name = f"above/date {row.position.sheet or row.position.file}"
            self._ask(row, name, column, "", question, ("row-above",))
            return above
        if line(cell) == "":
            return ""
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell >= 10_000:
            readings = dates.of_serial(cell)
        elif (text := line(cell)).isdigit() and len(text) == 5:
            readings = dates.of_serial(float(text))
        else:
            readings = [cell.isoformat()[:10]] if isinstance(cell, datetime.date) else dates.readings(line(cell))
        if not readings:
            raise LeftOverError(f"has a {column} that cannot be read: '{line(cell)}'")
        if row.target in CATALOGUES and not any(map(dates.touches, readings)):
            raise LeftOverError(f"has a date outside the period of the issue, {dates.period}: '{line(cell)}'")
        if len(readings) > 1:
            question = f"'{line(cell)}' can be read as {' or '.join(readings)}: which is meant?"
            readings = [self._ask(row, f"date/{line(cell)}", column, line(cell), question, readings)]
        self.above[column] = readings[0]
        return readings[0]

    def _score(self, row: RawRow, column: str) -> str:
        text, scale = line(row.cells.get(column)), self.lists.scale(column)
        if scale is None:
            raise LeftOverError(f"has a {column}, and data/scales.yml states no scale for it")
        values = cells.scores(row.cells.get(column), scale)
        if not values and not text and column != "score" and scale.needs == "either":
            return ""
        if not values:
            whole = "whole " * isinstance(scale.step, int)
            raise LeftOverError(f"has a {column} that is no {whole}number: '{text}'" if text else f"has no {column}")
        value = values[0]
        if len(values) > 1:
            question = f"Is '{text}' the score {values[0]}, or {values[1]}?"
            value = exact(Decimal(self._ask(row, f"score/{text}", column, text, question, map(str, values))))
        if why := cells.off(value, scale):
            raise LeftOverError(f"has a {column} {why}")
        return str(value)

    def _number(self, row: RawRow, column: str) -> str:
        text = line(row.cells.get(column))
        if not text:
            return ""
        numbers = cells.number(row.cells.get(column))
        if not numbers:
            raise LeftOverError(f"has a {column} that is no number: '{text}'")
        if len(numbers) > 1:
            question = f"Is the comma in '{text}' a decimal point ({numbers[0]}), or does it stand between thousands ({numbers[1]})?"
            return self._ask(row, f"number/{text}", column, text, question, numbers)
        return numbers[0]

    def _word(self, row: RawRow, column: str) -> str:
        text = line(row.cells.get(column))
        if not text:
            return ""
        names = self.lists.names[column]
        if name := cells.word(text, names):
            return name
        near = cells.near(text, names)
        question = f"'{text}' is no {column.replace('_', ' ')} that is known: which is it?"
        return self._ask(row, f"word/{column} {text}", column, text, question, [*(near[:1] or [LEFT]), *names])

    def _relationship(self, row: RawRow) -> str:
        names = self.lists.names["relationship"]
        text = line(row.cells.get("relationship"))
        if text:
            self.above["relationship"] = text
        elif "relationship" in row.cells and self.above.get("relationship"):
            text = self.above["relationship"]
            question = "Some rows name no relationship: do they have that of the row above?"
            self._ask(row, f"above/relationship {row.position.sheet or row.position.file}", "relationship", "", question, ("row-above",))
        text = text or row.heading
        if relationship := cells.word(text, names) or self.lists.heading(text):
            return relationship
        labels = {name: (label,) for name, (label, _) in self.lists.titles.items()}
        near = self.lists.within(text) or cells.near(self.lists.bare(text), labels)
        question = f"Which relationship are these rows about, under '{text}'?" if text else "Which relationship are these rows about?"
        name = f"relationship/{text or row.position.file}"
        return self._ask(row, name, "relationship", text, question, [*(near[:1] or [LEFT]), *names])

    def _source(self, row: RawRow) -> str:
        text, names = line(row.cells.get("source")), self.lists.names["source"]
        if text and (source := cells.word(text, names)):
            return source
        original = self.lists.publication.original
        if not text:
            question = f"These rows name no source: shall they rest on {original or 'one of sources.yml'}?"
            return self._ask(row, "source/", "source", "", question, [original or LEFT, *names])
        near = [name for name, others in names.items() if key(text) in set(map(key, others))] or cells.near(text, names)
        question = f"'{text}' names no one source of sources.yml: which is it?"
        return self._ask(row, f"source/{text}", "source", text, question, [*near, original or LEFT, *names])

    def _category(self, row: RawRow, given: dict[str, str]) -> str:
        text, names = line(row.cells.get("category")), self.lists.names["category"]
        if text and (category := cells.word(text, names)):
            return category
        if text:
            question, near = f"'{text}' is no category that is known: which is it?", cells.near(text, names)
            return self._ask(row, f"category/{text}", "category", text, question, [*(near[:1] or [LEFT]), *names])
        question = f"These incidents name no category: shall all have the same one, or each its own ({EACH}, asked below)?"
        answer = self._ask(row, "category/", "category", "", question, [EACH, *names])
        if answer != EACH:
            return answer
        proposed = self._alike(given["event"])
        question = f"Which category has '{given['event']}'?"
        return self._ask(row, f"category/{given['event']}", "category", given["event"], question, [*proposed, *names])

    def _alike(self, event: str) -> list[str]:
        """The category of the incident, of any issue, whose words are most like these."""
        incidents = [incident for folder in self.lists.files.folders.values() for incident in folder.table("incidents.csv").items]
        likeness: Callable[[Any], float] = lambda incident: SequenceMatcher(None, words(incident.event), words(event)).ratio()  # noqa: E731
        return [max(incidents, key=likeness).category] if incidents else []


def _none(texts: dict[str, str]) -> dict[str, str | None]:
    return {column: text or None for column, text in texts.items()}


def _valid(model: type[Row], texts: dict[str, str]) -> bool:
    try:
        model.model_validate(_none(texts))
    except ValidationError:
        return False
    return True
