"""A whole site in another language, written from right to left: what readers see of it is in that language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import foreign
import pytest
from once import once
from playwright.sync_api import Page
from serving import serving
from trees import built, drawn_once

ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "data-copy")
DESCRIBED = ("description", "og:title", "og:description", "og:image:alt", "DC.title", "DC.description")
"""Meta elements whose content people read."""
FOR_THE_TEAM = "editors/index.html"
"""The page that says what fields mean, in the words of the model."""
SILENT = {"script", "style", "code", "pre", "textarea"}
NAMES = re.compile(
    r"https?:\S+|\S+@\S+"
    r"|\b(?:APA|Atom|BibTeX|Chicago|CSL|CSV|Crossref|DOI|DataCite|Dublin Core|ISNI|ISSN|ORCID|ROR)\b"
    r"|\b(?:JSON(?: Feed| Schema)?|JATS|MARC|MODS|PDF|PNG|RIS|SVG|Vega-Lite|XLSX|XML|ZIP)\b"
    r"|(?:[\w-]+/)+[\w.#-]*|\b[\w-]+\.(?:csv|json|yml|zip|xlsx|bib|ris|txt|md)\b"
    r"|\b[a-z0-9]+(?:[-_][a-z0-9]+)+\b"
)
"""Addresses, names of formats and files, ids."""
TABLES = re.compile(r"\((?:points|recommendations|components|judgements)(?:, (?:recommendations|components|judgements))*\)")
"""Names of tables for download, as their files have them."""
WORD = re.compile(r"[A-Za-z]{2,}")


class _Words(HTMLParser):
    """Collects what readers see of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0
        self.stated: dict[str, dict[str, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("html", "body"):
            self.stated[tag] = given
        self.silent += tag in SILENT
        self.words += [given[name] for name in ATTRIBUTES if name in given]
        if tag == "meta" and (given.get("name") or given.get("property")) in DESCRIBED:
            self.words.append(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def read(page: str) -> _Words:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return reader


def english(text: str) -> bool:
    """Whether a text holds a word in Latin letters that is no name."""
    return bool(WORD.search(NAMES.sub(" ", TABLES.sub(" ", text))))


@pytest.fixture(scope="session")
def foreign_site(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    return once(tmp_path_factory, "foreign", lambda place: built(drawn_once(foreign.tree(place), pictures))) / "site"


@pytest.fixture(scope="module")
def pages(foreign_site: Path) -> dict[str, _Words]:
    return {path.relative_to(foreign_site).as_posix(): read(path.read_text(encoding="utf-8")) for path in foreign_site.rglob("*.html")}


def test_no_page_has_a_word_of_another_language(pages: dict[str, _Words]) -> None:
    read = {path: page for path, page in pages.items() if path != FOR_THE_TEAM}
    left = {" ".join(words.split()): path for path, page in read.items() for words in page.words if english(words)}
    assert left == {}


def test_every_page_states_its_language_and_its_direction(pages: dict[str, _Words]) -> None:
    for path, page in pages.items():
        assert (page.stated["html"].get("lang"), page.stated["html"].get("dir")) == (foreign.TAG, "rtl"), path


def test_feeds_are_in_the_language_of_the_site(foreign_site: Path) -> None:
    feeds = [json.loads(path.read_text(encoding="utf-8")) for path in foreign_site.rglob("feed.json")]
    told = [text for feed in feeds for text in (feed["title"], feed["description"], *(one["title"] for one in feed["items"]))]
    assert told
    assert not list(filter(english, told))


@pytest.fixture
def open_page(foreign_site: Path, visit_quietly: Callable[..., Page]) -> Iterator[Callable[[str], Page]]:
    """Open a page of the site on a phone; what it complains about fails the test."""
    with serving(foreign_site) as address:
        yield lambda path: visit_quietly(address + path, viewport={"width": 390, "height": 844})


def shown(page: Page) -> list[str]:
    """The lines that a reader sees, and the names of what is there to use."""
    names = "(all) => all.map((one) => one.getAttribute('aria-label'))"
    return [*page.locator("body").inner_text().splitlines(), *page.locator("[aria-label]").evaluate_all(names)]


@pytest.mark.parametrize("path", ["/events/?sign=minus&words=ا", "/compare/", "/search/?q=ا"])
def test_programs_speak_the_language_of_the_page(path: str, open_page: Callable[..., Page]) -> None:
    page = open_page(path)
    page.locator(":is(.explorer__count strong, [data-part=sentence], .search__status):not(:empty)").wait_for()
    assert not list(filter(english, shown(page)))


@pytest.mark.parametrize("path", ["/", "/issues/2/v2/security/", "/policy/open-river/v1/recommendations/"])
def test_no_page_scrolls_sideways_on_a_phone(path: str, open_page: Callable[..., Page]) -> None:
    page = open_page(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "rtl"
