"""The columns of all events: what is written can be read again, row by row, and says nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import FIXTURES

from macros import dates
from macros.book import Book, Volume, open_book
from macros.exports.event_columns import COLUMNS, ZERO, entries, files
from macros.model import Event, Incident
from macros.pages.context import BuildContext
from macros.pages.explorer import FULL, corrected, explorer
from macros.pages.relationship import all_events
from macros.target import Target

BOOK = open_book(FIXTURES / "good")
PERIODS = st.tuples(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 400)).map(
    lambda pair: dates.parse(f"{pair[0].isoformat()}/{(pair[0] + timedelta(days=pair[1])).isoformat()}")
)
WORDS = st.text(min_size=1, max_size=30).filter(str.strip)
SOURCES = st.sampled_from(sorted(BOOK.sources))
SCORES = st.integers(-20, 20)


@st.composite
def volumes(draw: st.DrawFn) -> tuple[Volume, ...]:
    """Some issues with rows of any date, score, source and words."""
    found = []
    for number, model in enumerate(draw(st.lists(st.sampled_from(BOOK.issues), max_size=3)), 1):
        events = [
            Event.model_construct(id=f"{number}-e-{at:02}", relationship=name, date=day, event=words, score=score, source=source)
            for at, (name, day, words, score, source) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.sampled_from([one.id for one in BOOK.relationships]), PERIODS, WORDS, SCORES, SOURCES), max_size=6
                    )
                )
            )
        ]
        kinds = st.sampled_from(sorted(BOOK.vocabularies.categories))
        incidents = [
            Incident.model_construct(
                id=f"{number}-security-{at:02}", date=day, event=words, national=one, regional=two, category=kind, source=source
            )
            for at, (day, words, one, two, kind, source) in enumerate(
                draw(st.lists(st.tuples(PERIODS, WORDS, SCORES, SCORES, kinds, SOURCES), max_size=4))
            )
        ]
        publication = model.publication.model_copy(update={"number": number, "slug": str(number)})
        found.append(replace(model, publication=publication, events=tuple(events), incidents=tuple(incidents)))
    return tuple(found)


def read(made: dict[str, bytes]) -> list[dict[str, Any]]:
    """The rows of columns, as the program of the page reads them."""
    columns = json.loads(made[COLUMNS])
    years = {year: json.loads(made[f"{year}.json"]) for year, _, _ in columns["years"]}
    places = [(year, at) for year, count, _ in columns["years"] for at in range(count)]
    day, incident, found = columns["begin"] and date.fromisoformat(columns["begin"]), iter(range(len(columns["regional"]))), []
    number = lambda letters, at: ord(letters[at]) - ZERO  # noqa: E731
    for at, (year, place) in enumerate(places):
        day += timedelta(days=columns["day"][at])
        words, section = years[year], columns["sections"][number(columns["section"], at)][0]
        row = {
            "address": columns["issues"][number(columns["issue"], at)]["path"],
            "section": section,
            "first": day,
            "days": number(columns["length"], at) + 1,
            "scores": [number(columns["score"], at) + columns["lowest"]],
            "origin": columns["sources"][number(columns["source"], at)],
            "corrected": at in columns["corrected"],
            **{name: words[name][place] for name in ("id", "date", "last", "when", "event")},
            "source": words["sources"][words["source"][place]][0],
        }
        if section == "security":
            mine = next(incident)
            row["scores"].append(number(columns["regional"], mine) + columns["lowest"])
            row["category"] = columns["categories"][number(columns["category"], mine)][0]
        found.append(row)
    return found


@given(volumes(), st.data())
def test_what_is_written_is_read_again(issues: tuple[Volume, ...], data: st.DataObject) -> None:
    listed = entries(issues)
    marked = set(data.draw(st.lists(st.sampled_from([entry.row.id for entry in listed]), max_size=3))) if listed else set()
    back = read(files(BOOK, issues, marked))
    assert [row["id"] for row in back] == [entry.row.id for entry in listed]
    for row, entry in zip(back, listed, strict=True):
        period = entry.row.date
        assert (row["first"], row["days"], row["date"], row["last"]) == (period.first, period.days, period.text, period.last.isoformat())
        assert (row["event"], row["source"], row["section"]) == (entry.row.event, entry.row.source, entry.section)
        assert (tuple(row["scores"]), row["corrected"]) == (entry.scores, entry.row.id in marked)
        assert row["address"] == f"{entry.volume.address}/v{entry.volume.edition.number}/"
        assert row.get("category") == getattr(entry.row, "category", None)
        assert (row["origin"] == "") == (entry.row.source == entry.volume.publication.original) or not BOOK.sources[
            entry.row.source
        ].publisher


def test_rows_stand_in_order_of_date_and_the_same_rows_give_the_same_bytes(fixture_book: Book) -> None:
    made = files(fixture_book, fixture_book.issues)
    days = [row["first"] for row in read(made)]
    assert days == sorted(days)
    assert made == files(open_book(FIXTURES / "good"), fixture_book.issues)
    assert set(made) == {COLUMNS, "2023.json"}


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_is_not_listed(fixture_book: Book, status: str) -> None:
    gone = replace(
        fixture_book.volume("issues/2"), publication=fixture_book.volume("issues/2").publication.model_copy(update={"status": status})
    )
    book = replace(fixture_book, volumes=tuple(gone if one.address == gone.address else one for one in fixture_book.volumes))
    context = BuildContext(book, Target("portal"), page="events/")
    page = explorer(context)
    listed = read({path.removeprefix("events/"): content for path, content in context.collected.files.items()})
    assert {row["id"].split("-")[0] for row in listed} == {"1"}
    assert "2-veldia" not in page and "1-veldia-01" in page


def test_only_the_newest_issues_stand_in_full_where_there_are_many(fixture_book: Book) -> None:
    one = fixture_book.issues[0]
    many = tuple(replace(one, publication=one.publication.model_copy(update={"number": n, "slug": str(n)})) for n in range(1, FULL))
    page = explorer(BuildContext(replace(fixture_book, volumes=many), Target("portal"), page="events/"))
    rows = len(one.events) + len(one.incidents)
    assert page.count('<ul class="listed__rows">') == FULL // rows * 3  # two relationships and security
    assert page.count('<details class="listed"') == len(many)
    assert 'href="../issues/1/v2/veldia/"' in page


def test_a_relationship_lists_the_rows_of_its_newest_issues_and_leads_to_the_others(fixture_book: Book) -> None:
    one = fixture_book.issues[0]
    many = tuple(replace(one, publication=one.publication.model_copy(update={"number": n, "slug": str(n)})) for n in range(1, FULL))
    page = all_events(BuildContext(replace(fixture_book, volumes=many), Target("portal"), page="relationships/veldia/"), "veldia")
    rows = sum(event.relationship == "veldia" for event in one.events)
    assert page.count("/v2/veldia/#") == FULL // rows * rows
    assert page.count('/v2/veldia/"') == len(many) - FULL // rows
    assert all(f'href="../../issues/{n}/v2/veldia/' in page for n in range(1, FULL))


def test_corrected_are_the_rows_that_a_later_edition_changed(fixture_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def changes(book: Book, volume: Volume, number: int) -> Any:
        row = type("Row", (), {"id": f"{volume.publication.number}-veldia-01"})
        return type("Changes", (), {"rows": (row, type("Gone", (), {"id": "1-gone-01"})), "__bool__": lambda _: True})()

    monkeypatch.setattr("macros.archive.changes", changes)
    corrected.cache_clear()
    assert corrected(fixture_book) == {"1-veldia-01", "2-veldia-01"}
    corrected.cache_clear()
