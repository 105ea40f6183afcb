"""Files -> sheets of cells: workbooks, text with separators, pasted text. Nothing in a file is run; formulas are their values."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine
from charset_normalizer import from_bytes

from macros.imports.cells import Cell
from macros.imports.columns import ColumnNames
from macros.problems import DataError, Problem
from macros.text_files import unreadable

LARGEST = 50_000_000
"""Bytes of a file; a catalogue of ten thousand rows has two million."""
LARGEST_UNPACKED = 300_000_000
MOST_CELLS = 5_000_000
"""Cells of a sheet from its first to its last: one stray cell in the last row makes a reader of workbooks ask for all of them."""
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>')
REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="[0-9]{5,}"[^>]*(?:>\s*<table:table-cell[^>]*)?value-type=')
"""In OpenDocument (ODF 1.3, 9.1) a cell with a value, or the row that begins with it, ten thousand times or more."""
BINARY = {
    b"%PDF": "is a PDF; copy its table, paste it into a text file, and bring in that",
    b"{\\rtf": "is a text with formatting (RTF); save it as plain text",
    b"\x89PNG": "is a picture; a table of text is needed",
    b"\xff\xd8\xff": "is a picture; a table of text is needed",
    b"<htm": "is a page of HTML; copy its table into a spreadsheet",
    b"<!DO": "is a page of HTML; copy its table into a spreadsheet",
}
ENCODINGS = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16", "utf_16": "UTF-16"}
READS = "xlsx, xls, ods, csv, tsv or txt"


@dataclass(frozen=True)
class Sheet:
    """One sheet, or a file that is one.

    Attributes:
        file: The file, as findings name it.
        name: Name of the sheet; empty where the file has none.
        rows: The number of each row, as a spreadsheet shows it, and its cells.
        merged: Row number and place of each cell that a merged cell above covers -> what that holds.
        loose: Line, words and reason of what is no row.
        notes: What to say of how the file was read.
    """

    file: str
    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    merged: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    loose: tuple[tuple[int, str, str], ...] = ()
    notes: tuple[str, ...] = ()


def read(path: Path, name: str, columns: ColumnNames) -> list[Sheet] | str:
    """Read a file.

    Args:
        name: Its name, for findings.
        columns: Reads names of columns, which tell the separator of a text.

    Returns:
        Its sheets; or its text, where it is a text without separators.

    Raises:
        DataError: It cannot be read.
    """
    raw = content(path, name)
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(raw, name)
    wrong = next((why for start, why in BINARY.items() if raw.upper().startswith(start.upper())), "")
    if wrong:
        raise fault(name, wrong)
    text, notes = decoded(raw, name)
    separated = path.suffix.lower() != ".txt" or text.startswith("sep=") or _tabs(text)
    return [_delimited(text, name, notes, columns)] if separated else text


def fault(name: str, message: str) -> DataError:
    """Make the error that a file cannot be read."""
    return DataError([Problem(name, 1, "file", message)])


def content(path: Path, name: str) -> bytes:
    """The bytes of a file.

    Raises:
        DataError: It is not there, no file, empty or too large.
    """
    if not path.exists() and not path.is_symlink():
        raise fault(name, f"is not there; name a file of the kind {READS}")
    if why := unreadable(path):
        raise fault(name, why)
    if path.stat().st_size > LARGEST:
        raise fault(name, f"has more than {LARGEST // 1_000_000} MB; take out pictures and sheets that are no tables")
    raw = path.read_bytes()
    if not raw.strip(b"\0\r\n\t "):
        raise fault(name, "is empty; a table has a row that names its columns, and rows below it")
    return raw


def order(path: Path) -> tuple[str, ...]:
    """The columns of a CSV file of the data, in its own order; none where there is no such file."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Find the encoding of a text.

    Returns:
        The text, and a note where the encoding was guessed.

    Raises:
        DataError: It is no text.
    """
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16"), ()
        if b"\0" not in raw:
            return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    wide = [encoding for encoding in ("utf_16_le", "utf_16_be") if len(raw) % 2 == 0]
    best = from_bytes(raw, cp_isolation=wide if b"\0" in raw else ["cp1251", "cp1252"]).best() if wide or b"\0" not in raw else None
    text = str(best) if best else ""
    if not text or re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise fault(name, f"is no table and no text; name a file of the kind {READS}")
    assert best
    return text, (f"{name} is not UTF-8; it was read as {ENCODINGS[best.encoding]}",)


def _workbook(raw: bytes, name: str) -> list[Sheet]:
    _check_size(raw, name)
    try:
        with python_calamine.load_workbook(io.BytesIO(raw)) as book:
            sheets = []
            for index, metadata in enumerate(book.sheets_metadata):
                if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet and metadata.name.strip().casefold() != "lists":
                    sheets.append(_sheet(book.get_sheet_by_index(index), name))
            return sheets
    except python_calamine.PasswordError:
        raise fault(name, "is locked with a password; save it without one") from None
    except (KeyboardInterrupt, SystemExit, MemoryError, DataError):
        raise
    except BaseException as error:  # what the reader's own language calls a panic is no Exception
        why = " ".join(str(error).split())[:100] or type(error).__name__
        raise fault(name, f"cannot be read as a workbook ({why}); open it in a spreadsheet and save it again") from None


def _check_size(raw: bytes, name: str) -> None:
    """Refuse a workbook that would fill the memory: packed far too small, or with cells far apart."""
    if not raw.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise fault(name, f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; copy the table into a new workbook")
            if "content.xml" in packed.namelist() and REPEATED.search(packed.read("content.xml")):
                raise fault(name, "repeats a cell more than ten thousand times; copy the table into a new workbook")
            for part in packed.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    cells = CELL.findall(packed.read(part))
                    rows, wide = max((int(row) for _, row in cells), default=0), max((_column(letters) for letters, _ in cells), default=0)
                    if rows * wide > MOST_CELLS:
                        raise fault(
                            name, f"has a cell in row {rows} or column {wide} far from the table; copy the table into a new workbook"
                        )
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        raise fault(name, "is cut off or damaged; open it in a spreadsheet and save it again") from None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: python_calamine.CalamineSheet, file: str) -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise fault(
            file, f"has a cell in row {sheet.total_height} of sheet {sheet.name}, far from the table; copy the table into a new workbook"
        )
    rows = sheet.to_python(skip_empty_area=False)
    merged: dict[tuple[int, int], Cell] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        if top < len(rows) and left < len(rows[top]):
            merged |= {(row + 1, left): rows[top][left] for row in range(top + 1, min(bottom, len(rows) - 1) + 1)}
    return Sheet(file, sheet.name, tuple((number, tuple(cells)) for number, cells in enumerate(rows, 1)), merged)


def _tabs(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return sum("\t" in line for line in lines) * 2 > len(lines)


def _delimited(text: str, name: str, notes: tuple[str, ...], columns: ColumnNames) -> Sheet:
    stated = re.match(r"sep=(.)\r?\n?", text)
    body = text[stated.end() :] if stated else text
    tried = [_parsed(body, separator) for separator in ([stated[1]] if stated else [",", ";", "\t", "|"])]
    rows = max(tried, key=lambda rows: _fit(rows, columns))
    if rows and _fit(rows, columns)[0] < 0:
        raise fault(name, "holds a quote that is not closed, or a cell of more than 131,072 characters; save it as CSV again")
    return Sheet(name, "", tuple(rows), notes=notes)


def _fit(rows: list[tuple[int, tuple[Cell, ...]]], columns: ColumnNames) -> tuple[int, int]:
    """How many names of columns the best row holds, then how many cells."""
    if rows and rows[-1][0] < 0:
        return -1, 0
    best = max((sum(bool(columns.meanings(str(cell))) for cell in cells) for _, cells in rows[:200]), default=0)
    return best, sum(len(cells) for _, cells in rows[:200])


def _parsed(text: str, separator: str) -> list[tuple[int, tuple[Cell, ...]]]:
    """The rows, numbered as a spreadsheet shows them; a last row numbered -1 where the text does not parse."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    try:
        rows += ((number, tuple(cells)) for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1))
    except csv.Error:
        rows.append((-1, ()))
    return rows
