"""A table as CSV: RFC 4180, UTF-8, no byte order mark, line feeds.

RFC 4180 ends lines with CR LF; the line feed alone, which every reader takes too, keeps the
files as `git` and `sha256sum` keep them.
"""

from __future__ import annotations

import csv
import io

from macros.exports.tables import Download


def write(table: Download) -> bytes:
    """The table as a CSV file.

    Returns:
        The bytes of the file, header first.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode("utf-8")
