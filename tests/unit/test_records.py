"""Records of libraries: valid against the published schemas, and each says what the others say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import bibtexparser
import pytest
import rispy
import xmlschema
from datacite import schema45

from macros import cite, records
from macros.book import Book
from macros.cite import Citation
from macros.creators import Body, Person

SCHEMAS = Path(__file__).parents[1] / "schemas"
IDENTIFIED = {"issn": "0317-8471", "doi": "10.1234/compass.2", "publisher_ror": "05dxps055", "publisher_isni": "0000000121032683"}
MAKERS = (
    Person(given="Hans", particle="van", family="Iris", suffix="Jr.", orcid="0000-0002-1825-0097"),
    Person(family="Kapok"),
    Body(name="Oak & <Fund>", ror="04wxnsj81"),
)
NAMES = {
    "mods": "http://www.loc.gov/mods/v3",
    "dc": "http://purl.org/dc/elements/1.1/",
    "d": "http://datacite.org/schema/kernel-4",
    "c": "http://www.crossref.org/schema/5.3.1",
    "rel": "http://www.crossref.org/relations.xsd",
}


@pytest.fixture(scope="module")
def cases(fixture_book: Book, real_book: Book) -> dict[str, Citation]:
    """Every publication as it is, and with every identifier and odd name that there may be."""
    plain = {
        f"{name}-{volume.address}": cite.citation(book, volume, volume.edition.number)
        for name, book in (("ours", real_book), ("another", fixture_book))
        for volume in book.volumes
    }
    full = {f"{name}-identified": replace(record, authors=MAKERS, **IDENTIFIED) for name, record in plain.items()}
    edited = {f"{name}-edited": replace(record, authors=(), editor=MAKERS[0]) for name, record in plain.items()}
    assert {record.source is None for record in plain.values()} == {True, False}
    return plain | full | edited


def texts(record: Citation) -> dict[str, str]:
    return {form.ending: text for form, text in records.written(record, (*records.REFERENCES, *records.RECORDS)).items()}


# Schemas -------------------------------------------------------------------------------------


@cache
def mods_schema() -> xmlschema.XMLSchema:
    """The schema with the two that it names; that of xml:lang comes with the validator."""
    places = {
        "http://www.w3.org/XML/1998/namespace": str(Path(xmlschema.__file__).parent / "schemas/XML/xml.xsd"),
        "http://www.w3.org/1999/xlink": str(SCHEMAS / "xlink.xsd"),
    }
    return xmlschema.XMLSchema(SCHEMAS / "mods-3-6.xsd", locations=places, allow="local")


def test_schemas_are_the_published_ones() -> None:
    stated = dict(re.findall(r"\| `(\S+\.xsd)` \|.*`([0-9a-f]{64})` \|", (SCHEMAS / "README.md").read_text(encoding="utf-8")))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SCHEMAS.glob("*.xsd")} == stated


def test_mods_is_valid(cases: dict[str, Citation]) -> None:
    for record in cases.values():
        mods_schema().validate(texts(record)["mods.xml"])
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        mods_schema().validate(texts(record)["mods.xml"].replace("<title>", "<titel>").replace("</title>", "</titel>"))


def test_datacite_is_valid(cases: dict[str, Citation]) -> None:
    for record in cases.values():
        schema45.validator.validate(json.loads(texts(record)["datacite.json"]))
    assert not schema45.validate({**json.loads(texts(record)["datacite.json"]), "titles": []})


def test_datacite_in_xml_is_what_its_own_library_makes_of_the_json(cases: dict[str, Citation]) -> None:
    for record in cases.values():
        written = texts(record)
        ours, theirs = ElementTree.fromstring(written["datacite.xml"]), schema45.tostring(json.loads(written["datacite.json"]))
        (identifier,) = ours.findall("d:identifier", NAMES)
        assert (identifier.text, identifier.get("identifierType")) == ((record.doi, "DOI") if record.doi else (record.permalink, "URL"))
        if not record.doi:  # the library knows no other identifier
            ours.remove(identifier)
        assert shape(ours) == shape(ElementTree.fromstring(theirs.encode()))


def shape(element: Element) -> Any:
    """An element without the order of its parts, which the schema leaves free."""
    parts = sorted((shape(part) for part in element), key=repr)
    return element.tag, (element.text or "").strip(), sorted(element.attrib.items()), parts


DC_TERMS = {"title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier"}
DC_TERMS |= {"source", "language", "relation", "coverage", "rights"}


def test_dublin_core_holds_its_fifteen_elements_and_no_other(cases: dict[str, Citation]) -> None:
    """The rule of oai_dc.xsd: any of the fifteen, in any order, with text alone."""
    for record in cases.values():
        root = ElementTree.fromstring(texts(record)["dc.xml"])
        assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
        assert {part.tag for part in root} <= {f"{{{NAMES['dc']}}}{term}" for term in DC_TERMS}
        assert all(part.text and len(part) == 0 for part in root)


HEAD = ["doi_batch_id", "timestamp", "depositor", "registrant"]
REPORT = [
    "series_metadata?",
    "contributors",
    "titles",
    "abstract?",
    "edition_number",
    "publication_date",
    "publisher",
    "institution?",
    "program*",
    "doi_data",
]
DATE = ["month", "day", "year"]
PERSON = ["given_name?", "surname", "suffix?", "ORCID?"]


def in_order(element: Element, rule: list[str]) -> bool:
    """Whether the parts of an element stand in the order of a schema: `?` may be absent, `*` may be many."""
    pattern = "".join(f"(?:{re.escape(part.rstrip('?*'))} ){part[-1] if part[-1] in '?*' else ''}" for part in rule)
    return re.fullmatch(pattern, "".join(f"{part.tag.rpartition('}')[2]} " for part in element)) is not None


def test_a_deposit_is_in_the_order_of_crossref(cases: dict[str, Citation]) -> None:
    """The rules of the deposit schema 5.3.1 for reports, as the agency's guide to its markup gives them."""
    deposits = [(record, ElementTree.fromstring(texts(record)["crossref.xml"])) for record in cases.values() if record.doi]
    assert len(deposits) > 5
    for record, root in deposits:
        (head, body), (report,) = list(root), list(root.find("c:body/c:report-paper", NAMES) or [])
        assert (root.get("version"), [part.tag.rpartition("}")[2] for part in body]) == ("5.3.1", ["report-paper"])
        assert in_order(head, HEAD) and re.fullmatch(r"\d{14}", head.findtext("c:timestamp", "", NAMES))
        assert "@" in head.findtext("c:depositor/c:email_address", "", NAMES)
        kind = "report-paper_series_metadata" if record.series else "report-paper_metadata"
        assert report.tag.rpartition("}")[2] == kind and in_order(report, REPORT), [part.tag for part in report]
        assert in_order(report.find("c:publication_date", NAMES) or root, DATE)
        assert all(in_order(person, PERSON) for person in report.iterfind("c:contributors/c:person_name", NAMES))
        sequence = [maker.get("sequence") for maker in report.find("c:contributors", NAMES) or ()]
        assert sequence == ["first", *["additional"] * (len(sequence) - 1)]


