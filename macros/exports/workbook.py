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
from itertools import chain
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from macros.exports.tables import Download

WIDTHS = {"string": 14, "integer": 10, "number": 12, "date": 12}
FORMATS = {"string": "@", "integer": "0", "number": "0", "date": "yyyy-mm-dd"}
LONG = 60
"""Width of a column whose texts are longer than any other's."""


Looks = Callable[..., int]
"""Number of a look of cells, each kept once: number format, and whether bold or wrapped."""


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

        @cache
        def looks(form: str, bold: bool = False, wrapped: bool = False) -> int:
            number: int = book.add_format({"num_format": form, "bold": bold, "text_wrap": wrapped})._get_xf_index()
            return number

        book.set_properties({"title": title, "author": who, "created": datetime.combine(day, time())})
        for table in tables:
            sheet = book.add_worksheet(table.name, _Sheet)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for place, column in enumerate(table.fields):
                longest = max((len(str(row[place])) for row in table.rows), default=0)
                sheet.set_column(place, place, LONG if longest > LONG else max(WIDTHS[column.type], longest + 2, len(column.name) + 4))
            sheet.fill(table, looks)
    return written.getvalue()


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that is given its rows whole.

    XlsxWriter keeps a record of each cell and asks each for its kind once more when it writes. Half a million cells
    of tables whose columns have one kind each take a third of the time so, and none of that memory. Texts and looks
    stay in XlsxWriter's own lists. That a `_write...` may be overridden is shown in its example inheritance2.py.
    """

    def fill(self, table: Download, looks: Looks) -> None:
        """Take the header and all rows of a table."""
        self._check_dimensions(0, 0)
        self._check_dimensions(len(table.rows), len(table.columns) - 1)
        head = [self._text(name, looks("@", bold=True)) for name in table.columns]
        columns = [self._cells(cells, field.type, looks) for cells, field in zip(zip(*table.rows, strict=True), table.fields, strict=True)]
        cells = "".join(f'<c r="{xl_col_to_name(place)}{{0}}"{{{place + 1}}}' for place in range(len(head)))
        row = f'<row r="{{0}}">{cells}</row>'.format
        self._rows = "".join([row(line, *rests) for line, rests in enumerate(chain([head], zip(*columns, strict=True)), 1)])

    def _cells(self, values: Sequence[Any], kind: str, looks: Looks) -> list[str]:
        """Cells of a column's type: a number shows the decimals that the source states, a text is never a formula.

        An empty cell is written too, because it has a look: a row that stops short would be no table.
        """
        usual, wrapped = looks(FORMATS[kind]), looks("@", wrapped=True)
        empty = f' s="{usual}"/>'
        if kind == "string":
            return [empty if one is None else self._text(one, wrapped if len(one) > LONG else usual) for one in values]
        if kind == "date":
            return [empty if one is None else _number(self._convert_date_time(one), usual) for one in values]
        return [empty if one is None else _number(one, looks(f"{0:.{_decimals(one)}f}")) for one in values]

    def _text(self, value: str, look: int) -> str:
        return f' s="{look}" t="s"><v>{self.str_table._get_shared_string_index(value[: self.xls_strmax])}</v></c>'

    def _write_rows(self) -> None:
        self.fh.write(self._rows)


def _number(value: float | Decimal, look: int) -> str:
    return f' s="{look}"><v>{value:.16G}</v></c>'


def _decimals(value: int | Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
