"""How to cite what stands on a page, and every row that has an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from macros import cite, records
from macros.book import Book, Volume
from macros.citable_rows import CitableRow, citable_rows
from macros.cite import Citation
from macros.exports import zip_file
from macros.language import Language, current, gettext
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.records.bibtex import bibtex
from macros.records.csl_json import csl_json
from macros.records.ris import ris

CITE = "cite/"
"""The page "How to cite" of an edition."""
REFERENCES = f"{CITE}references.zip"
"""Every row of an edition in all three forms, and as references in the manner of Chicago and APA."""


@dataclass(frozen=True)
class Form:
    """One file of a record: its name, its media type, the link to it from the page."""

    label: str
    type: str
    href: str


@dataclass(frozen=True)
class HowTo:
    """How to cite, at the foot of a page.

    Attributes:
        record: What is cited.
        living: Whether the page may change; then the newest edition is cited instead of it.
        forms: The reference as files, with links from the page.
        rows: Link to the list of rows with their references; empty on living pages, and where the edition has neither rows nor charts.
        original: The reference of the original as files; none where the text is the publisher's own, or on living pages.
        records: The records for libraries of an edition as a whole; none on the page of a part.
    """

    record: Citation
    living: bool
    forms: tuple[Form, ...]
    rows: str
    original: tuple[Form, ...] = ()
    records: tuple[Form, ...] = ()

    @property
    def chicago(self) -> str:
        """The reference in the manner of Chicago."""
        return cite.chicago(self.record)

    @property
    def apa(self) -> str:
        """The reference in the manner of APA."""
        return cite.apa(self.record)

    @property
    def source(self) -> tuple[str, str] | None:
        """The reference of the original in the manners of Chicago and APA."""
        source = self.record.source
        return (cite.chicago(source), cite.apa(source)) if source else None


OF_THE_WHOLE = ("", "data/", "cite/", "events/")
"""Pages that are no section of the work: they cite the work as a whole."""


def howto(context: BuildContext, title: str, url: str) -> HowTo | None:
    """How to cite one page: itself, or on a cover its newest edition; None on the portal (see `shown`). Its files are collected."""
    volume = context.volume
    if volume is None:
        return None
    record, withdrawn = of_page(context, volume, title, url), volume.publication.status == "withdrawn"
    if context.target.kind != "edition":
        newest = f"{context.home(volume)}citation"
        return HowTo(record, True, () if withdrawn else _forms(context, newest, records.REFERENCES), "")
    base = f"{url if record.part else ''}citation"  # a page that cites the whole names the files of the whole
    context.collected.files |= _files(base, record, records.REFERENCES if url else (*records.REFERENCES, *records.RECORDS))
    if record.source:
        context.collected.files |= _files("original", record.source, records.REFERENCES)
    if withdrawn:
        return HowTo(record, False, (), "")
    original = _forms(context, f"{context.home(volume)}original", records.REFERENCES) if record.source else ()
    pages = {part.path.partition("#")[0] for part in _parts(context)}  # of a page without rows the list of all is named
    listed = context.link(f"{context.home(volume)}{CITE}#references{f'-{section_name(url)}' if url in pages else ''}") if pages else ""
    forms = _forms(context, f"{context.target.path}{base}", records.REFERENCES)
    return HowTo(record, False, forms, listed, original, _records(context, record))


def _records(context: BuildContext, record: Citation) -> tuple[Form, ...]:
    """The records of an edition as a whole, on its own pages: a living page cannot know which of them an older edition has."""
    if record.part or context.target.kind != "edition":
        return ()
    return _forms(context, f"{context.target.path}citation", records.written(record, records.RECORDS))


def _files(base: str, record: Citation, formats: tuple[records.Format, ...]) -> dict[str, bytes]:
    return {f"{base}.{form.ending}": text.encode() for form, text in records.written(record, formats).items()}


def _forms(context: BuildContext, base: str, formats: Iterable[records.Format]) -> tuple[Form, ...]:
    return tuple(Form(form.label, form.type, context.link(f"{base}.{form.ending}")) for form in formats)


def shown(context: BuildContext, url: str) -> list[tuple[str, str]]:
    """The works whose figures a page of the portal shows: the reference of each, without its address, and the link to it."""
    volumes = [context.book.volume(address) for address in context.collected.shown.get(url, ())]
    return [(_reference(context.book, volume, current()), context.link(context.home(volume))) for volume in volumes]


@lru_cache(maxsize=1024)  # many pages of the portal show figures of all issues
def _reference(book: Book, volume: Volume, _language: Language) -> str:
    record = cite.citation(book, volume, volume.edition.number)
    return cite.chicago(record).removesuffix(f"{record.address}.")


def of_page(context: BuildContext, volume: Volume, title: str, url: str) -> Citation:
    """The record of what a page stands for: the edition as a whole, or one of its sections.

    Args:
        url: URL of the page within the build.
    """
    whole = cite.citation(context.book, volume, context.target.edition or volume.edition.number)
    if context.target.kind != "edition" or url in OF_THE_WHOLE:
        record, pdf = whole, context.pdf(volume)
    else:
        record, pdf = cite.of_part(whole, title, url), context.section_pdf
    return replace(record, pdf=context.permalink(pdf)) if pdf else record


def rows(context: BuildContext) -> tuple[Citation, ...]:
    """The record of every event, incident, point, recommendation, table, judgement and chart of the edition, in that order."""
    whole = of_page(context, context.here, "", "")
    return tuple(cite.of_part(whole, part.title, part.path) for part in _parts(context))


def _parts(context: BuildContext) -> Iterator[CitableRow]:
    yield from citable_rows(context.here)
    for judgement in context.here.judgements:
        if judgement.id in context.collected.judged:
            kind = context.book.vocabularies.judgements[judgement.kind].lower()
            title = gettext("%(title)s (%(kind)s %(number)s)", title=judgement.title.rstrip("."), kind=kind, number=judgement.id[2:])
            yield CitableRow(f"{context.collected.judged[judgement.id]}#{judgement.id}", title)
    for name, (title, page) in context.collected.charts.items():
        yield CitableRow(f"{page}#{name}", gettext("%(title)s (chart)", title=title.rstrip(".")))


@dataclass(frozen=True)
class Section:
    """The references of what stands on a page of an edition: texts without addresses, and paths from the edition's first page."""

    url: str
    name: str
    rows: tuple[tuple[str, str], ...]


