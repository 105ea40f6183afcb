"""The one test of the real data: it opens, and gives the numbers that the sources state (shared/SEEDS.md)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from macros.book import Book, open_book
from macros.indices import index

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book(ROOT)


@pytest.mark.parametrize(
    ("series", "aggregate", "positive", "negative"),
    [
        ("russia", 20, 22, -2),
        ("eu", -1, 11, -12),
        ("china", 8, 8, 0),
        ("us", -18, 4, -22),
        ("ukraine", -13, 12, -25),
        ("national-security", 4, 11, -7),
        ("regional-tension", -7, 6, -13),
    ],
)
def test_indices_of_issue_19(book: Book, series: str, aggregate: int, positive: int, negative: int) -> None:
    found = index(book, book.volume("issues/19"), series)
    assert (found.aggregate, found.positive, found.negative) == (aggregate, positive, negative)
    assert (found.band.id if found.band else None) == ("yellow" if series == "regional-tension" else None)


def test_catalogues_of_issue_19_are_whole(book: Book) -> None:
    issue = book.volume("issues/19")
    assert Counter(event.relationship for event in issue.events) == {"russia": 21, "eu": 18, "china": 8, "us": 24, "ukraine": 31}
    assert (len(issue.events), len(issue.incidents)) == (102, 22)


def test_papers_are_whole(book: Book) -> None:
    points = book.volume("non-papers/2020-forum").points
    assert points
    assert (len(points.points), len(points.sections)) == (35, 7)
    assert [point.id for point in points.points] == [f"p-{number}" for number in range(1, 36)]
    assert [point.id for point in points.points if point.section is None] == ["p-1"]
    assert len(book.volume("policy/2016-quest-for-security").recommendations) == 14
    assert len(book.volume("policy/2022-new-foreign-policy").recommendations) == 7
    assert book.volume("policy/2019-union-state").judgements
