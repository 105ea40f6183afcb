"""What a page says of itself where identifiers are given, and that it says nothing of them where they are not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from macros import records
from macros.book import Book
from macros.creators import Body, Person
from macros.pages import citation, publications
from macros.pages.context import BuildContext
from macros.pages.metadata import Metadata, metadata
from macros.target import Target, pdf_name

PLACES = ("issues/2/v2", "policy/open-river/v1")
DOI = "10.1234/compass.5"


def identified(book: Book) -> Book:
    """The same book with every identifier, and with authors of each kind."""
    imprint = book.series.imprint.model_copy(update={"ror": "05dxps055", "isni": "0000000121032683"})
    authors = (Person(given="Hans", family="Iris", orcid="0000-0002-1825-0097"), Body(name="Oak Fund", ror="04wxnsj81"))
    volumes = [
        replace(volume, publication=volume.publication.model_copy(update={"doi": DOI, "authors": authors, "publisher_ror": "02twcfp32"}))
        for volume in book.volumes
    ]
    series = book.series.model_copy(update={"issn": "0317-8471", "imprint": imprint})
    return replace(book, series=series, volumes=tuple(volumes))


def said(book: Book, place: str, url: str = "", printed: bool = True) -> tuple[Metadata, BuildContext]:
    """The metadata of a page of an edition, and what its build has collected."""
    target = Target.parse(place)
    context = BuildContext(book, target, page=target.path + url, printed=frozenset([target.path] if printed else []))
    howto = citation.howto(context, "A page", url)
    return metadata(context, "A page", url, "What it is about.", howto, "https://compass.example/card.png"), context


def tags(found: Metadata, name: str) -> list[str]:
    return [tag.content for tag in found.tags if tag.name == name]


@pytest.mark.parametrize("place", PLACES, ids=["digest", "own-text"])
def test_identifiers_stand_in_tags_links_graph_and_files(fixture_book: Book, place: str) -> None:
    found, context = said(identified(fixture_book), place)
    assert (tags(found, "citation_doi"), tags(found, "citation_issn")) == ([DOI], ["0317-8471"])
    assert [link.href for link in found.links if link.rel == "cite-as"] == [f"https://doi.org/{DOI}"]
    work: dict[str, Any] = json.loads(str(found.graph))["@graph"][0]
    assert (work["identifier"]["value"], work["sameAs"], work["isPartOf"]["issn"]) == (DOI, f"https://doi.org/{DOI}", "0317-8471")
    own = place.startswith("policy")
    assert work["publisher"]["sameAs"] == (
        ["https://ror.org/02twcfp32"] if own else ["https://ror.org/05dxps055", "https://isni.org/isni/0000000121032683"]
    )
    assert tags(found, "citation_author_orcid") == (["https://orcid.org/0000-0002-1825-0097"] if own else [])
    assert tags(found, "citation_author_ror") == ["https://ror.org/04wxnsj81" if own else "https://ror.org/05dxps055"]
    for name in ("citation.bib", "citation.ris", "citation.json", "citation.datacite.xml", "citation.mods.xml", "citation.dc.xml"):
        assert DOI in context.collected.files[name].decode() and "0317-8471" in context.collected.files[name].decode(), name
    assert DOI in context.collected.files["citation.crossref.xml"].decode()
    assert f"https://doi.org/{DOI}" in str(citation.citation(context))


@pytest.mark.parametrize("place", PLACES, ids=["digest", "own-text"])
def test_identifiers_that_are_not_given_leave_no_trace(fixture_book: Book, place: str) -> None:
    found, context = said(fixture_book, place)
    everything = [str(found.graph), str(found.tags), str(found.links), str(citation.citation(context)), str(publications.imprint(context))]
    everything += [content.decode() for name, content in context.collected.files.items() if name.startswith("citation.")]
    assert [match for text in everything for match in re.findall(r"(?i)\b(?:doi\b|issn|orcid|isni|ror\.org)", text)] == []
    assert "citation.crossref.xml" not in context.collected.files


def test_the_imprint_shows_the_identifiers_of_the_body(fixture_book: Book) -> None:
    shown = str(publications.imprint(said(identified(fixture_book), PLACES[0])[1]))
    for text in ("0317-8471", "05dxps055", "0000 0001 2103 2683", 'href="https://isni.org/isni/0000000121032683"'):
        assert text in shown


def test_scholar_is_led_to_a_pdf_of_the_same_folder_alone(fixture_book: Book) -> None:
    home = f"https://compass.example/{PLACES[1]}/"
    assert tags(said(fixture_book, PLACES[1])[0], "citation_pdf_url") == [home + pdf_name(f"{PLACES[1]}/")]
    section = f"{PLACES[1]}/recommendations/"
    assert tags(said(fixture_book, PLACES[1], "recommendations/")[0], "citation_pdf_url") == [
        f"https://compass.example/{section}{pdf_name(section)}"
    ]
    assert tags(said(fixture_book, PLACES[1], "recommendations/", printed=False)[0], "citation_pdf_url") == []
    assert tags(said(fixture_book, PLACES[1], "cite/")[0], "citation_pdf_url") == []
    assert tags(said(fixture_book, PLACES[1], printed=False)[0], "citation_pdf_url") == []
    assert tags(said(fixture_book, "policy/open-river")[0], "citation_pdf_url") == []


def test_where_nobody_is_an_author_the_body_is(fixture_book: Book) -> None:
    volumes = [
        replace(volume, publication=volume.publication.model_copy(update={"authors": (), "editor": Person(family="Kapok")}))
        for volume in fixture_book.volumes
    ]
    found, context = said(replace(fixture_book, volumes=tuple(volumes)), PLACES[1])
    assert tags(found, "citation_author") == ["Senn Institute for Neighbourhood Studies"] == tags(found, "DC.creator")
    assert tags(found, "citation_editor") == ["Kapok"]
    assert json.loads(context.collected.files["citation.datacite.json"])["creators"][0]["nameType"] == "Organizational"


def test_records_are_linked_and_listed_where_they_are(fixture_book: Book) -> None:
    for place in PLACES:
        found, context = said(fixture_book, place)
        described = {link.href: link.type for link in found.links if link.rel == "describedby"}
        assert described.keys() == {name for name in context.collected.files if name.startswith("citation.")}
        assert described["citation.mods.xml"] == "application/mods+xml"
        page, _ = said(fixture_book, place, "cite/")
        listed = re.findall(r'href="(\S+?)"', str(citation.citation(context.at("cite/"))).partition('id="cite-records"')[2])
        references = {f"../citation.{form.ending}" for form in records.REFERENCES}  # the page cites the whole, and says so above
        described_there = [link.href for link in page.links if link.rel == "describedby" and link.href.startswith("../")]
        assert listed == [link for link in described_there if link not in references]
        assert listed and {link.removeprefix("../") for link in listed} <= described.keys()
