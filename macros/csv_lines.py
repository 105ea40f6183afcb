"""CSV with the line of every row, and words for what spreadsheets make of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile
from sys import intern

from macros.problems import Problem, allowed, counted

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
ABOVE = 20
"""How many lines may stand above a header that is still found."""
NUMBER = re.compile(r"[-+−–]?\d+([.,]\d+)?")
Row = tuple[dict[str, str | None], int]


def read(text: str, name: str, columns: Sequence[str], problems: list[Problem], optional: Collection[str] = ()) -> Iterator[Row]:
    """Read the rows of a table.

    Args:
        name: Its path, for findings.
        problems: Findings about the file as a whole and about rows that cannot be read are added here.
        optional: Those of the columns that it need not have.

    Yields:
        Each row, empty cells as None, and the line it begins on. Empty rows are none.
    """
    needed = [column for column in columns if column not in optional]
    if not text.strip():
        problems.append(Problem(name, 1, "file", f"is empty; its first line names the columns {', '.join(needed)}"))
        return
    if why := _not_commas(text, columns):
        problems.append(Problem(name, 1, "file", why))
        return
    lines = _lines(text, name, problems)
    header, spare = _header(lines, name, columns, needed, problems)
    if not header:
        return
    for line, all_cells in lines:
        cells = all_cells[: len(header)] if len(all_cells) == len(header) + spare and not any(all_cells[len(header) :]) else all_cells
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(header, cells, strict=False))
        if why := _no_row(cells, header, row):
            problems.append(Problem(name, line, "row", why))
        else:  # most words stand in many rows, and are held once
            yield {column: intern(cell) if cell != "" else None for column, cell in row.items()}, line


def _lines(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            yield line, cells
    except csv.Error as error:
        unclosed = 'has a quote that is not closed; a cell in quotes ends with ", and a quote in it is written ""'
        long = f"has a cell of more than {csv.field_size_limit():,} characters; a quote may not be closed, or the text belongs on a page"
        problems.append(Problem(name, start, "row", long if "field limit" in str(error) else unclosed))


def _not_commas(text: str, columns: Sequence[str]) -> str:
    """What else than commas parts the cells; nothing where commas do."""
    first = next(line for line in text.splitlines() if line.strip())
    if re.fullmatch(r'"?sep=.?"?', first):
        return f"begins with the line '{first}', which is for Excel alone; delete it, and save as CSV separated by commas"
    for near in text.splitlines()[:ABOVE]:
        for mark, words in SEPARATORS.items():
            cells = {cell.strip(' "') for cell in near.split(mark)}
            if len(cells & set(columns)) > 1:
                return f"is separated by {words}; save it as CSV separated by commas"
    return ""


def _header(
    lines: Iterator[tuple[int, list[str]]], name: str, columns: Sequence[str], needed: Sequence[str], problems: list[Problem]
) -> tuple[list[str], int]:
    """The header, empty where it does not fit, and how many empty columns follow it."""
    above = list(islice(lines, 1))
    while not _fits(above[-1][1], needed) and len(above) < ABOVE and (following := next(lines, None)):
        above.append(following)
    line, cells = above[-1] if _fits(above[-1][1], needed) else above[0]
    if line > 1:
        problems.append(Problem(name, 1, "file", f"does not begin with the header, which stands in line {line}; delete what is above it"))
    spare = len(list(takewhile(lambda cell: not cell.strip(), reversed(cells))))
    cells = cells[: len(cells) - spare]
    before = len(problems)
    for column in sorted(set(needed) - set(cells)):
        problems.append(Problem(name, line, column, f"is a missing column; the columns are {', '.join(needed)}"))
    for column in dict.fromkeys(cells):
        if column not in columns:
            problems.append(Problem(name, line, column or "(empty)", f"is not a column of this file; {allowed(column, columns)}"))
        elif cells.count(column) > 1:
            problems.append(Problem(name, line, column, "is a column twice; each column stands once"))
    return (cells if len(problems) == before else []), spare


def _fits(cells: Sequence[str], columns: Sequence[str]) -> bool:
    return len(set(cells) & set(columns)) * 2 >= len(columns)


def _no_row(cells: list[str], header: list[str], row: dict[str, str]) -> str:
    """Why a line is no row of data; nothing where it is one."""
    if cells == header:
        return "is the header once more; delete this line"
    if "id" in header and not any(map(str.isdigit, row["id"])):
        filled = list(filter(None, map(str.strip, cells)))
        if len(filled) < 3 and any(map(NUMBER.fullmatch, filled)):
            return "has hardly a cell filled in, and looks like a total; delete it: sums are worked out from the rows"
    if len(cells) != len(header):
        hint = "; a text with a comma stands in double quotes" if len(cells) > len(header) else ""
        return f"has {counted(len(cells), 'cell')}; the header has {len(header)}: {','.join(header)}{hint}"
    return ""
