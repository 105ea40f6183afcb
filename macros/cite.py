"""Publication -> one citation record, from which every form of reference is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros.book import Book, Volume
from macros.model import Edition, Person
from macros.target import edition_path
from macros.words import listed, when


@dataclass(frozen=True)
class Citation:
    """What a reference to one edition says.

    Attributes:
        original: The date that the original states, as people write it; empty where it states none.
        permalink: Absolute address of the edition, which never changes.
    """

    title: str
    authors: tuple[Person, ...]
    editor: Person | None
    institution: str
    site: str
    number: int | None
    edition: Edition
    original: str
    permalink: str

    @property
    def published(self) -> date:
        """The day the edition was published on this site."""
        return self.edition.date

    @property
    def key(self) -> str:
        """A key for BibTeX: letters, digits and hyphens."""
        return self.permalink.split("://", 1)[-1].partition("/")[2].strip("/").replace("/", "-")


def citation(book: Book, volume: Volume, edition: int) -> Citation:
    """The record of one edition.

    Args:
        book: The book.
        volume: The publication.
        edition: Number of the edition.

    Returns:
        Its citation record.
    """
    publication = volume.publication
    title = publication.title if not publication.subtitle else f"{publication.title}: {publication.subtitle}"
    return Citation(
        title=title,
        authors=publication.authors,
        editor=publication.editor,
        institution=publication.publisher,
        site=book.series.title,
        number=publication.number,
        edition=next(one for one in publication.editions if one.number == edition),
        original=when(publication),
        permalink=book.series.site + edition_path(volume.address, edition),
    )


def reference(record: Citation, section: str = "", permalink: str = "") -> str:
    """A reference in the notes-and-bibliography manner of Chicago (17th ed., 14.221: reports).

    Args:
        record: The record.
        section: Title of one section of it; the whole where it is empty.
        permalink: Address of that section.

    Returns:
        Plain text.
    """
    names = [f"{record.authors[0].family}, {record.authors[0].given}", *(one.name for one in record.authors[1:])] if record.authors else []
    who = f"{listed(names).rstrip('.')}. " if names else ""
    part = f"“{section}.” In " if section else ""
    editor = f" Edited by {record.editor.name}." if record.editor else ""
    when = f" Original: {record.original}." if record.original else ""
    published = f"{record.published.day} {record.published:%B %Y}"
    edition = f"Edition {record.edition.number} on this site, {published}."
    return f"{who}{part}{record.title}.{editor} {record.institution}.{when} {edition} {permalink or record.permalink}"


def bibtex(record: Citation) -> str:
    """The same record as a BibTeX entry of type `techreport`."""
    fields = {
        "title": record.title,
        "author": " and ".join(f"{one.family}, {one.given}" for one in record.authors),
        "editor": f"{record.editor.family}, {record.editor.given}" if record.editor else "",
        "institution": record.institution,
        "number": str(record.number or ""),
        "year": f"{record.published.year}",
        "month": f"{record.published:%b}".lower(),
        "edition": str(record.edition.number),
        "url": record.permalink,
    }
    lines = [f"  {name} = {{{_escaped(text) if name != 'url' else text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@techreport{{{record.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "&%$#_{}" else letter for letter in text)
