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
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from macros.exports.tables import Cell, Download

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
    of tables whose columns have one kind each take a third of the time so, and none of the memory. Texts and looks
    stay in XlsxWriter's own lists. That `_write...` may be overridden is shown in its example inheritance2.py.
    """

    def fill(self, table: Download, looks: Looks) -> None:
        """Take the header and all rows of a table."""
        self._check_dimensions(0, 0)
        self._check_dimensions(len(table.rows), len(table.columns) - 1)
        letters, kinds = [xl_col_to_name(place) for place in range(len(table.fields))], [one.type for one in table.fields]
        bold = looks("@", bold=True)
        rows = ["".join(f'<c r="{letter}1"{self._text(name, bold)}' for letter, name in zip(letters, table.columns, strict=True))]
        for line, row in enumerate(table.rows, 2):
            rows.append(
                "".join(
                    [
                        f'<c r="{letter}{line}"{self._rest(value, kind, looks)}'
                        for letter, value, kind in zip(letters, row, kinds, strict=True)
                    ]
                )
            )
        self._rows = "".join(f'<row r="{line}">{row}</row>' for line, row in enumerate(rows, 1))

    def _rest(self, value: Cell, kind: str, looks: Looks) -> str:
        """A cell of its column's type: a number shows the decimals that the source states, a text is never a formula.

        An empty cell is written too, because it has a look: a row that stops short would be no table.
        """
        if value is None:
            return f' s="{looks(FORMATS[kind])}"/>'
        if isinstance(value, str):
            return self._text(value, looks("@", wrapped=True) if len(value) > LONG else looks("@"))
        if isinstance(value, date):
            return f' s="{looks(FORMATS[kind])}"><v>{self._convert_date_time(value):.16G}</v></c>'
        decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
        return f' s="{looks(f"{0:.{max(0, decimals)}f}")}"><v>{value:.16G}</v></c>'

    def _text(self, value: str, look: int) -> str:
        return f' s="{look}" t="s"><v>{self.str_table._get_shared_string_index(value)}</v></c>'

    def _write_rows(self) -> None:
        self.fh.write(self._rows)
