"""The command `barometer init`: by options and by answers, papers only, whatever is typed, and all or nothing."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from beginning import HOSTILE, SCORED, init
from click.testing import CliRunner
from examples import FEW
from hypothesis import given
from hypothesis import strategies as st
from trees import ROOT

from hooks.publishing.cli import main
from macros.book import open_book
from macros.monitor import Monitor, files
from macros.scales import decimals

NAMED = ("--title", "Hill Notes", "--publisher", "Hill House")


def run(root: Path, *words: str) -> str:
    """Run a command in a monitor; what it says."""
    return CliRunner().invoke(main, [*words, "--root", str(root)], catch_exceptions=False).stdout


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The repository of the program, without what is not taken over."""
    wanted = ("mkdocs.yml", "docs/templates/new", "data")
    for name in wanted:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (tmp_path / "program" / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, tmp_path / "program" / name)
    return tmp_path / "program"


def test_a_monitor_is_whole_and_has_nothing_of_another(tmp_path: Path) -> None:
    begun = init(tmp_path / "monitor", *NAMED, *SCORED)
    assert (begun.status, begun.stderr) == (0, "")
    root = tmp_path / "monitor"
    assert run(root, "check").endswith(": no findings\n")
    book = open_book(root)
    assert [one.label for one in book.relationships] == ["Hill Land: {{ 7 * 7 }}", "Мора"]
    assert len({one.colour for one in book.relationships}) == 2
    assert (str(book.series.first_period), book.series.months) == ("2023-01/2023-03", 3)
    for name in ("hooks", "macros", "docs/overrides", "docs/templates", "mkdocs.yml", "requirements.lock"):
        assert (root / name).exists()
    assert not list(root.rglob("__pycache__"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["monitor"]
    assert {path.name for path in (root / "data").iterdir()} == {
        "series.yml",
        "sources.yml",
        "vocabularies.yml",
        "relationships.yml",
        "scales.yml",
    }


def test_papers_alone_have_neither_scores_nor_a_calendar(tmp_path: Path) -> None:
    root = tmp_path / "papers"
    root.mkdir()
    assert init(root, *NAMED, "--language", "be").status == 0
    assert not (root / "data/scales.yml").exists() and not (root / "docs/relationships").exists()
    assert "wrote data/non-papers/talks/points.yml" in run(root, "new", "non-paper", "talks", "--title", HOSTILE)
    title = root / "data/non-papers/talks/publication.yml"
    text = title.read_text(encoding="utf-8").replace("text: digest # or own: the document itself", "text: own")
    for field, value in (("publisher", "Hill House"), ("date", "2023-05"), ("abstract", "What was said of the hill.")):
        text = text.replace(f"{field}: #", f"{field}: {value} #")
    title.write_text(text.replace("keywords: []", "keywords: [hills]"), encoding="utf-8")
    assert "1 publication" in run(root, "check") and "no findings" in run(root, "check")


def test_what_no_option_says_is_asked_for_on_a_terminal(tmp_path: Path) -> None:
    answers = ["Hill Notes", "Hill House", "Hill Land", "", "https://hill.example", "sea=Sea: Land; lake", "sea=Sea: Land; lake=Lake"]
    answers += ["-5..5", "0.5", "2027-01-04/2027-01-10", "", "7"]
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "hooks.publishing.cli", "init", str(tmp_path / "monitor")]
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(command, cwd=ROOT, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(ours), os.close(theirs)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "' lake' is not of the form id=Label" in done.stdout + done.stderr
    book = open_book(tmp_path / "monitor")
    assert (book.series.title, book.series.country, book.series.site) == ("Hill Notes", "Hill Land", "https://hill.example/")
    assert [(one.id, one.label) for one in book.relationships] == [("sea", "Sea: Land"), ("lake", "Lake")]
    scale = book.scales.relationship
    assert scale is not None and (scale.lowest, scale.highest, decimals(scale.step), book.series.days) == (-5, 5, 1, 7)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say --title; nobody is here to be asked"),
        (("--title", "A"), "say --publisher"),
        ((*NAMED, "--relationship", "sea"), "'sea' is not of the form id=Label"),
        ((*NAMED, "--scale", "3"), "'3' is no scale; allowed: two numbers"),
        ((*NAMED, "--step", "x"), "'x' is no number"),
        ((*NAMED, "--site", "ours"), "'ours' does not begin with http://"),
        (("--title", "\udcff", "--publisher", "B"), "is not UTF-8"),
    ],
)
def test_a_wrong_option_is_named(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    answer = init(tmp_path / "monitor", *words)
    assert answer.status == 2 and said in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (("--title", "=1+1"), "data/series.yml:3: title: begins with '='"),
        ((*SCORED, "--days", "7"), "states no whole calendar"),
        (("--first-period", "spring"), "first_period: 'spring' is not a date"),
        (("--relationship", "Sea=Sea"), "data/relationships.yml:3: id: 'Sea' is not of the form"),
        ((*SCORED, "--relationship", "hill=Hill"), "data/relationships.yml:13: id: "),
        ((*SCORED, "--scale", "5..1"), "lowest 5 is above highest 1"),
        ((*SCORED, "--step", "0"), "data/scales.yml:6: step: "),
    ],
)
def test_what_cannot_be_is_a_finding_and_nothing_is_written(words: tuple[str, ...], finding: str, tmp_path: Path) -> None:
    answer = init(tmp_path / "monitor", *NAMED, *words)
    assert answer.status == 1 and finding in answer.stdout, answer.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Mine")
    answer = init(tmp_path, *NAMED)
    assert answer.stdout == f"{tmp_path.as_posix()}:1: file: is not empty; name a folder that is new or empty\n1 finding\n"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    answer = init(tmp_path / "no/such/place", *NAMED)
    assert (answer.status, answer.stdout) == (1, "") and "No such file or directory" in answer.stderr


