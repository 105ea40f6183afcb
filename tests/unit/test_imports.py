"""Messy inputs, each with its right reading, or with exactly its doubt, its left-over rows or its finding."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importing import ISSUE, empty_issue, events, keys, read, rows_of, short, workbook, written

from macros import all_or_none
from macros.imports import merge, reading
from macros.imports.doubts import answers_file, read_answers
from macros.problems import DataError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty_issue(tmp_path / "tree")


TALKS = "veldia 2023-07-04 Talks 1"
HEADER = ["Date", "Event", "Score"]
DAY = datetime.date(2023, 7, 4)

DATES = {
    "4 July": "2023-07-04", "04.07.2023": "2023-07-04", "4.7.23": "2023-07-04", "04.07": "2023-07-04", "July 4": "2023-07-04",
    "Tuesday, 4 July 2023": "2023-07-04", "4 JUL": "2023-07-04", "4th of July": "2023-07-04", "2023-07-04": "2023-07-04",
    "2023-07-04 00:00:00": "2023-07-04", "45111": "2023-07-04", "13/07/2023": "2023-07-13", "07/13/2023": "2023-07-13",
    "4 июля 2023 г.": "2023-07-04", "4 ліпеня": "2023-07-04", "4 липня": "2023-07-04", "July-August": "2023-07/2023-08",
    "July–\nAugust": "2023-07/2023-08", "Early August": "2023-08-~01/2023-08-~10", "mid-August": "2023-08-~11/2023-08-~20",
    "late July": "2023-07-~21/2023-07-~31", "15 August – 12 October": "2023-08-15/2023-10-12", "9-10 August": "2023-08-09/2023-08-10",
    "9 and 10 August": "2023-08-09/2023-08-10", "с 9 по 10 августа": "2023-08-09/2023-08-10", "August 9-10": "2023-08-09/2023-08-10",
    "25 July to mid-August": "2023-07-25/2023-08-~15", "August": "2023-08", "в начале августа": "2023-08-~01/2023-08-~10",
    "в августе": "2023-08", "у серпні 2023 року": "2023-08", "наприкінці липня": "2023-07-~21/2023-07-~31",
    "2023-08-~01/2023-08-~10": "2023-08-~01/2023-08-~10", "04.07.2023-06.07.2023": "2023-07-04/2023-07-06",
}  # fmt: skip


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_a_date_is_read_as_people_write_it(root: Path, text: str, date: str) -> None:
    found = read(root, "a.csv", events(f'"{text}",Talks,1'))
    assert (short(found), keys(found), found.left) == ([f"veldia {date} Talks 1"], [], ())


ARMENIAN = """
columns: {date: [ամսաթիվ], event: [իրադարձություն], score: [միավոր], relationship: [երկիր], source: [աղբյուր]}
months: {8: ["{օգոստոս}ին"]}
both: [և]
totals: [ընդամենը]
"""


def test_a_monitor_adds_the_words_of_its_own_language(root: Path) -> None:
    """Names of months are known of every language; what else a table is known by is data."""
    (root / "data/languages").mkdir()
    (root / "data/languages/hy.yml").write_text(ARMENIAN, encoding="utf-8")
    table = events(
        "4 հուլիսի 2023,Talks,1", "9 և 10 օգոստոսի,More talks,2", "Ընդամենը,,3", header="Ամսաթիվ,Իրադարձություն,Միավոր,Երկիր,Աղբյուր"
    )
    found = read(root, "a.csv", table.replace("2,Veldia", "2,Veldia"))
    assert (short(found), keys(found), found.left) == ([TALKS, "veldia 2023-08-09/2023-08-10 More talks 2"], [], ())


SCORES = {
    "−1": -1,
    "–1": -1,
    "‒ 1": -1,
    "—1": -1,
    "‐1": -1,
    "‑1": -1,
    "－1": -1,
    "+1": 1,
    "＋1": 1,
    "1.0": 1,
    "'-1": -1,
    " 2 ": 2,
    '"1,0"': 1,
}


@pytest.mark.parametrize(("text", "score"), SCORES.items())
def test_a_score_is_read_with_any_sign(root: Path, text: str, score: int) -> None:
    found = read(root, "a.csv", events(f"4 July,Talks,{text}"))
    assert (short(found), keys(found), found.left) == ([f"veldia 2023-07-04 Talks {score}"], [], ())


CSV: dict[str, Any] = {
    "byte-order-mark": "\ufeff" + events("4 July,Talks,1"),
    "utf-16": events("4 July,Talks,1").encode("utf-16"),
    "utf-16-without-mark": events("4 July,Talks,1").encode("utf-16-le"),
    "big-utf-16-without-mark": events("4 July,Talks,1").encode("utf-16-be"),
    "separator-named": "sep=;\r\n" + events("4 July,Talks,1").replace(",", ";"),
    "semicolons": events("4 July,Talks,1").replace(",", ";"),
    "tabs": events("4 July,Talks,1").replace(",", "\t"),
    "bars": events("4 July,Talks,1").replace(",", "|"),
    "windows-line-ends": events("4 July,Talks,1").replace("\n", "\r\n"),
    "names-of-columns-vary": events("4 July,Talks,1", header=" DAY ,What  happened,Points (−5…5),Relationship with,Sources"),
    "columns-in-other-order": "Score;Source;When;Relation;Description\n1;compass-2;4 July;Veldia;Talks\n",
    "title-rows-and-blank-rows": "Catalogue,,,,\n,,,,\n" + events("4 July,Talks,1") + ",,,,\n",
    "second-header": events("4 July,Talks,1", "Date,Event,Score,Relationship,Source"),
    "total-row": events("4 July,Talks,1", "Total,,+1,,"),
    "total-in-russian": events("4 July,Talks,1", "Итого,,1,,"),
    "wrapped-in-a-cell": events('4 July,"Tal-\nks",1').replace("Tal-\n", "Tal\u00ad"),
    "relationship-by-title": events("4 July,Talks,1,Relationship with Veldia,compass-2"),
    "relationship-by-id": events("4 July,Talks,1,veldia,compass-2"),
    "source-by-title": events("4 July,Talks,1,Veldia,Kestria  COMPASS 2"),
    "source-by-publisher": events("4 July,Talks,1,Veldia,customs office of Kestria"),
    "heading-above": "Relationship with Veldia\nDate,Event,Score\n4 July,Talks,1\n",
    "heading-below-the-header": "Date,Event,Score\nVeldia,,\n4 July,Talks,1\n",
}


@pytest.mark.parametrize("content", CSV.values(), ids=CSV)
def test_a_text_with_separators_is_read(root: Path, content: str | bytes) -> None:
    found = read(root, "a.csv", content)
    assert (short(found), keys(found), found.left) == ([TALKS], [], ())


@pytest.mark.parametrize(("encoding", "word"), [("cp1251", "Переговоры министров о границе"), ("cp1252", "Gespräch über Brücken")])
def test_an_old_encoding_is_found_and_said(root: Path, encoding: str, word: str) -> None:
    found = read(root, "a.csv", events(f"4 July,{word},1").encode(encoding))
    assert short(found) == [f"veldia 2023-07-04 {word} 1"]
    assert found.notes == (f"a.csv is not UTF-8; it was read as Windows-{encoding[2:]}",)


SHEETS: dict[str, Any] = {
    "day-as-a-date": ({"Veldia": [HEADER, [DAY, "Talks", 1]]}, {}),
    "day-as-a-number": ({"Veldia": [HEADER, [45111, "Talks", 1]]}, {}),
    "day-as-a-number-from-1904": ({"Veldia": [HEADER, [43649, "Talks", 1]]}, {}),
    "formula": ({"Veldia": [HEADER, [DAY, "Talks", "=1"]]}, {}),
    "name-of-the-sheet": ({"relationship with veldia": [HEADER, [DAY, "Talks", 1.0]]}, {}),
    "blank-columns-and-rows": (
        {"Veldia": [[], [None, None], [None, "Date", None, "Event", "Score"], [], [None, DAY, None, "Talks", 1]]},
        {},
    ),
    "other-sheets": ({"Read me": [["Hello"]], "Veldia": [HEADER, [DAY, "Talks", 1]], "lists": [HEADER, [DAY, "No", 1]]}, {}),
    "wrapped-header": ({"Veldia": [["Date", "Event", "Points"], [None, None, "score"], [DAY, "Talks", 1]]}, {}),
    "merged-title": ({"Veldia": [["All events", None, None], HEADER, [DAY, "Talks", 1]]}, {"Veldia": ["A1:C1"]}),
}


@pytest.mark.parametrize("case", SHEETS)
def test_a_workbook_is_read(root: Path, case: str) -> None:
    found = read(root, "a.xlsx", workbook(*SHEETS[case]))
    assert (short(found), keys(found), found.left) == ([TALKS], [], ())


def test_merged_dates_and_wrapped_rows(root: Path) -> None:
    rows = [
        HEADER,
        [DAY, "Talks", 1],
        [None, "More talks", -2],
        ["July–", "A bridge is", None],
        ["August", "opened", 3],
        [None, "Rest", None],
    ]
    found = read(root, "a.xlsx", workbook({"Veldia": rows}, {"Veldia": ["A2:A3"]}))
    assert short(found) == [TALKS, "veldia 2023-07-04 More talks -2", "veldia 2023-07/2023-08 A bridge is opened Rest 3"]
    assert (keys(found), found.left) == ([], ())


def test_incidents_under_a_header_of_two_rows(root: Path) -> None:
    rows = [["Date", "Event", "Scores", None], [None, None, "National", "Regional tension"], ["4 July", "Drill", "+1", "−2"]]
    found = read(root, "a.xlsx", workbook({"Security": rows}, {"Security": ["C1:D1"]}), {"category/": "movements"})
    assert [(row.target, row.cells["category"], short(found)) for row in found.placed] == [
        ("incidents.csv", "movements", ["security 2023-07-04 Drill 1 -2"])
    ]


DOUBTS: dict[str, tuple[str, list[str], list[str]]] = {
    "day-or-month": (events("07/08/2023,Talks,1"), ["veldia 2023-08-07 Talks 1"], ["date/07/08/2023"]),
    "two-days": (events("9 and 12 July,Talks,1"), ["veldia 2023-07-09/2023-07-12 Talks 1"], ["date/9 and 12 July"]),
    "brackets": (events("4 July,Talks,(1)"), ["veldia 2023-07-04 Talks -1"], ["score/(1)"]),
    "total-differs": (events("4 July,Talks,1", "Total,,7,,"), [TALKS], ["total/a.csv 3 score"]),
    "date-above": (events("4 July,Talks,1", ",Tea,2"), [TALKS, "veldia 2023-07-04 Tea 2"], ["above/date a.csv"]),
    "relationship-above": (
        events("4 July,Talks,1", "5 July,Tea,2,,compass-2"), [TALKS, "veldia 2023-07-05 Tea 2"], ["above/relationship a.csv"],
    ),
    "relationship-nearly": (events("4 July,Talks,1,Veldja,compass-2"), [TALKS], ["relationship/Veldja"]),
    "no-relationship": ("Date,Event,Score\n4 July,Talks,1\n5 July,Tea,2\n", [], ["relationship/a.csv"]),
    "heading-with-more-words": (
        "Relationship with Veldia (July to August)\nDate,Event,Score\n4 July,Talks,1\n",
        [TALKS],
        ["relationship/Relationship with Veldia (July to August)"],
    ),
    "heading-of-another": ("Relationship with Nowhere\nDate,Event,Score\n4 July,Talks,1\n", [], ["relationship/Relationship with Nowhere"]),
    "after-a-total": (
        "Veldia\nDate,Event,Score\n4 July,Talks,1\nTotal,,1\nDate,Event,Score\n5 July,Tea,2\n", [TALKS], ["relationship/a.csv"],
    ),
    "subtotals": (
        "Veldia\nDate,Event,Score\n4 July,Talks,1\nSubtotal,,1\n5 July,Tea,2\nTotal,,3\n", [TALKS, "veldia 2023-07-05 Tea 2"], [],
    ),
    "words-or-rows": (events("4 July,Talks,", ",Tea,1"), ["veldia 2023-07-04 Talks Tea 1"], ["line/a.csv Tea"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "lines", "doubts"), DOUBTS.values(), ids=DOUBTS)
def test_what_may_be_read_in_two_ways_is_a_doubt(root: Path, content: str, lines: list[str], doubts: list[str]) -> None:
    found = read(root, "a.csv", content)
    assert (short(found), keys(found)) == (lines, doubts)


LEFT: dict[str, tuple[str, str]] = {
    "no-score": (events("4 July,Talks,"), "has no score"),
    "no-column-of-scores": ("Date,Event,Relationship\n4 July,Talks,Veldia\n", "has no score"),
    "half-a-score": (events('4 July,Talks,"1,5"'), "has a score that is no whole number: '1,5'"),
    "a-dash": (events("4 July,Talks,–"), "has a score that is no whole number: '–'"),
    "off-the-scale": (events("4 July,Talks,6"), "has a score off the scale: 6; allowed: -5..5"),
    "no-date": (events(",Talks,1"), "has no date"),
    "no-such-day": (events("31 September,Talks,1"), "has a date that cannot be read: '31 September'"),
    "soon": (events("soon,Talks,1"), "has a date that cannot be read: 'soon'"),
    "last-year": (events("4 July 2022,Talks,1"), "has a date outside the period of the issue, 2023-07/2023-09: '4 July 2022'"),
    "no-event": (events("4 July,,1"), "has no event"),
    "formula": (events("4 July,=HYPERLINK(1),1"), "event: begins with '=', which a spreadsheet would run as a formula; "),
    "a-remark": (events("4 July,Talks,1", "nobody knows,,,,"), "has one cell alone and is no row"),
    "twice": (events("4 July,Talks,1", "4 July,TALKS,1"), "is the same as a.csv, row 2"),
}


@pytest.mark.parametrize(("content", "reason"), LEFT.values(), ids=LEFT)
def test_what_cannot_be_placed_is_kept_with_its_reason(root: Path, content: str, reason: str) -> None:
    found = read(root, "a.csv", content)
    assert [left.reason[: len(reason)] for left in found.left] == [reason]
    last = content.splitlines()[-1].split(",")[1].strip('"')
    assert last in reading.left_over(found.left)


def test_left_over_rows_can_be_mended_and_brought_in(root: Path) -> None:
    found = read(root, "a.csv", events("4 July,Talks,9"))
    assert short(read(root, "b.csv", reading.left_over(found.left).replace(",9,", ",1,"))) == [TALKS]


def packed(**files: str) -> bytes:
    written_to = io.BytesIO()
    with zipfile.ZipFile(written_to, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return written_to.getvalue()


GOOD = workbook({"Veldia": [HEADER, [DAY, "Talks", 1]]})
BAD: dict[str, tuple[str, bytes, str]] = {
    "no-bytes": ("a.xlsx", b"", "is empty; "),
    "spaces": ("a.csv", b" \n\n", "is empty; "),
    "cut-off": ("a.xlsx", GOOD[:2000], "is cut off or damaged; "),
    "other-zip": ("a.xlsx", packed(a="b"), "cannot be read as a workbook "),
    "damaged-sheet": ("a.xlsx", GOOD[: (at := GOOD.index(b"xl/worksheets/sheet1.xml") + 40)] + b"x" * 60 + GOOD[at + 60 :], ""),
    "old-and-damaged": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "cannot be read as a workbook "),
    "pdf": ("a.pdf", b"%PDF-1.7\n", "is a PDF; copy its table, "),
    "pdf-under-another-name": ("a.csv", b"%PDF-1.7\n", "is a PDF; "),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "is a picture; "),
    "web-page": ("a.csv", b"<html><body>", "is a page of HTML; "),
    "bytes": ("a.csv", bytes(range(256)) * 8, "is no table and no text; "),
    "no-table": ("a.csv", b"Hello,world\n1,2\n", "holds no table; a table has a row that names its columns: events.csv: id, "),
    "prose": ("a.txt", b"Talks were held on 4 July.\n", "holds no table; "),
    "empty-sheet": ("a.xlsx", workbook({"Veldia": []}), "holds no table; "),
    "open-quote": ("a.csv", b'Date,Event,Score\n4 July,"' + b"x" * 140_000, "holds a quote that is not closed, "),
    "column-twice": ("a.csv", b"Date,Event,Score,Points\n", "is the name of two columns; "),
}


@pytest.fixture(autouse=True)
def field_size() -> Iterator[None]:
    """The longest cell that Python reads, which other libraries change for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize(("name", "content", "message"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_one_finding(root: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read(root, name, content)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message[: len(message)]) == (name, message)


def test_a_cell_far_away_and_a_packed_giant_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.imports.sheets.LARGEST_UNPACKED", 3_000_000)
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(far, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            end = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            new.writestr(part, old.read(part).replace(b"</sheetData>", end))
    giant = io.BytesIO()
    with zipfile.ZipFile(giant, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 4_000_000)
    for content, message in ((far, "has a cell in row 1048576"), (giant, "unpacks to more than 3 MB")):
        with pytest.raises(DataError, match=message):
            read(root, "a.xlsx", content.getvalue())


def test_a_folder_and_a_file_that_is_not_there(root: Path) -> None:
    (root / "folder.xlsx").mkdir()
    for name, message in (("folder.xlsx", "is a folder; "), ("gone.csv", "is not there; ")):
        with pytest.raises(DataError) as caught:
            reading.read(root, ISSUE, [root / name], {})
        assert caught.value.problems[0].message.startswith(message)


def test_a_publication_that_is_not_there_and_one_at_fault(root: Path) -> None:
    with pytest.raises(DataError, match=r"data/issues/9:1: file: is no publication; did you mean 'issues/3'\? allowed: issues/1, "):
        read(root, "a.csv", events("4 July,Talks,1"), into="issues/9")
    (root / "data" / ISSUE / "events.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/issues/3/events\.csv:1: date: is a missing column"):
        read(root, "a.csv", events("4 July,Talks,1"))


# Doubts and answers --------------------------------------------------------------------------


def test_the_same_doubt_in_many_rows_is_one(root: Path) -> None:
    rows = "".join(f"{day} July,Talks no. {day},1\n" for day in range(1, 31))
    found = read(root, "a.csv", f"Veldia\nDate,Event,Score\n{rows}")
    (doubt,) = found.doubts.open
    assert (doubt.key, len(doubt.positions), doubt.proposal) == ("source/", 30, "compass-2")
    assert doubt.where == "a.csv, row 3 and 29 more rows"
    assert "customs-office" in doubt.choices


def test_an_unknown_source_is_asked_once_for_each_name(root: Path) -> None:
    rows = events("4 July,Talks,1,Veldia,Senn Institute for Neighbourhood Studies", "5 July,Tea,1,Veldia,Veldia Heralt")
    found = read(root, "a.csv", rows)
    assert [(doubt.text, doubt.proposal) for doubt in found.doubts.open] == [
        ("Senn Institute for Neighbourhood Studies", "compass-1"), ("Veldia Heralt", "veldia-herald-hauliers"),
    ]  # fmt: skip


def test_answers_are_written_read_and_followed(root: Path) -> None:
    content = events("07/08/2023,Talks,1", "4 July,Tea,(2)")
    text = answers_file(read(root, "a.csv", content).doubts.asked.values(), {}, "barometer import a.csv")
    assert "# Other choices: 2023-07-08, left-over" in text
    answers, lines = read_answers(text.replace('"2023-08-07"', '"2023-07-08"').replace('"-2"', "left-over"), "answers.yml")
    found = read(root, "a.csv", content, answers)
    assert (short(found), found.doubts.open, found.doubts.check("answers.yml", lines)) == (["veldia 2023-07-08 Talks 1"], [], [])
    assert [left.reason for left in found.left] == ["has a score that is in doubt: '(2)'"]


def test_a_wrong_answer_is_a_finding_with_its_line(root: Path) -> None:
    answers, lines = read_answers('# a comment\n"score/(2)": 3\nsauce: x\nsource/: compass-1\n', "answers.yml")
    found = read(root, "a.csv", events("4 July,Tea,(2)"), answers)
    problems = [str(problem) for problem in found.doubts.check("answers.yml", lines)]
    assert problems == [
        "answers.yml:2: score/(2): '3' is no choice here; allowed: -2, 2, left-over",
        "answers.yml:3: sauce: is no doubt about this file; allowed: score/(2)",
    ]
    for text in ("- a\n", "source/:\n", "a: [b]\n", "a: b: c\n"):
        with pytest.raises(DataError):
            read_answers(text, "answers.yml")


def test_a_category_is_proposed_from_the_incident_most_like_it(root: Path) -> None:
    text = "Date,Event,National,Regional\n4 July,Veldia moves a brigade near the border,-1,-2\n5 July,A hotline protocol is signed,1,1\n"
    found = read(root, "a.csv", text)
    assert [row.cells["category"] for row in found.placed] == ["movements", "agreements"]
    assert next(key for key in found.doubts.asked if key.startswith("category/")) == "category/"
    one = read(root, "a.csv", text, {"category/": "agreements"})
    assert ([row.cells["category"] for row in one.placed], len(one.doubts.asked)) == (["agreements", "agreements"], 2)


# Merging -------------------------------------------------------------------------------------


def test_new_rows_get_the_next_free_ids_and_twice_changes_nothing(root: Path) -> None:
    file = root / "data" / ISSUE / "events.csv"
    file.write_text(file.read_text(encoding="utf-8") + "3-veldia-07,veldia,2023-07-01,Tea,1,compass-1\n", encoding="utf-8")
    content = events("4 July,Talks,1", "1 July,tea,1", "5 July,Moot,-1,Amberland,compass-2", header="Date,Event,Score,Relationship,Source")
    found = read(root, "a.csv", content)
    assert [row.state for row in found.placed] == ["new", "changed", "new"]  # `tea` has another source
    assert [doubt.column for doubt in found.doubts.open] == ["row"]
    written(root, read(root, "a.csv", content, {found.doubts.open[0].key: "keep"}))
    assert [row["id"] for row in rows_of(root, "events.csv")] == ["3-veldia-07", "3-veldia-08", "3-amberland-01"]
    assert file.read_bytes().endswith(b"3-amberland-01,amberland,2023-07-05,Moot,-1,compass-2\n")
    again = read(root, "a.csv", content, {found.doubts.open[0].key: "keep"})
    assert (again.changed, again.count("there already", "kept")) == ({}, 3)


def test_a_row_with_an_id_replaces_that_row(root: Path) -> None:
    written(root, read(root, "a.csv", events("4 July,Talks,1", "5 July,Tea,1")))
    found = read(root, "a.csv", "id,date,event,score\n3-veldia-01,4 July,Long talks,2\n")
    (doubt,) = found.doubts.open
    assert "event 'Talks' becomes 'Long talks'; score '1' becomes '2'" in doubt.question
    written(root, found)
    assert [(row["id"], row["event"], row["source"]) for row in rows_of(root, "events.csv")] == [
        ("3-veldia-01", "Long talks", "compass-2"), ("3-veldia-02", "Tea", "compass-2"),
    ]  # fmt: skip


def test_what_breaks_a_rule_is_a_finding_about_the_input_and_nothing_is_written(root: Path) -> None:
    found = read(root, "a.csv", "id,date,event,score,relationship,source\n3-amberland-01,4 July,Talks,1,Veldia,compass-2\n")
    (problem,) = merge.check(root, ISSUE, found.changed)
    assert str(problem) == "a.csv:2: id: '3-amberland-01' does not fit its row; here it begins with 3-veldia-"


def test_all_files_are_written_or_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = {"Veldia": [HEADER, [DAY, "Talks", 1]], "Security": [["Date", "Event", "National", "Regional"], [DAY, "Drill", 1, 1]]}
    found = read(root, "a.xlsx", workbook(sheets))
    before = {path.name: path.read_bytes() for path in (root / "data" / ISSUE).iterdir()}
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == ".#incidents.csv.new":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="No space left on device; nothing was changed"):
        merge.write(root / "data" / ISSUE, found.changed)
    assert {path.name: path.read_bytes() for path in (root / "data" / ISSUE).iterdir()} == before


def test_trade_and_figures_are_read(root: Path) -> None:
    rows = (
        "Partner;Flow;Period;Value;Unit;Change;Change unit;Source",
        "Veldia;Export;July-September 2023;1 234,5;million crowns;−3,1;per cent;Customs Office of Kestria",
        "Amberland;total trade;2023;1.234.567,8;crowns;;;customs-office",
    )
    found = read(root, "a.csv", "\n".join(rows))
    assert keys(found) == ["word/unit crowns"]
    written(root, found)
    assert rows_of(root, "trade.csv")[0] == {
        "id": "veldia-exports-2023-07-2023-09", "partner": "veldia", "flow": "exports", "period": "2023-07/2023-09", "value": "1234.5",
        "upper": "", "unit": "crown-million", "qualifier": "", "change": "-3.1", "change_unit": "percent", "product": "",
        "source": "customs-office",
    }  # fmt: skip
    figures = 'Figure,Item,Value,Unit,Period,Source\nHauliers at the Senn post,Lorries,"1,234",barges,2023-08,compass-2\n'
    found = read(root, "b.csv", figures)
    assert keys(found) == ["number/1,234"]
    assert [(row.cells["figure"], row.cells["value"]) for row in found.placed] == [("hauliers", "1.234")]
    written(root, read(root, "b.csv", figures, {"number/1,234": "1234"}))
    assert rows_of(root, "figures.csv")[0]["id"] == "hauliers-lorries-2023-08"


@pytest.mark.parametrize("name", ["issues/1", "issues/2", "policy/open-river"])
def test_files_keep_their_form(root: Path, name: str) -> None:
    """One row more, and every line before it is the same, byte for byte."""
    for file, cells in (("trade.csv", "amberland,imports,2021,7"), ("events.csv", "2023-01-04,Tea,1")):
        path = root / "data" / name / file
        if path.exists() and name != "issues/2":
            before = path.read_bytes()
            header = "partner,flow,period,value,unit,source" if file == "trade.csv" else "date,event,score,relationship,source"
            rest = "crown-million,compass-2" if file == "trade.csv" else "Veldia,compass-1"
            written(root, read(root, "a.csv", f"{header}\n{cells},{rest}\n", into=name), name)
            assert path.read_bytes().startswith(before) and path.read_bytes().count(b"\n") == before.count(b"\n") + 1


def test_what_could_not_be_written_leaves_no_new_folder(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    with pytest.raises(OSError, match="in-the-way"):
        all_or_none.write({tmp_path / "a/b/one.txt": "1", tmp_path / "in-the-way/two.txt": "2"})
    assert [path.name for path in tmp_path.rglob("*")] == ["in-the-way"]
