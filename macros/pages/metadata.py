"""What a page says of itself to machines: meta tags, typed links, JSON-LD.

Order matters: Zotero takes the last tag that names a type, so the Highwire tags of a technical
report stand last, and a date among them so that none is guessed from the text. There is no COinS and
no unAPI, which would come before all of these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros import cite, dates, names, words
from macros.book import Volume
from macros.cite import Citation
from macros.exports.media import media_type
from macros.json_text import compact
from macros.language import current, gettext
from macros.language_tags import with_territory
from macros.pages import json_ld
from macros.pages.citation import HowTo
from macros.pages.context import BuildContext
from macros.pages.html import Markup
from macros.pages.linkset import LINKSET, files_of, items, linkset
from macros.records.identity import identities
from macros.target import TIMEMAP, edition_path


@dataclass(frozen=True)
class Tag:
    """A `meta` element: its name and its content."""

    name: str
    content: str

    @property
    def attribute(self) -> str:
        """What names it: in Open Graph another attribute than elsewhere."""
        return "property" if self.name.startswith("og:") else "name"


@dataclass(frozen=True)
class Typed:
    """A `link` element: relation, address, media type where it is known, and of a state of the publication the moment it is of."""

    rel: str
    href: str
    type: str = ""
    datetime: str = ""


@dataclass(frozen=True)
class Metadata:
    """Everything of one page."""

    description: str
    tags: tuple[Tag, ...]
    links: tuple[Typed, ...]
    graph: Markup


@dataclass(frozen=True)
class Page:
    """The page that is described."""

    context: BuildContext
    title: str
    url: str
    description: str
    howto: HowTo | None
    card: str

    @property
    def frozen(self) -> bool:
        """Whether it is a page of an edition."""
        return self.context.target.kind == "edition"

    @property
    def address(self) -> str:
        """Its absolute address."""
        return self.context.permalink(self.context.target.path + self.url)

    @property
    def record(self) -> Citation | None:
        """What programs that collect references take from it: itself, or the newest edition on a cover; nothing on the portal."""
        return self.howto.record if self.howto and self.context.volume else None


def metadata(context: BuildContext, title: str, url: str, description: str, howto: HowTo | None, card: str) -> Metadata:
    """What one page says of itself.

    Args:
        context: The build; the linkset is left on it.
        card: Absolute address of the picture that stands for it; empty where there is none.
    """
    if context.target.kind == "cover" and context.volume:
        context.collected.files[f"{context.volume.address}/{LINKSET}"] = linkset(context, context.volume)
    page = Page(context, title, url, described(context, description), howto, card)
    graph = compact({"@context": "https://schema.org", "@graph": list(_graph(page))})
    return Metadata(page.description, meta_tags(page), tuple(_links(page)), Markup(graph.replace("<", "\\u003c")))


def described(context: BuildContext, description: str) -> str:
    """The description of a page; of an edition's, with the name of the work."""
    if context.target.kind != "edition":
        return description
    record = cite.citation(context.book, context.here, context.target.edition)
    return gettext(
        "%(description)s %(publication)s, edition %(number)s.",
        description=description,
        publication=record.title,
        number=context.target.edition,
    )


# Meta tags -----------------------------------------------------------------------------------


def meta_tags(page: Page) -> tuple[Tag, ...]:
    """The meta tags of a page: Open Graph, and, of a page that can be cited, those for programs that collect references."""
    pairs = (*_open_graph(page), *(_report(page, page.record) if page.record else ()))
    return tuple(Tag(name, content) for name, content in pairs if content)


def _open_graph(page: Page) -> Iterator[tuple[str, str]]:
    yield "og:title", page.title
    yield "og:type", "article" if page.record else "website"
    yield "og:url", page.address
    yield "og:site_name", page.context.book.series.title
    yield "og:description", page.description
    yield "og:locale", with_territory(current().tag)
    if page.card:
        yield from (("og:image", page.card), ("og:image:width", "1200"), ("og:image:height", "630"))
        yield "og:image:alt", gettext("%(title)s, with its numbers and words in short", title=page.title)
    yield "twitter:card", "summary_large_image" if page.card else "summary"


def _report(page: Page, record: Citation) -> Iterator[tuple[str, str]]:
    """Dublin Core, then Highwire; what names the type of the work stands last."""
    editor = names.sorted_name(record.editor) if record.editor else ""
    yield from (("DC.type", "Report"), ("DC.title", record.name))
    yield from (("DC.creator", names.sorted_name(author)) for author in record.answerable)
    yield from (("DC.publisher", record.institution), ("DC.rights", page.context.book.series.text_licence.name))
    if record.source:
        yield "DC.source", record.source.line
        yield "z.itemType", "report"  # Zotero's own terms: with them it puts the description into Extra
        yield "DC.description", gettext("Digest of: %(original)s", original=cite.chicago(record.source))
    yield "DC.contributor", editor  # Zotero knows no editors of reports, and takes this one where there is no author
    yield "DC.relation.ispartof", record.title if record.part else ""
    yield "citation_title", record.name
    for creator in record.answerable:  # where there is no author the body: search engines of papers pass over a work without one
        yield "citation_author", names.sorted_name(creator)
        yield from ((f"citation_author_{identity.scheme.lower()}", identity.address) for identity in identities(creator))
    yield "citation_editor", editor
    yield "citation_publication_date", f"{record.published:%Y/%m/%d}"
    yield from (("citation_edition", record.version), ("citation_language", record.language), ("citation_series_title", record.series))
    yield from (("citation_keywords", word) for word in page.context.here.publication.keywords)
    yield "citation_public_url", record.permalink
    yield from (("DC.identifier", record.address if record.doi else ""), ("citation_doi", record.doi), ("citation_issn", record.issn))
    if record.pdf and record.pdf.rpartition("/")[0] == page.address.rstrip("/"):  # Google Scholar takes no PDF of another folder
        yield "citation_pdf_url", record.pdf
    yield "citation_technical_report_number", record.number
    yield "citation_technical_report_institution", record.institution


