"""YAML: values, their lines, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.problems import Problem
from macros.yaml_lines import below, read


@pytest.mark.parametrize("text", ["[" * 300_000, "- " * 2000 + "x", "{a: " * 1500 + "1" + "}" * 1500, f"a:\n  {'[' * 21}{']' * 21}"])
def test_what_is_nested_without_end_is_one_finding(text: str) -> None:
    problems: list[Problem] = []
    assert read(text, "a.yml", problems) is None
    assert [problem.message for problem in problems] == ["holds lists or keys more than 20 levels deep; a data file needs five"]
    assert problems[0].line == 1 + text.count("\n")


def value(text: str) -> Any:
    problems: list[Problem] = []
    found = read(text, "a.yml", problems)
    assert found
    assert problems == []
    return found[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1", {"a": 1}),
        ("a: -12", {"a": -12}),
        ("a: 1.5", {"a": "1.5"}),
        ("a: 007", {"a": "007"}),
        ("a: 0x1f", {"a": "0x1f"}),
        ("a: 1_000", {"a": "1_000"}),
        ('a: "19"', {"a": "19"}),
        ("a: 2021-01-04", {"a": "2021-01-04"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: no", {"a": "no"}),
        ("a: True", {"a": True}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ('a: ""', {"a": ""}),
        ("a: [x, 2]", {"a": ["x", 2]}),
        ("-1: minus\n2: plus", {-1: "minus", 2: "plus"}),
        ("a: " + "9" * 5000, {"a": "9" * 5000}),
    ],
    ids=lambda given: given[:20] if isinstance(given, str) else "",
)
def test_plain_values_have_one_meaning(text: str, wanted: Any) -> None:
    found = value(text)
    assert found == wanted
    assert [type(one) for one in found.values()] == [type(one) for one in wanted.values()]


def test_every_value_has_its_line() -> None:
    text = "a: 1\nb:\n  - x\n  - c: 2\n    d: |\n      one\n      two\ne: {f: 3}\n"
    found = read(text, "a.yml", [])
    assert found
    assert found[1] == {"": 1, "a": 1, "b": 2, "b.0": 3, "b.1": 4, "b.1.c": 4, "b.1.d": 5, "e": 8, "e.f": 8}


def test_below_is_the_same_seen_from_inside() -> None:
    assert below({"": 1, "b": 2, "b.0": 3, "bc": 4}, "b") == {"": 2, "0": 3}


@pytest.mark.parametrize(
    ("text", "line", "field", "message"),
    [
        ("a: 1\na: 2", 2, "a", "is here twice; each key stands once"),
        ("a: {b: 1,\n b: 2}", 2, "b", "is here twice; each key stands once"),
        ("a: 1\n'a': 2", 2, "a", "is here twice; each key stands once"),
        ("a: !!python/object:os.system x", 1, "file", "holds the YAML tag '!!python/object:os.system'; plain values only"),
        ("\na: !env X", 2, "file", "holds the YAML tag '!env'; plain values only"),
        ("a: &x 1", 1, "file", "holds the YAML anchor '&x'; write the value out each time"),
        ("a: &x [*x]", 1, "file", "holds the YAML anchor '&x'; write the value out each time"),
        ("a: *x", 1, "file", "does not parse as YAML: found undefined alias"),
        (
            "title: Barometer #19\nb: 1",
            1,
            "file",
            "is cut off before '#19', which YAML takes for a comment; put the whole text in double quotes",
        ),
        ("a: [1", 2, "file", "does not parse as YAML: did not find expected ',' or ']'"),
        ("a: b: c", 1, "file", "does not parse as YAML: a text holds a colon followed by a space; put it in double quotes"),
        ("a: 1\n---\nb: 2", 2, "file", "does not parse as YAML: but found another document"),
        ("# nothing", 1, "file", "is empty"),
        ("", 1, "file", "is empty"),
    ],
)
def test_faults_are_named_with_their_line(text: str, line: int, field: str, message: str) -> None:
    problems: list[Problem] = []
    read(text, "a.yml", problems)
    assert problems == [Problem("a.yml", line, field, message)]


@given(st.text() | st.text("ab:-[]{}&*!#|>'\" \n\t1~", max_size=60))
def test_any_text_is_read_or_reported(text: str) -> None:
    problems: list[Problem] = []
    assert read(text, "a.yml", problems) or problems
