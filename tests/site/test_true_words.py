"""Who wrote, who published, of what: every form of every page says the same, and what publication.yml says.

What is expected is read from the data, not from our citation record; what a form says is read by a parser
that is not ours.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import bagit
import bibtexparser
import feedparser
import pytest
import rispy
from frictionless import Package
from html_tree import read, text
from rocrate.rocrate import ROCrate

from macros import date_words
from macros.book import Book, Volume
from macros.pages import BuildContext, cards
from macros.target import Target


@dataclass(frozen=True)
class Form:
    """What one form says of a work.

    Attributes:
        creators: Who made it; None where the form has no room for that.
        publisher: Who published it; None where the form has no room for that.
        words: Everything that it says, for the original.
    """

    creators: tuple[str, ...] | None
    publisher: str | None
    words: str


@pytest.fixture(
    scope="module", params=[pytest.param("real", id="ours", marks=pytest.mark.stress), pytest.param("fixture", id="another-country")]
)
def site(request: pytest.FixtureRequest) -> tuple[Path, Book]:
    return request.getfixturevalue(f"{request.param}_site"), request.getfixturevalue(f"{request.param}_book")


def expected(book: Book, volume: Volume) -> tuple[tuple[str, ...], str]:
    """Creators, as `Family, Given` or a body, and publisher."""
    publication = volume.publication
    if publication.text == "digest":
        return (book.series.imprint.name,), book.series.imprint.name
    people = publication.authors or ((publication.editor,) if publication.editor else ())
    return tuple(f"{one.family}, {one.given}" for one in people) or (publication.publisher,), publication.publisher


def of_the_original(volume: Volume) -> list[tuple[str, ...]]:
    """What a digest must say of its original; of a date any way to write it, where the whole reference is given its year."""
    publication = volume.publication
    if publication.text == "own":
        return []
    people = [one.family for one in publication.authors or ([publication.editor] if publication.editor else [])]
    when = publication.date or publication.period
    dated = [(date_words.human(when), when.text, f"{when.first:%Y-%m}/{when.last:%Y-%m}")] if when else []
    return [("igest of", "Digest, in our own words, of"), *((one,) for one in people), (publication.publisher,), *dated]


def of_page(folder: Path) -> Iterator[tuple[str, Form]]:
    """Every form that a page gives."""
    bibtex = {name: str(one.value) for name, one in bibtexparser.parse_file(str(folder / "citation.bib")).entries[0].fields_dict.items()}
    bibtex = {name: re.sub(r"\\([&%$#_])", r"\1", value) for name, value in bibtex.items()}
    author = bibtex.get("author", bibtex.get("editor", ""))
    names = (author[1:-1],) if author.startswith("{") else tuple(author.split(" and "))
    yield "BibTeX", Form(names, bibtex.get("institution", bibtex.get("publisher")), json.dumps(bibtex, ensure_ascii=False))
    (ris,) = rispy.loads((folder / "citation.ris").read_text(encoding="utf-8"))
    yield "RIS", Form(tuple(ris.get("authors", ris.get("secondary_authors", ()))), ris["publisher"], json.dumps(ris, ensure_ascii=False))
    (csl,) = json.loads((folder / "citation.json").read_text(encoding="utf-8"))
    people = csl.get("author", csl.get("editor", ()))
    names = tuple(one.get("literal") or f"{one['family']}, {one['given']}" for one in people)
    yield "CSL-JSON", Form(names, csl["publisher"], json.dumps(csl, ensure_ascii=False))

    tree = read(folder / "index.html")
    tags: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        tags.setdefault(one.get("name") or one.get("property") or "", []).append(one.get("content", ""))
    dublin = json.dumps({name: value for name, value in tags.items() if name.startswith("DC.")}, ensure_ascii=False)  # names the original
    authors = tags.get("citation_author", tags.get("citation_editor", []))
    yield "Highwire", Form(tuple(authors), tags["citation_technical_report_institution"][0], dublin)
    yield "Dublin Core", Form(tuple(tags["DC.creator"]), tags["DC.publisher"][0], dublin)
    yield "Open Graph", Form(None, None, json.dumps([tags["og:title"], tags["og:description"]], ensure_ascii=False))

    (script,) = [one for one in tree.iter("script") if one.get("type") == "application/ld+json"]
    work = json.loads(text(script))["@graph"][0]
    people = work.get("author") or [work["editor"]]
    names = tuple(f"{one['familyName']}, {one['givenName']}" if one["@type"] == "Person" else one["name"] for one in people)
    yield "JSON-LD", Form(names, work["publisher"]["name"], json.dumps(work, ensure_ascii=False))

    for style in ("chicago", "apa"):
        shown = text(next(one for one in tree.iter() if one.get("id") == f"cite-{style}"))
        yield style, Form(None, None, shown)
    (line,) = [text(one) for one in tree.iter("p") if "byline" in one.get("class", "").split()]
    yield "the line under the heading", Form(None, None, line)


def test_every_form_of_every_page_names_the_digest_and_its_original(site: tuple[Path, Book]) -> None:
    folder, book = site
    pages = 0
    for volume in book.published:
        creators, publisher = expected(book, volume)
        for page in sorted((folder / volume.address / f"v{volume.edition.number}").rglob("citation.bib")):
            pages += 1
            for name, form in of_page(page.parent):
                where = f"{page.parent}: {name}"
                assert form.creators in (None, creators), where
                assert form.publisher in (None, publisher), where
                assert [ways for ways in of_the_original(volume) if not any(way in form.words for way in ways)] == [], where
                assert ("Digest" in form.words) == (volume.publication.text == "digest"), where
    assert pages > 10


def test_archive_file_crate_and_data_package_agree_with_them(site: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = site
    for volume in book.published:
        creators, publisher = expected(book, volume)
        edition = folder / volume.address / f"v{volume.edition.number}"
        place = tmp_path / volume.address.replace("/", "-")
        with zipfile.ZipFile(next(edition.glob("*.zip"))) as packed:
            packed.extractall(place)
        (bag,) = place.iterdir()
        said = bagit.Bag(str(bag)).info
        assert said["Source-Organization"] == book.series.imprint.name
        root = ROCrate(str(bag / "data")).root_dataset
        crate = json.loads((bag / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))
        people = root.get("author") or root.get("editor")
        people = people if isinstance(people, list) else [people]
        assert tuple(f"{one['familyName']}, {one['givenName']}" if one.get("familyName") else one["name"] for one in people) == creators
        assert root["publisher"]["name"] == publisher
        package = Package(str(edition / "data" / "datapackage.json")).to_dict()
        roles = {(one["title"], one["roles"][0]) for one in package["contributors"]}
        wanted = {" ".join(reversed(one.split(", "))) for one in creators} if volume.publication.text == "own" else set(creators)
        assert {name for name, role in roles if role in {"author", "editor"}} == wanted
        assert publisher in {name for name, role in roles if role == "publisher"}
        for words in (said["External-Description"], json.dumps(crate, ensure_ascii=False), json.dumps(package, ensure_ascii=False)):
            assert [ways for ways in of_the_original(volume) if not any(way in words for way in ways)] == []


def test_feed_card_and_links_agree_with_them(site: tuple[Path, Book]) -> None:
    folder, book = site
    entries = {entry.id: entry for entry in feedparser.parse((folder / "feed.xml").read_bytes()).entries}
    for volume in book.published:
        creators, _ = expected(book, volume)
        path = f"{volume.address}/v{volume.edition.number}/"
        entry = entries[book.series.site + path]
        assert {one.name.split()[-1] for one in entry.authors} == {one.split(", ")[0].split()[-1] for one in creators}
        edition = BuildContext(book, Target("edition", volume.address, volume.edition.number))
        picture = json.dumps(asdict(cards.card_of(edition, volume.publication.title, "", "")), ensure_ascii=False)
        wanted = of_the_original(volume)
        assert [ways for ways in wanted if not any(way in entry.title for way in ways)] == []
        assert [ways for ways in wanted[: 1 + len(volume.publication.authors)] if not any(way in picture for way in ways)] == []
        links = [one.get("href") for one in read(folder / path / "index.html").iter("link") if one.get("rel") == "via"]
        address = book.sources[volume.publication.original or ""].url if volume.publication.text == "digest" else None
        assert links == ([address] if address else [])
