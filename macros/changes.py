"""What differs between two states of one publication: computed from the data, said to people.

Both states are books, so a published edition is compared through the `source/` tree that it carries.
Not compared, on purpose: `published_indices.csv`, because a frozen page says what was known of other
issues on its day, and an entry about another issue mends nothing in this one; `editions`, because a
list that grows is how a change is announced; `status` and `withdrawal`, because a withdrawn edition
keeps its words; `series.yml`, because masthead, address and licences dress the whole site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from macros import dates, indices, words
from macros.book import Book, Volume
from macros.load import Files
from macros.model import Band, Event, Incident, Person, Row, Unit
from macros.problems import Problem
from macros.validate import REFERENCES

What = Literal["added", "removed", "rescored", "reworded", "changed"]
WHAT: tuple[What, ...] = ("added", "removed", "rescored", "reworded", "changed")
SCORES = {"score", "national", "regional", "value", "change", "aggregate", "positive", "negative"}
"""Fields whose change makes a row rescored; scores and indices among them are written with a sign."""
SIGNED = SCORES - {"value", "change"}
TEXTS = {"event", "title", "subtitle", "abstract", "text", "note", "item", "product", "group", "keywords"}
"""Fields whose change, where nothing else changed, makes a row reworded."""
NO_INPUT = {"id", "editions", "status", "withdrawal", "figures"}
"""Fields that are no part of a row or title page: its id, what is no input, what is compared row by row."""
LINKED = {(name, field): kind for name, field, kind in REFERENCES} | {("publication.yml", "band"): "bands"}
TABLES: tuple[tuple[str, str, Callable[[Volume], Sequence[Any]]], ...] = (
    ("events.csv", "event", lambda volume: volume.events),
    ("incidents.csv", "incident", lambda volume: volume.incidents),
    ("trade.csv", "trade figure", lambda volume: volume.trade),
    ("figures.csv", "stated number", lambda volume: volume.figures),
    ("points.yml", "section", lambda volume: volume.points.sections if volume.points else ()),
    ("points.yml", "point", lambda volume: volume.points.points if volume.points else ()),
    ("recommendations.yml", "recommendation", lambda volume: volume.recommendations),
    ("judgements.yml", "judgement", lambda volume: volume.judgements),
    ("publication.yml", "table", lambda volume: volume.publication.figures),
)
"""File, what one of its rows is called, and where a volume keeps them."""
PLURALS = {"line of the title page": "lines of the title page", "printed index": "printed indices"}


@dataclass(frozen=True)
class Field:
    """One field before and after, as people read it; None where it was or is empty."""

    name: str
    before: str | None
    after: str | None

    @property
    def label(self) -> str:
        """Its name in a sentence: `change unit`, `r-1-a text`."""
        return re.sub(r"[._]", " ", self.name.removeprefix("components."))


@dataclass(frozen=True)
class RowChange:
    """One row, entry or line of the title page that differs.

    Attributes:
        file: Its file: `data/issues/19/events.csv`.
        id: Its id; the field's name on a title page; empty where only the order of rows differs.
        noun: What it is called: event, recommendation ...
        what: added, removed, rescored (a score or value), reworded (texts alone), changed (anything else).
        fields: The fields that differ; all of them where the row was added or removed.
        moves: Ids of the indices that it moves.
    """

    file: str
    id: str
    noun: str
    what: What
    fields: tuple[Field, ...]
    moves: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields for a table; a row that came or went is one line."""
        if self.what not in ("added", "removed") or len(self.fields) == 1:
            return self.fields
        sides = [[f"{one.label} {value}" for one in self.fields if (value := getattr(one, side))] for side in ("before", "after")]
        return (Field("row", *("; ".join(side) or None for side in sides)),)


@dataclass(frozen=True)
class PageChange:
    """One page that differs, and the first line that does (1 where it is gone)."""

    path: str
    what: Literal["added", "removed", "changed"]
    line: int = 1


