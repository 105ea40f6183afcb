"""Placed rows and the rows that are there already -> the CSV files of the publication."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from macros import all_or_none, load
from macros.exports import csv_file, entry_workbook
from macros.fields import LONGEST_ID
from macros.imports import sheets
from macros.imports.cells import texts
from macros.imports.doubts import Position
from macros.imports.lists import Lists
from macros.imports.translated_rows import ROWS, Placed, translated_cells
from macros.problems import DataError, Problem
from macros.translations import is_translation
from macros.validate import row_problems


def merged(lists: Lists, placed: Iterable[Placed]) -> dict[str, tuple[str, dict[int, Position]]]:
    """Add rows to the files of a publication. Ids that are there are kept; new ones are the next free.

    Returns:
        Name of each file that changes -> its text, and the position of each line that is new or changed.
    """
    rows = list(placed)
    folder = lists.files.root / "data" / lists.publication.address
    ids = {row.id for target in ROWS for row in lists.folder.table(target).items} | {row.cells["id"] for row in rows if row.cells["id"]}
    changed: dict[str, tuple[str, dict[int, Position]]] = {}
    highest: dict[str, int] = {}
    for target in ROWS:
        mine = [row for row in rows if row.target == target and row.state in ("new", "changed")]
        if not mine:
            continue
        columns = list(sheets.order(folder / target) or entry_workbook.columns(ROWS[target], ()))
        columns += dict.fromkeys(name for row in mine for name in row.cells if name not in columns and is_translation(name, ROWS[target]))
        whole = [texts(record.item) | translated_cells(record) for record in lists.folder.table(target)]
        at = {row["id"]: index for index, row in enumerate(whole)}
        positions: dict[int, Position] = {}
        for row in mine:
            if row.state == "changed":
                index = at[row.before]
                whole[index] |= row.cells
            else:
                index = len(whole)
                whole.append({**row.cells, "id": row.cells["id"] or _free(lists, target, row.cells, ids, highest)})
            positions[index + 2] = row.position
        changed[target] = csv_file.lines([columns, *([row.get(column, "") for column in columns] for row in whole)]), positions
    return changed


def _free(lists: Lists, target: str, cells: dict[str, str], ids: set[str], highest: dict[str, int]) -> str:
    """The next free id: in a catalogue above every number of its series, elsewhere of the words of the row."""
    if target in ("events.csv", "incidents.csv"):
        start = f"{lists.publication.number}-{cells.get('relationship', 'security')}-"
        if start not in highest:
            numbers = [name.removeprefix(start) for name in ids if name.startswith(start)]
            highest[start] = max((int(number) for number in numbers if re.fullmatch(r"\d+", number, re.ASCII)), default=0)
        highest[start] += 1
        row_id = f"{start}{highest[start]:02}"
    else:
        parts = [cells[column] for column in ("partner", "flow", "figure", "item", "period") if cells.get(column)]
        plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
        words = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST_ID - 5].strip("-") or "row"
        row_id = next(name for number in range(1, len(ids) + 3) if (name := words if number == 1 else f"{words}-{number}") not in ids)
    ids.add(row_id)
    return row_id


def check(root: Path, address: str, changed: dict[str, tuple[str, dict[int, Position]]]) -> list[Problem]:
    """Hold the files as they would be against every rule for rows, in a folder of their own.

    Args:
        changed: What `merged` gave.

    Returns:
        Each finding that is not there now; one about a row that was read names its position in the input.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "data", Path(folder) / "data", symlinks=True)
        for name, (text, _) in changed.items():
            (Path(folder) / "data" / address / name).write_bytes(text.encode("utf-8"))
        before = {(problem.path, problem.field, problem.message) for problem in row_problems(load.load(root))}
        after = row_problems(load.load(Path(folder)))
    problems = [problem for problem in after if (problem.path, problem.field, problem.message) not in before]
    return [_at_input(problem, address, changed) for problem in problems]


def _at_input(problem: Problem, address: str, changed: dict[str, tuple[str, dict[int, Position]]]) -> Problem:
    _, positions = changed.get(problem.path.removeprefix(f"data/{address}/"), ("", {}))
    position = positions.get(problem.line)
    if position is None:
        return problem
    return Problem(position.file, position.row, problem.field, problem.message + (f" (sheet {position.sheet})" if position.sheet else ""))


def write(folder: Path, changed: dict[str, tuple[str, dict[int, Position]]]) -> None:
    """Write all files, or none.

    Args:
        changed: What `merged` gave.

    Raises:
        DataError: One could not be written; the others are as they were.
    """
    try:
        all_or_none.write({folder / name: text for name, (text, _) in changed.items()})
    except OSError as error:
        raise DataError([Problem(folder.name, 1, "file", f"cannot be written: {error.strerror}; nothing was changed")]) from None
