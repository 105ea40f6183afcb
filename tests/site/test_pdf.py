"""The PDFs of an edition and of its sections: whole, tagged, the same each time; and what happens where none can be made."""

from __future__ import annotations

import itertools
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

import pypdf
import pytest
import tinyhtml5
from trees import drawn_once, translated_tree

from hooks.publishing import bag, html_tree, pdf, workers
from macros import cite, indices, translated_pages
from macros.book import Book, Volume, open_book
from macros.target import ASSETS, SUMS, Target, pdf_name
from macros.words import signed

ROOT = Path(__file__).parents[2]
ISSUE = Target("edition", "issues/2", 2)
PAPER = Target("edition", "policy/open-river", 1)
EDITIONS = (ISSUE, PAPER, Target("edition", "non-papers/water-talks", 1))
SECTIONS = (*(ISSUE.path + name for name in ("river-5/", "security/", "veldia/")), f"{PAPER.path}recommendations/")
"""Every page of these editions that is a section of the work, in order of path."""


@pytest.fixture(scope="module")
def site(printed_site: Path) -> Path:
    return printed_site


@pytest.fixture(params=EDITIONS, ids=str)
def edition(request: pytest.FixtureRequest) -> Target:
    target: Target = request.param
    return target


@pytest.fixture(params=[*(edition.path for edition in EDITIONS), *SECTIONS])
def page(request: pytest.FixtureRequest) -> str:
    """The path of the first page of an edition, or of a section of one: each has a PDF."""
    path: str = request.param
    return path


def edition_of(page: str) -> Target:
    return next(edition for edition in EDITIONS if page.startswith(edition.path))


def file_of(site: Path, page: str) -> Path:
    return site / page / pdf_name(page)


