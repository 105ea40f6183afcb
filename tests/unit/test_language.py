"""What is said in other languages: no word of English is left in charts, numbers and dates are those of the language."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from pydantic import BaseModel

from macros import cite, date_words, words
from macros.book import Book, Volume
from macros.catalogues import compiled, faults, load, locale_of, read
from macros.changes import compare, summary
from macros.charts import CHARTS, Drawing, NothingToDraw
from macros.citable_rows import citable_rows
from macros.dates import parse
from macros.language import Language, gettext, in_language, ngettext
from macros.pages import BuildContext
from macros.pages.issues import latest_issue
from macros.pages.publications import publications
from macros.problems import Problem
from macros.target import Target
from macros.vocabularies import FLOWS, Flow

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "macros" / "languages").glob("*.po"))
TAG = "ka"
"""A language of CLDR that writes no Latin letter, and whose plurals and dates are not those of English."""
MESSAGE = str.maketrans({letter: chr(0x10D0 + at % 33) for at, letter in enumerate(string.ascii_letters)})
DATA = str.maketrans({letter: chr(0x13A0 + at) for at, letter in enumerate(string.ascii_letters)})
"""What a translation of this test writes instead of Latin letters, and what its data have instead."""


def translated(message: str) -> str:
    """A message in letters that are not Latin, its values kept."""
    return "".join(part if at % 2 else part.translate(MESSAGE) for at, part in enumerate(re.split(r"(%\(\w+\)s)", message)))


def every_message() -> bytes:
    """A catalogue of all messages of macros/, as an MO file."""
    catalogue = Catalog(locale=locale_of(TAG))
    for _, _, message, _, context in extract_from_dir(ROOT / "macros", method_map=[("**.py", "python")]):
        forms = (message,) if isinstance(message, str) else tuple(message)
        text = [translated(form) for form in forms]
        catalogue.add(message, text[0] if len(text) == 1 else tuple(text), context=context)
    return compiled(catalogue)


OTHER = Language(TAG, every_message())


WORDS = {"label", "before", "after", "up", "down", "item", "product"}
"""Fields that hold words however short they are."""


def foreign(value: Any, name: str = "") -> Any:
    """Data whose words hold no Latin letter; ids, addresses and the words that the program brings along stay as they are."""
    if isinstance(value, str):
        kept = re.fullmatch(r"[a-z0-9-]*|#\w+|\S+://\S+|\S+@\S+", value) and name not in WORDS
        return TAG if name == "language" else value if kept else value.translate(DATA)
    if isinstance(value, Flow) and value in FLOWS.values():
        return value
    if isinstance(value, BaseModel):
        return value.model_copy(update={field: foreign(getattr(value, field), field) for field in type(value).model_fields})
    if isinstance(value, dict):
        return {key: foreign(part, "label" if isinstance(part, str) else name) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(foreign(part) for part in value)
    return value


def foreign_book(book: Book) -> Book:
    """A book whose data hold no Latin letter."""

    def copied(whole: Any) -> Any:
        changed = {}
        for field in fields(whole):
            value = getattr(whole, field.name)
            if isinstance(value, tuple) and value and is_dataclass(value[0]):
                changed[field.name] = tuple(map(copied, value))
            elif field.init and field.name not in ("root", "catalogues"):
                changed[field.name] = foreign(value)
        return replace(whole, **changed)

    return replace(copied(book), catalogues={TAG: OTHER.own})


def arguments(book: Book, volume: Volume | None) -> dict[str, list[dict[str, str]]]:
    """What each chart can be asked of."""
    series = [one.id for one in book.relationships]
    security = [one.id for one in (book.scales.security_series.national, book.scales.security_series.regional)]
    volumes = [volume] if volume else list(book.published)
    declared = [(one.address, figure.id) for one in volumes for figure in one.publication.figures]
    return {
        "board": [{}],
        "events": [{"relationship": name} for name in series + security],
        "figure": [{"figure": figure} for _, figure in declared],
        "figures": [{"figures": f"{address}:{figure}"} for address, figure in declared],
        "history": [{"series": name} for name in [*series, *security, "all"]],
        "incidents": [{}],
        "recommendations": [{}],
        "running-total": [{"relationship": name} for name in series + security],
        "structure": [{"figure": figure} for _, figure in declared],
        "tension": [{}],
        "trade": [{"partner": name} for name in book.vocabularies.partners],
    }


PORTAL = {"figures", "history", "recommendations", "trade"}
"""Charts that can be drawn of no one publication."""


def drawings(book: Book) -> Iterator[tuple[str, Drawing]]:
    """Every chart of a book that has rows."""
    links = BuildContext(book, Target("portal")).links
    for volume in (*book.published, None):
        for chart, asked in arguments(book, volume).items():
            for argument in asked if volume or chart in PORTAL else ():
                try:
                    yield chart, CHARTS[chart](book, volume, links, **argument)
                except NothingToDraw:
                    continue


def texts(drawn: Drawing) -> Iterator[str]:
    """Everything that readers see or hear of a chart."""
    yield from (drawn.words.title, drawn.words.finding, drawn.words.reading, drawn.words.sentence)
    for heading, sentences in drawn.words.points:
        yield from (heading, *sentences)
    yield from map(str, drawn.table.columns)
    yield from (str(cell) for cells in drawn.table.itertuples(index=False) for cell in cells)
    for spec in filter(None, (drawn.spec, drawn.narrow)):
        yield spec["description"]
        yield from (str(row[name]) for rows in spec["datasets"].values() for row in rows for name in ("text", "words") if name in row)
        for choice in spec.get("params", ()):
            yield from (choice["bind"]["name"], *choice["bind"]["labels"])
        yield from (layer["encoding"]["tooltip"]["title"] for layer in spec["layer"] if "tooltip" in layer["encoding"])


def latin(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


@pytest.fixture(scope="module")
def drawn(fixture_book: Book) -> list[tuple[str, Drawing]]:
    """Every chart in the other language."""
    with in_language(OTHER):
        return list(drawings(foreign_book(fixture_book)))


def test_charts_say_no_word_of_english_in_another_language(drawn: list[tuple[str, Drawing]]) -> None:
    english = {(chart, text) for chart, drawing in drawn for text in texts(drawing) if latin(text)}
    assert sorted(english) == []
    assert {chart for chart, _ in drawn} == set(CHARTS), "every chart is drawn"


def test_what_the_interactive_chart_chooses_stays_as_it_is(drawn: list[tuple[str, Drawing]]) -> None:
    choices = [choice for _, drawing in drawn for choice in (drawing.spec or {}).get("params", ())]
    assert choices
    assert all(choice["bind"]["options"] == ["all", "positive", "negative"] for choice in choices)


def test_references_say_no_word_of_english_in_another_language(fixture_book: Book) -> None:
    book = foreign_book(fixture_book)
    said = []
    with in_language(OTHER):
        for volume in book.published:
            for edition in volume.publication.editions:
                whole = cite.citation(book, volume, edition.number)
                parts = [cite.of_part(whole, place.title, place.path) for place in citable_rows(volume)]
                for record in filter(None, (whole, whole.source, *parts)):
                    said += [text.replace(record.address, "") for text in (record.line, cite.chicago(record), cite.apa(record))]
    ids = re.compile(r"\(\w+ [\w-]+\)|\b[a-z0-9]+(-[a-z0-9]+)+\b")
    assert [text for text in said if latin(ids.sub("", text))] == []


def test_changes_say_no_word_of_english_in_another_language(fixture_book: Book, tmp_path: Path) -> None:
    book = foreign_book(fixture_book)
    issue = next(volume for volume in book.published if volume.events and volume.incidents)
    event = issue.events[0].model_copy(update={"score": issue.events[0].score * 2, "event": "0"})
    newer = replace(book, volumes=(replace(issue, events=(event, *issue.events[2:]), incidents=issue.incidents[1:]),))
    with in_language(OTHER):
        found = compare(book, newer, issue.address, {"a.md": "a", "b.md": "b"}, {"a.md": "c"})
        said = [summary(found), *(field.label for row in found.rows for field in row.shown)]
    assert len(found.rows) == 3
    assert [text for text in said if latin(text)] == []


FORMS = {
    "ru": {1: "1 событие", 2: "2 события", 5: "5 событий", 11: "11 событий", 21: "21 событие", 22: "22 события"},
    "be": {1: "1 падзея", 2: "2 падзеі", 5: "5 падзей", 11: "11 падзей", 21: "21 падзея", 22: "22 падзеі"},
    "uk": {1: "1 подія", 2: "2 події", 5: "5 подій", 11: "11 подій", 21: "21 подія", 22: "22 події"},
}


@pytest.mark.parametrize("tag", FORMS)
def test_numbers_of_things_stand_in_the_form_that_the_number_asks_for(tag: str) -> None:
    with in_language(Language(tag)):
        assert {number: ngettext("%(num)s event", "%(num)s events", number) for number in FORMS[tag]} == FORMS[tag]


@pytest.mark.parametrize("tag", FORMS)
def test_days_and_months_are_those_of_cldr(tag: str) -> None:
    day = date(2021, 2, 4)
    with in_language(Language(tag)):
        assert date_words.written(day) == format_date(day, "long", locale=tag)
        assert date_words.human(parse("2021-02-04")) == format_date(day, "long", locale=tag)
        assert date_words.human(parse("2021-02")) == format_skeleton("yMMMM", day, locale=tag)
        assert date_words.short(day) == format_date(day, "d MMM", locale=tag)


@pytest.mark.parametrize("tag", FORMS)
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-02-09/2021-02-10", date(2021, 2, 9), date(2021, 2, 10)),
        ("2021-01-25/2021-02-15", date(2021, 1, 25), date(2021, 2, 15)),
        ("2020-12-30/2021-01-02", date(2020, 12, 30), date(2021, 1, 2)),
    ],
)
def test_stretches_of_days_are_intervals_of_cldr_with_months_in_full(tag: str, text: str, first: date, last: date) -> None:
    with in_language(Language(tag)):
        written = date_words.human(parse(text))
    for day in (first, last):
        written = written.replace(format_date(day, "MMMM", locale=tag), format_date(day, "MMM", locale=tag))
    assert written == format_interval(first, last, "yMMMd", locale=tag)


@pytest.mark.parametrize("tag", FORMS)
def test_years_are_an_interval_of_cldr(tag: str) -> None:
    with in_language(Language(tag)):
        assert date_words.human(parse("2019/2021")) == format_interval(date(2019, 1, 1), date(2021, 1, 1), "y", locale=tag)


def test_labels_keep_their_capitals_where_nouns_have_them_everywhere() -> None:
    with in_language(Language("de")):
        assert words.within("Sicherheit") == "Sicherheit"
    with in_language(Language("ru")):
        assert words.within("Безопасность") == "безопасность"


def test_what_no_catalogue_has_is_said_in_english() -> None:
    with in_language(Language("ka")):
        assert gettext("From № %(first)s to № %(last)s", first=1, last=2) == "From № 1 to № 2"
        assert words.edition_name("2") == "2nd ed."


HEADER = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : 1;\\n"\n\n'


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('msgid "Index of %(label)s"\nmsgstr "Индекс: %(lable)s"\n', 6, "the value 'lable', which its message does not; it has label"),
        (
            '#, python-format\nmsgid "Index of %(label)s"\nmsgstr "Индекс: %(lable)s"\n',
            7,
            "the value 'lable', which its message does not; it has label",
        ),
        ('msgid "%(num)s of score 0"\nmsgstr "%(num)s, 5 % баллов"\n', 6, "per cent sign"),
        ('msgid "Known"\nmsgstr "<b>Известно</b>"\n', 6, "'</b>', which its message does not"),
        ('msgid "<b>Known</b>"\nmsgstr "<b>Известно&nbsp;</b>"\n', 6, "'&nbsp;', which its message does not"),
        (
            'msgid "%(num)s event"\nmsgid_plural "%(num)s events"\n'
            'msgstr[0] "%(num)s событие"\nmsgstr[1] "%(num)s события"\nmsgstr[2] "%(number)s событий"\n',
            6,
            "the value 'number', which its message does not",
        ),
    ],
)
def test_a_translation_that_cannot_be_said_is_a_finding(text: str, line: int, why: str) -> None:
    problems: list[Problem] = []
    assert load(HEADER + text, "data/languages/ru.po", "ru", problems) == b""
    assert len(problems) == 1, "one cause, one finding"
    assert str(problems[0]).startswith(f"data/languages/ru.po:{line}: msgstr: ")
    assert why in str(problems[0])


def test_a_translation_may_leave_a_value_out() -> None:
    problems: list[Problem] = []
    text = 'msgid "%(num)s event"\nmsgid_plural "%(num)s events"\nmsgstr[0] "событие"\nmsgstr[1] "%(num)s события"\nmsgstr[2] "50 %%"\n'
    assert load(HEADER + text, "data/languages/ru.po", "ru", problems) != b""
    assert problems == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_catalogues_of_the_program_can_be_said(path: Path) -> None:
    catalogue = read(path.read_text(encoding="utf-8"), path.stem)
    assert [(message.id, why) for message, why in faults(catalogue)] == []


@pytest.mark.parametrize(
    ("tag", "text", "written"),
    [
        ("ru", "2021-01-25/2021-02-~15", "25 января – середина февраля 2021 г."),
        ("ru", "2020-12-25/2021-02-~15", "25 декабря 2020 г. – середина февраля 2021 г."),
        ("uk", "2021-01-25/2021-02-~15", "25 січня – середина лютого 2021 р."),
        ("be", "2021-02-~01/2021-02-~10", "пачатак лютага 2021"),
        ("zh-Hans", "2021-01-25/2021-02", "2021年1月25日 – 2021年2月"),
    ],
)
def test_a_year_that_two_ends_share_is_written_once_where_it_stands_last(tag: str, text: str, written: str) -> None:
    with in_language(Language(tag)):
        assert re.sub(r"[\u00a0\u202f]", " ", date_words.human(parse(text))) == written


def test_a_list_names_the_language_of_a_publication_that_is_not_in_that_of_the_page(fixture_book: Book) -> None:
    with in_language(Language("ru")):
        lists = [listed(BuildContext(fixture_book, Target.parse("portal"))) for listed in (publications, latest_issue)]
    assert all('· <span lang="en" dir="ltr">English</span></p>' in page for page in lists)
    assert not any(">English<" in listed(BuildContext(fixture_book, Target.parse("portal"))) for listed in (publications, latest_issue))
