"""Other organisations' monitors by data alone: time, kinds, flows, numbers as printed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from trees import FIXTURES, findings, fixture_tree, monitor_tree

from macros import cite, indices
from macros.book import Book, open_book
from macros.charts import Drawing, draw
from macros.charts._course import course_of, sentence
from macros.charts._sheet import Box, text_box
from macros.check_pages import check_pages
from macros.dates import parse
from macros.exports import csv_file, json_file, workbook
from macros.exports.event_columns import files as columns_of
from macros.exports.tables import Download, downloads
from macros.pages.catalogue import events as rows
from macros.pages.context import BuildContext
from macros.pages.issues import index
from macros.pages.page_chrome import page_chrome, sections
from macros.pages.relationship import assessments
from macros.periods import later
from macros.scales import ScoreScale
from macros.target import Target
from macros.words import issue_period

EVENTS, TITLE, SERIES = "data/issues/2/events.csv", "data/issues/2/publication.yml", "data/series.yml"
WORDS, TRADE, FIGURES = "data/vocabularies.yml", "data/issues/2/trade.csv", "data/policy/open-river/publication.yml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return fixture_tree(tmp_path / "tree")


@pytest.fixture(scope="module")
def rivers() -> Book:
    return open_book(FIXTURES / "rivers")


@pytest.fixture(scope="module")
def papers() -> Book:
    return open_book(FIXTURES / "papers")


def with_column(tree: Path, name: str, row: str, cell: str, file: str = EVENTS) -> None:
    """Add a column to a table that is filled in one row."""
    head, *lines = (tree / file).read_text(encoding="utf-8").splitlines()
    rows = [f"{line},{cell if line.startswith(row) else ''}" for line in lines]
    (tree / file).write_text("\n".join([f"{head},{name}", *rows]) + "\n", encoding="utf-8")


def table(book: Book, name: str) -> Download:
    return next(one for one in downloads(book, book.volumes) if one.name == name)


# Time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "months", "days", "second"),
    [
        ("2021-01-04/2021-01-10", 0, 7, "2021-01-11/2021-01-17"),
        ("2021-01-04/2021-01-17", 0, 14, "2021-01-18/2021-01-31"),
        ("2021-01", 1, 0, "2021-02"),
        ("2021-33", 3, 0, "2021-04/2021-06"),
        ("2021-21", 3, 0, "2021-06/2021-08"),
        ("2021", 12, 0, "2022-01/2022-12"),
    ],
)
def test_any_period_follows_another(first: str, months: int, days: int, second: str) -> None:
    assert str(later(parse(first), months, days, 1)) == second


def test_a_weekly_series_counts_in_days(tree: Path) -> None:
    weekly = (SERIES, "first_period: 2023-01/2023-03\nmonths: 3", "first_period: 2023-03-27/2023-04-02\ndays: 7")
    found = [line for line in findings(tree, weekly) if line.startswith(TITLE)]
    assert found == [f"{TITLE}:4: period: 2023-04/2023-06 is not the period of issue 2; that is 2023-04-03/2023-04-09"]


def test_a_series_without_a_calendar_takes_each_period_as_stated(tree: Path) -> None:
    assert (
        findings(
            tree, (SERIES, "first_period: 2023-01/2023-03\nmonths: 3\n", ""), ("data/published_indices.csv", "2024-07/2024-09", "2024-08")
        )
        == []
    )
    book = open_book(tree)
    assert [issue_period(book, number) for number in (1, 2, 7, 99)] == ["January–March 2023", "April–June 2023", "August 2024", ""]


def test_half_a_calendar_is_a_finding(tree: Path) -> None:
    found = findings(tree, (SERIES, "months: 3\n", ""))
    assert any(line.startswith(f"{SERIES}:1: ") and "states no whole calendar" in line for line in found)


def test_a_period_may_be_a_quarter(tree: Path) -> None:
    assert findings(tree, (TITLE, "period: 2023-04/2023-06", "period: 2023-34")) == []


def test_a_combined_issue_takes_its_numbers(tree: Path) -> None:
    assert findings(tree) == []
    combined = (TITLE, "number: 2\n", "number: 2\nthrough: 3\nprinted: 2-3\n")
    found = findings(tree, combined)
    assert f"{TITLE}:6: period: 2023-04/2023-06 is not the period of issue 2; that is 2023-04/2023-09" in found


def test_a_number_inside_a_combined_issue_is_a_finding(rivers: Book, tmp_path: Path) -> None:
    tree = monitor_tree(tmp_path / "rivers", "rivers")
    found = findings(tree, ("data/issues/1/publication.yml", "number: 1\n", "number: 1\nthrough: 2\n"))
    assert "data/issues/2/publication.yml:3: number: 2 is one of the numbers 1 to 2 for which data/issues/1/publication.yml stands" in found
    assert [volume.publication.shown_number for volume in rivers.issues] == ["1891/2-3", "1890/1"]


def test_the_outcome_of_the_forecast_of_a_combined_issue_stands_beside_it(fixture_book: Book) -> None:
    """Issue 1 stands for 1 and 2, so that the next one has the number 3."""
    changes: dict[str, dict[str, Any]] = {"issues/1": {"through": 2}, "issues/2": {"number": 3}}
    publications = {volume.address: volume.publication.model_copy(update=changes.get(volume.address)) for volume in fixture_book.volumes}
    volumes = tuple(replace(volume, publication=publications[volume.address]) for volume in fixture_book.volumes)
    page = assessments(BuildContext(replace(fixture_book, volumes=volumes), Target.parse("portal")), "veldia")
    assert "What became of it:</b> Engineers did not agree on notice" in page


def test_numbers_are_shown_as_they_are_printed(rivers: Book) -> None:
    first, second = rivers.volume("issues/1"), rivers.volume("issues/2")
    context = BuildContext(rivers, Target.parse("issues/2/v1"))
    assert [way.text for way in page_chrome(context, "").ways][-1] == "Previous issue, № 1890/1"
    assert cite.citation(rivers, first, 1).source is not None
    history = draw("history", rivers, second, context.links, series="risk")
    assert "№ 1891/2-3" in history.words.sentence
    assert [entry.issue for entry in indices.history(rivers, "risk")] == [1, 2]


def test_a_period_that_holds_no_row_is_one_finding(tree: Path) -> None:
    wrong = (TITLE, "period: 2023-04/2023-06", "period: 2022-04/2022-06")
    free = (SERIES, "first_period: 2023-01/2023-03\nmonths: 3\n", "")
    rows = "holds none of the 8 rows, which begin 2023-04-01 to 2023-06-21; mend it, or their dates"
    assert findings(tree, free, wrong) == [f"{TITLE}:4: period: 2022-04/2022-06 {rows}"]


def test_one_wrong_score_is_one_finding(tree: Path) -> None:
    message = "aggregate 2 and positive 4 of veldia are not what the catalogue gives; its 3 rows give 3 and 5"
    assert findings(tree, (EVENTS, "at Senn,4,", "at Senn,5,")) == [f"{TITLE}:26: aggregate: {message}"]


def test_an_event_from_outside_the_period_says_why(tree: Path) -> None:
    early = (EVENTS, "2023-04-03,Foreign", "2023-03-30/2023-04-03,Foreign")
    allowed = "allowed: 2023-04-01 to 2023-06-30, or a reason in the column outside"
    assert findings(tree, early) == [f"{EVENTS}:2: date: 2023-03-30/2023-04-03 is outside the period of the issue; {allowed}"]
    with_column(tree, "outside", "2-veldia-01", "It ended in April")
    assert findings(tree) == []
    book = open_book(tree)
    chart = draw("events", book, book.volume("issues/2"), BuildContext(book, Target("portal")).links, relationship="veldia")
    assert chart.spec is not None
    places = [row["x"] for rows in chart.spec["datasets"].values() for row in rows if "x" in row]
    assert min(places) >= 0


def test_a_reason_without_need_is_a_finding(tree: Path) -> None:
    with_column(tree, "outside", "2-veldia-01", "No reason")
    assert findings(tree) == [f"{EVENTS}:2: outside: gives a reason, but 2023-04-03 begins within the period of the issue; empty the cell"]


@pytest.mark.parametrize("date", ["2023-04-XX", "2023-04-03/..", "2023-04-03/", "2023-XX/2023-XX"])
def test_an_event_may_have_an_unknown_day_or_an_open_end(tree: Path, date: str) -> None:
    found = findings(tree, (EVENTS, "2023-04-03,Foreign", f"{date},Foreign"))
    assert [line for line in found if "is outside" not in line] == []


def test_nothing_but_an_event_has_an_open_end(tree: Path) -> None:
    found = findings(tree, (TITLE, "period: 2023-04/2023-06", "period: 2023-04/.."))
    assert (
        f"{TITLE}:4: period: '2023-04/..' has an end that is not known; only events and incidents may, and here both days are needed"
        in found
    )


def test_open_and_old_dates_are_right_in_every_file(rivers: Book) -> None:
    events = table(rivers, "events")
    cells = {row[1]: dict(zip(events.columns, row, strict=True)) for row in events.rows}
    assert [str(cells["1-ouse-03"][name]) for name in ("date", "first", "last")] == ["1890-06-02/..", "1890-06-02", "None"]
    text = csv_file.write(events).decode("utf-8")
    assert "1-ouse-03,ouse,1890-06-02/..,1890-06-02,,A ferry" in text
    record = next(row for row in json.loads(json_file.write(events)) if row["id"] == "1-ouse-03")
    assert (record["first"], record["last"], record["score"]) == ("1890-06-02", None, 2.5)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write([events], "Title", "Who", rivers.begins)))["events"]
    first = [cell.value for cell in sheet[1]].index("first")
    assert {row[first].value for row in sheet.iter_rows(min_row=2)} >= {"1889-11-01", "1890-06-02"}


def test_the_columns_of_the_explorer_hold_what_letters_cannot(rivers: Book) -> None:
    columns = json.loads(columns_of(rivers, rivers.issues)["columns.json"])
    assert columns["score"].count(None) == 0
    assert columns["regional"].count(None) == 1
    assert columns["turned"] == ["relationship", "security"]
    assert max(ord(letter) for letter in columns["length"]) < 1000


# Kinds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "left"), [("papers", {"issues/", "relationships/", "security/", "events/", "trade/", "policy/"}), ("rivers", set())]
)
def test_a_made_monitor_is_without_findings(tmp_path: Path, name: str, left: set[str]) -> None:
    tree = monitor_tree(tmp_path / name, name)
    book = open_book(tree)
    assert check_pages(tree, book) == []
    every = {"", "issues/", "relationships/", "security/", "events/", "trade/", "non-papers/", "policy/", "data/", "method/", "about/"}
    assert {path for _, path in sections(book)} == every - left


def test_points_have_numbers_of_their_own(papers: Book) -> None:
    points = papers.volume("non-papers/harbour-talks").points
    assert points is not None
    assert [(point.id, point.number) for point in points.points] == [("p-1", "17"), ("p-2", "17.a"), ("p-3", "121.12")]
    assert table(papers, "points").columns[1:3] == ("id", "printed")


def test_without_incidents_their_macros_say_so(tree: Path) -> None:
    book = open_book(tree)
    bare = replace(book, scales=book.scales.model_copy(update={"security": None, "security_series": None, "tension": ()}))
    volume = replace(bare.volume("issues/2"), incidents=())
    assert [index.series for index in indices.indices(replace(bare, volumes=(volume,)), volume)] == ["veldia", "river-5"]


@pytest.mark.parametrize(
    ("swap", "finding"),
    [
        (
            (TRADE, "218.8", "219.9"),
            f"{TRADE}:4: value: 219.9 is not exports + imports; veldia-exports-q2 and veldia-imports-q2 give 218.7",
        ),
        ((TRADE, "22.3,", "24.3,"), f"{TRADE}:5: value: 24.3 is not exports − imports; veldia-exports-q2 and veldia-imports-q2 give 22.3"),
        ((TRADE, "veldia,balance", "veldia,saldo"), f"{TRADE}:5: flow: 'saldo' is not one of the flows; "),
    ],
)
def test_flows_keep_their_sums(tree: Path, swap: tuple[str, str, str], finding: str) -> None:
    assert [line for line in findings(tree, swap) if line.startswith(finding)]


def test_flows_come_from_data_with_their_sums(tmp_path: Path) -> None:
    tree, trade = monitor_tree(tmp_path / "rivers", "rivers"), "data/issues/1/trade.csv"
    found = findings(tree, (trade, "takings,1890,134.75", "takings,1890,130"), (WORDS, "takes: [bought]", "takes: [brought]"))
    assert f"{trade}:5: value: 130 is not sold + re-sold + services; ouse-sold, ouse-re-sold and ouse-services give 134.75" in found
    assert [line for line in found if line.startswith(f"{WORDS}:") and "'brought' is not one of the other flows" in line]


def test_a_row_that_repeats_another_says_so(tree: Path) -> None:
    copy = "2-veldia-04,veldia,2023-04-03,Foreign ministers open a shared customs post at Senn,1,compass-2\n"
    (tree / EVENTS).write_text((tree / EVENTS).read_text(encoding="utf-8") + copy, encoding="utf-8")
    first = findings(tree, (TITLE, "  veldia: {aggregate: 2, positive: 4, negative: -2}\n", ""))
    assert [line for line in first if line.startswith(f"{EVENTS}:7: event: is the same event as 2-veldia-01 in line 2")]
    with_column(tree, "repeats", "2-veldia-04", "2-veldia-01")
    assert findings(tree) == []
    with_column(tree, "outside", "none", "")
    text = (tree / EVENTS).read_text(encoding="utf-8").replace(",2-veldia-01,\n", ",2-veldia-02,\n")
    (tree / EVENTS).write_text(text, encoding="utf-8")
    assert [line for line in findings(tree) if "'2-veldia-02' is no row above with the same date and words" in line]


def test_a_structure_of_counts_is_a_finding_with_its_line(tree: Path) -> None:
    found = findings(tree, ("data/policy/open-river/figures.csv", "percent", "barges"))
    assert [line for line in found if line.startswith(f"{FIGURES}:") and "'structure' does not fit" in line]


def test_a_band_of_unknown_shape_is_a_finding_with_its_line(tree: Path) -> None:
    assert [line for line in findings(tree, ("data/scales.yml", "shape: square", "shape: star")) if "shape: 'star' is unknown" in line]


def test_charts_that_the_scales_leave_without_a_picture_are_findings(tree: Path) -> None:
    findings(tree, ("data/scales.yml", "  highest: 5\n", "  highest: 5\n  index: mean\n"))
    page = tree / "docs/issues/1/veldia.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n{{ chart("running-total", relationship="veldia") }}\n', encoding="utf-8")
    for number in (1, 2):
        title = tree / f"data/issues/{number}/publication.yml"
        lines = title.read_text(encoding="utf-8").splitlines(keepends=True)
        title.write_text("".join(line for line in lines if not line.startswith("  ") or "aggregate" not in line), encoding="utf-8")
        text = title.read_text(encoding="utf-8")
        title.write_text(text.replace("published_indices:\n", ""), encoding="utf-8")
    found = [str(problem) for problem in check_pages(tree, open_book(tree))]
    assert [line for line in found if "chart('running-total'): the index of veldia is no plain sum" in line]


# What readers see ----------------------------------------------------------------------------


def shown(book: Book, chart: str, address: str, **arguments: str) -> Drawing:
    """A chart of a publication as a page of it has it."""
    return draw(chart, book, book.volume(address), BuildContext(book, Target.parse(f"{address}/v1")).links, **arguments)


def words_of(spec: dict[str, Any] | None) -> list[str]:
    """All words of a picture, and what its marks say."""
    assert spec is not None
    return [row[name] for listed in spec["datasets"].values() for row in listed for name in ("text", "words") if name in row]


def texts(spec: dict[str, Any] | None) -> list[Box]:
    """The boxes of all words of a picture."""
    assert spec is not None
    rows = {name: rows for name, rows in spec["datasets"].items() if name.startswith("text")}
    marks = {layer["data"]["name"]: layer["mark"] for layer in spec["layer"]}
    return [
        text_box(row["x"], row["y"], row["text"], marks[name]["align"], marks[name]["fontWeight"] == "bold")
        for name, listed in rows.items()
        for row in listed
    ]


@pytest.mark.parametrize("number", ["Special", "Special 1", "2021 / 3", "三"])
def test_a_number_as_printed_is_one_word_with_a_digit(tree: Path, number: str) -> None:
    found = findings(tree, (TITLE, "number: 2\n", f"number: 2\nprinted: {number}\n"))
    assert [line for line in found if line.startswith(f"{TITLE}:4: printed: '{number}' is no number, which readers see after №; allowed")]


@pytest.mark.parametrize("number", ["S1", "2021/3", "20-21", "第3期"])
def test_numbers_of_any_shape_are_printed(tree: Path, number: str) -> None:
    assert findings(tree, (TITLE, "number: 2\n", f"number: 2\nprinted: {number}\n")) == []


def test_points_of_one_side_are_not_weighed_against_none(rivers: Book) -> None:
    board = shown(rivers, "board", "issues/1")
    assert board.words.reading == "All indices, 1890, in points."
    assert list(board.table.columns) == ["Index", "Aggregate", "Rows"]
    events = shown(rivers, "events", "issues/2", relationship="flooded")
    told = f"{events.words.finding} {events.words.sentence} {events.words.points} {board.words.points} {words_of(board.spec)}"
    for word in ("positive", "negative", "none "):
        assert word not in told
    assert events.words.finding == "Flooded acres: 1 event makes an index of +99,000"
    context = BuildContext(rivers, Target.parse("issues/1/v1"))
    for page in (index(context, "ouse"), rows(context, "ouse")):
        assert "points" not in page


@pytest.mark.parametrize(("lowest", "highest", "step"), [("-10", "10", "0.1"), ("0", "300", "1"), ("1", "100", "1"), ("0", "100000", "1")])
def test_cells_of_a_wide_scale_begin_at_round_numbers(rivers: Book, lowest: str, highest: str, step: str) -> None:
    given = {"lowest": lowest, "highest": highest, "step": step, "meanings": {}, "zero": True}
    scales = rivers.scales.model_copy(
        update={"security": rivers.scales.security.model_copy(update=ScoreScale.model_validate(given).__dict__)}
    )  # type: ignore[union-attr]
    incident = rivers.volume("issues/1").incidents[0]
    marks = tuple(incident.model_copy(update={"id": f"1-security-{n:02}", "national": n, "regional": n}) for n in range(1, 9))
    volume = replace(rivers.volume("issues/1"), incidents=marks)
    book = replace(rivers, scales=scales, volumes=(volume,))
    spec = draw("incidents", book, volume, BuildContext(book, Target("portal")).links).spec
    assert spec is not None
    begins = sorted({Decimal(word[:-2].replace(",", "").replace("−", "-")) for word in words_of(spec) if word.endswith(" …")})
    assert 4 < len(begins) <= 11
    assert 0 in begins
    assert {len(str(abs(int(number))).rstrip("0")) for number in begins} <= {0, 1, 2}


def test_a_day_on_a_scale_of_tenths_has_no_zero_behind_the_point(tree: Path) -> None:
    findings(tree, ("data/scales.yml", "  highest: 5\n", "  highest: 5\n  step: 0.1\n"), (EVENTS, "Senn,4,", "Senn,3.7,"))
    row = "2-veldia-05,veldia,2023-04-03,A lock is opened,0.3,compass-2\n"
    (tree / EVENTS).write_text((tree / EVENTS).read_text(encoding="utf-8") + row, encoding="utf-8")
    book = open_book(tree)
    spec = shown(book, "events", "issues/2", relationship="veldia").spec
    assert '"+4"' in json.dumps(spec)
    assert "4.0" not in {row.get("text", "")[1:] for listed in (spec or {})["datasets"].values() for row in listed}


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Papers, with a figure of twelve series over 45 years."""
    tree = monitor_tree(tmp_path_factory.mktemp("ports") / "papers", "papers")
    place = tree / "data/non-papers/harbour-talks"
    title = (place / "publication.yml").read_text(encoding="utf-8")
    (place / "publication.yml").write_text(f"{title}figures:\n  - {{id: calls, title: Calls, kind: series}}\n", encoding="utf-8")
    words = (tree / WORDS).read_text(encoding="utf-8").replace("units: {}", 'units: {ships: {label: ships, before: "", after: " ships"}}')
    (tree / WORDS).write_text(words, encoding="utf-8")
    lines = ["id,figure,item,period,value,upper,unit,qualifier,change,change_unit,partner,note,source"]
    for port in range(12):
        name = f"Harbour of the Seven Cantons on the Outer Isle {port}"
        lines += [
            f"c-{port}-{at},calls,{name},{1980 + at},{(port * 37 + at * 53) % 401},,ships,,,,,,harbour-talks-report" for at in range(45)
        ]
    (place / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_book(tree)


def test_twelve_series_of_45_years_have_a_picture_each(ports: Book) -> None:
    drawing = shown(ports, "figure", "non-papers/harbour-talks", figure="calls")
    for spec in (drawing.spec, drawing.narrow):
        assert spec is not None and spec["height"] < 1600
        boxes = texts(spec)
        assert sum(1 for box in boxes if box.left < 1) >= 6  # the names, in columns
        assert [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :] if one.meets(other)] == []
        assert min(box.left for box in boxes) > -0.1
        assert max(box.right for box in boxes) < spec["width"] + 0.1
    assert "Each has a picture of its own, all on one scale." in drawing.words.reading