@cache
def read(site: Path, page: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(file_of(site, page))


def flat(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Printed:
    """A page of a PDF: its text, and how far down it reaches, of the height between head and foot."""

    text: str
    fill: float


@cache
def printed(path: Path) -> tuple[Printed, ...]:
    """The pages of a PDF; to take the text out of one takes a fifth of a second, so each is read once."""
    return tuple(map(printed_page, pypdf.PdfReader(path).pages))


def printed_page(page: pypdf.PageObject) -> Printed:
    bottoms: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            bottoms.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    text = page.extract_text(visitor_text=note)
    top, bottom = float(page.mediabox.height) - 60, 54
    return Printed(text, (top - min((y for y in bottoms if y > bottom), default=top)) / (top - bottom))


def words(path: Path) -> str:
    return flat(" ".join(page.text for page in printed(path)))


def rows_missing(text: str, volume: Volume) -> list[str]:
    """Ids of events and incidents whose text is not printed; lines may break anywhere."""
    text = "".join(text.split())
    return [row.id for row in (*volume.events, *volume.incidents) if "".join(row.event.split()) not in text]


def test_no_link_to_the_web_lies_in_another_to_the_same_place(site: Path, page: str) -> None:
    reader, twice = read(site, page), []
    for number, sheet in enumerate(reader.pages, 1):
        links = [link.get_object() for link in sheet.get("/Annots", [])]
        outward = [(link["/A"]["/URI"], pypdf.generic.RectangleObject(link["/Rect"])) for link in links if "/A" in link]
        twice += [(number, one[0]) for one, other in itertools.combinations(outward, 2) if one[0] == other[0] and meet(one[1], other[1])]
    assert twice == []


def meet(one: pypdf.generic.RectangleObject, other: pypdf.generic.RectangleObject) -> bool:
    """Whether two rectangles share more than an edge; WeasyPrint gives their corners in any order."""
    (left, right, low, high), (left2, right2, low2, high2) = (
        (min(box[0], box[2]), max(box[0], box[2]), min(box[1], box[3]), max(box[1], box[3])) for box in (one, other)
    )
    return bool(left < right2 - 0.5 and left2 < right - 0.5 and low < high2 - 0.5 and low2 < high - 0.5)


def test_lines_of_a_picture_end_where_they_should_and_are_no_groups(site: Path, fixture_book: Book) -> None:
    groups = [
        name
        for page in read(site, ISSUE.path).pages
        for name, content in page["/Resources"].get("/XObject", {}).items()
        if "/Group" in content.get_object()
    ]
    assert groups == []
    values = {signed(index.aggregate) for index in indices.indices(fixture_book, fixture_book.volume(ISSUE.address))}
    boxes = subprocess.run(["pdftotext", "-bbox", file_of(site, ISSUE.path), "-"], capture_output=True, text=True, check=True).stdout
    columns = []
    for page in boxes.split("<page ")[1:]:
        ends = [(float(end), word) for end, word in re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', page)]
        columns += [{word for other, word in ends if abs(other - end) < 0.5} for end, head in ends if head == "Index"]
    assert any(values <= column for column in columns), columns  # the picture of all indices has them below its head, aligned right


@pytest.fixture(
    scope="module", params=[pytest.param("real", id="our largest", marks=pytest.mark.stress), pytest.param("fixture", id="another-country")]
)
def issue(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Volume]:
    """The PDF of an issue, and the issue."""
    book: Book = request.getfixturevalue(f"{request.param}_book")
    if request.param == "fixture":
        return file_of(site, ISSUE.path), book.volume(ISSUE.address)
    target, made = Target("edition", "issues/19", 1), tmp_path_factory.mktemp("largest") / "edition.pdf"
    made.write_bytes(pdf.make(pdf.document(book, target, request.getfixturevalue("real_site") / target.path)))
    return made, book.volume(target.address)


def test_every_row_of_an_issue_is_printed(issue: tuple[Path, Volume]) -> None:
    file, volume = issue
    assert rows_missing(words(file), volume) == []
    assert [number for number, page in enumerate(printed(file), 1) if not page.text.strip()] == []
    assert [number for number, page in enumerate(pypdf.PdfReader(file).pages, 1) if page.images] == []


def test_the_title_page_says_what_it_is_and_where(site: Path, edition: Target, fixture_book: Book) -> None:
    volume = fixture_book.volume(edition.address)
    first = flat(printed(file_of(site, edition.path))[0].text)
    day = volume.edition.date
    expected = [volume.publication.title, f"{day.day} {day:%B %Y}", volume.publication.publisher, fixture_book.series.site + edition.path]
    assert [one for one in expected if one not in first] == []
    assert [one.name for one in volume.publication.authors if one.name not in first] == []


def test_an_issue_is_an_issue_to_keep(issue: tuple[Path, Volume]) -> None:
    file, volume = issue
    text = words(file)
    assert len(printed(file)) <= 40
    assert [number for number, page in enumerate(printed(file), 1) if page.fill < 1 / 3] == []
    ids = [row.id for row in (*volume.events, *volume.incidents, *volume.figures) if row.id in text]
    assert ids == []
    assert re.findall(r"\d KB|Download|Copy|Embed", text) == []


def test_the_cover_and_the_overview_show_every_index(site: Path, fixture_book: Book) -> None:
    pages = printed(file_of(site, ISSUE.path))
    volume = fixture_book.volume(ISSUE.address)
    for one in indices.indices(fixture_book, volume):
        for page in pages[:2]:
            text = flat(page.text)
            assert one.label in text
            assert signed(one.aggregate) in text


def test_contents_name_the_right_pages(site: Path, edition: Target) -> None:
    titles, pages = {flat(str(entry.title)) for entry in outline(read(site, edition.path))}, printed(file_of(site, edition.path))
    listed = [found for page in pages[1:4] for found in re.findall(r"^(.+?)\s+(\d+)$", page.text, re.MULTILINE)]
    listed = [(title, number) for title, number in listed if flat(title) in titles]
    assert len(listed) >= 4
    assert [(title, page) for title, page in listed if flat(title) not in flat(pages[int(page) - 1].text)] == []


def outline(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Every bookmark, those below another one too."""
    waiting = list(reader.outline)
    while waiting:
        entry = waiting.pop(0)
        if isinstance(entry, list):
            waiting = [*entry, *waiting]
        else:
            yield entry


def test_pages_have_addresses_and_numbers_and_none_is_nearly_empty(site: Path, edition: Target, fixture_book: Book) -> None:
    for number, page in enumerate(printed(file_of(site, edition.path))[1:], 2):
        assert f"{fixture_book.series.site}{edition.path}" in page.text
        assert re.search(rf"(^|\s){number}$", page.text.strip(), re.MULTILINE), number
        assert page.fill >= 1 / 3, number


def test_a_note_stands_at_the_foot_of_the_page_that_cites_it(site: Path, fixture_book: Book) -> None:
    cited = {"Lorries then had to wait.": "veldia-herald-hauliers", "A post was opened and permits were delayed.": "compass-2"}
    pages = [flat(page.text) for page in printed(file_of(site, ISSUE.path))]
    for sentence, key in cited.items():
        source = fixture_book.sources[key]
        page = next(page for page in pages if sentence in page)
        behind = page[page.index(sentence) + len(sentence) :]
        assert flat(source.title or source.about or "") in behind
        assert "".join((source.url or "").split()) in "".join(behind.split())
    assert [page for page in pages if re.search(r"\bNotes\b", page)] == []


def test_columns_are_read_in_the_order_of_the_text(site: Path, fixture_book: Book, tmp_path: Path) -> None:
    target = EDITIONS[2]
    page = shutil.copytree(site / target.path, tmp_path / "edition") / "index.html"
    text = page.read_text(encoding="utf-8")
    long = "".join(f"<p>Begin of paragraph {number}. {'The gates stay closed at night. ' * 12}</p>" for number in range(1, 13))
    page.write_text(text.replace("</h1>", f"</h1>{long}", 1), encoding="utf-8")
    made = tmp_path / "edition.pdf"
    made.write_bytes(pdf.make(pdf.document(fixture_book, target, page.parent)))
    assert re.findall(r"Begin of paragraph (\d+)", words(made)) == list(map(str, range(1, 13)))
    (first,) = [number for number, page in enumerate(printed(made)) if "paragraph 1." in flat(page.text)]
    starts = {x for text, x in places(pypdf.PdfReader(made).pages[first]) if text.startswith("Begin")}
    assert len(starts) > 1, "there are no columns"


def places(page: pypdf.PageObject) -> list[tuple[str, int]]:
    """The lines of a page, and how far to the right each begins."""
    found: list[tuple[str, int]] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append((text.strip(), round(tm[4] * cm[0] + tm[5] * cm[2] + cm[4]))))
    return found


def test_a_number_stays_with_its_sign(issue: tuple[Path, Volume], fixture_site: Path) -> None:
    assert [page for page in printed(issue[0]) if re.search(r"№\s*\n", page.text)] == []
    pages = [
        re.sub(r"(?s)<(pre|script|title)\b.*?</\1>|<[^>]*>", "", path.read_text(encoding="utf-8")) for path in fixture_site.rglob("*.html")
    ]
    assert sum(page.count("№\N{NO-BREAK SPACE}") for page in pages) > 3
    assert [page for page in pages if "№ " in page.replace("\N{NO-BREAK SPACE}", "")] == []


def test_charts_are_drawn_and_have_names(site: Path, edition: Target) -> None:
    reader = read(site, edition.path)
    named = [one["/Alt"] for one in elements(reader) if one.get("/S") == "/Figure" and one.get("/Alt")]
    drawn = sum(path.read_text(encoding="utf-8").count('<figure class="chart') for path in (site / edition.path).rglob("*.html"))
    assert len(named) == drawn
    assert [page for page in reader.pages if page.images] == []


def elements(reader: pypdf.PdfReader) -> list[Any]:
    """Every element of the tag tree."""
    found, waiting = [], [reader.root_object["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict) and "/S" in one:
            found.append(one)
            waiting.append(one.get("/K", pypdf.generic.ArrayObject()))
    return found


def test_it_is_tagged_in_its_language(site: Path, page: str, fixture_book: Book) -> None:
    reader, edition = read(site, page), edition_of(page)
    catalog = reader.root_object
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == (fixture_book.volume(edition.address).publication.language, True)
    tables = {"/Table", "/TH", "/TD"} if edition == ISSUE else set()
    assert {"/H1", "/P", "/L", "/LI", "/Link", *tables} <= {str(one["/S"]) for one in elements(reader)}


def test_it_says_that_it_is_for_keeping_and_for_everybody(site: Path, page: str) -> None:
    catalog = read(site, page).root_object
    assert [str(intent["/S"]) for intent in catalog["/OutputIntents"]] == ["/GTS_PDFA1"]
    tree = ElementTree.fromstring(catalog["/Metadata"].get_object().get_data().decode())
    assert len(tree.findall("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF")) == 1
    text = {f"{element.tag} {value}" for element in tree.iter() for value in (*element.attrib.values(), element.text)}
    assert {
        "{http://www.aiim.org/pdfua/ns/id/}part 1",
        "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI http://www.aiim.org/pdfua/ns/id/",
    } <= text
    metadata = catalog["/Metadata"].get_object().get_data()
    assert re.search(rb"pdfaid:part[=>][\"]?3", metadata)
    assert re.search(rb"pdfaid:conformance[=>][\"]?A", metadata)


def test_its_metadata_and_first_page_name_who_made_it_and_the_original(site: Path, edition: Target, fixture_book: Book) -> None:
    reader, volume = read(site, edition.path), fixture_book.volume(edition.address)
    info, paper = reader.metadata, volume.publication
    assert info is not None and info.title is not None
    own = paper.text == "own"
    people = [one.name for one in (*paper.authors, *([paper.editor] if paper.editor else []))]
    assert info.author == (", ".join(people or [paper.publisher]) if own else fixture_book.series.imprint.name)
    assert info.title.startswith("Digest of") == (not own)
    first = flat(printed(file_of(site, edition.path))[0].text)
    assert ("Digest, in our own words, of" in first) == (not own)
    assert [word for word in (*people, paper.publisher) if word.split()[-1] not in first] == []


def test_its_dates_are_those_of_the_edition(site: Path, page: str, fixture_book: Book) -> None:
    info, day = read(site, page).metadata, fixture_book.volume(edition_of(page).address).edition.date
    assert info is not None
    assert {str(info["/CreationDate"])[2:10], str(info["/ModDate"])[2:10]} == {f"{day:%Y%m%d}"}


def test_links_stay_inside_or_are_absolute(site: Path, page: str) -> None:
    reader = read(site, page)
    links = [one.get_object() for sheet in reader.pages for one in sheet.get("/Annots", [])]
    assert [uri for uri in uris(links) if not re.match(r"https?://|mailto:", uri)] == []
    inner = [one for one in links if "/Dest" in one]
    assert page in SECTIONS or len(inner) > 5
    assert [str(one["/Dest"]) for one in inner if str(one["/Dest"]) not in reader.named_destinations] == []


def uris(links: list[Any]) -> list[str]:
    return [str(one["/A"]["/URI"]) for one in links if "/URI" in one.get("/A", {})]


def test_each_section_leads_to_its_pdf_and_no_other_page_to_one(site: Path, edition: Target, fixture_book: Book) -> None:
    pages = {f"{file.parent.relative_to(site).as_posix()}/" for file in (site / edition.path).rglob("index.html")}
    assert {page for page in pages if file_of(site, page).is_file()} == {
        edition.path,
        *(page for page in SECTIONS if edition_of(page) == edition),
    }
    sums = (site / edition.path / SUMS).read_text(encoding="utf-8")
    for page in pages:
        tree = html_tree.read(site / page / "index.html")
        links = [link.get("href", "") for link in tree.iter("a") if link.get("type") == "application/pdf"]
        named = [element.get("content") for element in tree.iter("meta") if element.get("name") == "citation_pdf_url"]
        if page in SECTIONS:
            assert links == [pdf_name(page), f"../{pdf_name(edition.path)}"]
            assert named == [f"{fixture_book.series.site}{page}{pdf_name(page)}"]
            assert f"  {page.removeprefix(edition.path)}{pdf_name(page)}\n" in sums
        else:
            assert [link for link in [*links, *named] if link and not link.endswith(f"/{pdf_name(edition.path)}")] in ([], [pdf_name(page)])


@pytest.mark.parametrize("section", SECTIONS)
def test_the_pdf_of_a_section_is_its_pages_of_the_whole(site: Path, section: str) -> None:
    whole, part = read(site, edition_of(section).path), read(site, section)
    title = html_tree.text_of(next(html_tree.read(site / section / "index.html").iter("h1")))
    begins = {flat(str(entry.title)): whole.get_destination_page_number(entry) for entry in whole.outline if not isinstance(entry, list)}
    first, following = begins[title], min(number for number in begins.values() if number > begins[title])
    texts, own = ([page.text for page in printed(file_of(site, path))] for path in (edition_of(section).path, section))
    assert own in (texts[first : following + 1], texts[first:following])
    assert whole.metadata is not None and part.metadata is not None
    assert part.metadata.title == f"{title} · {whole.metadata.title}"
    assert part.trailer["/ID"] != whole.trailer["/ID"]


def test_the_pdf_of_a_section_holds_its_rows_and_not_those_of_a_section_elsewhere(site: Path, fixture_book: Book) -> None:
    volume = fixture_book.volume(ISSUE.address)
    veldia, security = (words(file_of(site, f"{ISSUE.path}{name}/")) for name in ("veldia", "security"))
    incidents = {incident.id for incident in volume.incidents}
    of_veldia = {event for event, relationship in volume.event_relationships.items() if relationship == "veldia"}
    assert {*rows_missing(veldia, volume)} & of_veldia == set()
    assert {*rows_missing(veldia, volume)} >= incidents
    assert {*rows_missing(security, volume)} & incidents == set()
    assert {*rows_missing(security, volume)} >= of_veldia


@pytest.mark.parametrize("section", SECTIONS[:3])
def test_links_to_other_sections_lead_to_the_web(site: Path, section: str, fixture_book: Book) -> None:
    links = uris([link.get_object() for sheet in read(site, section).pages for link in sheet.get("/Annots", [])])
    own = [link.removeprefix(fixture_book.series.site).partition("#") for link in links if link.startswith(fixture_book.series.site)]
    assert own
    assert [path for path, _, _ in own if path == section or not path.startswith(ISSUE.path)] == []
    ids = {path: {element.get("id") for element in html_tree.read(site / path / "index.html").iter()} for path, _, _ in own}
    assert [(path, place) for path, mark, place in own if mark and place not in ids[path]] == []


PROGRAM = """
import sys
from pathlib import Path
from hooks.publishing import pdf
from macros.book import open_book
from macros.target import Target
for path in sys.argv[3:]:
    pdf.write(open_book(Path(sys.argv[1])), Target.parse(path), Path(sys.argv[2]) / path)
"""


@pytest.mark.parametrize("again", [ISSUE, *(pytest.param(paper, marks=pytest.mark.stress) for paper in EDITIONS[1:])], ids=str)
def test_no_other_program_in_another_place_makes_other_bytes(site: Path, again: Target, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(site / again.path, elsewhere / again.path, ignore=shutil.ignore_patterns("*.pdf"))
    command = [sys.executable, "-c", PROGRAM, str(site.parent), str(elsewhere), str(again)]
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    subprocess.run(command, env={**os.environ, **other}, cwd=tmp_path, check=True)
    for file in (site / again.path).rglob("*.pdf"):
        assert (elsewhere / file.relative_to(site)).read_bytes() == file.read_bytes(), file


@dataclass(frozen=True)
class Translation:
    """An edition in another language than that of the original, built with its PDF.

    Attributes:
        book: The book in that language.
        target: The edition in that language.
        site: Where it stands.
        complaints: What WeasyPrint did not understand while it made the PDF.
    """

    book: Book
    target: Target
    site: Path
    complaints: list[str]

    @property
    def volume(self) -> Volume:
        """The publication in that language."""
        return self.book.volume(self.target.address)


class Complaints(logging.Handler):
    """Keeps what a library warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(scope="module")
def translation(tmp_path_factory: pytest.TempPathFactory, pictures: Path, skip_or_fail: Callable[[str], NoReturn]) -> Iterator[Translation]:
    if pdf.missing():
        skip_or_fail(pdf.missing())
    place, target, complaints = tmp_path_factory.mktemp("translation"), Target("edition", "issues/1", 1, "ru"), Complaints()
    book = open_book(drawn_once(translated_tree(place / "tree"), pictures), "ru")
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    assert workers.build_one(book, target, place / target.path, frozenset({target.path})) == ""
    yield Translation(book, target, place, complaints.messages)
    logger.removeHandler(complaints)


def test_every_rule_of_the_style_sheet_is_understood_and_every_link_leads_somewhere(translation: Translation) -> None:
    assert translation.complaints == []


def test_each_language_has_its_pdf(translation: Translation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BAROMETER_PDF")
    wanted = translated_pages.editions(translation.volume)
    assert pdf.printable(wanted, pytest.fail) == {"issues/1/v1/", "issues/1/v1/ru/"}
    assert file_of(translation.site, translation.target.path).name == "issues-1-v1-ru.pdf"
    assert 'href="issues-1-v1-ru.pdf"' in (translation.site / translation.target.path / "index.html").read_text(encoding="utf-8")


def test_each_section_of_a_translation_has_its_pdf_and_the_archive_file_holds_the_whole_alone(translation: Translation) -> None:
    site, home = translation.site, translation.target.path
    pages = [f"{home}{name}/" for name in cite.sections(translation.book, translation.volume) if (site / home / name).is_dir()]
    for page in pages:
        assert file_of(site, page).is_file()
        assert f'href="{pdf_name(page)}"' in (site / page / "index.html").read_text(encoding="utf-8")
    assert pages
    shutil.copytree(site / home / ASSETS, site / ASSETS, dirs_exist_ok=True)
    kept = bag.offline_pages(translation.book, translation.volume, site)
    assert [path for path in kept if path.endswith(".pdf")] == ["ru/issues-1-v1-ru.pdf"]


def test_a_translation_says_its_language_and_brings_its_letters(translation: Translation) -> None:
    reader = read(translation.site, translation.target.path)
    assert reader.metadata is not None
    assert (reader.root_object["/Lang"], reader.metadata.title) == (
        "ru",
        "Изложение: Речной журнал за 1890 год, Gauge House, 1891, версия 1",
    )
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [part.get_object()["/FontDescriptor"].get_object() for font in fonts for part in font["/DescendantFonts"]]
    assert [font for font in descriptors if not {"/FontFile2", "/FontFile3"} & set(font)] == []
    assert {" ".join(re.split(r"[+-]", str(font["/FontName"]))[1:3]) for font in descriptors} == {"Print Serif", "Print Sans"}


def test_a_translation_is_read_in_its_order(translation: Translation) -> None:
    text = words(file_of(translation.site, translation.target.path))
    parts = ["Выпуск · 1890", "После мороза сбор вырос.", "Год начался морозом", "Уз поднимался дважды.", "Шлюзы закрыты из-за мороза +2,7"]
    places = [text.find(part) for part in [*parts, "Города просят плотину +1,1", "Об этой версии"]]
    assert places[0] > -1
    assert places == sorted(places)
    assert rows_missing(text, translation.volume) == []
    assert "Русский" not in text  # the choice of languages is for screens


def test_pages_are_read_as_a_browser_reads_them(site: Path, edition: Target) -> None:
    for path in (site / edition.path).rglob("index.html"):
        without_comments = re.sub(r"(?s)<!--.*?-->", "", path.read_text(encoding="utf-8"))
        theirs = tinyhtml5.parse(without_comments, namespace_html_elements=False)
        assert [*map(content, html_tree.read(path).iter("article"))] == [*map(content, theirs.iter("article"))], path


def content(tree: ElementTree.Element) -> list[tuple[str, dict[str, str], str, str]]:
    """All that a tree says: elements, their attributes, and the text in and behind each."""
    return [
        (str(one.tag).rpartition("}")[2], {name.rpartition("}")[2]: value for name, value in one.items()}, one.text or "", one.tail or "")
        for one in tree.iter()
    ]


def test_the_pages_and_the_cover_lead_to_it(site: Path, edition: Target) -> None:
    name = pdf_name(edition.path)
    assert f'href="{name}"' in (site / edition.path / "index.html").read_text(encoding="utf-8")
    assert f'href="../{name}"' in (site / edition.path / "data/index.html").read_text(encoding="utf-8")
    assert f'href="v{edition.edition}/{name}"' in (site / edition.address / "index.html").read_text(encoding="utf-8")


def test_without_the_libraries_it_says_so_once_and_makes_a_site(fixture_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.delenv("BAROMETER_PDF")
    monkeypatch.setattr(pdf, "missing", lambda: "no PDFs: no libraries")
    assert pdf.printable(EDITIONS, said.append) == frozenset()
    assert said == ["no PDFs: no libraries"]
    pages = {path.relative_to(fixture_site): path.read_text(encoding="utf-8") for path in fixture_site.rglob("*.html")}
    assert [
        path for path, page in pages.items() if 'type="application/pdf"' in page and "-v" in page.split('type="application/pdf"')[0][-60:]
    ] == []


def test_a_missing_library_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # importing it now fails
    pdf.missing.cache_clear()
    try:
        assert "apt-get install libpango" in pdf.missing()
    finally:
        pdf.missing.cache_clear()
