"""A citation record in MODS 3.6, which catalogues of libraries read (Library of Congress)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from macros.cite import Citation
from macros.creators import Creator, Person
from macros.records.identity import identities
from macros.records.xml_text import XSI, add, add_filled, document

MODS = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-6.xsd"
XLINK = "http://www.w3.org/1999/xlink"
BASED_ON = {"otherType": "isBasedOn", "otherTypeURI": "https://schema.org/isBasedOn"}


def mods(record: Citation) -> str:
    """Write the record as a document."""
    declared = {"xmlns": MODS, "xmlns:xlink": XLINK, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{MODS} {SCHEMA}", "version": "3.6"}
    root = Element("mods", declared)
    _title(root, record.title)
    _names(root, record)
    add(root, "typeOfResource", "text")
    add(root, "genre", "technical report", {"authority": "marcgt"})
    _origin(root, record)
    _language(root, record.language)
    _about(root, record)
    if record.source:
        _original(add(root, "relatedItem", attributes=BASED_ON), record.source)
    _series(root, record)
    add_filled(root, "identifier", record.doi, {"type": "doi"})
    add(root, "identifier", record.permalink, {"type": "uri"})
    add(add(root, "location"), "url", record.permalink, {"usage": "primary"})
    _record_info(root, record)
    return document(root)


def _title(parent: Element, title: str) -> None:
    add(add(parent, "titleInfo"), "title", title)


def _names(parent: Element, record: Citation) -> None:
    for creator in record.answerable if record.edition else record.authors:
        _name(parent, creator, "aut")
    if record.editor:
        _name(parent, record.editor, "edt")
    if any(identities(record.publisher)):  # its name alone stands with the date
        _name(parent, record.publisher, "pbl")


def _name(parent: Element, creator: Creator, role: str) -> None:
    name = add(parent, "name", attributes={"type": "personal" if isinstance(creator, Person) else "corporate"})
    if isinstance(creator, Person):
        add(name, "namePart", creator.surname, {"type": "family"})
        add_filled(name, "namePart", creator.given or "", {"type": "given"})
        add_filled(name, "namePart", creator.suffix or "", {"type": "termsOfAddress"})
    else:
        add(name, "namePart", creator.name)
    add(add(name, "role"), "roleTerm", role, {"type": "code", "authority": "marcrelator"})
    for identity in identities(creator):
        add(name, "nameIdentifier", identity.address, {"type": identity.scheme.lower(), "typeURI": identity.site})


def _origin(parent: Element, record: Citation) -> None:
    origin = add(parent, "originInfo")
    add(origin, "publisher", record.institution)
    if record.edition:
        add(origin, "dateIssued", record.published.isoformat(), {"encoding": "w3cdtf", "keyDate": "yes"})
        add(origin, "edition", record.version)
    elif record.period and not record.number:  # that of a number is the time that it covers
        add(origin, "dateIssued", record.period.text, {"encoding": "edtf"})


def _language(parent: Element, language: str) -> None:
    add(add(parent, "language"), "languageTerm", language, {"type": "code", "authority": "rfc5646"})


def _about(parent: Element, record: Citation) -> None:
    if about := record.description:
        add(parent, "abstract", about.abstract)
        for word in about.keywords:
            add(add(parent, "subject"), "topic", word)
        add(parent, "accessCondition", about.licence.name, {"type": "use and reproduction", "xlink:href": about.licence.url})


def _original(item: Element, source: Citation) -> None:
    """The original of a digest, as a record of its own."""
    _title(item, source.title)
    _names(item, source)
    _origin(item, source)
    _language(item, source.language)
    add_filled(item, "identifier", source.permalink, {"type": "uri"})
    _number(item, source)


def _series(parent: Element, record: Citation) -> None:
    """The periodical that the work is a number of, or the site that has an ISSN."""
    if record.description and (record.series or record.issn):
        item = add(parent, "relatedItem", attributes={"type": "series" if record.series else "host"})
        _title(item, record.series or record.description.site)
        add_filled(item, "identifier", record.issn, {"type": "issn"})
        _number(item, record)


def _number(item: Element, record: Citation) -> None:
    if record.number:
        part = add(item, "part")
        add(add(part, "detail", attributes={"type": "issue"}), "number", record.number)
        add_filled(part, "date", record.period.text if record.period else "", {"encoding": "edtf"})


def _record_info(root: Element, record: Citation) -> None:
    information = add(root, "recordInfo")
    add(information, "recordContentSource", record.institution)
    add(information, "recordCreationDate", record.published.isoformat(), {"encoding": "w3cdtf"})
    add(information, "recordIdentifier", record.key)
