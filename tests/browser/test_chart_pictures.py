"""Charts as people read them: letters that can be read, one stop of the Tab key, words at a finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from serving import serving

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
RUSSIA = "/issues/19/v1/russia/"
LEAST = 11
"""Least height of letters, in px on the screen."""

LETTERS = """() => [...document.querySelectorAll("figure.chart svg")].filter((svg) => svg.getClientRects().length).map((svg) => {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect(), place = text.getScreenCTM();
    return { left, right, top, bottom, words: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * place.a };
  });
  const apart = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) < 1
    || Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) < 3;
  return {
    id: svg.closest("figure").id, size: Math.min(...boxes.map((box) => box.size)),
    overlapping: boxes.flatMap((one, at) =>
      boxes.slice(0, at).filter((other) => !apart(one, other)).map((other) => [one.words, other.words])),
    cut: boxes.filter(({ left, right, top, bottom }) =>
      left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 2 || bottom > frame.bottom + 2).map((box) => box.words),
    high: frame.height,
  };
})"""


def drawn(visit: Visit, site: Path, widths: tuple[int, ...]) -> list[tuple[str, dict[str, Any]]]:
    """Every chart of a site on screens of some widths, with its page and the width."""
    drawing = [file for file in sorted(site.rglob("index.html")) if "chart__picture" in file.read_text(encoding="utf-8")]
    charts = []
    with serving(site) as address:
        page = visit("about:blank")
        for path in (file.parent.relative_to(site).as_posix() for file in drawing):
            page.goto(f"{address}/{path}/")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 844})
                charts += [(f"{path} at {width}", chart) for chart in page.evaluate(LETTERS)]
    return charts


def unreadable(charts: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """What is wrong with letters and heights of charts."""
    return [
        f"{path} {chart['id']}: {fault}"
        for path, chart in charts
        for fault in (
            *(f"{one} covers {other}" for one, other in chart["overlapping"]),
            *(f"{words} is cut" for words in chart["cut"]),
            *([f"letters of {chart['size']} px"] if chart["size"] < LEAST else []),
            *(["longer than two screens"] if chart["high"] > 2 * 844 else []),
        )
    ]


@pytest.mark.parametrize("widths", [(1440, 320), pytest.param((390,), marks=pytest.mark.stress)], ids=str)
def test_letters_can_be_read_and_never_cover_each_other(visit: Visit, fixture_site: Path, widths: tuple[int, ...]) -> None:
    charts = drawn(visit, fixture_site, widths)
    assert len(charts) >= 10 * len(widths)
    assert unreadable(charts) == []


@pytest.mark.stress
def test_letters_of_the_real_site_can_be_read(visit: Visit, real_site: Path) -> None:
    widths = (1440, 1280, 1000, 700, 390, 320)
    charts = drawn(visit, real_site, widths)
    assert len(charts) >= 20 * len(widths)
    assert unreadable(charts) == []


def links(page: Page, figure: str) -> list[str]:
    """Where the links of a chart lead that the Tab key reaches."""
    hrefs: list[str] = page.locator(f"{figure} .chart__picture a[href]").evaluate_all(
        "(all) => all.filter((one) => one.getClientRects().length && one.tabIndex >= 0).map((one) => one.getAttribute('href'))"
    )
    return hrefs


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_chart_is_one_stop_of_the_tab_key(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/", viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    assert len(links(page, "#chart-board")) == 1


def test_arrows_lead_through_all_marks_and_say_them(visit: Visit) -> None:
    page = visit("/")
    marks = page.locator("#chart-board .chart__wide a")
    marks.first.focus()
    names = []
    for _ in range(marks.count()):
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        expect(page.locator("#chart-board .chart__tip")).to_have_text(names[-1])
        page.keyboard.press("ArrowRight")
    assert names == marks.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == names[0]
    page.keyboard.press("Escape")
    expect(page.locator("#chart-board .chart__tip")).to_be_hidden()


def test_a_mouse_is_told_the_words_of_the_row(visit: Visit) -> None:
    page = visit(RUSSIA)
    page.locator("#chart-events-russia .chart__wide a[href='#19-russia-07']").hover()
    expect(page.locator("#chart-events-russia .chart__tip")).to_contain_text("gift of its vaccine")
    assert not re.search(r"\b[xy]: ", page.locator("#chart-events-russia .chart__tip").inner_text())


def test_a_tap_on_a_phone_shows_before_it_jumps(visit: Visit) -> None:
    page = visit(RUSSIA, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    before = page.url
    figure = page.locator("#chart-events-russia")
    figure.locator(".chart__narrow a[href='#19-russia-07']").tap()
    expect(figure.locator(".chart__tip")).to_contain_text("Russia")
    assert page.url == before
    figure.locator(".chart__tip a").tap()
    expect(page).to_have_url(re.compile("#19-russia-"))


def test_the_filtered_chart_has_the_same_links_by_keyboard(visit: Visit) -> None:
    page = visit(RUSSIA)
    figure = page.locator("#chart-events-russia")
    still = figure.locator(".chart__wide a").count()
    figure.get_by_role("button", name="Filter the events").click()
    live = figure.locator(".chart__live path[aria-label]")
    expect(live).to_have_count(still)
    assert figure.locator(".chart__live [tabindex='0']").count() == 1
    live.first.focus()
    page.keyboard.press("End")
    words = page.evaluate("document.activeElement.getAttribute('aria-label')")
    expect(figure.locator(".chart__tip")).to_have_text(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#19-russia-"))


def test_only_charts_with_something_to_choose_load_more(visit: Visit) -> None:
    page = visit(RUSSIA)
    assert page.locator(".chart__button").count() == 1
    assert page.locator("figure[data-spec]").count() == 1
    assert visit("/").locator(".chart__button, link[data-vega]").count() == 0
