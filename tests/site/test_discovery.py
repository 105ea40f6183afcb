"""What machines follow from the root of a built site: sitemaps, feed, search, data packages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from html_tree import pages, read

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def address(site: Path) -> str:
    """The address that the site will be deployed at."""
    return (site / "robots.txt").read_text().split("Sitemap: ")[1].strip().removesuffix("sitemap.xml")


def here(site: Path, location: str) -> Path:
    """The file that a host serves at an address."""
    path = location.removeprefix(address(site))
    assert path != location, f"{location} is of another host"
    return site / path / "index.html" if path.endswith("/") or not path else site / path


def locations(site: Path) -> Iterator[str]:
    for one in ElementTree.parse(site / "sitemap.xml").iter(LOC):
        part = here(site, one.text or "")
        assert part.is_file(), one.text
        yield from (loc.text or "" for loc in ElementTree.parse(part).iter(LOC))


def test_every_location_exists_once_and_every_page_is_a_location(site: Path) -> None:
    found = list(locations(site))
    assert [one for one in found if not here(site, one).is_file()] == []
    assert len(found) == len(set(found))
    listed = {here(site, one).relative_to(site).as_posix() for one in found}
    there = {page[1:] + "index.html" for page in pages(site) if page.endswith("/") and "/latest/" not in page}
    assert there - listed == {page for page in there if "/v" not in page and of_the_team(site / page)}


def of_the_team(page: Path) -> bool:
    """Whether a page of the portal says that no search is to find it."""
    return any(one.get("id") == "content" and "data-search-exclude" in one.attrib for one in read(page).iter("article"))


def test_every_page_leads_to_feed_and_search(site: Path) -> None:
    for page in pages(site):
        if "/latest/" in page:
            continue
        links = {one.get("type"): one.get("href", "") for one in read(here(site, address(site) + page[1:])).iter("link")}
        start = site if page == "/404.html" else site / page[1:]
        for kind, name in (("atom+xml", "feed.xml"), ("opensearchdescription+xml", "opensearch.xml")):
            found = start / links[f"application/{kind}"].lstrip("/" if page == "/404.html" else "")
            assert found.resolve() == (site / name).resolve(), page


def test_feed_leads_to_pages_that_exist(site: Path) -> None:
    parsed = feedparser.parse((site / "feed.xml").read_bytes())
    assert parsed.bozo == 0
    links = [link.href for one in (parsed.feed, *parsed.entries) for link in one.links if link.rel != "via"]
    assert [link for link in links if not here(site, link).is_file()] == []
    assert {entry.id for entry in parsed.entries} == {
        f"{address(site)}{path.parent.relative_to(site).as_posix()}/" for path in site.rglob("edition.json")
    }


def test_search_description_names_files_that_exist(site: Path) -> None:
    tree = ElementTree.parse(site / "opensearch.xml").getroot()
    own = next(one.get("template", "") for one in tree if one.get("rel") == "self")
    assert here(site, own).is_file()


def test_packages_name_the_files_beside_them(site: Path) -> None:
    found = sorted(site.rglob("datapackage.json"))
    assert len(found) == 1 + len(list(site.rglob("edition.json")))
    for path in found:
        package = json.loads(path.read_bytes())
        for one in package["resources"]:
            content = (path.parent / one["path"]).read_bytes()
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"), one["path"]
        assert {one["path"] for one in package["resources"]} | {"index.html", path.name} == {
            one.name
            for one in path.parent.iterdir()
            if one.stem not in {"citation", "card"} and one.suffix != ".xlsx"  # of the page; the same tables for people
        }


def test_lines_of_python_on_the_data_page_run(real_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
    lines = "".join(re.findall(r"```python\n(.*?)```", page, re.S))
    exec(lines.replace("https://barometer.example", str(real_site)), {})
    told = capsys.readouterr().out
    assert re.search(r"issues/19\s+china\s+8\n", told)
    assert "2021-02" in told
    assert "nan" not in told.lower()  # every partner has a word
