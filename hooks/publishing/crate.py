"""What an archived edition is and holds, as RO-Crate says it (https://w3id.org/ro/crate/1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from hooks.publishing.manifest import LOCK, dumped, lock_of
from macros import cite
from macros.book import Book, Volume
from macros.cite import Citation
from macros.creators import Person
from macros.exports.data_package import licence_of
from macros.exports.media import media_type
from macros.pages import json_ld

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.2"
PAGES = "pages/"
Entity = dict[str, Any]


def crate(book: Book, volume: Volume, files: Mapping[str, bytes], commit: str) -> bytes:
    """Describe an edition and each of its files.

    Args:
        volume: The publication; its newest edition is described.
        files: Path within the crate -> content, without the description itself.
        commit: The commit that the edition was made from; empty where it is none.
    """
    record = cite.citation(book, volume, volume.edition.number)
    series = book.series
    parts = [_file(path, content, record.permalink, _licence(book, path)) for path, content in sorted(files.items())]
    authors, editors = _people(record, 1)
    publisher = {"@id": "#publisher", **json_ld.creator(record.publisher)}
    based = _original(record.source) if record.source else []
    root = {
        **_edition(book, volume, record),
        "author": [_ref(person) for person in authors],
        "publisher": _ref(publisher),
        "hasPart": [_ref(part) for part in parts],
    }
    if based:
        root["isBasedOn"] = _ref(based[0])
    if editors:
        root["editor"] = _ref(editors[0])
    licences = {
        licence.url: {"@id": licence.url, "@type": "CreativeWork", "name": licence.name}
        for licence in (series.text_licence, series.data_licence)
    }
    about = {"@id": NAME, "@type": "CreativeWork", "conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}}
    made = _making(book, commit) if commit else []
    graph = [about, root, *authors, *editors, publisher, *based, *licences.values(), *made, *parts]
    return dumped({"@context": f"{PROFILE}/context", "@graph": graph})


def _edition(book: Book, volume: Volume, record: Citation) -> Entity:
    """The edition itself, without whoever made it."""
    publication = volume.publication
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{record.title} (edition {record.version})",
        "description": " ".join(publication.abstract.split()),
        "identifier": record.address,
        "url": record.permalink,
        "version": record.version,
        "datePublished": record.published.isoformat(),
        "inLanguage": publication.language,
        "keywords": list(publication.keywords),
        "license": {"@id": book.series.text_licence.url},
    }
    if publication.period:
        root["temporalCoverage"] = f"{publication.period.first.isoformat()}/{publication.period.last.isoformat()}"
    return root


def _making(book: Book, commit: str) -> list[Entity]:
    """How the edition was made (RO-Crate 1.2, "Provenance of entities"): by the program of which commit, with which libraries."""
    lock = lock_of(book.root)
    libraries = [{"@id": "#libraries", "@type": "CreativeWork", "name": LOCK, "sha256": lock}] if lock else []
    program: Entity = {"@id": "#program", "@type": "SoftwareSourceCode", "name": "barometer", "version": commit}
    program |= {"codeRepository": book.series.repository} if book.series.repository else {}
    program |= {"softwareRequirements": _ref(libraries[0])} if libraries else {}
    action = {"@id": "#build", "@type": "CreateAction", "instrument": _ref(program), "result": {"@id": "./"}}
    return [action, program, *libraries]


def _ref(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def _people(record: Citation, first: int) -> tuple[list[Entity], list[Entity]]:
    """Authors and editors of a work, numbered from one on."""
    creators = [*record.authors, *([record.editor] if record.editor else [])]
    people = [
        {"@id": f"#{'person' if isinstance(creator, Person) else 'body'}-{number}", **json_ld.creator(creator)}
        for number, creator in enumerate(creators, first)
    ]
    return people[: len(record.authors)], people[len(record.authors) :]


def _original(source: Citation) -> list[Entity]:
    """The original of a digest, and who made it."""
    authors, editors = _people(source, 101)
    publisher = {"@id": "#original-publisher", "@type": "Organization", "name": source.institution}
    work: Entity = {
        "@id": "#original",
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.permalink,
        "author": [_ref(person) for person in authors],
        "editor": [_ref(person) for person in editors],
        "publisher": _ref(publisher),
        "inLanguage": source.language,
    }
    return [{name: value for name, value in work.items() if value} | json_ld.dated(source), *authors, *editors, publisher]


def _licence(book: Book, path: str) -> str:
    """Address of the licence of a file: what is downloaded has its own, all else is text."""
    folder, _, name = path.rpartition("/")
    return licence_of(book, name).url if folder == f"{PAGES}data" and not name.endswith(".html") else book.series.text_licence.url


def _file(path: str, content: bytes, permalink: str, licence: str) -> Entity:
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
    entity["license"] = {"@id": licence}
    return entity