def test_there_is_no_deposit_without_a_doi_or_a_mail_address(cases: dict[str, Citation]) -> None:
    record = next(record for record in cases.values() if record.doi)
    assert record.description
    page = replace(record, description=replace(record.description, mail=""))
    assert "crossref.xml" in texts(record)
    assert "crossref.xml" not in texts(replace(record, doi="")) and "crossref.xml" not in texts(page)


# One record ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What one form says; None where it has no place for it."""

    title: str
    authors: tuple[str, ...]
    publisher: str
    date: str
    language: str
    address: str
    version: str
    doi: str = ""
    issn: str | None = None
    original: str | None = None
    makers: frozenset[str] | None = frozenset()


def bare(text: str) -> str:
    text = text.replace(r"\textbraceleft{}", "{").replace(r"\textbraceright{}", "}")
    return re.sub(r"\\([&%$#_])", r"\1", text)


def from_bibtex(text: str) -> Said:
    (entry,) = bibtexparser.parse_string(text).entries
    field = {name: str(value.value) for name, value in entry.fields_dict.items()}
    authors = re.findall(r"(?:^| and )(\{.*?\}|[^{}]+?)(?= and |$)", field.get("author", ""))
    parts = [[bare(name)[1:-1]] if name.startswith("{") else bare(name).split(", ") for name in authors]
    makers = {value for name, values in field.items() if "+an:" in name for value in re.findall(r'"(.*?)"', values)}
    return Said(
        bare(field["title"]),
        tuple(", ".join([part[0], *part[2:], *part[1:2]]) if len(part) > 2 else ", ".join(part) for part in parts),
        bare(field["institution"]),
        field["date"],
        field["language"],
        field["url"],
        field["edition"],
        field.get("doi", ""),
        field.get("issn", ""),
        bare(field.get("origtitle", "")),
        frozenset(makers),
    )


