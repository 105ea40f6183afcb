"""A feed in the formats that programs read: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from macros.dates import midnight
from macros.json_text import readable
from macros.model import Series
from macros.records.xml_text import add, add_texts, document

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
    add_texts(root, {"title": feed.title, "subtitle": feed.subtitle, "id": feed.address("xml"), "updated": midnight(feed.updated)})
    add(root, "rights", feed.series.text_licence.name)
    if feed.complete:
        add(root, "fh:complete")
    add(root, "link", attributes={"rel": "self", "type": "application/atom+xml", "href": feed.address("xml")})
    add(root, "link", attributes={"rel": "alternate", "type": "text/html", "href": feed.home})
    add(add(root, "author"), "name", feed.series.imprint.name)
    for entry in feed.entries:
        _entry(add(root, "entry"), entry)
    return document(root).encode()


def _entry(element: Element, entry: Entry) -> None:
    days = {"published": midnight(entry.published), "updated": midnight(entry.updated)}
    add_texts(element, {"title": entry.title, "id": entry.id, **days})
    for name in entry.authors:
        add(add(element, "author"), "name", name)
    if entry.via:
        add(element, "link", attributes={"rel": "via", "href": entry.via})
    add(element, "link", attributes={"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.related:
        add(element, "link", attributes={"rel": "related", "type": "text/html", "href": entry.related})
    add(element, "category", attributes={"term": entry.category})
    add(element, "summary", entry.summary)


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
    return readable(whole).encode()


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
