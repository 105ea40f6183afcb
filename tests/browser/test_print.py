"""Pages on paper: black on white whatever the scheme, without what only a screen needs, numbers shown once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from paper import sheets
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
FURNITURE = (
    *(".masthead", ".contents", ".on-this-page", ".chart__tools", ".ways", ".anchor", ".languages", ".chart__words"),
    ".edition-status .md-header__topic",
)


@pytest.mark.parametrize(
    ("path", "inks"),
    [("/issues/19/v1/russia/", {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}), ("/policy/", {"rgb(0, 0, 0)"})],
    ids=["section", "portal"],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_black_on_white_without_furniture(visit: Visit, scheme: str, path: str, inks: set[str]) -> None:
    page = visit(path, color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    colour = "one => getComputedStyle(one).color"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("article p:visible").last.evaluate(colour) in {"rgb(0, 0, 0)", "rgb(68, 68, 68)"}
    assert page.locator("article h1:visible").evaluate(colour) == "rgb(0, 0, 0)"
    assert set(page.locator(".chart text:visible").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")) == inks
    assert page.locator(".chart__wide:visible").count() == page.locator(".chart__wide").count()
    assert page.locator(".chart__narrow:visible").count() == 0
    assert [one for one in FURNITURE if page.locator(one).first.is_visible()] == []


def test_charts_print_their_numbers_where_no_catalogue_does(visit: Visit) -> None:
    page = visit("/issues/19/v1/russia/")
    page.emulate_media(media="print")
    assert not page.locator("#chart-events-russia .chart__numbers").is_visible()
    page.goto(page.url.replace("russia/", ""))
    assert page.locator("#chart-board .chart__numbers").is_visible()


@pytest.mark.parametrize("url", ["/", "/issues/19/", "/method/"])
def test_the_last_sheet_is_not_empty(visit: Visit, url: str) -> None:
    printed = sheets(visit(url))
    assert [number for number, sheet in enumerate(printed, 1) if not sheet.strip()] == []
    assert "Minsk Barometer Digest" in printed[-1]  # the foot of every page


def test_notes_print_their_addresses(visit: Visit) -> None:
    page = visit("/issues/19/v1/security/")
    page.emulate_media(media="print")
    link = page.locator(".footnote a[href^=http]").first
    shown = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert link.get_attribute("href") in shown
