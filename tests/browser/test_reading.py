"""Reading the real site as people do: with and without a mouse, scripts, light, a wide screen."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from html_tree import one_of_each_kind, pages
from playwright.sync_api import Browser, Page, Response, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
ISSUE = "/issues/19/v1/"
SECTIONS = ("russia", "eu", "china", "us", "ukraine", "security")
KINDS = [pytest.param(name, marks=[] if name in ("russia", "security") else pytest.mark.stress) for name in SECTIONS]
"""Sections; `make test` reads one of each kind."""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
FOCUS = """() => {
  const one = document.activeElement;
  const shown = one.type === "radio" ? one.nextElementSibling : one;  // the label of a hidden button shows its focus
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  return {
    name: one.classList[0] || one.tagName, text: one.textContent.trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


LOOKS = """(picture) => {
  const texts = [...picture.querySelectorAll("text")], style = (one) => getComputedStyle(one);
  const colour = (name) => {
    const probe = picture.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const found = style(probe).color;
    probe.remove();
    return found;
  };
  return {
    fills: [...new Set(texts.map((one) => style(one).fill))].sort(),
    sizes: [...new Set(texts.map((one) => style(one).fontSize))],
    lines: [...new Set([...picture.querySelectorAll("a")].map((one) => style(one).textDecorationLine))],
    page: ["--chart-soft", "--chart-ink"].map(colour).sort(),
  };
}"""
LONE_SIGNS = """(signs) => signs.filter((sign) => {
  const text = document.createRange(), before = sign.previousSibling.textContent.trimEnd().length;
  text.setStart(sign.previousSibling, before - 1);
  text.setEnd(sign.previousSibling, before);
  return text.getBoundingClientRect().bottom <= sign.getBoundingClientRect().top;
}).map((sign) => sign.hash)"""
"""Links to rows whose # stands on a line below that of the last letter of the row's text."""
DRAW_ALL = """async (addresses) => {
  await import(document.querySelector("link[data-vega]").href);
  const said = [];
  for (const address of addresses) {
    const place = document.createElement("div"), words = [];
    const note = (...all) => { words.push(all.join(" ")); return logger; };
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
    const spec = await (await fetch(address)).json();
    try {
      await window.vegaEmbed(place, spec, { mode: "vega-lite", ast: true, renderer: "svg", actions: false, logger });
    } catch (error) { words.push(error.message); }
    const marks = place.querySelectorAll(".role-mark path, .role-mark rect, .role-mark line").length;
    said.push(words.join("; ") || (marks ? "drawn" : "empty"));
  }
  return said;
}"""
"""Draw every specification as a page does, and tell what went wrong."""


def darkness(page: Page) -> str:
    """dark or light, as the page is painted."""
    colour = page.evaluate(BACKGROUND).removeprefix("rgb(").rstrip(")").split(",")
    return "dark" if sum(map(int, colour)) < 3 * 128 else "light"


# Finding one's way ---------------------------------------------------------------------------


def test_from_masthead_to_issue_to_section_to_the_next(visit: Visit, served: str) -> None:
    page = visit("/")
    page.get_by_role("navigation", name="Sections of the site").get_by_role("link", name="Issues").click()
    expect(page).to_have_url(f"{served}/issues/")
    page.locator(".publication__title a").first.click()
    expect(page).to_have_url(served + ISSUE)
    page.get_by_role("navigation", name="Contents of this publication").get_by_role("link", name="Russia").click()
    expect(page).to_have_url(f"{served}{ISSUE}russia/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Russia")
    page.get_by_role("navigation", name="From here").locator("a[rel=next]").click()
    expect(page).to_have_url(f"{served}{ISSUE}eu/")
    page.locator(".folio a").last.click()
    expect(page).to_have_url(served + ISSUE)
    page.locator(".masthead__title").click()
    expect(page).to_have_url(f"{served}/")


@pytest.mark.parametrize(
    "path",
    [
        f"{ISSUE}russia/#19-russia-07",
        f"{ISSUE}security/#19-security-04",
        "/non-papers/2020-forum/v1/#p-17",
        "/policy/2022-new-foreign-policy/v1/#r-3",
    ],
    ids=["event", "incident", "point", "recommendation"],
)
def test_a_permalink_scrolls_to_its_place(visit: Visit, path: str) -> None:
    place = visit(path).locator(f"[id='{path.partition('#')[2]}']")
    assert place.evaluate("(one) => one.matches(':target')")
    expect(place).to_be_in_viewport()


def test_a_lost_reader_finds_the_way_home_and_elsewhere(visit: Visit, served: str) -> None:
    page = visit("/issues/19/v1/nobody/here/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    links: list[str] = page.locator("header a, article a, footer a").evaluate_all("(all) => all.map((one) => one.href)")
    astray = [link for link in links if not link.endswith("#content") and not page.request.get(link).ok]
    assert astray == []
    page.locator(".masthead__title").click()
    expect(page).to_have_url(f"{served}/")


def test_recommendations_are_filtered_and_the_address_keeps_the_choice(visit: Visit, served: str) -> None:
    page = visit("/policy/")
    rows, choice = page.locator("[data-row]"), page.get_by_label("To", exact=True)
    total, addressee = rows.count(), rows.first.get_attribute("data-to") or ""
    choice.select_option(addressee)
    kept = page.locator(f"[data-to='{addressee}']").count()
    assert 0 < kept < total
    assert rows.locator("visible=true").count() == kept
    expect(page.locator(".filter__count")).to_have_text(f"{kept} of {total} shown")
    expect(page).to_have_url(f"{served}/policy/?to={addressee}")
    page.get_by_label("About", exact=True).select_option("russia")
    shown = rows.locator("visible=true").count()
    assert 0 < shown < kept
    page.reload()
    expect(page.locator(".filter__count")).to_have_text(f"{shown} of {total} shown")
    note = page.get_by_text("No recommendation is addressed to these partners")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Russia")


@pytest.mark.parametrize("viewport", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("section", ["", *KINDS])
def test_the_first_screen_says_index_direction_and_strongest_event(visit: Visit, section: str, viewport: tuple[int, int]) -> None:
    path = f"{ISSUE}{section}/" if section else "/"
    page = visit(path, viewport={"width": viewport[0], "height": viewport[1]})
    values = page.locator(".card__value" if path == "/" else ".index__value")
    for value in values.all() if path == "/" else [values.first]:
        assert re.fullmatch(r"[+−]?\d+", value.inner_text())
        expect(value).to_be_in_viewport(ratio=1)
    expect(page.locator(".strongest a").first).to_be_in_viewport()
    expect(page.locator(".headline, .scorecard__reason").first).to_be_in_viewport(ratio=1)


def test_contents_name_points_and_lead_to_them_on_a_phone(visit: Visit) -> None:
    page = visit("/non-papers/2020-forum/v1/", viewport={"width": 390, "height": 844})
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_text("On this page", exact=True).click()
    assert contents.locator("a[href^='#p-']").count() == 35
    contents.locator("a[href='#p-25']").click()
    expect(page.locator("#p-25")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_the_menu_of_a_phone_is_one_row_and_opens(visit: Visit, scripts: bool) -> None:
    page = visit(f"{ISSUE}russia/", viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    assert (page.locator(".masthead").bounding_box() or {})["height"] <= 64
    trade = page.locator(".masthead__sections").get_by_role("link", name="Trade")
    expect(trade).to_be_hidden()
    page.locator(".masthead__menu summary").click()
    expect(trade).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_what_stands_under_one_another_begins_at_one_edge(visit: Visit, width: int) -> None:
    page = visit("/policy/", viewport={"width": width, "height": 844})
    expect(page.locator(".filter__count")).to_be_visible()
    left = "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    edges = page.locator("article h1, .languages li:first-child, .filter__choice:first-child, .filter__count").evaluate_all(left)
    assert len(edges) == 4
    assert len(set(edges)) == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_sign_of_a_link_stands_on_the_line_of_the_last_word(visit: Visit, width: int) -> None:
    page = visit(f"{ISSUE}events/", viewport={"width": width, "height": 844})
    page.locator("details.folded").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    alone = page.locator("article tbody .anchor").evaluate_all(LONE_SIGNS)
    assert alone == []


def test_a_row_of_a_folded_catalogue_is_shown_to_whom_its_address_leads(visit: Visit) -> None:
    page = visit(f"{ISSUE}russia/", viewport={"width": 390, "height": 844})
    expect(page.locator("[id='19-russia-03']")).to_be_hidden()
    page.evaluate("location.hash = '#19-russia-03'")
    expect(page.locator("[id='19-russia-03']")).to_be_in_viewport()


# Charts --------------------------------------------------------------------------------------


def test_an_interactive_chart_comes_from_our_own_host_and_goes_again(visit: Visit, served: str) -> None:
    asked: list[str] = []
    page = visit(f"{ISSUE}russia/", {"request": lambda request: asked.append(request.url)})
    figure = page.locator("figure.chart").first
    still = figure.locator(".chart__picture").inner_html()
    figure.get_by_role("button", name="Filter the events").click()
    expect(figure.locator(".chart__live svg")).to_be_visible()
    assert any("/vega" in url for url in asked)
    assert [url for url in asked if not url.startswith((served, f"blob:{served}"))] == []
    figure.get_by_role("button", name="Still picture").click()
    expect(figure.locator(".chart__live")).to_have_count(0)
    assert figure.locator(".chart__picture").inner_html() == still


def test_every_chart_of_the_site_can_be_drawn_on_demand(visit: Visit, served: str, real_site: Path) -> None:
    specs = [path.relative_to(real_site).as_posix() for path in sorted(real_site.rglob("charts/*.json"))]
    assert len(specs) > 20
    page = visit(f"{ISSUE}russia/")
    drawn = page.evaluate(DRAW_ALL, [f"{served}/{path}" for path in specs])
    assert {path: said for path, said in zip(specs, drawn, strict=True) if said != "drawn"} == {}


def test_a_mark_of_a_still_chart_leads_to_its_event(visit: Visit, served: str) -> None:
    page = visit(f"{ISSUE}russia/")
    page.locator("#chart-events-russia .chart__picture a[href$='#19-russia-07']").first.click()
    expect(page).to_have_url(f"{served}{ISSUE}russia/#19-russia-07")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_still_chart_has_the_colours_of_the_page_and_no_underlines(visit: Visit, scheme: str) -> None:
    looks = visit(ISSUE, color_scheme=scheme).locator("#chart-board .chart__picture").evaluate(LOOKS)
    assert looks["fills"] == looks["page"]
    assert (looks["sizes"], looks["lines"]) == (["12px"], ["none"])


# Keyboard ------------------------------------------------------------------------------------


def test_skip_link_is_first_and_leads_to_the_text(visit: Visit) -> None:
    page = visit(f"{ISSUE}russia/")
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert (focus["name"], focus["seen"]) == ("skip", True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_tab_reaches_masthead_contents_and_chart_and_is_always_seen(visit: Visit) -> None:
    page = visit(f"{ISSUE}russia/")
    expect(page.locator(".md-header__button:not([hidden])")).to_have_count(1)  # the theme has begun
    reached, unseen = [], []
    for _ in range(80):
        page.keyboard.press("Tab")
        focus: dict[str, Any] = page.evaluate(FOCUS)
        reached.append(focus["name"])
        if not (focus["outlined"] and focus["seen"]):
            unseen.append(focus)
        if focus["name"] == "chart__button":
            break
    assert unseen == []
    assert reached[:2] == ["skip", "masthead__title"]
    assert reached[-1] == "chart__button"
    page.keyboard.press("Enter")
    expect(page.locator(".chart__live svg")).to_be_visible()


# Light, phone --------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system(visit: Visit, scheme: str) -> None:
    assert darkness(visit(f"{ISSUE}russia/", color_scheme=scheme)) == scheme


def test_a_choice_of_dark_is_remembered_in_every_part_of_the_site(visit: Visit, served: str) -> None:
    page = visit("/")
    for _ in range(2):
        page.locator(".masthead__tools label.md-header__button:visible").last.click()
    assert darkness(page) == "dark"
    for path in ("/about/", "/issues/19/", f"{ISSUE}russia/"):
        page.goto(served + path)
        assert darkness(page) == "dark", path


def test_on_a_phone_search_and_contents_are_at_hand(visit: Visit) -> None:
    page = visit(f"{ISSUE}russia/", viewport={"width": 360, "height": 740})
    contents = page.get_by_role("navigation", name="Contents of this publication")
    expect(contents.get_by_role("link", name="China")).to_be_hidden()
    contents.get_by_text("Contents", exact=True).click()
    expect(contents.get_by_role("link", name="China")).to_be_visible()
    page.get_by_role("link", name="Search all issues and papers").click()
    expect(page.get_by_role("searchbox", name="Search all issues and papers")).to_be_focused()


# Without scripts -----------------------------------------------------------------------------


def test_without_scripts_every_row_stands_in_the_page(visit: Visit) -> None:
    page = visit(f"{ISSUE}events/", java_script_enabled=False)
    rows: list[str] = page.locator("table.catalogue tbody tr").evaluate_all("(all) => all.map((one) => one.id)")
    events, incidents = [one for one in rows if "-security-" not in one], [one for one in rows if "-security-" in one]
    assert (len(events), len(incidents), len(set(rows))) == (102, 22, 124)


@pytest.mark.parametrize("section", KINDS)
def test_without_scripts_charts_are_whole(visit: Visit, section: str) -> None:
    page = visit(f"{ISSUE}{section}/", java_script_enabled=False)
    figures = page.locator("figure.chart:has(.chart__picture)")
    assert figures.count() > 0
    for figure in figures.all():
        expect(figure.locator(".chart__wide svg")).to_be_visible()
        expect(figure.locator(".chart__narrow svg")).to_be_hidden()
        expect(figure.locator(".chart__sentence")).not_to_be_empty()
        expect(figure.locator(".chart__button")).to_be_hidden()
        numbers = figure.locator(".chart__numbers")
        if numbers.locator("summary").count():  # each link of the picture stands in it, too
            numbers.locator("summary").click()
            expect(numbers.locator("table")).to_be_visible()
            listed = set(numbers.locator("table a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))"))
            assert set(figure.locator(".chart__wide a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")) <= listed
        else:  # the catalogue further down has the numbers, and each mark is a row of it
            first = numbers.locator("a").evaluate("(one) => one.hash")
            marks: list[str] = figure.locator(".chart__wide a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
            rows: list[str] = page.locator("table.catalogue tbody tr:visible").evaluate_all("(all) => all.map((one) => `#${one.id}`)")
            assert first in rows and marks and sorted(marks) == sorted(rows)
        links: list[str] = figure.locator("a[download]").evaluate_all("(all) => all.map((one) => one.href)")
        assert [link.rpartition(".")[2] for link in links] == ["csv", "svg", "png", "json"]
        assert [link for link in links if not page.request.get(link).ok] == []


def test_without_scripts_recommendations_are_all_shown(visit: Visit) -> None:
    page = visit("/policy/", java_script_enabled=False)
    rows = page.locator("[data-row]")
    assert rows.count() == rows.locator("visible=true").count() == 14 + 7
    expect(page.locator(".filter")).to_be_hidden()


def test_without_scripts_there_are_no_dead_controls(visit: Visit) -> None:
    page = visit(f"{ISSUE}russia/", java_script_enabled=False)
    dead = page.locator(":is(button, input, select, [role=dialog]):not(.masthead form *)")  # the form leads to the index from A to Z
    assert dead.locator("visible=true").count() == 0


# Every page ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["each kind", pytest.param("every page", marks=pytest.mark.stress)])
def seen(request: pytest.FixtureRequest, browser: Browser, served: str, real_site: Path) -> dict[str, list[str]]:
    """What is wrong on pages of the site, read on a phone: by kind of fault, one line each."""
    found: dict[str, list[str]] = {"sideways": [], "hosts": [], "console": []}
    ours = (served, "data:", f"blob:{served}")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.on("request", lambda asked: asked.url.startswith(ours) or found["hosts"].append(f"{page.url}: {asked.url}"))
    page.on("console", lambda said: said.type in {"error", "warning"} and found["console"].append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: found["console"].append(f"{page.url}: {error}"))
    for path in pages(real_site) if request.param == "every page" else one_of_each_kind(real_site, pages(real_site)):
        page.goto(served + path, wait_until="networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            found["sideways"].append(f"{path}: {width} px wide")
    page.close()
    return found


@pytest.mark.parametrize("fault", ["sideways", "hosts", "console"])
def test_no_page_scrolls_sideways_asks_elsewhere_or_complains(seen: dict[str, list[str]], fault: str) -> None:
    assert seen[fault] == []


@pytest.mark.parametrize("section", KINDS)
def test_a_first_visit_weighs_less_than_200_kb(browser: Browser, served: str, section: str) -> None:
    got: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda response: got.append(response))
    page.goto(f"{served}{ISSUE}{section}/", wait_until="networkidle")
    sizes = {one.url.removeprefix(served): len(gzip.compress(one.body(), 6)) for one in got}
    context.close()
    assert sum(sizes.values()) <= 200 * 1024, "\n".join(f"{size:7} {url}" for url, size in sizes.items())
