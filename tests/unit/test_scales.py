"""Scales of any kind: steps, directions, means, weights, bands either way; what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from trees import FIXTURES, findings, fixture_tree

from macros import indices
from macros.book import Book, Volume, open_book
from macros.charts import Drawing, draw
from macros.fields import exact
from macros.load import load
from macros.model import Incident
from macros.pages.context import BuildContext
from macros.scales import Band, ScoreScale, band_of
from macros.target import Target
from macros.validate import validate
from macros.words import signed, within

EVENTS, INCIDENTS, SCALES = "data/issues/2/events.csv", "data/issues/2/incidents.csv", "data/scales.yml"
TALLEST = 1600
"""Two screens of a laptop, in px."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return fixture_tree(tmp_path / "tree")


def scale(**given: object) -> ScoreScale:
    return ScoreScale.model_validate({"lowest": "-5", "highest": "5", "zero": True, "meanings": {}, **given})


def drawn(chart: str, book: Book, volume: Volume, **arguments: str) -> Drawing:
    return draw(chart, book, volume, BuildContext(book, Target("portal")).links, **arguments)


@given(st.lists(st.integers(-50, 50), min_size=1), st.sampled_from(["0.1", "0.5", "0.0001", "1"]))
def test_sums_of_steps_are_exact(steps: list[int], step: str) -> None:
    of_steps = scale(step=step)
    positive, negative = (exact(sum(Decimal(one) * Decimal(step) for one in steps if (one > 0) is above)) for above in (True, False))
    parts = of_steps.parts(positive, negative, len(steps))
    assert parts.aggregate == Decimal(sum(steps)) * Decimal(step)
    assert parts.positive + parts.negative == parts.aggregate


@given(st.lists(st.integers(-50, 50), min_size=1), st.integers(0, 4))
def test_a_mean_is_rounded_once_and_its_parts_make_it(scores: list[int], places: int) -> None:
    parts = scale(index="mean", decimals=places).parts(
        sum(one for one in scores if one > 0), sum(one for one in scores if one < 0), len(scores)
    )
    assert abs(Decimal(parts.aggregate) - Decimal(sum(scores)) / len(scores)) <= Decimal(5).scaleb(-places - 1)
    assert parts.positive + parts.negative == parts.aggregate


def test_a_weighted_mean_counts_each_score_by_its_weight() -> None:
    of_weights = scale(index="mean", weighted=True)
    assert of_weights.parts(Decimal("7.5"), 0, Decimal("2.5")).aggregate == 3


def test_one_tenth_and_two_tenths_are_three() -> None:
    assert signed(exact(Decimal("0.1") + Decimal("0.2"))) == "+0.3"
    assert signed(exact(Decimal("2.0"))) == "+2"
    assert signed(-100000) == "−100,000"


