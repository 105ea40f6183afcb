"""What harvesters copy, and what has changed since they last did (ResourceSync, ANSI/NISO Z39.99, on top of sitemaps).

The list of resources is an index of frozen lists, one in each edition, so that it is written from the ledger
alone. Only pages of an edition may change later, in their two slots, and so have no hash there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.etree.ElementTree import Element

from hooks.publishing.manifest import Record
from macros.book import Book
from macros.dates import midnight
from macros.records.xml_text import add, add_filled, document
from macros.target import RECORD, RESOURCES, SUMS, TIMEMAP, archive_name

SOURCE = ".well-known/resourcesync"
CAPABILITIES, CHANGES = "capabilitylist.xml", "changelist.xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
TERMS = "http://www.openarchives.org/rs/terms/"


@dataclass(frozen=True)
class Resource:
    """One entry of a list.

    Attributes:
        path: Its path from the root of the site.
        moment: When it last changed; empty where that is not told.
        facts: What is said of it: its hash, its length, what changed.
    """

    path: str
    moment: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def source_files(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """Write the files at the root of the site, from the description of the source to the changes: path -> content."""
    site, begun = book.series.site, book.begins.isoformat()
    standing = [record for record in records if not record.withdrawn]
    first = min((record.date for record in records), default=begun)
    newest = max((record.changed for record in records), default=begun)
    lists = [Resource(f"{record.path}/{RESOURCES}", midnight(record.date)) for record in sorted(standing, key=lambda record: record.path)]
    capabilities = [Resource(RESOURCES, facts={"capability": "resourcelist"}), Resource(CHANGES, facts={"capability": "changelist"})]
    described = [Resource(CAPABILITIES, facts={"capability": "capabilitylist"})]
    return {
        SOURCE: _written(site, {"capability": "description"}, described, {"describedby": "data/"}),
        CAPABILITIES: _written(site, {"capability": "capabilitylist"}, capabilities, {"up": SOURCE, "describedby": "data/"}),
        RESOURCES: _written(site, {"capability": "resourcelist", "at": midnight(newest)}, lists, {"up": CAPABILITIES}, index=True),
        CHANGES: _written(site, {"capability": "changelist", "from": midnight(first)}, changes(book, records), {"up": CAPABILITIES}),
    }


def resource_list(site: str, path: str, day: str, files: Mapping[str, bytes]) -> bytes:
    """Write the list of the files of one edition, as frozen as the edition.

    Args:
        site: Address of the site.
        path: Path of the edition, ending in a slash.
        day: The day of the edition.
        files: Its files, without its record and its hashes, which name this list: path within the edition -> content.

    Returns:
        The list, with the SHA-256 of each file that never changes.
    """
    entries = []
    for name, content in sorted(files.items()):
        never_changes = not name.endswith(".html")
        facts = {"hash": f"sha-256:{hashlib.sha256(content).hexdigest()}", "length": str(len(content))} if never_changes else {}
        entries.append(Resource((path + name).removesuffix("index.html"), facts=facts))  # all are of the day that the list is of
    return _written(site, {"capability": "resourcelist", "at": midnight(day)}, entries, {"up": CAPABILITIES, "index": RESOURCES})


def changes(book: Book, records: Sequence[Record]) -> list[Resource]:
    """List what was published, superseded and withdrawn, in order of time; what else an edition brought stands in its own list."""
    ordered = sorted(records, key=lambda record: (record.address, record.number))
    resources = [change for _, group in groupby(ordered, lambda record: record.address) for change in _changes(book, list(group))]
    return sorted(resources, key=lambda change: change.moment)


def _changes(book: Book, records: Sequence[Record]) -> Iterable[Resource]:
    """The changes of one publication, whose cover and TimeMap change with each edition."""
    address = records[0].address
    living = (f"{address}/", f"{address}/{TIMEMAP}")
    for at, record in enumerate(records):
        yield from (_change("updated" if at else "created", path, record.date) for path in living)
        yield from (_change("created", path, record.date) for path in (f"{record.path}/", *_parts(book, record)))
        yield _change("created", f"{record.path}/{SUMS}", record.date, {"hash": f"sha-256:{record.manifest}"} if record.manifest else {})
        if at:
            yield _change("updated", f"{records[at - 1].path}/", record.date)
    if records[-1].withdrawn:
        yield from (_change("updated", path, records[-1].changed) for path in living)
    for record in (record for record in records if record.withdrawn):
        yield from (_change("updated", f"{record.path}/{name}", record.changed) for name in ("", RECORD))
        yield from (_change("deleted", path, record.changed) for path in _parts(book, record))


def _parts(book: Book, record: Record) -> tuple[str, str]:
    """What comes with an edition and goes with its withdrawal: its list of resources, and its archive file."""
    return f"{record.path}/{RESOURCES}", f"{record.path}/{archive_name(book.own_title, record.address, record.number)}"


def _change(what: str, path: str, day: str, facts: Mapping[str, str] | None = None) -> Resource:
    return Resource(path, midnight(day), {"change": what, "datetime": midnight(day), **(facts or {})})


def _written(site: str, head: Mapping[str, str], entries: Iterable[Resource], links: Mapping[str, str], index: bool = False) -> bytes:
    """A sitemap with what ResourceSync says of it."""
    described = [Element("rs:ln", rel=relation, href=site + path) for relation, path in links.items()]
    return sitemap(site, entries, index, [*described, Element("rs:md", dict(head))])


def sitemap(site: str, entries: Iterable[Resource], index: bool = False, described: Sequence[Element] = ()) -> bytes:
    """Write a sitemap, or an index of sitemaps (sitemaps.org 0.9), with what ResourceSync says of each entry.

    Args:
        site: Address of the site.
        described: What ResourceSync says of the whole.
    """
    root = Element("sitemapindex" if index else "urlset", {"xmlns": SITEMAP, **({"xmlns:rs": TERMS} if described else {})})
    root.extend(described)
    for entry in entries:
        element = add(root, "sitemap" if index else "url")
        add(element, "loc", site + entry.path)
        add_filled(element, "lastmod", entry.moment)
        if entry.facts:
            add(element, "rs:md", attributes=entry.facts)
    return document(root).encode()
