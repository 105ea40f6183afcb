"""The finished pages of an edition as one document for print: their articles, in order, without what only a screen needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, tostring

import tinyhtml5

from macros.charts import _theme
from macros.pages.charts import COLOURS
from macros.target import relative

FURNITURE = {"folio", "edition-status", "page-foot", "chart__tools", "citation__bibtex", "filter", "footnote-backref", "summary"}
"""Parts of a page that lead somewhere else, are for programs, or that the title page says once for all."""

INKS = {called: colour for colour, called in COLOURS.items()} | {COLOURS[_theme.PAPER]: "none"}
"""What the page's style sheet calls the colours of charts -> the colours themselves; paper has its own."""

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = str.maketrans({"●": "•", "✚": "+"})
"""Shapes that the fonts of the PDF do not hold -> their nearest kin."""


@dataclass(frozen=True)
class Leaf:
    """One page of the edition.

    Attributes:
        url: Its address from the edition's folder: empty, or `data/`.
        article: Its text.
    """

    url: str
    article: Element

    @property
    def name(self) -> str:
        """What its ids begin with in the one document."""
        return self.url.strip("/").replace("/", "-") or "first"

    @property
    def title(self) -> str:
        """Its heading."""
        return _text(next(self.article.iter("h1")))

    def repeats(self, title: str) -> None:
        """Keep its heading out of the running head where that says the same already."""
        if title.startswith(self.title):
            next(self.article.iter("h1")).set("class", "again")

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Its sections, for the contents: id and heading."""
        return [
            (element.get("id", ""), _text(element))
            for element in self.article.iter("h2")
            if element.get("id") not in {None, f"{self.name}--notes"}
        ]

    @property
    def html(self) -> str:
        """Its text as HTML."""
        return tostring(self.article, encoding="unicode", method="html")


def leaves(folder: Path, permalink: str) -> list[Leaf]:
    """Every page of a built edition, in the order of its contents.

    Args:
        folder: The edition, built.
        permalink: Its absolute address, with a slash at its end.

    Returns:
        The pages, with ids that are unique across them; links between them stay within the
        document, all others are absolute.
    """
    first = _read(folder / "index.html")
    contents = next(element for element in first.iter("ol") if "contents__list" in _classes(element))
    urls = dict.fromkeys(urljoin("x:/", one.get("href", "")).removeprefix("x:/") for one in contents.iter("a"))
    read = [Leaf(url, _article(first if not url else _read(folder / url / "index.html"))) for url in urls]
    seen: dict[str, Leaf] = {}
    for leaf in read:
        _charts(leaf.article)
        _tidy(leaf, permalink)
        _once(leaf, seen)
    ids = {leaf.url: {one.get("id", "") for one in leaf.article.iter()} for leaf in read}
    for leaf in read:
        _join(leaf, {permalink + other.url: (other.name, ids[other.url]) for other in read}, permalink)
    return read


def _read(path: Path) -> Element:
    tree: Element = tinyhtml5.parse(path.read_text(encoding="utf-8"), namespace_html_elements=False)
    return tree


def _article(page: Element) -> Element:
    article = next(page.iter("article"))
    article.attrib.clear()
    return article


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _charts(article: Element) -> None:
    """Give charts the colours, fonts and name that a page's style sheet would give; drop numbers that a catalogue repeats."""
    ids = {element.get("id", "") for element in article.iter()}
    for figure in [one for one in article.iter("figure") if "chart" in _classes(one)]:
        picture = next(figure.iter(f"{SVG}svg"), Element("svg"))
        marks = {one.get("href", "")[1:] for one in picture.iter(f"{SVG}a") if one.get("href", "").startswith("#")}
        _draw(picture, _text(next(figure.iter("figcaption"))).rstrip("# "))
        for numbers in [one for one in figure if one.tag == "details"]:
            numbers.tag = "div"
            if marks & ids:  # the rows of the catalogue on the same page
                _drop(figure, numbers)


def _draw(picture: Element, title: str) -> None:
    for element in picture.iter():
        element.tag = "g" if element.tag == f"{SVG}a" else element.tag.removeprefix(SVG)
        attributes = {name: INKS.get(value, value) for name, value in element.attrib.items() if name not in {"href", "aria-label", "id"}}
        element.attrib.clear()
        element.attrib.update(attributes)
    picture.attrib.update({"font-family": "Print Sans"})
    name = Element("title")
    name.text = title
    picture.insert(0, name)


def _tidy(leaf: Leaf, permalink: str) -> None:
    """Take out what only a screen needs, and write the ids of rows beside them."""
    for parent, child in [(element, child) for element in leaf.article.iter() for child in element]:
        if FURNITURE & {*_classes(child), child.get("id", ""), child.tag}:
            _drop(parent, child)
        elif "anchor" in _classes(child):
            shown = child.get("href", "")[1:]
            child.tag, child.text, child.attrib = "span", shown, {"class": "row-id"}
            if parent.tag == "figcaption" or (parent.tag in {"h2", "h3", "h4"} and parent.get("id") == shown):
                _drop(parent, child)  # charts and headings are found without
        elif "references" in _classes(child):  # a quarter of all pages, and of use only where each can be copied
            child.tag, child.text, child[:] = "p", f"On the web, the list stands at {permalink}{leaf.url}#references.", []
        elif "band" in _classes(parent) and child.get("aria-hidden"):
            child.text = (child.text or "").translate(SHAPES)


def _once(leaf: Leaf, seen: dict[str, Leaf]) -> None:
    """Print each catalogue once: where all rows of one stood on an earlier page, say where.

    Args:
        leaf: The page.
        seen: Ids of the rows so far, with their page; those of this page are added.
    """
    for table in [element for element in leaf.article.iter() if "catalogue" in _classes(element)]:
        rows = [row.get("id", "") for row in table.iter("tr") if row.get("id")]
        if rows and seen.keys() >= set(rows):
            earlier = seen[rows[0]]
            link = Element("a", {"href": f"{relative(earlier.url, leaf.url)}#{rows[0]}", "class": "elsewhere"})
            table.tag, table.text, link.text = "p", None, earlier.title
            table[:] = [link]
        seen |= {row: leaf for row in rows if row not in seen}


def _drop(parent: Element, child: Element) -> None:
    """Take out an element, but not the text behind it."""
    before = list(parent)[: list(parent).index(child)]
    if child.tail and before:
        before[-1].tail = (before[-1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _join(leaf: Leaf, places: Mapping[str, tuple[str, set[str]]], permalink: str) -> None:
    """Make ids unique, and turn links between pages into links within the document.

    Args:
        leaf: The page.
        places: Address of each page -> what its ids begin with, and its ids.
        permalink: Absolute address of the edition.
    """
    for element in leaf.article.iter():
        if element.get("id"):
            element.set("id", f"{leaf.name}--{element.get('id')}")
        if "href" in element.attrib:
            address, _, fragment = urljoin(permalink + leaf.url, element.get("href", "")).partition("#")
            name, ids = places.get(address, ("", set()))
            inner = f"#{name}--{fragment}" if fragment in ids else f"#{name}"
            element.set("href", inner if name else address + (f"#{fragment}" if fragment else ""))
    leaf.article.set("id", leaf.name)
