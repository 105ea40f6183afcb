"""A feed in the formats that programs read: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from macros.dates import midnight
from macros.model import Series

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Entry:
    """One thing that is new.

    Attributes:
        id: Permanent address that names it for ever.
        url: Where it is to be read.
        summary: What is new, in a sentence or two.
        published: The day on which it was first published.
        updated: The day on which it last changed.
        category: original, correction, revision or withdrawn.
        authors: Names of its authors.
        via: Address of the original of a digest.
        related: Address of its cover.
    """

    id: str
    url: str
    title: str
    summary: str
    published: str
    updated: str
    category: str
    authors: tuple[str, ...] = ()
    via: str = ""
    related: str = ""


@dataclass(frozen=True)
class Feed:
    """A list of what is new.

    Attributes:
        series: The periodical.
        path: Path of its files from the root of the site, without their ending.
        home: Address of the page that it belongs to.
        subtitle: What it holds.
        updated: The day on which anything in it last changed.
        entries: Its entries, newest first.
        complete: Whether it holds every entry that there ever was (RFC 5005, 2).
    """

    series: Series
    path: str
    home: str
    title: str
    subtitle: str
    updated: str
    entries: tuple[Entry, ...]
    complete: bool = False

    def address(self, ending: str) -> str:
        """Absolute address of the feed in one format."""
        return f"{self.series.site}{self.path}.{ending}"


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, **({"xmlns:fh": HISTORY} if feed.complete else {}), "xml:lang": feed.series.language})
    _texts(root, title=feed.title, subtitle=feed.subtitle, id=feed.address("xml"), updated=midnight(feed.updated))
    _texts(root, rights=feed.series.text_licence.name)
    if feed.complete:
        SubElement(root, "fh:complete")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.address("xml"))
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.home)
    _texts(SubElement(root, "author"), name=feed.series.imprint.name)
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _entry(element: Element, entry: Entry) -> None:
    _texts(element, title=entry.title, id=entry.id, published=midnight(entry.published), updated=midnight(entry.updated))
    for name in entry.authors:
        _texts(SubElement(element, "author"), name=name)
    if entry.via:
        SubElement(element, "link", rel="via", href=entry.via)
    SubElement(element, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.related:
        SubElement(element, "link", rel="related", type="text/html", href=entry.related)
    SubElement(element, "category", term=entry.category)
    _texts(element, summary=entry.summary)


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def json_feed(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    imprint = feed.series.imprint
    whole = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.address("json"),
        "language": feed.series.language,
        "authors": [{"name": imprint.name, "url": feed.series.site}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.via,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": midnight(entry.published),
        "date_modified": midnight(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [entry.category],
    }
    return {name: value for name, value in item.items() if value}
