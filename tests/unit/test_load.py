"""Files -> records with lines. Kinds of finding stand in tests/site/broken.py; here is what is read."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from trees import translated_tree

from macros.book import open_book
from macros.load import Files, load

GOOD = Path(__file__).parents[1] / "fixtures" / "good"
HEADER = "id,relationship,date,event,score,source\n"


@pytest.fixture(scope="module")
def good() -> Files:
    return load(GOOD)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD / "data", tmp_path / "data")).parent


def events(root: Path, text: str) -> tuple[list[tuple[str, int]], list[str]]:
    """Ids and lines of the records in an events.csv of this text, and the findings."""
    (root / "data/issues/2/events.csv").write_bytes(text.encode())
    files = load(root)
    return [(one.item.id, one.line) for one in files.folders["issues/2"].table("events.csv")], list(map(str, files.problems))


def test_everything_is_read(good: Files) -> None:
    assert good.problems == []
    assert list(good.folders) == ["issues/1", "issues/2", "non-papers/water-talks", "policy/open-river"]
    assert set(good.shared) == {
        "series.yml",
        "relationships.yml",
        "scales.yml",
        "vocabularies.yml",
        "sources.yml",
        "coming.yml",
        "preservation.yml",
        "published_indices.csv",
    }
    assert [len(folder.tables) for folder in good.folders.values()] == [4, 6, 3, 6]


def test_records_know_where_they_stand(good: Files) -> None:
    chair = next(one for one in good.table("sources.yml") if one.key == "river-five-chair")
    assert (chair.path, chair.line, chair.lines["url"]) == ("data/sources.yml", 16, 20)
    assert str(chair.problem("url", "is wrong")) == "data/sources.yml:20: url: is wrong"
    assert str(chair.problem("archived", "is wrong")) == "data/sources.yml:16: archived: is wrong"
    points = good.folders["non-papers/water-talks"].table("points.yml").records[0]
    assert str(points.problem("points.3.section", "is wrong")) == "data/non-papers/water-talks/points.yml:22: section: is wrong"


def test_a_file_that_is_not_there_is_an_empty_table(good: Files) -> None:
    table = good.folders["issues/1"].table("trade.csv")
    assert (table.path, table.items) == ("data/issues/1/trade.csv", ())
    assert good.table("nowhere.yml").names == ()


def test_names_are_kept_of_entries_at_fault(tree: Path) -> None:
    path = tree / "data/sources.yml"
    path.write_text(path.read_text().replace("https://customs.example", "gopher://customs.example"))
    table = load(tree).table("sources.yml")
    assert "customs-office" in table.names
    assert "customs-office" not in [record.key for record in table]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("{0}2-veldia-01,veldia,2023-04,A,1,s\n2-veldia-02,veldia,2023-04,B,1,s\n", [2, 3]),
        ("{0}2-veldia-01,veldia,2023-04,A,1,s\r\n2-veldia-02,veldia,2023-04,B,1,s", [2, 3]),
        ('{0}2-veldia-01,veldia,2023-04,"A, ""so called""",1,s\n2-veldia-02,veldia,2023-04,B,1,s\n', [2, 3]),
        ("{0}2-veldia-01,veldia,2023-04,A\u00a0B,1,s\n2-veldia-02,veldia,2023-04,B,1,s\n", [2, 3]),
    ],
    ids=["unix", "windows, no newline at the end", "quotes", "no-break space"],
)
def test_rows_of_csv_and_their_lines(tree: Path, rows: str, lines: list[int]) -> None:
    records, problems = events(tree, rows.format(HEADER))
    assert problems == []
    assert records == [("2-veldia-01", lines[0]), ("2-veldia-02", lines[1])]


def test_a_row_after_a_broken_cell_keeps_its_line(tree: Path) -> None:
    records, problems = events(tree, f'{HEADER}2-veldia-01,veldia,2023-04,"A\nB",1,s\n2-veldia-02,veldia,2023-04,B,1,s\n')
    assert records == [("2-veldia-02", 4)]
    assert [line.partition(": ")[0] for line in problems] == ["data/issues/2/events.csv:2"]


def test_columns_may_stand_in_any_order(tree: Path) -> None:
    records, problems = events(tree, "score,source,id,event,date,relationship\n1,s,2-veldia-01,A,2023-04,veldia\n")
    assert (records, problems) == ([("2-veldia-01", 2)], [])


