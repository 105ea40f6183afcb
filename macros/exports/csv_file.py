"""Tables as CSV: RFC 4180, UTF-8, no byte order mark, line feeds.

RFC 4180 ends lines with CR LF; the line feed alone, which every reader takes too, keeps the
files as `git` and `sha256sum` keep them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from macros.exports.tables import Download


def write(table: Download) -> bytes:
    """Write a table, its header first."""
    return lines([table.columns, *table.rows]).encode("utf-8")


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows of cells."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
