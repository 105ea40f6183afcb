"""What stands in place of a file, and what editors and systems leave beside files."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from trees import ROOT

from hooks.publishing import build_key, manifest
from hooks.publishing.cli import main
from macros.book import open_book
from macros.target import Target

EVENTS, PAGE, SOURCES = "data/issues/2/events.csv", "docs/issues/2/veldia.md", "data/sources.yml"
LEFT_BEHIND = (
    ".~lock.events.csv#", "~$events.csv", "events.csv~", ".#events.csv", "#events.csv#", ".events.csv.swp",
    ".DS_Store", "Thumbs.db", "desktop.ini",
)  # fmt: skip

ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (lambda path: path.mkdir(), "is a folder; a file belongs here"),
    "dangling link": (lambda path: path.symlink_to("nowhere"), "is a link that leads to nothing; put the file itself here"),
    "link to itself": (lambda path: path.symlink_to(path.name), "is a link that leads to nothing; put the file itself here"),
    "link": (lambda path: path.symlink_to(ROOT / "README.md"), "is a link; put the file itself here"),
    "pipe": (lambda path: os.mkfifo(path), "is no ordinary file; put the file itself here"),
}


@pytest.fixture
def tree(tmp_path: Path, make_fixture_tree: Callable[[Path], Path]) -> Path:
    return make_fixture_tree(tmp_path / "tree")


def check(root: Path) -> tuple[int, list[str]]:
    """Exit status and findings; an exception that is let through fails the test."""
    done = CliRunner().invoke(main, ["check", "--root", str(root)], catch_exceptions=False)
    return done.exit_code, done.stdout.splitlines()[:-1]


PLACES = (EVENTS, PAGE, SOURCES, "data/issues/2/publication.yml")


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        pytest.param(name, odd, marks=[] if name == EVENTS or odd == "folder" else pytest.mark.stress)
        for name, odd in itertools.product(PLACES, ODD)
    ],
)
def test_what_stands_in_place_of_a_file_is_one_finding_beside_the_others(tree: Path, name: str, odd: str) -> None:
    make, message = ODD[odd]
    (tree / name).unlink()
    make(tree / name)
    talks = tree / "data/non-papers/water-talks/publication.yml"
    talks.write_text(talks.read_text().replace("status: published", "status: printed"))
    status, lines = check(tree)
    assert status == 1
    assert [line for line in lines if "printed" not in line] == [f"{name}:1: file: {message}"]
    assert len(lines) == 2


def test_a_file_that_may_not_be_read_is_a_finding(tree: Path) -> None:
    (tree / EVENTS).chmod(0)
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []  # root may read everything
    command = [*plain, sys.executable, "-m", "hooks.publishing.cli", "check", "--root", str(tree)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[:-1]) == (
        1,
        [f"{EVENTS}:1: file: may not be read; give yourself the right to read it"],
    )


def test_a_link_to_a_folder_that_holds_it_is_a_finding(tree: Path) -> None:
    (tree / "docs/all").symlink_to(".")
    assert check(tree) == (1, ["docs/all:1: file: is a link to a folder; put the folder itself here"])


def test_what_a_link_leads_to_is_not_published(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a key of this machine", encoding="utf-8")
    links = ("docs/issues/2/picture.png", "docs/notes.txt", "data/issues/3", "data/languages")
    for link in links:
        (tree / link).symlink_to(tmp_path / ("secret" if "." in link else ""))
    status, found = check(tree)
    assert status == 1
    for link in links:
        what = "; put the file" if "." in link else " to a folder; put the folder"
        assert f"{link}:1: file: is a link{what} itself here" in found


def test_what_editors_and_systems_leave_is_no_part_of_the_site(tree: Path) -> None:
    book, target = open_book(tree), Target("edition", "issues/2", 2)
    before = manifest.own_files(tree, "issues/2"), build_key.build_keys(tree, [target])
    for place in ("data", "data/issues", "data/issues/2", "docs", "docs/issues/2"):
        for name in (*LEFT_BEHIND, "~$index.md"):
            (tree / place / name).write_bytes(b"\xff locked")
    (tree / "data/issues/2/.#trade.csv").symlink_to("ada@context.4711")
    assert check(tree) == (0, [])
    assert (manifest.own_files(tree, "issues/2"), build_key.build_keys(tree, [target])) == before
    assert open_book(tree).published[0].publication == book.published[0].publication
