"""What a field may hold: dates, lines, links, ids, colours and numbers, each with its limits.

The types of macros/model.py are made of these; a type that is wrong says what is allowed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from macros import dates, identifiers, language_tags

SCHEMES = ("http://", "https://", "mailto:")


def _period(value: object) -> dates.Period:
    if isinstance(value, dates.Period):
        return value
    if value is None:
        raise PydanticCustomError("date_type", "is empty")
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return dates.parse(str(value))


FORMULA = re.compile(r"[\t\r]|\s*[-=+@＝＋－＠]")
"""How a cell begins that a spreadsheet runs (OWASP, CSV injection)."""
BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
HIDDEN = re.compile("[\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""Characters that nobody sees and that change what is seen, such as the order of the letters (Unicode 9.2, 23.2)."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
NOT_IN_LINKS = re.compile(r"[\s<>\"{}|\\^`]")


def _inert(value: str) -> str:
    if sign := FORMULA.match(value):
        raise ValueError(f"begins with {sign[0]!r}, which a spreadsheet would run as a formula; begin with a letter or digit")
    return value


def hidden(value: str) -> str:
    """What is wrong with a text that holds characters which nobody sees, naming the first; nothing where it holds none."""
    if value.isprintable():  # nearly every text, and all of these characters are not
        return ""
    match = HIDDEN.search(value) or CONTROL.search(value)
    return f"holds the invisible character U+{ord(match[0]):04X}; delete it, or type the words anew" if match else ""


def visible(value: str) -> str:
    """Refuse a text that holds characters which nobody sees.

    Raises:
        ValueError: It does; the message names the first of them.
    """
    if why := hidden(value):
        raise ValueError(why)
    return value


def _line(value: str) -> str:
    if not value.isprintable() and BREAK.search(value):
        raise ValueError("holds a line break or control character; write one line of plain text")
    return value


def _link(value: str) -> str:
    if not value.startswith(SCHEMES):
        raise ValueError(f"'{value[:60]}' does not begin with {', '.join(SCHEMES)}; allowed are web and mail addresses")
    if NOT_IN_LINKS.search(value):
        raise ValueError(f"'{value[:60]}' holds a space, a quote or a bracket; percent-encode it as browsers do")
    return value


def _written(pattern: str, wanted: str) -> Callable[[object], object]:
    """Python reads `1_000`, ` 4 `, `4.0`, `1e3` and yes as numbers; an analyst who types these meant something else."""
    fits = re.compile(pattern, re.ASCII).fullmatch

    def check(value: object) -> object:
        if isinstance(value, bool) or (isinstance(value, str) and not fits(value)):
            raise ValueError(f"'{value}' is not {wanted}")
        return value

    return check


def pattern(form: str, example: str) -> Callable[[str], str]:
    """Make a check that a word has a form, is not too long and holds nothing that nobody sees.

    Raises:
        ValueError: By the check: the word is not of that form, such as `example`.
    """
    fits = re.compile(form, re.ASCII).fullmatch

    def check(value: str) -> str:
        if len(value) > LONGEST_ID:
            raise ValueError(f"'{value[:20]}…' has {len(value)} characters; at most {LONGEST_ID} are allowed")
        if why := hidden(value):
            raise ValueError(why)
        if not fits(value):
            odd = "".join(f"; '{letter}' is U+{ord(letter):04X}" for letter in dict.fromkeys(value) if not letter.isascii())
            raise ValueError(f"'{value}' is not of the form {example}; lower-case letters, digits and single hyphens are allowed{odd}")
        return value

    return check


LONGEST_ID = 80
"""Ids become names of files, which most disks limit to 255 bytes, several of them together in one name."""
LARGEST_WHOLE = 999_999_999
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


N = TypeVar("N", int, int | Decimal)


def _whole(value: N) -> N:
    if not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
        raise ValueError(f"has too many digits; allowed: -{LARGEST_WHOLE} to {LARGEST_WHOLE}")
    return value


def _stated(value: Decimal) -> Decimal:
    if value.is_finite() and (abs(value) >= 10**15 or -int(value.as_tuple().exponent) > 10):
        raise ValueError("is too long; at most 15 digits before the decimal point and 10 after it are allowed")
    return value


def _numbered(value: str) -> str:
    if re.search(r"\s", value) or not re.search(r"\d", value):
        why = "is no number, which readers see after №; allowed: a word with a digit, such as 20-21, 2021/3, S1"
        raise ValueError(f"'{value}' {why}; the name of a special issue stands in title")
    return value


def _closed(value: dates.Period) -> dates.Period:
    if not value.closed:
        raise ValueError(f"'{value}' has an end that is not known; only events and incidents may, and here both days are needed")
    return value


Edtf = Annotated[
    dates.Period,
    BeforeValidator(_period),
    AfterValidator(_closed),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": f"EDTF: {dates.SUBSET}"}),
]
OpenEdtf = Annotated[
    dates.Period,
    BeforeValidator(_period),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": f"EDTF: {dates.SUBSET}; an end that is open as .., or unknown and empty"}),
]
"""A date of which one end may be open or unknown."""


@dataclass(frozen=True)
class Text:
    """Marks a type whose values are texts for readers, which may be translated: a line, prose, or what stands around a number."""

    form: Literal["line", "prose", "affix"]


Line = Annotated[str, Text("line"), Field(min_length=1), AfterValidator(_inert), AfterValidator(_line), AfterValidator(visible)]
Prose = Annotated[str, Text("prose"), Field(min_length=1), AfterValidator(_inert), AfterValidator(visible)]
Affix = Annotated[str, Text("affix"), AfterValidator(_inert), AfterValidator(_line), AfterValidator(visible)]
Link = Annotated[str, AfterValidator(_link), WithJsonSchema({"type": "string", "format": "uri"})]
IssueNumber = Annotated[Line, AfterValidator(_numbered)]
"""The number of an issue as it is printed: 20-21, 2021/3, S1."""
Doi = Annotated[str, AfterValidator(identifiers.doi)]
Issn = Annotated[str, AfterValidator(identifiers.issn)]
Isni = Annotated[str, AfterValidator(identifiers.isni)]
Orcid = Annotated[str, AfterValidator(identifiers.orcid)]
Ror = Annotated[str, AfterValidator(identifiers.ror)]
LanguageTag = Annotated[str, AfterValidator(language_tags.checked), WithJsonSchema({"type": "string", "pattern": language_tags.WRITTEN})]
"""A language as in BCP 47: `ru`, `zh-Hans`."""
Slug = Annotated[str, AfterValidator(pattern(_SLUG, "gdp-2021")), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG}$"})]
Key = Annotated[str, Field(min_length=1)]
"""A word that must stand in some list; the rule that looks it up names the nearest one."""


def _counted_from_one(value: str) -> str:
    if not int(value.rpartition("-")[2]):
        raise ValueError(f"'{value}' is not of the form 19-security-04; the number of a row begins with 01")
    return value


CatalogueId = Annotated[
    str,
    AfterValidator(pattern(rf"\d+-{_SLUG}-\d{{2,}}", "19-security-04")),
    AfterValidator(_counted_from_one),
    WithJsonSchema({"type": "string", "pattern": rf"^[0-9]+-{_SLUG}-[0-9]{{2,}}$"}),
]
Colour = Annotated[str, AfterValidator(pattern(r"#[0-9a-f]{6}", "#2b5c9e"))]
Whole = Annotated[
    int,
    BeforeValidator(_written(r"[-+]?\d+", "a whole number; allowed: digits, with - before a negative number")),
    AfterValidator(_whole),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_written(r"-?\d+(\.\d+)?", "a number; allowed: digits with a decimal point, such as 956.8")),
    AfterValidator(_stated),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


def exact(value: int | Decimal) -> int | Decimal:
    """Write a number in its one form: a whole number as int, any other as a decimal without zeros at its end.

    Scores are whole on most scales, and sums of decimals are exact: 0.1 + 0.2 is 0.3, which binary numbers do not give.
    """
    whole = int(value)
    return whole if whole == value else Decimal(value).normalize()


def as_json(value: int | Decimal) -> int | float:
    """Give a number as JSON and other formats hold it."""
    return value if isinstance(value, int) else float(value)


def size(value: int | Decimal) -> int | Decimal:
    """Give a number without its sign."""
    return exact(Decimal(value).copy_abs())


def _score(value: object) -> object:
    if value is None:
        raise PydanticCustomError("empty", "is empty")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _whole(value)
    if not isinstance(value, str) or not SCORE.fullmatch(value):
        raise ValueError(f"'{value}' is not a number; allowed: digits, with - before a negative number and a point before decimals")
    if len(value.lstrip("-+").partition(".")[0]) > len(str(LARGEST_WHOLE)) or len(value.partition(".")[2]) > FINEST:
        raise ValueError(f"has too many digits; allowed: -{LARGEST_WHOLE} to {LARGEST_WHOLE}, and {FINEST} after the point")
    return exact(Decimal(value))


FINEST = 4
"""How many decimals a score may have."""
SCORE = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
Score = Annotated[
    int | Decimal,
    BeforeValidator(_score),
    PlainSerializer(as_json, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""A score, or an index made of scores: whole or decimal, always exact."""


class Row(BaseModel):
    """What every class here has in common: no unknown field, no change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def own_first(row: type[Row]) -> tuple[str, ...]:
    """The columns of a class: id, its own, then those that it shares with others."""
    own = [name for name in row.model_fields if name in row.__annotations__]
    return tuple(dict.fromkeys([*(["id"] if "id" in own else []), *own, *row.model_fields]))


def optional_columns(row: type[Row]) -> tuple[str, ...]:
    """The columns that a table of a class need not have: its fields with a default."""
    return tuple(name for name, field in row.model_fields.items() if not field.is_required())
