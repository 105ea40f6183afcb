"""The words that cells may hold, and how readers see them: units, flows of trade, kinds, addressees ..."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from macros.fields import Affix, Line, Row, Slug
from macros.language import N_
from macros.spellings import told_apart


class Unit(Row):
    """How a number of one unit is written."""

    label: Line = Field(description="Name of the unit, for tables and axes")
    before: Affix = Field(description="Text before the number")
    after: Affix = Field(description="Text after the number")
    factor: bool = Field(default=False, description="True where the number says how many times more or less something became")


class Flow(Row):
    """One kind of trade figure, and what it is made of."""

    label: Line = Field(description="Its name within a sentence: exports, services bought")
    adds: tuple[Slug, ...] = Field(default=(), description="The flows that it is the sum of; checked where all are stated")
    takes: tuple[Slug, ...] = Field(default=(), description="The flows that are taken from that sum")
    above: Line | None = Field(default=None, description="What it is called above zero: surplus; absent of a flow that has no sign")
    below: Line | None = Field(default=None, description="What it is called below zero: deficit")


FLOWS = {
    "exports": Flow(label=N_("exports")),
    "imports": Flow(label=N_("imports")),
    "turnover": Flow(label=N_("turnover"), adds=("exports", "imports")),
    "balance": Flow(label=N_("balance"), adds=("exports",), takes=("imports",), above=N_("surplus"), below=N_("deficit")),
}
"""The flows of a monitor that names none of its own; `words.flow` says them in the current language."""


class Vocabularies(Row):
    """The words that a cell or field may hold, and how readers see them."""

    partners: dict[Slug, Line] = Field(description="Trade partners")
    units: dict[Slug, Unit] = Field(description="Units of values")
    flows: dict[Slug, Flow] = Field(
        default=FLOWS, description="Kinds of trade figure; absent: exports, imports, their sum turnover and difference balance"
    )
    qualifiers: dict[Slug, Line] = Field(description="How exact a value is; an empty cell means exact")
    categories: dict[Slug, Line] = Field(description="Kinds of security incident")
    addressees: dict[Slug, Line] = Field(description="Whom a recommendation addresses")
    themes: dict[Slug, Line] = Field(description="What a recommendation is about")
    actors: dict[Slug, Line] = Field(description="Whose assumption or dilemma a judgement is")
    judgements: dict[Slug, Line] = Field(description="Kinds of judgement")
    aliases: Annotated[tuple[tuple[Line, ...], ...], AfterValidator(told_apart)] = Field(
        default=(), description="Spellings of one name, a list for each name; the search finds each by any other, and shows the first"
    )


LABELLED = tuple(name for name in Vocabularies.model_fields if name not in ("aliases", "flows"))
"""The lists of vocabularies.yml that hold words with their labels, and that every monitor has."""
