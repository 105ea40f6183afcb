"""The files at the root of the site: feed, sitemaps, search, robots."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

import feedparser
import httplink
import pytest
from resync import CapabilityList, ChangeList, SourceDescription

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


def written(book: Book, records: Sequence[Record], path: str = "feed.xml") -> bytes:
    """One of the feeds."""
    return feed.feed_files(book, records)[path]


def test_feed_is_well_formed_and_newest_first(fixture_book: Book) -> None:
    read = feedparser.parse(written(fixture_book, RECORDS))
    site = fixture_book.series.site
    assert read.bozo == 0
    assert read.version == "atom10"
    assert [entry.id for entry in read.entries] == [f"{site}{path}/" for path in ("issues/2/v2", "policy/open-river/v1", "issues/2/v1")]
    assert read.feed.updated == "2023-09-01T00:00:00Z"
    assert read.feed.author == fixture_book.series.imprint.name
    assert {(link.rel, link.href) for link in read.feed.links} == {("self", f"{site}feed.xml"), ("alternate", site)}


def test_entry_says_what_is_new_and_what_it_is(fixture_book: Book) -> None:
    entry = feedparser.parse(written(fixture_book, RECORDS)).entries[0]
    assert entry.title == f"Digest of {ORIGINAL} (correction, edition 2)"
    assert entry.summary.startswith("A <score> & a sign were wrong. ")
    assert entry.summary.endswith(" ".join(fixture_book.volume("issues/2").publication.abstract.split()))
    assert (entry.updated, entry.published) == ("2023-09-01T00:00:00Z",) * 2
    assert entry.link == entry.id
    assert [tag.term for tag in entry.tags] == ["correction"]


def test_withdrawn_edition_keeps_its_id_and_gives_the_reason(fixture_book: Book) -> None:
    entry = feedparser.parse(written(fixture_book, [replace(FIRST, withdrawn="By order of a court.")])).entries[0]
    assert entry.id.endswith("/issues/2/v1/")
    assert (entry.title, entry.summary) == (f"Digest of {ORIGINAL} (withdrawn)", "By order of a court.")


def test_a_withdrawal_moves_the_day_of_its_entry_and_of_the_feed(fixture_book: Book) -> None:
    gone = replace(FIRST, withdrawn="By order of a court.", withdrawn_on="2024-02-03")
    for path in ("feed.xml", "corrections/feed.xml", "relationships/veldia/feed.xml"):
        read = feedparser.parse(written(fixture_book, [gone, PAPER], path))
        entry = read.entries[0]
        assert (read.bozo, read.feed.updated, entry.updated) == (0, *("2024-02-03T00:00:00Z",) * 2)
        assert entry.title.endswith("(withdrawn)")
        assert entry.summary == "By order of a court."
        assert [tag.term for tag in entry.tags] == ["withdrawn"]


def test_corrections_have_a_feed_without_anything_else(fixture_book: Book) -> None:
    read = feedparser.parse(written(fixture_book, RECORDS, "corrections/feed.xml"))
    site = fixture_book.series.site
    assert [entry.id for entry in read.entries] == [f"{site}issues/2/v2/"]
    assert {(link.rel, link.href) for link in read.feed.links} == {
        ("self", f"{site}corrections/feed.xml"),
        ("alternate", f"{site}corrections/"),
    }


def test_a_relationship_has_one_entry_for_each_issue_in_its_newest_state(fixture_book: Book) -> None:
    read = feedparser.parse(written(fixture_book, RECORDS, "relationships/veldia/feed.xml"))
    site = fixture_book.series.site
    (entry,) = read.entries
    assert (entry.id, entry.link) == (f"{site}issues/2/v1/veldia/", f"{site}issues/2/v2/veldia/")
    assert (entry.published, entry.updated) == ("2023-07-20T00:00:00Z", "2023-09-01T00:00:00Z")
    assert "Veldia +2" in entry.title
    assert "Strongest" in entry.summary


JSON_ITEM = {"id", "url", "external_url", "title", "content_text", "date_published", "date_modified", "authors", "tags"}
"""The names of JSON Feed 1.1 that we use; those of its list of items that it requires stand in each."""


def test_json_feeds_say_what_the_atom_feeds_say(fixture_book: Book) -> None:
    files = feed.feed_files(fixture_book, RECORDS)
    for path in (path for path in files if path.endswith(".json")):
        whole = json.loads(files[path])
        assert whole.keys() == {"version", "title", "description", "home_page_url", "feed_url", "language", "authors", "items"}
        assert whole["version"] == "https://jsonfeed.org/version/1.1"
        assert whole["feed_url"] == fixture_book.series.site + path
        read = feedparser.parse(files[path.replace(".json", ".xml")])
        assert [(item["id"], item["url"], item["title"]) for item in whole["items"]] == [
            (one.id, one.link, one.title) for one in read.entries
        ]
        for item in whole["items"]:
            assert {"id", "content_text"} <= item.keys() <= JSON_ITEM
            assert all(isinstance(author["name"], str) for author in item.get("authors", []))
            assert item["date_published"] <= item["date_modified"]
            assert all(item.values())


def test_feed_does_not_depend_on_the_order_of_the_ledger(fixture_book: Book) -> None:
    assert written(fixture_book, RECORDS) == written(fixture_book, RECORDS[::-1])


def test_feed_of_a_young_site_is_valid_and_empty(fixture_book: Book) -> None:
    read = feedparser.parse(written(fixture_book, []))
    assert (read.bozo, read.entries) == (0, [])
    assert read.feed.updated


def test_feed_stays_short(fixture_book: Book) -> None:
    many = [replace(FIRST, address=f"issues/{number}") for number in range(300)]
    assert len(feedparser.parse(written(fixture_book, many)).entries) == feed.MOST


def locations(content: bytes) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(content).iterfind(".//s:loc", NAMES)]


def test_index_reaches_portal_covers_and_editions_that_stand(fixture_book: Book) -> None:
    site = fixture_book.series.site
    found = locations(site_files.sitemap_index(fixture_book, [FIRST, SECOND, replace(PAPER, withdrawn="A reason")]))
    paths = ("sitemap-portal.xml", "sitemap-covers.xml", "issues/2/v1/sitemap.xml", "issues/2/v2/sitemap.xml")
    assert found == [site + path for path in paths]


def test_sitemap_of_covers_has_each_once_with_its_newest_date(fixture_book: Book) -> None:
    content = site_files.sitemap_of_covers(fixture_book, RECORDS)
    paths = ("issues/2", "policy/open-river", "compare/1-2", "compare/2-3")
    assert locations(content) == [f"{fixture_book.series.site}{path}/" for path in paths]
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


# The calendar --------------------------------------------------------------------------------


def unfolded(content: bytes) -> list[tuple[str, str]]:
    """The lines of a calendar as a program reads them (RFC 5545, 3.1): name with parameters, and value with its escapes undone."""
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    lines = content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    pairs = [(name, value) for name, _, value in (line.partition(":") for line in lines)]
    return [(name, re.sub(r"\\([\\,;])", r"\1", value)) for name, value in pairs]


def test_calendar_says_what_is_planned(fixture_book: Book) -> None:
    lines = unfolded(site_files.root_files(fixture_book, RECORDS)["issues.ics"])
    assert [lines[0], lines[-1]] == [("BEGIN", "VCALENDAR"), ("END", "VCALENDAR")]
    assert [value for name, value in lines if name == "UID"] == ["issue-3@compass.example", "issue-4@compass.example"]
    assert [value for name, value in lines if name == "DTSTART;VALUE=DATE"] == ["20231020", "20240122"]
    assert {value for name, value in lines if name == "DTSTAMP"} == {"20230901T000000Z"}  # of the newest edition, not of a clock
    assert [value.rpartition(", ")[2] for name, value in lines if name == "SUMMARY"] == ["Kestria Compass 3", "to be folded"]
    events = [value for name, value in lines if (name, value) == ("BEGIN", "VEVENT")]
    assert len(events) == len(fixture_book.coming) == 2


def test_where_nothing_is_planned_there_is_no_calendar(fixture_book: Book) -> None:
    assert "issues.ics" not in site_files.root_files(replace(fixture_book, coming=()), RECORDS)


# Versions for machines -----------------------------------------------------------------------

Listed = TypeVar("Listed", bound=Any)
GONE = tuple(replace(record, withdrawn='By order of "a" court.', withdrawn_on="2024-02-03") for record in (FIRST, SECOND))


def links(content: bytes) -> list[httplink.Link]:
    """The links of a TimeMap, by a parser of Link headers, whose grammar it has (RFC 7089, 5)."""
    found: list[httplink.Link] = list(httplink.parse_link_header(content.decode().replace("\n", " ")).links)
    return found


def test_a_time_map_lists_the_states_with_their_moments(fixture_book: Book) -> None:
    cover = f"{fixture_book.series.site}issues/2/"
    original, own, *mementos = links(site_files.root_files(fixture_book, RECORDS[::-1])["issues/2/timemap.link"])
    assert (original.target, original.rel) == (cover, {"original"})
    assert (own.target, own.rel, own["type"]) == (f"{cover}timemap.link", {"self"}, "application/link-format")
    assert (own["from"], own["until"]) == ("Thu, 20 Jul 2023 00:00:00 GMT", "Fri, 01 Sep 2023 00:00:00 GMT")
    assert [(one.target, one.rel, one["datetime"]) for one in mementos] == [
        (f"{cover}v1/", {"first", "memento"}, "Thu, 20 Jul 2023 00:00:00 GMT"),
        (f"{cover}v2/", {"last", "memento"}, "Fri, 01 Sep 2023 00:00:00 GMT"),
    ]
    assert mementos[1]["title"] == "Edition 2 of 2023-09-01: A <score> & a sign were wrong."


def test_a_time_map_tells_a_withdrawal(fixture_book: Book) -> None:
    _, own, *mementos = links(site_files.root_files(fixture_book, GONE)["issues/2/timemap.link"])
    assert own["until"] == "Sat, 03 Feb 2024 00:00:00 GMT"
    assert {one["datetime"] for one in mementos} == {"Sat, 03 Feb 2024 00:00:00 GMT"}  # what stands there now is of that day
    assert mementos[0]["title"] == 'Edition 1 of 2023-07-20, withdrawn: By order of "a" court.'


def read_list(kind: type[Listed], content: bytes, place: Path) -> Listed:
    """A ResourceSync document as the client of the standard reads it."""
    place.write_bytes(content)
    listed = kind()
    listed.read(str(place))
    return listed


def test_a_client_finds_its_way_from_the_source_to_the_changes(fixture_book: Book, tmp_path: Path) -> None:
    files, site = site_files.root_files(fixture_book, RECORDS), fixture_book.series.site
    source = read_list(SourceDescription, files[".well-known/resourcesync"], tmp_path / "source")
    (capabilities,) = [one for one in source.resources if one.capability == "capabilitylist"]
    listed = read_list(CapabilityList, files[capabilities.uri.removeprefix(site)], tmp_path / "capabilities")
    assert {one.capability: one.uri for one in listed.resources} == {
        "resourcelist": f"{site}resourcelist.xml",
        "changelist": f"{site}changelist.xml",
    }
    assert listed.up == f"{site}.well-known/resourcesync"
    changes = read_list(ChangeList, files["changelist.xml"], tmp_path / "changes")
    assert (changes.up, changes.md_from) == (f"{site}capabilitylist.xml", "2023-07-20T00:00:00Z")


def changed(book: Book, records: Sequence[Record], place: Path) -> list[tuple[str, str, str]]:
    listed = read_list(ChangeList, site_files.root_files(book, records)["changelist.xml"], place)
    return [(one.uri.removeprefix(book.series.site), one.change, one.datetime) for one in listed.resources]


def test_changes_tell_a_next_edition_and_a_withdrawal_on_their_days(fixture_book: Book, tmp_path: Path) -> None:
    told = changed(fixture_book, RECORDS, tmp_path / "changes")
    days = [moment for _, _, moment in told]
    assert days == sorted(days)
    second = {(path, what) for path, what, moment in told if moment.startswith("2023-09-01")}
    assert second >= {
        ("issues/2/v2/", "created"),
        ("issues/2/v1/", "updated"),
        ("issues/2/", "updated"),
        ("issues/2/timemap.link", "updated"),
    }
    later = {
        (path, what) for path, what, moment in changed(fixture_book, [*GONE, PAPER], tmp_path / "gone") if moment.startswith("2024-02-03")
    }
    assert later >= {("issues/2/v1/", "updated"), ("issues/2/v2/", "updated"), ("issues/2/v2/resourcelist.xml", "deleted")}
    assert told == [one for one in changed(fixture_book, [*GONE, PAPER], tmp_path / "gone") if one[2] < "2024"]


def test_the_list_of_resources_reaches_every_edition_that_stands(fixture_book: Book) -> None:
    site = fixture_book.series.site
    assert locations(site_files.root_files(fixture_book, [*GONE, PAPER])["resourcelist.xml"]) == [
        f"{site}policy/open-river/v1/resourcelist.xml"
    ]


OAI = {"sr": "http://www.openarchives.org/OAI/2.0/static-repository", "oai": "http://www.openarchives.org/OAI/2.0/"}
OAI |= {"dc": "http://purl.org/dc/elements/1.1/", "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/"}
IDENTIFY = ["repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord", "granularity"]


def repository(book: Book, records: Sequence[Record]) -> ElementTree.Element:
    """The static repository, held to the rules of static-repository.xsd and of the guidelines, section 3."""
    root = ElementTree.fromstring(site_files.root_files(book, records)["oai.xml"])
    assert [part.tag.rpartition("}")[2] for part in root] == ["Identify", "ListMetadataFormats", "ListRecords"]
    assert [part.tag.rpartition("}")[2] for part in root.find("sr:Identify", OAI) or ()] == IDENTIFY
    assert root.findtext("sr:Identify/oai:deletedRecord", "", OAI) == "no"
    assert re.fullmatch(r"\S+@(\S+\.)+\S+", root.findtext("sr:Identify/oai:adminEmail", "", OAI))
    (listed,) = root.findall("sr:ListRecords", OAI)
    assert (
        listed.get("metadataPrefix") == root.findtext("sr:ListMetadataFormats/oai:metadataFormat/oai:metadataPrefix", "", OAI) == "oai_dc"
    )
    for item in listed:
        assert [part.tag.rpartition("}")[2] for part in item] == ["header", "metadata"]
        assert [part.tag.rpartition("}")[2] for part in item[0]] == ["identifier", "datestamp"]
        assert re.fullmatch(r"oai:[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+:\S+", item.findtext("oai:header/oai:identifier", "", OAI))
        assert item.find("oai:metadata/oai_dc:dc/dc:title", OAI) is not None
    return root


def test_the_repository_has_one_item_for_each_publication_in_its_newest_state(fixture_book: Book) -> None:
    root = repository(fixture_book, RECORDS)
    stamps = {
        one.findtext("oai:identifier", "", OAI): one.findtext("oai:datestamp", "", OAI) for one in root.iter(f"{{{OAI['oai']}}}header")
    }
    assert stamps == {"oai:compass.example:issues/2": "2023-09-01", "oai:compass.example:policy/open-river": "2023-08-01"}
    assert root.findtext("sr:Identify/oai:earliestDatestamp", "", OAI) == "2023-07-20"
    creators = [one.text for one in root.iter(f"{{{OAI['dc']}}}creator")]
    assert creators == ["Senn Reading Room", "Lindqvist, Ada", "Orel, Tomas"]


def test_the_repository_tells_a_withdrawal(fixture_book: Book) -> None:
    (item,) = repository(fixture_book, GONE).iter(f"{{{OAI['oai']}}}record")
    assert item.findtext("oai:header/oai:datestamp", "", OAI) == "2024-02-03"
    assert item.findtext(".//dc:title", "", OAI).endswith("(withdrawn)")
    assert item.findtext(".//dc:description", "", OAI) == 'By order of "a" court.'


def test_there_is_no_repository_without_a_mail_address(fixture_book: Book) -> None:
    imprint = fixture_book.series.imprint.model_copy(update={"contact": "https://compass.example/contact/"})
    book = replace(fixture_book, series=fixture_book.series.model_copy(update={"imprint": imprint}))
    assert "oai.xml" not in site_files.root_files(book, RECORDS)
    assert "oai.xml" not in site_files.root_files(fixture_book, [])


def test_the_feed_of_corrections_is_complete_and_says_so(fixture_book: Book) -> None:
    many = [replace(SECOND, address=f"issues/{number}") for number in range(300)]
    content = written(fixture_book, many, "corrections/feed.xml")
    read = feedparser.parse(content)
    assert (read.bozo, len(read.entries)) == (0, 300)
    assert ElementTree.fromstring(content).find("{http://purl.org/syndication/history/1.0}complete") is not None
    assert b"complete" not in written(fixture_book, many)


def test_sitemaps_tell_the_day_of_a_withdrawal(fixture_book: Book) -> None:
    index = ElementTree.fromstring(site_files.sitemap_index(fixture_book, GONE))
    covers = ElementTree.fromstring(site_files.sitemap_of_covers(fixture_book, GONE))
    assert [one.text for one in index.iterfind(".//s:lastmod", NAMES)] == ["2024-02-03"]
    assert [one.text for one in covers.iterfind(".//s:lastmod", NAMES)] == ["2024-02-03"]
