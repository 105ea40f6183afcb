"""Rules across rows. Each rule's finding stands in tests/site/broken.py; here are its edges."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.load import load
from macros.validate import ROW_RULES, SUM_RULES, validate

GOOD = Path(__file__).parents[1] / "fixtures" / "good"
ISSUE = "data/issues/2"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD / "data", tmp_path / "data")).parent


def findings(root: Path, *swaps: tuple[str, str, str]) -> list[str]:
    """Findings after texts were swapped in files."""
    for name, old, new in swaps:
        path = root / name
        assert path.read_text().count(old) == 1, (name, old)
        path.write_text(path.read_text().replace(old, new))
    return list(map(str, validate(load(root))))


def test_good_tree_passes_every_rule() -> None:
    files = load(GOOD)
    assert [(rule.__name__, found) for rule in ROW_RULES if (found := list(rule(files)))] == []
    assert [(rule.__name__, found) for rule in SUM_RULES if (found := list(rule(files, set())))] == []


@pytest.mark.parametrize("rule", [*ROW_RULES, *SUM_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_holds(rule: object) -> None:
    assert rule.__doc__


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("218.6", True),
        ("218.7", True),
        ("218.8", True),
        ("218.85", False),
        ("218.9", False),
        ("219", True),
        ("220", False),
        ("-218.7", False),
    ],
)
def test_turnover_may_differ_by_rounding_alone(tree: Path, value: str, fits: bool) -> None:
    assert (findings(tree, (f"{ISSUE}/trade.csv", ",218.8,", f",{value},")) == []) is fits


def test_sums_leave_inexact_numbers_alone(tree: Path) -> None:
    assert findings(tree, (f"{ISSUE}/trade.csv", "218.8,crown-million,,", "300,crown-million,about,")) == []


def test_one_fault_is_not_reported_twice(tree: Path) -> None:
    found = findings(tree, (f"{ISSUE}/events.csv", "Senn,4,", "Senn,9,"))
    assert found == [f"{ISSUE}/events.csv:2: score: 9 is outside -5..5"]


def test_a_source_at_fault_does_not_hide_an_unknown_one(tree: Path) -> None:
    swaps = (("data/sources.yml", "https://customs", "gopher://customs"), (f"{ISSUE}/events.csv", "5,river-five-chair", "5,river-six"))
    assert [line.split(": ")[:2] for line in findings(tree, *swaps)] == [
        [f"{ISSUE}/events.csv:5", "source"],
        ["data/sources.yml:24", "url"],
    ]


def test_a_scale_with_a_floor_is_a_finding_and_no_crash(tree: Path) -> None:
    low = (("data/issues/2/incidents.csv", "protocol,2,1", "protocol,2,-2"), ("data/scales.yml", "lowest:\n", "lowest: -4\n"))
    stated = (f"{ISSUE}/publication.yml", "{aggregate: -2, positive: 1, negative: -3, band: haze}", "{aggregate: -5, band: storm}")
    assert [line.partition(": ")[0] for line in findings(tree, *low, stated)] == ["data/scales.yml:42"]


@pytest.mark.parametrize(
    ("day", "fits"),
    [("2023-04-01", True), ("2023-06-30", True), ("2023-06-25/2023-07-05", True), ("2023-03-31", False), ("2023-07-01", False)],
)
def test_an_event_begins_within_its_issue(tree: Path, day: str, fits: bool) -> None:
    assert (findings(tree, (f"{ISSUE}/events.csv", "2023-04-03", day)) == []) is fits


def test_the_same_words_on_another_day_or_of_another_side_are_another_event(tree: Path) -> None:
    first = "2023-04-03,Foreign ministers open a shared customs post at Senn"
    other = "2023-05-25/2023-06-~15,Four members vote against a Kestrian draft"
    assert findings(tree, (f"{ISSUE}/events.csv", other, first)) == []


def test_findings_are_sorted_and_whole(tree: Path) -> None:
    swaps = (
        (f"{ISSUE}/events.csv", "Senn,4,", "Senn,9,"),
        (f"{ISSUE}/events.csv", "draft,-4", "draft,-9"),
        ("data/policy/open-river/recommendations.yml", "theme: water", "theme: wine"),
    )
    assert [line.partition(": ")[0] for line in findings(tree, *swaps)] == [
        f"{ISSUE}/events.csv:2",
        f"{ISSUE}/events.csv:6",
        "data/policy/open-river/recommendations.yml:22",
    ]
