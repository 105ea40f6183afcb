"""A difference that is taken apart adds up to itself, whatever the scores are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from macros import comparison, indices
from macros.book import Book
from macros.comparison import Comparison, Side, steps
from macros.model import Event
from macros.pages.compare import bars

SCORES = st.lists(st.integers(-20, 20), min_size=1, max_size=60)


def side(scores: list[int]) -> Side:
    rows = tuple((Event.model_construct(id=f"1-a-{at:02}", score=score), score) for at, score in enumerate(scores))
    return Side(1, None, sum(scores), "", rows)


@given(SCORES, SCORES)
def test_the_steps_add_up_to_the_difference(before: list[int], after: list[int]) -> None:
    found = steps(before, after)
    assert sum(step.points for step in found) == sum(after) - sum(before)
    assert (sum(step.before for step in found), sum(step.after for step in found)) == (len(before), len(after))
    assert [step.score for step in found] == sorted({*before, *after}, reverse=True)


@given(SCORES, SCORES)
def test_parts_and_bars_lead_from_one_index_to_the_other(before: list[int], after: list[int]) -> None:
    compared = Comparison(side(before), side(after))
    plus = compared.after.positive - compared.before.positive
    minus = compared.after.negative - compared.before.negative
    assert plus + minus == compared.difference == sum(step.points for step in compared.steps)
    assert plus == sum(step.points for step in compared.steps if step.score > 0)
    first, *middle, last = bars(compared)
    assert all(one.begin >= 0 and one.begin + one.length <= 100.02 for one in (first, *middle, last))
    end = first.zero + (first.length if sum(before) > 0 else -first.length)
    for one, step in zip(middle, compared.steps, strict=True):
        assert abs((one.begin + one.length if one.down else one.begin) - end) < 0.2
        end += -one.length if step.points < 0 else one.length
    assert abs(end - (last.zero + (last.length if sum(after) > 0 else -last.length))) < 1


def test_issues_of_the_book_are_compared_by_their_computed_indices(fixture_book: Book) -> None:
    found = comparison.compare(fixture_book, 1, 2)
    newer, older = fixture_book.issues
    assert list(found) == ["veldia", "river-5", "home-safety", "basin-calm"]
    for series, compared in found.items():
        one, two = (indices.index(fixture_book, volume, series).aggregate for volume in (older, newer))
        assert (compared.before.value, compared.after.value, compared.difference) == (one, two, two - one)
        assert sum(step.points for step in compared.steps) == two - one


def test_of_an_issue_without_events_the_value_alone_is_compared(fixture_book: Book) -> None:
    found = comparison.compare(fixture_book, 2, 3)
    assert {series: (one.difference, one.parted, one.steps) for series, one in found.items()} == {
        "veldia": (-8, False, ()),
        "basin-calm": (None, False, ()),
    }
    assert found["basin-calm"].after.band == "Storm"


def test_neighbours_follow_one_another_and_state_the_same_index(fixture_book: Book) -> None:
    assert comparison.neighbours(fixture_book) == ((1, 2), (2, 3))
    assert comparison.neighbours(replace(fixture_book, published_indices=())) == ((1, 2),)
    assert comparison.neighbours(replace(fixture_book, volumes=(), published_indices=())) == ()
