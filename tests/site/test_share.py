"""What a site gives to others: charts for their pages, oEmbed records, cards, feeds, references of rows."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from html_tree import pages, read
from PIL import Image

HEAVIEST_EMBED, HEAVIEST_CARD = 25_000, 30_000


@pytest.fixture(scope="module")
def address(site: Path) -> str:
    """The address that the site will be deployed at."""
    return (site / "robots.txt").read_text().split("Sitemap: ")[1].strip().removesuffix("sitemap.xml")


def embeds(site: Path) -> dict[str, dict[str, Any]]:
    """The oEmbed record of every chart that has a page of its own: path of the page -> record."""
    found = sorted(site.glob("*/*/v*/embed/*/oembed.json"))
    return {f"{path.parent.relative_to(site).as_posix()}/": json.loads(path.read_text(encoding="utf-8")) for path in found}


# Charts for other people's pages ---------------------------------------------------------------


def test_every_picture_of_an_edition_has_a_page_of_its_own(site: Path) -> None:
    drawn = {path.with_suffix("").as_posix() for path in site.glob("*/*/v*/charts/*.svg")}
    assert drawn
    assert {str(site / path).replace("/embed/", "/charts/").rstrip("/") for path in embeds(site)} == drawn
    assert [path for path in site.rglob("embed") if not re.search(r"/(v\d+|latest)/embed$", path.as_posix())] == []


def test_the_page_of_a_chart_is_small_and_says_all(site: Path, address: str) -> None:
    for path, record in embeds(site).items():
        file = site / path / "index.html"
        text, tree = file.read_text(encoding="utf-8"), read(file)
        (shown,) = [(file.parent / (image.get("src") or "")).resolve() for image in tree.iter("img")]
        assert shown == (site / path.replace("/embed/", "/charts/").rstrip("/")).with_suffix(".svg").resolve()
        assert len(text.encode()) + shown.stat().st_size <= HEAVIEST_EMBED, path
        assert "<script" not in text
        assert text.count("<!--status--><!--/status-->") == text.count("<!--versions--><!--/versions-->") == 1
        links = {one.get("rel"): one.get("href") for one in tree.iter("link")}
        assert links == {"canonical": address + path, "alternate": f"{address}{path}oembed.json", "describedby": "oembed.json"}
        section = next(one.get("href") or "" for one in tree.iter("a") if (one.get("href") or "").endswith(f"#{_chart(path)}"))
        page = site / section.removeprefix(address).partition("#")[0] / "index.html"
        assert f'id="{_chart(path)}"' in page.read_text(encoding="utf-8")
        assert record["title"] in "".join(next(tree.iter("h1")).itertext())
        assert "Source: " in text
        assert "Cite: " in text


def _chart(path: str) -> str:
    return f"chart-{path.rstrip('/').rpartition('/')[2]}"


def test_oembed_records_lead_to_what_is_there(site: Path, address: str) -> None:
    for path, record in embeds(site).items():
        assert (record["version"], record["type"]) == ("1.0", "rich")
        frame = unescape(record["html"])
        assert f'src="{address}{path}"' in frame
        assert f'width="{record["width"]}" height="{record["height"]}"' in frame
        assert 'lang="' in frame
        assert 'title="' in frame
        with Image.open(site / record["thumbnail_url"].removeprefix(address)) as thumbnail:
            assert thumbnail.size == (record["thumbnail_width"], record["thumbnail_height"])


def test_the_code_beside_a_chart_is_that_of_its_record(site: Path) -> None:
    records = {record["html"] for record in embeds(site).values()}
    beside = {
        area.text
        for page in pages(site)
        for area in read(site / page[1:] / "index.html" if page.endswith("/") else site / page[1:]).iter("textarea")
    }
    assert beside == records


# Cards -----------------------------------------------------------------------------------------


def test_every_page_has_a_card_of_its_own_and_the_team_shares_one(site: Path, address: str) -> None:
    named: dict[str, list[str]] = {}
    for page in pages(site):
        if page == "/404.html":
            continue
        tree = read(site / page[1:] / "index.html")
        (card,) = [one.get("content") or "" for one in tree.iter("meta") if one.get("property") == "og:image"]
        named.setdefault(card, []).append(page)
    cards = {path.relative_to(site).as_posix() for path in site.rglob("card.png")}
    assert {card.removeprefix(address) for card in named} == cards
    for path in cards:
        assert (site / path).stat().st_size <= HEAVIEST_CARD
        with Image.open(site / path) as picture:
            assert picture.size == (1200, 630)
    assert len(named) > 0.6 * sum(map(len, named.values()))
    assert all(any(card == f"{address}{page[1:]}card.png" for page in found) for card, found in named.items())


# Feeds and calendar ------------------------------------------------------------------------------


def test_feeds_are_found_where_they_belong(site: Path, address: str) -> None:
    feeds = {path.relative_to(site).as_posix() for path in site.rglob("feed.*")}
    named = set()
    for page in pages(site):
        if page == "/404.html":
            continue
        tree = read(site / page[1:] / "index.html")
        links = [one.get("href") or "" for one in tree.iter("link") if (one.get("type") or "").endswith(("atom+xml", "feed+json"))]
        found = {(site / page[1:] / link).resolve().relative_to(site.resolve()).as_posix() for link in links}
        assert {"feed.xml", "feed.json"} <= found
        shown = {one.get("href") or "" for one in tree.iter("a") if "feed." in (one.get("href") or "")}
        own = f"{page[1:]}feed.xml"
        assert (own in found) == (own in feeds)
        assert bool(shown) == (own in feeds), page
        named |= found
    assert named == feeds


def test_the_next_issue_is_named_only_where_one_is_planned(site: Path) -> None:
    planned = (site / "issues.ics").is_file()
    for page in pages(site):
        text = (site / page[1:] / "index.html" if page.endswith("/") else site / page[1:]).read_text(encoding="utf-8")
        assert ("Next issue: " in text) == ('issues.ics" type="text/calendar"' in text) == (planned and page in ("/", "/issues/")), page
