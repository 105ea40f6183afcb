"""The file that says which rows of GDELT are events of which relationship, and in which words.

GDELT names countries and kinds of event by the codes of CAMEO; none of them is known to the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from macros import messages, yaml_lines
from macros.book import Book
from macros.fields import Key, Line, Row
from macros.load import Record
from macros.problems import DataError, Problem, allowed
from macros.text_files import read_text

PLACES = ("actor1", "event", "actor2")


def _country(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(f"'{code}' is no code of a country; allowed: three capital letters of CAMEO")
    return code


def _kind(code: str) -> str:
    if not re.fullmatch(r"\d{2,4}", code, re.ASCII):
        raise ValueError(f"'{code}' is no code of an event; allowed: two to four digits of CAMEO, such as 036")
    return code


def _template(text: str) -> str:
    if odd := [name for name in re.findall(r"\{([^}]*)\}", text) if name not in PLACES]:
        raise ValueError(f"holds {{{odd[0]}}}; {allowed(odd[0], [f'{{{name}}}' for name in PLACES])}")
    if not text.startswith("{") and not text[0].isalnum():
        raise ValueError(f"begins with {text[0]!r}; begin with a letter, a digit or {{actor1}}")
    return text


Country = Annotated[str, BeforeValidator(str), AfterValidator(_country)]
Kind = Annotated[str, BeforeValidator(str), AfterValidator(_kind)]


class Mapping(Row):
    """How rows of GDELT become events."""

    source: Key = Field(description="What every row rests on, a key of sources.yml")
    text: Annotated[Line, AfterValidator(_template)] = Field(description="The words of a row: {actor1} {event} {actor2}")
    relationships: dict[Key, tuple[tuple[Country, Country], ...]] = Field(
        description="Relationship -> the pairs of countries whose events are its own, in whichever order a row names them", min_length=1
    )
    actors: dict[Country, Line] = Field(description="Code of each of these countries -> its name in the text")
    events: dict[Kind, Line] = Field(description="Code of an event -> its words; one without words has those of the code it is a kind of")


def read(path: Path, book: Book) -> Record[Mapping]:
    """Read a mapping.

    Args:
        book: The monitor whose relationships and sources it names.

    Returns:
        The mapping, with the lines of its fields.

    Raises:
        DataError: It cannot be read, or names what is not there.
    """
    problems: list[Problem] = []
    name = path.as_posix()
    text = read_text(path.resolve(), name, problems)
    document = yaml_lines.read(text, name, problems) if text is not None else None
    if document is None:
        raise DataError(problems)
    value, lines = document
    try:
        record = Record(Mapping.model_validate(value), name, lines)
    except ValidationError as error:
        raise DataError([*problems, *messages.explain(error, Mapping, name, lines)]) from None
    if problems := [*problems, *_unknown(record, book)]:
        raise DataError(problems)
    return record


def _unknown(record: Record[Mapping], book: Book) -> Iterator[Problem]:
    """What the mapping names and nobody knows, and pairs that are named twice."""
    mapping = record.item
    if mapping.source not in book.sources:
        yield record.problem("source", f"'{mapping.source}' is not one of the sources; {allowed(mapping.source, book.sources)}")
    ids = [relationship.id for relationship in book.relationships]
    for name in mapping.relationships:
        if name not in ids:
            yield record.problem(f"relationships.{name}", f"'{name}' is not one of the relationships; {allowed(name, ids)}")
    pairs = [(name, frozenset(pair)) for name, pairs in mapping.relationships.items() for pair in pairs]
    for number, (name, pair) in enumerate(pairs):
        if any(pair == other for _, other in pairs[:number]):
            both = " and ".join(sorted(pair))
            yield record.problem(f"relationships.{name}", f"names {both}, who stand above already; each pair stands once")
    for code in sorted({*chain.from_iterable(pair for _, pair in pairs)} - mapping.actors.keys()):
        yield record.problem("actors", f"has no name for {code}, which relationships name; add it")
