"""A table as JSON: a list of rows, each an object whose names are those of the columns (RFC 8259)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from macros.exports.tables import Cell, Download


def write(table: Download) -> bytes:
    """The table as a JSON file.

    Args:
        table: The table.

    Returns:
        The bytes of the file: one row a line, numbers as numbers, an empty cell as null.
    """
    rows = (dict(zip(table.columns, map(_value, row), strict=True)) for row in table.rows)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = map(encode, rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8")


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
