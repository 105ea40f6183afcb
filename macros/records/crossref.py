"""A citation record as a deposit of a report at Crossref (deposit schema 5.3.1), which registers its DOI."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from macros.cite import Citation
from macros.creators import Creator, Person
from macros.records.identity import identities
from macros.records.xml_text import XSI, add, add_filled, document

CROSSREF = "http://www.crossref.org/schema/5.3.1"
SCHEMA = "https://www.crossref.org/schemas/crossref5.3.1.xsd"


def crossref(record: Citation) -> str:
    """Write the deposit; nothing for a work without a DOI, or of a body that states no mail address, for both are required."""
    about = record.description
    if not record.doi or about is None or not about.mail:
        return ""
    declared = {
        "xmlns": CROSSREF,
        "xmlns:xsi": XSI,
        "xmlns:jats": "http://www.ncbi.nlm.nih.gov/JATS1",
        "xmlns:ai": "http://www.crossref.org/AccessIndicators.xsd",
        "xmlns:rel": "http://www.crossref.org/relations.xsd",
        "xsi:schemaLocation": f"{CROSSREF} {SCHEMA}",
        "version": "5.3.1",
    }
    root = Element("doi_batch", declared)
    _head(root, record, about.mail)
    report = add(add(root, "body"), "report-paper", attributes={"publication_type": "full_text"})
    _report(report, record)
    return document(root)


def _head(root: Element, record: Citation, mail: str) -> None:
    """Who deposits what: the day of the edition stands for the hour of the deposit, so that the file is always the same."""
    head = add(root, "head")
    add(head, "doi_batch_id", record.key)
    add(head, "timestamp", f"{record.published:%Y%m%d}{record.version.zfill(6)}")
    depositor = add(head, "depositor")
    add(depositor, "depositor_name", record.institution)
    add(depositor, "email_address", mail)
    add(head, "registrant", record.institution)


def _report(parent: Element, record: Citation) -> None:
    of_series = bool(record.series and record.issn)
    report = add(parent, "report-paper_series_metadata" if of_series else "report-paper_metadata", attributes={"language": record.language})
    if of_series:
        series = add(report, "series_metadata")
        add(add(series, "titles"), "title", record.series)
        add(series, "issn", record.issn)
        add_filled(series, "volume", record.number)
    contributors = add(report, "contributors")
    makers = [(creator, "author") for creator in record.answerable] + ([(record.editor, "editor")] if record.editor else [])
    for at, (creator, role) in enumerate(makers):
        _contributor(contributors, creator, {"sequence": "additional" if at else "first", "contributor_role": role})
    add(add(report, "titles"), "title", record.title)
    about = record.description
    if about:
        add(add(report, "jats:abstract"), "jats:p", about.abstract)
    add(report, "edition_number", record.version)
    date = add(report, "publication_date", attributes={"media_type": "online"})
    for name, text in (("month", f"{record.published:%m}"), ("day", f"{record.published:%d}"), ("year", record.year)):
        add(date, name, text)
    add(add(report, "publisher"), "publisher_name", record.institution)
    _institution(report, record)
    if about:
        add(add(report, "ai:program", attributes={"name": "AccessIndicators"}), "ai:license_ref", about.licence.url)
    _based_on(report, record)
    data = add(report, "doi_data")
    add(data, "doi", record.doi)
    add(data, "resource", record.permalink)


def _contributor(parent: Element, creator: Creator, attributes: dict[str, str]) -> None:
    if not isinstance(creator, Person):
        add(parent, "organization", creator.name, attributes)
        return
    person = add(parent, "person_name", attributes=attributes)
    add_filled(person, "given_name", creator.given or "")
    add(person, "surname", creator.surname)
    add_filled(person, "suffix", creator.suffix or "")
    for identity in identities(creator):
        add(person, "ORCID", identity.address)


def _institution(parent: Element, record: Citation) -> None:
    """The publisher as a body, where it has identifiers."""
    stated = list(identities(record.publisher))
    if stated:
        institution = add(parent, "institution")
        add(institution, "institution_name", record.institution)
        for identity in stated:
            add(institution, "institution_id", identity.address, {"type": identity.scheme.lower()})


def _based_on(parent: Element, record: Citation) -> None:
    """The original of a digest, by its address where it has one, else in words."""
    if not record.source:
        return
    item = add(add(parent, "rel:program"), "rel:related_item")
    add(item, "rel:description", record.source.line)
    kind = {"relationship-type": "isBasedOn", "identifier-type": "uri" if record.source.permalink else "other"}
    add(item, "rel:inter_work_relation", record.source.permalink or record.source.line, kind)
