"""Every address of ours that stands anywhere in a finished site leads to a file of it, and to a place on its page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from macros.book import Book

TEXTS = {".html", ".xml", ".json", ".bib", ".ris", ".csv", ".svg", ".txt"}
PAIRS = [
    pytest.param("real_site", "real_book", id="ours", marks=pytest.mark.stress),
    pytest.param("fixture_site", "fixture_book", id="another-country"),
]


@cache
def ids(page: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\sid="([^"]+)"', page.read_text(encoding="utf-8")))


def ours(site: Path, address: str) -> Iterator[tuple[str, Path]]:
    """Each absolute address below that of the site, without it, and the file in which it stands."""
    pattern = re.compile(re.escape(address) + r"([^\s\"'<>\\{}|]*)")
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXTS and path.is_file():
            for found in set(pattern.findall(html.unescape(path.read_text(encoding="utf-8")))):
                yield found.rstrip(".,;:)”"), path


def leads_nowhere(site: Path, found: str) -> bool:
    place, _, fragment = found.partition("#")
    target = site / unquote(place.partition("?")[0])
    target = target / "index.html" if target.is_dir() else target
    return not target.is_file() or bool(fragment and target.suffix == ".html" and unquote(fragment) not in ids(target))


@pytest.mark.parametrize(("site_name", "book_name"), PAIRS)
def test_every_address_of_ours_leads_to_its_place(site_name: str, book_name: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(site_name)
    book: Book = request.getfixturevalue(book_name)
    newest = {volume.address: volume.edition.number for volume in book.volumes}
    earlier = re.compile("|".join(rf"{address}/v(?!{number}\b)\d+/" for address, number in newest.items()))
    addresses = list(ours(site, book.series.site))
    assert len(addresses) > 400
    lost = [f"{path.relative_to(site)}: {one}" for one, path in addresses if leads_nowhere(site, one) and not earlier.match(one)]
    assert lost == []  # a site built here holds the newest editions only; on the branch tests/browser follows every link
