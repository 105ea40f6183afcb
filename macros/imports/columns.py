"""Names of columns as people write them -> columns of the data files, and the file that they make together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.imports.cells import key
from macros.model import tables_of
from macros.table_words import COLUMNS, TableWords
from macros.translations import is_translation

TOGETHER: tuple[tuple[str, frozenset[str]], ...] = (
    ("incidents.csv", frozenset({"event", "national"})),
    ("incidents.csv", frozenset({"event", "regional"})),
    ("events.csv", frozenset({"event", "score"})),
    ("trade.csv", frozenset({"flow", "value"})),
    ("figures.csv", frozenset({"item", "value"})),
    ("events.csv", frozenset({"date", "event"})),
)
"""Which columns make a table one of a data file; the first that fits counts."""
IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]?")


@dataclass(frozen=True)
class Header:
    """The columns of a table.

    Attributes:
        target: The data file that they make.
        positions: Column of the data file -> position of the cell, from 0.
        twice: Columns that are named twice.
        unknown: Names that mean no column of the file.
    """

    target: str
    positions: dict[str, int]
    twice: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class ColumnNames:
    """Reads names of columns.

    Args:
        words: The words of some languages, which have the names of each column.
    """

    def __init__(self, words: TableWords) -> None:
        self._fields: dict[str, list[str]] = {}
        for field in COLUMNS:
            for name in dict.fromkeys(map(key, (field, *words.columns.get(field, ())))):
                self._fields.setdefault(name, []).append(field)

    def meanings(self, name: str) -> tuple[str, ...]:
        """The columns that a name may mean."""
        return tuple(self._fields.get(key(name)) or self._fields.get(key(IN_BRACKETS.sub("", name))) or ())

    def header(self, names: Sequence[str], kind: str) -> Header | None:
        """Read a row as the header of a table.

        Args:
            names: The cells of the row, as text.
            kind: Kind of the publication, which says what files it may have.

        Returns:
            The columns; None where the row is no header.
        """
        meant = [self.meanings(name) for name in names]
        if sum(map(bool, meant)) < 2:
            return None
        anything = {field for fields in meant for field in fields}
        rows = tables_of(kind)
        files = {name: list(row.model_fields) for name, row in rows.items()}
        target = next((name for name, needed in TOGETHER if needed <= anything and name in files), None)
        if target is None:
            return None
        positions: dict[str, int] = {}
        twice, unknown = [], []
        for position, (name, fields) in enumerate(zip(names, meant, strict=True)):
            field = next((field for field in (*fields, *_other(fields)) if field in files[target]), None)
            if is_translation(name.strip(), rows[target]):
                field = name.strip()
            if field is None:
                unknown.append(name)
            elif field in positions:
                twice.append(field)
            else:
                positions[field] = position
        return Header(target, positions, tuple(twice), tuple(filter(None, unknown)))

    def in_line(self, text: str) -> list[str]:
        """Part a line of pasted text into the names of columns of which it is made.

        Args:
            text: One or more lines, joined.

        Returns:
            The names; none where anything else stands among them.
        """
        words, names = text.split(), []
        while words:
            length = next((n for n in range(min(4, len(words)), 0, -1) if self.meanings(" ".join(words[:n]))), 0)
            if not length:
                return []
            names.append(" ".join(words[:length]))
            words = words[length:]
        return names


def _other(fields: Sequence[str]) -> tuple[str, ...]:
    """`date` and `period` are one thing, of which each file has one."""
    return {"date": ("period",), "period": ("date",)}.get(fields[0], ()) if len(fields) == 1 else ()
