"""The finished pages of an edition as parts of one document for print: their articles, in order, without what only a screen needs."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, tostring

from hooks.publishing.html_tree import classes, drop, pairs, parents, read, text_of
from hooks.publishing.print_layout import lay_out, print_addresses
from macros.charts import _theme
from macros.charts._letters import drawn_length
from macros.language import gettext
from macros.pages.charts import COLOURS, png
from macros.pages.citation import OF_THE_WHOLE
from macros.scripts import fonts_cover
from macros.target import relative

FURNITURE = {
    *(
        "folio",
        "byline",
        "edition-status",
        "citation",
        "page-foot",
        "chart__tools",
        "chart__narrow",
        "chart__words",
        "filter",
        "footnote-backref",
    ),
    *("summary", "anchor", "screen", "downloads", "files", "chart__embed", "references", "originals", "button", "copy"),
    *("languages", "cards", "strongest", "strongest__title"),
}
"""Parts of a page that lead somewhere else, are for programs or for screens, or that title page and overview say once for all."""
MOST_HEADINGS = 80
"""Of contents in two columns."""

INKS = {called: colour for colour, called in COLOURS.items()} | {COLOURS[_theme.PAPER]: "none"}
"""What the page's style sheet calls the colours of charts -> the colours themselves; paper has its own."""
BEFORE = {"middle": 0.5, "end": 1}
"""How much of a line stands before its place (SVG 2, 11.10.1); of others nothing."""

SHAPES = str.maketrans({"●": "•", "✚": "+"})
"""Shapes that the fonts of the PDF do not hold -> their nearest kin."""


@dataclass(frozen=True)
class Leaf:
    """One page of the edition.

    Attributes:
        url: Its address from the edition's folder: empty, or `data/`.
        article: Its text.
        ids: The ids of the page as it is served.
    """

    url: str
    article: Element
    ids: frozenset[str]

    @property
    def name(self) -> str:
        """What its ids begin with in the one document."""
        return self.url.strip("/").replace("/", "-") or "first"

    @property
    def title(self) -> str:
        """Its heading."""
        return text_of(next(self.article.iter("h1")))

    @property
    def empty(self) -> bool:
        """Whether nothing of it is printed but its heading."""
        return text_of(self.article) == self.title

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Its sections, for the contents: id and heading."""
        return [(element.get("id", ""), text_of(element)) for element in self.article.iter("h2") if element.get("id")]

    @property
    def addresses(self) -> dict[str, str]:
        """Where each of its places is on the web, from the edition's folder: id in the one document -> page, and id there."""
        served = {anchor: anchor.partition(f"{self.name}--")[2] for anchor in _ids(self.article)}
        return {anchor: f"{self.url}#{quote(own, safe=':')}" if own in self.ids else self.url for anchor, own in served.items()}

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
    first = read(folder / "index.html")
    contents = next(element for element in first.iter("ol") if "contents__list" in classes(element))
    urls = list(dict.fromkeys(urljoin(permalink, link.get("href", "")).removeprefix(permalink) for link in contents.iter("a")))
    pages = [_leaf(url, first if not url else read(folder / url / "index.html")) for url in urls]
    seen: dict[str, tuple[Leaf, str]] = {}
    for leaf in pages:
        _charts(leaf.article)
        _tidy(leaf.article)
        _once(leaf, seen)
        lay_out(leaf.article)
    pages = [leaf for leaf in pages if not (leaf.empty and leaf.url in OF_THE_WHOLE)]
    ids = {leaf.url: _ids(leaf.article) for leaf in pages}
    for leaf in pages:
        _join(leaf, {permalink + other.url: (other.name, ids[other.url]) for other in pages}, permalink)
        print_addresses(leaf.article)
    return pages


def _leaf(url: str, page: Element) -> Leaf:
    article = next(page.iter("article"))
    article.attrib.clear()
    return Leaf(url, article, _ids(article))


def _ids(article: Element) -> frozenset[str]:
    return frozenset(filter(None, (element.get("id") for element in article.iter())))


def _charts(article: Element) -> None:
    """Give charts the colours, fonts and name that a page's style sheet would give; drop numbers that a catalogue repeats."""
    ids = _ids(article)
    for figure in [element for element in article.iter("figure") if "chart" in classes(element)]:
        picture = next(figure.iter("svg"), Element("svg"))
        marks = {link.get("href", "")[1:] for link in picture.iter("a") if link.get("href", "").startswith("#")}
        title = text_of(next(figure.iter("figcaption"))).rstrip("# ")
        _draw(picture, title)
        if fonts_cover(picture.itertext()):
            _begin(picture)
        else:
            _shape(picture, title)
        for numbers in [element for element in figure if "chart__numbers" in classes(element)]:
            if numbers.tag == "p" or marks & ids:  # the rows of the catalogue on the same page
                drop(figure, numbers)
            else:
                numbers.tag = "div"


def _draw(picture: Element, title: str) -> None:
    for element in picture.iter():
        element.tag = "g" if element.tag == "a" else element.tag
        attributes = {name: INKS.get(value, value) for name, value in element.attrib.items() if name not in {"href", "aria-label", "id"}}
        element.attrib.clear()
        element.attrib.update(attributes)
    picture.attrib.update({"font-family": "Print Sans"})
    name = Element("title")
    name.text = title
    picture.insert(0, name)