@pytest.mark.parametrize(("label", "told"), [("Home safety", "home safety"), ("RISK points", "RISK points"), ("X", "X")])
def test_a_label_within_a_sentence_keeps_its_capitals(label: str, told: str) -> None:
    assert within(label) == told


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"lowest": "-4.5"}, "lowest -4.5 is no multiple of step 1"),
        ({"step": "0"}, "greater than 0"),
        ({"lowest": "-2000000"}, "greater than or equal to -1000000"),
        ({"highest": "-6"}, "lowest -5 is above highest -6"),
    ],
)
def test_what_no_scale_can_be_is_refused(given: Mapping[str, str], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        scale(**given)


def bands(*limits: tuple[str | None, str | None]) -> list[Band]:
    rest = {"colour": "#000000", "shape": "circle", "published": "as it is", "meaning": "what it is"}
    return [
        Band.model_validate({"id": f"b-{at}", "label": f"B {at}", "lowest": low, "highest": high, **rest})
        for at, (low, high) in enumerate(limits)
    ]


@pytest.mark.parametrize(("value", "name"), [(-9, "b-0"), (0, "b-0"), (Decimal("0.1"), "b-1"), (Decimal("2.5"), "b-1"), (3, "b-2")])
def test_bands_may_run_up(value: int, name: str) -> None:
    rising = bands((None, "0"), ("0.1", "2.5"), ("2.6", None))
    falling = rising[::-1]
    assert [band.id for band in (band_of(rising, value), band_of(falling, value)) if band] == [name, name]


def test_rising_bands_are_checked_by_the_step_of_their_index() -> None:
    assert list(map(str, validate(load(FIXTURES / "rivers")))) == []


def test_a_score_between_two_steps_is_a_finding(tree: Path) -> None:
    found = findings(tree, (SCALES, "  highest: 5\n", "  highest: 5\n  step: 0.5\n"), (EVENTS, "Senn,4,", "Senn,3.7,"))
    assert f"{EVENTS}:2: score: '3.7' is between two steps; scores go in steps of 0.5" in found


def test_one_score_of_an_incident_may_be_empty_where_the_scale_says_so(tree: Path) -> None:
    empty = (INCIDENTS, "-1,-2,movements", "-1,,movements")
    needed = "What it did to the region, on the same scale; minus is more tension"
    assert f"{INCIDENTS}:2: regional: is empty; fill it in: {needed}" in findings(tree, empty)
    either = (SCALES, "security:\n  lowest: -2\n", "security:\n  needs: either\n  lowest: -2\n")
    assert not [line for line in findings(tree, either) if ": regional:" in line]
    neither = (INCIDENTS, "-1,,movements", ",,movements")
    assert [line for line in findings(tree, neither) if line.startswith(f"{INCIDENTS}:2: national: is empty")]


def test_weights_stand_on_weighted_scales_alone(tree: Path) -> None:
    text = (tree / EVENTS).read_text(encoding="utf-8").splitlines()
    (tree / EVENTS).write_text("\n".join([f"{text[0]},weight", *(f"{line},2.5" for line in text[1:])]) + "\n", encoding="utf-8")
    assert f"{EVENTS}:2: weight: stands on a scale that is not weighted" in findings(tree)
    found = findings(tree, (SCALES, "  highest: 5\n", "  highest: 5\n  weighted: true\n"))
    assert not [line for line in found if line.startswith(f"{EVENTS}:2: weight")]
    assert "data/issues/1/events.csv:2: weight: is empty; each row of a weighted scale has one" in found


def test_scores_without_a_scale_are_a_finding(tree: Path) -> None:
    (tree / SCALES).unlink()
    assert f"{EVENTS}:2: score: is on no scale; state `relationship` in data/scales.yml" in findings(tree)


def test_without_words_for_its_axes_a_chart_says_none(tree: Path) -> None:
    findings(tree, (SCALES, ", up: stronger, down: weaker", ""), (SCALES, ", up: calmed, down: strained", ""))
    book = open_book(tree)
    spec = json.dumps(drawn("incidents", book, book.volume("issues/2")).spec, ensure_ascii=False)
    assert "↑ Basin calm" in spec
    assert "calmed" not in spec
    assert "weaker" not in spec


@pytest.fixture(scope="module")
def rivers() -> Book:
    return open_book(FIXTURES / "rivers")


def test_indices_of_means_and_of_one_score(rivers: Book) -> None:
    found = {index.series: index for index in indices.indices(rivers, rivers.volume("issues/1"))}
    assert {name: index.aggregate for name, index in found.items()} == {
        "ouse": Decimal("2.43"),
        "tarn": Decimal("1.15"),
        "flooded": 12800,
        "risk": 40,
    }
    assert [index.rows for index in found.values()] == [3, 4, 2, 1]
    assert {index.sign for index in found.values()} == {-1}
    assert found["risk"].band == rivers.scales.tension[0]


def flood(at: int) -> Incident:
    """One of many incidents, of any score of a wide scale."""
    row = {"id": f"1-security-{at + 1:02}", "date": f"1890-{at % 12 + 1:02}-{at % 28 + 1:02}", "event": f"Flood {at}"}
    return Incident.model_validate(
        row | {"national": at * 1690, "regional": (at * 7919) % 100_001, "category": "floods", "source": "ledger-1"}
    )


@pytest.mark.parametrize("chart", ["board", "events", "incidents", "tension"])
def test_no_chart_of_a_wide_scale_is_higher_than_two_screens(rivers: Book, chart: str) -> None:
    arguments = {"relationship": "flooded"} if chart == "events" else {}
    volume = rivers.volume("issues/1")
    for wide in (volume, replace(volume, incidents=tuple(flood(at) for at in range(60)))):
        drawing = drawn(chart, replace(rivers, volumes=(wide,)), wide, **arguments)
        assert max([0, *(spec["height"] for spec in (drawing.spec, drawing.narrow) if spec)]) < TALLEST


def test_colours_follow_the_direction(rivers: Book) -> None:
    spec = json.dumps(drawn("events", rivers, rivers.volume("issues/1"), relationship="ouse").spec)
    assert "#c2571a" in spec
    assert "#2b6cb0" not in spec


def test_a_mean_is_not_told_as_a_sum(rivers: Book) -> None:
    drawing = drawn("events", rivers, rivers.volume("issues/1"), relationship="ouse")
    told = f"{drawing.words.finding} {drawing.words.sentence}"
    assert "OUSE Board: 3 events make an index of +2.43" in told
    assert "+7.3" not in told
