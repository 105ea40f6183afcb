"""A publication from nothing: `new` begins it, `status` says what is open, `check --release` and `publish` refuse what is not finished."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from house import PAPER, Answer, House

from hooks.publishing import build
from hooks.publishing.cli import main
from macros.book import open_book

LONG = "Ferries, tolls and a quarrel about gates, and " + "what the three months brought to the river and to those who live on it. " * 3
FILLED = (
    ("keywords: []", "keywords: [ferries, tolls, gates]"),
    ("abstract:", f"abstract: {LONG}\n#"),
    ("original:", "original: compass-3\n#"),
)


@pytest.fixture
def tree(tmp_path: Path, make_fixture_tree: Callable[[Path], Path]) -> Path:
    return make_fixture_tree(tmp_path / "tree")


def run(root: Path, *words: str) -> Answer:
    """Run barometer in a tree; an exception that is let through fails the test."""
    done = CliRunner().invoke(main, [*words, "--root", str(root)], catch_exceptions=False)
    return Answer(done.exit_code, done.stdout, done.stderr)


def swap(path: Path, *pairs: tuple[str, str]) -> None:
    """Change a text; what is swapped must be there exactly once."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(f"\n{old}") == 1, old
        text = text.replace(f"\n{old}", f"\n{new}")
    path.write_text(text, encoding="utf-8")


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for room in ("data", "docs")
        for path in (root / room).rglob("*")
        if path.is_file()
    }


def test_a_new_issue_names_what_is_open_and_then_is_a_draft_that_is_built(make_built_tree: Callable[[Path], Path], tmp_path: Path) -> None:
    tree = make_built_tree(tmp_path / "tree")
    said = run(tree, "new", "issue")
    assert said.status == 0
    assert "wrote data/issues/3/publication.yml" in said.lines
    assert "make serve shows it at /issues/3/v1/" in said.lines
    assert [line.split(": ")[1] for line in said.lines if line.startswith("  data/")] == ["keywords", "abstract", "original"]
    swap(tree / "data/issues/3/publication.yml", *FILLED)
    assert run(tree, "check").status == 0
    title = open_book(tree).volume("issues/3").publication
    assert (title.number, str(title.period)) == (3, "2023-07/2023-09")
    build.build_site(tree, tree / "site", lambda _: None)
    assert not (tree / "site/issues/3").exists()
    status = run(tree, "status", "issues/3").stdout
    assert re.search(r"status draft, content [0-9a-f]{12}", status)
    assert "no rows yet" in status
    assert "still holds 4 prompts of a new page" in status


def test_a_dry_run_writes_nothing_and_nothing_is_ever_overwritten(tree: Path) -> None:
    before = content(tree)
    said = run(tree, "new", "issue", "--dry-run")
    assert "would write docs/issues/3/security.md" in said.lines
    assert content(tree) == before
    refused = run(tree, "new", "issue", "--number", "2")
    assert (refused.status, refused.lines[0]) == (1, "data/issues/2:1: file: is there already; nothing is written over it")
    assert content(tree) == before


@pytest.mark.parametrize(("kind", "place"), [("non-paper", "non-papers"), ("policy", "policy")])
def test_a_new_paper_takes_any_title_and_no_slug_that_is_a_path(tree: Path, kind: str, place: str) -> None:
    title = 'Tolls: "who pays" #2 {{ value("x") }} — & <b>why</b>'
    assert run(tree, "new", kind, "tolls-2024", "--title", title).status == 0
    page = (tree / f"docs/{place}/tolls-2024/index.md").read_text(encoding="utf-8")
    swap(tree / f"data/{place}/tolls-2024/publication.yml", ("keywords: []", "keywords: [tolls]"), ("abstract:", "abstract: Tolls.\n#"),
         ("publisher:", "publisher: Compass House\n#"), ("text: digest", "text: own"))  # fmt: skip
    assert run(tree, "check").stdout.startswith("checked")
    assert open_book(tree).volume(f"{place}/tolls-2024").publication.title == title
    assert page.startswith("---\ntitle: ")
    for slug in ("../x", "A b", "", "a/b"):
        before = content(tree)
        assert run(tree, "new", kind, slug, "--title", "T").status == 1
        assert content(tree) == before


def test_a_new_relationship_gets_a_page_in_every_draft(tree: Path) -> None:
    run(tree, "new", "issue")
    swap(tree / "data/issues/3/publication.yml", *FILLED)
    words = ("--label", "Lower Delta", "--title", "Relationship with the Lower Delta", "--partner", "amberland", "--colour", "#123456")
    said = run(tree, "new", "relationship", "delta", *words)
    assert said.status == 0, said.stdout
    assert "wrote docs/issues/3/delta.md" in said.lines
    assert run(tree, "check").status == 0
    assert run(tree, "new", "relationship", "delta", *words).lines[0].endswith("'delta' is there already; choose another")
    assert (
        run(tree, "new", "relationship", "del ta", *words).lines[0].startswith("data/relationships.yml:1: id: 'del ta' is not of the form")
    )


