"""What a difference between two states of a publication is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from macros import words
from macros.book import Volume
from macros.changes import names
from macros.indices import Index
from macros.language import gettext
from macros.rules.references import REFERENCES
from macros.scales import Band

What = Literal["added", "removed", "rescored", "reworded", "changed"]
SCORES = {"score", "national", "regional", "value", "change", "aggregate", "positive", "negative"}
"""Fields whose change makes a row rescored; scores and indices among them are written with a sign."""
SIGNED = SCORES - {"value", "change"}
TEXTS = {"event", "title", "subtitle", "abstract", "text", "note", "item", "product", "group", "keywords"}
"""Fields whose change, where nothing else changed, makes a row reworded."""
NO_INPUT = {"id", "doi", "editions", "status", "withdrawal", "withdrawal_date", "figures"}
"""Fields that are no part of a row or title page: its id, what is no input (a DOI is registered later), what is compared row by row."""
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


@dataclass(frozen=True)
class Field:
    """One field before and after, as people read it; None where it was or is empty."""

    name: str
    before: str | None
    after: str | None

    @property
    def label(self) -> str:
        """Its name in a sentence: `change unit`, `r-1-a text`."""
        return names.field(self.name)


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
        sides = [[f"{field.label} {value}" for field in self.fields if (value := getattr(field, side))] for side in ("before", "after")]
        return (Field("row", *(words.semicolons(side) or None for side in sides)),)


@dataclass(frozen=True)
class PageChange:
    """One page that differs, and the first line that does (1 where it is gone), as it was and as it is."""

    path: str
    what: Literal["added", "removed", "changed"]
    line: int = 1
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class SharedChange:
    """One field of a shared entry that the publication used before and still uses."""

    file: str
    what: Literal["source", "relationship", "scale", "word"]
    key: str
    field: str
    before: str | None
    after: str | None


def _part(index: Index | None, name: str) -> str:
    """One part of an index as readers see it: `+4`, `Yellow`, `none`."""
    value = getattr(index, name) if index else None
    return value.label if isinstance(value, Band) else words.signed(value) or gettext("none")


@dataclass(frozen=True)
class IndexChange:
    """One index that differs; None where there was or is none."""

    series: str
    label: str
    before: Index | None
    after: Index | None

    @property
    def banded(self) -> bool:
        """Whether it has a band, before or after."""
        return any(side is not None and side.band is not None for side in (self.before, self.after))

    def part(self, name: str, arrow: str = "→") -> str:
        """One part of it before and after: `+4 → +5`, or `+4` where that part is as it was."""
        before, after = _part(self.before, name), _part(self.after, name)
        return before if before == after else f"{before} {arrow} {after}"


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