def test_long_names_have_two_lines_beside_their_bars(tree: Path) -> None:
    long = "Federated Commonwealth of the Upper Archipelago and Sound"
    findings(tree, ("data/relationships.yml", "label: Veldia", f"label: {long}"))
    board = shown(open_book(tree), "board", "issues/2")
    assert board.spec is not None
    assert any(word.startswith("Federated") and "…" not in word and "+" not in word for word in words_of(board.spec))
    boxes = texts(board.spec)
    assert [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :] if one.meets(other)] == []


def test_a_figure_that_issues_repeat_is_told_once(tree: Path) -> None:
    first = tree / "data/issues/1/trade.csv"
    lines = (tree / TRADE).read_text(encoding="utf-8").splitlines()
    kept = first.read_text(encoding="utf-8").splitlines() if first.exists() else lines[:1]
    first.write_text("\n".join([*kept, *(line for line in lines[1:] if line.startswith("veldia-"))]) + "\n", encoding="utf-8")
    text = first.read_text(encoding="utf-8").replace("compass-2", "compass-1")
    first.write_text(text, encoding="utf-8")
    book = open_book(tree)
    drawing = draw("trade", book, None, BuildContext(book, Target("portal")).links, partner="veldia")
    told = drawing.words.sentence.rstrip(".").split("; ")
    assert len(told) == len(set(told))
    assert list(drawing.table["Stated in"]).count("") == 0


