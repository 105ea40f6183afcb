"""The words by which columns, dates and totals of tables are known in a language: what `barometer import` reads tables with.

Those of the program stand in macros/languages/, one file for a language, a monitor's own in data/languages/.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from macros import yaml_lines
from macros.fields import Line, Row
from macros.model import FILES
from macros.problems import allowed

COLUMNS = tuple(dict.fromkeys(name for file in FILES if file.shape == "rows" for name in file.row.model_fields))
"""The columns of all data files that hold rows."""
Words = tuple[Line, ...]


def _columns(words: dict[str, Words]) -> dict[str, Words]:
    for name in words:
        if name not in COLUMNS:
            raise ValueError(f"'{name}' is no column of the data files; {allowed(name, COLUMNS)}")
    return words


class TableWords(Row):
    """The words of one language, as they are met in tables; case, and a full stop after a word, make no difference."""

    columns: Annotated[dict[str, Words], AfterValidator(_columns)] = Field(
        default={}, description="Column of the data files -> the names that it has in tables; spaces make no difference"
    )
    flows: dict[str, Words] = Field(default={}, description="Key of `flows` in vocabularies.yml -> its other names")
    months: dict[Annotated[int, Field(ge=1, le=12)], Words] = Field(
        default={}, description="Number of a month -> forms of its name that CLDR does not list"
    )
    early: Words = Field(default=(), description="The 1st to the 10th of a month")
    middle: Words = Field(default=(), description="The 11th to the 20th")
    late: Words = Field(default=(), description="The 21st to the end")
    within: Words = Field(default=(), description="What may stand before those: в, of в начале")
    before: Words = Field(default=(), description="What may stand before a date: from, on")
    of: Words = Field(default=(), description="What may stand between day and month: of")
    ordinals: Words = Field(default=(), description="What may follow the number of a day: th")
    year: Words = Field(default=(), description="What may follow the number of a year: год")
    until: Words = Field(default=(), description="What stands between the first and the last day: to")
    both: Words = Field(default=(), description="What stands between two days: and")
    totals: Words = Field(default=(), description="How a row begins that sums up the rows above it")
    relationships: Words = Field(default=(), description="How the heading of a relationship begins: relations with")


@cache
def shipped() -> dict[str, TableWords]:
    """Give the words that come with the program, by language."""
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in (files("macros") / "languages").iterdir() if path.name.endswith(".yml")
    }
    documents = ((name, yaml_lines.read(text, name, [])) for name, text in sorted(texts.items()))
    return {name.removesuffix(".yml"): TableWords.model_validate(document[0]) for name, document in documents if document}


def together(words: Iterable[TableWords]) -> TableWords:
    """Join the words of several languages, those of the first language first."""
    whole: dict[str, Any] = {}
    for language in words:
        for name, given in language:
            if isinstance(given, dict):
                before = whole.setdefault(name, {})
                whole[name] = before | {key: (*before.get(key, ()), *more) for key, more in given.items()}
            else:
                whole[name] = (*whole.get(name, ()), *given)
    return TableWords.model_construct(**whole)
