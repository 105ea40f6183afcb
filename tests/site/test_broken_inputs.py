"""Every broken input gives exactly its finding, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from broken import BROKEN, Broken, elsewhere
from click.testing import CliRunner
from trees import FIXTURES, ROOT

from hooks.publishing.cli import main

GOOD, PORTAL = FIXTURES / "good", FIXTURES / "portal"


def run(job: str, root: Path) -> tuple[int, list[str]]:
    """Exit status and findings of the program; its last line is a count."""
    result = CliRunner().invoke(main, [job, "--root", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout.splitlines()[:-1]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the good tree with something in site/ that no failing run may touch."""
    for part in (GOOD, PORTAL):
        shutil.copytree(part, tmp_path / "tree", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "tree")
    (tmp_path / "tree" / "site").mkdir()
    (tmp_path / "tree" / "site" / "marker").write_text("built yesterday")
    return tmp_path / "tree"


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def fits(line: str, expected: str) -> bool:
    """Whether a finding is the expected one; an expected line ending in `…` says only how it begins."""
    return line.startswith(expected[:-1]) if expected.endswith("…") else line == expected


def test_good_tree_has_no_finding(tree: Path) -> None:
    assert run("check", tree) == (0, [])


ALONE = [pytest.param(broken, id=broken.name.replace(" ", "-")) for broken in BROKEN if broken.alone]
TOGETHER = [
    pytest.param(broken, id=broken.name.replace(" ", "-"), marks=pytest.mark.stress)  # `make test` finds them in one run, below
    for broken in BROKEN
    if not broken.alone
]


@pytest.mark.parametrize("job", ["check", pytest.param("build", marks=pytest.mark.stress)])
@pytest.mark.parametrize("broken", [*ALONE, *TOGETHER])
def test_each_fault_gives_exactly_its_finding(broken: Broken, job: str, tree: Path) -> None:
    for edit in broken.edits:
        edit.apply(tree)
    before = state(tree)
    status, lines = run(job, tree)
    assert status == 1
    assert len(lines) == len(broken.findings), "\n".join(lines)
    assert all(map(fits, lines, broken.findings)), "\n".join(lines)
    assert state(tree) == before


def test_all_faults_in_one_tree_are_found_in_one_run(tree: Path) -> None:
    together = [broken for broken in BROKEN if not broken.alone]
    moved = [elsewhere(broken, copy, tree) if broken.place else broken for copy, broken in enumerate(together, 1)]
    for broken in moved:
        for edit in broken.edits:
            edit.apply(tree)
    before = state(tree)
    status, lines = run("check", tree)
    assert run("build", tree) == (status, lines)
    assert state(tree) == before
    expected = [line for broken in moved for line in broken.findings]
    assert [line for line in expected if not any(fits(one, line) for one in lines)] == []
    assert [line for line in lines if not any(fits(line, one) for one in expected)] == []
    assert len(lines) == len(expected)


def test_names_and_findings_are_unique() -> None:
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 65