def test_check_of_one_publication_passes_over_the_others_and_counts_them(tree: Path) -> None:
    swap(tree / "data/issues/1/publication.yml", ("status: published", "status: printed"))
    assert run(tree, "check").status == 1
    assert run(tree, "check", "--only", "issues/2").lines == ["no findings in issues/2; 1 elsewhere"]
    assert run(tree, "check", "--only", "issues/9").lines[0].startswith("data/issues/9:1: file: is no publication; ")
    told = run(tree, "check", "--format", "github").lines[0]
    assert told.startswith("::error file=data/issues/1/publication.yml,line=")
    assert run(tree, "check", "--format", "json").stdout.startswith('[\n {\n  "path": "data/issues/1/publication.yml"')


def test_publish_refuses_what_is_not_finished_and_takes_a_warning_with_a_reason(house: House) -> None:
    page = house.root / "docs/policy/open-river/index.md"
    page.write_text(page.read_text() + "\nTODO: ask the pilots. Some 47% of them pay.\n")
    house.announce(PAPER, 2, "revision", "What the pilots say.")
    house.commit()
    before = house.head()
    refused = house.run("publish")
    assert refused.status == 1
    assert [line.split(": ", 2)[1] for line in refused.lines if line.startswith("docs/policy")] == ["number", "text"]
    assert house.head() == before
    page.write_text(page.read_text().replace("TODO: ask the pilots. ", ""))
    release = house.root / "data/policy/open-river/release.yml"
    release.write_text(release.read_text() + "  text-number: A guess of the pilots, told as such.\n")
    assert f"publish: {PAPER} (edition 2, revision: What the pilots say.)" in house.run("publish", "--dry-run").lines


def test_what_was_approved_must_be_what_is_published(house: House) -> None:
    release = house.root / "data/policy/open-river/release.yml"
    code = re.search(r"content ([0-9a-f]{12})", house.run("status", "policy/open-river").stdout)
    assert code
    kept = release.read_text()
    release.write_text(f"writers: [Ada]\n{kept}approvals:\n  - {{name: Ada, date: 2024-05-01, content: {code[1]}}}\n")
    assert "Ada wrote it alone and approved it alone" in house.run("check", "--release").stdout
    release.write_text(f"writers: [Ada]\n{kept}approvals:\n  - {{name: Ben, date: 2024-05-01, content: {code[1]}}}\n")
    assert house.run("check", "--release").status == 0
    page = house.root / "docs/policy/open-river/index.md"
    page.write_text(page.read_text() + "\nOne more word.\n")
    assert f"Ben approved {code[1]}, and the content is now " in house.run("check", "--release").stdout


def test_a_draft_has_a_review_and_a_bundle_for_one_reader(tree: Path, tmp_path: Path) -> None:
    run(tree, "new", "issue")
    swap(tree / "data/issues/3/publication.yml", *FILLED)
    rows = "3-veldia-01,veldia,2023-07-03,Ministers meet,2,compass-2\n3-veldia-02,veldia,2023-09-01,They part,-1,veldia-herald-hauliers\n"
    rows += "3-river-5-01,river-5,2023-07-03,Ministers meet,1,compass-2\n"
    events = tree / "data/issues/3/events.csv"
    events.write_text(events.read_text(encoding="utf-8") + rows, encoding="utf-8")
    out = tmp_path / "draft.zip"
    assert run(tree, "bundle", "issues/3", "--for", "A <Reader>", "--out", str(out)).status == 0
    with zipfile.ZipFile(out) as packed:
        pages = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".html")}
    assert "issues-3-draft/index.html" in pages
    assert all(page.count("Draft for A &lt;Reader&gt;, not for quotation") == 1 for page in pages.values())
    review = re.sub(r"<[^>]*>|\s+", " ", pages["issues-3-draft/review/index.html"])
    assert re.search(r"The same event in two relationships +Ministers meet \(3-river-5-01, 3-veldia-01\)", review)
    assert "4 July–31 August 2023: 59 days" in review or "59 days" in review
    assert re.search(r"Sum +\+1 +\+1", review)
    assert "Review" not in (tree / "docs/issues/2/index.md").read_text(encoding="utf-8")
    refused = run(tree, "bundle", "issues/2", "--for", "Ben", "--out", str(out))
    assert refused.lines[0] == "data/issues/2:1: file: is no draft; did you mean 'issues/3'? allowed: issues/3"
