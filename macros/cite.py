"""Publication -> one citation record for each thing in it, and every form of reference made from that record.

Chicago and APA are templates that follow, letter for letter but for capitals, what the CSL styles
`chicago-notes-bibliography` (18th ed.) and `apa` (7th ed.) make of `csl(record)`; a test compares them
with citeproc-js.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from macros.book import Book, Volume
from macros.dates import Moment
from macros.model import Edition, Person
from macros.target import edition_path
from macros.words import inverted, ordinal


@dataclass(frozen=True)
class Citation:
    """What a reference says: to one edition as a whole, or to one thing in it.

    Attributes:
        title: Title of the publication.
        series: The periodical, where the publication is a number of it.
        original: The date that the original states; None where it states none.
        permalink: Absolute address of the thing cited, which never changes.
        part: Title of the section, event, point ... that is cited; empty for the whole.
        pdf: Absolute address of the edition as one PDF; None where there is none.
    """

    title: str
    authors: tuple[Person, ...]
    editor: Person | None
    institution: str
    series: str
    number: int | None
    edition: Edition
    original: Moment | None
    language: str
    permalink: str
    part: str = ""
    pdf: str | None = None

    @property
    def published(self) -> date:
        """The day the edition was published on this site."""
        return self.edition.date

    @property
    def name(self) -> str:
        """Title of the thing cited."""
        return self.part or self.title

    @property
    def key(self) -> str:
        """A key for BibTeX: letters, digits and hyphens."""
        path = self.permalink.split("://", 1)[-1].partition("/")[2]
        return path.replace("#", "").strip("/").replace("/", "-")


@dataclass(frozen=True)
class Place:
    """One thing within an edition that has a permanent address of its own.

    Attributes:
        path: Where it stands, from the first page of its edition: `security/#19-security-04`.
        title: What it says, and what it is.
    """

    path: str
    title: str


def citation(book: Book, volume: Volume, edition: int) -> Citation:
    """The record of one edition as a whole.

    Args:
        book: The book.
        volume: The publication.
        edition: Number of the edition.

    Returns:
        Its citation record.
    """
    publication = volume.publication
    return Citation(
        title=publication.title if not publication.subtitle else f"{publication.title}: {publication.subtitle}",
        authors=publication.authors,
        editor=publication.editor,
        institution=publication.publisher,
        series=book.series.title if publication.kind == "issue" else "",
        number=publication.number,
        edition=next(one for one in publication.editions if one.number == edition),
        original=publication.date.start if publication.date else None,
        language=publication.language,
        permalink=book.series.site + edition_path(volume.address, edition),
    )


def of_part(whole: Citation, title: str, path: str) -> Citation:
    """The record of one thing in an edition.

    Args:
        whole: The record of the edition.
        title: What the thing is called.
        path: Where it stands, from the first page of the edition.

    Returns:
        Its record.
    """
    return replace(whole, part=title, permalink=whole.permalink + path)


def pages(book: Book, volume: Volume) -> tuple[str, ...]:
    """Names of the pages of an edition, in order of reading."""
    if volume.publication.kind != "issue":
        return ("index", *volume.publication.contents, "data", "cite")
    security = ("security",) if volume.incidents else ()
    return ("index", *(one.id for one in book.covered(volume)), *security, "events", "data", "cite")


def places(volume: Volume) -> Iterator[Place]:
    """Every row of a publication that can be cited, in order of id; where each stands is a promise of the addresses."""
    for event in sorted(volume.events, key=lambda one: one.id):
        yield Place(f"{event.relationship}/#{event.id}", f"{event.event.rstrip('.')} (event {event.id})")
    for incident in sorted(volume.incidents, key=lambda one: one.id):
        yield Place(f"security/#{incident.id}", f"{incident.event.rstrip('.')} (incident {incident.id})")
    for point in volume.points.points if volume.points else ():
        yield Place(f"#{point.id}", f"{point.title.rstrip('.')} (point {point.id[2:]})")
    for one in volume.recommendations:
        yield Place(f"#{one.id}", f"{one.title.rstrip('.')} (recommendation {one.id[2:]})")
    used = {row.figure for row in volume.figures}
    for figure in volume.publication.figures:
        if figure.id in used:
            yield Place(f"data/#figure-{figure.id}", f"{figure.title.rstrip('.')} (table)")


# References that people read -----------------------------------------------------------------


def chicago(record: Citation) -> str:
    """A reference in the notes-and-bibliography manner of Chicago (18th ed.)."""
    names = [one.name for one in record.authors]
    if names:
        names[0] = inverted(record.authors[0])
    who = _chicago_names(names)
    if not who and record.editor:
        who = f"{inverted(record.editor)}, ed"
    editor = f"dited by {record.editor.name}" if record.editor and record.authors else ""
    edition = f"{ordinal(record.edition.number)} ed."
    number = f"No. {record.number}" if record.number else ""
    first = "" if record.original else edition  # of what appeared before, the edition stands behind the first year
    if record.part:
        inner = ", ".join(filter(None, [record.title, number, first, f"e{editor}" if editor else ""]))
        what = [f"“{_stopped(record.part)}” In {_stopped(inner)}"]
    else:
        what = [_stopped(one) for one in (record.title, number, first, f"E{editor}" if editor else "") if one]
    before = f"{record.original.year}. {edition}" if record.original else ""
    issued = f"{record.institution}, {record.published.year}."
    return " ".join(filter(None, [_stopped(who), *what, _stopped(record.series), before, issued, f"{record.permalink}."]))


def apa(record: Citation) -> str:
    """A reference in the manner of the American Psychological Association (7th ed.)."""
    names = [f"{one.family}, {initials(one.given)}" for one in record.authors]
    who = _apa_names(names)
    editor = f"{initials(record.editor.given)} {record.editor.family}" if record.editor else ""
    if not who and record.editor:
        who, editor = f"{record.editor.family}, {initials(record.editor.given)} (Ed.)", ""
    number, edition = f"No. {record.number}" if record.number else "", f"{ordinal(record.edition.number)} ed."
    year = f"({record.published.year})."
    if record.part:
        inner = f"{record.title} ({'; '.join(filter(None, [number, edition]))})."
        inside = f"In {f'{editor} (Ed.), ' if editor else ''}{inner}"
        what = [_stopped(who), year, _stopped(record.part), inside] if who else [_stopped(record.part), year, inside]
    else:
        series = f"{edition}, {record.series}" if record.series else edition
        title = f"{record.title} ({'; '.join(filter(None, [f'{editor}, Ed.' if editor else '', number, series]))})."
        what = [_stopped(who), year, title] if who else [title, year]
    original = f" (Original work published {record.original.year})" if record.original else ""
    return " ".join([*what, _stopped(record.institution), record.permalink]) + original


def initials(given: str) -> str:
    """Given names as initials: `Jean-Paul` -> `J.-P.`, `T.U.` -> `T. U.`."""
    words = given.replace(".", ". ").split()
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)


def _stopped(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."


def _chicago_names(names: Sequence[str]) -> str:
    """Up to six names; of more, the first three (18th ed., 13.78)."""
    if len(names) > 6:
        return f"{', '.join(names[:3])}, et al"
    return ", and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _apa_names(names: Sequence[str]) -> str:
    """Up to twenty names; of more, the first nineteen and the last (7th ed., 9.8)."""
    if len(names) > 20:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


# References that programs read ---------------------------------------------------------------


def bibtex(record: Citation) -> str:
    """A BibTeX entry: `techreport` for an edition, `incollection` for a thing in it (BibLaTeX reads `date`)."""
    part = bool(record.part)
    fields = {
        "title": record.name,
        "booktitle": record.title if part else "",
        "author": " and ".join(inverted(one) for one in record.authors),
        "editor": inverted(record.editor) if record.editor else "",
        "publisher" if part else "institution": record.institution,
        "series": record.series,
        "number": str(record.number or ""),
        "edition": str(record.edition.number),
        "year": f"{record.published.year}",
        "month": f"{record.published.month}",
        "date": record.published.isoformat(),
        "origdate": _edtf(record.original) if record.original else "",
        "language": record.language,
        "url": record.permalink,
    }
    lines = [f"  {name} = {{{text if name == 'url' else _escaped(text)}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{'incollection' if part else 'techreport'}{{{record.key},", *lines, "}", ""])


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
        *(("AU", inverted(one)) for one in record.authors),
        ("A2", inverted(record.editor) if record.editor else ""),
        ("PB", record.institution),
        ("M1", str(record.number or "")),
        ("ET", str(record.edition.number)),
        ("PY", str(record.published.year)),
        ("DA", f"{record.published:%Y/%m/%d}"),
        ("LA", record.language),
        ("UR", record.permalink),
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
        "author": [{"family": one.family, "given": one.given} for one in record.authors],
        "editor": [{"family": record.editor.family, "given": record.editor.given}] if record.editor else [],
        "publisher": record.institution,
        "collection-title": record.series,
        "number": str(record.number or ""),
        "edition": str(record.edition.number),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "original-date": {"date-parts": [[one for one in (original.year, original.month, original.day) if one]]} if original else None,
        "language": record.language,
        "URL": record.permalink,
    }
    return {name: value for name, value in item.items() if value}


def _edtf(moment: Moment) -> str:
    return "-".join([str(moment.year), *(f"{one:02d}" for one in (moment.month, moment.day) if one)])
