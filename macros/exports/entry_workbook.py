"""The rows of a publication as a workbook to fill in: a sheet for each CSV file, with lists to choose from.

Ids, dates and words are stored as text, so that no program turns `2021-01` into a day. What is filled in comes back
by `barometer import`; the sheet `lists` is for the workbook alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from macros.book import Book, Volume
from macros.exports.workbook import LONG, MOST
from macros.fields import Row, as_json, optional_columns, own_first
from macros.model import tables_of
from macros.problems import DataError, Problem
from macros.scales import ScoreScale
from macros.translated_book import in_translation
from macros.translations import is_translation, text_columns

NUMBERS = ("score", "national", "regional", "value", "upper", "change")
ROOM = 1_000
"""Rows below the last one that have lists and limits too."""


def write(book: Book, volume: Volume) -> bytes:
    """The workbook of a publication.

    Raises:
        DataError: A text is longer than a cell of a workbook.
    """
    models = tables_of(volume.publication.kind)
    rows = {name: _rows(book, volume, name) for name in models}
    _refuse_long(volume, rows)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        bold, text = workbook.add_format({"bold": True, "num_format": "@"}), workbook.add_format({"num_format": "@"})
        sheets = {name: workbook.add_worksheet(name.removesuffix(".csv")) for name in rows}
        choices = _choices(book, volume)
        lists = workbook.add_worksheet("lists")
        for position, (name, words) in enumerate(choices.items()):
            lists.write_column(0, position, [name, *words], text)
        for name, sheet in sheets.items():
            model = models[name]
            sheet.freeze_panes(1, 0)
            for position, column in enumerate(in_languages(columns(model, rows[name]), model, volume)):
                original, tag = _language(column, model)
                wide = LONG if original in ("event", "item", "note") else 24 if column in ("id", "date", "source") else 14
                number = column in NUMBERS
                sheet.set_column(position, position, wide, None if number else text)
                sheet.write_string(0, position, column, bold)
                sheet.write_comment(0, position, model.model_fields[original].description or column)
                for line, (row, other) in enumerate(zip(rows[name], _rows(in_translation(book, tag), volume, name), strict=True), 1):
                    value = getattr(other, original)
                    _cell(sheet, line, position, value if not tag or value != getattr(row, original) else None, number, text)
                if limits := _limits(book, column, choices):
                    sheet.data_validation(1, position, len(rows[name]) + ROOM, position, limits)
    return written.getvalue()


def columns(row: type[Row], rows: Sequence[Row]) -> list[str]:
    """The columns of a table: those that a file must have, and of the others those that hold something or are scores."""
    left = {name for name in optional_columns(row) if name not in NUMBERS and not any(getattr(record, name) for record in rows)}
    return [name for name in own_first(row) if name not in left]


def in_languages(names: Sequence[str], row: type[Row], volume: Volume) -> list[str]:
    """Put behind each column of texts one for its translation into each language of a publication.

    Args:
        names: The columns.
        row: The class of the rows.
        volume: The publication.
    """
    tags, texts = volume.publication.translations, text_columns(row)
    return [column for name in names for column in (name, *(f"{name}_{tag}" for tag in tags if name in texts))]


def _language(column: str, row: type[Row]) -> tuple[str, str]:
    """The field that a column holds, and its language; empty for that of the publication."""
    field, _, tag = column.rpartition("_")
    return (field, tag) if is_translation(column, row) else (column, "")


def _rows(book: Book, volume: Volume, name: str) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = getattr(book.volume(volume.address), name.removesuffix(".csv"))
    return rows


def _refuse_long(volume: Volume, rows: Mapping[str, Sequence[Row]]) -> None:
    problems = [
        Problem(f"data/{volume.address}/{name}", 1, column, f"of {getattr(row, 'id', '')} is longer than a cell takes; allowed: {MOST:,}")
        for name, table in rows.items()
        for row in table
        for column in type(row).model_fields
        if len(str(getattr(row, column))) > MOST
    ]
    if problems:
        raise DataError(problems)


def _choices(book: Book, volume: Volume) -> dict[str, list[str]]:
    words = book.vocabularies
    return {
        "relationship": [relationship.id for relationship in book.relationships],
        "category": list(words.categories),
        "source": list(book.sources),
        "partner": list(words.partners),
        "unit": list(words.units),
        "qualifier": list(words.qualifiers),
        "flow": list(words.flows),
        "figure": [figure.id for figure in volume.publication.figures],
    }


def _limits(book: Book, column: str, choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a cell of a column may hold, as XlsxWriter takes it; nothing where anything may stand."""
    if column in ("score", "national", "regional"):
        return _of_scale(book.scales.relationship if column == "score" else book.scales.security)
    name = "unit" if column == "change_unit" else column
    if not choices.get(name):
        return {}
    position = list(choices).index(name)
    letter = chr(ord("A") + position)
    source = f"=lists!${letter}$2:${letter}${len(choices[name]) + 1}"
    return {"validate": "list", "source": source, "error_title": "Not in the list", "error_message": f"See the sheet lists, {name}."}


def _of_scale(scale: ScoreScale | None) -> dict[str, Any]:
    if scale is None:
        return {}
    words = f"{scale.lowest} to {scale.highest}{'' if scale.zero else ', never 0'}"
    kind, number = ("integer", "A whole number") if isinstance(scale.step, int) else ("decimal", f"A number in steps of {scale.step}")
    return {
        "validate": kind, "criteria": "between", "minimum": as_json(scale.lowest), "maximum": as_json(scale.highest),
        "error_title": "Off the scale", "error_message": f"{number}, {words}.",
    }  # fmt: skip


def _cell(sheet: Worksheet, line: int, position: int, value: Any, number: bool, text: Any) -> None:
    """A number that a workbook holds exactly is a number, and everything else is text."""
    if value is None:
        return
    if number and Decimal(f"{float(value):.16G}") == value:
        sheet.write_number(line, position, float(value))
    else:
        sheet.write_string(line, position, f"{value:f}" if isinstance(value, Decimal) else str(value), text)