def _begin(picture: Element) -> None:
    """Let each line begin at its place: WeasyPrint makes a group for transparency of one that ends or has its middle there."""
    for line in picture.iter("text"):
        before = BEFORE.get(line.attrib.pop("text-anchor", ""), 0)
        line.set("x", f"{-before * drawn_length(line.text or '', line.get('font-weight') == 'bold'):.1f}")


def _shape(picture: Element, title: str) -> None:
    """Put dots in the place of lines: WeasyPrint sets the letters of a picture one by one, where vl-convert joins and orders them."""
    picture.attrib.update({"xmlns": "http://www.w3.org/2000/svg", "font-family": "Roboto, sans-serif"})
    picture.insert(0, Element("rect", {"width": "100%", "height": "100%", "fill": "#fff"}))
    dots = base64.b64encode(png(tostring(picture, encoding="unicode"), 3)).decode()
    picture.clear()
    picture.tag = "img"
    picture.attrib.update({"src": f"data:image/png;base64,{dots}", "alt": title})


def _tidy(article: Element) -> None:
    """Take out what only a screen needs: furniture, and sections whose heading says that they are for screens."""
    for heading in [element for element in article.iter() if element.tag == "h2" and "screen" in classes(element)]:
        parent = parents(article)[heading]
        following = list(parent)[list(parent).index(heading) + 1 :]
        for element in following[: next((at for at, other in enumerate(following) if other.tag in {"h1", "h2"}), len(following))]:
            parent.remove(element)
    for parent, child in pairs(article):
        if FURNITURE & {*classes(child), child.get("id", ""), child.tag}:
            drop(parent, child)
        elif child.get("data-versionurl") and child.get("data-versionurl") == child.get("href"):
            child.set("class", "capture")  # what stands in an archive has the address of the source in its own
        elif "band" in classes(parent) and child.get("aria-hidden"):
            child.text = (child.text or "").translate(SHAPES)


def _once(leaf: Leaf, seen: dict[str, tuple[Leaf, str]]) -> None:
    """Print each table once: where all that one holds stood on an earlier page, say where.

    Args:
        seen: Rows and titles of tables so far, each with its page and id; those of this page are added.
    """
    for number, (table, title) in enumerate(_titles(leaf.article).items(), 1):
        rows = [row.get("id", "") for row in table.iter("tr") if row.get("id")]
        names = rows if "catalogue" in classes(table) else [title] if title and "figures" in classes(table) else []
        if names and all(name in seen for name in names) and seen[names[0]][0] is not leaf:
            earlier, anchor = seen[names[0]]
            _refer(leaf, table, title, f"{relative(earlier.url, leaf.url)}#{anchor}", earlier.title)
        elif names:
            table.set("id", table.get("id") or f"table-{number}")
            seen.update({name: (leaf, table.get("id", "")) for name in names if name not in seen})


def _titles(article: Element) -> dict[Element, str]:
    """What each table is called: its caption, or the heading right before it."""
    titles, heading = {}, ""
    for element in article.iter():
        if element.tag in {"h2", "h3", "h4"}:
            heading = text_of(element)
        elif element.tag in {"p", "ul", "ol", "dl"}:
            heading = ""
        elif element.tag == "table":
            caption = element.find("caption")
            titles[element] = text_of(caption) if caption is not None else heading
    return titles


def _refer(leaf: Leaf, table: Element, title: str, href: str, page: str) -> None:
    """Put a line that says where a table stands in the place of it and of its own heading."""
    within = parents(leaf.article)
    block = table
    while len(within[block]) == 1:  # what only folds or scrolls it on a screen
        block = within[block]
    before = list(within[block])[: list(within[block]).index(block)]
    if before and before[-1].tag == "h3":
        drop(within[block], before[-1])
    block.tag, block.text, block.attrib = "p", None, {"class": "elsewhere"}
    link = Element("a", {"href": href})
    link.text = title if title == page or not title else f"{title}: {page}"
    link.text = link.text or page
    block[:] = [link, Element("span", {"class": "page", "href": href, "data-page": gettext("page")})]  # in it, a link of its own in a PDF


def _join(leaf: Leaf, pages: Mapping[str, tuple[str, frozenset[str]]], permalink: str) -> None:
    """Make ids unique, and turn links between pages into links within the document.

    Args:
        pages: Address of each page -> what its ids begin with, and its ids.
        permalink: Absolute address of the edition.
    """
    for element in leaf.article.iter():
        if element.get("id"):
            element.set("id", f"{leaf.name}--{element.get('id')}")
        if "href" in element.attrib:
            address, _, fragment = urljoin(permalink + leaf.url, element.get("href", "")).partition("#")
            name, ids = pages.get(address, ("", frozenset()))
            inner = f"#{name}--{fragment}" if fragment in ids else f"#{name}"
            element.set("href", inner if name else address + (f"#{fragment}" if fragment else ""))
    leaf.article.set("id", leaf.name)
    next(leaf.article.iter("h1")).set("data-address", permalink + leaf.url)


def halves(pages: list[Leaf]) -> list[list[Leaf]]:
    """The pages in two lists of about as many headings, for contents in two columns; in one, where that would not fit on a page."""
    sizes = [1 + len(leaf.parts) for leaf in pages]
    if len(pages) < 2 or sum(sizes) > MOST_HEADINGS:
        return [pages]
    cut = min(range(1, len(pages)), key=lambda at: abs(sum(sizes[:at]) - sum(sizes[at:])))
    return [pages[:cut], pages[cut:]]
