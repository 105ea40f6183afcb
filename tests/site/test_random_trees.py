"""Whatever `check` accepts, `build` builds: random small monitors, checked, built, proofread."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from random_trees import lay, trees

from hooks.publishing import build

ROUNDS = settings(
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a tree would build it hundreds of times
)
Program = Callable[..., Path]


def check_and_build(files: Mapping[str, str], program: Program) -> None:
    """Lay a tree, check it, and build it."""
    with tempfile.TemporaryDirectory() as place:
        root = lay(files, program(Path(place)))
        build.check(root)
        build.build_site(root, root / "site", lambda _: None)
        assert (root / "site" / "index.html").is_file()


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a whole tree is printed where it fails
@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=pytest.mark.stress)])
def test_what_check_accepts_is_built(rounds: int, lay_program: Program) -> None:
    """The trees follow every rule, so that none of them may be refused either."""

    @settings(ROUNDS, max_examples=rounds)
    @given(trees())
    def every(files: Mapping[str, str]) -> None:
        check_and_build(files, lay_program)

    every()


def test_a_monitor_of_nothing_is_built(make_built_tree: Program, tmp_path: Path) -> None:
    """No relationship, no source, no publication, and no page of relationships."""
    root = make_built_tree(tmp_path / "tree")
    for place in ("issues", "policy", "non-papers"):
        for folder in (root / "data" / place, *(path for path in (root / "docs" / place).iterdir() if path.is_dir())):
            shutil.rmtree(folder)
    (root / "data/relationships.yml").write_text("[]\n")
    (root / "data/sources.yml").write_text("{}\n")
    (root / "data/published_indices.csv").unlink()
    shutil.rmtree(root / "docs/relationships")
    (root / "docs/trade.md").write_text("---\ntitle: Trade\ndescription: None yet.\n---\n\n{{ trade() }}\n")
    build.build_site(root, root / "site", lambda _: None)
    home = (root / "site/index.html").read_text()
    assert "Security" in home
    assert 'href="relationships/"' not in home
    assert "Nothing to draw yet" in (root / "site/security/index.html").read_text()


def test_a_publication_without_rows_and_charts_is_built(make_built_tree: Program, tmp_path: Path) -> None:
    """It has no list of references of rows, and no page leads to one."""
    root = make_built_tree(tmp_path / "tree")
    (root / "data/non-papers/water-talks/points.yml").unlink()
    (root / "docs/non-papers/water-talks/index.md").write_text("---\ntitle: Talks\ndescription: What was said.\n---\n\nWords.\n")
    build.build_site(root, root / "site", lambda _: None)
    pages = list((root / "site/non-papers/water-talks/v1").rglob("*.html"))
    assert len(pages) > 2
    assert not any("#references" in page.read_text() for page in pages)


def test_signs_of_markdown_in_data_print_as_written(make_built_tree: Program, tmp_path: Path) -> None:
    root = make_built_tree(tmp_path / "tree")
    words = root / "data/vocabularies.yml"
    words.write_text(words.read_text().replace('after: " million crowns"', 'after: " [crowns](y) *m* `c` [^1] a|b \\\\"'))
    build.build_edition(root, "issues/2", root / "site", lambda _: None)
    page = (root / "site/issues/2/v2/veldia/index.html").read_text()
    assert "120.5 [crowns](y) *m* `c` [^1] a|b \\</a>" in unescape(page)
