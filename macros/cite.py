"""Publication -> one citation record for each thing in it, and every form of reference made from that record.

Chicago and APA are templates that follow, letter for letter but for capitals, what the CSL styles
`chicago-notes-bibliography` (18th ed.) and `apa` (7th ed.) make of `csl(record)`; a test compares them
with citeproc-js.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from macros import date_words, names
from macros.book import Book, Volume
from macros.creators import Body, Creator, Person
from macros.dates import Moment, Period
from macros.identifiers import DOI_SITE
from macros.language import gettext
from macros.model import Edition, Licence
from macros.target import edition_path
from macros.words import commas, edition_name, full_stop, listed, semicolons, stopped


@dataclass(frozen=True)
class Description:
    """What the records of libraries say of an edition beside a reference.

    Attributes:
        abstract: What it finds.
        licence: How its text may be used.
        site: Title of the site that it stands on.
        mail: Mail address of the body that publishes the site; empty where it states a page.
        cover: Address of the cover, where all its editions are listed.
    """

    abstract: str
    keywords: tuple[str, ...]
    licence: Licence
    site: str
    mail: str
    cover: str


@dataclass(frozen=True)
class Citation:
    """What a reference says: to one edition as a whole, to one thing in it, or to the original of a digest.

    Attributes:
        series: The periodical, where the work is a number of it.
        edition: The edition on this site; None for an original.
        original: Where the text is the publisher's own: the date of its first publication; None where that is not stated.
        permalink: Absolute address of the thing cited, which never changes; of an original its address, which may be empty.
        part: Title of the section, event, point ... that is cited; empty for the whole.
        pdf: Absolute address of the edition as one PDF; None where there is none.
        source: The original that a digest was made from.
        period: For an original: its date, or the time that it covers; None where neither is stated.
        publisher_isni: ISNI of the institution; empty where none is given, as are the identifiers below.
        publisher_ror: Its identifier at ROR.
        issn: ISSN of the site on which the edition stands.
        doi: DOI of the edition, or of all editions; of a part empty, because it names the whole.
        description: What records say beside; None for an original.
    """

    title: str
    authors: tuple[Creator, ...]
    editor: Person | None
    institution: str
    series: str
    number: str
    edition: Edition | None
    original: Moment | None
    language: str
    permalink: str
    part: str = ""
    pdf: str | None = None
    source: Citation | None = None
    period: Period | None = None
    publisher_isni: str = ""
    publisher_ror: str = ""
    issn: str = ""
    doi: str = ""
    description: Description | None = None

    @property
    def publisher(self) -> Body:
        """The institution with its identifiers."""
        return Body(name=self.institution, isni=self.publisher_isni or None, ror=self.publisher_ror or None)

    @property
    def answerable(self) -> tuple[Creator, ...]:
        """The authors; where there are none, the body that published it, for records that must name somebody."""
        return self.authors or (self.publisher,)

    @property
    def address(self) -> str:
        """What a reference leads to: the DOI as an address, else the permanent address."""
        return f"{DOI_SITE}{self.doi}" if self.doi else self.permalink

    @property
    def published(self) -> date:
        """The day the edition was published on this site; of an original the first day of its date."""
        return self.edition.date if self.edition else self.period.first if self.period else date.min

    @property
    def version(self) -> str:
        """Number of the edition; nothing for an original."""
        return str(self.edition.number) if self.edition else ""

    @property
    def year(self) -> str:
        """The year in which it appeared; `n.d.` where that is not stated."""
        return str(self.published.year) if self.edition or self.period else gettext("n.d.")

    @property
    def when(self) -> str:
        """The date of an original as people write it; nothing where none is stated."""
        return date_words.human(self.period) if self.period else ""

    @property
    def line(self) -> str:
        """An original in one line: who, what, published by whom, when."""
        people = listed([names.shortened(author) for author in self.authors if author.name != self.institution])
        if not people and self.editor:
            people = gettext("%(name)s (ed.)", name=names.shortened(self.editor))
        return commas([people, self.title, self.institution, self.when])

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and behind the title in that line."""
        before, _, after = self.line.partition(self.title)
        return before, after

    @property
    def name(self) -> str:
        """Title of the thing cited."""
        return self.part or self.title

    @property
    def key(self) -> str:
        """A key for BibTeX: letters, digits and hyphens."""
        if self.edition is None:
            first = next((author for author in (*self.authors, self.editor) if isinstance(author, Person)), None)
            words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", first.family if first else self.institution).lower())
            return "-".join([*words[:3], str(self.published.year) if self.period else "nd"])
        path = self.permalink.split("://", 1)[-1].partition("/")[2]
        return path.replace("#", "").strip("/").replace("/", "-")


