"""What pydantic found -> findings in words that an analyst can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from macros.problems import Problem, allowed

_WORDS = {
    "int_parsing": "'{input}' is not a whole number; allowed: digits, with - before a negative number",
    "int_parsing_size": "has too many digits",
    "int_type": "'{input}' is not a whole number; allowed: digits, with - before a negative number",
    "decimal_type": "'{input}' is not a number; allowed: digits with a decimal point, such as 956.8",
    "bool_parsing": "'{input}' is neither true nor false",
    "bool_type": "'{input}' is neither true nor false",
    "string_type": "'{input}' is not text; put it in quotes",
    "tuple_type": "is not a list; write each entry on a line of its own beginning with '- '",
    "dict_type": "does not hold keys with values",
    "model_type": "does not hold keys with values",
    "string_too_short": "is empty; fill it in",
    "too_short": "is empty; at least one entry is needed",
    "greater_than_equal": "{input} is too low; the lowest allowed is {ge}",
    "greater_than": "{input} is too low; it must be above {gt}",
    "less_than_equal": "{input} is too high; the highest allowed is {le}",
    "date_from_datetime_inexact": "'{input}' is not a date; allowed: a day such as 2026-11-21",
    "date_from_datetime_parsing": "'{input}' is not a date; allowed: a day such as 2026-11-21",
    "date_parsing": "'{input}' is not a date; allowed: a day such as 2026-11-21",
    "date_type": "'{input}' is not a date; allowed: a day such as 2026-11-21",
}


def explain(error: ValidationError, row: type[BaseModel], path: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Turn validation errors of one record into findings.

    Args:
        lines: Line of each dotted place in the record, the record itself under "".
    """
    faults = error.errors()
    for fault in faults:
        if fault["type"] == "too_short" and any(
            other["loc"][: len(fault["loc"])] == fault["loc"] for other in faults if other is not fault
        ):
            continue  # a list of which every entry is at fault is not empty
        location = [str(part) for part in fault["loc"] if part != "[key]"]
        written = [part for part in location if not part.startswith("[")]  # without the tags that tell a person from a body
        line = next((lines[".".join(written[:n])] for n in range(len(written), 0, -1) if ".".join(written[:n]) in lines), lines[""])
        names = [part for part in written if not part.isdigit()]
        yield Problem(path, line, names[-1] if names else "row", _message(fault, row, location))


def misshapen(word: object, form: Any) -> str:
    """What is wrong with a text that should be of a form, such as a key of a list; nothing where nothing is.

    Args:
        form: A type, or its adapter.
    """
    try:
        (form if isinstance(form, TypeAdapter) else TypeAdapter(form)).validate_python(word)
    except ValidationError as error:
        fault = error.errors()[0]
        return str(fault["ctx"]["error"]) if fault["type"] == "value_error" else _WORDS[fault["type"]].format(input=word)
    return ""


def _message(fault: Any, row: type[BaseModel], location: list[str]) -> str:
    kind, given, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        options = [str(option) for option in get_args(_annotation(row, location))]
        return f"'{given}' is unknown; {allowed(given, options)}" if given is not None else f"is empty; {allowed('', options)}"
    if kind == "extra_forbidden":
        return f"is not a known key; {allowed(location[-1], _fields(row, location[:-1]))}"
    if kind == "missing":
        return f"is missing; it is needed: {_meaning(row, location)}"
    if given is None:
        return f"is empty; fill it in: {_meaning(row, location)}"
    return _WORDS[kind].format(input=given, **context) if kind in _WORDS else fault["msg"]


def _annotation(row: type[BaseModel], location: list[str]) -> Any:
    """What may stand at a location: names of fields lead into models, indices and keys into tuples and dicts."""
    here: Any = row
    for part in location:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field_info = here.model_fields.get(part)
            here = _given(field_info.annotation) if field_info else None
        elif part.startswith("["):
            here = next((option for option in parts_of(here) if f"[{getattr(option, '__name__', '').lower()}]" == part), None)
        else:
            here = next((argument for argument in reversed(get_args(here)) if argument is not Ellipsis), None)
    return here


def parts_of(annotation: Any) -> Iterator[Any]:
    """Go through an annotation and everything that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def _given(annotation: Any) -> Any:
    """The X of `X | None`, or the annotation itself."""
    options = [argument for argument in get_args(annotation) if argument is not NoneType]
    return options[0] if NoneType in get_args(annotation) else annotation


def _fields(row: type[BaseModel], location: list[str]) -> Mapping[str, FieldInfo]:
    here = _annotation(row, location)
    return here.model_fields if isinstance(here, type) and issubclass(here, BaseModel) else {}


def _meaning(row: type[BaseModel], location: list[str]) -> str:
    field_info = _fields(row, location[:-1]).get(location[-1])
    return (field_info and field_info.description) or location[-1]
