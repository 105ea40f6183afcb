"""Random rows of data: any value that the model allows in every field.

What a field may hold is read from its annotation in macros/model.py, so that a new field is covered without a
line here; a new kind of field fails in `Monitor.parts`.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st

from macros import creators, fields
from macros.fields import Row
from macros.model import FILES
from macros.rules.references import REFERENCES

Draw = Callable[[st.SearchStrategy[Any]], Any]

WORDS = (
    "river", "Überläufer", "Договор", "公報", "שלום", "نهر", "naïve", "🙂", "👩🏽‍🚀", "“quoted”", "it's", "{braces}", "<b>", "a<b", "&",
    "&amp;", "AT&T", "[x](y)", "[^1]", "C:\\dir", "*star*", "`tick`", '"so"', "$5", "100%", "#7", "|",
    "~x~", "a:", "1.", "−3", "№", "e\u0301", "\u00a0", "!",
)  # fmt: skip
"""Honest words of any script, and signs that mean something to HTML, Markdown, YAML or a shell."""
LONG = ("W" * 75, "Wort " * 64, "Обзор-" * 54, "w" * 400, "公" * 90, "A & B <C> " * 40)
BEGIN, END = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)


def lines() -> st.SearchStrategy[str]:
    """One line of text: a few words, hardly any, or far too many; it begins with a letter."""
    few = st.lists(st.sampled_from(WORDS), max_size=4).map(lambda words: " ".join(["Word", *words]))
    return st.one_of(few, few, st.sampled_from(["A", "Ж", "公", "0"]), st.sampled_from(LONG).map(str.strip))


def slugs() -> st.SearchStrategy[str]:
    """Ids, up to the longest that is allowed."""
    part = st.text("abcxyz0129", min_size=1, max_size=6)
    usual = st.lists(part, min_size=1, max_size=3).map("-".join)
    return st.one_of(usual, usual, usual, part.map(lambda start: f"{start}-{'long-' * 20}"[: fields.LONGEST_ID - 20].rstrip("-")))


def numbers() -> st.SearchStrategy[str]:
    """Stated numbers: small, large, and with many decimals."""
    usual = st.decimals(-5000, 5000, places=1).map(lambda number: f"{number:f}")
    return st.one_of(usual, usual, st.sampled_from(["0", "-0", "0.0000000001", "999999999999999", "-999999999999999.5", "12.3400"]))


@st.composite
def periods(draw: Draw, first: datetime.date = BEGIN, last: datetime.date = END) -> str:
    """A date of the subset that begins within two days, both included; it may end later."""
    day = draw(st.one_of(st.dates(first, last), st.sampled_from([first, last])))
    later = datetime.date.fromordinal(min(day.toordinal() + draw(st.integers(0, 400)), END.toordinal()))
    choices = [day.isoformat(), f"{day}/{later}"]
    if first <= day.replace(day=1):
        month = f"{day.year:04}-{day.month:02}"
        choices += [month, f"{month}-~01/{month}-~10"]
    if first <= day.replace(month=1, day=1):
        choices.append(f"{day.year:04}")
    return str(draw(st.sampled_from(choices)))


ADDRESSES = (
    "https://example.org/a?b=c&d=%20#e",
    "mailto:context@example.org",
    "https://пример.example/ы",
    f"https://example.org/{'long/' * 80}",
)
TEXTS: tuple[tuple[Any, st.SearchStrategy[str]], ...] = (
    (fields.Line, lines()),
    (fields.Prose, st.lists(lines(), min_size=1, max_size=3).map("\n\n".join)),
    (fields.Link, st.sampled_from(ADDRESSES)),
    (fields.LanguageTag, st.sampled_from(("en", "be", "pt-BR", "zh-Hans", "ar", "he"))),
    (fields.Slug, slugs()),
    (fields.Colour, st.sampled_from(["#000000", "#ffffff", "#7a3b12"])),
    (fields.Edtf, periods()),
    (fields.OpenEdtf, periods()),
    (fields.Number, numbers()),
    (fields.Issn, st.sampled_from(["0317-8471", "1050-124X"])),
    (fields.Doi, st.sampled_from(["10.1234/a.b-c", "10.123456789/(x)&y;1"])),
    (fields.Isni, st.sampled_from(["0000000121032683", "0000 0001 2103 2683"])),
    (fields.Orcid, st.sampled_from(["0000-0002-1825-0097", "https://orcid.org/0000-0002-1694-233X"])),
    (fields.Ror, st.sampled_from(["05dxps055", "https://ror.org/04wxnsj81"])),
)
"""What may stand in a field, by its type."""


OF_OTHERS = ("weight", "outside", "repeats", "printed", "through")
"""Fields that only the scale, the period or another row can ask for."""


@dataclass
class Monitor:
    """A tree in the making.

    Attributes:
        draw: Draws one value.
        words: What references may hold, by the kind of word.
        files: Path -> text.
        compared: Calls of charts that compare figures of publications, for the portal.
    """

    draw: Draw
    words: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)

    def row(self, row: type[Row], given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A row of a class: what is given, and anything that may stand in its other fields; what may be absent may be."""
        lists = {name: kind for file in FILES if file.row is row for table, name, kind in REFERENCES if table == file.name}
        hints = get_type_hints(row, include_extras=True)
        found = {name: None for name in OF_OTHERS if name in row.model_fields} | dict(given or {})
        for name, info in row.model_fields.items():
            if name not in found and (info.is_required() or self.draw(st.booleans())):
                found[name] = self.value(hints[name], {type(limit): limit for limit in info.metadata}, lists.get(name))
        return found

    def value(self, hint: Any, limits: Mapping[type, Any], kind: str | None = None) -> Any:
        """A value of one field, as a data file writes it.

        Args:
            hint: The annotation of the field.
            limits: Its limits, by their class.
            kind: Where it is a reference, the kind of word that it holds.

        Returns:
            A plain value.
        """
        texts = [strategy for known, strategy in TEXTS if hint == known]
        if texts:
            return self.draw(texts[0])
        if hint == fields.Key:
            return self.draw(st.sampled_from(self.words[kind or ""]))
        if hint == fields.Whole:
            low = limits[Ge].ge if Ge in limits else -fields.LARGEST_WHOLE
            high = limits[Le].le if Le in limits else fields.LARGEST_WHOLE
            return self.draw(st.one_of(st.integers(low, high), st.sampled_from([low, high])))
        if hint == fields.Score:
            return self.draw(st.integers(-20, 20))
        if hint is bool:
            return self.draw(st.booleans())
        if hint is str:
            return self.draw(st.one_of(st.sampled_from(["", " ", "%", "USD "]), lines()))
        if hint is datetime.date:
            return str(self.draw(st.dates(limits[Ge].ge if Ge in limits else BEGIN, limits[Le].le if Le in limits else END)))
        if hint == creators.Creator:
            return self.row(self.draw(st.sampled_from([creators.Person, creators.Body])))
        if isinstance(hint, type) and issubclass(hint, Row):
            return self.row(hint)
        return self.parts(hint, limits, kind)

    def parts(self, hint: Any, limits: Mapping[type, Any], kind: str | None) -> Any:
        """A value of a field that may be absent, is one of several words, or holds several values; as `value`."""
        options, origin = get_args(hint), get_origin(hint)
        if origin in (Union, UnionType):
            inner = next(one for one in options if one is not NoneType)
            absent = (inner == fields.Key and not self.words.get(kind or "")) or self.draw(st.booleans())
            return None if absent else self.value(inner, limits, kind)
        if origin is Literal:
            return self.draw(st.sampled_from(options))
        if origin is tuple:
            fewest = limits[MinLen].min_length if MinLen in limits else 0
            listless = (kind or options[0] == fields.Key) and not self.words.get(kind or "")
            length = 0 if listless else self.draw(st.integers(fewest, fewest + 2))
            return [self.value(options[0], {}, kind) for _ in range(length)]
        if origin is dict:
            return {str(self.value(options[0], {})): self.value(options[1], {}) for _ in range(self.draw(st.integers(0, 3)))}
        if origin is Annotated and options[0] is str:
            return ""  # an id of a certain form: whoever draws the row counts
        raise NotImplementedError(f"random trees do not know what a field of {hint} may hold")

    def some(self, strategy: st.SearchStrategy[Any], most: int, least: int = 0) -> list[Any]:
        """A short list without repetition."""
        return list(self.draw(st.lists(strategy, min_size=least, max_size=most, unique=True)))

    def write(self, name: str, content: Any) -> None:
        """Keep a data file: rows as CSV, anything else as YAML; JSON is YAML."""
        if not name.endswith(".csv"):
            self.files[f"data/{name}"] = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            return
        columns = list(next(file.row for file in FILES if file.name == name.rpartition("/")[2]).model_fields)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if row.get(column) is None else row[column] for column in columns] for row in content])
        self.files[f"data/{name}"] = text.getvalue()

    def page(self, name: str, *parts: str) -> None:
        """Keep a page that calls macros."""
        self.files[f"docs/{name}.md"] = "\n\n".join(["---\ntitle: A page\ndescription: A page of a random tree.\n---", *parts]) + "\n"
