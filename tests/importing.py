"""An issue without rows to bring files into, and files in every shape in which people keep tables."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from trees import FIXTURES

from macros.exports.entry_workbook import columns
from macros.imports import merge, reading
from macros.imports.reading import Reading
from macros.model import FILES

ISSUE = "issues/3"
"""It covers July to September 2023. Scores of events go from -5 to 5, those of incidents from -2 to 2 without zero."""
HEADERS = {file.name: columns(file.row, ()) for file in FILES if file.shape == "rows" and file.kinds}


def empty_issue(place: Path) -> Path:
    """The monitor of the fixtures, with one more issue that has no rows."""
    shutil.copytree(FIXTURES / "good" / "data", place / "data")
    folder = place / "data" / ISSUE
    folder.mkdir()
    text = (FIXTURES / "good/data/issues/2/publication.yml").read_text(encoding="utf-8")
    text = text.replace('"2"', '"3"').replace("number: 2", "number: 3", 1).replace("2023-04/2023-06", "2023-07/2023-09")
    text = text[: text.index("  - number: 2\n")] + text[text.index("figures:") :]
    (folder / "publication.yml").write_text(text, encoding="utf-8")
    for name, header in HEADERS.items():
        (folder / name).write_text(",".join(header) + "\n", encoding="utf-8")
    return place


def events(*rows: str, header: str = "Date,Event,Score,Relationship,Source") -> str:
    """A CSV file of events; a row that does not name relationship and source has those of the tests."""
    return "\n".join([header, *(row if row.count(",") >= 4 or header.count(",") < 4 else f"{row},Veldia,compass-2" for row in rows)]) + "\n"


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], merges: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook; a text that begins with = is a formula, and a merged range holds its first cell."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "d mmm yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, cell, None, 1)
                    elif cell is not None:
                        sheet.write(number, column, cell)
            for span in (merges or {}).get(name, ()):
                (top, left), _ = (xlsxwriter.utility.xl_cell_to_rowcol(corner) for corner in span.split(":"))
                sheet.merge_range(span, "")
                sheet.write(top, left, rows[top][left])
    return written.getvalue()


def read(root: Path, name: str, content: str | bytes, answers: Mapping[str, str] | None = None, into: str = ISSUE) -> Reading:
    """Read one file that holds something."""
    path = root / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return reading.read(root, into, [path], answers or {})


def short(found: Reading) -> list[str]:
    """What was read, a line for each row."""
    lines = []
    for row in found.placed:
        cells = row.cells
        scores = cells.get("score") or f"{cells.get('national')} {cells.get('regional')}"
        lines.append(f"{cells.get('relationship', 'security')} {cells['date']} {cells['event']} {scores}")
    return lines


def keys(found: Reading) -> list[str]:
    """The doubts, without those about missing sources and categories."""
    return [key for key in found.doubts.asked if not key.startswith(("source/", "category/"))]


def written(root: Path, found: Reading, into: str = ISSUE) -> None:
    """Write what was read, which must be in order."""
    assert merge.check(root, into, found.changed) == []
    merge.write(root / "data" / into, found.changed)


def rows_of(root: Path, name: str, into: str = ISSUE) -> list[dict[str, str]]:
    """The rows of a data file."""
    with (root / "data" / into / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
