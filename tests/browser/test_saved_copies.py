"""Pages without scripts, and pages out of an archive file: in the colours that the reader has chosen, without buttons that cannot work."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import serving

from hooks.publishing.offline_copy import SAVED

pytestmark = pytest.mark.browser
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
def test_colours_follow_the_system_without_scripts(browser: Browser, fixture_site: Path, copy: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, java_script_enabled=False)  # type: ignore[arg-type]
    with serving(fixture_site) as address:
        for url in (f"{address}/{SECTION}", (copy / "veldia/index.html").as_uri()):
            page = context.new_page()
            page.goto(url)
            looks(page, scheme)
            assert page.locator("button:visible").count() == (1 if url.startswith("http") else 0)  # a form leads to the search
    context.close()


@pytest.mark.parametrize("scheme", PAPER)
def test_a_saved_copy_says_what_it_cannot_do_and_offers_nothing_that_fails(browser: Browser, copy: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((copy / "veldia/index.html").as_uri())
    looks(page, scheme)
    expect(page.locator(".masthead__copy")).to_be_visible()
    assert page.locator(".masthead__copy").inner_text() in SAVED
    page.locator("a.anchor").last.focus()
    assert page.locator(".cite-row, .chart__button, form").count() == 0
    page.locator(".cite-this summary").click()
    copied = page.locator(".cite-this li, .page-foot__cite", has=page.locator("button"))
    assert [part for part in copied.all() if part.locator("a[download]").count()] == []
    context.close()


def test_a_reference_that_is_not_in_the_packed_file_is_no_download(browser: Browser, fixture_site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    with serving(fixture_site) as address:
        page.route("**/references.zip", lambda route: route.fulfill(body=b"PK\x05\x06" + b"\0" * 18))
        page.goto(f"{address}/{SECTION}")
        page.locator("table a.anchor, li a.anchor").first.focus()
        page.locator(".cite-row button", has_text="BibTeX").click()
        expect(page.locator(".said")).to_have_text("It could not be loaded")
    assert saved == []
    context.close()
