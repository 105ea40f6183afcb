"""What every file and field under data/, and every column of a download, means; taken from the model."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from macros import dates
from macros.exports.tables import Column, Download
from macros.language import gettext
from macros.messages import parts_of
from macros.model import FILES, DataFile


@dataclass(frozen=True)
class Entry:
    """One field: its dotted name, what it holds, whether it may be left out, what it means."""

    name: str
    holds: str
    needed: bool
    meaning: str


def codebook() -> tuple[tuple[DataFile, tuple[Entry, ...]], ...]:
    """Every file of the model with its fields, in the order of the model."""
    return tuple((file, tuple(_entries(file.row))) for file in FILES)


def of_tables(tables: Iterable[Download]) -> Download:
    """The codebook of some tables, as a table: one row for each of their columns."""
    fields = (
        Column("table", "string", "Name of the table", needed=True),
        Column("column", "string", "Name of the column", needed=True),
        Column("holds", "string", "string, integer, number or date, as Table Schema calls them", needed=True),
        Column("needed", "string", "yes where no cell of the column is empty", needed=True, limits={"enum": ["yes", "no"]}),
        Column("meaning", "string", "What the column holds", needed=True),
    )
    rows = [
        (table.name, field.name, field.type, "yes" if field.needed else "no", field.meaning) for table in tables for field in table.fields
    ]
    return Download("codebook", gettext("What each column of each table means"), fields, tuple(rows), ("table", "column"))


def _entries(row: type[BaseModel], prefix: str = "") -> Iterator[Entry]:
    for name, field in row.model_fields.items():
        nullable = type(None) in get_args(field.annotation)
        yield Entry(prefix + name, holds(field.annotation), field.is_required() and not nullable, field.description or "")
        for inner in (part for part in parts_of(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _entries(inner, f"{prefix}{name}.")


def holds(annotation: Any) -> str:
    """What a field of this type holds, in words."""
    parts = [part for part in parts_of(annotation) if isinstance(part, type)]
    literals = [str(part) for part in get_args(annotation) if isinstance(part, str)] if get_origin(annotation) else []
    if literals:
        return "one of " + ", ".join(literals)
    many = "list of " if tuple in parts or get_origin(annotation) is tuple else "keys with " if get_origin(annotation) is dict else ""
    return many + next((word for kind, word in _WORDS.items() if kind in parts), "entries" if many else "fields below")


_WORDS: dict[Any, str] = {
    dates.Period: "date (EDTF)",
    bool: "true or false",
    Decimal: "number",
    int: "whole number",
    datetime.date: "day",
    str: "text",
}
