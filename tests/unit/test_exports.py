"""Downloads: every format holds the same rows, is typed, runs nothing, and is the same each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import TypeAdapter, ValidationError

from macros.book import Book
from macros.exports import csv_file, json_file, workbook
from macros.exports.codebook import of_tables
from macros.exports.folder import folder
from macros.exports.tables import Cell, Column, Download, downloads
from macros.fields import Prose
from macros.target import Target

PLACES = ("", "issues/2/v2", "issues/1/v2", "non-papers/water-talks/v1", "policy/open-river/v1")
Files = dict[str, bytes]


@pytest.fixture(params=PLACES, ids=lambda place: place or "portal")
def files(request: pytest.FixtureRequest, fixture_book: Book) -> Files:
    """The folder of one target."""
    return folder(fixture_book, Target.parse(request.param))[1]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def book_of(files: Files) -> dict[str, Worksheet]:
    """The sheets of the one workbook."""
    name = next(name for name in files if name.endswith(".xlsx"))
    return {sheet.title: sheet for sheet in load_workbook(io.BytesIO(files[name])).worksheets}


def text(value: Any) -> str:
    """A typed value as CSV has it; 0.50 and 0.5 are one number."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)):f}".rstrip("0").rstrip(".") if Decimal(str(value)) % 1 else str(int(value))
    return "" if value is None else str(value)


def number(cell: str, kind: str) -> str:
    return text(Decimal(cell)) if cell and kind in ("integer", "number") else cell


