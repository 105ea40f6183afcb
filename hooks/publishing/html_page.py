"""The one reader of finished pages: elements, ids, links, what a page loads and what it would run, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from macros.page_html import SPACE

LOADS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
"""Relations of a `link` that a browser follows by itself."""
NAMES = {"related", "item", "describedby", "preview", "sitemap", "version-history"}
"""Relations of a `link` that name a file of the same site; other editions may lie elsewhere."""
ADDRESSES = {"href", "src", "xlink:href", "action", "formaction", "poster", "cite", "data", "background", "ping"}
"""Attributes that hold one address."""
SOURCES = {"src", "poster", "data", "background"}
"""Those of them that a browser loads by itself."""
SETS = {"srcset", "imagesrcset"}
INERT = ("application/json", "application/ld+json")
"""Kinds of script that are data."""
CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", re.IGNORECASE)
RUNS = re.compile(r"(javascript|vbscript|data)(?=:)", re.IGNORECASE)
NEVER = {"object", "embed", "applet", "iframe", "frame", "frameset", "base", "portal", "fencedframe"}
"""Elements that bring another page into this one, or send its links elsewhere."""


ID = re.compile(r'\sid="([^"]*)"')

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element: its name, attributes and line, where its start tag begins and ends in the page, and where it is closed."""

    tag: str
    attributes: dict[str, str]
    line: int
    start: int
    end: int
    closed: int

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()


class HtmlPage(HTMLParser):
    """A finished page, read with a parser.

    Attributes:
        text: The page itself.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.scripts: list[tuple[str, int]] = []
        self.styles: list[tuple[str, int]] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._inside = ""
        self._open: list[Element] = []
        self.text = text
        self.feed(text)
        self.close()

    def position(self) -> int:
        """Where the parser is in the page, in characters."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        attributes = {name: value or "" for name, value in reversed(attrs)}  # of two of one name the first counts
        start = self.position()
        end = start + len(self.get_starttag_text() or "")
        self.elements.append(Element(tag, attributes, self.getpos()[0], start, end, end))
        if tag not in VOID:
            self._open.append(self.elements[-1])
        inert = attributes.get("type", "").lower() in INERT
        self._inside = tag if tag == "style" or (tag == "script" and "src" not in attributes and not inert) else ""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that end with it."""
        self._inside = "" if tag in {"script", "style"} else self._inside
        if all(element.tag != tag for element in reversed(self._open)):
            return
        while (element := self._open.pop()).tag != tag:
            element.closed = self.position()
        element.closed = self.text.index(">", self.position()) + 1

    def handle_data(self, data: str) -> None:
        """Note what a script or style holds."""
        if self._inside == "script":
            self.scripts.append((data, self.getpos()[0]))
        elif self._inside == "style":
            self.styles.append((data, self.getpos()[0]))

    @property
    def ids(self) -> list[tuple[str, int]]:
        """The ids, each with its line."""
        return [(element.attributes["id"], element.line) for element in self.elements if "id" in element.attributes]

    @property
    def text_ids(self) -> list[str]:
        """The ids in the text of a page of an edition: between its status and its foot, without those of still earlier editions."""
        begins = next((element.closed for element in self.elements if element.attributes.get("id") == "edition-status"), len(self.text))
        ends = next((element.start for element in self.elements if "page-foot" in element.classes), begins)
        own = [element.attributes for element in self.elements if begins <= element.start < ends and "id" in element.attributes]
        return [given["id"] for given in own if "data-gone" not in given and given["id"] != "no-longer-here"]

    @property
    def links(self) -> list[tuple[str, int]]:
        """Where the page leads, for people and for programs, each with its line."""
        return [
            (element.attributes["href"], element.line)
            for element in self.elements
            if "href" in element.attributes and (element.tag == "a" or (element.tag == "link" and element.attributes.get("rel") in NAMES))
        ]

    @property
    def loads(self) -> list[tuple[str, int]]:
        """What a browser loads for the page by itself, each with its line."""
        return [(address, element.line) for element in self.elements for address in loaded(element)] + [
            (address, line) for text, line in self.styles for address in CSS_ADDRESS.findall(text) if not address.startswith("#")
        ]

    @property
    def runs(self) -> list[tuple[str, int]]:
        """What the page would run beside the programs that lie beside it: handlers, addresses that are programs, strange elements."""
        return [(what, element.line) for element in self.elements for what in _running(element)]


def pages_of(site: Path) -> dict[str, HtmlPage]:
    """Read every page of a folder: path from the folder -> page."""
    return {path.relative_to(site).as_posix(): HtmlPage(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def published_ids(page: bytes) -> set[str]:
    """The ids of a page that was read as a whole when it was published: to look for them alone takes a hundredth of the time."""
    return {unescape(name) for name in ID.findall(page.decode())}


def loaded(element: Element) -> Iterator[str]:
    """What a browser loads for an element by itself."""
    given = element.attributes
    yield from (given[name] for name in SOURCES if given.get(name))
    yield from (part.split()[0] for name in SETS for part in given.get(name, "").split(",") if part.split())
    yield from (address for address in CSS_ADDRESS.findall(given.get("style", "")) if not address.startswith("#"))
    if element.tag == "link" and LOADS & set(given.get("rel", "").lower().split()):
        yield given.get("href", "")
    if element.tag in {"image", "use"}:
        yield from (given[name] for name in ("href", "xlink:href") if not given.get(name, "#").startswith("#"))


def _running(element: Element) -> Iterator[str]:
    if element.tag in NEVER or (element.tag == "meta" and element.attributes.get("http-equiv", "").lower() == "refresh"):
        yield f"<{element.tag}>"
    for name, value in element.attributes.items():
        if name.startswith("on") or name == "srcdoc":
            yield name
        elif name in ADDRESSES and RUNS.match(SPACE.sub("", value)):
            yield value
