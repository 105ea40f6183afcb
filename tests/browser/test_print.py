"""Pages on paper: black on white whatever the scheme, without what only a screen needs, numbers shown once."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FURNITURE = (
    *(".masthead", ".contents", ".chart__tools", ".ways", ".anchor", ".languages", ".chart__words"),
    ".edition-status .md-header__topic",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_black_on_white_without_furniture(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("/issues/19/v1/russia/", color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    colour = "one => getComputedStyle(one).color"
    assert page.locator("article p").last.evaluate(colour) in {"rgb(0, 0, 0)", "rgb(68, 68, 68)"}
    assert page.locator("article h1").evaluate(colour) == "rgb(0, 0, 0)"
    inks = page.locator(".chart text:visible").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    assert set(inks) == {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert page.locator(".chart__wide:visible").count() == page.locator(".chart__wide").count()
    assert page.locator(".chart__narrow:visible").count() == 0
    assert [one for one in FURNITURE if page.locator(one).first.is_visible()] == []


def test_charts_print_their_numbers_where_no_catalogue_does(visit: Callable[..., Page]) -> None:
    page = visit("/issues/19/v1/russia/")
    page.emulate_media(media="print")
    assert not page.locator("#chart-events-russia .chart__numbers").is_visible()
    page.goto(page.url.replace("russia/", ""))
    assert page.locator("#chart-board .chart__numbers").is_visible()


@pytest.mark.parametrize("url", ["/", "/issues/19/v1/russia/", "/issues/19/", "/method/"])
def test_the_last_sheet_is_not_empty(visit: Callable[..., Page], url: str) -> None:
    sheets = pypdf.PdfReader(io.BytesIO(visit(url).pdf(format="A4"))).pages
    assert [number for number, sheet in enumerate(sheets, 1) if not sheet.extract_text().strip()] == []
    assert "Minsk Barometer Digest" in sheets[-1].extract_text()  # the foot of every page


def test_notes_print_their_addresses(visit: Callable[..., Page]) -> None:
    page = visit("/issues/19/v1/security/")
    page.emulate_media(media="print")
    link = page.locator(".footnote a[href^=http]").first
    shown = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert link.get_attribute("href") in shown
