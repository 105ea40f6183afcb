"""How to cite what stands on a page, and every row that has an address of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from macros import cite
from macros.book import Volume
from macros.cite import Citation
from macros.exports import zip_file
from macros.render.desk import Desk
from macros.render.html import render

FORMS: dict[str, tuple[str, str, Callable[[Citation], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex", cite.bibtex),
    "ris": ("RIS", "application/x-research-info-systems", cite.ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", lambda record: _json([record])),
}
"""Files that programs read: ending -> name, media type, what writes it."""

REFERENCES = "cite/references.zip"
"""Every row of an edition in all three forms, and as references in the manner of Chicago and APA."""


def _json(records: list[Citation]) -> str:
    return json.dumps([cite.csl(record) for record in records], ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Form:
    """One file of references: its name, its media type, the link to it from the page."""

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
        rows: Link to the list of rows with their references; empty on living pages.
    """

    record: Citation
    living: bool
    forms: tuple[Form, ...]
    rows: str

    @property
    def chicago(self) -> str:
        """The reference in the manner of Chicago."""
        return cite.chicago(self.record)

    @property
    def apa(self) -> str:
        """The reference in the manner of APA."""
        return cite.apa(self.record)


def howto(desk: Desk, title: str, url: str) -> HowTo | None:
    """How to cite one page; its files are left on the desk.

    Args:
        desk: The desk of the build.
        title: Title of the page.
        url: URL of the page within the build.

    Returns:
        A page of an edition cites itself, a cover its newest edition, a page of the portal the
        newest edition of the newest publication; None where nothing is published.
    """
    volume = desk.volume or newest(desk)
    if volume is None:
        return None
    record, living = of_page(desk, volume, title, url), desk.target.kind != "edition"
    home = "" if living else url
    if not living:
        desk.files |= {f"{url}citation.{ending}": write(record).encode() for ending, (_, _, write) in FORMS.items()}
    there = [] if volume.publication.status == "withdrawn" else FORMS.items()
    base = desk.home(volume) + home
    forms = tuple(Form(label, kind, desk.link(f"{base}citation.{ending}")) for ending, (label, kind, _) in there)
    rows_to_cite = not living and (desk.charts or any(True for _ in cite.places(desk.here)))
    return HowTo(record, living, forms, desk.link(f"{desk.target.path}cite/") if rows_to_cite else "")


def newest(desk: Desk) -> Volume | None:
    """The newest issue; the newest other publication where there is no issue; None where nothing is published."""
    return next(
        iter((*desk.book.issues, *sorted(desk.book.published, key=lambda one: (one.edition.date, one.address), reverse=True))), None
    )


def of_page(desk: Desk, volume: Volume, title: str, url: str) -> Citation:
    """The record of what a page stands for: the edition on its first page and on living pages, else the section.

    Args:
        desk: The desk of the build.
        volume: The publication.
        title: Title of the page.
        url: URL of the page within the build.

    Returns:
        Its record.
    """
    whole = cite.citation(desk.book, volume, desk.target.edition or volume.edition.number)
    if desk.pdf(volume):
        whole = replace(whole, pdf=desk.permalink(desk.pdf(volume)))
    return cite.of_part(whole, title, url) if desk.target.kind == "edition" and url else whole


def rows(desk: Desk) -> tuple[Citation, ...]:
    """The record of every event, incident, point, recommendation, table and chart of the edition, in that order."""
    whole = of_page(desk, desk.here, "", "")
    found = [*cite.places(desk.here), *_charts(desk)]
    return tuple(cite.of_part(whole, place.title, place.path) for place in found)


def _charts(desk: Desk) -> Iterator[cite.Place]:
    for name, (title, page) in desk.charts.items():
        yield cite.Place(f"{page}#{name}", f"{title.rstrip('.')} (chart)")


def references(desk: Desk) -> list[tuple[str, str]]:
    """The reference of every row, without its address, and the link to it; the same in three forms is left on the desk.

    Args:
        desk: The desk of an edition whose pages have all been rendered, for only then its charts are known.

    Returns:
        Text and path from the first page of the edition.
    """
    found, home = rows(desk), desk.permalink(desk.target.path)
    texts = {
        "references.bib": "".join(map(cite.bibtex, found)),
        "references.ris": "".join(map(cite.ris, found)),
        "references.json": _json(list(found)),
        "references.txt": "".join(f"{cite.chicago(one)}\n{cite.apa(one)}\n" for one in found),
    }
    desk.files[REFERENCES] = zip_file.write({name: text.encode() for name, text in texts.items()}, desk.here.edition.date)
    return [(cite.chicago(one).removesuffix(f"{one.permalink}."), one.permalink.removeprefix(home)) for one in found]


def citation(desk: Desk) -> str:
    """References, permalink and BibTeX of the edition; on a cover, of the newest edition."""
    record = cite.citation(desk.book, desk.here, desk.target.edition or desk.here.edition.number)
    texts = [(label, f"cite-{ending}", write(record)) for ending, (label, _, write) in FORMS.items()]
    return render("citation", record=record, chicago=cite.chicago(record), apa=cite.apa(record), texts=texts)


__all__ = ["FORMS", "HowTo", "citation", "howto", "references"]