def test_events_of_months_alone_have_no_course(rivers: Book) -> None:
    volume = rivers.volume("issues/1")
    event = volume.events[0]
    months = tuple(event.model_copy(update={"id": f"1-tarn-{n:02}", "date": parse(f"1890-0{n}"), "score": 1}) for n in range(1, 4))
    course = course_of([(row, row.score) for row in months], parse("1890"), lambda _: "")
    assert sentence(course, parse("1890")) == "3 events of a month or longer make +3; none has a day."


@pytest.mark.parametrize(
    ("page", "call", "macro"),
    [("ouse", '{{ events("ouse") }}', "events"), ("security", "{{ incidents() }}", "incidents")],
)
def test_rows_that_no_page_prints_are_a_finding(tmp_path: Path, page: str, call: str, macro: str) -> None:
    tree = monitor_tree(tmp_path / "rivers", "rivers")
    name = f"docs/issues/1/{page}.md"
    findings(tree, (name, call, "Nothing."))
    found = [str(problem) for problem in check_pages(tree, open_book(tree))]
    assert found == [f"{name}:1: macro: prints no {macro}, and the address of each leads to this page; write {call}"]


def test_points_that_the_first_page_does_not_print_are_a_finding(tmp_path: Path) -> None:
    tree = monitor_tree(tmp_path / "papers", "papers")
    findings(tree, ("docs/non-papers/harbour-talks/index.md", "{{ points() }}", "Nothing."))
    assert [problem.message for problem in check_pages(tree, open_book(tree))] == [
        "prints no points, and the address of each leads to this page; write {{ points() }}"
    ]


def test_incidents_alone_have_a_page_of_all(rivers: Book) -> None:
    bare = replace(rivers, relationships=())
    assert "events/" in {path for _, path in sections(bare)}


def test_front_matter_ends_with_a_line_of_its_own(tree: Path) -> None:
    findings(tree, ("docs/issues/1/index.md", "title: Letter from the editor\n", "title: Letter from the editor ---\n"))
    assert check_pages(tree, open_book(tree)) == []
