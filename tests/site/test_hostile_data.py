"""Whatever a text of a data file or of front matter holds, it is printed as it stands and nothing is made of it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hostile import PAYLOADS, every_payload, make_hostile, some_payloads
from html_tree import one_of_each_kind, read
from html_tree import text as words_of
from playwright.sync_api import Browser, ConsoleMessage
from serving import serving
from trees import ROOT, built, copy, drawn_once, fixture_tree

from hooks.publishing.html_page import HtmlPage
from macros.book import open_book

TREES: dict[str, Callable[[Path], Path]] = {
    "fixture": fixture_tree,
    "real": lambda place: copy(place, ROOT, "mkdocs.yml", "docs", "data", "hooks"),
}
Pair = tuple[Path, Path]


@pytest.fixture(scope="module", params=["fixture", pytest.param("real", marks=pytest.mark.stress)])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Pair:
    """A tree with hostile texts, and the same with its own, both built."""
    tree = drawn_once(TREES[request.param](tmp_path_factory.mktemp("hostile")), pictures)
    assert make_hostile(tree, some_payloads if request.param == "fixture" else every_payload) > 150
    built(tree)
    site: Path = request.getfixturevalue(f"{request.param}_site")
    return tree, site.parent


def pages(site: Path) -> Iterator[Path]:
    return (path.relative_to(site) for path in sorted(site.rglob("*.html")))


DRAWING = {
    *("svg", "g", "a", "path", "circle", "rect", "line", "text", "tspan", "title", "defs"),
    *("clippath", "lineargradient", "stop", "style"),
}
DRAWN = re.compile(r"<svg.*?</svg>", re.DOTALL)


def outline(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes; what is in a picture is looked at by itself."""
    return [(element.tag, tuple(sorted(element.attributes))) for element in HtmlPage(DRAWN.sub("<svg></svg>", page)).elements()]


def test_no_element_or_attribute_is_born_of_data(pair: Pair) -> None:
    """A list may have other parts where its words are others: of a spelling, of two paragraphs; no page has a part that is new.

    Each translated page says that its original has changed.
    """
    hostile, plain = (tree / "site" for tree in pair)
    assert list(pages(hostile)) == list(pages(plain))
    translations = open_book(plain.parent).series.translations
    outlines = {page: outline((plain / page).read_text(encoding="utf-8")) for page in pages(plain)}
    parts = {part for found in outlines.values() for part in found}
    others = []
    for page in pages(hostile):
        found = outline((hostile / page).read_text(encoding="utf-8"))
        assert set(found) <= parts, page
        others += [page] if found != outlines[page] and page.parts[0] not in translations else []
    assert len(others) < len(outlines) / 10, others


def test_pictures_hold_texts_and_no_more(pair: Pair) -> None:
    site = pair[0] / "site"
    drawings = [*site.rglob("*.svg"), *site.rglob("*.html")]
    for path in drawings:
        for drawing in [path.read_text(encoding="utf-8")] if path.suffix == ".svg" else DRAWN.findall(path.read_text(encoding="utf-8")):
            found = HtmlPage(drawing)
            assert {element.tag for element in found.elements("body *")} <= DRAWING
            assert found.runs == found.scripts == []


def test_nothing_was_run_while_it_was_built(pair: Pair) -> None:
    assert not [path for tree in pair for path in tree.rglob("pwned")]
    assert not Path("pwned").exists()


def asked_icon(message: ConsoleMessage) -> bool:
    """Whether a message is that the browser looked for an icon, which an embed does not name."""
    return message.location["url"].endswith("/favicon.ico")


def test_in_a_browser_nothing_runs(pair: Pair, browser: Browser) -> None:
    site = pair[0] / "site"
    context = browser.new_context()
    context.add_init_script("window.pwned = []; window.pwn = () => { window.pwned.push(location.href) };")
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" and not asked_icon(message) else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            troubles.append(request.url) if "127.0.0.1" not in request.url and not request.url.startswith(("blob:", "data:")) else None
        ),
    )
    with serving(site) as address:
        count = 0
        addresses = (path.as_posix().removesuffix("index.html") for path in pages(site) if "latest" not in path.parts)
        for path in one_of_each_kind(site, addresses):
            page.goto(f"{address}/{path}")
            for anchor in page.locator("a[href^='javascript'], [onclick], [onload], [onerror]").all():
                troubles.append(str(anchor))
            assert page.evaluate("window.pwned") == [], path
            count += 1
    assert troubles == []
    assert count > 20
    context.close()


def test_honest_letters_are_printed_as_they_were_written(pair: Pair) -> None:
    site = pair[0] / "site"
    named = [path for path in pages(site) if re.fullmatch(r"(?!compare/)[a-z-]+/[^/]+/(v1/)?index\.html", path.as_posix())]
    assert len(named) > 8
    for path in (Path("index.html"), *named):
        tree = read(site / path)
        title, heading = (words_of(next(tree.iter(tag))) for tag in ("title", "h1"))
        assert PAYLOADS["honest"] in title or PAYLOADS["honest"] in heading, path
        assert PAYLOADS["jinja"] in heading or heading == "Home", path


def test_other_files_hold_texts_and_no_more(pair: Pair) -> None:
    site = pair[0] / "site"
    for feed in (site / "feed.xml", site / "sitemap.xml", site / "opensearch.xml"):
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(feed).getroot().iter()}
        assert not tags & {"script", "img", "svg", "b"}, feed
    for path in site.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for page in site.rglob("*.html"):
        for graph in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL):
            json.loads(graph)
    for book in site.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(book):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not [cell.coordinate for cell in cells if cell.data_type == "f"], book
            assert not [
                cell.hyperlink.target for cell in cells if cell.hyperlink and not cell.hyperlink.target.startswith(("http", "mailto:"))
            ]
    for path in site.rglob("*.csv"):
        cells = {cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for cell in row}
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]", cell) and not re.fullmatch(r"\+\d+( and higher)?", cell)], path
    for archive in site.rglob("*-v*.zip"):
        with zipfile.ZipFile(archive) as packed:
            assert all(".." not in name and not name.startswith("/") for name in packed.namelist())


def test_what_was_built_from_it_is_checked_as_everything_is(pair: Pair) -> None:
    assert open_book(pair[0]).series.title.startswith("Hostile ")
    shutil.rmtree(pair[0] / ".cache", ignore_errors=True)