@dataclass(frozen=True)
class SharedChange:
    """One field of a shared entry that the publication used before and still uses."""

    file: str
    what: Literal["source", "relationship", "scale", "word"]
    key: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Values:
    """An index at one time."""

    aggregate: int
    positive: int
    negative: int
    band: Band | None = None

    @property
    def key(self) -> tuple[int, int, int, str]:
        """What counts as a difference; how a band is painted does not."""
        return self.aggregate, self.positive, self.negative, self.band.id if self.band else ""


@dataclass(frozen=True)
class IndexChange:
    """One index that differs; None where there was or is none."""

    series: str
    label: str
    before: Values | None
    after: Values | None

    @property
    def banded(self) -> bool:
        """Whether it has a band, before or after."""
        return any(side is not None and side.band is not None for side in (self.before, self.after))

    def part(self, name: str, arrow: str = "→") -> str:
        """One part of it before and after: `+4 → +5`, or `+4` where that part is as it was."""
        return _arrow(_part(self.before, name), _part(self.after, name), arrow)


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two states of one publication. False where nothing does."""

    address: str
    title: str
    rows: tuple[RowChange, ...] = ()
    pages: tuple[PageChange, ...] = ()
    shared: tuple[SharedChange, ...] = ()
    indices: tuple[IndexChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.pages or self.shared or self.indices)


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
        after: The book of the state as it is now.
        address: Which publication; where one book does not have it, all of it is added or removed.
        pages_before: Its pages as published: path below docs/<address>/ -> text.
        pages_after: Its pages as they are now.

    Returns:
        The differences; rows in their present order, then those that are gone.

    Raises:
        LookupError: Neither book has the publication.
    """
    old = _Side(before, _find(before, address), pages_before)
    new = _Side(after, _find(after, address), pages_after)
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


def _find(book: Book, address: str) -> Volume | None:
    return next((volume for volume in book.volumes if volume.address == address), None)


# Fields


@dataclass(frozen=True)
class _Cell:
    """A field as it is written, by which it is compared, and as people read it."""

    written: str
    read: str


def _cells(book: Book, name: str, value: Any, place: str = "") -> Iterator[tuple[str, _Cell]]:
    """Every filled field below a value, by its dotted place."""
    prefix = f"{place}." if place else ""
    if isinstance(value, Row) and not isinstance(value, Person):
        for field in type(value).model_fields:
            if place or field not in NO_INPUT:
                yield from _cells(book, name, getattr(value, field), prefix + field) if field != "id" else ()
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _cells(book, name, one, f"{prefix}{key}")
    elif isinstance(value, tuple) and value and hasattr(value[0], "id"):
        for one in value:
            yield from _cells(book, name, one, prefix + one.id)
    elif value is not None and value != ():
        field = place.rpartition(".")[2]
        yield place, _Cell(_written(value), _read(book, field, LINKED.get((name, field)), value))


