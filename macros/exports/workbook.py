"""All tables as one XLSX workbook: a sheet each, the header frozen, cells of the right type.

The format (ECMA-376) is written by XlsxWriter, which takes every date inside the file from us,
so that equal tables give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from macros.exports.tables import Column, Download
from macros.scales import decimals

WIDTHS = {"string": 14, "integer": 10, "number": 12, "date": 12}
FORMATS = {"string": "@", "integer": "0", "number": "0", "date": "yyyy-mm-dd"}
LONG = 60
"""Width of a column whose texts are longer than any other's."""
MOST = 32_767
"""The longest text that a cell takes."""


def write(tables: Sequence[Download], title: str, who: str, day: date) -> bytes:
    """The workbook of some tables.

    Args:
        day: Date of the edition, which stands for every date inside the file.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "author": who, "created": datetime.combine(day, time())})

        @cache
        def look(form: str, bold: bool = False, wrapped: bool = False) -> Format:
            return book.add_format({"num_format": form, "bold": bold, "text_wrap": wrapped})

        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for number, column in enumerate(table.fields):
                values = [row[number] for row in table.rows]
                longest = max((len(str(value)) for value in values), default=0)
                sheet.set_column(number, number, LONG if longest > LONG else max(WIDTHS[column.type], longest + 2, len(column.name) + 4))
                sheet.write_string(0, number, column.name, look("@", bold=True))
                _fill(sheet, number, column, values, look)
    return written.getvalue()


def _fill(sheet: Worksheet, number: int, column: Column, values: Sequence[Any], look: Callable[..., Format]) -> None:
    """Write the cells of a column: a number shows the decimals that the source states, a text is never a formula."""
    usual = look(FORMATS[column.type])
    for line, value in enumerate(values, 1):
        if value is None:
            sheet.write_blank(line, number, None, usual)
        elif column.type == "string":
            sheet.write_string(line, number, value[:MOST], look("@", wrapped=True) if len(value) > LONG else usual)
        elif column.type == "date" and value.year < EARLIEST:
            sheet.write_string(line, number, value.isoformat(), look("@"))
        elif column.type == "date":
            sheet.write_datetime(line, number, value, usual)
        else:
            sheet.write_number(line, number, float(value), look(f"{0:.{decimals(value)}f}"))


EARLIEST = 1900
"""The first year whose days workbooks can count (ECMA-376, 18.17.4.1); earlier days are written as ISO 8601 has them."""
