"""A table as JSON: a list of rows, each an object whose names are those of the columns (RFC 8259)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from macros.exports.tables import Download
from macros.fields import as_json, exact


def write(table: Download) -> bytes:
    """The table as a JSON file.

    Returns:
        The bytes of the file: one row a line, numbers as numbers, an empty cell as null.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=("\n", ":"), default=_value).encode
    columns = [encode(cells)[1:-1].split("\n") for cells in zip(*table.rows, strict=True)]  # a line break within a text is written \n
    row = "{" + ",".join(f"{json.dumps(name)}:%s" for name in table.columns) + "}"
    return ("[\n" + ",\n".join([row % cells for cells in zip(*columns, strict=True)]) + "\n]\n").encode("utf-8")


def _value(cell: Any) -> int | float | str:
    if isinstance(cell, Decimal):
        return as_json(exact(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"{cell!r} is no cell")
