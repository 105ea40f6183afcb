"""XML: elements with text, and the document around them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def add(parent: Element, tag: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """Add an element.

    Args:
        tag: Its name, with the prefix that the document declares.
        attributes: Its attributes; those without a value are left out.
    """
    element = SubElement(parent, tag, {name: value for name, value in (attributes or {}).items() if value})
    element.text = text or None
    return element


def add_filled(parent: Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    """Add an element, unless there is nothing to say.

    Args:
        tag: Its name, with the prefix that the document declares.
    """
    if text:
        add(parent, tag, text, attributes)


def add_texts(parent: Element, texts: Mapping[str, str]) -> None:
    """Add elements that hold a text each: tag -> text."""
    for tag, text in texts.items():
        add(parent, tag, text)


def document(root: Element) -> str:
    """Write an XML document, one element to a line."""
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
