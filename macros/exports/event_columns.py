"""Every event and incident of some issues as columns for the page that filters them, and their words year by year.

Rows stand in order of date, so that a column of days holds small steps. Every other column is a text with one letter for
each row, the number of something in a list that stands once: half as long, packed, as a list of numbers. The columns come
with the page; the words of a year are asked for when rows of it are shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from macros import date_words, indices
from macros.book import Book, Volume
from macros.fields import Score, as_json
from macros.json_text import compact
from macros.language import gettext
from macros.model import Event, Incident, Source
from macros.target import edition_path

SECURITY = "security"
"""The section under which the incidents of an issue stand."""
COLUMNS = "columns.json"
ZERO = ord("0")
"""The letter that stands for 0; the next one stands for 1, and so on."""
LETTERS = 50_000
"""How many numbers have a letter; those behind would stand for halves of letters."""


@dataclass(frozen=True)
class Entry:
    """One row, and the issue that it belongs to."""

    volume: Volume
    row: Event | Incident

    @property
    def section(self) -> str:
        """The page of the issue on which it stands."""
        return self.row.relationship if isinstance(self.row, Event) else SECURITY

    @property
    def scores(self) -> tuple[Score | None, ...]:
        """Its one score, or the two of an incident, of which one may be missing."""
        return (self.row.score,) if isinstance(self.row, Event) else (self.row.national, self.row.regional)

    @cached_property
    def begin(self) -> date:
        """The day on which it stands in the list; of one that has no begin, where its issue begins, or its end."""
        period = self.volume.publication.period
        return self.row.date.known_first or min(self.row.date.last, period.first if period else date.max)

    @cached_property
    def end(self) -> date:
        """Until when it is drawn; of one that has no end, as far as its issue goes."""
        period = self.volume.publication.period
        return self.row.date.known_last or max(self.row.date.first, period.last if period else date.min)


def entries(volumes: Iterable[Volume]) -> tuple[Entry, ...]:
    """Every row of some issues, in order of first day, last day, issue and id."""
    rows = [Entry(volume, row) for volume in volumes for row in rows_of(volume)]
    return tuple(sorted(rows, key=_age))


def rows_of(volume: Volume) -> Iterator[Event | Incident]:
    """The events of an issue, then its incidents."""
    yield from volume.events
    yield from volume.incidents


def _age(entry: Entry) -> tuple[date, date, int, str]:
    return entry.begin, entry.end, entry.volume.publication.number or 0, entry.row.id


def origin(entry: Entry, sources: Mapping[str, Source]) -> str:
    """Who published what a row rests on; nothing where that is the original of its issue."""
    return "" if entry.row.source == entry.volume.publication.original else _publisher(sources[entry.row.source])


def _publisher(source: Source) -> str:
    return source.publisher or source.title or source.about or ""


def files(book: Book, volumes: Sequence[Volume], corrected: Collection[str] = ()) -> dict[str, bytes]:
    """The files of the columns and of each year.

    Args:
        volumes: The issues, newest first.
        corrected: Ids of the rows that an edition after the first changed or added.

    Returns:
        Name -> JSON; the columns under `columns.json`, the words of a year under `2021.json`.
    """
    rows = entries(volumes)
    years: dict[int, list[Entry]] = {}
    for entry in rows:
        years.setdefault(entry.begin.year, []).append(entry)
    contents = {f"{year}.json": _dumped(_words(book, listed)) for year, listed in years.items()}
    stamps = [[year, len(listed), hashlib.sha256(contents[f"{year}.json"]).hexdigest()[:8]] for year, listed in years.items()]
    return {COLUMNS: _dumped({"years": stamps, **_columns(book, volumes, rows, corrected)}), **contents}


def _columns(book: Book, volumes: Sequence[Volume], rows: Sequence[Entry], corrected: Collection[str]) -> dict[str, Any]:
    """What rows are filtered by: lists that stand once, then the columns; two of these are of incidents alone."""
    sections = [*((relationship.id, relationship.label) for relationship in book.relationships), (SECURITY, gettext("Security"))]
    positions = {volume.address: number for number, volume in enumerate(volumes)}
    kinds = {name: number for number, (name, _) in enumerate(sections)}
    incidents = [entry.row for entry in rows if isinstance(entry.row, Incident)]
    categories = {key: number for number, key in enumerate(dict.fromkeys(row.category for row in incidents))}
    origins = [origin(entry, book.sources) for entry in rows]
    publishers = {name: number for number, name in enumerate(dict.fromkeys(["", *origins]))}
    ends = [entry.end for entry in rows]
    days = [entry.begin.toordinal() for entry in rows]
    scores = [score for entry in rows for score in entry.scores]
    whole = [score for score in scores if isinstance(score, int)]
    lowest, highest = min(whole, default=0), max(whole, default=0)
    plain = len(whole) == len(scores) and highest - lowest < LETTERS
    column = partial(_scores, plain, lowest)
    return {
        "issues": [_issue(volume) for volume in volumes],
        "sections": sections,
        "scales": [index.label for index in indices.security_series(book).values()],
        **_turned(book),
        "categories": [(key, book.vocabularies.categories[key]) for key in categories],
        "sources": list(publishers),
        "begin": rows[0].begin.isoformat() if rows else "",
        "day": [later - day for day, later in zip([*days[:1], *days], days, strict=False)],
        "length": _lengths([(end - entry.begin).days for entry, end in zip(rows, ends, strict=True)]),
        "lowest": lowest if plain else 0,
        "issue": _letters(positions[entry.volume.address] for entry in rows),
        "section": _letters(kinds[entry.section] for entry in rows),
        "score": column([entry.scores[0] for entry in rows]),
        "regional": column([row.regional for row in incidents]),
        "category": _letters(categories[row.category] for row in incidents),
        "source": _letters(publishers[name] for name in origins),
        "corrected": [number for number, entry in enumerate(rows) if entry.row.id in corrected],
    }


def _turned(book: Book) -> dict[str, list[str]]:
    """The scales on which a higher score is worse; nothing where there is none."""
    scales = {"relationship": book.scales.relationship, "security": book.scales.security}
    turned = [name for name, scale in scales.items() if scale and scale.sign < 0]
    return {"turned": turned} if turned else {}


def _scores(plain: bool, lowest: int, scores: Sequence[Score | None]) -> str | list[float | None]:
    """A column of scores: letters where all are whole and near to one another, and else numbers, with None where one is missing."""
    if plain:
        return _letters(int(score or 0) - lowest for score in scores)
    return [None if score is None else as_json(score) for score in scores]


def _lengths(days: Sequence[int]) -> str | list[int]:
    return _letters(days) if max(days, default=0) < LETTERS else list(days)


def _letters(numbers: Iterable[int]) -> str:
    return "".join(chr(ZERO + number) for number in numbers)


def _issue(volume: Volume) -> dict[str, Any]:
    publication = volume.publication
    return {
        "number": publication.number,
        **({"shown": publication.printed} if publication.printed else {}),
        "title": publication.title,
        "period": date_words.human(publication.period) if publication.period else "",
        "edition": volume.edition.number,
        "path": edition_path(volume.address, volume.edition.number),
    }


def _words(book: Book, rows: Sequence[Entry]) -> dict[str, Any]:
    """What rows say, in the order of the columns."""
    sources = {key: number for number, key in enumerate(dict.fromkeys(entry.row.source for entry in rows))}
    return {
        "id": [entry.row.id for entry in rows],
        "date": [entry.row.date.text for entry in rows],
        "last": [entry.end.isoformat() for entry in rows],
        "when": [date_words.human(entry.row.date) for entry in rows],
        "event": [entry.row.event for entry in rows],
        "source": [sources[entry.row.source] for entry in rows],
        "sources": [(key, _publisher(book.sources[key]), book.sources[key].url) for key in sources],
    }


def _dumped(value: dict[str, Any]) -> bytes:
    return f"{compact(value)}\n".encode()
