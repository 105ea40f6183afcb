"""Two books -> what differs between them in one publication."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from macros import date_words, dates, indices, words
from macros.book import Book, Volume
from macros.changes.values import (
    LINKED,
    NO_INPUT,
    SCORES,
    SIGNED,
    TABLES,
    TEXTS,
    Changes,
    Field,
    IndexChange,
    PageChange,
    RowChange,
    SharedChange,
    What,
)
from macros.creators import Body, Person
from macros.fields import Row, Score
from macros.language import gettext
from macros.model import Event, Incident
from macros.vocabularies import Unit


@dataclass(frozen=True)
class _Side:
    """One of the two states."""

    book: Book
    volume: Volume | None
    pages: Mapping[str, str]


def compare(before: Book, after: Book, address: str, pages_before: Mapping[str, str], pages_after: Mapping[str, str]) -> Changes:
    """Find everything that differs.

    Args:
        before: The book of the published state, such as that of an edition's `source/` tree.
        address: Which publication; where one book does not have it, all of it is added or removed.
        pages_before: Its pages as published: path below docs/<address>/ -> text.

    Returns:
        The differences; rows in their present order, then those that are gone.

    Raises:
        LookupError: Neither book has the publication.
    """
    old = _Side(before, before.find(address), pages_before)
    new = _Side(after, after.find(address), pages_after)
    volume = new.volume or old.volume
    if volume is None:
        raise LookupError(f"there is no publication {address}")
    rows = [row for name, noun, pick in TABLES for row in _rows(old, new, f"data/{address}/{name}", noun, pick)]
    rows += _title_page(old, new, address)
    return Changes(
        address=address,
        title=words.label(volume),
        rows=tuple(rows),
        pages=tuple(_pages(f"docs/{address}/", pages_before, pages_after)),
        shared=tuple(_shared(old, new)),
        indices=tuple(_indices(old, new)),
    )


# Fields


@dataclass(frozen=True)
class _Cell:
    """A field as it is written, by which it is compared, and as people read it."""

    written: str
    read: str


def _cells(book: Book, name: str, value: Any, path: str = "") -> Iterator[tuple[str, _Cell]]:
    """Every filled field below a value, by its dotted path."""
    prefix = f"{path}." if path else ""
    if isinstance(value, Row) and not isinstance(value, Person | Body):
        for field in type(value).model_fields:
            if path or field not in NO_INPUT:
                yield from _cells(book, name, getattr(value, field), prefix + field) if field != "id" else ()
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _cells(book, name, part, f"{prefix}{key}")
    elif isinstance(value, tuple) and value and hasattr(value[0], "id"):
        for part in value:
            yield from _cells(book, name, part, prefix + part.id)
    elif value is not None and value != ():
        field = path.rpartition(".")[2]
        yield path, _Cell(_written(value), _read(book, field, LINKED.get((name, field)), value))


def _written(value: Any) -> str:
    if isinstance(value, Person | Body):
        return "{" + ", ".join(f"{field}: {text}" for field, text in value.model_dump(exclude_none=True).items()) + "}"
    return json.dumps([_written(part) for part in value], ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _read(book: Book, field: str, kind: str | None, value: Any) -> str:
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case int():
            return words.signed(value) if field in SIGNED else str(value)
        case Decimal():
            return words.signed(value) if field in SIGNED else words.plain(value)
        case dates.Period():
            return date_words.human(value)
        case Person() | Body():
            return value.name
        case tuple():
            return words.commas(_read(book, field, kind, part) for part in value)
    return _label(book, kind, str(value)) if kind else str(value)


def _label(book: Book, kind: str, word: str) -> str:
    """What readers see for a word that refers to something shared."""
    if kind == "sources":
        source = book.sources.get(word)
        return words.commas((*source.authors, source.title or source.about or "")) if source else word
    if kind == "relationships":
        return next((relationship.label for relationship in book.relationships if relationship.id == word), word)
    if kind == "bands":
        return next((band.label for band in book.scales.tension if band.id == word), word)
    label = getattr(book.vocabularies, kind).get(word, word)
    return label.label if isinstance(label, Unit) else str(label)


def _fields(was: Mapping[str, _Cell], now: Mapping[str, _Cell]) -> tuple[Field, ...]:
    """The fields that are written otherwise; as written, where people would read the same twice."""
    fields = []
    for name in dict.fromkeys([*now, *was]):
        before, after = was.get(name), now.get(name)
        if before and after and before.written != after.written:
            same = before.read == after.read
            fields.append(Field(name, before.written if same else before.read, after.written if same else after.read))
        elif not (before and after):
            fields.append(Field(name, before.read if before else None, after.read if after else None))
    return tuple(fields)


def _what(fields: Iterable[Field], came: bool, went: bool) -> What:
    names = {field.name.rpartition(".")[2] for field in fields}
    if came or went:
        return "added" if came else "removed"
    return "rescored" if names & SCORES else "reworded" if names <= TEXTS else "changed"


# Rows, pages, shared entries, indices


def _rows(old: _Side, new: _Side, file: str, noun: str, pick: Callable[[Volume], Sequence[Any]]) -> Iterator[RowChange]:
    was, now = ({row.id: row for row in pick(side.volume)} if side.volume else {} for side in (old, new))
    name = file.rpartition("/")[2]
    for row_id in dict.fromkeys([*now, *was]):
        before = dict(_cells(old.book, name, was.get(row_id)))
        after = dict(_cells(new.book, name, now.get(row_id)))
        fields = _fields(before, after)
        if fields:
            what = _what(fields, row_id not in was, row_id not in now)
            side, row = (new, now[row_id]) if row_id in now else (old, was[row_id])
            moves = tuple(series for column, series in _columns(side.book, row) if any(field.name == column for field in fields))
            yield RowChange(file, row_id, noun, what, fields, moves)
    order = _order(was, now)
    if order and name not in ("events.csv", "incidents.csv"):  # catalogues are shown in the order of their dates
        yield RowChange(file, "", f"order of {noun}s", "changed", (order,))


def _columns(book: Book, row: Any) -> list[tuple[str, str]]:
    if isinstance(row, Event):
        return [("score", row.relationship)]
    return [(column, series.id) for column, series in indices.security_series(book).items()] if isinstance(row, Incident) else []


def _order(was: Collection[str], now: Collection[str]) -> Field | None:
    """The stretch of what both lists hold that stands in another order."""
    before, after = [key for key in was if key in now], [key for key in now if key in was]
    moved = [position for position, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    if not moved:
        return None
    stretch = slice(moved[0], moved[-1] + 1)
    return Field("order", ", ".join(before[stretch]), ", ".join(after[stretch]))


def _title_page(old: _Side, new: _Side, address: str) -> Iterator[RowChange]:
    """One change for each line of the title page; an index that it prints is one line."""
    was, now = (
        dict(_cells(side.book, "publication.yml", side.volume.publication)) if side.volume else dict[str, _Cell]() for side in (old, new)
    )
    groups: dict[str, list[Field]] = {}
    for field in _fields(was, now):
        group, _, last = field.name.rpartition(".")
        groups.setdefault(group or last, []).append(Field(last, field.before, field.after))
    for group, fields in groups.items():
        came, went = ((not any(key == group or key.startswith(f"{group}.") for key in side)) for side in (was, now))
        noun = "printed index" if group.startswith("published_indices.") else "line of the title page"
        yield RowChange(f"data/{address}/publication.yml", group, noun, _what(fields, came, went), tuple(fields))


def _pages(folder: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[PageChange]:
    for page in sorted({*was, *now}):
        if page not in was or page not in now:
            yield PageChange(folder + page, "added" if page in now else "removed")
        elif was[page] != now[page]:
            before, after = was[page].split("\n"), now[page].split("\n")
            same = next((position for position, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
            sides = ("".join(lines[same : same + 1]) for lines in (before, after))
            yield PageChange(folder + page, "changed", min(same, len(after) - 1) + 1, *sides)


def _shared(old: _Side, new: _Side) -> Iterator[SharedChange]:
    """Differences of the entries that both states use; one that only one state uses came or went with its rows."""
    was, now = _used(old), _used(new)
    for identity, entry in now.items():
        if identity in was:
            name, what, key = identity
            for field in _fields(was[identity], entry):
                group, _, last = field.name.rpartition(".")
                yield SharedChange(f"data/{name}", what, f"{key}.{group}" if group else key, last or key, field.before, field.after)
    order = _order(*([key for name, _, key in side if name == "relationships.yml"] for side in (was, now)))
    if order:
        yield SharedChange("data/relationships.yml", "relationship", "", "order", order.before, order.after)


_Identity = tuple[str, Literal["source", "relationship", "scale", "word"], str]


def _used(side: _Side) -> dict[_Identity, dict[str, _Cell]]:
    """Every shared entry that a state uses."""
    book, volume = side.book, side.volume
    if volume is None:
        return {}
    entries: dict[_Identity, Any] = {
        ("sources.yml", "source", key): book.sources[key] for key in used_sources(volume, side.pages) if key in book.sources
    }
    entries |= {("relationships.yml", "relationship", relationship.id): relationship for relationship in book.covered(volume)}
    scales = [
        *(["relationship"] if volume.events else []),
        *(["security", "security_series", "tension", "gap"] if volume.incidents else []),
    ]
    entries |= {("scales.yml", "scale", name): getattr(book.scales, name) for name in scales}
    for kind, used in used_words(volume).items():
        entries |= {("vocabularies.yml", "word", f"{kind}.{word}"): getattr(book.vocabularies, kind)[word] for word in used}
    return {identity: dict(_cells(book, identity[0], entry)) for identity, entry in entries.items()}


def _indices(old: _Side, new: _Side) -> Iterator[IndexChange]:
    was, now = ({index.series: index for index in indices.indices(side.book, side.volume)} if side.volume else {} for side in (old, new))
    for series in dict.fromkeys([*now, *was]):
        before, after = was.get(series), now.get(series)
        if _numbers(before) != _numbers(after):
            yield IndexChange(series, (now.get(series) or was[series]).label, before, after)


def _numbers(index: indices.Index | None) -> tuple[Score, Score, Score, str] | None:
    """What of an index counts as a difference; how its band is painted does not."""
    return (index.aggregate, index.positive, index.negative, index.band.id if index.band else "") if index else None


def used_sources(volume: Volume, pages: Mapping[str, str]) -> list[str]:
    """Keys of the sources that a publication rests on.

    Args:
        pages: Its pages; what they cite counts.

    Returns:
        The original, what rows, recommendations and judgements name, what pages cite; sorted.
    """
    # that a word begins at "cite" is asked behind it, because a literal beginning is found faster
    calls = (call for text in pages.values() if "cite(" in text for call in re.findall(r"cite(?<=\bcite)\(([^)]*)\)", text))
    cited = {key for call in calls for _, key in re.findall(r"""(["'])(.*?)\1""", call)}
    return sorted({*_words(volume)["sources"], *cited})


def used_words(volume: Volume) -> dict[str, list[str]]:
    """Words of vocabularies.yml that the rows of a publication hold: name of the list -> words, sorted."""
    shared = {"sources", "relationships"}
    return {kind: sorted(used) for kind, used in _words(volume).items() if kind not in shared}


def _words(volume: Volume) -> dict[str, set[str]]:
    words_by_kind: dict[str, set[str]] = {"sources": {volume.publication.original} if volume.publication.original else set()}
    for name, _, pick in TABLES:
        rows = pick(volume)
        for field, kind in ((field, kind) for (table, field), kind in LINKED.items() if table == name):
            for value in filter(None, {getattr(row, field, None) for row in rows}):
                words_by_kind.setdefault(kind, set()).update(value if isinstance(value, tuple) else [value])
    return words_by_kind