def kinds(files: Files) -> dict[str, dict[str, str]]:
    """Table -> column -> type, as the codebook says."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(files["codebook.csv"]):
        found.setdefault(row["table"], {})[row["column"]] = row["holds"]
    return found


def test_a_table_has_a_file_in_each_format(files: Files) -> None:
    tables = set(kinds(files))
    assert tables >= {"words", "sources"}
    assert set(files) == {f"{one}.{ending}" for one in tables for ending in ("csv", "json")} | {
        "codebook.csv", "datapackage.json", next(one for one in files if one.endswith(".xlsx"))}  # fmt: skip
    assert set(book_of(files)) == {*tables, "codebook"}


def test_csv_is_plain_utf_8(files: Files) -> None:
    for name in (one for one in files if one.endswith(".csv")):
        assert not files[name].startswith(b"\xef\xbb\xbf"), name
        widths = {len(row) for row in csv.reader(io.StringIO(files[name].decode("utf-8"), newline=""), strict=True)}
        assert len(widths) == 1, name


def test_json_holds_the_rows_of_csv_with_numbers_as_numbers(files: Files) -> None:
    for table, columns in kinds(files).items():
        found = json.loads(files[f"{table}.json"])
        assert [{name: text(value) for name, value in row.items()} for row in found] == [
            {name: number(cell, columns[name]) for name, cell in row.items()} for row in rows(files[f"{table}.csv"])
        ]
        for row in found:
            for name, value in row.items():
                wanted = {"integer": int, "number": (int, float)}.get(columns[name], str)
                assert value is None or isinstance(value, wanted), f"{table}.{name}: {value!r}"


def test_workbook_holds_the_rows_of_csv_in_typed_cells(files: Files) -> None:
    sheets, codebook = book_of(files), kinds(files)
    for table, columns in codebook.items():
        head, *body = sheets[table].iter_rows()
        assert [cell.value for cell in head] == list(columns)
        assert [[text(cell.value) for cell in row] for row in body] == [
            [number(cell, columns[name]) for name, cell in row.items()] for row in rows(files[f"{table}.csv"])
        ]
        types = {"integer": "n", "number": "n", "date": "d", "string": "s"}
        wrong = [
            f"{table}!{cell.coordinate}"
            for row in body
            for cell, kind in zip(row, columns.values(), strict=True)
            if cell.value is not None and cell.data_type != types[kind]
        ]
        assert wrong == []


def test_header_of_every_sheet_is_frozen(files: Files) -> None:
    for sheet in book_of(files).values():
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title


def test_equal_rows_give_equal_bytes(
    files: Files, fixture_book: Book, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2091, 5, 6, 7, 8, 9, tzinfo=tz)

    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later)
    place = request.node.callspec.params["files"]
    folder.cache_clear()
    again = folder(fixture_book, Target.parse(place))[1]
    assert [name for name in files if files[name] != again[name]] == []


def test_workbook_names_no_moment_but_the_edition(fixture_book: Book) -> None:
    files = folder(fixture_book, Target.parse("issues/2/v2"))[1]
    day = fixture_book.volume("issues/2").edition.date
    with zipfile.ZipFile(io.BytesIO(files["issues-2-v2.xlsx"])) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(io.BytesIO(files["issues-2-v2.xlsx"])).properties
    assert properties.created.date() == properties.modified.date() == day
    assert properties.title.startswith("Digest of T. Orel (ed.), Kestria Compass, second number")


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n-a")


@pytest.mark.parametrize("value", FORMULAS, ids=repr)
def test_no_text_of_an_analyst_begins_as_a_formula(value: str) -> None:
    with pytest.raises(ValidationError, match="spreadsheet would run as a formula"):
        TypeAdapter(Prose).validate_python(value)


@pytest.mark.parametrize("book", ["fixture_book", "real_book"])
def test_no_cell_begins_as_a_formula(book: str, request: pytest.FixtureRequest) -> None:
    opened: Book = request.getfixturevalue(book)
    tables = downloads(opened, opened.volumes)
    found = [cell for table in (*tables, of_tables(tables)) for row in table.rows for cell in row if isinstance(cell, str)]
    assert [cell for cell in found if cell[:1] in "=+-@\t\r＝＋－＠"] == []


def one_cell(value: Cell, kind: str) -> Download:
    return Download("t", "A table", (Column("c", kind, "A cell"),), ((value,),), ("c",))


@pytest.mark.parametrize("value", FORMULAS, ids=repr)
def test_a_workbook_runs_no_text(value: str) -> None:
    written = workbook.write([one_cell(value, "string")], "Title", "Somebody", date(2023, 1, 1))
    cell = load_workbook(io.BytesIO(written))["t"]["A2"]
    assert (cell.data_type, cell.value) == ("s", value)


def test_a_workbook_holds_no_text_longer_than_its_format_allows() -> None:
    written = workbook.write([one_cell("a" * 40_000, "string")], "Title", "Somebody", date(2023, 1, 1))
    assert load_workbook(io.BytesIO(written))["t"]["A2"].value == "a" * 32_767


@pytest.mark.parametrize(
    ("value", "kind", "in_csv", "in_json", "shown"),
    [
        (Decimal("120.50"), "number", "120.50", 120.5, "0.00"),
        (Decimal("7"), "number", "7", 7, "0"),
        (-3, "integer", "-3", -3, "0"),
        (date(2023, 4, 3), "date", "2023-04-03", "2023-04-03", "yyyy-mm-dd"),
        (None, "number", '""', None, "0"),
        ('a "b", c', "string", '"a ""b"", c"', 'a "b", c', "@"),
    ],
    ids=["decimals", "whole", "negative", "day", "empty", "quotes"],
)
def test_one_cell_in_each_format(value: Cell, kind: str, in_csv: str, in_json: Any, shown: str) -> None:
    table = one_cell(value, kind)
    assert csv_file.write(table).decode() == f"c\n{in_csv}\n"
    assert json.loads(json_file.write(table)) == [{"c": in_json}]
    assert load_workbook(io.BytesIO(workbook.write([table], "T", "S", date(2023, 1, 1))))["t"]["A2"].number_format == shown


def test_nothing_of_a_recommendation_is_lost(fixture_book: Book) -> None:
    volume = fixture_book.volume("policy/open-river")
    files = folder(fixture_book, Target.parse("policy/open-river/v1"))[1]
    found = [(row["recommendation"], row["id"], row["title"], row["text"]) for row in json.loads(files["components.json"])]
    assert found == [(one.id, part.id, part.title, part.text) for one in volume.recommendations for part in one.components]


def test_every_key_in_a_cell_is_told(files: Files) -> None:
    told = {(row["publication"], row["word"]) for row in rows(files["words.csv"])}
    sources = {row["key"] for row in rows(files["sources.csv"])}
    keys = ("relationship", "category", "partner", "unit", "change_unit", "qualifier", "addressee", "theme", "kind", "actor", "section",
            "figure", "series", "band")  # fmt: skip
    for table in kinds(files).keys() - {"words", "sources"}:
        for row in rows(files[f"{table}.csv"]):
            assert {row[key] for key in keys if row.get(key)} <= {word for place, word in told if place == row["publication"]}, row
            assert {key for name in ("source", "sources") for key in row.get(name, "").split("; ") if key} <= sources, row


def test_days_are_those_of_the_date(fixture_book: Book) -> None:
    found = rows(folder(fixture_book, Target.parse(""))[1]["events.csv"])
    listed = {row["id"]: (row["first"], row["last"]) for row in found}
    events = [event for volume in fixture_book.published for event in volume.events]
    assert listed == {event.id: (event.date.first.isoformat(), event.date.last.isoformat()) for event in events}


def test_package_names_every_file_with_its_size_and_hash(files: Files) -> None:
    package = json.loads(files["datapackage.json"])
    listed = {one["path"]: (one["bytes"], one["hash"]) for one in package["resources"]}
    others = {name: content for name, content in files.items() if name != "datapackage.json" and not name.endswith(".xlsx")}
    assert listed == {name: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") for name, content in others.items()}


def test_package_of_an_edition_says_what_it_is(fixture_book: Book) -> None:
    package = json.loads(folder(fixture_book, Target.parse("issues/2/v2"))[1]["datapackage.json"])
    edition = fixture_book.volume("issues/2").edition
    assert package["id"].endswith("/issues/2/v2/")
    assert (package["version"], package["created"]) == ("2", f"{edition.date}T00:00:00Z")
    assert package["licenses"] == [{"path": fixture_book.series.data_licence.url, "title": fixture_book.series.data_licence.name}]
    assert package["sources"][0]["title"]


def faults(place: Path) -> list[str]:
    """What `frictionless validate` finds; its own warnings are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        report = validate(str(place / "datapackage.json"))
    return [str(fault) for fault in report.flatten(["title", "message"])]


def test_frictionless_finds_no_fault_without_its_extras(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)  # to import it fails, as where only frictionless is installed
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("events.csv", b",4,", b",four,"), ("sources.csv", b"\n", b" \n"), ("events.json", b"Senn", b"Sonn")],
    ids=["type", "key", "hash"],
)
def test_frictionless_finds_a_fault_that_is_there(fixture_book: Book, tmp_path: Path, file: str, old: bytes, new: bytes) -> None:
    for name, content in folder(fixture_book, Target.parse("issues/2/v2"))[1].items():
        (tmp_path / name).write_bytes(content.replace(old, new) if name == file else content)
    assert faults(tmp_path)
