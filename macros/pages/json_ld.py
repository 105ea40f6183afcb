"""Works as schema.org describes them."""

from __future__ import annotations

from typing import Any

from macros.cite import Citation
from macros.creators import Creator, Person
from macros.model import Edition
from macros.records.identity import identities


def kind_of(record: Citation) -> str | list[str]:
    """The types of schema.org that a work has."""
    return "Chapter" if record.part else ["Report", "PublicationIssue"] if record.series else "Report"


def work(record: Citation) -> dict[str, Any]:
    """What is cited, with the original that it is based on."""
    properties = {
        "@type": kind_of(record),
        "@id": record.permalink,
        "url": record.permalink,
        "name": record.name,
        "author": [creator(author) for author in record.authors],
        "editor": creator(record.editor) if record.editor else None,
        "datePublished": record.published.isoformat() if record.edition else None,
        "version": record.version,
        "inLanguage": record.language,
        "publisher": creator(record.publisher),
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": record.doi} if record.doi else None,
        "sameAs": record.address if record.doi else None,
        "isBasedOn": original(record.source) if record.source else None,
    }
    if record.number and not record.part:
        properties |= {"issueNumber": record.number, "reportNumber": record.number}
    return {name: value for name, value in properties.items() if value}


def creator(agent: Creator) -> dict[str, Any]:
    """A person or body."""
    properties: dict[str, Any] = {"@type": "Organization", "name": agent.name}
    if isinstance(agent, Person):
        parts = {"familyName": agent.surname, "givenName": agent.given, "honorificSuffix": agent.suffix}
        properties |= {"@type": "Person", **{name: text for name, text in parts.items() if text}}
    addresses = [identity.address for identity in identities(agent)]
    return properties | ({"sameAs": addresses} if addresses else {})


def original(source: Citation) -> dict[str, Any]:
    """The original of a digest."""
    properties = {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.permalink,
        "author": [creator(author) for author in source.authors],
        "editor": creator(source.editor) if source.editor else None,
        "publisher": {"@type": "Organization", "name": source.institution},
        "inLanguage": source.language,
        "issueNumber": source.number,
    }
    return {name: value for name, value in properties.items() if value} | dated(source)


def dated(source: Citation) -> dict[str, str]:
    """The date of an original; of a number of a periodical the time that it covers, which is no date of publication."""
    return {"temporalCoverage" if source.number else "datePublished": source.period.text} if source.period else {}


def correction(edition: Edition) -> dict[str, str]:
    """A mistake that an edition mended."""
    return {"@type": "CorrectionComment", "text": edition.note, "datePublished": edition.date.isoformat(), "version": str(edition.number)}
