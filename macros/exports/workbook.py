"""All tables as one XLSX workbook: a sheet each, the header frozen, cells of the right type.

The format (ECMA-376) is written by XlsxWriter, which takes every date inside the file from us,
so that equal tables give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from macros.exports.tables import Cell, Download

WIDTHS = {"string": 14, "integer": 10, "number": 12, "date": 12}
FORMATS = {"string": "@", "integer": "0", "number": "0", "date": "yyyy-mm-dd"}
LONG = 60
"""Width of a column whose texts are longer than any other's."""


Looks = Callable[..., Format]
"""How cells look, each kept once: number format, and whether bold or wrapped."""


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
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        looks = cache(lambda form, bold=False, wrapped=False: book.add_format({"num_format": form, "bold": bold, "text_wrap": wrapped}))
        book.set_properties({"title": title, "author": who, "created": datetime.combine(day, time())})
        for table in tables:
            _sheet(book.add_worksheet(table.name), table, looks)
    return written.getvalue()


def _sheet(sheet: Worksheet, table: Download, looks: Looks) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, column in enumerate(table.fields):
        longest = max((len(str(row[place])) for row in table.rows), default=0)
        sheet.set_column(place, place, LONG if longest > LONG else max(WIDTHS[column.type], longest + 2, len(column.name) + 4))
        sheet.write_string(0, place, column.name, looks("@", bold=True))
        for line, row in enumerate(table.rows, 1):
            _write(sheet, line, place, row[place], column.type, looks)


def _write(sheet: Worksheet, line: int, place: int, value: Cell, kind: str, looks: Looks) -> None:
    """A cell of its column's type: a number shows the decimals that the source states, a text is never a formula.

    An empty cell is written too, because it has a format: a row that stops short would be no table.
    """
    if value is None:
        sheet.write_blank(line, place, None, looks(FORMATS[kind]))
    elif isinstance(value, str):
        sheet.write_string(line, place, value, looks(FORMATS[kind], wrapped=len(value) > LONG))
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, looks(FORMATS[kind]))
    else:
        decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
        sheet.write_number(line, place, value, looks(f"{0:.{max(0, decimals)}f}"))
