"""Editions as web archives keep them, opened in pywb when the site is no longer served."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner
from html_tree import read, with_class
from playwright.sync_api import Browser, BrowserContext, Frame, expect
from serving import answers, free_port
from trees import FIXTURES, ROOT

from hooks.publishing.cli import main

pytestmark = [pytest.mark.browser, pytest.mark.stress]
TOOLS = ROOT / ".cache/replay/bin"
SITE, DAY = "https://compass.example/", "20240501000000"
PAGES = ("issues/2/v2/", "issues/2/v2/veldia/", "issues/2/v2/security/", "issues/2/v2/data/", "issues/2/v2/cite/")
PAPERS = ("policy/open-river/v1/", "non-papers/water-talks/v1/")


@dataclass(frozen=True)
class Replay:
    """Where the captures are shown."""

    address: str

    def page(self, context: BrowserContext, path: str) -> Frame:
        """Open a page as it was captured."""
        page = context.new_page()
        page.goto(f"{self.address}/{DAY}/{SITE}{path}", wait_until="networkidle")
        frame = page.frame(name="replay_iframe")
        assert frame is not None
        return frame


@contextmanager
def wayback(place: Path) -> Iterator[str]:
    """Run pywb on a port that is free; the address has no slash at its end."""
    port = free_port()
    command = [str(TOOLS / "wayback"), "--port", str(port), "--bind", "127.0.0.1"]
    with (place / "log").open("w") as log, subprocess.Popen(command, cwd=place, stdout=log, stderr=log) as server:
        while server.poll() is None and not answers(port):
            pass
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(scope="module")
def replay(fixture_site: Path, tmp_path_factory: pytest.TempPathFactory, skip_or_fail: Callable[[str], NoReturn]) -> Iterator[Replay]:
    """Every edition of the fixtures as a WACZ, in one collection."""
    if not (TOOLS / "wayback").is_file():
        skip_or_fail("no pywb: make wacz, or make stress, installs it")
    place = tmp_path_factory.mktemp("replay")
    words = [
        "wacz",
        "--root",
        str(FIXTURES / "good"),
        "--site",
        str(fixture_site),
        "--out",
        str(place / "wacz"),
        "--tool",
        str(TOOLS / "wacz"),
    ]
    run = CliRunner().invoke(main, words, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    files = sorted((place / "wacz").glob("*.wacz"))
    assert len(files) == len(list(fixture_site.glob("*/*/v*/edition.json")))
    for command in (["init", "kept"], ["add", "--unpack-wacz", "kept", *map(str, files)]):
        subprocess.run([str(TOOLS / "wb-manager"), *command], cwd=place, check=True, capture_output=True)
    shutil.rmtree(place / "wacz")
    with wayback(place) as address:
        yield Replay(f"{address}/kept")


@pytest.fixture(params=["light", "dark"])
def reader(request: pytest.FixtureRequest, browser: Browser, replay: Replay) -> Iterator[BrowserContext]:
    """A browser that fails for whatever is not asked of the archive."""
    context = browser.new_context(color_scheme=request.param)
    asked: list[str] = []
    context.on(
        "request",
        lambda request: None if request.url.startswith((replay.address.rsplit("/", 1)[0], "data:", "blob:")) else asked.append(request.url),
    )
    yield context
    context.close()
    assert asked == []


@pytest.mark.parametrize("path", [*PAGES, *PAPERS])
def test_each_kind_of_page_is_shown_in_its_colours(replay: Replay, reader: BrowserContext, fixture_site: Path, path: str) -> None:
    frame = replay.page(reader, path)
    dark = frame.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == ("rgb(20, 24, 29)" if dark else "rgb(251, 250, 246)")
    drawn = len(list(with_class(read(fixture_site / path / "index.html"), "chart__picture")))
    assert frame.locator("figure.chart svg:visible").count() == drawn
    assert frame.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth)")


def test_an_interactive_chart_is_drawn_and_files_are_given(replay: Replay, reader: BrowserContext, fixture_site: Path) -> None:
    frame = replay.page(reader, "issues/2/v2/veldia/")
    frame.locator(".chart__button").first.click()
    expect(frame.locator(".chart__live svg").first).to_be_visible()
    for name in ("kestria-compass-2-v2.zip", "SHA256SUMS", "data/events.csv", "edition.json"):
        answer = reader.request.get(f"{replay.address}/{DAY}id_/{SITE}issues/2/v2/{name}")
        assert answer.body() == (fixture_site / "issues/2/v2" / name).read_bytes()
