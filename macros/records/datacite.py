"""A citation record as DataCite Metadata 4.5, in JSON, as the agency's own interface takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.cite import Citation
from macros.creators import Creator, Person
from macros.json_text import readable
from macros.names import sorted_name
from macros.records.identity import edtf, identities

KERNEL = "http://datacite.org/schema/kernel-4"
Value = dict[str, Any]


def datacite_json(record: Citation) -> str:
    """Write the record as JSON."""
    return readable(datacite(record))


def datacite(record: Citation) -> Value:
    """Make the record; without a DOI it names the work by its permanent address alone."""
    about = record.description
    first = [{"date": edtf(record.original), "dateType": "Other", "dateInformation": "First published"}] if record.original else []
    related = (
        (about.cover if about else "", "URL", "IsVersionOf"),
        (record.issn, "ISSN", "IsPartOf"),
        (record.source.permalink if record.source else "", "URL", "IsDerivedFrom"),
    )
    whole = {
        "schemaVersion": KERNEL,
        "doi": record.doi,
        "url": record.permalink,
        "types": {"resourceTypeGeneral": "Report", "resourceType": "Digest" if record.source else "Report"},
        "creators": [_name(creator) for creator in record.answerable],
        "titles": [{"title": record.title}],
        "publisher": _publisher(record),
        "publicationYear": record.year,
        "subjects": [{"subject": word} for word in (about.keywords if about else ())],
        "contributors": [{**_name(record.editor), "contributorType": "Editor"}] if record.editor else [],
        "dates": [{"date": record.published.isoformat(), "dateType": "Issued"}, *first],
        "language": record.language,
        "alternateIdentifiers": [{"alternateIdentifier": record.permalink, "alternateIdentifierType": "URL"}],
        "relatedIdentifiers": [
            {"relatedIdentifier": identifier, "relatedIdentifierType": kind, "relationType": relation}
            for identifier, kind, relation in related
            if identifier
        ],
        "relatedItems": list(_related_items(record)),
        "version": record.version,
        "rightsList": [{"rights": about.licence.name, "rightsUri": about.licence.url}] if about else [],
        "descriptions": [{"description": about.abstract, "descriptionType": "Abstract"}] if about else [],
    }
    return _filled(whole)


def _filled(values: Value) -> Value:
    return {name: value for name, value in values.items() if value}


def _name(creator: Creator) -> Value:
    identifiers = [
        {"nameIdentifier": identity.address, "nameIdentifierScheme": identity.scheme, "schemeUri": identity.site}
        for identity in identities(creator)
    ]
    named: Value = {"name": sorted_name(creator), "nameType": "Organizational"}
    if isinstance(creator, Person):
        named |= {"nameType": "Personal", "givenName": creator.given, "familyName": creator.surname}
    return _filled(named | {"nameIdentifiers": identifiers})


def _publisher(record: Citation) -> Value:
    """The publisher with the first of its identifiers, for the schema takes one."""
    publisher: Value = {"name": record.institution}
    for identity in list(identities(record.publisher))[:1]:
        publisher |= {"publisherIdentifier": identity.address, "publisherIdentifierScheme": identity.scheme, "schemeUri": identity.site}
    return publisher


def _related_items(record: Citation) -> Iterator[Value]:
    """The original of a digest, which need not have an address, and the periodical that the work is a number of."""
    if source := record.source:
        address = {"relatedItemIdentifier": source.permalink, "relatedItemIdentifierType": "URL"} if source.permalink else None
        item = {
            "relatedItemType": "Text",
            "relationType": "IsDerivedFrom",
            "relatedItemIdentifier": address,
            "creators": [_name(creator) for creator in source.authors],
            "titles": [{"title": source.title}],
            "publicationYear": source.year if source.period else None,
            "issue": source.number,
            "publisher": source.institution,
            "contributors": [{**_name(source.editor), "contributorType": "Editor"}] if source.editor else [],
        }
        yield _filled(item)
    if record.series:
        number = {"relatedItemType": "Journal", "relationType": "IsPublishedIn", "titles": [{"title": record.series}]}
        yield _filled(number | {"issue": record.number})
