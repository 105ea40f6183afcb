"""All tables as one XLSX workbook: a sheet each, the header frozen, cells of the right type.

The format (ECMA-376) is written by openpyxl, which stamps the clock into the file; every stamp
is put back to the date of the edition, so that equal tables give equal bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from macros.exports.tables import Cell, Download

WIDTHS = {"string": 14, "integer": 10, "number": 12, "date": 12}
FORMATS = {"string": "@", "integer": "0", "number": "0", "date": "yyyy-mm-dd"}
LONG = 60
"""Width of a column whose texts are longer than any other's."""


def write(tables: Sequence[Download], title: str, who: str, day: date) -> bytes:
    """The workbook of some tables.

    Args:
        tables: The tables, one sheet each.
        title: Title of the workbook.
        who: Who made it.
        day: Date of the edition, which stands for every date inside the file.

    Returns:
        The bytes of the file.
    """
    book = Workbook(write_only=True)
    stamp = datetime.combine(day, time())
    book.properties.title, book.properties.creator, book.properties.created = title, who, stamp
    for table in tables:
        _sheet(book.create_sheet(table.name), table)
    written = io.BytesIO()
    book.save(written)
    return _without_clock(written, stamp)


def _sheet(sheet: Worksheet, table: Download) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    for place, column in enumerate(table.fields):
        longest = max((len(str(row[place])) for row in table.rows), default=0)
        width = LONG if longest > LONG else max(WIDTHS[column.type], longest + 2, len(column.name) + 4)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.append([_head(sheet, name) for name in table.columns])
    for row in table.rows:
        sheet.append([_typed(sheet, cell, column.type) for cell, column in zip(row, table.fields, strict=True)])


def _head(sheet: Worksheet, name: str) -> SheetCell:
    cell = _typed(sheet, name, "string")
    cell.font = Font(bold=True)
    return cell


def _typed(sheet: Worksheet, value: Cell, kind: str) -> SheetCell:
    """A cell of its column's type: a number shows the decimals that the source states, a text is never a formula.

    An empty cell is written too, because it has a format: a row that stops short would be no table.
    """
    cell: SheetCell = WriteOnlyCell(sheet, value=cast(Any, value))  # the stubs know no Decimal
    cell.number_format = FORMATS[kind]
    if isinstance(value, str):
        cell.data_type = "s"
        if len(value) > LONG:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif isinstance(value, Decimal):
        cell.number_format = f"{0:.{max(0, -int(value.as_tuple().exponent))}f}"
    return cell


def _without_clock(written: io.BytesIO, stamp: datetime) -> bytes:
    """The same workbook with one date in place of every moment at which it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
