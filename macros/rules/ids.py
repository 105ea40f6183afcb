"""Is every id told apart from every other, and fit for its place?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.load import Files, Record
from macros.model import Event, same_event
from macros.rules._tables import Findings, catalogued, records_of, security_ids, twice, twice_inside


def unique_ids(files: Files) -> Findings:
    """No id stands twice where it must tell things apart."""
    yield from twice(files.table("relationships.yml"), lambda relationship: relationship.id)
    yield from twice(files.table("published_indices.csv"), lambda row: f"{row.issue} {row.series}", "series")
    for name in ("events.csv", "incidents.csv"):
        yield from twice([record for _, record in records_of(files, name)], lambda row: row.id)
    for folder in files.folders.values():
        yield from twice([*folder.table("trade.csv"), *folder.table("figures.csv")], lambda row: row.id)
        yield from twice(folder.table("judgements.yml"), lambda judgement: judgement.id)
        yield from twice(folder.table("recommendations.yml"), lambda recommendation: recommendation.id)
        for record in folder.table("publication.yml"):
            yield from twice_inside(record, "figures", record.item.figures)
        for record in folder.table("points.yml"):
            yield from twice_inside(record, "points", record.item.points)
            yield from twice_inside(record, "sections", record.item.sections)


def catalogue_ids(files: Files) -> Findings:
    """An id of a catalogue begins with its issue and its series, where that series exists."""
    relationships = files.table("relationships.yml").names
    for publication, record in catalogued(files):
        series = record.item.relationship if isinstance(record.item, Event) else "security"
        series_exists = series == "security" or series in relationships
        if series_exists and record.item.id.rpartition("-")[0] != f"{publication.number}-{series}":
            message = f"'{record.item.id}' does not fit its row; here it begins with {publication.number}-{series}-"
            yield record.problem("id", message)


PAGES = ("index", "data", "cite")
"""Pages that a publication has of itself: no further page can stand at their addresses."""
PAGE_IDS = ("content", "edition-status", "files", "figures", "sources", "notes", "cite-chicago", "cite-apa", "cite-address")
"""Ids that pages have of themselves: no row can be linked by them."""


def taken_ids(files: Files) -> Findings:
    """No id is one that the pages of every publication have anyway, and no two series share one."""
    series = security_ids(files)
    for record in files.table("relationships.yml"):
        yield from _taken(record, "id", record.item.id, (*PAGES, "events", "security", *series))
    for record in files.table("scales.yml"):
        if series and len(set(series)) == 1:
            yield record.problem("security_series.regional.id", f"'{series[0]}' is the id of the other index too; each has its own")
        yield from twice_inside(record, "tension", record.item.tension)
    for folder, record in records_of(files, "publication.yml"):
        for index, name in enumerate(record.item.contents):
            sections = (*files.table("relationships.yml").names, "security", "events") if record.item.kind == "issue" else ()
            yield from _taken(record, f"contents.{index}", name, (*PAGES, *sections, *record.item.contents[:index]))
        for row in (*folder.table("trade.csv"), *folder.table("figures.csv")):
            beginning = next((start for start in ("figure-", "source-", "chart-") if row.item.id.startswith(start)), None)
            yield from _taken(row, "id", row.item.id, (*PAGE_IDS, *([row.item.id] if beginning else [])))
    for _, record in records_of(files, "points.yml"):
        for index, section in enumerate(record.item.sections):
            yield from _taken(record, f"sections.{index}.id", section.id, (*PAGE_IDS, *(point.id for point in record.item.points)))


def _taken(record: Record[Any], field: str, name: str, taken: Iterable[str]) -> Findings:
    if name in taken:
        yield record.problem(field, f"'{name}' is taken by the pages of this site; choose another")


def component_ids(files: Files) -> Findings:
    """The parts of a recommendation carry its id and a letter."""
    for _, record in records_of(files, "recommendations.yml"):
        for index, part in enumerate(record.item.components):
            wanted = f"{record.item.id}-{chr(ord('a') + index)}"
            if part.id != wanted:
                yield record.problem(f"components.{index}.id", f"'{part.id}' is out of order; here it is {wanted}")


def entered_twice(files: Files) -> Findings:
    """The same thing on the same date stands once in a catalogue, unless its row says which other row it repeats."""
    for name in ("events.csv", "incidents.csv"):
        seen: dict[tuple[str, ...], list[Record[Any]]] = {}
        for folder, record in records_of(files, name):
            row = record.item
            before = seen.setdefault((folder.address, getattr(row, "relationship", ""), *same_event(row)), [])
            if row.repeats is not None:
                if row.repeats not in [other.item.id for other in before]:
                    yield record.problem(
                        "repeats", f"'{row.repeats}' is no row above with the same date and words; name the row it repeats"
                    )
            elif before and before[0].item.id != row.id:
                first = before[0]
                message = (
                    f"is the same event as {first.item.id} in line {first.line}; each event is entered once, "
                    f"and another one like it says so in the column repeats"
                )
                yield record.problem("event", message)
            before.append(record)
