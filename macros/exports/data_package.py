"""What a folder of tables holds, for machines: `datapackage.json`, Data Package 2.0 (datapackage.org/standard)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros import cite
from macros.book import Book, Volume
from macros.creators import Creator, Person
from macros.dates import midnight
from macros.exports.media import media_type
from macros.exports.tables import PROSE, Column, Download
from macros.json_text import readable
from macros.language import gettext
from macros.model import Licence
from macros.records.identity import identities

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True)
class Head:
    """What a package says of itself.

    Attributes:
        name: Its name: lower-case letters, digits and hyphens.
        permalink: Absolute address of its folder's publication.
        version: Number of the edition; on the portal the date of the newest one.
    """

    name: str
    title: str
    about: str
    permalink: str
    version: str
    created: date
    keywords: tuple[str, ...]


def write(book: Book, volumes: Sequence[Volume], head: Head, tables: Sequence[Download], files: Mapping[str, bytes]) -> bytes:
    """The description of a folder.

    Args:
        volumes: The publications whose rows the tables hold.
        tables: The tables; each is `<name>.csv` among the files.
        files: Every file of the folder: name -> content. The workbook, which has the same rows for people, is no resource:
            programs would ask for a library of spreadsheets to check it.
    """
    licence, citations = book.series.data_licence, [cite.citation(book, volume, volume.edition.number) for volume in volumes]
    by_file = {f"{table.name}.csv": table for table in tables}
    package = {
        "$schema": PROFILE,
        "name": head.name,
        "id": head.permalink,
        "title": head.title,
        "description": head.about,
        "homepage": head.permalink,
        "version": head.version,
        "created": midnight(head.created.isoformat()),
        "keywords": list(head.keywords),
        "contributors": list(_contributors(book, citations)),
        "licenses": [{"path": licence.url, "title": licence.name}],
        "sources": list(_originals(citations)),
        "resources": [_resource(book, name, content, by_file) for name, content in files.items() if not name.endswith(".xlsx")],
    }
    return readable(package).encode()


def _contributors(book: Book, records: Sequence[cite.Citation]) -> Iterator[dict[str, Any]]:
    """Who made the tables: the authors of texts of our own; of digests, the body that made them and publishes all."""
    for creator in dict.fromkeys(author for record in records for author in record.authors):
        yield {**_contributor(creator), "roles": ["author"]}
    for editor in dict.fromkeys(record.editor for record in records if record.editor):
        yield {**_contributor(editor), "roles": ["editor"]}
    for body in dict.fromkeys([*(record.institution for record in records), book.series.imprint.name]):
        yield {"title": body, "roles": ["publisher"]}


def _contributor(creator: Creator) -> dict[str, Any]:
    """A person or body, with its first identifier as the address."""
    named = {"givenName": creator.given, "familyName": creator.surname} if isinstance(creator, Person) else {}
    path = next((identity.address for identity in identities(creator)), None)
    return {name: text for name, text in {"title": creator.name, "path": path, **named}.items() if text}


def _originals(records: Sequence[cite.Citation]) -> Iterator[dict[str, str]]:
    for record in records:
        if original := record.source:
            yield {"title": original.line} | ({"path": original.permalink} if original.permalink else {})


def licence_of(book: Book, name: str) -> Licence:
    """The licence of a file: tables of sentences are used as the texts are, tables of facts as data.

    Args:
        name: File name, such as `points.csv`; a workbook holds both kinds, and the stricter counts.
    """
    stem, _, ending = name.rpartition(".")
    return book.series.text_licence if stem in PROSE or ending == "xlsx" else book.series.data_licence


def _resource(book: Book, name: str, content: bytes, by_file: Mapping[str, Download]) -> dict[str, Any]:
    """One file. A CSV file has a schema; the other formats hold the same rows."""
    stem, _, ending = name.rpartition(".")
    table, others, licence = by_file.get(name), set(by_file), licence_of(book, name)
    resource: dict[str, Any] = {
        "name": stem if ending == "csv" else f"{stem}-{ending}",
        "path": name,
        "format": ending,
        "mediatype": media_type(name),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": [{"path": licence.url, "title": licence.name}],
    }
    if table is None:
        return resource
    return resource | {"type": "table", "description": table.about, "encoding": "utf-8", "schema": _schema(table, others)}


def _schema(table: Download, others: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "primaryKey": list(table.key), "missingValues": [""]}
    keys = [
        (["source"], "sources", ["key"]),
        (["publication", "recommendation"], "recommendations", ["publication", "id"]),
    ]
    links = [
        {"fields": own, "reference": {"resource": other, "fields": theirs}}
        for own, other, theirs in keys
        if {*own} <= {*table.columns} and f"{other}.csv" in others
    ]
    return schema | ({"foreignKeys": links} if links else {})


def _field(column: Column) -> dict[str, Any]:
    limits = {name: value for name, value in column.limits.items() if name != "format"}
    descriptor: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if "format" in column.limits:
        descriptor["format"] = column.limits["format"]
    constraints = ({"required": True} if column.needed else {}) | limits
    return descriptor | ({"constraints": constraints} if constraints else {})


def head(book: Book, volume: Volume, number: int, permalink: str) -> Head:
    """What the package of one edition says of itself.

    Args:
        permalink: Its absolute address.
    """
    publication = volume.publication
    about = " ".join(publication.abstract.split())
    name = volume.address.replace("/", "-")
    title = gettext("%(title)s: data", title=cite.citation(book, volume, number).title)
    return Head(name, title, about, permalink, str(number), volume.numbered(number).date, publication.keywords)


def portal_head(book: Book, volumes: Sequence[Volume], permalink: str) -> Head:
    """What the package of all publications says of itself; its date is that of the newest edition.

    Args:
        volumes: The publications, one at least.
        permalink: Absolute address of the data of the portal.
    """
    newest = max(volume.edition.date for volume in volumes)
    keywords = tuple(dict.fromkeys(word for volume in volumes for word in volume.publication.keywords))
    about = " ".join(book.series.description.split())
    return Head("barometer", book.series.title, about, permalink, newest.isoformat(), newest, keywords)