def from_ris(text: str) -> Said:
    (entry,) = rispy.loads(text)
    makers = {value.rpartition("/")[2] for value in re.findall(r"^C1  - .*: (\S+)$", text, re.M)}
    note = " ".join(entry.get("notes", [])).removeprefix("Digest of: ")
    return Said(
        entry["title"],
        tuple(entry.get("authors", ())),
        entry["publisher"],
        entry["date"].replace("/", "-"),
        entry["language"],
        entry["urls"][0],
        entry["edition"],
        entry.get("doi", ""),
        entry.get("issn", ""),
        note,
        frozenset(makers),
    )


def from_csl(text: str) -> Said:
    (item,) = json.loads(text)
    authors = [
        one.get("literal")
        or ", ".join(
            filter(None, (" ".join(filter(None, (one.get("non-dropping-particle"), one["family"]))), one.get("given"), one.get("suffix")))
        )
        for one in item.get("author", ())
    ]
    makers = {value.rpartition("/")[2] for values in item.get("custom", {}).values() for value in values}
    year, month, day = item["issued"]["date-parts"][0]
    return Said(
        item["title"],
        tuple(authors),
        item["publisher"],
        f"{year}-{month:02d}-{day:02d}",
        item["language"],
        item["URL"],
        item["edition"],
        item.get("DOI", ""),
        item.get("ISSN", ""),
        item.get("original-title", ""),
        frozenset(makers),
    )


def from_datacite(text: str) -> Said:
    whole = json.loads(text)
    items = [item["titles"][0]["title"] for item in whole.get("relatedItems", ()) if item["relationType"] == "IsDerivedFrom"]
    people = [*whole["creators"], *whole.get("contributors", ())]
    makers = {one["nameIdentifier"].rpartition("/")[2] for person in people for one in person.get("nameIdentifiers", ())}
    publisher = whole["publisher"].get("publisherIdentifier", "").rpartition("/")[2]
    return Said(
        whole["titles"][0]["title"],
        tuple(creator["name"] for creator in whole["creators"]),
        whole["publisher"]["name"],
        next(date["date"] for date in whole["dates"] if date["dateType"] == "Issued"),
        whole["language"],
        whole["url"],
        whole["version"],
        whole.get("doi", ""),
        next((one["relatedIdentifier"] for one in whole["relatedIdentifiers"] if one["relatedIdentifierType"] == "ISSN"), ""),
        "".join(items),
        frozenset(makers | ({publisher} if publisher else set())),
    )


def from_mods(text: str) -> Said:
    root = ElementTree.fromstring(text)
    names = {role: [name for name in root.findall("mods:name", NAMES) if name.findtext("mods:role/mods:roleTerm", "", NAMES) == role]
             for role in ("aut", "pbl")}  # fmt: skip
    found = {one.get("type"): one.text or "" for one in root.findall("mods:identifier", NAMES)}
    based = [one for one in root.findall("mods:relatedItem", NAMES) if one.get("otherType") == "isBasedOn"]
    return Said(
        root.findtext("mods:titleInfo/mods:title", "", NAMES),
        tuple(", ".join(part.text or "" for part in name.findall("mods:namePart", NAMES)) for name in names["aut"]),
        root.findtext("mods:originInfo/mods:publisher", "", NAMES),
        root.findtext("mods:originInfo/mods:dateIssued", "", NAMES),
        root.findtext("mods:language/mods:languageTerm", "", NAMES),
        found["uri"],
        root.findtext("mods:originInfo/mods:edition", "", NAMES),
        found.get("doi", ""),
        root.findtext("mods:relatedItem/mods:identifier[@type='issn']", "", NAMES),
        "".join(one.findtext("mods:titleInfo/mods:title", "", NAMES) for one in based),
        frozenset((one.text or "").rpartition("/")[2] for one in root.iterfind("mods:name/mods:nameIdentifier", NAMES)),
    )


def from_dublin_core(text: str) -> Said:
    root = ElementTree.fromstring(text)

    def all_of(term: str) -> list[str]:
        return [one.text or "" for one in root.findall(f"dc:{term}", NAMES)]

    relations = all_of("relation")
    return Said(
        all_of("title")[0],
        tuple(all_of("creator")),
        all_of("publisher")[0],
        all_of("date")[0],
        all_of("language")[0],
        all_of("identifier")[0],
        next(match[1] for text in all_of("description") if (match := re.match(r"Edition (\d+) ", text))),
        "".join(one.removeprefix("https://doi.org/") for one in all_of("identifier")[1:]),
        "".join(one.removeprefix("urn:ISSN:") for one in relations if one.startswith("urn:ISSN:")),
        "".join(all_of("source")[:1]),
        frozenset(one.rpartition("/")[2] for one in relations if re.match(r"https://(orcid|ror|isni)\.org/", one)),
    )


