"""The search in a browser: what it finds, how it is narrowed, its policy of content, and what is there without it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from questions import FEWEST, QUESTIONS
from serving import serving

from hooks.publishing import manifest, search_index
from macros.book import open_book

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
RESULTS = ".search__best li, .search__results li"


def typed(page: Page, question: str) -> None:
    """Type a question where the search is open, and wait for the answer."""
    status = page.locator(".search__status")
    before = status.inner_text()
    page.get_by_role("searchbox").fill(question)
    expect(status).not_to_have_text(before)


@pytest.fixture
def ask(visit_quietly: Visit, other: str) -> Callable[[str], Page]:
    """Open the search of that site with a question, or type it where the search is open, and see that it has answered."""
    opened: list[Page] = []

    def asked(question: str) -> Page:
        if opened:
            typed(opened[0], question)
        else:
            opened.append(visit_quietly(f"{other}/search/?q={quote(question)}"))
            expect(opened[0].locator(".search__status")).not_to_be_empty()
        return opened[0]

    return asked


def found(page: Page) -> list[str]:
    """Where the results lead, from the root of the site."""
    links: list[str] = page.locator(RESULTS).locator("a").evaluate_all("(all) => all.map((one) => one.href)")
    return [f"{urlsplit(link).path.lstrip('/')}{f'#{urlsplit(link).fragment}' if urlsplit(link).fragment else ''}" for link in links]


KINDS = {
    "2-veldia-01": "issues/2/v2/veldia/#2-veldia-01",
    "Вельдыя brigade": "issues/2/v2/security/#2-security-01",
    "Weldia customs": "issues/2/v2/veldia/#2-veldia-01",
    "Ámberlånd licences": "issues/1/v2/amberland/#1-amberland-02",
    "drnoes dam": "issues/2/v2/security/#2-security-03",
    "17 May 2023": "issues/2/v2/security/#2-security-02",
    "2023-03-30": "issues/1/v2/amberland/#1-amberland-02",
    "calendar of the locks": "policy/open-river/v1/#r-1",
    "Snow comes later": "non-papers/water-talks/v1/#p-3",
}


def test_each_kind_of_row_is_found_at_its_place(ask: Callable[[str], Page]) -> None:
    first = {question: found(ask(question))[:3] for question in KINDS}
    assert {question: first[question] for question, place in KINDS.items() if place not in first[question]} == {}


def test_a_place_that_was_found_is_where_its_link_leads(ask: Callable[[str], Page]) -> None:
    page = ask("Weldia customs")
    page.locator(".search__results a").first.click()
    expect(page.locator("[id='2-veldia-01']")).to_be_in_viewport()
    assert page.locator("[id='2-veldia-01']").evaluate("(one) => one.matches(':target')")


def test_results_are_narrowed_and_the_address_says_how(ask: Callable[[str], Page]) -> None:
    page = ask("Veldia")
    page.get_by_label("Year").select_option("2023")
    expect(page.locator(".search__about").first).to_contain_text("2023")
    events = page.locator(".search__kinds").get_by_role("button", name=re.compile("^Event"))
    number = int(events.locator(".search__count").inner_text())
    events.click()
    expect(page.locator(".search__status")).to_contain_text(f"{number} result")
    address = page.url
    assert {"q=Veldia", "kind=Event", "year=2023"} <= set(urlsplit(address).query.split("&"))
    page.goto(address)
    expect(page.locator(".search__status")).to_contain_text("result")
    expect(page.get_by_role("searchbox")).to_have_value("Veldia")
    assert page.locator("[aria-pressed=true]").inner_text().startswith("Event")
    kinds = page.locator(".search__about").all_inner_texts()
    assert kinds
    assert all(text.startswith("Event · ") for text in kinds)


def test_a_search_is_typed_and_walked_by_keyboard(ask: Callable[[str], Page]) -> None:
    page = ask("Veldia")
    page.locator("body").press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("lock")
    expect(page.locator(".search__status")).to_contain_text("“lock”")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search__results a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("zzzzqq")
    expect(page.locator(".search__status")).to_contain_text("Nothing was found")


def test_text_that_is_asked_for_is_no_html(ask: Callable[[str], Page]) -> None:
    page = ask("<img src=x onerror=alert(1)>")
    assert page.locator(".search img, .search__found img").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_the_box_of_every_page_leads_to_the_search_without_scripts_too(visit: Visit, other: str, scripts: bool) -> None:
    page = visit("about:blank", java_script_enabled=scripts)
    for path in ("/", "/issues/2/v2/veldia/", "/policy/open-river/", "/nothing/here/"):
        page.goto(other + path)
        page.get_by_role("searchbox", name="Search all issues and papers").fill("lock gates")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{other}/search/?q=lock+gates")


def test_without_scripts_there_is_an_index_from_a_to_z(visit: Visit, other: str) -> None:
    page = visit(f"{other}/search/?q=lock", java_script_enabled=False)
    expect(page.locator("noscript p")).to_be_visible()
    entry = page.locator(".a-z > li", has=page.get_by_text("Veldia", exact=True))
    expect(entry).to_contain_text("Вельдыя")
    entry.get_by_role("link").first.click()
    expect(page).to_have_url(f"{other}/relationships/veldia/")


# Bundles and scripts -------------------------------------------------------------------------

WITHOUT_SPACES = ("外交部长在海州会谈渔业协定", "サーバー管理の佐々木さん")


@pytest.fixture(scope="module")
def bundled(fixture_site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """A site with a bundle for each publication, each with sentences without spaces; and the bundles before and after its newest."""
    site, book = shutil.copytree(fixture_site, tmp_path_factory.mktemp("bundled") / "site"), open_book(fixture_site.parent)
    volumes = [
        replace(
            volume,
            events=tuple(
                event.model_copy(update={"event": text or event.event})
                for event, text in zip_longest(volume.events, WITHOUT_SPACES)
                if event
            ),
        )
        for volume in book.volumes
    ]
    book = replace(book, volumes=tuple(volumes))
    records = [replace(manifest.record_of(book, volume, ""), manifest=f"{volume.address} without spaces") for volume in book.published]
    records.sort(key=lambda record: (record.date, record.address))
    bundles = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "MOST", 1)
        for some in (records[:-1], records):
            shutil.rmtree(site / search_index.FOLDER)
            search_index.lay(book, site, some)
            bundles.append(json.loads((site / search_index.LIST).read_bytes()))
    return site, bundles


def test_closed_bundles_stay(bundled: tuple[Path, list[list[str]]]) -> None:
    before, after = bundled[1]
    assert len(after) > 2
    assert before[1:] == after[2:], "the last in the list are the oldest"
    assert before[0] not in after


def test_a_search_reads_every_bundle_and_finds_words_within_a_sentence_without_spaces(
    bundled: tuple[Path, list[list[str]]], visit: Visit
) -> None:
    page = visit("about:blank")
    with serving(bundled[0]) as address:
        page.goto(f"{address}/search/")
        for question, place in (("drnoes dam", "issues/2/"), ("Snow comes later", "non-papers/"), ("calendar of the locks", "policy/")):
            typed(page, question)
            assert any(one.startswith(place) for one in found(page)[:3]), question
        for text, words in zip(WITHOUT_SPACES, (("会谈", "渔业协定"), ("管理", "佐々木", "サーバー")), strict=True):
            for question in words:
                typed(page, question)
                expect(page.locator(".search__status")).to_contain_text(f"“{question}”")
                expect(page.locator(RESULTS).first).to_contain_text(text)
        typed(page, "谈会")
        expect(page.locator(".search__status")).to_contain_text("Nothing was found for “谈会”")


# The real site -------------------------------------------------------------------------------


def first_places(page: Page) -> list[str]:
    """Where the first three results lead; of the index from A to Z its first two links."""
    rows = page.locator(RESULTS).all()[:3]
    links = [link for row in rows for link in row.locator("a").evaluate_all("(all) => all.slice(0, 2).map((one) => one.href)")]
    return [f"{urlsplit(link).path.lstrip('/')}{f'#{urlsplit(link).fragment}' if urlsplit(link).fragment else ''}" for link in links]


FOR_THE_TEAM = ("publisher of the served branch", "how an edition is published", "rooms of the code")


def test_thirty_questions_have_their_answer_among_the_first_three_and_pages_for_the_team_are_not_found(visit_quietly: Visit) -> None:
    page = visit_quietly("/search/")  # once: a page that is loaded anew loads its index anew
    places = {}
    for question in (*dict(QUESTIONS), *FOR_THE_TEAM):
        typed(page, question)
        places[question] = first_places(page)
    missed = {
        question: places[question]
        for question, right in QUESTIONS
        if not any(place.startswith(one) if not one.endswith("v1/") else place == one for place in places[question] for one in right)
    }
    assert len(QUESTIONS) == 30
    assert len(QUESTIONS) - len(missed) >= FEWEST, missed
    team = ("editors/", "contributing/", "hosting/")
    assert [place for question in FOR_THE_TEAM for place in places[question] if place.startswith(team)] == []


def test_one_search_loads_little(browser: Browser, served: str) -> None:
    """Three hundred records: what a search loads beside the page grows with the index, slowly."""
    page = browser.new_page()
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.__setitem__(response.url, len(response.body()) if response.ok else 0))
    page.goto(f"{served}/search/?q=sanctions")
    expect(page.locator(".search__results li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    index = {url: size for url, size in loaded.items() if "/search/index/" in url}
    page.close()
    assert all(url.startswith(served) for url in loaded)
    assert len(index) < 40
    assert sum(index.values()) < 400_000
