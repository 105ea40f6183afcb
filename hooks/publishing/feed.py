"""The feed of new editions, corrections and withdrawals: Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hooks.publishing.manifest import Record
from macros import cite, words
from macros.book import Book, Volume

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100
"""How many of the newest editions the feed holds: a reader of feeds asks for it every hour; the sitemaps reach all."""


def feed(book: Book, records: Sequence[Record]) -> bytes:
    """The feed of some editions.

    Its dates are those of the editions, so equal editions give equal bytes. Ids are permanent
    addresses, which RFC 4287 (4.2.6) wants never to change.

    Args:
        book: The book.
        records: Every edition that the site holds.

    Returns:
        The bytes of `feed.xml`, newest edition first.
    """
    series = book.series
    listed = sorted(sorted(records, key=lambda one: (one.address, -one.number)), key=lambda one: one.date, reverse=True)[:MOST]
    root = Element("feed", {"xmlns": ATOM, "xml:lang": series.language})
    _texts(root, title=series.title, subtitle=series.subtitle, id=f"{series.site}feed.xml")
    _texts(root, updated=_moment(listed[0].date if listed else series.first_period.first.isoformat()), rights=series.text_licence.name)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{series.site}feed.xml")
    SubElement(root, "link", rel="alternate", type="text/html", href=series.site)
    _texts(SubElement(root, "author"), name=series.imprint.name)
    volumes = {volume.address: volume for volume in book.volumes}
    for record in listed:
        _entry(root, book, record, volumes.get(record.address))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _entry(root: Element, book: Book, record: Record, volume: Volume | None) -> None:
    """One edition. Its permalink is its id, also when it has been withdrawn."""
    site = book.series.site
    permalink = f"{site}{record.path}/"
    entry = SubElement(root, "entry")
    cited = cite.citation(book, volume, record.number) if volume and _listed(volume, record) else None
    title = cited.title if cited else words.label(volume) if volume else record.title
    _texts(entry, title=_headline(record, title), id=permalink, published=_moment(record.date), updated=_moment(record.date))
    for creator in cited.authors if cited else ():
        _texts(SubElement(entry, "author"), name=creator.name)
    if cited and cited.source and cited.source.permalink:
        SubElement(entry, "link", rel="via", href=cited.source.permalink)
    SubElement(entry, "link", rel="alternate", type="text/html", href=permalink)
    SubElement(entry, "link", rel="related", type="text/html", href=f"{site}{record.address}/")
    SubElement(entry, "category", term="withdrawn" if record.withdrawn else record.kind)
    abstract = " ".join(volume.publication.abstract.split()) if volume and not record.withdrawn else ""
    told = record.withdrawn or record.note
    _texts(entry, summary=f"{told} {abstract}".strip())


def _listed(volume: Volume, record: Record) -> bool:
    """Whether publication.yml lists the edition; a clone that is behind may not."""
    return any(edition.number == record.number for edition in volume.publication.editions)


def _headline(record: Record, title: str) -> str:
    if record.withdrawn:
        return f"{title} (withdrawn)"
    return title if record.kind == "original" else f"{title} ({record.kind}, edition {record.number})"


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
