"""A monitor that is written from right to left: names keep their numbers on pages, in charts and in the PDF."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from once import once
from playwright.sync_api import Page
from serving import serving
from trees import built, drawn_once, monitor_tree

from hooks.publishing import pdf
from macros.book import Book, open_book
from macros.indices import index
from macros.language import in_language
from macros.target import Target
from macros.words import signed

PAGES = ("", "issues/", "issues/1/", "issues/1/v1/", "issues/1/v1/north/", "issues/1/v1/security/", "issues/1/v1/data/", "events/")

SIGNS_BEFORE_NUMBERS = """() => {
  const astray = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const { index, 0: text } of node.data.matchAll(/[+−]\\d/g)) {
      const [sign, digit] = [0, 1].map((more) => {
        const range = document.createRange();
        range.setStart(node, index + more);
        range.setEnd(node, index + more + 1);
        return range.getBoundingClientRect();
      });
      if (sign.left >= digit.left) astray.push(`${text} in ${node.data.trim()}`);
    }
  }
  return astray;
}"""
"""Signs that stand behind the number that they belong to, as a reader sees them."""

LEFT_ENDS = """(label) => {
  const text = [...document.querySelectorAll(".chart__picture svg text")].find((text) => text.textContent.includes(label));
  const at = (letters) => text.getExtentOfChar(text.textContent.indexOf(letters)).x;
  return [at(label.slice(0, 3)), at("WTR-2"), at("0.7")];
}"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    return once(tmp_path_factory, "wells", lambda place: built(drawn_once(monitor_tree(place, "wells"), pictures))) / "site"


@pytest.fixture(scope="session")
def book(site: Path) -> Book:
    return open_book(site.parent)


@pytest.fixture
def open_page(site: Path, visit: Callable[..., Page]) -> Iterator[Callable[[str], Page]]:
    with serving(site) as address:
        yield lambda path: visit(f"{address}/{path}")


def test_every_page_says_its_language_and_direction(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if "/latest/" not in path.as_posix()]
    assert [path for path in pages if not re.search(r'<html[^>]* lang="ar"', path.read_text(encoding="utf-8"))] == []
    assert [path for path in pages if not re.search(r'<(html|body)[^>]* dir="rtl"', path.read_text(encoding="utf-8"))] == []


def test_headings_lead_by_their_letters(site: Path) -> None:
    assert 'id="لماذا-تحرك-المؤشر"' in (site / "issues/1/v1/north/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_and_a_sign_stands_before_its_number(open_page: Callable[[str], Page], path: str) -> None:
    page = open_page(path)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SIGNS_BEFORE_NUMBERS) == []


def test_the_parts_of_a_label_stand_in_the_order_of_reading(open_page: Callable[[str], Page]) -> None:
    page = open_page("issues/1/v1/north/")
    first, name, number = page.evaluate(LEFT_ENDS, "تفاوض الطرفان")
    assert number > first > name, "from right to left: the score, the begin of the event, the name within it"


def test_the_search_finds_words_of_the_script(open_page: Callable[[str], Page]) -> None:
    page = open_page("search/?q=القناة")
    page.locator(".search__best li, .search__results li").first.wait_for()
    assert "القناة" in page.locator("main").inner_text()


@pytest.fixture(scope="session")
def printed(site: Path, book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the first issue."""
    made, target = tmp_path_factory.mktemp("printed") / "edition.pdf", Target("edition", "issues/1", 1)
    with in_language(book.language(target.address)):
        made.write_bytes(pdf.make(pdf.document(book, target, site / target.path)))
    return made


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_names_keep_their_numbers_in_the_pdf(printed: Path, book: Book) -> None:
    text = output("pdftotext", "-layout", printed, "-")
    lines = ["".join(letter for letter in line if unicodedata.category(letter) != "Cf") for line in text.splitlines()]
    for name, label in (("north", "الواحة الشمالية"), ("salt", "أهل الملح")):
        value = signed(index(book, book.volume("issues/1"), name).aggregate)
        assert any(label in line and value in line for line in lines), label


def test_pictures_of_the_pdf_have_joined_letters(printed: Path, site: Path) -> None:
    """WeasyPrint would set the letters of a picture one by one; they are dots, with their words beside them."""
    charts = list((site / "issues/1/v1/charts").glob("*.png"))
    assert len(re.findall(r"^ +\d+ +\d+ image ", output("pdfimages", "-list", printed), re.MULTILINE)) >= len(charts) > 3
