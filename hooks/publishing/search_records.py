"""What the search knows: a record for each page, chart and row of the newest editions, and for each page of the portal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from hooks.publishing.html_page import Element, HtmlPage
from macros import date_words, words
from macros.book import Book, Volume
from macros.citable_rows import citable_rows
from macros.dates import Period
from macros.language import gettext
from macros.model import KINDS
from macros.pages.html import Markup, paragraphs, render
from macros.scripts import spaced
from macros.spellings import Spellings
from macros.target import COMPARISONS, edition_path

LEFT_OUT = "data-search-exclude"
"""Attribute of what no search is to find: of a part of a page, or of its whole text."""
OTHER_PAGES = (*(f"{kind}/" for kind in KINDS.values()), COMPARISONS)
"""Where the pages stand that are not the portal's own."""
EMPTY = Markup("")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
FIGURE_TITLE = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.DOTALL)

OUTSIDE_TAGS = re.compile(r"(<[^>]*>)|([^<]+)")


@dataclass(frozen=True)
class SearchRecord:
    """One thing that a search may find.

    Attributes:
        path: Where it is, from the root of the site, with its fragment.
        kind: What it is, for readers.
        title: What it says, or is called.
        text: All of its words, as HTML.
        id: The id of an event or incident, which the whole site has once.
        number: The id of any other row, which its publication has once.
        period: Its date.
        relationship: The relationship that it belongs to.
        addressee: Whom it addresses.
        theme: What it is about.
        publication: What it stands in.
        language: Its language, as in BCP 47.
        names: The other spellings of the names in it.
    """

    path: str
    kind: str
    title: str
    text: Markup
    id: str = ""
    number: str = ""
    period: Period | None = None
    relationship: str = ""
    addressee: str = ""
    theme: str = ""
    publication: str = ""
    language: str = ""
    names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All of its words as plain text."""
        return " ".join([self.title, self.text.striptags(), self.relationship, self.addressee, self.theme, self.publication, *self.names])

    @property
    def html(self) -> str:
        """The record as a small page, which the program that makes the index reads."""
        when = date_words.human(self.period) if self.period else ""
        letters = spaced(self.title)
        text = Markup(OUTSIDE_TAGS.sub(lambda part: part[1] or spaced(part[2]), self.text))
        title = letters if letters != self.title else ""
        return render("search_record", record=self, title=title, text=text, when=when, days=_days(self.period), years=_years(self.period))


def of_portal(book: Book, pages: Iterable[tuple[str, HtmlPage]]) -> list[SearchRecord]:
    """Make the records of the portal.

    Args:
        pages: Its finished pages, each with its path from the root of the site.

    Returns:
        One for each page and chart of it.
    """
    labels = {f"relationships/{relationship.id}/": relationship.label for relationship in book.relationships}
    like = SearchRecord("", gettext("Overview"), "", EMPTY, language=book.series.language)
    return _spelled(book, _of_pages(pages, {path: replace(like, relationship=label) for path, label in labels.items()}, like))


def of_publication(book: Book, volume: Volume, pages: Mapping[str, HtmlPage]) -> list[SearchRecord]:
    """Make the records of the newest edition of a publication.

    Args:
        pages: The finished pages of that edition, by path from the root of the site.

    Returns:
        One for each page and chart, event, incident, point, recommendation, judgement and table of it.
    """
    publication, home = volume.publication, edition_path(volume.address, volume.edition.number)
    like = SearchRecord(
        "",
        gettext("Section"),
        "",
        EMPTY,
        publication=words.label(volume),
        period=publication.period or publication.date,
        language=publication.language,
    )
    sections = {f"{home}{relationship.id}/": replace(like, relationship=relationship.label) for relationship in book.relationships}
    sections[home] = replace(like, title=words.label(volume))
    paths = {part.path.rpartition("#")[2]: home + part.path for part in citable_rows(volume)}
    paths |= _judgement_paths(volume, pages)
    rows = [replace(row, path=paths[row.path]) for row in _rows(book, volume, like) if row.path in paths]
    return _spelled(book, [*_of_pages(sorted(pages.items()), sections, like), *rows])


def _judgement_paths(volume: Volume, pages: Mapping[str, HtmlPage]) -> dict[str, str]:
    """Where judgements stand, which only the finished pages say: id -> path."""
    wanted = {judgement.id for judgement in volume.judgements}
    paths: dict[str, str] = {}
    for path, page in pages.items() if wanted else ():
        for name in sorted(wanted.intersection(page.ids)):
            paths.setdefault(name, f"{path.removesuffix('index.html')}#{name}")
    return paths


def _rows(book: Book, volume: Volume, like: SearchRecord) -> Iterator[SearchRecord]:
    """The rows of a publication; the path of each is its bare id as yet."""
    labels, lists = {relationship.id: relationship.label for relationship in book.relationships}, book.vocabularies
    for event in volume.events:
        row = replace(like, path=event.id, id=event.id, kind=gettext("Event"), title=event.event, period=event.date)
        yield replace(row, relationship=labels[event.relationship])
    for incident in volume.incidents:
        row = replace(like, path=incident.id, id=incident.id, kind=gettext("Incident"), title=incident.event, period=incident.date)
        yield replace(row, theme=lists.categories[incident.category])
    for point in volume.points.points if volume.points else ():
        yield replace(like, path=point.id, number=point.id, kind=gettext("Point"), title=point.title, text=paragraphs(point.text))
    for advice in volume.recommendations:
        addressee, theme = lists.addressees[advice.addressee], lists.themes[advice.theme]
        text = paragraphs("\n\n".join([advice.text, *(f"{part.title}. {part.text}" for part in advice.components)]))
        row = replace(like, path=advice.id, number=advice.id, kind=gettext("Recommendation"), title=advice.title, text=text)
        yield replace(row, addressee=addressee, theme=theme)
    for judgement in volume.judgements:
        kind = lists.judgements[judgement.kind]
        yield replace(like, path=judgement.id, number=judgement.id, kind=kind, title=judgement.title, text=paragraphs(judgement.text))
    for figure in volume.publication.figures:
        items = paragraphs("\n\n".join(row.item for row in volume.figures if row.figure == figure.id))
        yield replace(like, path=f"figure-{figure.id}", kind=gettext("Table"), title=figure.title, text=items)


def _of_pages(pages: Iterable[tuple[str, HtmlPage]], sections: Mapping[str, SearchRecord], like: SearchRecord) -> list[SearchRecord]:
    """The records of finished pages and of the charts on them; a chart that stands on several is found on the first."""
    records: list[SearchRecord] = []
    charts: dict[str, SearchRecord] = {}
    for path, page in pages:
        article = page.document.css_first(f"#content:not([{LEFT_OUT}])")
        if article is None:
            continue
        url = path.removesuffix("index.html")
        body, record = article.inner_html or "", sections.get(url, like)
        title = HEADING.search(body)
        records.append(
            replace(record, path=url, title=record.title or _plain(title[1] if title else ""), text=Markup(HEADING.sub("", body, count=1)))
        )
        for figure in page.elements("figure[id]"):
            charts.setdefault(figure.attributes["id"], _chart(figure, url, record))
    return [*records, *charts.values()]


def _chart(figure: Element, url: str, like: SearchRecord) -> SearchRecord:
    body, name = figure.node.inner_html or "", figure.attributes["id"]
    title = FIGURE_TITLE.search(body)
    return replace(like, kind=gettext("Chart"), path=f"{url}#{name}", title=_plain(title[1] if title else name), text=Markup(body))


def _plain(html: str) -> str:
    return Markup(html).striptags()


def _spelled(book: Book, records: Sequence[SearchRecord]) -> list[SearchRecord]:
    """Records with the other spellings of the names in them."""
    spellings = Spellings(book.vocabularies.aliases)
    return [replace(record, names=tuple(chain.from_iterable(spellings.named(record.words)))) for record in records]


def _days(period: Period | None) -> list[str]:
    """The first and last day of a date, as ISO 8601 writes them, so that they can be searched for."""
    ends = [period.known_first, period.known_last] if period else []
    return list(dict.fromkeys(day.isoformat() for day in ends if day))


def _years(period: Period | None) -> range:
    if period is None:
        return range(0)
    first, last = period.known_first or period.last, period.known_last or period.first
    return range(first.year, last.year + 1)


def portal_pages(paths: Sequence[str]) -> list[str]:
    """The pages of the portal among the paths of a site: no cover, no page of an edition, no list of `latest/`, no comparison."""
    overviews = {f"{name}/index.html" for name in (*KINDS.values(), COMPARISONS.rstrip("/"))}
    return [path for path in paths if path.endswith("index.html") and (path in overviews or not path.startswith(OTHER_PAGES))]