def test_typographic_minus_is_read_and_said(tree: Path) -> None:
    _, problems = events(tree, f"{HEADER}2-veldia-01,veldia,2023-04,A,−3,s\n")
    assert len(problems) == 1
    assert load(tree).folders["issues/2"].table("events.csv").items[0].score == -3


def test_every_cell_at_fault_is_reported(tree: Path) -> None:
    _, problems = events(tree, f"{HEADER}x,VELDIA,soon,=A,much,\n2-veldia-02,veldia,2023-04,B,1,s,t\n")
    assert [line.split(": ")[1] for line in problems] == ["id", "date", "event", "score", "source", "row"]


def test_no_data_is_a_finding_for_every_shared_file(tmp_path: Path) -> None:
    names = [problem.path for problem in load(tmp_path).problems]
    assert names == [f"data/{name}.yml" for name in ("series", "vocabularies", "sources")]


def test_a_cell_that_is_too_long_is_told_from_an_open_quote(tree: Path) -> None:
    before = csv.field_size_limit(131_072)  # other libraries raise it for the whole process
    _, found = events(tree, f"{HEADER}2-veldia-01,veldia,2023-04-03,{'w' * 131_073},4,compass-2\n")
    csv.field_size_limit(before)
    long = "has a cell of more than 131,072 characters; a quote may not be closed, or the text belongs on a page"
    assert found == [f"data/issues/2/events.csv:2: row: {long}"]


def test_a_byte_order_mark_is_passed_over_in_every_kind_of_file(tree: Path) -> None:
    before = load(tree)
    marked = [path for path in sorted(tree.rglob("*")) if path.suffix in {".csv", ".yml"}]
    for path in marked:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    after = load(tree)
    assert after.problems == []
    assert after.shared == before.shared
    assert after.folders == before.folders
    assert sorted(after.marked) == [path.relative_to(tree).as_posix() for path in marked]


CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "early %(month)s"\nmsgstr "%(month)s {}"\n'


def test_a_catalogue_of_messages_is_read_by_its_language(tree: Path) -> None:
    (tree / "data/languages").mkdir()
    (tree / "data/languages/hy.po").write_text(CATALOGUE.format("սկիզբ"), encoding="utf-8")
    files = load(tree)
    assert files.problems == []
    assert "սկիզբ".encode() in files.catalogues["hy"]


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("hy.po", CATALOGUE.format("%(moon)s"), "hy.po:4: msgstr: holds the value 'moon', which its message does not; it has month"),
        ("hy.po", CATALOGUE.format("<script>"), "hy.po:4: msgstr: holds '<script>', which its message does not"),
        ("hy.po", CATALOGUE.format("&amp;"), "hy.po:4: msgstr: holds '&amp;', which its message does not"),
        ("hy.po", 'msgid "early', "hy.po:1: file: is no PO file of gettext"),
        ("armenian.po", CATALOGUE.format(""), "armenian.po:1: file: has a wrong name: 'armenian' is no"),
        ("hy.txt", "", "hy.txt:1: file: is not known here; allowed are messages of the program, ru.po, and words of tables, ru.yml"),
        ("armenian.yml", "both: [և]", "armenian.yml:1: file: has a wrong name: 'armenian' is no"),
        ("hy.yml", "columns: {day: [օր]}", "hy.yml:1: columns: 'day' is no column of the data files; allowed: "),
        ("hy.yml", "columns: {event: դեպք}", "hy.yml:1: event: "),
        ("hy.yml", "\nmonths: {13: [հունվարին]}", "hy.yml:2: "),
        ("hy.yml", "words: [և]", "hy.yml:1: words: is not a known key; did you mean "),
    ],
)
def test_what_is_wrong_with_what_is_said_of_a_language_is_a_finding(tree: Path, name: str, text: str, finding: str) -> None:
    (tree / "data/languages").mkdir()
    (tree / "data/languages" / name).write_text(text, encoding="utf-8")
    found = list(map(str, load(tree).problems))
    assert len(found) == 1
    assert found[0].startswith(f"data/languages/{finding}")


def test_files_are_named_by_one_title_in_every_language(tmp_path: Path) -> None:
    root = translated_tree(tmp_path)
    titles = [(book.series.title, book.own_title) for book in (open_book(root), open_book(root, "ru"))]
    assert titles == [("River Ledger", "River Ledger"), ("Речной журнал", "River Ledger")]
