"""A citation record in simple Dublin Core (DCMES 1.1), in the wrapper that OAI-PMH asks every repository for (oai_dc)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from macros.cite import Citation
from macros.identifiers import DOI_SITE
from macros.names import sorted_name
from macros.records.identity import identities, makers
from macros.records.xml_text import XSI, add_filled, document

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"


def dublin_core(record: Citation) -> str:
    """Write the record as a document."""
    return document(dc_element(record))


def dc_element(record: Citation) -> Element:
    """Make the element `oai_dc:dc` of a record."""
    return dc_elements(_elements(record))


def dc_elements(elements: Iterable[tuple[str, str]]) -> Element:
    """Make an element `oai_dc:dc` of pairs of a term and its text; each thing is said once, and nothing where there is no text."""
    root = Element("oai_dc:dc", {"xmlns:oai_dc": OAI_DC, "xmlns:dc": DC, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{OAI_DC} {SCHEMA}"})
    for name, text in dict.fromkeys(elements):
        add_filled(root, f"dc:{name}", text)
    return root


def _elements(record: Citation) -> Iterator[tuple[str, str]]:
    about, edition = record.description, record.edition
    yield "title", record.title
    yield from (("creator", sorted_name(creator)) for creator in record.answerable)
    yield from (("subject", word) for word in (about.keywords if about else ()))
    yield "description", about.abstract if about else ""
    yield "description", f"Edition {edition.number} ({edition.kind}): {edition.note}" if edition else ""
    yield "publisher", record.institution
    yield "contributor", sorted_name(record.editor) if record.editor else ""
    yield "date", record.published.isoformat() if edition else ""
    yield from (("type", "Report"), ("type", "Text"), ("format", "text/html"))
    yield "identifier", record.permalink
    yield "identifier", f"{DOI_SITE}{record.doi}" if record.doi else ""
    if record.source:
        yield "source", record.source.line
        yield "source", record.source.permalink
    yield "language", record.language
    yield "relation", about.cover if about else ""
    yield "relation", f"urn:ISSN:{record.issn}" if record.issn else ""
    yield from (("relation", identity.address) for maker in makers(record) for identity in identities(maker))
    if about:
        yield from (("rights", about.licence.name), ("rights", about.licence.url))
