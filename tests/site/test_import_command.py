"""`barometer import` and `barometer export`, run as people run them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from importing import ISSUE, empty_issue, events, rows_of, workbook

from hooks.publishing import import_command
from hooks.publishing.cli import main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty_issue(tmp_path / "tree")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two events that name no source, one of them off the scale."""
    path = tmp_path / "events of July.csv"
    path.write_text("Veldia\nDate,Event,Score\n4 July,Talks,1\n5 July,[red]Tea,-1\n6 July,Rage,9\n", encoding="utf-8")
    return path


def run(root: Path, *words: str | Path, text: str | None = None) -> Result:
    """Run the program; an exception that it lets through fails the test."""
    return CliRunner().invoke(main, [*map(str, words), "--root", str(root)], input=text, catch_exceptions=False)


def data(root: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}


def test_doubts_are_written_beside_the_file_and_nothing_into_data(root: Path, table: Path) -> None:
    before = data(root)
    answer = run(root, "import", table, "--into", ISSUE)
    assert (answer.exit_code, data(root)) == (1, before)
    assert "│ veldia       │ 2023-07-05 │ [red]Tea │ -1    │ compass-2 │ new   │" in answer.stdout
    assert "left over: events of July.csv, row 5: has a score off the scale: 9; allowed: -5..5: 6 July | Rage | 9" in answer.stdout
    assert "doubt: events of July.csv, row 3 and 1 more row, source: ''" in answer.stdout
    assert "1 doubt without an answer; nothing was written into data/" in answer.stdout
    assert f'--into {ISSUE} --answers "{table}.answers.yml"' in answer.stdout
    assert '"source/": "compass-2"' in Path(f"{table}.answers.yml").read_text(encoding="utf-8")
    assert not Path(f"{table}.left-over.csv").exists()  # an answer may still place a row


def test_with_answers_it_writes_and_a_second_time_has_nothing_to_do(root: Path, table: Path) -> None:
    run(root, "import", table, "--into", ISSUE)
    answers = Path(f"{table}.answers.yml")
    answers.write_text(answers.read_text(encoding="utf-8").replace('"compass-2"', "compass-1"), encoding="utf-8")
    answer = run(root, "import", table, "--into", ISSUE, "--answers", answers)
    assert answer.exit_code == 0
    assert f"wrote events.csv in data/{ISSUE}/: 2 rows new, 0 changed, 0 there already" in answer.stdout
    assert [row["source"] for row in rows_of(root, "events.csv")] == ["compass-1", "compass-1"]
    assert "1 row could not be placed and was written into events of July.csv.left-over.csv" in answer.stdout
    left = Path(f"{table}.left-over.csv").read_text(encoding="utf-8").splitlines()
    assert left[0] == "file,sheet,row,reason,date,event,score"
    before = data(root)
    again = run(root, "import", table, "--into", ISSUE)
    assert (again.exit_code, data(root)) == (0, before)
    assert "nothing to do: 0 rows new, 0 changed, 2 there already" in again.stdout
    assert run(root, "check").stdout.count("data/issues/3/events.csv") == 0


def test_a_wrong_answer_is_a_finding(root: Path, table: Path) -> None:
    (root / "answers.yml").write_text("source/: compass-7\n", encoding="utf-8")
    answer = run(root, "import", table, "--into", ISSUE, "--answers", root / "answers.yml")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("answers.yml:1: source/: 'compass-7' is no choice here; did you mean 'compass-")


def test_a_dry_run_writes_nothing_anywhere(root: Path, table: Path) -> None:
    before, beside = data(root), sorted(table.parent.iterdir())
    assert run(root, "import", table, "--into", ISSUE, "--dry-run").exit_code == 1
    full = table.with_name("full.csv")
    full.write_text(events("4 July,Talks,1"), encoding="utf-8")
    answer = run(root, "import", full, "--into", ISSUE, "--dry-run")
    assert (answer.exit_code, answer.stdout.splitlines()[-1]) == (
        0, f"would write events.csv in data/{ISSUE}/: 1 row new, 0 changed, 0 there already",
    )  # fmt: skip
    full.unlink()
    assert (data(root), sorted(table.parent.iterdir())) == (before, beside)


def test_on_a_terminal_it_asks(root: Path, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_command, "is_terminal", lambda: True)
    answer = run(root, "import", table, "--into", ISSUE, text="compass-9\ncustoms-office\n")
    assert answer.exit_code == 0
    assert "These rows name no source: shall they rest on compass-2?" in answer.stdout
    assert "Your choice [compass-2]" in answer.stdout
    assert [row["source"] for row in rows_of(root, "events.csv")] == ["customs-office", "customs-office"]
    assert not Path(f"{table}.answers.yml").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"", ":1: file: is empty; "),
        ("a.xlsx", b"PK\x03\x04", ":1: file: is cut off or damaged; "),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ":1: file: cannot be read as a workbook "),
        ("a.csv", bytes(range(256)), ":1: file: is no table and no text; "),
        ("a.csv", b"a,b\n", ":1: file: holds no table; "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding(root: Path, name: str, content: bytes, message: str) -> None:
    (root / name).write_bytes(content)
    answer = run(root, "import", root / name, "--into", ISSUE)
    assert (answer.exit_code, answer.stdout.splitlines()[-1]) == (1, "1 finding")
    assert answer.stdout.startswith(name + message)


def test_several_files_are_one_import(root: Path, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(events("4 July,Talks,1"), encoding="utf-8")
    (tmp_path / "two.xlsx").write_bytes(workbook({"Veldia": [["Date", "Event", "Score", "Source"], ["5 July", "Tea", 2, "compass-2"]]}))
    answer = run(root, "import", tmp_path / "one.csv", tmp_path / "two.xlsx", "--into", f"data/{ISSUE}/")
    assert answer.exit_code == 0
    assert [(row["id"], row["event"]) for row in rows_of(root, "events.csv")] == [("3-veldia-01", "Talks"), ("3-veldia-02", "Tea")]


def test_export_and_import_change_nothing(root: Path, tmp_path: Path) -> None:
    for address in ("issues/2", ISSUE, "policy/open-river"):
        before = data(root)
        answer = run(root, "export", address, "--xlsx", "--out", tmp_path / "book.xlsx")
        assert (answer.exit_code, answer.stdout) == (0, f"wrote {tmp_path / 'book.xlsx'}\n")
        back = run(root, "import", tmp_path / "book.xlsx", "--into", address)
        assert (back.exit_code, data(root)) == (0, before)
        assert back.stdout.splitlines()[-1].startswith("nothing to do: 0 rows new, 0 changed, ")


def test_a_publication_that_is_not_there_is_named(root: Path, tmp_path: Path) -> None:
    answer = run(root, "export", "issues/4", "--xlsx", "--out", tmp_path / "book.xlsx")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("data/issues/4:1: file: is no publication; did you mean 'issues/3'? allowed: issues/1, issues/2, ")
    (root / "data/issues/3/events.csv").write_text("id\n", encoding="utf-8")
    assert "data/issues/3/events.csv:1: date: is a missing column" in run(root, "export", ISSUE, "--xlsx").stdout
