"""The files at the root of the site: feed, sitemaps, search, robots."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest

from hooks.publishing import feed, site_files
from hooks.publishing.manifest import Record
from macros.book import Book

FIRST = Record("issues/2", 1, "2023-07-20", "original", "First edition on this site.", "Kestria Compass 2", "", "")
SECOND = replace(FIRST, number=2, date="2023-09-01", kind="correction", note="A <score> & a sign were wrong.")
PAPER = replace(FIRST, address="policy/open-river", date="2023-08-01", title="Open river")
RECORDS = (FIRST, SECOND, PAPER)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "o": "http://a9.com/-/spec/opensearch/1.1/"}

ORIGINAL = (
    "T. Orel (ed.), Kestria Compass, second number: A quarterly count of neighbours and risks, "
    "Senn Institute for Neighbourhood Studies, April–June 2023"
)


def test_feed_is_well_formed_and_newest_first(fixture_book: Book) -> None:
    read = feedparser.parse(feed.feed(fixture_book, RECORDS))
    site = fixture_book.series.site
    assert read.bozo == 0
    assert read.version == "atom10"
    assert [entry.id for entry in read.entries] == [f"{site}{path}/" for path in ("issues/2/v2", "policy/open-river/v1", "issues/2/v1")]
    assert read.feed.updated == "2023-09-01T00:00:00Z"
    assert read.feed.author == fixture_book.series.imprint.name
    assert {(link.rel, link.href) for link in read.feed.links} == {("self", f"{site}feed.xml"), ("alternate", site)}


def test_entry_says_what_is_new_and_what_it_is(fixture_book: Book) -> None:
    entry = feedparser.parse(feed.feed(fixture_book, RECORDS)).entries[0]
    assert entry.title == f"Digest of {ORIGINAL} (correction, edition 2)"
    assert entry.summary.startswith("A <score> & a sign were wrong. ")
    assert entry.summary.endswith(" ".join(fixture_book.volume("issues/2").publication.abstract.split()))
    assert (entry.updated, entry.published) == ("2023-09-01T00:00:00Z",) * 2
    assert entry.link == entry.id
    assert [tag.term for tag in entry.tags] == ["correction"]


def test_withdrawn_edition_keeps_its_id_and_gives_the_reason(fixture_book: Book) -> None:
    entry = feedparser.parse(feed.feed(fixture_book, [replace(FIRST, withdrawn="By order of a court.")])).entries[0]
    assert entry.id.endswith("/issues/2/v1/")
    assert (entry.title, entry.summary) == (f"Digest of {ORIGINAL} (withdrawn)", "By order of a court.")


def test_feed_does_not_depend_on_the_order_of_the_ledger(fixture_book: Book) -> None:
    assert feed.feed(fixture_book, RECORDS) == feed.feed(fixture_book, RECORDS[::-1])


def test_feed_of_a_young_site_is_valid_and_empty(fixture_book: Book) -> None:
    read = feedparser.parse(feed.feed(fixture_book, []))
    assert (read.bozo, read.entries) == (0, [])
    assert read.feed.updated


def test_feed_stays_short(fixture_book: Book) -> None:
    many = [replace(FIRST, address=f"issues/{number}") for number in range(300)]
    assert len(feedparser.parse(feed.feed(fixture_book, many)).entries) == feed.MOST


def locations(content: bytes) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(content).iterfind(".//s:loc", NAMES)]


def test_index_reaches_portal_covers_and_editions_that_stand(fixture_book: Book) -> None:
    site = fixture_book.series.site
    found = locations(site_files.sitemap_index(fixture_book, [FIRST, SECOND, replace(PAPER, withdrawn="A reason")]))
    paths = ("sitemap-portal.xml", "sitemap-covers.xml", "issues/2/v1/sitemap.xml", "issues/2/v2/sitemap.xml")
    assert found == [site + path for path in paths]


def test_sitemap_of_covers_has_each_once_with_its_newest_date(fixture_book: Book) -> None:
    content = site_files.sitemap_of_covers(fixture_book, RECORDS)
    assert locations(content) == [f"{fixture_book.series.site}{address}/" for address in ("issues/2", "policy/open-river")]
    dates = [one.text for one in ElementTree.fromstring(content).iterfind(".//s:lastmod", NAMES)]
    assert dates == ["2023-09-01", "2023-08-01"]


@pytest.mark.parametrize("title", ["Short", "A monitor whose name is long", "Uninterruptedlylongname"])
def test_search_description_keeps_to_its_limits(fixture_book: Book, title: str) -> None:
    book = replace(fixture_book, series=fixture_book.series.model_copy(update={"title": title}))
    tree = ElementTree.fromstring(site_files.open_search(book))
    name = tree.findtext("o:ShortName", "", NAMES)
    assert name
    assert len(name) <= 16
    assert title.startswith(name)
    assert next(one for one in tree.iterfind("o:Url", NAMES) if one.get("type") == "text/html").get("template") == (
        f"{book.series.site}search/?q={{searchTerms}}"
    )


def test_robots_close_nothing(fixture_book: Book) -> None:
    text = site_files.robots(fixture_book).decode()
    assert "Disallow" not in text
    assert f"Sitemap: {fixture_book.series.site}sitemap.xml" in text.splitlines()


def test_root_files_are_the_same_each_time(fixture_book: Book) -> None:
    assert site_files.root_files(fixture_book, RECORDS) == site_files.root_files(fixture_book, RECORDS)
