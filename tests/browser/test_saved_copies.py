"""Pages without scripts, and pages out of an archive file: in the colours that the reader has chosen, without buttons that cannot work."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hooks.publishing.offline_copy import SAVED

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 24, 29)"}
SECTION = "issues/2/v2/veldia/"


@pytest.fixture(scope="module")
def copy(fixture_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of an edition out of its archive file."""
    (file,) = (fixture_site / "issues/2/v2").glob("*.zip")
    place = tmp_path_factory.mktemp("saved")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(place)
    return next(place.glob("*/data/pages"))


def looks(page: Page, scheme: str) -> None:
    """What is shown is in the colours of the scheme, pictures of charts too."""
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER[scheme]
    drawn = page.locator("figure.chart svg:visible").first.locator("text").first
    light = drawn.evaluate(
        "(text) => getComputedStyle(text).fill.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) > 384"
    )
    assert light == (scheme == "dark")


@pytest.mark.parametrize("scheme", PAPER)
def test_colours_follow_the_system_without_scripts(visit: Visit, other: str, copy: Path, scheme: str) -> None:
    for url in (f"{other}/{SECTION}", (copy / "veldia/index.html").as_uri()):
        page = visit(url, color_scheme=scheme, java_script_enabled=False)
        looks(page, scheme)
        assert page.locator("button:visible").count() == (1 if url.startswith("http") else 0)  # a form leads to the search


@pytest.mark.parametrize("scheme", PAPER)
def test_a_saved_copy_says_what_it_cannot_do_and_offers_nothing_that_fails(visit: Visit, copy: Path, scheme: str) -> None:
    page = visit((copy / "veldia/index.html").as_uri(), color_scheme=scheme)
    looks(page, scheme)
    expect(page.locator(".masthead__copy")).to_be_visible()
    assert page.locator(".masthead__copy").inner_text() in SAVED
    page.locator("a.anchor").last.focus()
    assert page.locator(".cite-row, .chart__button, form").count() == 0
    page.locator(".cite-this summary").click()
    copied = page.locator(".cite-this li, .page-foot__cite", has=page.locator("button"))
    assert [part for part in copied.all() if part.locator("a[download]").count()] == []


def test_a_reference_that_is_not_in_the_packed_file_is_no_download(visit: Visit, other: str) -> None:
    saved: list[str] = []
    page = visit("about:blank", {"download": lambda download: saved.append(download.suggested_filename)})
    page.route("**/references.zip", lambda route: route.fulfill(body=b"PK\x05\x06" + b"\0" * 18))
    page.goto(f"{other}/{SECTION}")
    page.locator("table a.anchor, li a.anchor").first.focus()
    page.locator(".cite-row button", has_text="BibTeX").click()
    expect(page.locator(".said")).to_have_text("It could not be loaded")
    assert saved == []
