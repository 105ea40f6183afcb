"""The publications as an OAI-PMH static repository, a file that a gateway harvests (Open Archives Initiative, 2.0)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from hooks.publishing.manifest import Record
from macros import cite
from macros.book import Book
from macros.records.dublin_core import OAI_DC, SCHEMA, dc_element, dc_elements
from macros.records.xml_text import XSI, add, add_texts, document

REPOSITORY = "oai.xml"
STATIC = "http://www.openarchives.org/OAI/2.0/static-repository"
OAI = "http://www.openarchives.org/OAI/2.0/"


def static_repository(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """Write the repository: one item for each publication, whose record is that of its newest edition.

    Returns:
        Path -> content; nothing while nothing is published, or where no mail address is stated, which the protocol asks for.
    """
    mail = book.series.imprint.mail
    if not (records and mail):
        return {}
    schema = f"{STATIC} {STATIC}.xsd"
    root = Element("Repository", {"xmlns": STATIC, "xmlns:oai": OAI, "xmlns:xsi": XSI, "xsi:schemaLocation": schema})
    _identify(root, book, mail, min(record.date for record in records))
    form = add(add(root, "ListMetadataFormats"), "oai:metadataFormat")
    add_texts(form, {"oai:metadataPrefix": "oai_dc", "oai:schema": SCHEMA, "oai:metadataNamespace": OAI_DC})
    listed = add(root, "ListRecords", attributes={"metadataPrefix": "oai_dc"})
    newest = {record.address: record for record in sorted(records, key=lambda record: (record.address, record.number))}
    host = urlsplit(book.series.site).hostname or ""
    for address, record in newest.items():
        item = add(listed, "oai:record")
        add_texts(add(item, "oai:header"), {"oai:identifier": f"oai:{host}:{address}", "oai:datestamp": record.changed})
        add(item, "oai:metadata").append(_described(book, record))
    return {REPOSITORY: document(root).encode()}


def _identify(root: Element, book: Book, mail: str, earliest: str) -> None:
    """What the repository is; its base address becomes that of a gateway once one serves it."""
    stated = {
        "oai:repositoryName": book.series.title,
        "oai:baseURL": f"{book.series.site}{REPOSITORY}",
        "oai:protocolVersion": "2.0",
        "oai:adminEmail": mail,
        "oai:earliestDatestamp": earliest,
        "oai:deletedRecord": "no",
        "oai:granularity": "YYYY-MM-DD",
    }
    add_texts(add(root, "Identify"), stated)


def _described(book: Book, record: Record) -> Element:
    """The record of an edition in Dublin Core; of one that is withdrawn, or not in this clone, what the ledger knows."""
    volume = book.find(record.address)
    listed = volume and any(edition.number == record.number for edition in volume.publication.editions)
    if volume and listed and not record.withdrawn:
        return dc_element(cite.citation(book, volume, record.number))
    return dc_elements(_known(book, record))


def _known(book: Book, record: Record) -> Iterator[tuple[str, str]]:
    yield "title", f"{record.title} (withdrawn)" if record.withdrawn else record.title
    yield "description", record.withdrawn or record.note
    yield "publisher", book.series.imprint.name
    yield "date", record.changed
    yield "identifier", f"{book.series.site}{record.path}/"
    yield "relation", f"{book.series.site}{record.address}/"
