"""Files of the site that belong to no page: feeds, calendar, sitemaps, lists for harvesters, search, robots, editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from hooks.publishing import bag
from hooks.publishing.calendar_file import calendar
from hooks.publishing.feed import feed_files
from hooks.publishing.manifest import Record, dumped
from hooks.publishing.resource_sync import Resource, sitemap, source_files
from hooks.publishing.static_repository import static_repository
from hooks.publishing.time_map import time_maps
from macros.book import Book
from macros.comparison import neighbours
from macros.language import gettext, in_language
from macros.pages.html import render
from macros.records.xml_text import add, add_texts, document
from macros.target import CALENDAR, VERSIONS, asset_path, comparison_path, relative

OVERRIDES = Path("docs/overrides/assets")
"""Our own styles, programs and pictures."""
COVERS = "sitemap-covers.xml"
THEME = "theme.json"
"""The key of what the covers and comparisons on the branch were built with."""


def root_files(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """Write the root files of a site that holds some editions: path -> content."""
    newest = max((record.date for record in records), default=book.begins.isoformat())
    with in_language(book.language()):
        return {
            "robots.txt": robots(book),
            "sitemap.xml": sitemap_index(book, records),
            COVERS: sitemap_of_covers(book, records),
            **feed_files(book, records),
            **time_maps(book, records),
            **source_files(book, records),
            **static_repository(book, records),
            **({CALENDAR: calendar(book, newest)} if book.coming else {}),
            "opensearch.xml": open_search(book),
            bag.PROFILE: bag.profile(book),
            ".nojekyll": b"",
        }


def lay_latest(book: Book, site: Path, records: Sequence[Record], current: Iterable[str] = ()) -> None:
    """Write the list of a publication's editions, and `latest/`, whose pages lead to those of the newest one, in its language.

    Args:
        site: The site, which holds the newest edition.
        records: The editions, oldest first.
        current: Paths that the served branch holds; a page of `latest/` that the newest edition has no more leads to its first.
    """
    with in_language(book.language(records[-1].address)):
        (site / records[-1].address / VERSIONS).write_bytes(dumped(list(_versions(records))))
        _lay_redirects(book.root, site, records[-1], current)


def _versions(records: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """The editions of a publication as the theme's selector reads them, the newest first."""
    for record in reversed(records):
        title = gettext("Edition %(number)s (%(day)s)", number=record.number, day=record.date)
        yield {"version": f"v{record.number}", "title": title, "aliases": ["latest"] * (record is records[-1])}


def _lay_redirects(root: Path, site: Path, newest: Record, current: Iterable[str]) -> None:
    home, alias = site / newest.path, f"{newest.address}/latest/"
    script = (root / OVERRIDES / "latest.js").read_bytes()
    program = asset_path(script, "latest.js")
    (site / program).parent.mkdir(parents=True, exist_ok=True)
    (site / program).write_bytes(script)
    pages = {page.relative_to(home).as_posix() for page in home.rglob("*.html")}
    for inner in sorted(pages | {path.removeprefix(alias) for path in current if path.startswith(alias)}):
        target = f"{newest.path}/{inner if inner in pages else 'index.html'}".removesuffix("index.html")
        page = site / alias / inner
        page.parent.mkdir(parents=True, exist_ok=True)
        here = f"{alias}{inner}".removesuffix("index.html")
        page.write_text(render("redirect", href=relative(target, here), script=relative(program, here)) + "\n", encoding="utf-8")


def robots(book: Book) -> bytes:
    """Nothing is closed to anybody (RFC 9309): archives need the data and the old editions as much as the pages."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {book.series.site}sitemap.xml\n".encode()


def sitemap_index(book: Book, records: Sequence[Record]) -> bytes:
    """An index of sitemaps that reaches the portal, every cover and every edition (protocol: sitemaps.org 0.9)."""
    locations = [("sitemap-portal.xml", "")]
    locations += [(COVERS, max(record.changed for record in records))] if records else []
    locations += [(f"{record.path}/sitemap.xml", record.date) for record in records if not record.withdrawn]
    return sitemap(book.series.site, (Resource(path, day) for path, day in locations), index=True)


def sitemap_of_covers(book: Book, records: Sequence[Record]) -> bytes:
    """The covers and comparisons, which stand in no build's own sitemap; that of a withdrawn publication keeps its title and reason."""
    newest: dict[str, str] = {}
    for record in records:
        newest[record.address] = max(record.changed, newest.get(record.address, ""))
    covers = [Resource(f"{address}/", day) for address, day in newest.items()]
    return sitemap(book.series.site, [*covers, *(Resource(comparison_path(*pair)) for pair in neighbours(book))])


def open_search(book: Book) -> bytes:
    """How a browser searches the portal (OpenSearch 1.1 draft 6): the page of the search reads `?q=` of its address."""
    series = book.series
    description = " ".join(series.description.split())
    root = Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    add_texts(root, {"ShortName": _cut(series.title, 16), "LongName": _cut(series.title, 48), "Description": _cut(description, 1024)})
    add(root, "Url", attributes={"type": "text/html", "template": f"{series.site}search/?q={{searchTerms}}"})
    own = {"type": "application/opensearchdescription+xml", "rel": "self", "template": f"{series.site}opensearch.xml"}
    add(root, "Url", attributes=own)
    add_texts(root, {"Language": series.language, "InputEncoding": "UTF-8", "OutputEncoding": "UTF-8"})
    return document(root).encode()


def _cut(text: str, most: int) -> str:
    """A text within the limit that OpenSearch sets, cut at a word where there is one."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0][:most] or text[:most]
