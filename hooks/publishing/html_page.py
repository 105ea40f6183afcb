"""The one reader of finished pages, by the rules of browsers: elements, ids, links, what a page loads and what it would run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
LOADING = ", ".join([*(f"[{name}]" for name in (*SOURCES, *SETS, "style")), "link[href]", "image", "use"])
"""The elements for which a browser may load something, as a selector."""
INERT = ("application/json", "application/ld+json")
"""Kinds of script that are data."""
CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", re.IGNORECASE)
RUNS = re.compile(r"(javascript|vbscript|data)(?=:)", re.IGNORECASE)
NEVER = {"object", "embed", "applet", "iframe", "frame", "frameset", "base", "portal", "fencedframe"}
"""Elements that bring another page into this one, or send its links elsewhere."""
ID = re.compile(r'\sid="([^"]*)"')


class Element(NamedTuple):
    """An element of a page; an attribute without a value has an empty one."""

    tag: str
    attributes: Mapping[str, str]
    node: LexborNode

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()


class HtmlPage:
    """A finished page.

    Attributes:
        text: The page itself.
        document: The page as a browser reads it; it may be changed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = LexborHTMLParser(text)

    def elements(self, selector: str = "*") -> Iterator[Element]:
        """The elements that a CSS selector names, in the order of the page."""
        for node in self.document.css(selector):
            yield Element(node.tag or "", {name: value or "" for name, value in node.attributes.items()}, node)

    @property
    def ids(self) -> list[str]:
        """The ids."""
        return [element.attributes["id"] for element in self.elements("[id]")]

    @property
    def text_ids(self) -> list[str]:
        """The ids in the text of a page of an edition: between its status and its foot, without those of still earlier editions."""
        foot = self.document.css(".page-foot, .page-foot ~ *")
        text = [node for node in self.document.css("#edition-status ~ *") if node not in foot]
        own = [inner.attributes for node in text for inner in node.css("[id]:not([data-gone], #no-longer-here)")]
        return [given["id"] or "" for given in own]

    @property
    def links(self) -> list[str]:
        """Where the page leads, for people and for programs."""
        leading = self.elements("a[href], link[href]")
        return [element.attributes["href"] for element in leading if element.tag == "a" or element.attributes.get("rel") in NAMES]

    @property
    def loads(self) -> list[str]:
        """What a browser loads for the page by itself."""
        named = [address for element in self.elements(LOADING) for address in loaded(element)]
        return named + [address for style in self.document.css("style") for address in _css_addresses(style.text())]

    @property
    def scripts(self) -> list[str]:
        """The programs that stand in the page itself."""
        scripts = self.elements("script:not([src])")
        return [script.node.text() for script in scripts if script.attributes.get("type", "").lower() not in INERT]

    @property
    def runs(self) -> list[str]:
        """What the page would run beside the programs that lie beside it: handlers, addresses that are programs, strange elements."""
        return [what for element in self.elements() for what in _running(element)]

    def line(self, value: str) -> int:
        """The line on which the value of an attribute last stands, in quotes; 1 where the page writes it in another way."""
        return self.text.count("\n", 0, max(self.text.rfind(f'"{escape(value, quote=False)}"'), 0)) + 1


def read_pages(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, HtmlPage]]:
    """Read pages of a folder, one at a time, since as documents they take twenty times as much memory: path and page."""
    for path in paths:
        yield path, HtmlPage((folder / path).read_text(encoding="utf-8"))


def published_ids(page: bytes) -> set[str]:
    """The ids of a page that was read as a whole when it was published: to look for them alone takes a tenth of the time."""
    return {unescape(name) for name in ID.findall(page.decode())}


def loaded(element: Element) -> Iterator[str]:
    """What a browser loads for an element by itself."""
    given = element.attributes
    yield from (given[name] for name in SOURCES if given.get(name))
    yield from (part.split()[0] for name in SETS for part in given.get(name, "").split(",") if part.split())
    yield from _css_addresses(given.get("style", ""))
    if element.tag == "link" and LOADS & set(given.get("rel", "").lower().split()):
        yield given.get("href", "")
    if element.tag in {"image", "use"}:
        yield from (given[name] for name in ("href", "xlink:href") if not given.get(name, "#").startswith("#"))


def _css_addresses(css: str) -> list[str]:
    """What a style sheet loads; `#` stands for a part of the same page."""
    return [address for address in CSS_ADDRESS.findall(css) if not address.startswith("#")]


def _running(element: Element) -> Iterator[str]:
    if element.tag in NEVER or (element.tag == "meta" and element.attributes.get("http-equiv", "").lower() == "refresh"):
        yield f"<{element.tag}>"
    for name, value in element.attributes.items():
        if name.startswith("on") or name == "srcdoc":
            yield name
        elif name in ADDRESSES and RUNS.match(SPACE.sub("", value)):
            yield value
