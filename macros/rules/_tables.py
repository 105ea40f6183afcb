"""What the rules have in common: tables, and the finding that a word is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from macros.load import Files, Folder, Record
from macros.model import Publication
from macros.problems import Problem, allowed
from macros.scales import Scales

Findings = Iterator[Problem]


def records_of(files: Files, name: str) -> Iterator[tuple[Folder, Record[Any]]]:
    for folder in files.folders.values():
        for record in folder.table(name):
            yield folder, record


def catalogued(files: Files) -> Iterator[tuple[Publication, Record[Any]]]:
    """Every event and every incident, and the issue it belongs to."""
    for folder in files.folders.values():
        if publication := folder.table("publication.yml").first:
            for record in (*folder.table("events.csv"), *folder.table("incidents.csv")):
                yield publication, record


def scales_of(files: Files) -> Scales | None:
    """The scales; those of a monitor without the file are empty, and None where the file cannot be read."""
    table = files.table("scales.yml")
    at_fault = any(problem.path == table.path for problem in files.problems)
    return table.first or (None if at_fault else Scales())


def security_ids(files: Files) -> list[str]:
    """Ids of the security indices; none where no incidents are scored."""
    scales = scales_of(files)
    pair = scales.security_series if scales else None
    return [pair.national.id, pair.regional.id] if pair else []


def unknown(record: Record[Any], field: str, word: str | None, words: list[str] | None, kind: str) -> Findings:
    if word is not None and words is not None and word not in words:
        yield record.problem(field, f"'{word}' is not one of the {kind}; {allowed(word, words)}")


def twice(records: Iterable[Record[Any]], identity: Callable[[Any], str], field: str = "id") -> Findings:
    seen: dict[str, Record[Any]] = {}
    for record in records:
        first = seen.setdefault(identity(record.item), record)
        if first is not record:
            yield record.problem(field, f"'{identity(record.item)}' is already at {first.path}:{first.line}; each stands once")


def twice_inside(record: Record[Any], name: str, items: Iterable[Any]) -> Findings:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            yield record.problem(f"{name}.{index}.id", f"'{item.id}' is already used in this list; each id stands once")
        seen.add(item.id)
