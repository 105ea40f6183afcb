"""Twelve things that readers come for, each at most three clicks or one search from home, on a wide page and on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from paper import sheets
from playwright.sync_api import Locator, Page, expect

from macros.book import Book
from macros.indices import index

FEWEST_STEPS = 3
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
ISSUE = "/issues/19/v1/"


class Reader:
    """Somebody at the home page who clicks, and counts it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.steps = page, address, 0

    def click(self, what: Locator) -> None:
        self.steps += 1
        assert self.steps <= FEWEST_STEPS, "too many clicks"
        what.click()

    def menu(self, name: str) -> None:
        """Choose an entry of the menu, which a phone has to open first."""
        menu = self.page.locator("summary", has_text=re.compile("^Menu$"))
        if menu.is_visible():
            self.click(menu)
        self.click(self.page.locator("header").get_by_role("link", name=name, exact=True).locator("visible=true"))

    def search(self, words: str) -> None:
        """Type into the search of the masthead, which on a phone is a page of its own, and go to the best answer."""
        box = self.page.locator("#site-search")
        if not box.is_visible():
            self.click(self.page.get_by_role("link", name="Search all issues and papers"))
            box = self.page.locator("main input[type=search]")
        box.fill(words)
        box.press("Enter")
        self.click(self.page.locator(".search__best li, .search__results li").first.get_by_role("link").first)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name).locator("visible=true").first

    def sees(self, *words: str) -> None:
        for text in words:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def is_at(self, path: str) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(f"{self.address}{path}")))
        self.page.wait_for_load_state()  # the address changes before anything of the page stands, and a printer does not wait


@pytest.fixture(params=[pytest.param("wide", marks=pytest.mark.stress), "phone"])
def reader_of(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Callable[[str], Reader]:
    width, height = SIZES[request.param]
    return lambda address: Reader(visit(f"{address}/", viewport={"width": width, "height": height}), address)


@pytest.fixture
def reader(reader_of: Callable[[str], Reader], served: str) -> Reader:
    return reader_of(served)


def top(page: Page, what: str) -> float:
    """Where a thing stands on the page, in screens from its top."""
    place = page.locator(what).locator("visible=true").first.bounding_box()
    screen = page.viewport_size
    assert place and screen
    return place["y"] / screen["height"]


def test_the_index_of_ukraine_and_the_three_events_that_explain_it(reader: Reader, real_book: Book) -> None:
    reader.click(reader.link(re.compile("^Ukraine")))
    reader.is_at(f"{ISSUE}ukraine/")
    reader.sees("−13")
    explained = real_book.volume("issues/19").publication.assessments["ukraine"].explained_by
    assert len(explained) == 3
    for name in explained:
        assert top(reader.page, f"main a[href='#{name}']") < 1.25


def test_every_event_that_names_nato(reader: Reader, real_book: Book) -> None:
    reader.menu("Events")
    reader.page.get_by_label("Words in the text").fill("NATO")
    rows = [
        row for volume in real_book.issues for row in (*volume.events, *volume.incidents) if re.search("nato", row.event, re.IGNORECASE)
    ]
    expect(reader.page.locator("[data-part=count]")).to_contain_text(f"{len(rows)} of ")
    expect(reader.page.locator(".found .event")).to_have_count(len(rows))


def test_what_the_forum_said_on_confidence_building(reader: Reader) -> None:
    reader.search("confidence-building")
    reader.is_at("/non-papers/2020-forum/v1/")
    reader.sees("confidence")


def test_recommendations_to_the_government_on_energy(reader: Reader) -> None:
    reader.menu("Policy")
    reader.page.get_by_label("To", exact=True).select_option(label="Government of Belarus")
    reader.page.get_by_label("Theme", exact=True).select_option(label="Economy and energy")
    expect(reader.page.locator("[data-row]").locator("visible=true").filter(has_text="energy").first).to_be_visible()


def test_china_over_all_issues(reader: Reader, real_book: Book) -> None:
    reader.menu("Relationships")
    reader.click(reader.link("China"))
    reader.is_at("/relationships/china/")
    for event in real_book.volume("issues/19").events:
        if event.relationship == "china":
            reader.sees(event.event)


def test_cite_one_event(reader: Reader) -> None:
    reader.search("19-us-13")
    reader.is_at(f"{ISSUE}us/#19-us-13")
    reader.page.locator("[id='19-us-13']").hover()
    with reader.page.expect_download() as waiting:
        reader.click(reader.page.get_by_role("button", name="BibTeX of 19-us-13"))
    assert "@incollection{issues-19-v1-us-19-us-13," in waiting.value.path().read_text(encoding="utf-8")


def test_all_events_as_a_workbook(reader: Reader, real_book: Book) -> None:
    reader.menu("Events")
    with reader.page.expect_download() as waiting:
        reader.click(reader.page.get_by_role("button", name="XLSX"))
    sheet = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    ids = {row[header.index("id")] for row in rows}
    assert ids >= {row.id for volume in real_book.issues for row in (*volume.events, *volume.incidents)}


def test_whether_this_is_the_newest_edition(reader: Reader) -> None:
    reader.click(reader.link(re.compile("^Minsk Barometer")))
    reader.sees("This is the latest edition unless a newer one is named here")
    assert top(reader.page, "main :text('This is the latest edition')") < 1


def test_print_russia(reader: Reader) -> None:
    reader.click(reader.link(re.compile("^Russia")))
    reader.is_at(f"{ISSUE}russia/")
    printed = sheets(reader.page)
    assert "Relationship with Russia" in printed[0]
    assert all(text.strip() for text in printed), "an empty sheet"
    assert not any("On this page" in text for text in printed)
    assert "Minsk Barometer Digest" in printed[-1]  # the foot of every page


def test_trade_with_china(reader: Reader, real_book: Book) -> None:
    reader.search("trade with China")
    expect(reader.page).to_have_url(re.compile(r"/trade/|#figure-china-trade$"))
    assert [row for volume in real_book.published for row in volume.trade if row.partner == "china"]
    reader.sees("China", "USD 4.6 billion")


def test_the_forecast_on_potash(reader: Reader) -> None:
    reader.search("potash forecast")
    reader.is_at(f"{ISSUE}russia/")
    reader.sees("potash")


def test_what_changed_between_two_issues(reader_of: Callable[[str], Reader], other: str, fixture_book: Book) -> None:
    reader = reader_of(other)
    reader.menu("Events")
    reader.click(reader.link("compared"))
    reader.is_at("/compare/")
    expect(reader.page.locator("[data-part=sentence]")).not_to_be_empty()
    select = reader.page.locator("[data-part=form] select[name=series-2]")
    newest = max(fixture_book.issues, key=lambda volume: volume.publication.number or 0)
    difference = index(fixture_book, newest, select.input_value()).change
    assert difference
    expect(reader.page.locator("[data-part=sentence]")).to_contain_text(f"{difference:+}".replace("-", "−").lstrip("+"))
