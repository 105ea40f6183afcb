"""What Zotero's own translator code reads in our pages, run by Node.

The code is that of the npm package zotero-translators (2019), the only one that holds it. test_metadata.py
tests the rules that its newer versions state.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from macros import cite
from macros.book import Book

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".cache" / "node"
NEEDED = ("zotero-translators/index.js", "jsdom/package.json", "xpath/package.json", "xregexp/package.json", "iconv-lite/package.json")


@pytest.fixture(scope="module")
def zotero(skip_or_fail: Callable[[str], NoReturn]) -> Callable[[list[tuple[str, str]]], list[dict[str, Any]]]:
    """Read pages, each an address and its HTML, as Zotero does."""
    node = shutil.which("node")
    if not node or not all((NODE / "node_modules" / name).is_file() for name in NEEDED):
        skip_or_fail("no node on the PATH, or no translators of Zotero in .cache/node: run make node")

    def read(pages: list[tuple[str, str]]) -> list[dict[str, Any]]:
        command = [node, str(ROOT / "tests/zotero.js"), str(NODE)]
        done = subprocess.run(command, input=json.dumps(pages), capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return read


@pytest.mark.parametrize(
    ("site_name", "book_name"),
    [
        pytest.param("real_site", "real_book", id="ours", marks=pytest.mark.stress),
        pytest.param("fixture_site", "fixture_book", id="another-country"),
    ],
)
def test_zotero_takes_a_report_with_everybody_and_everything(
    site_name: str, book_name: str, zotero: Callable[[list[tuple[str, str]]], list[dict[str, Any]]], request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(site_name)
    book: Book = request.getfixturevalue(book_name)
    wholes = {volume.address: cite.citation(book, volume, volume.edition.number) for volume in book.published}
    pages, wanted = [], []
    for address, record in wholes.items():
        folder = site / address / f"v{record.edition.number}"
        for path in sorted(folder.rglob("index.html")):
            url = record.permalink + path.relative_to(folder).as_posix().removesuffix("index.html")
            pages.append((url, path.read_text(encoding="utf-8")))
            wanted.append(record)
    items = zotero(pages)
    assert len(items) == len(pages) > 15
    for (url, _), record, item in zip(pages, wanted, items, strict=True):
        assert (item["translator"], item["itemType"]) == ("Embedded Metadata", "report"), url
        people = [(f"{one['firstName']} {one['lastName']}".strip(), one["creatorType"]) for one in item["creators"]]
        authors = [(one.name, "author") for one in record.authors]
        editor = [(one.name, "author") for one in [record.editor] if one]  # its reports know no editors
        assert people == (authors or editor), url
        assert (item["date"].replace("/", "-"), item["institution"]) == (record.published.isoformat(), record.institution), url
        assert item["url"] == (record.permalink if url.endswith(("/cite/", "/data/", "/events/")) else url), url
        assert item.get("number", "") == str(record.number or ""), url
        assert item["title"] == record.title or url != record.permalink, url
        if record.source:
            assert item["extra"] == f"Digest of: {cite.chicago(record.source)}", url
            assert f"Digest of {record.source.line}" in item["abstractNote"], url
        assert (item["language"], item.get("series", "")) == (record.language, record.series), url
        assert item["pdf"] is None or item["pdf"].startswith(record.permalink)
