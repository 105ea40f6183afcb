"""Rules about the rows of a publication and what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from macros import periods
from macros.archive import pages
from macros.book import Book
from macros.changes import used_sources
from macros.load import Files, Record
from macros.model import Event, Incident, Publication, same_event
from macros.problems import Problem
from macros.release.candidate import Candidate, Rule

LONGEST_EVENT = 200
"""Characters of an event in one line of a table."""


def _catalogue(candidate: Candidate) -> list[Record[Event | Incident]]:
    return [*candidate.table("events.csv"), *candidate.table("incidents.csv")]


def empty_relationship(candidate: Candidate) -> Iterator[Problem]:
    """An issue has events of every relationship."""
    if candidate.volume.publication.kind == "issue":
        covered = candidate.book.covered(candidate.volume)
        missing = [relationship.id for relationship in candidate.book.relationships if relationship not in covered]
        if missing:
            path = candidate.table("events.csv").path
            yield Problem(path, 1, "relationship", f"has no events of {', '.join(missing)}; enter them")


def no_incidents(candidate: Candidate) -> Iterator[Problem]:
    """An issue has a catalogue of security where others have one."""
    lacks = candidate.volume.publication.kind == "issue" and not candidate.volume.incidents
    if lacks and any(other.incidents for other in candidate.others):
        yield Problem(candidate.table("incidents.csv").path, 1, "file", "has no rows; enter the incidents")


def long_events(candidate: Candidate) -> Iterator[Problem]:
    """An event is one short line."""
    for record in _catalogue(candidate):
        if len(record.item.event) > LONGEST_EVENT:
            yield record.problem("event", f"has {len(record.item.event)} characters; up to {LONGEST_EVENT} can be read in a table")


def events_twice(candidate: Candidate) -> Iterator[Problem]:
    """The same event in two relationships is meant to count twice."""
    seen: dict[tuple[str, str], Record[Event]] = {}
    for record in candidate.table("events.csv"):
        first = seen.setdefault(same_event(record.item), record)
        if first is not record:
            yield record.problem("event", f"is the event of {first.item.id} too; it counts in both relationships")


def silent_days(candidate: Candidate) -> Iterator[Problem]:
    """No third of the period is without any event."""
    period = candidate.volume.publication.period
    records = _catalogue(candidate)
    if not period or not records:
        return
    for gap in periods.gaps(period, (record.item.date for record in records)):
        if gap.days * 3 > period.days:
            message = f"has nothing from {gap.first} to {gap.last}, {gap.days} days; look again"
            yield Problem(candidate.table("events.csv").path, 1, "date", message)


def future_sources(candidate: Candidate) -> Iterator[Problem]:
    """No source is younger than the edition that rests on it."""
    records = {record.key: record for record in candidate.files.table("sources.yml")}
    day = candidate.volume.edition.date
    for key in sorted(records.keys() & set(used_sources(candidate.volume, pages(candidate.root, candidate.volume.address)))):
        stated = records[key].item.date
        if stated and stated.first > day:
            yield records[key].problem("date", f"{stated} is after the edition of {candidate.volume.address} that rests on it, {day}")


def unused_sources(files: Files, book: Book) -> list[Problem]:
    """Find sources that no publication uses. They stand in no publication's way: somebody may be about to use them."""
    used = {key for volume in book.volumes for key in used_sources(volume, pages(book.root, volume.address))}
    unused = [record for record in files.table("sources.yml") if record.key not in used]
    message = "is named by no row and no page; use it, or delete it"
    return [Problem(record.path, record.line, "source", f"'{record.key}' {message}") for record in unused]


def empty_figures(candidate: Candidate) -> Iterator[Problem]:
    """Every table that is declared has rows."""
    filled = {row.figure for row in candidate.volume.figures}
    for index, figure in enumerate(candidate.volume.publication.figures):
        if figure.id not in filled:
            yield candidate.title_page.problem(f"figures.{index}.id", f"'{figure.id}' has no rows in figures.csv; enter them, or delete it")


def unused_figures(candidate: Candidate) -> Iterator[Problem]:
    """Every table that is declared stands on a page, or a number of it does."""
    named = {word for _, word in candidate.called}
    rows: dict[str, set[str]] = defaultdict(set)
    for row in candidate.volume.figures:
        rows[row.figure].add(row.id)
    record: Record[Publication] = candidate.title_page
    for index, figure in enumerate(candidate.volume.publication.figures):
        if figure.id in rows and not ({figure.id} | rows[figure.id]) & named:
            yield record.problem(f"figures.{index}.id", f"'{figure.id}' stands on no page; print it with table, chart or value")


RULES = (
    Rule("empty-relationship", "Has every relationship its events?", empty_relationship, warning=True),
    Rule("no-incidents", "Has the issue its security catalogue?", no_incidents, warning=True),
    Rule("long-event", "Is every event a short line?", long_events, warning=True),
    Rule("event-twice", "Is an event that stands in two relationships meant to?", events_twice, warning=True),
    Rule("silent-days", "Is no third of the period without an event?", silent_days, warning=True),
    Rule("future-source", "Is every source older than the edition?", future_sources),
    Rule("empty-figure", "Has every declared table rows?", empty_figures),
    Rule("unused-figure", "Does every declared table stand on a page?", unused_figures, warning=True),
)
