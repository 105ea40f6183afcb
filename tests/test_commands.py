"""The program `barometer`, run as people run it: what it says, how it ends, and never a traceback."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from trees import FIXTURES, ROOT

from hooks.publishing.cli import main


@dataclass(frozen=True)
class Answer:
    """How a run ended and what it said."""

    status: int
    stdout: str
    stderr: str


def barometer(*words: str | Path) -> Answer:
    """Run the program here; an exception that it lets through fails the test."""
    run = CliRunner().invoke(main, list(map(str, words)), prog_name="barometer", catch_exceptions=False)
    return Answer(run.exit_code, run.stdout, run.stderr)


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """Every subcommand that the program names itself."""
    listed = barometer("--help").stdout.partition("Commands:")[2]
    return re.findall(r"^  (\w+) ", listed, re.MULTILINE)


def test_help_names_every_command_with_a_line_on_it(commands: list[str]) -> None:
    assert {"check", "build", "serve", "schemas"} <= set(commands)
    groups = {"new": ("issue", "non-paper", "policy", "relationship")}
    for words in [(command, *word) for command in commands for word in [[one] for one in groups.get(command, ())] or [[]]]:
        command = " ".join(words)
        answer = barometer(*words, "--help")
        assert answer.status == 0
        assert re.search(r"Usage: .*\n\n  [A-Z].+", answer.stdout), command
        assert "--root" in answer.stdout, command


def test_without_a_command_it_shows_its_help() -> None:
    answer = barometer()
    assert answer.status == 2
    assert "Usage:" in answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "No such command 'chek'"),
        (["check", "--fast"], "No such option"),
        (["check", "--root", "nowhere"], "Directory 'nowhere' does not exist"),
        (["check", "--root", "file.txt"], "'file.txt' is a file"),
        (["build", "--site"], "requires an argument"),
        (["serve", "--port", "http"], "'http' is not a valid int"),
        (["serve", "--port", "0"], "0 is not in the range"),
    ],
    ids=lambda value: "-".join(value).replace("--", "") if isinstance(value, list) else "",
)
def test_a_wrong_argument_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").touch()
    answer = barometer(*words)
    assert answer.status == 2
    assert said in " ".join(answer.stderr.split())
    assert answer.stdout == ""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Another country's monitor, data and pages."""
    for part in ("good", "portal"):
        shutil.copytree(FIXTURES / part, tmp_path / "tree", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "tree")
    return tmp_path / "tree"


def test_check_says_what_it_checked(tree: Path) -> None:
    answer = barometer("check", "--root", tree)
    assert (answer.status, answer.stderr) == (0, "")
    assert re.fullmatch(r"checked 4 publications, \d+ rows, 8 sources, \d+ pages: no findings\n", answer.stdout)


def test_check_says_once_what_it_passed_over(tree: Path) -> None:
    for path in (events := tree / "data/issues/1/events.csv", tree / "docs/issues/1/index.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    answer = barometer("check", "--root", tree)
    assert answer.status == 0
    assert answer.stdout.splitlines()[1:] == [
        f"passed over the byte order mark of Excel's CSV UTF-8 in {events.relative_to(tree).as_posix()}"
    ]


def test_it_looks_in_the_folder_where_it_is_run(tree: Path) -> None:
    command = [sys.executable, "-m", "hooks.publishing.cli", "check"]
    answer = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, barometer("check", "--root", tree).stdout)


@pytest.mark.parametrize("command", ["check", "build"])
def test_an_empty_folder_gives_findings(tmp_path: Path, command: str) -> None:
    answer = barometer(command, "--root", tmp_path)
    assert answer.status == 1
    *findings, count = answer.stdout.splitlines()
    assert "data/series.yml:1: file: is missing; every site needs it" in findings
    assert count == f"{len(findings)} findings"
    assert list(tmp_path.iterdir()) == []


def test_one_finding_is_counted_as_one(tree: Path) -> None:
    events = tree / "data/issues/2/events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("agrees nothing,0", "agrees nothing,9"), encoding="utf-8")
    answer = barometer("check", "--root", tree)
    assert answer.status == 1
    assert re.fullmatch(r"data/issues/2/events\.csv:4: score: .*9.*\n1 finding\n", answer.stdout)


def test_a_tree_without_configuration_is_refused_in_words(tree: Path) -> None:
    (tree / "mkdocs.yml").unlink()
    answer = barometer("build", "--root", tree)
    assert answer.status == 1
    assert "mkdocs.yml" in answer.stdout + answer.stderr
    assert not (tree / "site").exists()


def test_build_puts_the_site_where_it_is_told_and_replaces_what_was_there(tmp_path: Path, make_built_tree: Callable[[Path], Path]) -> None:
    tree, site = make_built_tree(tmp_path / "tree"), tmp_path / "public"
    site.mkdir()
    (site / "left-over.html").touch()
    answer = barometer("build", "--root", tree, "--site", site)
    assert answer.status == 0, answer.stdout + answer.stderr
    assert "the site is in public/" in answer.stdout
    assert (site / "issues/2/v2/index.html").is_file()
    assert not (site / "left-over.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "tree"]


def test_a_page_that_mkdocs_refuses_is_named_in_words(tmp_path: Path, make_built_tree: Callable[[Path], Path]) -> None:
    tree = make_built_tree(tmp_path / "tree")
    page = tree / "docs/issues/2/veldia.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[lost](nowhere.md)\n", encoding="utf-8")
    answer = barometer("build", "--root", tree)
    assert answer.status == 1
    assert "nowhere.md" in answer.stdout + answer.stderr
    assert not (tree / "site").exists()


def test_a_terminal_shows_the_time_go_by_and_a_pipe_plain_lines(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hooks.publishing.cli", "verify", str(tmp_path / "gone.zip")]
    piped = subprocess.run(command, capture_output=True, text=True, check=False)
    master, terminal = pty.openpty()
    subprocess.run(command, stdout=terminal, env={**os.environ, "TERM": "xterm"}, check=False)
    os.close(terminal)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "\x1b" not in piped.stdout and "\x1b" in shown
    assert "0:00:0" in shown and "checking" in shown
    for said in (piped.stdout, shown):
        assert re.search(r"gone\.zip: ALTERED, or no archive of an edition", said)
        assert re.search(r"gone\.zip:1: file: there is no such file", said)


def test_help_imports_nothing_that_it_does_not_need() -> None:
    code = "import sys, hooks.publishing.cli; print(sorted({'pandas', 'pydantic', 'altair', 'mkdocs', 'macros'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
