"""The Book: everything valid, in order, frozen."""

from __future__ import annotations

import shutil
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from pydantic import ValidationError

from macros.book import Book, bind, open_book
from macros.load import load
from macros.problems import DataError
from macros.validate import validate

GOOD = Path(__file__).parents[1] / "fixtures" / "good"


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book(GOOD)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD / "data", tmp_path / "data")).parent


def test_the_whole_tree_is_in_the_book(book: Book) -> None:
    assert book.series.country == "Kestria"
    assert [one.id for one in book.relationships] == ["veldia", "river-5", "amberland"]
    assert [volume.address for volume in book.volumes] == ["issues/1", "issues/2", "non-papers/water-talks", "policy/open-river"]
    paper, talks = book.volume("policy/open-river"), book.volume("non-papers/water-talks")
    assert (len(paper.recommendations), len(paper.judgements), len(paper.figures), len(paper.trade)) == (3, 2, 9, 3)
    assert talks.points is not None
    assert (len(talks.points.points), len(talks.points.sections)) == (4, 2)
    assert {one.kind for one in paper.publication.figures} == {"structure", "comparison", "series", "table"}


def test_events_stand_in_order_of_first_day_last_day_id(book: Book) -> None:
    events = book.volume("issues/2").events
    assert [event.id for event in events] == ["2-veldia-01", "2-veldia-02", "2-veldia-03", "2-river-5-02", "2-river-5-01"]


def test_issues_stand_newest_first_and_editions_last(book: Book) -> None:
    assert [issue.publication.number for issue in book.issues] == [2, 1]
    assert [(issue.edition.number, issue.edition.kind) for issue in book.issues] == [(2, "revision"), (2, "correction")]


def test_covered_are_the_relationships_with_events_in_the_order_of_the_list(book: Book) -> None:
    assert [[one.id for one in book.covered(issue)] for issue in book.issues] == [["veldia", "river-5"], ["veldia", "river-5", "amberland"]]


def test_numbers_are_found_by_id(book: Book) -> None:
    paper = book.volume("policy/open-river")
    assert set(paper.quantities) == {*(row.id for row in paper.trade), *(row.id for row in paper.figures)}
    assert str(paper.quantities["river-balance-2021"].value) == "-200"
    assert paper.declared("money").title == "Tolls"


def test_drafts_are_in_the_book_but_in_no_list(tree: Path) -> None:
    path = tree / "data/issues/2/publication.yml"
    path.write_text(path.read_text().replace("status: published", "status: draft"))
    book = open_book(tree)
    assert book.volume("issues/2").publication.status == "draft"
    assert [issue.address for issue in book.issues] == ["issues/1"]


def test_nothing_can_be_changed(book: Book) -> None:
    with pytest.raises(FrozenInstanceError):
        book.volumes = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        book.sources["compass-1"] = book.sources["compass-2"]  # type: ignore[index]
    with pytest.raises(ValidationError, match="frozen"):
        book.issues[0].events[0].score = 3  # type: ignore[misc]


def test_a_faulty_tree_gives_every_finding_and_no_book(tree: Path) -> None:
    path = tree / "data/issues/2/events.csv"
    path.write_text(path.read_text().replace("Senn,4,", "Senn,6,").replace("-4,compass", "-6,compass"))
    with pytest.raises(DataError) as caught:
        open_book(tree)
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [(2, "score"), (6, "score")]
    files = load(tree)
    partial = bind(files, validate(files))
    assert partial
    assert [volume.address for volume in partial.volumes] == ["issues/1", "non-papers/water-talks", "policy/open-river"]


def test_without_a_shared_file_there_is_no_book_at_all(tree: Path) -> None:
    (tree / "data/vocabularies.yml").unlink()
    with pytest.raises(DataError, match=r"data/vocabularies\.yml:1: file: is missing"):
        open_book(tree)


def test_shared_lists_may_be_empty_where_nothing_refers_to_them(tree: Path) -> None:
    for place in ("issues", "policy", "non-papers"):
        shutil.rmtree(tree / "data" / place)
    (tree / "data/published_indices.csv").unlink()
    (tree / "data/relationships.yml").write_text("[]\n")
    (tree / "data/sources.yml").write_text("{}\n")
    book = open_book(tree)
    assert (book.relationships, dict(book.sources), book.volumes) == ((), {}, ())


def test_what_refers_to_an_empty_list_is_a_finding(tree: Path) -> None:
    (tree / "data/relationships.yml").write_text("[]\n")
    with pytest.raises(DataError) as caught:
        open_book(tree)
    assert "data/issues/1/events.csv:2: relationship: 'veldia' is not one of the relationships; allowed: none" in str(caught.value)
