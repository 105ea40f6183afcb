"""What the model allows survives CSV, a workbook and an OpenDocument sheet, and coming back changes nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from examples import FEW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import HEADERS, ISSUE, empty_issue
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from random_rows import Draw, Monitor
from trees import FIXTURES

from macros.book import bind, open_book
from macros.exports import entry_workbook
from macros.imports import reading
from macros.imports.cells import words
from macros.imports.rows import SAME
from macros.load import load
from macros.model import Event, FigureRow, Incident, Trade
from macros.validate import row_problems

MODELS = {"events.csv": Event, "incidents.csv": Incident, "trade.csv": Trade, "figures.csv": FigureRow}


def exported(root: Path, address: str, path: Path) -> Path:
    """The workbook of a publication; its rows are in order."""
    files = load(root)
    assert row_problems(files) == []
    book = bind(files, [])
    assert book
    path.write_bytes(entry_workbook.write(book, book.volume(address)))
    return path


def unchanged(root: Path, address: str, *paths: Path) -> None:
    """Bringing files back changes nothing, asks nothing, and leaves nothing over."""
    for path in paths:
        found = reading.read(root, address, [path], {})
        assert (found.left, found.doubts.asked, found.changed) == ((), {}, {}), path.name


def as_ods(workbook: Path, path: Path) -> Path:
    """The texts of a workbook as an OpenDocument sheet, each sheet of it."""
    document = OpenDocumentSpreadsheet()
    for sheet in openpyxl.load_workbook(workbook).worksheets:
        table = Table(name=sheet.title)
        for cells in sheet.iter_rows(values_only=True):
            row = TableRow()
            for value in cells:
                number = isinstance(value, int | float)
                kind = {"valuetype": "float", "value": repr(value)} if number else {"valuetype": "string"} if value else {}
                cell = TableCell(**kind)
                if value is not None:
                    cell.addElement(P(text=str(value)))
                row.addElement(cell)
            table.addElement(row)
        document.spreadsheet.addElement(table)
    document.save(path)
    return path


@pytest.mark.parametrize("address", ["issues/1", "issues/2", "policy/open-river", "non-papers/water-talks"])
def test_a_workbook_comes_back_unchanged(tmp_path: Path, address: str) -> None:
    root = FIXTURES / "good"
    book = exported(root, address, tmp_path / "a.xlsx")
    saved = openpyxl.load_workbook(book)
    saved.save(tmp_path / "saved.xlsx")
    names = [name.removesuffix(".csv") for name in HEADERS if address.startswith("issues") or name in ("trade.csv", "figures.csv")]
    assert saved.sheetnames == [*names, "lists"]
    if address == "non-papers/water-talks":
        assert saved["trade"].max_row == 1
    unchanged(root, address, book, tmp_path / "saved.xlsx", as_ods(book, tmp_path / "a.ods"))
    unchanged(root, address, *sorted((root / "data" / address).glob("*s.csv")))


def test_a_workbook_has_lists_limits_and_a_frozen_header(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(FIXTURES / "good", "issues/2", tmp_path / "a.xlsx"))
    limits = {str(one.sqref): one for one in book["incidents"].data_validations.dataValidation}
    assert (limits["D2:D1004"].type, limits["D2:D1004"].formula1, limits["D2:D1004"].formula2) == ("whole", "-2", "2")
    assert limits["F2:F1004"].formula1 == "lists!$B$2:$B$3"
    assert [cell.value for cell in book["lists"]["B"]][:3] == ["category", "movements", "agreements"]
    assert {sheet.title for sheet in book.worksheets if sheet.freeze_panes == "A2"} == {"events", "incidents", "trade", "figures"}
    assert book["events"]["C2"].number_format == "@" and book["events"]["C2"].value == "2023-04-03"


@st.composite
def catalogues(draw: Draw) -> dict[str, str]:
    """The CSV files of an issue with any rows that the model allows."""
    book = open_book(FIXTURES / "good")
    known = book.vocabularies
    lists = {
        "relationships": [one.id for one in book.relationships], "sources": list(book.sources), "categories": list(known.categories),
        "partners": list(known.partners), "units": list(known.units), "qualifiers": list(known.qualifiers), "figures": ["hauliers"],
        "flows": list(known.flows),
    }  # fmt: skip
    monitor = Monitor(draw, {**lists, "": ["hauliers"]})
    for name, model in MODELS.items():
        rows, seen = [], set()
        for number in range(1, draw(st.integers(0, 3)) + 1):
            series = draw(st.sampled_from(lists["relationships"]))
            fixed = {"id": f"{name[:3]}-{number}", "figure": "hauliers", "upper": None, "change": None, "change_unit": None}
            if name == "events.csv":
                fixed |= {"id": f"3-{series}-{number:02}", "relationship": series, "score": draw(st.integers(-5, 5))}
            if name == "incidents.csv":
                scores = st.sampled_from([-2, -1, 1, 2])
                fixed |= {"id": f"3-security-{number:02}", "national": draw(scores), "regional": draw(scores)}
            if "date" in model.model_fields:
                fixed["date"] = f"2023-0{draw(st.sampled_from(['7-04', '8', '8-~11/2023-08-~20', '7-31/2023-12-24']))}"
            row = monitor.row(model, {key: value for key, value in fixed.items() if key in model.model_fields})
            same = words(" ".join(str(row.get(key)) for key in SAME[name]))
            if same not in seen:
                rows.append(row)
            seen.add(same)
        monitor.write(name, rows)
    return {path.removeprefix("data/"): text for path, text in monitor.files.items()}


@given(catalogues())
@settings(FEW, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_rows_survive_csv_and_workbooks(tmp_path: Path, files: dict[str, str]) -> None:
    root = tmp_path / "tree"
    if not root.exists():
        empty_issue(root)
    for name, text in files.items():
        (root / "data" / ISSUE / name).write_bytes(text.encode("utf-8"))
    book = exported(root, ISSUE, tmp_path / "a.xlsx")
    filled = [root / "data" / ISSUE / name for name in files]
    unchanged(root, ISSUE, book, as_ods(book, tmp_path / "a.ods"), *filled)


@pytest.mark.stress
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_libreoffice_may_save_the_workbook(tmp_path: Path, ending: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice")
    (tmp_path / "saved").mkdir()
    for address in ("issues/2", "policy/open-river"):
        book = exported(FIXTURES / "good", address, tmp_path / "a.xlsx")
        command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", ending, "--outdir"]
        subprocess.run([*command, str(tmp_path / "saved"), str(book)], check=True, capture_output=True)
        unchanged(FIXTURES / "good", address, tmp_path / "saved" / f"a.{ending}")