def from_crossref(text: str) -> Said:
    root = ElementTree.fromstring(text)
    (report,) = list(root.find("c:body/c:report-paper", NAMES) or [])
    authors = [one for one in report.find("c:contributors", NAMES) or () if one.get("contributor_role") == "author"]
    parts = ("surname", "given_name", "suffix")
    date = report.find("c:publication_date", NAMES)
    makers = {*report.iterfind(".//c:ORCID", NAMES), *report.iterfind(".//c:institution_id", NAMES)}
    return Said(
        report.findtext("c:titles/c:title", "", NAMES),
        tuple(one.text or "" if one.tag.endswith("organization") else
              ", ".join(filter(None, (one.findtext(f"c:{part}", "", NAMES) for part in parts))) for one in authors),
        report.findtext("c:publisher/c:publisher_name", "", NAMES),
        "-".join(date.findtext(f"c:{part}", "", NAMES) for part in ("year", "month", "day")) if date is not None else "",
        report.get("language", ""),
        report.findtext("c:doi_data/c:resource", "", NAMES),
        report.findtext("c:edition_number", "", NAMES),
        report.findtext("c:doi_data/c:doi", "", NAMES),
        original=report.findtext(".//rel:description", "", NAMES),
        makers=frozenset((one.text or "").rpartition("/")[2] for one in makers),
    )  # fmt: skip


READERS = {"bib": from_bibtex, "ris": from_ris, "json": from_csl, "datacite.json": from_datacite, "mods.xml": from_mods}
READERS |= {"dc.xml": from_dublin_core, "crossref.xml": from_crossref}


def test_every_form_says_the_same(cases: dict[str, Citation]) -> None:
    for name, record in cases.items():
        for ending, text in texts(record).items():
            if ending == "datacite.xml":  # compared with its JSON, element by element, above
                continue
            said = READERS[ending](text)
            for field, wanted in wanted_of(record, ending).items():
                assert getattr(said, field) == wanted, f"{name}, {ending}: {field}"


def wanted_of(record: Citation, ending: str) -> dict[str, Any]:
    """What a form has to say; where nobody is an author, references name nobody and records the body."""
    authors = record.authors if ending in ("bib", "ris", "json") else record.answerable
    wanted: dict[str, Any] = {
        "title": record.title,
        "authors": tuple(sorted_name(author) for author in authors),
        "publisher": record.institution,
        "date": record.published.isoformat(),
        "language": record.language,
        "address": record.permalink,
        "version": record.version,
        "doi": record.doi,
        "makers": frozenset(known(record, ending)),
    }
    if ending != "crossref.xml":  # Crossref takes an ISSN with the title of a series alone
        wanted["issn"] = record.issn
    source = record.source
    forms = {"ris": cite.chicago(source), "dc.xml": source.line, "crossref.xml": source.line} if source else {}
    return wanted | {"original": forms.get(ending, source.title) if source else ""}


def sorted_name(creator: Person | Body) -> str:
    if isinstance(creator, Body):
        return creator.name
    family = f"{creator.particle} {creator.family}" if creator.particle else creator.family
    return ", ".join(filter(None, (family, creator.given, creator.suffix)))


def known(record: Citation, ending: str) -> Iterator[str]:
    """The identifiers that a form has a place for: DataCite takes one of a publisher, Crossref none of a body that is an author."""
    for creator in record.authors:
        if isinstance(creator, Person):
            yield from filter(None, [creator.orcid])
        elif ending != "crossref.xml":
            yield from filter(None, [creator.ror, creator.isni])
    if record.editor and ending != "bib":
        yield from filter(None, [record.editor.orcid])
    both = [one for one in (record.publisher_ror, record.publisher_isni) if one]
    yield from both[:1] if ending == "datacite.json" else both


def test_what_is_not_given_leaves_no_trace(cases: dict[str, Citation]) -> None:
    plain = [record for name, record in cases.items() if not name.endswith(("-identified", "-edited"))]
    assert len(plain) > 5
    for record in plain:
        for ending, text in texts(record).items():
            traces = re.findall(r"(?i)\b(?:issn|orcid|isni|ror\.org|doi\.org)\b|=\s*\{\}|\"\": ", text)
            assert not traces, (ending, traces)
            if ending.endswith("xml"):
                root = ElementTree.fromstring(text)
                assert [one.tag for one in root.iter() if not (len(one) or one.text or one.attrib)] == []
