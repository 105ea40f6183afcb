"""A finished page as a tree that can be changed: what the print copy is made of."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

from selectolax.lexbor import LexborNode

from hooks.publishing.html_page import HtmlPage


def read(path: Path) -> Element:
    """Read a page."""
    builder = TreeBuilder()
    for node in HtmlPage(path.read_text(encoding="utf-8")).document.css("html"):
        _add(node, builder)
    return builder.close()


def _add(node: LexborNode, builder: TreeBuilder) -> None:
    """Add an element with all that stands in it, without comments."""
    builder.start(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
    for child in node.iter(include_text=True):
        if child.is_element_node:
            _add(child, builder)
        elif child.is_text_node:
            builder.data(child.text_content or "")
    builder.end(node.tag or "")


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
