"""A finished page as a tree that can be changed: what the print copy is made of."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

from hooks.publishing.html_page import VOID

CASES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
"""Attributes of SVG that have capitals, which HTML knows as well without them."""


class _Reader(HTMLParser):
    """Builds the tree of a page that closes what it opens, as finished pages do; browsers' own rules take seven times as long."""

    def __init__(self) -> None:
        super().__init__()
        self.builder, self.open = TreeBuilder(), [""]
        self.builder.start("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {CASES.get(name, name): value or "" for name, value in attrs})
        self.open.append(tag)
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def read(path: Path) -> Element:
    """Read a page."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    reader.handle_endtag("")
    return reader.builder.close()


def classes(element: Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def text_of(element: Element) -> str:
    """The words in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def pairs(tree: Element) -> list[tuple[Element, Element]]:
    """Every element that stands in another one, behind that: a list, so that elements may be taken out meanwhile."""
    return [(parent, child) for parent in tree.iter() for child in parent]


def parents(tree: Element) -> dict[Element, Element]:
    """Each element below another one, and what it stands in."""
    return {child: parent for parent, child in pairs(tree)}


def drop(parent: Element, child: Element) -> None:
    """Take out an element, but not the text behind it."""
    replace(parent, child)


def replace(parent: Element, child: Element, *new: Element) -> None:
    """Put other elements in the place of one, before the text behind it."""
    at = list(parent).index(child)
    parent[at : at + 1] = new
    if new:
        new[-1].tail = (new[-1].tail or "") + (child.tail or "")
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
