"""Editions leave out what nothing in them asks for; nobody must miss it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import material
import pytest
from html_tree import pages, read, with_class
from playwright.sync_api import Browser, Page, expect

from hooks.lean import purged, vocabulary

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
THEME = Path(material.__file__).parent / "templates" / "assets"
OURS = Path(__file__).parents[2] / "docs" / "overrides" / "assets"
DRAW = """async (charts) => {
  const found = {};
  for (const [id, spec] of Object.entries(charts)) {
    const place = document.createElement("div"), said = [];
    const say = (...words) => { said.push(words.join(" ")); return logger; };
    const logger = { level: () => logger, error: say, warn: say, info: () => logger, debug: () => logger };
    try {
      await new vega.View(vega.parse(spec), { renderer: "svg", container: place, logger }).runAsync();
    } catch (error) { said.push(error.message); }
    found[id] = { said, marks: place.querySelectorAll(".role-mark path, .role-mark rect, .role-mark line").length };
  }
  return found;
}"""
DIFFER = """async (theme) => {
  const all = [...document.querySelectorAll("html, body, body *")];
  const looks = () => all.flatMap((one) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(one, part);
    if (part && style.content === "none") return [];
    return Array.from(style).filter((name) => !name.startsWith("--")).map((name) => `${name}: ${style.getPropertyValue(name)}`);
  }));
  const lean = looks();
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
    const whole = theme[link.href.split("/").pop()];
    if (!whole) continue;
    const style = document.createElement("style");
    style.textContent = whole;
    link.replaceWith(style);
  }
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)));
  const full = looks();
  return full.flatMap((one, place) => {
    const other = new Set(lean[place]), lost = one.filter((value) => !other.has(value));
    const element = all[Math.floor(place / 3)];
    return lost.length || one.length !== lean[place].length ? [`${element.tagName} ${element.className}: ${lost}`] : [];
  });
}"""


def test_every_interactive_chart_is_drawn_without_a_complaint(visit: Visit, real_site: Path) -> None:
    """The program holds only the parts of Vega that our charts ask for."""
    page = visit("/issues/19/v1/russia/")
    page.get_by_role("button", name="Interactive chart").first.click()
    expect(page.locator(".chart__live svg")).to_be_visible()
    builds = sorted(real_site.rglob("charts.json.gz"))
    assert len(builds) >= 4
    for build in builds:
        charts: dict[str, Any] = json.loads(gzip.decompress(build.read_bytes()))
        drawn = page.evaluate(DRAW, charts)
        assert charts.keys() == drawn.keys()
        assert {name: one for name, one in drawn.items() if one["said"] or not one["marks"]} == {}, build


def test_every_figure_has_its_interactive_chart(real_site: Path) -> None:
    for folder in (real_site, *real_site.glob("*/*/v*")):
        charts = folder / "assets/javascripts/charts.json.gz"
        held = set(json.loads(gzip.decompress(charts.read_bytes()))) if charts.is_file() else set()
        here = [page for page in pages(folder) if page.endswith("/") and (folder != real_site or "/v1/" not in page)]
        trees = (read(folder / page.removeprefix("/") / "index.html") for page in here)
        assert {one.get("id") for tree in trees for one in with_class(tree, "chart") if one.tag == "figure"} == held, folder


def test_a_mark_of_an_interactive_chart_says_what_it_is(visit: Visit) -> None:
    page = visit("/issues/19/v1/russia/")
    figure = page.locator("#chart-events-russia")
    figure.get_by_role("button", name="Interactive chart").click()
    figure.locator(".chart__live path[aria-roledescription=point]").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_be_visible()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("2021:")


@pytest.mark.parametrize("path", ["issues/19/v1/security/", "issues/19/v1/cite/", "policy/2022-new-foreign-policy/v1/analysis/"])
@pytest.mark.parametrize(
    ("options", "medium"),
    [({"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}, "screen"), ({}, "screen"), ({}, "print")],
    ids=["phone, dark", "wide", "print"],
)
def test_every_element_looks_as_with_the_whole_style_sheets(
    browser: Browser, served: str, path: str, options: dict[str, Any], medium: str
) -> None:
    whole = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in (*THEME.glob("stylesheets/*.css"), *OURS.glob("*.css"))}
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(f"{served}/{path}", wait_until="networkidle")
    page.wait_for_function("window.keyboard$")  # the theme's program listens from here on
    page.keyboard.press("/")  # opens the search
    page.keyboard.type("union")
    expect(page.locator(".md-search-result__item")).not_to_have_count(0)
    page.emulate_media(media=medium)
    differing = page.evaluate(DIFFER, whole)
    replaced = page.locator("head style").count()
    context.close()
    assert replaced >= 3
    assert differing == []


def test_rules_that_could_match_stay(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p class="a b-c" id=top data-kind="x y">not-a-class</p>', encoding="utf-8")
    (tmp_path / "program.js").write_text('one.className = "made"', encoding="utf-8")
    words = vocabulary(tmp_path)
    theme = (
        '@charset "UTF-8";.a,.gone{color:red}.gone{color:red}p.a:hover::before{top:0}.made>p{top:0}#top{top:0}#no{top:0}'
        "[data-kind=x]{top:0}[data-kind=z]{top:0}.a:not(.gone){top:0}.not-a-class{top:0}video{top:0}"
        "@media print{.gone{top:0}}@media (width>1px){.a{top:0}.gone{top:0}}@keyframes go{to{top:0}}"
        ':root{--used:url("data:a;b");--unused:1px;--read-elsewhere:2px;--set-by-page:3px}.b-c{top:var(--used)}'
    )
    assert purged([theme, "p{top:var(--read-elsewhere)}"], words) == [
        '@charset "UTF-8";.a{color:red}p.a:hover::before{top:0}.made>p{top:0}#top{top:0}'
        "[data-kind=x]{top:0}.a:not(.gone){top:0}"
        "@media (width>1px){.a{top:0}}@keyframes go{to{top:0}}"
        ':root{--used:url("data:a;b");--read-elsewhere:2px}.b-c{top:var(--used)}',
        "p{top:var(--read-elsewhere)}",
    ]


def test_spaces_go_where_they_say_nothing() -> None:
    sheet = """
        /* a comment */
        p > b , p :is( i , u ) , p:hover a { margin : 0 auto ; color: rgb( 1, 2 ) !important; }
        @media screen and (max-width: 9em) { p::before { content: "Before: " attr(title) " ,  "; width: calc( 1px + 2px * (3 - 1) ); } }
    """
    assert purged([sheet], {"p", "b", "i", "u", "a"}) == [
        "p>b,p :is(i,u),p:hover a{margin:0 auto;color:rgb(1,2)!important}"
        '@media screen and (max-width: 9em){p::before{content:"Before: " attr(title) " ,  ";width:calc(1px + 2px * (3 - 1))}}'
    ]


def test_what_the_theme_adds_counts_where_a_page_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "program.js").write_text('made("md-annotation__index", "tabbed-button", "md-search-result")', encoding="utf-8")
    page = tmp_path / "index.html"
    page.write_text('<pre title="how to annotate"></pre>', encoding="utf-8")
    words = {"md-annotation__index", "tabbed-button", "md-search-result", "annotate", "title"}
    assert vocabulary(tmp_path) & words == {"md-search-result", "title"}
    page.write_text('<pre class="annotate"></pre><div class="tabbed-set"></div>', encoding="utf-8")
    assert vocabulary(tmp_path) & words == words - {"title"}


def test_what_a_frozen_page_says_later_and_what_charts_read_is_dressed(tmp_path: Path) -> None:
    assert vocabulary(tmp_path, '{"fill":"var(--dot)"}') >= {"status--superseded", "--dot"}


@pytest.mark.parametrize("path", ["/", "/issues/19/v1/russia/"])
def test_the_search_finds_what_the_pages_say(visit: Visit, path: str) -> None:
    page, meta = visit(path), ".md-search-result__meta"
    for words, there in (("vaccine", True), ("Haloŭčanka", path != "/"), ("military exercise", True), ("nothingofthiskind", False)):
        page.goto(page.url.split("?")[0] + f"?q={words}", wait_until="networkidle")
        expect(page.locator(meta)).to_have_text(re.compile("matching document"))
        found = page.locator(".md-search-result__link")
        assert (found.count() > 0) == there, words
        if there:
            expect(found.locator("mark").first).to_have_text(re.compile(words.replace(" ", "|"), re.IGNORECASE))


def test_the_theme_runs_as_it_came(real_site: Path) -> None:
    """What is packed is the theme's own program and search, but for the name of a source map."""
    packed = json.loads(gzip.decompress((real_site / "issues/19/v1/assets/javascripts/theme.json.gz").read_bytes()))
    for part, pattern in (("program", "javascripts/bundle.*.js"), ("search", "javascripts/workers/search.*.js")):
        (theirs,) = THEME.glob(pattern)
        assert packed[part] == theirs.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]


def test_without_its_program_a_page_is_complete(visit: Visit) -> None:
    page = visit("/issues/19/v1/russia/")
    page.route("**/theme.json.gz", lambda route: route.abort())
    page.reload()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    expect(page.locator(".chart__button").first).to_be_visible()  # our own script goes on
    assert page.locator(".masthead__tools").inner_html() == ""
