"""One import: files, answers and what the data say already -> the files as they would be, doubts, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from macros import load
from macros.exports import csv_file
from macros.exports.entry_workbook import columns
from macros.fields import FORMULA
from macros.imports import merge, pasted_text, sheets, tables
from macros.imports.cells import number
from macros.imports.doubts import Doubts, Position
from macros.imports.lists import lists
from macros.imports.rows import Left, Placing
from macros.imports.translated_rows import Placed
from macros.model import tables_of


@dataclass(frozen=True)
class Reading:
    """What was read.

    Attributes:
        placed: Rows of the data files, in the order of the input.
        notes: What to say of how it was read.
        changed: Name of each file that changes -> its text, and where its new lines come from.
    """

    placed: tuple[Placed, ...]
    doubts: Doubts
    left: tuple[Left, ...]
    notes: tuple[str, ...]
    changed: dict[str, tuple[str, dict[int, Position]]]

    def count(self, *states: str) -> int:
        """How many rows are of some states."""
        return sum(row.state in states for row in self.placed)


def read(root: Path, address: str, paths: Sequence[Path], answers: Mapping[str, str]) -> Reading:
    """Read files for a publication. Nothing is written.

    Args:
        address: The publication: `issues/20`.

    Raises:
        DataError: A file cannot be read or holds no table, or the publication's own files have findings.
    """
    lookups, doubts = lists(load.load(root), address), Doubts(answers)
    placing, notes = Placing(lookups, doubts), []
    for path in paths:
        content = sheets.read(path, path.name, lookups.columns)
        read_sheets = [pasted_text.read(path.name, content, lookups, doubts)] if isinstance(content, str) else content
        headers = 0
        for sheet in read_sheets:
            table = tables.find(sheet, lookups, doubts)
            headers += table.tables
            notes += table.notes
            if not table.tables and sheet.name and any(cell for _, cells in sheet.rows for cell in cells):
                notes.append(f"{path.name}: sheet {sheet.name} holds no table and was passed over")
            placing.add(table)
        if not headers:
            rows = tables_of(lookups.publication.kind)
            names = "; ".join(f"{name}: {', '.join(columns(row, ()))}" for name, row in rows.items())
            raise sheets.fault(path.name, f"holds no table; a table has a row that names its columns: {names}")
    return Reading(tuple(placing.placed), doubts, tuple(placing.left), tuple(notes), merge.merged(lookups, placing.placed))


def read_answers(path: Path) -> str:
    """The text of an answers file.

    Raises:
        DataError: It cannot be read.
    """
    return sheets.decoded(sheets.content(path, path.name), path.name)[0]


def left_over(rows: Sequence[Left]) -> str:
    """Write what could not be placed as CSV, under the names of columns, so that it can be mended and brought in."""
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    head = ["file", "sheet", "row", "reason", *names]
    cells = ([*astuple(row.position), row.reason, *(_inert(row.cells.get(name, "")) for name in names)] for row in rows)
    return csv_file.lines([head, *cells])


def _inert(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) and not number(text) else text