def test_a_program_without_its_parts_is_named(program: Path, tmp_path: Path) -> None:
    answer = init(tmp_path / "monitor", *NAMED, "--root", str(program))
    assert answer.status == 1 and "hooks:1: file: is missing; a monitor is begun from the repository of the program" in answer.stdout
    assert not (tmp_path / "monitor").exists()


LINES = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), min_size=1).map("A{}".format)


@FEW
@given(LINES, st.lists(LINES, max_size=12), st.sampled_from(["first_period", "days"]))
def test_whatever_a_line_holds_comes_back_as_it_was(title: str, labels: list[str], field: str) -> None:
    pairs = tuple((f"r-{number}", label) for number, label in enumerate(labels))
    scale = {"lowest": -3, "highest": 3, "step": 1}
    monitor = Monitor(title, title, title, "no", f"https://{title}/", title, pairs, ((field, title),), **scale)  # type: ignore[arg-type]
    written = files(ROOT, monitor)
    series = yaml.safe_load(written["data/series.yml"])
    assert (series["title"], series["imprint"]["name"], series["country"], series["language"]) == (title, title, title, "no")
    assert (series["site"], series["imprint"]["contact"], series[field]) == (f"https://{title}/", title, title)
    relationships = yaml.safe_load(written["data/relationships.yml"]) if labels else []
    assert [(one["id"], one["label"]) for one in relationships] == list(pairs)
    assert yaml.safe_load(written["data/vocabularies.yml"])["partners"] == dict(pairs)
    assert yaml.safe_load(written["docs/index.md"].removeprefix("---\n").partition("\n---\n")[0])["title"] == title


@pytest.mark.parametrize(("tag", "more"), [("be", SCORED), ("ru", SCORED), ("uk", SCORED), ("ru", ())])
def test_pages_begin_in_the_language_of_the_monitor(tmp_path: Path, tag: str, more: tuple[str, ...]) -> None:
    root = tmp_path / "monitor"
    assert init(root, *NAMED, *more, "--language", tag).status == 0
    shown = [path for path in (root / "docs").rglob("*.md") if "templates" not in path.parts and path.name != "editors.md"]
    assert len(shown) >= 8
    for page in shown:
        text = page.read_text(encoding="utf-8")
        description = yaml.safe_load(text.split("---")[1])["description"]
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\{.*?\}\}", "", description + text.split("---")[2]))
        assert words == [], page


def test_a_language_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    begun = init(tmp_path / "monitor", *NAMED, "--language", "russian")
    assert begun.status == 2
    assert "'russian' is no tag of a language (BCP 47); did you mean ru?" in begun.stderr
    assert not (tmp_path / "monitor").exists()
