"""A citation record as DataCite Metadata 4.5, in XML: the same as in JSON, element by element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from macros.cite import Citation
from macros.records.datacite import KERNEL, Value, datacite
from macros.records.xml_text import XSI, add, add_filled, document

SCHEMA = "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
PLAIN = ("publicationYear", "language", "version")
LISTS: dict[str, tuple[str, str]] = {
    "titles": ("title", "title"),
    "subjects": ("subject", "subject"),
    "dates": ("date", "date"),
    "alternateIdentifiers": ("alternateIdentifier", "alternateIdentifier"),
    "relatedIdentifiers": ("relatedIdentifier", "relatedIdentifier"),
    "rightsList": ("rights", "rights"),
    "descriptions": ("description", "description"),
}
"""Lists of texts with attributes: name in both forms -> element, and the key of its text."""


def datacite_xml(record: Citation) -> str:
    """Write the record as a document; without a DOI its identifier is its permanent address."""
    whole = datacite(record)
    root = Element("resource", {"xmlns": KERNEL, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{KERNEL} {SCHEMA}"})
    add(root, "identifier", record.doi or record.permalink, {"identifierType": "DOI" if record.doi else "URL"})
    _people(root, "creator", whole["creators"])
    _texts(root, "titles", whole["titles"])
    _text(root, "publisher", "name", whole["publisher"])
    _text(root, "resourceType", "resourceType", whole["types"])
    _people(root, "contributor", whole.get("contributors", ()))
    for name in PLAIN:
        add(root, name, whole[name])
    for name in LISTS:
        if name != "titles":
            _texts(root, name, whole.get(name, ()))
    _items(root, whole.get("relatedItems", ()))
    return document(root)


def _texts(parent: Element, name: str, values: Iterable[Value]) -> None:
    tag, key = LISTS[name]
    listed = list(values)
    group = add(parent, name) if listed else parent
    for value in listed:
        _text(group, tag, key, value)


def _text(parent: Element, tag: str, key: str, value: Value) -> None:
    """An element whose text stands under a key, and whose other values are its attributes."""
    add(parent, tag, value[key], {name.replace("Uri", "URI"): text for name, text in value.items() if name != key})


def _people(parent: Element, tag: str, values: Iterable[Any]) -> None:
    listed = list(values)
    group = add(parent, f"{tag}s") if listed else parent
    for value in listed:
        person = add(group, tag, attributes={"contributorType": value.get("contributorType", "")})
        add(person, f"{tag}Name", value["name"], {"nameType": value["nameType"]})
        add_filled(person, "givenName", value.get("givenName", ""))
        add_filled(person, "familyName", value.get("familyName", ""))
        for identifier in value.get("nameIdentifiers", ()):
            _text(person, "nameIdentifier", "nameIdentifier", identifier)


def _items(root: Element, values: Iterable[Value]) -> None:
    listed = list(values)
    group = add(root, "relatedItems") if listed else root
    for value in listed:
        item = add(group, "relatedItem", attributes={name: value[name] for name in ("relatedItemType", "relationType")})
        if "relatedItemIdentifier" in value:
            _text(item, "relatedItemIdentifier", "relatedItemIdentifier", value["relatedItemIdentifier"])
        _people(item, "creator", value.get("creators", ()))
        _texts(item, "titles", value["titles"])
        for name in ("publicationYear", "issue", "publisher"):
            add_filled(item, name, value.get(name, ""))
        _people(item, "contributor", value.get("contributors", ()))
