"""Citation records in the formats that reference managers read: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

from typing import Any

from macros.cite import Body, Citation, Creator, chicago, sorted_name
from macros.dates import Moment, Period
from macros.model import Person
from macros.words import inverted


def bibtex(record: Citation) -> str:
    """A BibTeX entry: `techreport` for an edition, `incollection` for a thing in it (BibLaTeX reads `date`)."""
    part = bool(record.part)
    fields = {
        "title": record.name,
        "booktitle": record.title if part else "",
        "author": " and ".join(sorted_name(one) for one in record.authors),
        "editor": inverted(record.editor) if record.editor else "",
        "publisher" if part else "institution": record.institution,
        "series": record.series,
        "number": record.number,
        "edition": record.version,
        **_bibtex_date(record),
        "origdate": _edtf(record.original) if record.original else "",
        "language": record.language,
        "url": record.permalink,
        "note": note(record),
        "origtitle": record.source.title if record.source else "",
        "origpublisher": record.source.institution if record.source else "",
    }
    fields["origdate"] = record.source.period.text if record.source and record.source.period else fields["origdate"]
    body = "".join(author.name for author in record.authors if isinstance(author, Body))
    fields["author"] = fields["author"] if not body else f"{{{body}}}"  # braces keep the words of a body together
    lines = [f"  {name} = {{{_value(name, text, bool(body))}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{'incollection' if part else 'techreport'}{{{record.key},", *lines, "}", ""])


def _bibtex_date(record: Citation) -> dict[str, str]:
    if record.edition:
        day = record.published
        return {"year": f"{day.year}", "month": f"{day.month}", "date": day.isoformat()}
    return {"year": str(record.period.first.year), "date": record.period.text} if record.period else {}


def _value(name: str, text: str, body: bool) -> str:
    if name == "url":
        return text
    return f"{{{_escaped(text[1:-1])}}}" if name == "author" and body else _escaped(text)


def note(record: Citation) -> str:
    """What a reference to a digest says besides of the original: its own reference in the manner of Chicago."""
    return f"Digest of: {chicago(record.source)}" if record.source else ""


def _escaped(text: str) -> str:
    words = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
    return "".join(f"\\{letter}" if letter in "&%$#_{}" else words.get(letter, letter) for letter in text)


def ris(record: Citation) -> str:
    """An entry of the RIS format: `RPRT` for an edition, `CHAP` for a thing in it."""
    part = bool(record.part)
    lines = [
        ("TY", "CHAP" if part else "RPRT"),
        ("TI", record.name),
        ("T2", record.title if part else record.series),
        ("T3", record.series if part else ""),
        *(("AU", sorted_name(author)) for author in record.authors),
        ("A2", inverted(record.editor) if record.editor else ""),
        ("PB", record.institution),
        ("M1", record.number),
        ("ET", record.version),
        ("PY", record.year if record.year.isdigit() else ""),
        ("DA", f"{record.published:%Y/%m/%d}" if record.edition else ""),
        ("LA", record.language),
        ("UR", record.permalink),
        ("N1", note(record)),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - \n"


def csl(record: Citation) -> dict[str, Any]:
    """An item of CSL-JSON: `report` for an edition, `chapter` for a thing in it."""
    part = bool(record.part)
    day, original = record.published, record.original
    item = {
        "id": record.key,
        "type": "chapter" if part else "report",
        "title": record.name,
        "container-title": record.title if part else "",
        "author": [_csl_name(author) for author in record.authors],
        "editor": [{"family": record.editor.family, "given": record.editor.given}] if record.editor else [],
        "publisher": record.institution,
        "collection-title": record.series,
        "number": record.number,
        "edition": record.version,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if record.edition else _csl_period(record.period),
        "original-date": {"date-parts": [[one for one in (original.year, original.month, original.day) if one]]} if original else None,
        "language": record.language,
        "URL": record.permalink,
        "note": note(record),
    }
    if source := record.source:
        item |= {"original-title": source.title, "original-publisher": source.institution}
        item |= {"original-author": [_csl_name(one) for one in source.authors or ([source.editor] if source.editor else [])]}
    return {name: value for name, value in item.items() if value}


def _csl_name(creator: Creator) -> dict[str, str]:
    return {"family": creator.family, "given": creator.given} if isinstance(creator, Person) else {"literal": creator.name}


def _csl_period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    sides = [period.start] if period.start == period.end else [period.start, period.end]
    return {"date-parts": [[one for one in (side.year, side.month, side.day) if one] for side in sides]}


def _edtf(moment: Moment) -> str:
    return "-".join([f"{moment.year:04d}", *(f"{part:02d}" for part in (moment.month, moment.day) if part)])
