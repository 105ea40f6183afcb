"""Rules about texts in other languages: each language is declared, and what is declared is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from macros.load import Files, Folder, Table
from macros.model import FILES, Publication
from macros.problems import Problem, allowed
from macros.rules._tables import records_of
from macros.translations import texts

RELEASE = "release.yml"
"""What the team decided, which readers do not see."""
LISTED = 12
"""Of more lines than this the rest are counted."""


def declared_languages(files: Files) -> Iterator[Problem]:
    """Find translations into a language that neither the site nor the publication declares, or that is its own."""
    if files.language:  # the same files, whose own languages are asked about where they are read in these
        return
    site = {tag for item in files.table("series.yml").items for tag in item.translations}
    everywhere = {*site, *(tag for folder in files.folders.values() for tag in _declared(folder))}
    for table in files.shared.values():
        yield from _undeclared(table, everywhere, "translations in series.yml or in a publication.yml")
    for folder in files.folders.values():
        if folder.table("publication.yml").items:
            for table in folder.tables.values():
                yield from _undeclared(table, _declared(folder), f"translations in data/{folder.address}/publication.yml")
    for record in [*files.table("series.yml"), *(record for _, record in records_of(files, "publication.yml"))]:
        if record.item.language in record.item.translations:
            message = f"names {record.item.language}, the language of the text itself; name the others alone"
            yield record.problem("translations", message)


def _declared(folder: Folder) -> tuple[str, ...]:
    items: tuple[Publication, ...] = folder.table("publication.yml").items
    return tuple(tag for tag in items[0].translations if tag != items[0].language) if items else ()


def _undeclared(table: Table[Any], languages: Collection[str], where: str) -> Iterator[Problem]:
    """One finding for each name of a translation, such as `event_ru`, on the first line that has one."""
    names: dict[str, Problem] = {}
    for record in table:
        for translation in record.translations:
            if not translation.fault and translation.tag not in languages and translation.name not in names:
                line = record.lines.get(translation.field, record.line)
                message = f"is in a language that is not declared under {where}; {allowed(translation.tag, languages)}"
                names[translation.name] = Problem(table.path, line, translation.name, message)
    yield from names.values()


def complete_translations(files: Files, doubtful: Collection[str]) -> Iterator[Problem]:
    """Find the texts of a publication that is declared as translated and that have no translation; not in files at fault."""
    if files.language:
        return
    rows = {file.name: file.row for file in FILES}
    for folder in files.folders.values():
        for name, table in ((name, table) for name, table in folder.tables.items() if table.path not in doubtful):
            for tag in _declared(folder) if name != RELEASE else ():
                yield from _missing(table, rows[name], tag)


def _missing(table: Table[Any], row: Any, tag: str) -> Iterator[Problem]:
    lines: dict[str, list[int]] = {}
    for record in table:
        there = {translation.field for translation in record.translations if translation.text is not None}
        for path in texts(record.item, row):
            if f"{path}_{tag}" not in there:
                name = f"{path.rpartition('.')[2]}_{tag}"
                lines.setdefault(name, []).append(record.lines.get(path, record.line))
    for name, numbers in lines.items():
        yield Problem(table.path, numbers[0], name, f"{_counted(numbers)}; the publication is declared as translated into {tag}")


def _counted(lines: list[int]) -> str:
    if len(lines) == 1:
        return "is missing"
    more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return f"{len(lines)} have none: lines {', '.join(map(str, lines[:LISTED]))}{more}"