def _written(value: Any) -> str:
    if isinstance(value, Person):
        return f"{value.family}, {value.given}"
    return json.dumps([_written(one) for one in value], ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _read(book: Book, field: str, kind: str | None, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return words.signed(value) if field in SIGNED else str(value)
        case Decimal():
            return words.plain(value)
        case dates.Period():
            return dates.human(value)
        case Person():
            return value.name
        case tuple():
            return ", ".join(_read(book, field, kind, one) for one in value)
    return _label(book, kind, str(value)) if kind else str(value)


def _label(book: Book, kind: str, word: str) -> str:
    """What readers see for a word that refers to something shared."""
    if kind == "sources":
        source = book.sources.get(word)
        return ", ".join((*source.authors, source.title or source.about or "")) if source else word
    if kind == "relationships":
        return next((one.label for one in book.relationships if one.id == word), word)
    if kind == "bands":
        return next((one.label for one in book.scales.tension if one.id == word), word)
    label = getattr(book.vocabularies, kind).get(word, word)
    return label.label if isinstance(label, Unit) else str(label)


def _fields(was: Mapping[str, _Cell], now: Mapping[str, _Cell]) -> tuple[Field, ...]:
    """The fields that are written otherwise; as written, where people would read the same twice."""
    found = []
    for name in dict.fromkeys([*now, *was]):
        one, two = was.get(name), now.get(name)
        if one and two and one.written != two.written:
            same = one.read == two.read
            found.append(Field(name, one.written if same else one.read, two.written if same else two.read))
        elif not (one and two):
            found.append(Field(name, one.read if one else None, two.read if two else None))
    return tuple(found)


def _what(fields: Iterable[Field], came: bool, went: bool) -> What:
    names = {field.name.rpartition(".")[2] for field in fields}
    if came or went:
        return "added" if came else "removed"
    return "rescored" if names & SCORES else "reworded" if names <= TEXTS else "changed"


# Rows, pages, shared entries, indices


def _rows(old: _Side, new: _Side, file: str, noun: str, pick: Callable[[Volume], Sequence[Any]]) -> Iterator[RowChange]:
    was, now = ({row.id: row for row in pick(side.volume)} if side.volume else {} for side in (old, new))
    name = file.rpartition("/")[2]
    for row_id in [*now, *(one for one in was if one not in now)]:
        before = dict(_cells(old.book, name, was.get(row_id)))
        after = dict(_cells(new.book, name, now.get(row_id)))
        fields = _fields(before, after)
        if fields:
            what = _what(fields, row_id not in was, row_id not in now)
            side, row = (new, now[row_id]) if row_id in now else (old, was[row_id])
            moves = tuple(series for column, series in _columns(side.book, row) if any(one.name == column for one in fields))
            yield RowChange(file, row_id, noun, what, fields, moves)
    order = _order([one for one in was if one in now], [one for one in now if one in was])
    if order and name not in ("events.csv", "incidents.csv"):  # catalogues are shown in the order of their dates
        yield RowChange(file, "", f"order of {noun}s", "changed", (order,))


def _columns(book: Book, row: Any) -> list[tuple[str, str]]:
    if isinstance(row, Event):
        return [("score", row.relationship)]
    return [(column, one.id) for column, one in indices.security_series(book).items()] if isinstance(row, Incident) else []


def _order(was: list[str], now: list[str]) -> Field | None:
    """The stretch of a list that stands in another order."""
    moved = [place for place, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]]
    if not moved:
        return None
    stretch = slice(moved[0], moved[-1] + 1)
    return Field("order", ", ".join(was[stretch]), ", ".join(now[stretch]))


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
            same = next((place for place, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), len(before))
            yield PageChange(folder + page, "changed", min(same, len(after) - 1) + 1)


def _shared(old: _Side, new: _Side) -> Iterator[SharedChange]:
    """Differences of the entries that both states use; one that only one state uses came or went with its rows."""
    was, now = _used(old), _used(new)
    for place, entry in now.items():
        if place in was:
            name, what, key = place
            for field in _fields(was[place], entry):
                group, _, last = field.name.rpartition(".")
                yield SharedChange(f"data/{name}", what, f"{key}.{group}" if group else key, last or key, field.before, field.after)
    before, after = ([key for name, _, key in side if name == "relationships.yml"] for side in (was, now))
    order = _order([one for one in before if one in after], [one for one in after if one in before])
    if order:
        yield SharedChange("data/relationships.yml", "relationship", "", "order", order.before, order.after)


_Place = tuple[str, Literal["source", "relationship", "scale", "word"], str]


def _used(side: _Side) -> dict[_Place, dict[str, _Cell]]:
    """Every shared entry that a state uses."""
    book, volume = side.book, side.volume
    if volume is None:
        return {}
    found: dict[_Place, Any] = {
        ("sources.yml", "source", key): book.sources[key] for key in used_sources(volume, side.pages) if key in book.sources
    }
    found |= {("relationships.yml", "relationship", one.id): one for one in book.covered(volume)}
    scales = [
        *(["relationship"] if volume.events else []),
        *(["security", "security_series", "tension", "gap"] if volume.incidents else []),
    ]
    found |= {("scales.yml", "scale", name): getattr(book.scales, name) for name in scales}
    for kind, used in used_words(volume).items():
        found |= {("vocabularies.yml", "word", f"{kind}.{word}"): getattr(book.vocabularies, kind)[word] for word in used}
    return {place: dict(_cells(book, place[0], entry)) for place, entry in found.items()}


def _indices(old: _Side, new: _Side) -> Iterator[IndexChange]:
    was, now = _values(old), _values(new)
    for series in [*now, *(one for one in was if one not in now)]:
        before, after = was.get(series), now.get(series)
        if (before[1].key if before else None) != (after[1].key if after else None):
            label = (after or before or ("",))[0]
            yield IndexChange(series, label, before[1] if before else None, after[1] if after else None)


def _values(side: _Side) -> dict[str, tuple[str, Values]]:
    if side.volume is None or not (side.volume.events or side.volume.incidents):
        return {}
    found = indices.indices(side.book, side.volume)
    return {one.series: (one.label, Values(one.aggregate, one.positive, one.negative, one.band)) for one in found}


def used_sources(volume: Volume, pages: Mapping[str, str]) -> list[str]:
    """Keys of the sources that a publication rests on.

    Args:
        volume: The publication.
        pages: Its pages; what they cite counts.

    Returns:
        The original, what rows, recommendations and judgements name, what pages cite; sorted.
    """
    calls = (call for text in pages.values() for call in re.findall(r"\bcite\(([^)]*)\)", text))
    cited = {key for call in calls for _, key in re.findall(r"""(["'])(.*?)\1""", call)}
    return sorted({*_words(volume)["sources"], *cited})


def used_words(volume: Volume) -> dict[str, list[str]]:
    """Words of vocabularies.yml that the rows of a publication hold: name of the list -> words, sorted."""
    shared = {"sources", "relationships"}
    return {kind: sorted(used) for kind, used in _words(volume).items() if kind not in shared}


def _words(volume: Volume) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"sources": {volume.publication.original}}
    for name, _, pick in TABLES:
        for row in pick(volume):
            for field in type(row).model_fields:
                kind, value = LINKED.get((name, field)), getattr(row, field)
                if kind and value:
                    found.setdefault(kind, set()).update(value if isinstance(value, tuple) else [value])
    return found