# Typed links (FAIR Signposting, level 1) -----------------------------------------------------


def _links(page: Page) -> Iterator[Typed]:
    context, volume = page.context, page.context.volume
    if not volume or not page.howto:
        return
    yield Typed("cite-as", page.howto.record.address)
    yield Typed("license", context.book.series.text_licence.url)
    yield Typed("type", "https://schema.org/AboutPage")
    yield Typed("type", "https://schema.org/Chapter" if page.howto.record.part else "https://schema.org/Report")
    yield from (Typed("describedby", form.href, form.type) for form in (*page.howto.forms, *page.howto.records))
    # the way to other states of the publication (RFC 7089): its cover is the original, each edition a state of it
    yield Typed("original", context.link(f"{volume.address}/"))
    yield Typed("timemap", context.link(f"{volume.address}/{TIMEMAP}"), "application/link-format")
    states = [edition for edition in volume.publication.editions if not page.frozen or edition.number == context.target.edition]
    for edition in states if volume.publication.status == "published" else ():
        yield Typed("memento", context.link(edition_path(volume.address, edition.number)), "text/html", dates.http_date(edition.date))
    if page.howto.record.source and page.howto.record.source.permalink:
        yield Typed("via", page.howto.record.source.permalink)  # the source of what the page tells (RFC 4287, 4.2.7.2)
    yield Typed("linkset", context.link(f"{volume.address}/{LINKSET}"), "application/linkset+json")
    if page.frozen and page.url:
        yield Typed("collection", context.link(context.target.path), "text/html")
    elif page.frozen and not context.target.language:
        yield from (Typed("item", context.link(context.target.path + path), kind) for path, kind in items(context, volume))


# JSON-LD -------------------------------------------------------------------------------------


def _graph(page: Page) -> Iterator[dict[str, Any]]:
    series, site = page.context.book.series, page.context.book.series.site
    number = {"issn": series.issn} if series.issn else {}
    periodical = {"@type": "Periodical", "@id": site, "name": series.title, "url": site, **number}
    if not page.record:
        yield {"@type": "WebPage", "url": page.address, "name": page.title, "description": page.description, "isPartOf": periodical}
        return
    volume, work = page.context.here, json_ld.work(page.record)
    if page.context.target.language:
        work |= {"translationOfWork": {"@id": page.context.book.series.site + page.context.target.original.path + page.url}}
    if page.record.part:
        whole = cite.citation(page.context.book, volume, page.context.target.edition)
        yield work | {"isPartOf": {"@type": json_ld.kind_of(whole), "@id": whole.permalink, "name": whole.title}}
    else:
        licence = page.context.book.series.text_licence.url
        work |= {"abstract": volume.publication.abstract, "keywords": list(volume.publication.keywords), "license": licence}
        corrections = [json_ld.correction(edition) for edition in volume.publication.editions if edition.kind == "correction"]
        if page.record.series or number:  # the digest of a number is no number, but stands on a site that may have an ISSN
            work["isPartOf"] = periodical if page.record.series else periodical | {"@type": "WebSite"}
        yield work | ({"correction": corrections} if corrections else {})
    if page.frozen and page.url in ("", "data/") and not page.context.target.language:
        yield _dataset(page.context, volume, page.record)


def _dataset(context: BuildContext, volume: Volume, record: Citation) -> dict[str, Any]:
    home, series = context.permalink(context.target.path), context.book.series
    title = words.label(volume)
    properties = {
        "@type": "Dataset",
        "@id": f"{home}data/#files",
        "url": f"{home}data/",
        "name": gettext("Data of %(publication)s, edition %(number)s", publication=title, number=record.version),
        "description": gettext(
            "Every row and number from which the text, the tables and the charts of %(publication)s are made, with its sources.",
            publication=title,
        ),
        "license": series.data_licence.url,
        "creator": {"@type": "Organization", "name": series.imprint.name},
        "datePublished": record.published.isoformat(),
        "version": record.version,
        "isPartOf": {"@id": home},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{home}data/{name}",
                "encodingFormat": media_type(name),
                "contentSize": f"{len(content)} B",
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in files_of(context, volume).items()
        ],
    }
    own = volume.publication.period  # the time that the data are about (ISO 8601); of a paper that of its rows
    periods = [own] if own else [row.period for row in volume.quantities.values() if row.period]
    covered = f"{min(period.first for period in periods)}/{max(period.last for period in periods)}" if periods else ""
    return properties | ({"temporalCoverage": covered} if covered else {})