def section_name(url: str) -> str:
    """Name of a page of an edition in ids."""
    return url.strip("/") or "index"


def references(context: BuildContext) -> list[Section]:
    """The references of the rows, page by page in order of reading, once all pages are rendered; packed, they are collected."""
    home = context.permalink(context.target.path)
    read = [f"{name}/" if name != "index" else "" for name in cite.pages(context.book, context.here)]
    citations = rows(context)
    urls = dict.fromkeys([*read, *(_page(record).removeprefix(home) for record in citations)])
    pages = {url: [record for record in citations if _page(record) == home + url] for url in urls}
    ordered_citations = [record for here in pages.values() for record in here]
    texts = {
        "references.bib": "".join(map(bibtex, ordered_citations)),
        "references.ris": "".join(map(ris, ordered_citations)),
        "references.json": csl_json(ordered_citations),
        "references.txt": "".join(f"{cite.chicago(record)}\n{cite.apa(record)}\n" for record in ordered_citations),
    }
    context.collected.files[REFERENCES] = zip_file.write({name: text.encode() for name, text in texts.items()}, context.here.edition.date)
    shown = {
        url: tuple((cite.chicago(record).removesuffix(f"{record.permalink}."), record.permalink.removeprefix(home)) for record in here)
        for url, here in pages.items()
    }
    return [Section(url, section_name(url), texts) for url, texts in shown.items() if texts]


def _page(record: Citation) -> str:
    """Address of the page on which the cited thing stands."""
    return record.permalink.partition("#")[0]


def citation(context: BuildContext) -> str:
    """References, permalink and BibTeX of the edition, and of its original; on a cover, of the newest edition."""
    record = cite.citation(context.book, context.here, context.target.edition or context.here.edition.number)
    works = [
        (work, name, [(form.label, f"{name}-{form.ending}", text) for form, text in records.written(work, records.REFERENCES).items()])
        for work, name in ((record, "cite"), (record.source, "cite-original"))
        if work
    ]
    listed = _records(context, record)
    return render("citation", works=works, draft=context.here.draft, chicago=cite.chicago, apa=cite.apa, records=listed)