def citation(book: Book, volume: Volume, edition: int) -> Citation:
    """The record of one edition as a whole.

    A digest is a work of this site's body, made from the work of somebody else: its title says so, and names
    him, and nobody stands as the author or publisher of words that he did not write.

    Args:
        edition: Number of the edition.
    """
    publication, imprint = volume.publication, book.series.imprint
    translation = f"{book.opened}/" if volume.address in book.originals else ""
    named, frozen = _named(book, volume), volume.numbered(edition)
    record = replace(
        named,
        edition=frozen,
        language=publication.language,
        permalink=book.series.site + edition_path(volume.address, edition) + translation,
        period=None,
        issn=book.series.issn or "",
        doi=frozen.doi or publication.doi or "",
        description=_description(book, volume),
    )
    if publication.text == "own":
        return replace(
            record,
            authors=named.authors or (() if named.editor else (named.publisher,)),
            series=book.series.title if publication.kind == "issue" else "",
            original=publication.date.start if publication.date else None,
        )
    body = Body(name=imprint.name, isni=imprint.isni, ror=imprint.ror)
    digest = replace(
        record, title=gettext("Digest of %(original)s", original=named.line), authors=(body,), editor=None, number="", source=named
    )
    return replace(digest, institution=body.name, publisher_isni=body.isni or "", publisher_ror=body.ror or "")


def _description(book: Book, volume: Volume) -> Description:
    publication, series = volume.publication, book.series
    return Description(
        abstract=" ".join(publication.abstract.split()),
        keywords=publication.keywords,
        licence=series.text_licence,
        site=series.title,
        mail=series.imprint.mail,
        cover=f"{series.site}{volume.address}/",
    )


def _named(book: Book, volume: Volume) -> Citation:
    """What the title page names: the text itself where it is the publisher's own, else the original."""
    publication, imprint = volume.publication, book.series.imprint
    source = book.sources.get(publication.original or "")
    own = imprint if publication.publisher == imprint.name else None
    return Citation(
        title=publication.title if not publication.subtitle else f"{publication.title}: {publication.subtitle}",
        authors=publication.authors,
        editor=publication.editor,
        institution=publication.publisher,
        series="",
        number=publication.shown_number,
        edition=None,
        original=None,
        language=(source.language if source else None) or publication.language,
        permalink=(source.url if source else None) or "",
        period=publication.date or publication.period,
        publisher_isni=publication.publisher_isni or (own and own.isni) or "",
        publisher_ror=publication.publisher_ror or (own and own.ror) or "",
    )


def of_part(whole: Citation, title: str, path: str) -> Citation:
    """The record of one thing in an edition.

    Args:
        path: Where it stands, from the first page of the edition.
    """
    return replace(whole, part=title, permalink=whole.permalink + path, doi="")


def pages(book: Book, volume: Volume) -> tuple[str, ...]:
    """Names of the pages of an edition, in order of reading."""
    catalogue = ["events"] if volume.publication.kind == "issue" else []
    return ("index", *sections(book, volume), *catalogue, "data", "cite")


def sections(book: Book, volume: Volume) -> tuple[str, ...]:
    """Names of those pages that are sections of the work, each with a reference and a PDF of its own."""
    if volume.publication.kind != "issue":
        return volume.publication.contents
    security = ["security"] if volume.incidents or volume.draft else []
    return (*(relationship.id for relationship in book.sections(volume)), *security, *volume.publication.contents)


def chicago(record: Citation) -> str:
    """A reference in the notes-and-bibliography manner of Chicago (18th ed.)."""
    who, editor = names.chicago_list(record.authors), record.editor if record.authors else None
    if not who and record.editor:
        who = gettext("%(name)s, ed", name=names.chicago_sorted(record.editor))
    edition = edition_name(record.version) if record.version else ""
    first = "" if record.original else edition  # of what appeared before, the edition stands behind the first year
    if record.part:
        by = gettext("edited by %(name)s", name=editor.name) if editor else ""
        work = commas([record.title, _number(record), first, by])
        what = [gettext("“%(part)s” In %(work)s", part=stopped(record.part), work=stopped(work))]
    else:
        by = gettext("Edited by %(name)s", name=editor.name) if editor else ""
        what = [stopped(text) for text in (record.title, _number(record), first, by)]
    before = f"{full_stop(str(record.original.year))} {edition}" if record.original else ""
    issued = stopped(commas([record.institution, record.year]))
    address = f"{record.address}." if record.address else ""
    return " ".join(filter(None, [stopped(who), *what, stopped(record.series), before, issued, address]))


def apa(record: Citation) -> str:
    """A reference in the manner of the American Psychological Association (7th ed.)."""
    who, editor = names.apa_list(record.authors), names.shortened(record.editor) if record.editor else ""
    if not who and record.editor:
        who, editor = gettext("%(name)s (Ed.)", name=names.apa_sorted(record.editor)), ""
    edition, year = edition_name(record.version) if record.version else "", full_stop(f"({record.year})")
    if record.part:
        work = full_stop(f"{record.title} ({semicolons([_number(record), edition])})")
        inside = gettext("In %(name)s (Ed.), %(work)s", name=editor, work=work) if editor else gettext("In %(work)s", work=work)
        what = [stopped(who), year, stopped(record.part), inside] if who else [stopped(record.part), year, inside]
    else:
        by = gettext("%(name)s, Ed.", name=editor) if editor else ""
        details = semicolons([by, _number(record), commas([edition, record.series])])
        title = full_stop(f"{record.title} ({details})") if details else stopped(record.title)
        what = [stopped(who), year, title] if who else [title, year]
    original = gettext("(Original work published %(year)s)", year=record.original.year) if record.original else ""
    return " ".join(filter(None, [*what, stopped(record.institution), record.address, original]))


def _number(record: Citation) -> str:
    """The number of a work in its series."""
    return gettext("No. %(number)s", number=record.number) if record.number else ""
