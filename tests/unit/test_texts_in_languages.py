"""Texts in several languages: the grammar, what is wrong with it, pages beside their originals, and the way through files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from importing import read, rows_of, written
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from trees import findings, translated_tree

from hooks.publishing.cli import main
from macros import indices, page_blocks
from macros.book import Book, open_book
from macros.check_pages import check_pages
from macros.exports import csv_file, entry_workbook, schemas
from macros.exports.tables import downloads
from macros.pages.context import BuildContext
from macros.target import Target
from macros.translated_book import in_translation

ISSUE = "issues/1"
EVENTS, TITLE, WORDS, SCALES = f"data/{ISSUE}/events.csv", f"data/{ISSUE}/publication.yml", "data/vocabularies.yml", "data/scales.yml"
LIST = "data/relationships.yml"
PAGE, ORIGINAL = f"docs/{ISSUE}/ru/index.md", f"docs/{ISSUE}/index.md"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return translated_tree(tmp_path / "tree")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Book]:
    """The same data in both languages."""
    root = translated_tree(tmp_path_factory.mktemp("books") / "tree")
    return open_book(root), open_book(root, "ru")


def texts(book: Book) -> list[str]:
    volume = book.volume(ISSUE)
    publication = volume.publication
    return [
        volume.events[0].event,
        volume.incidents[0].event,
        publication.title,
        publication.editions[0].note,
        publication.assessments["ouse"].reason,
        book.relationships[0].label,
        book.vocabularies.partners["ouse"],
        book.vocabularies.units["pound"].label,
    ]


def test_a_book_is_the_same_in_another_language_however_it_is_opened(books: tuple[Book, Book]) -> None:
    original, russian = books
    opened = in_translation(original, "ru")
    assert texts(opened) == texts(russian)
    assert (opened.originals, opened.coming, opened.own_title) == (russian.originals, russian.coming, russian.own_title)
    assert [volume.address for volume in opened.volumes] == [volume.address for volume in russian.volumes]
    assert opened.volume("issues/2") is original.volume("issues/2")  # it is not translated, and read once


def test_a_book_has_the_texts_of_the_language_in_which_it_is_opened(books: tuple[Book, Book]) -> None:
    original, translated = books
    assert texts(original) == [
        "The locks are shut for the frost",
        "The Ouse leaves its bed at Marl",
        "River Ledger for 1890",
        "First edition on this site.",
        "The toll rose after the frost.",
        "OUSE Board",
        "OUSE Board",
        "pounds",
    ]
    assert texts(translated) == [
        "Шлюзы закрыты из-за мороза",
        "Уз выходит из берегов у Марла",
        "Речной журнал за 1890 год",
        "Первое издание на этом сайте.",
        "После мороза сбор вырос.",
        "Управление Уза",
        "Управление Уза",
        "фунты",
    ]


def test_what_has_no_translation_stays_as_it_is_and_says_its_language(books: tuple[Book, Book]) -> None:
    original, translated = books
    assert translated.relationships[1].title == original.relationships[1].title == "Strain with the towns on the Tarn"
    assert [book.language(address).tag for book in books for address in ("", ISSUE, "issues/2")] == ["en", "en", "en", "ru", "ru", "en"]
    assert (dict(original.originals), dict(translated.originals)) == ({}, {"": "en", ISSUE: "en"})


def test_numbers_are_the_same_in_every_language(books: tuple[Book, Book]) -> None:
    values = [[(index.series, index.aggregate) for index in indices.indices(book, book.volume(ISSUE))] for book in books]
    assert values[0] == values[1]


NO_TAG = "'russian' is no tag of a language (BCP 47); did you mean ru?"
OWN = "names en, the language of the text itself"
FAULTS = {
    "number": ((EVENTS, "event,event_ru,score", "event,event_ru,score_ru"), f"{EVENTS}:1: score_ru: is no translation"),
    "tag": ((LIST, "label_ru: Тарн", "label_russian: Тарн"), f"{LIST}:10: label_russian: {NO_TAG}"),
    "language": ((LIST, "label_ru: Тарн", "label_be: Тарн"), f"{LIST}:10: label_be: is in a language that is not declared"),
    "no field": ((LIST, "label_ru: Тарн", "subtitle_ru: Тарн"), f"{LIST}:10: subtitle_ru: is not a known key"),
    "alone": ((TITLE, "title_ru: ", "subtitle_ru: x\ntitle_ru: "), f"{TITLE}:8: subtitle_ru: translates nothing: subtitle is empty"),
    "formula": ((EVENTS, ",Города просят плотину", ",=Города"), f"{EVENTS}:5: event_ru: begins with '='"),
    "missing": ((TITLE, "headline_ru: Мороз", "# headline: Мороз"), f"{TITLE}:29: headline_ru: is missing"),
    "list": ((WORDS, "floods_ru: Паводки", "floods_ru: [Паводки]"), f"{WORDS}:18: floods_ru: '['Паводки']' is not text"),
    "own": ((TITLE, "translations: [ru]", "translations: [ru, en]"), f"{TITLE}:13: translations: {OWN}"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_translation_is_a_finding(tree: Path, fault: str) -> None:
    swap, wanted = FAULTS[fault]
    told = findings(tree, swap)
    assert [line for line in told if line.startswith(wanted)], told


def test_texts_without_a_translation_are_one_finding_for_each_column(tree: Path) -> None:
    text = (tree / EVENTS).read_text(encoding="utf-8").replace("Города просят плотину", "").replace("Никто не платит", "")
    (tree / EVENTS).write_text(text, encoding="utf-8")
    assert findings(tree) == [f"{EVENTS}:5: event_ru: 2 have none: lines 5, 8; the publication is declared as translated into ru"]


def test_a_score_has_no_translation_and_its_column_is_one_finding(tree: Path) -> None:
    rows = list(csv.reader(io.StringIO((tree / EVENTS).read_text(encoding="utf-8"))))
    (tree / EVENTS).write_text("\n".join(",".join([*row, "score_ru" if row is rows[0] else "2"]) for row in rows) + "\n", encoding="utf-8")
    assert findings(tree) == [
        f"{EVENTS}:1: score_ru: is no translation: score holds no text for readers, and is the same in every language; take this out"
    ]


# Pages ---------------------------------------------------------------------------------------


def page_findings(tree: Path, *swaps: tuple[str, str, str]) -> list[str]:
    assert findings(tree, *swaps) == []
    return list(map(str, check_pages(tree, open_book(tree))))


FAULTS_OF_PAGES = {
    "block": ((PAGE, "Год начался", "Ещё одно.\n\nГод начался"), f"{PAGE}:4: blocks: has 7 paragraphs, headings and lists"),
    "original": ((ORIGINAL, "The year began", "One more.\n\nThe year began"), f"{PAGE}:4: blocks: has 6 paragraphs"),
    "record": ((PAGE, "original: >-\n", "hide: >-\n"), f"{PAGE}:1: original: is missing, from which texts the page was translated"),
    "macro": ((PAGE, "{{ board() }}", "Всё."), f"{PAGE}:4: macro: does not call board()"),
    "link": ((PAGE, "(security.md)", "(securities.md)"), f"{PAGE}:10: link: 'securities.md' leads to no file"),
}


@pytest.mark.parametrize("fault", FAULTS_OF_PAGES)
def test_a_fault_in_a_translated_page_is_a_finding(tree: Path, fault: str) -> None:
    swap, wanted = FAULTS_OF_PAGES[fault]
    told = page_findings(tree, swap)
    assert [line for line in told if line.startswith(wanted)], told


def test_a_page_translates_a_page_and_a_translation_has_a_first_one(tree: Path) -> None:
    (tree / PAGE).rename((tree / PAGE).with_name("oak.md"))
    told = page_findings(tree)
    assert f"{PAGE}:1: file: is missing; a translation has a first page: barometer translate {ISSUE} ru" in told
    assert [line for line in told if line.startswith(f"docs/{ISSUE}/ru/oak.md:1: file: translates no page of docs/{ISSUE}; ")]


def test_pages_in_a_folder_of_no_language_are_a_finding(tree: Path) -> None:
    (tree / f"docs/{ISSUE}/be").mkdir()
    (tree / f"docs/{ISSUE}/be/index.md").write_text((tree / PAGE).read_text(encoding="utf-8"), encoding="utf-8")
    wanted = f"docs/{ISSUE}/be:1: file: holds pages, and is no translation that data/{ISSUE}/publication.yml declares"
    assert [line for line in page_findings(tree) if line.startswith(wanted)]


BODY = "One\ntwo.\n\n- a\n\n- b\n\n  more of b\n\n```\nx\n\ny\n```\n\n{# left\n\nout #}\n## Three\n\n| a |\n| - |\n"


def test_a_page_falls_into_paragraphs_lists_and_headings() -> None:
    blocks = page_blocks.blocks(BODY)
    assert [block.text.split()[0] for block in blocks] == ["One", "-", "```", "##", "|"]
    assert [BODY.split("\n")[block.begin].split()[0] for block in blocks] == ["One", "-", "```", "##", "|"]


def test_lines_may_break_elsewhere_and_nothing_has_changed() -> None:
    before, after = (f'---\ntitle: "T"\ndescription: "D"\n---\n{body}' for body in ("One two\nthree.\n", "One\ntwo three.\n"))
    assert page_blocks.hashes(before) == page_blocks.hashes(after)


@given(st.lists(st.text(alphabet="abcя -#\n", max_size=30), max_size=8))
def test_a_page_that_was_just_recorded_follows_its_original(paragraphs: list[str]) -> None:
    page = '---\ntitle: "T"\ndescription: "D"\n---\n' + "\n\n".join(paragraphs)
    recorded = page_blocks.with_record(page, page)
    assert page_blocks.recorded(recorded) == page_blocks.hashes(page) == page_blocks.hashes(recorded)
    assert page_blocks.changed(recorded, page) == []
    assert page_blocks.with_record(recorded, page) == recorded


def test_links_lead_to_a_translated_page_as_soon_as_it_is_there(tree: Path) -> None:
    context = BuildContext(open_book(tree, "ru"), Target("portal", language="ru"))
    page = tree / "docs/ru/about.md"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    assert context.at("").link("about/") == "../about/"
    page.write_text(text, encoding="utf-8")
    assert context.at("").link("about/") == "about/"


# The command ---------------------------------------------------------------------------------


def run(tree: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*words, "--root", str(tree)], prog_name="barometer", catch_exceptions=False)
    return done.exit_code, done.stdout + done.stderr


def test_a_page_begins_as_its_original_and_is_done_when_it_follows_it(tree: Path) -> None:
    before = (tree / PAGE).read_text(encoding="utf-8")
    assert run(tree, "translate", ISSUE, "ru", "--dry-run") == (0, f"would write docs/{ISSUE}/ru/tarn.md\n")
    assert run(tree, "translate", ISSUE, "ru") == (0, f"wrote docs/{ISSUE}/ru/tarn.md\n")
    assert (tree / PAGE).read_text(encoding="utf-8") == before
    assert page_findings(tree) == []
    assert findings(tree, (ORIGINAL, "rose twice", "rose three times")) == []
    _, told = run(tree, "check")
    assert f"{PAGE}:14: translation: the original has changed since, here or after it: - Уз поднимался дважды." in told
    assert run(tree, "translate", ISSUE, "ru", "--done", "index") == (0, f"wrote {PAGE}\n")
    assert "has changed since" not in run(tree, "check")[1]


def test_a_page_of_the_portal_may_be_behind_its_original_and_is_listed(tree: Path) -> None:
    original = (tree / "docs/index.md").read_text(encoding="utf-8")
    assert page_findings(tree, ("docs/index.md", original, f"{original}\nIt counts tolls too.\n")) == []
    status, told = run(tree, "check")
    assert status == 0
    assert "docs/ru/index.md:8: translation: the original has changed since, here or after it: Журнал считает паводки." in told
    assert page_findings(tree, ("docs/ru/index.md", "Журнал считает", "Новое.\n\nЕщё.\n\nЖурнал считает")) == [
        "docs/ru/index.md:4: blocks: has 3 paragraphs, headings and lists, and its original 2; a translation has the same in the same order"
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("issues/9", "ru"), "data/issues/9:1: file: is no publication; did you mean"),
        ((ISSUE, "be"), f"{TITLE}:1: translations: does not name be"),
        ((ISSUE, "ru", "oak"), f"docs/{ISSUE}/oak.md:1: file: is no page to translate; allowed: index"),
        ((ISSUE, "ru", "--done", "tarn"), f"docs/{ISSUE}/ru/tarn.md:1: blocks: is missing; nothing was written"),
    ],
)
def test_what_cannot_be_translated_is_refused(tree: Path, words: tuple[str, ...], wanted: str) -> None:
    status, told = run(tree, "translate", *words)
    assert status == 1
    assert told.startswith(wanted)


# Downloads, workbooks, imports, schemas -----------------------------------------------------


def test_downloads_have_a_column_for_each_translation(books: tuple[Book, Book]) -> None:
    tables = {table.name: csv_file.write(table).decode() for table in downloads(books[0], books[0].volumes)}
    (row,) = (row for row in csv.DictReader(io.StringIO(tables["events"])) if row["id"] == "1-ouse-02")
    assert (row["event"], row["event_ru"]) == ("The locks are shut for the frost", "Шлюзы закрыты из-за мороза")
    assert {row["label_ru"] for row in csv.DictReader(io.StringIO(tables["words"])) if row["word"] == "pound"} == {"фунты"}
    assert {row["event_ru"] for row in csv.DictReader(io.StringIO(tables["events"])) if row["publication"] == "issues/2"} == {""}


def test_a_workbook_brings_translations_there_and_back(tree: Path, books: tuple[Book, Book]) -> None:
    packed = entry_workbook.write(books[0], books[0].volume(ISSUE))
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["events"]
    header = [cell.value for cell in sheet[1]]
    assert "event_ru" in header
    before = rows_of(tree, "events.csv", ISSUE), rows_of(tree, "incidents.csv", ISSUE)
    reading = read(tree, "back.xlsx", packed, into=ISSUE)
    assert not [row for row in reading.placed if row.state == "new"]
    written(tree, reading, ISSUE)
    after = rows_of(tree, "events.csv", ISSUE), rows_of(tree, "incidents.csv", ISSUE)
    assert [[row["event_ru"] for row in rows] for rows in after] == [[row["event_ru"] for row in rows] for rows in before]


def test_bringing_rows_in_loses_no_translation_and_takes_new_ones(tree: Path) -> None:
    before = rows_of(tree, "events.csv", ISSUE)
    rows = "1-tarn-04,tarn,1890,Nobody pays a toll,Никто не платит,1.2,ledger-1\n"
    rows += ",tarn,1890-09-01,The weir holds,Плотина держит,1.1,ledger-1\n"
    head = "id,relationship,date,event,event_ru,score,source\n"
    asked = read(tree, "new.csv", head + rows, into=ISSUE).doubts.asked
    reading = read(tree, "new.csv", head + rows, dict.fromkeys(asked, "replace"), into=ISSUE)
    written(tree, reading, ISSUE)
    after = {row["id"]: row for row in rows_of(tree, "events.csv", ISSUE)}
    assert after["1-tarn-05"]["event_ru"] == "Плотина держит"
    assert (after["1-tarn-04"]["event"], after["1-tarn-04"]["event_ru"]) == ("Nobody pays a toll", "Никто не платит")
    others = [row for row in before if row["id"] != "1-tarn-04"]
    assert [after[row["id"]] for row in others] == others
    assert not [line for line in findings(tree) if "_ru" in line]


def test_schemas_know_translations_of_texts_and_no_others() -> None:
    validator = Draft202012Validator(json.loads(schemas.schemas()["relationships.json"]))
    entry = {"id": "ouse", "label": "Ouse", "title": "The Ouse", "partner": "ouse", "colour": "#7a3b12"}
    assert validator.is_valid([{**entry, "label_ru": "Уз"}])
    assert not validator.is_valid([{**entry, "colour_ru": "#7a3b12"}])
    words = Draft202012Validator(json.loads(schemas.schemas()["vocabularies.json"]))
    assert not [error for error in words.iter_errors({"partners": {"ouse": "Ouse", "ouse_ru": "Уз"}}) if error.path]
