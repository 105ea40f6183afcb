"""What readers take along: a chart in somebody else's page, at every width, in light and dark; the reference of a row in one click."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from html_tree import one_of_each_kind
from playwright.sync_api import Page, expect
from serving import serving

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
WIDTHS = (320, 390, 480, 600, 700, 800)
SIZES = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
PAINTED = "(element) => getComputedStyle(element).backgroundColor"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder of somebody else, served from an address of his own."""
    folder = tmp_path_factory.mktemp("somebody-else")
    (folder / "404.html").write_text("<!doctype html><title>None</title>", encoding="utf-8")
    with serving(folder) as address:
        yield folder, address


def records(site: Path) -> dict[str, dict[str, str]]:
    """The oEmbed record of every chart: path of its page -> record."""
    found = sorted(site.glob("*/*/v1/embed/*/oembed.json"))
    return {f"/{path.parent.relative_to(site).as_posix()}/": json.loads(path.read_text(encoding="utf-8")) for path in found}


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.stress)], ids=["each kind", "every chart"])
def test_nothing_is_cut_off_at_any_width(visit: Visit, served: str, real_site: Path, every: bool) -> None:
    page = visit("about:blank")
    cut = []
    embeds = records(real_site)
    for path in embeds if every else one_of_each_kind(real_site, embeds):
        record = embeds[path]
        page.goto(served + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": int(record["height"])})
            wide, high = page.evaluate(SIZES)
            if wide > width or high > int(record["height"]):
                cut.append((path, width, record["height"], wide, high))
    assert cut == []


def test_the_code_beside_a_chart_shows_it_elsewhere(visit: Visit, served: str, host: tuple[Path, str]) -> None:
    page = visit("/issues/19/v1/russia/", java_script_enabled=False)
    chart = page.locator("#chart-events-russia")
    chart.get_by_text("Embed this chart").click()
    code = chart.locator("textarea").input_value()
    folder, address = host
    site = chart.get_attribute("data-site") or ""
    (folder / "index.html").write_text(
        f"<!doctype html><title>News</title><link rel=icon href=data:,>{code.replace(site, f'{served}/')}", encoding="utf-8"
    )
    told: list[str] = []
    asked: list[str] = []
    listeners = {"console": lambda message: told.append(message.text), "request": lambda request: asked.append(request.url)}
    other = visit(address, listeners, viewport={"width": 390, "height": 844})
    frame = other.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Events: Russia")).to_be_visible()
    picture = frame.get_by_role("link", name="Events: Russia").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(element) => element.decode().then(() => element.naturalWidth)") == 640
    expect(frame.get_by_text("Cite:")).to_be_visible()
    edition = f"{served}/issues/19/v1"
    assert [one for one in asked if one.startswith(served)] == [f"{edition}/embed/events-russia/", f"{edition}/charts/events-russia.svg"]
    assert [one for one in told if "favicon" not in one] == []
    link = frame.get_by_role("link", name="Relationship with Russia")
    expect(link).to_have_attribute("href", f"{site}issues/19/v1/russia/#chart-events-russia")
    expect(link).to_have_attribute("target", "_blank")
    assert frame.locator("body").evaluate(PAINTED) == "rgb(255, 255, 255)"
    other.emulate_media(color_scheme="dark")
    assert frame.locator("body").evaluate(PAINTED) != "rgb(255, 255, 255)"


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_the_entries_of_a_row_are_one_click_away_at_the_row(visit: Visit, touch: bool) -> None:
    page = visit("/issues/19/v1/us/", has_touch=touch, is_mobile=touch, viewport={"width": 390 if touch else 1280, "height": 844})
    row = page.locator('[id="19-us-13"]')
    if touch:
        page.get_by_text("24 events, by date").tap()  # folded on a phone
    words = row.locator("td").nth(1)
    (words.tap if touch else words.hover)()
    for kind, key in (("BibTeX", "@incollection{issues-19-v1-us-19-us-13,"), ("RIS", "TY  - CHAP")):
        with page.expect_download() as saved:
            row.get_by_role("button", name=f"{kind} of 19-us-13").click()
        text = Path(saved.value.path()).read_text(encoding="utf-8")
        assert text.startswith(key)
        assert text.count("/us/#19-us-13") == text.count("https://barometer.example/") == 1
