"""Texts in other languages beside the fields that they translate, such as `event_ru` beside `event`.

One grammar for every file: wherever a field, a column or a word of a list holds a text for readers, its translation stands
beside it under the same name with `_` and the tag of the language. A book is opened in one language: the loader puts the
translations into that language in the places of the texts, and takes all others out, so nothing else knows of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter

from macros import language_tags, messages
from macros.csv_lines import ABOVE
from macros.fields import Affix, Line, Prose, Row, Text

NAME = re.compile(r"(?P<field>.+)_(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*|[A-Za-z]{4,})")
"""The name of a translation; a tag that is none is refused, and not taken for a field."""
KEPT = frozenset(("publisher", "printed", "copyright", "given", "particle", "family", "suffix", "name", "aliases", "keywords"))
"""Texts that a translated publication may leave as they are: names, and what a document carries."""
FIRST = 10_000
"""The characters of a table among which its header is looked for."""
FORMS: Mapping[str, TypeAdapter[Any]] = {"line": TypeAdapter(Line), "prose": TypeAdapter(Prose), "affix": TypeAdapter(Affix)}


@dataclass(frozen=True)
class Translation:
    """A text in another language as it stands in a file.

    Attributes:
        field: Dotted path of its name in the record: `sections.0.title_ru`.
        tag: Its language.
        text: The text, or a list of texts; None where the cell or value is empty.
        fault: What is wrong with it; empty where nothing is.
        original: The text that it translates.
    """

    field: str
    tag: str
    text: Any
    fault: str = ""
    original: Any = None

    @property
    def name(self) -> str:
        """Its name, as findings give it."""
        return self.field.rpartition(".")[2]


def take_out(value: Any, form: Any, language: str, path: str = "") -> Iterator[Translation]:
    """Take the translations out of a record as it was read, and put those into one language in the places of the texts.

    Args:
        value: The record, which is changed.
        form: Its class, or the type of what stands there.
        language: The language in which the book is opened; empty for that of each text itself.
        path: Dotted path of the value, with a dot at its end.
    """
    if isinstance(value, list):
        for position, entry in enumerate(value):
            yield from take_out(entry, _inner(form), language, f"{path}{position}.")
    if not isinstance(value, dict):
        return
    fields = _fields(form)
    for key in list(value):
        parts = NAME.fullmatch(key) if isinstance(key, str) and key not in fields else None
        field = next((name for name in (fields or value) if str(name) == parts["field"]), None) if parts else None
        if parts is None or field is None:
            yield from take_out(value[key], fields.get(key) if fields else _inner(form), language, f"{path}{key}.")
            continue
        text, original = value.pop(key), value.get(field)
        why = _fault(text, fields[field] if fields else _inner(form), parts["tag"], str(field), original)
        yield Translation(f"{path}{key}", parts["tag"], text, why, original)
        if parts["tag"] == language and text is not None and not why:
            value[field] = text


def original_text(translations: Iterable[Translation], field: str, language: str) -> str:
    """Find the text of a field whose place a translation has taken.

    Args:
        translations: Those of its record.
        language: The language in which the record was read.

    Returns:
        The text; empty where no translation stands in its place.
    """
    return next((str(text.original) for text in translations if text.field == f"{field}_{language}"), "")


def _fault(text: Any, form: Any, tag: str, field: str, original: Any) -> str:
    """What is wrong with a translation; nothing where nothing is."""
    kind = text_form(form)
    if not kind:
        return f"is no translation: {field} holds no text for readers, and is the same in every language; take this out"
    try:
        language_tags.checked(tag)
    except ValueError as error:
        return str(error)
    if original is None:
        return "" if text is None else f"translates nothing: {field} is empty; fill in {field}, or take this out"
    if isinstance(original, list):
        if not isinstance(text, list) or len(text) != len(original):
            return f"does not hold as many entries as {field}, which has {len(original)}; translate each on a line of its own"
        return next(filter(None, (messages.misshapen(entry, FORMS[kind]) for entry in text)), "")
    return "" if text is None else messages.misshapen(text, FORMS[kind])


def columns(table: str, row: type[Row]) -> dict[str, str]:
    """List the columns of a table that are translations of others.

    Args:
        table: The table, or its first lines.

    Returns:
        Their names, and what is wrong with each; nothing where nothing is.
    """
    header = table[:FIRST].splitlines()[:ABOVE]
    names = dict.fromkeys(cell.strip() for line in header for cell in re.split(r'[,;|\t"]', line))
    fields = _fields(row)
    parts = {name: NAME.fullmatch(name) for name in names if name not in fields}
    named = {name: part for name, part in parts.items() if part and part["field"] in fields}
    return {name: _fault(None, fields[part["field"]], part["tag"], part["field"], None) for name, part in named.items()}


def is_translation(column: str, row: type[Row]) -> bool:
    """Whether a column may hold translations of a column of a class."""
    return columns(column, row).get(column) == ""


@cache
def text_columns(row: type[Row]) -> tuple[str, ...]:
    """The fields of a class that hold one text for readers."""
    return tuple(name for name, form in _fields(row).items() if text_form(form))


def rows_within(row: type[Row]) -> Iterator[type[Row]]:
    """List a class and every class that its fields hold."""
    yield row
    for field in row.model_fields.values():
        for part in messages.parts_of(field.annotation):
            if isinstance(part, type) and issubclass(part, Row):
                yield from rows_within(part)


def texts(value: Any, form: Any, path: str = "") -> Iterator[str]:
    """Find the texts for readers that a record states and that a translated publication translates.

    Args:
        path: Dotted path of the value, with a dot at its end.

    Yields:
        Dotted path of each.
    """
    if isinstance(value, Row):
        fields = _fields(type(value))
        pairs: Iterable[tuple[Any, Any]] = ((name, getattr(value, name)) for name in fields if name not in KEPT)
    else:
        fields = {}
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for name, inner in pairs:
        here = fields[name] if fields else _inner(form)
        if text_form(here):
            if inner:
                yield f"{path}{name}"
        else:
            yield from texts(inner, here, f"{path}{name}.")


def text_form(form: Any) -> str:
    """Say how a text for readers is written: line, prose or affix; nothing where the type holds anything else."""
    for option in _options(form):
        origin = get_origin(option)
        marks = get_args(option)[1:] if origin is Annotated else ()
        named = next((mark.form for mark in marks if isinstance(mark, Text)), "")
        inner = next(iter(get_args(option)), None) if origin is tuple else None
        if named or (get_origin(inner) is Annotated and (named := text_form(inner))):
            return named
    return ""


def _options(form: Any) -> Iterator[Any]:
    """What may stand in a place: each type of `X | Y` but None, those within annotations too."""
    origin = get_origin(form)
    if origin in (Union, UnionType):
        for option in get_args(form):
            yield from _options(option)
    elif origin is Annotated and get_origin(get_args(form)[0]) in (Union, UnionType, Annotated, tuple, dict):
        yield from _options(get_args(form)[0])
    elif origin is Annotated and isinstance(get_args(form)[0], type) and issubclass(get_args(form)[0], Row):
        yield get_args(form)[0]
    elif form not in (NoneType, None):
        yield form


def _inner(form: Any) -> Any:
    """What stands in a list or under the keys of a mapping."""
    for option in _options(form):
        if get_origin(option) is tuple:
            return get_args(option)[0]
        if get_origin(option) is dict:
            return get_args(option)[1]
    return None


def _fields(form: Any) -> Mapping[str, Any]:
    """The fields of what stands in a place and their types; none where it is no record."""
    rows = [option for option in _options(form) if isinstance(option, type) and issubclass(option, Row)]
    return {name: given for row in rows for name, given in _of_row(row).items()}


@cache
def _of_row(row: type[Row]) -> Mapping[str, Any]:
    return {name: Annotated[(field.annotation, *field.metadata, None)] for name, field in row.model_fields.items()}
