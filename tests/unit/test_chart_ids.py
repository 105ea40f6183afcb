"""Charts of pages that are built together have different ids."""

from __future__ import annotations

import pytest

from macros import calls
from macros.chart_ids import same_ids

TRADE = 'Text.\n\n{{ chart("figures", figures="policy/one:forces") }}\n'


def findings(*pages: str) -> list[str]:
    read = [
        (f"docs/page-{number}.md", [part for part in calls.read(page) if isinstance(part, calls.Call)]) for number, page in enumerate(pages)
    ]
    return list(map(str, same_ids(read)))


@pytest.mark.parametrize(
    "other",
    [
        '{{ chart("figures", figures="policy/two:forces") }}',
        '{{ chart("figures", "policy/two:forces") }}',
        '{{ chart(chart="figures", figures=" policy/two:forces , policy/one:forces") }}',
        '{{ chart("figures", figures="policy/one:forces, policy/two:forces") }}',
    ],
)
def test_the_same_id_on_two_pages_is_a_finding(other: str) -> None:
    (finding,) = findings(TRADE, other)
    assert finding.startswith("docs/page-1.md:1: macro: chart('figures') has the id of its first figure, 'forces'")
    assert "the chart in docs/page-0.md:3 that shows others" in finding


def test_two_charts_on_one_page_too() -> None:
    assert len(findings(f'{TRADE}\n{{{{ chart("figures", figures="policy/two:forces") }}}}\n')) == 1


@pytest.mark.parametrize(
    "other",
    [
        TRADE,
        '{{ chart("figures", figures="policy/two:ships, policy/two:forces") }}',
        '{{ chart("figure", figure="forces") }} {{ table("forces") }}',
        '{{ chart("figures") }} {{ chart("trade", partner="forces") }}',
    ],
)
def test_the_same_chart_and_other_charts_are_none(other: str) -> None:
    assert findings(TRADE, other) == []
