"""A citation record as BibTeX, with what BibLaTeX knows beside: `date`, `origdate`, and the identifiers of authors."""

from __future__ import annotations

from collections.abc import Iterator

from macros.cite import Citation
from macros.creators import Body, Creator
from macros.names import sorted_name
from macros.records.identity import edtf, identities, note

ESCAPES = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_"}
    | {
        letter: f"\\text{name}{{}}"
        for letter, name in {"\\": "backslash", "~": "asciitilde", "^": "asciicircum", "{": "braceleft", "}": "braceright"}.items()
    }
)
"""How TeX writes the characters that it takes for commands. BibTeX counts a brace behind a backslash too, so none may stand in a text."""


def bibtex(record: Citation) -> str:
    """Write an entry: `techreport` for an edition, `incollection` for a thing in it."""
    part, first = bool(record.part), edtf(record.original) if record.original else ""
    fields = {
        "title": _escaped(record.name),
        "booktitle": _escaped(record.title) if part else "",
        "author": " and ".join(map(_name, record.authors)),
        **dict(_annotations(record)),
        "editor": _name(record.editor) if record.editor else "",
        "publisher" if part else "institution": _escaped(record.institution),
        "series": _escaped(record.series),
        "number": record.number,
        "edition": record.version,
        **_date(record),
        "origdate": record.source.period.text if record.source and record.source.period else first,
        "language": record.language,
        "issn": record.issn,
        "doi": record.doi,
        "url": record.permalink,
        "note": _escaped(note(record)),
        "origtitle": _escaped(record.source.title) if record.source else "",
        "origpublisher": _escaped(record.source.institution) if record.source else "",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{'incollection' if part else 'techreport'}{{{record.key},", *lines, "}", ""])


def _name(creator: Creator) -> str:
    """A name as BibTeX sorts it: `van Dyck, Jr., Anna`; braces keep together what is no person's, or one word's, name."""
    if isinstance(creator, Body) or not creator.given or " and " in creator.name or "," in creator.family:
        return f"{{{_escaped(sorted_name(creator))}}}"
    return _escaped(", ".join(filter(None, (creator.surname, creator.suffix, creator.given))))


def _annotations(record: Citation) -> Iterator[tuple[str, str]]:
    """The identifiers of authors and publisher as data annotations of BibLaTeX (manual, 3.7): `author+an:orcid = {1="..."}`."""
    values: dict[str, list[str]] = {}
    for number, creator in enumerate(record.authors, 1):
        for identity in identities(creator):
            values.setdefault(f"author+an:{identity.scheme.lower()}", []).append(f'{number}="{identity.value}"')
    for identity in identities(record.publisher):
        values.setdefault(f"{'publisher' if record.part else 'institution'}+an:{identity.scheme.lower()}", []).append(
            f'1="{identity.value}"'
        )
    yield from ((name, "; ".join(listed)) for name, listed in values.items())


def _date(record: Citation) -> dict[str, str]:
    if record.edition:
        day = record.published
        return {"year": f"{day.year}", "month": f"{day.month}", "date": day.isoformat()}
    return {"year": str(record.period.first.year), "date": record.period.text} if record.period else {}


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)
