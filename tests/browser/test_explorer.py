"""All events filtered, and two issues compared, on another country's monitor: by mouse, address, keyboard, and without scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from macros.book import Book

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
COUNTS = "(all) => Object.fromEntries(all.map((one) => [one.querySelector('span').textContent, Number(one.lastChild.textContent)]))"


@pytest.fixture
def open_page(visit_quietly: Visit, other: str) -> Visit:
    """Open a page of the other monitor; what it complains about, a policy that is broken too, fails the test."""
    return lambda path, **options: visit_quietly(other + path, **options)


def facet(page: Page, name: str) -> dict[str, int]:
    """The choices of a facet that are shown, and the number beside each."""
    counts: dict[str, int] = page.get_by_role("group", name=name).locator("label:visible").evaluate_all(COUNTS)
    return counts


def told(page: Page) -> str:
    return page.locator("[data-part=count]").inner_text()


def listed(page: Page) -> list[str]:
    return page.locator(".found .event div > a").all_inner_texts()


# Events --------------------------------------------------------------------------------------


def test_facets_count_what_each_choice_would_show(open_page: Visit) -> None:
    page = open_page("/events/")
    expect(page.locator(".found .event")).to_have_count(16)
    assert told(page) == "All 16 events and incidents"
    assert facet(page, "Relationship") == {"Veldia": 5, "River Five": 3, "Amberland": 2, "Security": 6}
    assert facet(page, "Sign of the score") == {"Plus": 9, "Minus": 6, "Zero": 1}
    page.get_by_role("checkbox", name="Veldia").check()
    expect(page.locator(".found .event")).to_have_count(5)
    assert facet(page, "Relationship") == {"Veldia": 5, "River Five": 3, "Amberland": 2, "Security": 6}
    assert facet(page, "Sign of the score") == {"Plus": 2, "Minus": 2, "Zero": 1}
    page.get_by_role("checkbox", name="Minus").check()
    page.get_by_role("checkbox", name="Security").check()
    expect(page.locator(".found .event")).to_have_count(facet(page, "Relationship")["Veldia"] + facet(page, "Relationship")["Security"])


def test_the_address_holds_the_choice_and_the_way_back_leads_through_it(open_page: Visit, other: str) -> None:
    page = open_page("/events/")
    page.get_by_role("checkbox", name="River Five").check()
    expect(page).to_have_url(f"{other}/events/?relationship=river-5")
    page.get_by_label("Issue", exact=True).select_option("0")
    expect(page).to_have_url(f"{other}/events/?relationship=river-5&issue=2")
    expect(page.locator(".found .event")).to_have_count(2)
    page.go_back()
    expect(page.locator(".found .event")).to_have_count(3)
    page.go_back()
    expect(page.locator("[data-part=count]")).to_have_text("All 16 events and incidents")
    again = open_page("/events/?relationship=river-5&issue=2&order=strongest&nonsense=1&sign=blue")
    expect(again.locator(".found .event")).to_have_count(2)
    assert again.get_by_role("checkbox", name="River Five").is_checked()
    assert listed(again)[0].startswith("Kestria takes the chair")
    again.get_by_role("button", name="Show all").click()
    expect(again).to_have_url(f"{other}/events/")


def test_words_are_found_without_capitals_and_marks(open_page: Visit, other: str, visit: Visit) -> None:
    page = open_page("/events/")
    page.get_by_label("Words in the text").press_sequentially("kestriAn GROUP")
    expect(page).to_have_url(f"{other}/events/?words=kestriAn+GROUP")
    expect(page.locator("[data-part=count]")).to_have_text("1 of 16 events and incidents")
    assert listed(page) == ["The group adopts the Kestrian budget line"]
    assert facet(page, "Relationship")["River Five"] == 1
    real = visit("/events/?words=haloucanka")
    expect(real.locator(".found .event").first).to_contain_text("Haloŭčanka")


def test_an_event_leads_to_its_place_in_the_newest_edition(open_page: Visit, other: str) -> None:
    page = open_page("/events/?words=customs+post")
    row = page.locator(".found .event")
    expect(row).to_contain_text("+4")
    expect(row).to_contain_text("3 April 2023 · Veldia · № 2 · the original")
    row.locator("a").click()
    expect(page).to_have_url(f"{other}/issues/2/v2/veldia/#2-veldia-01")


def test_files_of_the_selection_hold_its_rows_and_its_reference(open_page: Visit, fixture_book: Book) -> None:
    page = open_page("/events/?relationship=veldia&relationship=security&sign=minus&order=oldest")
    expect(page.locator(".found .event").first).to_be_visible()
    texts = listed(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8"), newline="")))
    assert [row["event"] for row in rows] == texts
    by_id = {row.id: row for volume in fixture_book.issues for row in (*volume.events, *volume.incidents)}
    for row in rows:
        kept = by_id[row["id"]]
        assert (row["date"], row["first"], row["last"]) == (kept.date.text, kept.date.first.isoformat(), kept.date.last.isoformat())
        for name in ("score", "national", "regional", "category", "source"):
            assert row[name] == str(getattr(kept, name, "")), (row["id"], name)
        assert row["address"].endswith(f"/{row['publication']}/v2/{row['relationship'] or 'security'}/#{row['id']}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="XLSX").click()
    book = load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    head, *lines = book["events"].iter_rows(values_only=True)
    assert [line[head.index("event")] for line in lines] == texts
    assert [line[head.index("first")].date().isoformat() for line in lines] == [row["first"] for row in rows]
    assert [str(line[head.index("score")] or "") for line in lines] == [row["score"] for row in rows]
    reference = page.locator("[data-part=citation]").inner_text()
    assert book["citation"]["B2"].value == reference
    assert f"{len(texts)} of 16 (relationship: Veldia or Security; sign of the score: Minus)" in reference
    assert reference.endswith(
        "as of 1 May 2024. https://compass.example/events/?relationship=veldia&relationship=security&sign=minus&order=oldest"
    )


def test_by_keyboard_a_choice_is_made_and_told(open_page: Visit) -> None:
    page = open_page("/events/")
    expect(page.locator(".found .event")).to_have_count(16)
    page.get_by_label("Words in the text").focus()
    for _ in range(2):  # the fold of the filters, then the first of them
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="of 16")).to_have_text("5 of 16 events and incidents")


def test_without_scripts_every_row_is_listed_and_leads_to_its_edition(open_page: Visit, fixture_book: Book) -> None:
    page = open_page("/events/", java_script_enabled=False)
    links: list[str] = page.locator(".listed__rows a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    wanted = {f"../issues/{one.publication.number}/v2/{row.relationship}/#{row.id}" for one in fixture_book.issues for row in one.events}
    wanted |= {f"../issues/{one.publication.number}/v2/security/#{row.id}" for one in fixture_book.issues for row in one.incidents}
    assert set(links) == wanted and len(links) == 16
    assert page.locator("#content :is(input, select, button)").locator("visible=true").count() == 0


def test_where_the_columns_are_missing_the_lists_stay(visit: Visit, other: str) -> None:
    page = visit("about:blank")
    page.route("**/columns.json*", lambda route: route.abort())
    page.goto(f"{other}/events/")
    expect(page.locator(".listed__rows a").first).to_be_visible()
    assert not page.locator("[data-part=form]").is_visible()


# Comparisons ---------------------------------------------------------------------------------


def numbers(page: Page) -> tuple[list[int], int, int]:
    """What each score moves the index by, and the indices above and below."""
    cells = page.locator(".falls").first.locator("tr").evaluate_all("(all) => all.slice(1).map((one) => one.cells[3].textContent)")
    before, *steps, after = (int(cell.replace("−", "-")) for cell in cells)
    return steps, before, after


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ("first=1-veldia&second=2-veldia", (-4, 2)),
        ("first=2-veldia&second=2-river-5", (2, 1)),
        ("first=1-basin-calm&second=2-basin-calm", (2, -2)),
        ("first=1-home-safety&second=2-veldia", (1, 2)),
    ],
)
def test_a_difference_adds_up_from_one_index_to_the_other(open_page: Visit, asked: str, ends: tuple[int, int]) -> None:
    page = open_page(f"/compare/?{asked}")
    expect(page.locator(".falls")).to_be_visible()
    steps, before, after = numbers(page)
    assert (before, after, sum(steps)) == (*ends, ends[1] - ends[0])
    page.get_by_text("The events of both").click()
    sums = [
        sum(int(one.replace("−", "-")) for one in side.locator("li > b").all_inner_texts()) for side in page.locator(".sides > div").all()
    ]
    assert tuple(sums) == ends


def test_a_comparison_is_chosen_and_the_address_holds_it(open_page: Visit, other: str) -> None:
    page = open_page("/compare/")
    expect(page.get_by_role("status").filter(has_text="№")).to_contain_text("The difference is +6.")
    page.get_by_role("group", name="Second").get_by_label("Issue").select_option("3")
    expect(page).to_have_url(f"{other}/compare/?first=1-veldia&second=3-veldia")
    expect(page.locator("[data-part=sentence]")).to_contain_text("The events of № 3 are not known here, so it cannot be broken down.")
    expect(page.locator(".falls")).to_have_count(0)
    page.go_back()
    expect(page.locator(".falls")).to_be_visible()


def test_without_scripts_neighbouring_issues_have_their_pages(open_page: Visit, other: str) -> None:
    page = open_page("/compare/", java_script_enabled=False)
    page.get_by_role("link", name=re.compile("№ 1 and № 2")).click()
    expect(page).to_have_url(f"{other}/compare/1-2/")
    steps, before, after = numbers(page)
    assert (before, after, sum(steps)) == (-4, 2, 6)
    assert page.locator(".listed__rows a").count() == 2 + 3 + 1 + 2 + 4 * 3
    page.goto(f"{other}/compare/2-3/")
    expect(page.get_by_text("The events of № 3")).to_contain_text("cannot be broken down into events")
    assert page.locator(".falls").count() == 0


@pytest.mark.parametrize("path", ["/events/", "/events/?relationship=security", "/compare/", "/compare/1-2/"])
@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.stress), 320])
def test_nothing_is_wider_than_a_phone(open_page: Visit, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 844})
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
