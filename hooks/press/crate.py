"""What an archived edition is and holds, as RO-Crate says it (https://w3id.org/ro/crate/1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from hooks.press.manifest import dumped
from macros import cite
from macros.book import Book, Volume
from macros.exports.media import media_type
from macros.model import Person, Source

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.2"
PAGES = "pages/"
Entity = dict[str, Any]


def crate(book: Book, volume: Volume, files: Mapping[str, bytes]) -> bytes:
    """Describe an edition and each of its files.

    Args:
        book: The book.
        volume: The publication; its newest edition is described.
        files: Path within the crate -> content, without the description itself.

    Returns:
        The text of ro-crate-metadata.json.
    """
    record = cite.citation(book, volume, volume.edition.number)
    series = book.series
    parts = [_file(path, content, record.permalink, series.data_licence.url) for path, content in sorted(files.items())]
    people = [_person(one, number) for number, one in enumerate((*record.authors, *([record.editor] if record.editor else [])), 1)]
    publisher = {"@id": "#publisher", "@type": "Organization", "name": record.institution}
    original = _original(book.sources[volume.publication.original])
    authors = [_ref(one) for one in people[: len(record.authors)]] or [_ref(publisher)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{record.title} (edition {record.edition.number})",
        "description": " ".join(volume.publication.abstract.split()),
        "identifier": record.permalink,
        "url": record.permalink,
        "version": str(record.edition.number),
        "datePublished": record.published.isoformat(),
        "inLanguage": volume.publication.language,
        "keywords": list(volume.publication.keywords),
        "license": {"@id": series.text_licence.url},
        "author": authors,
        "publisher": _ref(publisher),
        "isBasedOn": _ref(original),
        "hasPart": [_ref(one) for one in parts],
    }
    if record.editor:
        root["editor"] = _ref(people[-1])
    if volume.publication.period:
        root["temporalCoverage"] = f"{volume.publication.period.first.isoformat()}/{volume.publication.period.last.isoformat()}"
    licences = {one.url: {"@id": one.url, "@type": "CreativeWork", "name": one.name} for one in (series.text_licence, series.data_licence)}
    about = {"@id": NAME, "@type": "CreativeWork", "conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}}
    graph = [about, root, *people, publisher, original, *licences.values(), *parts]
    return dumped({"@context": f"{PROFILE}/context", "@graph": graph})


def _ref(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def _person(person: Person, number: int) -> Entity:
    return {
        "@id": f"#person-{number}",
        "@type": "Person",
        "name": person.name,
        "givenName": person.given,
        "familyName": person.family,
    }


def _original(source: Source) -> Entity:
    entity = {"@id": "#original", "@type": "CreativeWork", "name": source.title or source.about, "url": source.url}
    return {name: value for name, value in entity.items() if value}


def _file(path: str, content: bytes, permalink: str, data_licence: str) -> Entity:
    """One file; a page also names the address that it is a copy of."""
    entity: Entity = {
        "@id": quote(path),
        "@type": "File",
        "name": path,
        "encodingFormat": media_type(path),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if path.startswith(PAGES) and path.endswith(".html"):
        entity["url"] = permalink + quote(path.removeprefix(PAGES).removesuffix("index.html"))
    if path.endswith(".csv"):
        entity["license"] = {"@id": data_licence}
    return entity
