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
    assert findings(tree, (f"{ISSUE}/trade.csv", "218.8,,crown-million,,", "300,,crown-million,about,")) == []


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


def test_both_indices_of_security_have_an_id_of_their_own(tree: Path) -> None:
    found = findings(tree, ("data/scales.yml", "id: home-safety", "id: basin-calm"))
    assert "data/scales.yml:20: id: 'basin-calm' is the id of the other index too; each has its own" in found


def test_a_band_stands_once(tree: Path) -> None:
    found = findings(tree, ("data/scales.yml", "id: storm", "id: haze"))
    assert "data/scales.yml:39: id: 'haze' is already used in this list; each id stands once" in found


def test_an_issue_beyond_the_calendar_is_a_finding(tree: Path) -> None:
    found = findings(tree, ("data/series.yml", "2023-01/2023-03", "9999-10/9999-12"))
    assert "data/issues/2/publication.yml:4: period: 2023-04/2023-06 is not the period of issue 2; that lies beyond the year 9999" in found


@pytest.mark.parametrize(("first", "months"), [("2023", 12), ("2023-02", 1), ("0001-01/0001-03", 3), ("9999-10/9999-12", 3)])
def test_the_first_period_has_as_many_months_as_an_issue(tree: Path, first: str, months: int) -> None:
    swaps = (("data/series.yml", "2023-01/2023-03", first), ("data/series.yml", "months: 3", f"months: {months}"))
    assert [line for line in findings(tree, *swaps) if line.startswith("data/series.yml")] == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (",22,,percent", ",58.5,,percent", ""),
        (",22,,percent", ",58.6,,percent", ""),
        (",22,,percent", ",59,,percent", ""),
        (",22,,percent", ",60,,percent", "sum to 101"),
        (",22,,percent", ",-22,,percent", "one is below zero"),
        (",22,,percent", ",22,,barges", "units barges, percent"),
    ],
)
def test_shares_of_a_whole_come_to_a_whole_at_most(tree: Path, old: str, new: str, wrong: str) -> None:
    (tree / "data/policy/open-river/figures.csv").write_text(
        "id,figure,item,period,value,upper,unit,qualifier,change,change_unit,partner,note,source\n"
        "a,cargo-2021,Grain,2021,41.5,,percent,,,,,,open-river-paper\n"
        "b,cargo-2021,Timber,2021,22,,percent,,,,,,open-river-paper\n"
    )
    found = [line for line in findings(tree, ("data/policy/open-river/figures.csv", old, new)) if "structure" in line]
    assert len(found) == bool(wrong)
    assert all(wrong in line for line in found)


def test_on_a_scale_of_positive_scores_alone_only_these_are_allowed(tree: Path) -> None:
    found = findings(
        tree,
        ("data/scales.yml", "lowest: -5", "lowest: 1"),
        ("data/scales.yml", "zero: true", "zero: false"),
    )
    assert "data/issues/2/events.csv:4: score: 0 is outside 1..5" in found
