"""Whole sites of other monitors: what they have is there, and what they have not is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from once import once
from playwright.sync_api import Page, expect
from serving import serving
from trees import built, drawn_once, monitor_tree


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    return once(tmp_path_factory, "papers", lambda place: built(drawn_once(monitor_tree(place, "papers"), pictures))) / "site"


@pytest.fixture(scope="session")
def rivers(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    return once(tmp_path_factory, "rivers", lambda place: built(drawn_once(monitor_tree(place, "rivers"), pictures))) / "site"


def text(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_papers_alone_make_a_site_without_what_they_do_not_have(papers: Path) -> None:
    pages = {path.parent.relative_to(papers).as_posix() for path in papers.rglob("index.html")}
    assert not {
        page for page in pages if page.split("/")[0] in ("issues", "relationships", "security", "events", "trade", "compare", "policy")
    }
    home = text(papers, "")
    assert "Security</a>" not in home
    assert "Non-papers</a>" in home


def test_points_stand_with_the_numbers_that_they_are_printed_with(papers: Path) -> None:
    page = text(papers, "non-papers/harbour-talks/v1")
    for number, row in (("17", "p-1"), ("17.a", "p-2"), ("121.12", "p-3")):
        assert f'<span class="point__number">{number}</span>' in page
        assert f'id="{row}"' in page


def test_an_edition_speaks_of_its_scales_in_the_words_of_the_data(rivers: Path) -> None:
    page = text(rivers, "issues/1/v1/events")
    assert "Appendix 3: Colour scale of RISK points" in page
    assert "Flooded acres: up more under water, down less." in page
    for words in ("strained", "calmed", "no band", "to war", "None"):
        assert words not in page


def test_neighbours_of_a_combined_issue_find_each_other(rivers: Path) -> None:
    assert "Next issue, № 1891/2-3" in text(rivers, "issues/1").replace("\N{NO-BREAK SPACE}", " ")
    assert (rivers / "compare/1-2/index.html").is_file()


def test_decimals_are_exact_on_every_page(rivers: Path) -> None:
    pages = [
        re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", text(rivers, page), flags=re.DOTALL)
        for page in ("issues/1/v1", "compare/1-2")
    ]
    assert [number for page in pages for number in re.findall(r"\d\.\d{3,}", page)] == []
    assert all("+2.43" in page for page in pages)


def test_the_explorer_shows_what_is_there_and_leaves_out_what_is_not(rivers: Path, visit_quietly: Callable[..., Page]) -> None:
    with serving(rivers) as address:
        page = visit_quietly(f"{address}/events/")
        page.get_by_text("All 12 events and incidents").wait_for()
        found = page.locator(".found")
        expect(found).to_contain_text("+99,000")
        assert "null" not in found.inner_text()
        page.get_by_label("90000–100000").check()
        page.get_by_text("1 of 12").first.wait_for()
