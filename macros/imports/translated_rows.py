"""What a row that is brought in says in other languages, beside what the row that is there says in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from macros.imports.cells import line
from macros.imports.doubts import Doubts, Position
from macros.imports.lists import Lists
from macros.imports.tables import RawRow
from macros.load import Record
from macros.model import FILES
from macros.translations import is_translation

ROWS = {file.name: file.row for file in FILES if file.shape == "rows"}


@dataclass(frozen=True)
class Placed:
    """A row of a data file, as text, and what becomes of it: new, changed, or there already."""

    position: Position
    target: str
    cells: dict[str, str]
    state: str
    before: str = ""


def with_translations(lists: Lists, doubts: Doubts, row: RawRow, placed: Placed) -> Placed:
    """Take what a row says in other languages; where its translation is there already and differs, ask.

    Args:
        row: The row as it was read.
        placed: The same without its translations.

    Returns:
        The row with them; one that was there already is changed where they are new.
    """
    given = {name: line(cell) for name, cell in row.cells.items() if line(cell) and is_translation(name, ROWS[row.target])}
    records = (record for record in lists.folder.table(row.target) if record.item.id == placed.cells["id"])
    before = next(map(translated_cells, records), {})
    for name, text in given.items():
        if before.get(name) and before[name] != text:
            row_id = placed.cells["id"]
            question = f"The row {row_id} has another {name}: '{before[name]}' becomes '{text}'. Shall it be replaced?"
            if doubts.ask(f"{name}/{row_id} {text}", row.position, name, text, question, ("replace", "keep")) != "replace":
                given = {**given, name: before[name]}
    cells = {**placed.cells, **given}
    if placed.state in ("there already", "kept") and any(before.get(name) != text for name, text in given.items()):
        return replace(placed, cells=cells, state="changed", before=placed.cells["id"])
    return replace(placed, cells=cells)


def translated_cells(record: Record[Any]) -> dict[str, str]:
    """The cells of a row of a data file that hold translations."""
    return {translation.name: str(translation.text or "") for translation in record.translations}
