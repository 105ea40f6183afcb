"""Versions for machines on a served branch: after a correction and after a withdrawal each list tells it, on its day."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import httplink
import pytest
from house import ISSUE, PAPER, Answer, House
from html_tree import read
from resync import ChangeList, ResourceList
from resync.hashes import Hashes
from resync.mapper import Mapper

SITE = "https://compass.example/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FIRST, SECOND, GONE = "Mon, 01 Apr 2024 00:00:00 GMT", "Mon, 01 Jul 2024 00:00:00 GMT", "Sun, 01 Sep 2024 00:00:00 GMT"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, corrected: tuple[House, Answer]) -> Path:
    """What is served after a correction of an issue."""
    return corrected[0].checkout(tmp_path_factory.mktemp("versions") / "corrected")


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory, withdrawn_issue: House) -> Path:
    """What is served after that issue was withdrawn, too."""
    return withdrawn_issue.checkout(tmp_path_factory.mktemp("versions") / "withdrawn")


def states(site: Path) -> list[tuple[str, str]]:
    """Address and moment of each state in the TimeMap of the issue."""
    text = (site / ISSUE / "timemap.link").read_text(encoding="utf-8").replace("\n", " ")
    return [(link.target, link["datetime"]) for link in httplink.parse_link_header(text).links if "memento" in link.rel]


def head_links(page: Path) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for link in read(page).iter("link"):
        found.setdefault(link.get("rel", ""), []).append((link.get("href", ""), link.get("data-datetime", "")))
    return found


def changes(site: Path) -> list[tuple[str, str, str]]:
    listed = ChangeList()
    listed.read(str(site / "changelist.xml"))
    return [(one.uri.removeprefix(SITE), one.change, one.datetime) for one in listed.resources]


def days(path: Path) -> dict[str, str]:
    """Address -> day in a sitemap."""
    entries = ElementTree.parse(path).getroot()
    return {one.findtext(f"{SITEMAP}loc", "").removeprefix(SITE): one.findtext(f"{SITEMAP}lastmod", "")[:10] for one in entries}


# After a correction --------------------------------------------------------------------------


def test_the_time_map_has_both_editions_and_every_page_leads_to_it(served: Path) -> None:
    assert states(served) == [(f"{SITE}{ISSUE}/v1/", FIRST), (f"{SITE}{ISSUE}/v2/", SECOND)]
    cover = head_links(served / ISSUE / "index.html")
    assert cover["memento"] == [("v1/", FIRST), ("v2/", SECOND)]
    for number, moment in ((1, FIRST), (2, SECOND)):
        home = served / ISSUE / f"v{number}"
        for page in (home / "index.html", home / "security/index.html"):
            found = head_links(page)
            assert [moment for _, moment in found["memento"]] == [moment]
            for rel, target in (("memento", home), ("original", served / ISSUE), ("timemap", served / ISSUE / "timemap.link")):
                assert (page.parent / found[rel][0][0]).resolve() == target.resolve(), (page, rel)


def test_change_list_feed_and_sitemaps_tell_the_correction(served: Path) -> None:
    told = changes(served)
    assert (f"{ISSUE}/v2/", "created", "2024-07-01T00:00:00Z") in told
    assert (f"{ISSUE}/v1/", "updated", "2024-07-01T00:00:00Z") in told
    entry = feedparser.parse((served / "corrections/feed.xml").read_bytes()).entries[0]
    assert (entry.id, entry.updated) == (f"{SITE}{ISSUE}/v2/", "2024-07-01T00:00:00Z")
    assert days(served / "sitemap-covers.xml")[f"{ISSUE}/"] == days(served / "sitemap.xml")[f"{ISSUE}/v2/sitemap.xml"] == "2024-07-01"


def test_changes_of_an_edition_are_those_of_its_data(served: Path) -> None:
    first, second = (json.loads((served / ISSUE / f"v{number}/changes.json").read_bytes()) for number in (1, 2))
    assert (first["previous"], first["changes"]) == (None, None)
    assert (second["previous"], second["date"], second["kind"]) == (1, "2024-07-01", "correction")
    assert second["note"] == "A score was entered too low."
    found = second["changes"]
    assert (found["added"], [row["id"] for row in found["removed"]]) == ([], ["2-veldia-03"])
    scores = [
        (row["id"], field["before"], field["after"]) for row in found["changed"] for field in row["fields"] if field["name"] == "score"
    ]
    assert scores == [("2-veldia-01", "+4", "+5")]
    (index,) = found["indices"]
    assert (index["series"], index["before"]["aggregate"], index["after"]["aggregate"]) == ("veldia", 2, 3)
    assert 'href="../changes.json"' in (served / ISSUE / "v2/cite/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", [f"{ISSUE}/v1", f"{ISSUE}/v2", f"{PAPER}/v1"], ids=["digest", "next-edition", "own-text"])
def test_a_client_finds_every_file_of_an_edition_as_it_is_listed(served: Path, address: str) -> None:
    listed = ResourceList()
    listed.read(str(served / address / "resourcelist.xml"))
    mapper = Mapper([f"{SITE}{address}/", str(served / address)])
    names = set()
    for resource in listed.resources:
        file = Path(mapper.src_to_dst(resource.uri))
        if file.is_dir():
            file /= "index.html"
        names.add(file.relative_to(served / address).as_posix())
        if file.suffix != ".html":
            assert (Hashes(["sha-256"], str(file)).sha256, file.stat().st_size) == (resource.sha256, resource.length), file
    there = {path.relative_to(served / address).as_posix() for path in (served / address).rglob("*") if path.is_file()}
    assert there - names == {"resourcelist.xml", "edition.json", "SHA256SUMS"}
    assert names <= there


def test_a_client_reaches_every_edition_from_the_list_at_the_root(served: Path) -> None:
    listed = ResourceList()
    listed.read(str(served / "resourcelist.xml"), index_only=True)
    assert (listed.up, listed.md_at) == (f"{SITE}capabilitylist.xml", "2024-07-01T00:00:00Z")
    parts = sorted(served.glob("*/*/v*/resourcelist.xml"))
    assert [resource.uri for resource in listed.resources] == [f"{SITE}{path.relative_to(served).as_posix()}" for path in parts]
    assert len(parts) == 5


def test_the_hash_of_the_hashes_stands_in_the_change_list(served: Path) -> None:
    listed = ChangeList()
    listed.read(str(served / "changelist.xml"))
    sums = [one for one in listed.resources if one.uri.endswith("SHA256SUMS")]
    assert len(sums) == 5
    for one in sums:
        assert one.sha256 == hashlib.sha256((served / one.uri.removeprefix(SITE)).read_bytes()).hexdigest()


# After a withdrawal --------------------------------------------------------------------------


def test_the_time_map_tells_the_withdrawal(withdrawn: Path) -> None:
    assert states(withdrawn) == [(f"{SITE}{ISSUE}/v1/", GONE), (f"{SITE}{ISSUE}/v2/", GONE)]
    cover = head_links(withdrawn / ISSUE / "index.html")
    assert "memento" not in cover and cover["timemap"][0][0] == "timemap.link"


def test_change_list_feed_and_sitemaps_tell_the_withdrawal(withdrawn: Path) -> None:
    told = {(path, what) for path, what, moment in changes(withdrawn) if moment == "2024-09-01T00:00:00Z"}
    assert told >= {(f"{ISSUE}/v1/", "updated"), (f"{ISSUE}/v2/", "updated"), (f"{ISSUE}/v2/resourcelist.xml", "deleted")}
    assert [path for path, what in told if what == "deleted" and (withdrawn / path).exists()] == []
    assert [path for path, what in told if what == "updated" and not (withdrawn / path).exists()] == []
    entries = feedparser.parse((withdrawn / "corrections/feed.xml").read_bytes()).entries
    assert (f"{SITE}{ISSUE}/#withdrawn", "2024-09-01T00:00:00Z") in [(one.id, one.updated) for one in entries]
    assert f"{SITE}{ISSUE}/v2/" in [one.id for one in entries]
    assert days(withdrawn / "sitemap-covers.xml")[f"{ISSUE}/"] == "2024-09-01"
    assert not [path for path in [*days(withdrawn / "sitemap.xml"), *days(withdrawn / "resourcelist.xml")] if ISSUE in path]


def test_the_repository_tells_the_withdrawal(withdrawn: Path) -> None:
    root = ElementTree.parse(withdrawn / "oai.xml").getroot()
    stamps = {header[0].text: header[1].text for header in root.iter("{http://www.openarchives.org/OAI/2.0/}header")}
    assert stamps[f"oai:compass.example:{ISSUE}"] == "2024-09-01"
    assert max(stamps.values(), key=str) == "2024-09-01"
