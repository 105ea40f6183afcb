"""Findings and the words in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.problems import BarometerError, DataError, Problem, allowed, summarised

ONE = Problem("data/a.csv", 2, "score", "5 is outside -3..3")
TWO = Problem("data/a.csv", 10, "id", "is here twice")


def test_a_finding_is_one_line() -> None:
    assert str(ONE) == "data/a.csv:2: score: 5 is outside -3..3"


def test_findings_stand_in_order_of_line_and_once() -> None:
    error = DataError([TWO, ONE, TWO])
    assert error.problems == (ONE, TWO)
    assert str(error).splitlines() == [str(ONE), str(TWO)]
    assert isinstance(error, BarometerError)


@pytest.mark.parametrize(
    ("word", "words", "said"),
    [
        ("vedlia", ["amberland", "veldia"], "did you mean 'veldia'? allowed: amberland, veldia"),
        ("xyz", ["amberland", "veldia"], "allowed: amberland, veldia"),
        ("anything", [], "allowed: none"),
        (2, [1, 20], "did you mean '20'? allowed: 1, 20"),
        ("z", range(41), "allowed: 4, 5, 6, 7, 8, 9, 37, 38, 39, 40 and 31 more"),
        ("b\u0430nk", ["bank"], "did you mean 'bank'? '\u0430' is U+0430 CYRILLIC SMALL LETTER A; allowed: bank"),
    ],
    ids=["near", "far", "nothing", "numbers", "many", "look-alike"],
)
def test_allowed_names_the_nearest_and_the_rest(word: object, words: list[object], said: str) -> None:
    assert allowed(word, words) == said


@given(st.text(min_size=1), st.lists(st.text(), min_size=1))
def test_a_right_word_is_its_own_nearest(word: str, words: list[str]) -> None:
    assert allowed(word, [word, *words]).startswith(f"did you mean '{word}'? ")


def test_many_findings_alike_are_one_line_with_their_number() -> None:
    alike = [Problem("data/a.csv", line, "score", f"{line} is outside -3..3") for line in range(2, 1002)]
    few = [Problem("data/b.csv", line, "score", f"{line} is outside -3..3") for line in (4, 5)]
    assert summarised([*alike, *few, ONE]) == [
        "data/a.csv:2: score: 2 is outside -3..3 (and 1000 more like this, down to line 2)",
        *map(str, few),
    ]
    assert summarised(alike) == ["data/a.csv:2: score: 2 is outside -3..3 (and 999 more like this, down to line 1001)"]