# Said to people


def _part(values: Values | None, name: str) -> str:
    if values is None:
        return "none"
    value = getattr(values, name)
    return value.label if isinstance(value, Band) else words.signed(value) or "none"


def _arrow(before: str, after: str, arrow: str = "→") -> str:
    return before if before == after else f"{before} {arrow} {after}"


def excerpt(before: str | None, after: str | None, width: int = 300) -> tuple[str, str]:
    """Both sides of a field in one line each, cut around what differs.

    Args:
        before: Its text before.
        after: Its text after.
        width: How many characters of each at most.

    Returns:
        The two lines; a field that was or is empty is an empty line.
    """
    one, two = (re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*\n\s*", " ¶ ", (text or "").strip())) for text in (before, after))
    if one == two and before != after:
        two += " (other line breaks)"
    same = next((place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), min(len(one), len(two)))
    start = 0 if max(len(one), len(two)) <= width else one.rfind(" ", 0, max(0, same - width // 3)) + 1
    return _cut(one, start, width), _cut(two, start, width)


def _cut(text: str, start: int, width: int) -> str:
    return ("… " if start and text else "") + text[start : start + width].rstrip() + (" …" if len(text) > start + width else "")


def summary(changes: Changes) -> str:
    """The change in one sentence: `1 event rescored; Russia +20 → +21.`; nothing where nothing differs."""
    counts: dict[tuple[str, What], int] = {}
    for row in changes.rows:
        counts[row.noun, row.what] = counts.get((row.noun, row.what), 0) + 1
    nouns = dict.fromkeys(noun for noun, _ in counts)
    rows = [_counted(counts[noun, what], noun, what) for noun in nouns for what in WHAT if (noun, what) in counts]
    pages = [[one.what for one in changes.pages].count(what) for what in ("added", "removed", "changed")]
    told = [f"{words.counted(count, 'page')} {what}" for count, what in zip(pages, WHAT[:2] + WHAT[4:], strict=True) if count]
    shared = len({(one.file, one.key) for one in changes.shared})
    told += [f"{words.counted(shared, 'shared entry', 'shared entries')} changed"] if shared else []
    parts = [", ".join(rows), ", ".join(_told(one) for one in changes.indices), ", ".join(told)]
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _counted(count: int, noun: str, what: What) -> str:
    if noun.startswith("order of "):
        return f"{noun} {what}"
    return f"{words.counted(count, noun, PLURALS.get(noun))} {what}"


def _told(one: IndexChange, arrow: str = "→", brackets: tuple[str, str] = (" (", ")")) -> str:
    """One index in a sentence: `Regional tension −7 → −13 (Yellow → Orange)`."""
    if one.before is None or one.after is None:
        return f"{one.label} {_part(one.before, 'aggregate')} {arrow} {_part(one.after, 'aggregate')}"
    main = f"{one.label} {one.part('aggregate', arrow)}"
    names = [] if one.before.aggregate != one.after.aggregate else ["positive", "negative"]
    details = [f"{name} {text}" for name in names if arrow in (text := one.part(name, arrow))]
    bands = one.part("band", arrow) if one.before.band and one.after.band else ""
    details += [bands] if arrow in bands else []
    return main + (", ".join(details).join(brackets) if details else "")


def _sides(before: str | None, after: str | None, width: int) -> tuple[str, str]:
    one, two = excerpt(before, after, width)
    return one or "none", two or "none"


def as_text(changes: Changes) -> str:
    """The change for a terminal.

    Args:
        changes: What differs.

    Returns:
        Lines of plain text; one line where nothing differs.
    """
    head = f"{changes.address}: {changes.title}\n"
    if not changes:
        return f"{head}  Nothing differs.\n"
    lines = [f"  {summary(changes)}"]
    file = ""
    for row in changes.rows:
        lines += [f"  {row.file}"] if row.file != file else []
        file = row.file
        lines.append(f"    {row.id} {row.what}" if row.id else f"    {row.noun} {row.what}")
        lines += [f"      {one.label}: {' → '.join(_sides(one.before, one.after, 160))}" for one in row.shown]
    lines += ["  Indices"] if changes.indices else []
    for index in changes.indices:
        parts = [index.part("aggregate"), f"positive {index.part('positive')}", f"negative {index.part('negative')}", *_bands(index)]
        lines.append(f"    {index.label}: {', '.join(parts)}")
    lines += ["  Pages"] if changes.pages else []
    lines += [f"    {page.path} {page.what}" for page in changes.pages]
    lines += ["  Shared data"] if changes.shared else []
    for entry in changes.shared:
        sides = " → ".join(_sides(entry.before, entry.after, 160))
        lines.append(f"    {' '.join(part for part in (entry.file, entry.key, entry.field) if part)}: {sides}")
    return head + "\n".join(lines) + "\n"


def _bands(index: IndexChange) -> list[str]:
    """The band before and after, where the index has one."""
    return [index.part("band")] if index.banded else []


def as_markdown(changes: Changes) -> str:
    """The change for the summary of a job: a heading, a sentence, tables.

    Args:
        changes: What differs.

    Returns:
        Markdown; text from data is escaped.
    """
    blocks = [f"## {_escape(changes.title)} (`{changes.address}`)", _escape(summary(changes)) or "Nothing differs."]
    rows = [
        (row.what, f"`{row.id}`" if row.id else row.noun, one.label, *map(_escape, _sides(one.before, one.after, 300)))
        for row in changes.rows
        for one in row.shown
    ]
    values = [
        (_escape(one.label), *map(one.part, ("aggregate", "positive", "negative")), *(_bands(one) or [""])) for one in changes.indices
    ]
    shared = [
        (f"`{one.file}`", f"`{one.key}`" if one.key else "", one.field, *map(_escape, _sides(one.before, one.after, 300)))
        for one in changes.shared
    ]
    blocks += _table(("Index", "Value", "Positive", "Negative", "Colour"), values)
    blocks += _table(("What", "Row", "Field", "Before", "After"), rows)
    blocks += _table(("What", "Page"), [(page.what, f"`{page.path}`") for page in changes.pages])
    blocks += _table(("Shared file", "Entry", "Field", "Before", "After"), shared)
    return "\n\n".join(blocks) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["\n".join(f"| {' | '.join(cells)} |" for cells in lines)] if rows else []


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>&#|~@])", r"\\\1", text)


def as_dict(changes: Changes) -> dict[str, Any]:
    """The change as plain values, for JSON."""
    record = asdict(changes) | {"summary": summary(changes)}
    for one, index in zip(record["indices"], changes.indices, strict=True):
        for side in ("before", "after"):
            values: Values | None = getattr(index, side)
            one[side] = values and asdict(values) | {"band": values.band.id if values.band else None}
    return record


def as_json(changes: Changes) -> str:
    """The change as a JSON document: texts whole, as people read them; numbers of indices as numbers."""
    return json.dumps(as_dict(changes), ensure_ascii=False, indent=2) + "\n"


# Refused


def problems(changes: Changes, line_of: Callable[[str, str], int]) -> list[Problem]:
    """One finding for each changed row, page and shared field, for a published edition that is not announced anew.

    Args:
        changes: What differs.
        line_of: File and id -> line in the working tree, 1 where it is gone; see `lines`.

    Returns:
        The findings, in order of file and line.
    """
    way_out = f"; announce a next edition in data/{changes.address}/publication.yml, or undo the change"
    told = {one.series: _told(one, "->", (", ", "")) for one in changes.indices}
    found = []
    for row in changes.rows:
        moved = "; ".join(f"index of {told[series]}" for series in row.moves if series in told)
        line = line_of(row.file, row.id) if row.what != "removed" else 1
        field = "row" if row.what in ("added", "removed") or not row.id else _first(row).name.rpartition(".")[2]
        found.append(Problem(row.file, line, field, _refusal(row) + (f" ({moved})" if moved else "") + way_out))
    for page in changes.pages:
        said = {"added": "is new since publication", "removed": "was published and is gone", "changed": "differs from the published page"}
        found.append(Problem(page.path, page.line, "page", said[page.what] + way_out))
    for entry in changes.shared:
        change = _said(Field(entry.field, entry.before, entry.after))
        key = entry.key or f"list of {entry.what}s"
        found.append(Problem(entry.file, line_of(entry.file, entry.key), entry.field, f"{key} was published {change}{way_out}"))
    return sorted(found)


def _first(row: RowChange) -> Field:
    """The field that a finding is about: a score before anything else."""
    return next((one for one in row.fields if one.name.rpartition(".")[2] in SCORES), row.fields[0])


def _refusal(row: RowChange) -> str:
    if row.what == "added":
        return f"{row.id} is new since publication"
    if row.what == "removed":
        return f"{row.id} was published and is gone"
    first = _first(row)
    if first.name in (row.id, "order"):
        one, two = excerpt(first.before, first.after, 80)
        return f"{row.id or row.noun} was published as '{one}' and now is '{two}'"
    ordered = [first, *(one for one in row.fields if one is not first)]
    return f"{row.id or row.noun} was published {', and '.join(map(_said, ordered))}"


def _said(field: Field) -> str:
    """`with score 1 and now has 2`."""
    one, two = excerpt(field.before, field.after, 80)
    if field.name.rpartition(".")[2] in SCORES:
        one, two = one.removeprefix("+"), two.removeprefix("+")
    else:
        one, two = (f"'{text}'" if text else "" for text in (one, two))
    if not one:
        return f"without {field.label} and now has {two}"
    return f"with {field.label} {one} and now has {two or 'none'}"


def lines(files: Files) -> Callable[[str, str], int]:
    """Where rows, entries and lines of title pages stand, for `problems`.

    Args:
        files: What `load` read.

    Returns:
        A function: file and id -> line; 1 where there is none.
    """
    found: dict[tuple[str, str], int] = {}
    for table in [*files.shared.values(), *(one for folder in files.folders.values() for one in folder.tables.values())]:
        for record in table:
            name = record.key or getattr(record.item, "id", "")
            for place, line in record.lines.items() if not name else [(name, record.line)]:
                found[table.path, place] = line
            for inner in ("figures", "points", "sections", "tension"):
                for position, one in enumerate(getattr(record.item, inner, ())):
                    line = record.lines.get(f"{inner}.{position}", record.line)
                    found[table.path, f"tension.{one.id}" if inner == "tension" else one.id] = line
    return lambda file, name: found.get((file, name), 1)
