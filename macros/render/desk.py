"""Where a macro works: the book, what is being built, the page it stands on, the files it adds."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import escape

from macros import indices
from macros.book import Book, Volume
from macros.target import Target, edition_path, pdf_name, relative

LATER = re.compile(r"<!--later-->(.*?)<!--/later-->", re.DOTALL)
LATER_MARK = re.compile(r"<!--later (\d+)-->")
MACRO_MARK = re.compile(r"(<p>)?<!--macro (\d+)-->(?(1)</p>)")
"""The place of what a macro made; a paragraph of its own goes where it is all that the paragraph holds."""


@dataclass(repr=False)  # MkDocs plugins print what they are configured with
class Desk:
    """One build as the macros see it.

    Attributes:
        book: The book.
        target: What is being built.
        page: Path of the page being rendered, from the root of the site.
        files: Files to be written beside the pages: path from the root of the build -> bytes.
        dots: Pictures of dots, for which no page waits: path -> what draws it. They are drawn beside what comes next.
        drawing: Ends when those pictures stand beside the pages.
        cited: Keys of the sources that the page being rendered has cited, in order, and how often.
        charts: Charts drawn so far: id -> title, and the page it first stood on, from the root of the build.
        judged: Judgements printed so far: id -> page it first stood on, from the root of the build.
        shown: Addresses of the publications whose figures a page of the portal shows, by URL, in order.
        live: The same charts as Vega draws them when a reader asks: id -> specification.
        printed: Paths of the editions that have a PDF.
        made: What macros made for the page being rendered; marked in its text, and put in its place when Markdown is done.
        later: Parts of pages that neither Markdown nor the search has to read; marked in the text, and put into the finished page.
    """

    book: Book
    target: Target
    page: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    dots: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    drawing: Future[None] | None = None
    cited: dict[str, int] = field(default_factory=dict)
    charts: dict[str, tuple[str, str]] = field(default_factory=dict)
    judged: dict[str, str] = field(default_factory=dict)
    shown: dict[str, dict[str, None]] = field(default_factory=dict)
    live: dict[str, Any] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    made: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)

    @cached_property
    def volume(self) -> Volume | None:
        """The publication being built; None for the portal."""
        return self.book.volume(self.target.address) if self.target.address else None

    @property
    def here(self) -> Volume:
        """The publication being built.

        Raises:
            LookupError: The page belongs to the portal.
        """
        if self.volume is None:
            raise LookupError("this macro belongs on the pages of a publication, not on the portal's")
        return self.volume

    @property
    def issue(self) -> Volume:
        """The issue that a page is about: its own, or the newest on the portal."""
        return self.volume or self.book.issues[0]

    def set_aside(self, html: str) -> str:
        """Keep what a macro made until Markdown is done.

        Args:
            html: What a macro made: Markup, or words.

        Returns:
            A comment that marks its place.
        """
        self.made.append(LATER.sub(self._later, escape(html)))  # what a template of ours made stays as it is
        return f"<!--macro {len(self.made) - 1}-->"

    def _later(self, part: re.Match[str]) -> str:
        self.later.append(part[1])
        return f"<!--later {len(self.later) - 1}-->"

    def put_back(self, html: str) -> str:
        """A page that Markdown made, with what its macros made; forgets it."""
        page = MACRO_MARK.sub(lambda mark: self.made[int(mark[2])], html)
        self.made.clear()
        return page

    def put_back_later(self, page: str) -> str:
        """A finished page with all its parts."""
        return LATER_MARK.sub(lambda mark: self.later[int(mark[1])], page)

    def show(self, *volumes: Volume) -> None:
        """Note that the page shows figures of some publications."""
        if self.target.kind == "portal":
            self.shown.setdefault(self.page, {}).update(dict.fromkeys(volume.address for volume in volumes))

    def link(self, path: str) -> str:
        """A relative link from the page to a path from the root of the site."""
        return relative(path, self.page)

    def home(self, volume: Volume) -> str:
        """Path of a volume's newest edition, or of the one being built."""
        number = self.target.edition if volume.address == self.target.address and self.target.edition else volume.edition.number
        return edition_path(volume.address, number)

    def pdf(self, volume: Volume) -> str:
        """Path of the PDF of a volume's newest edition, or of the one being built; empty where it has none."""
        home = self.home(volume)
        return home + pdf_name(home) if home in self.printed else ""

    def permalink(self, path: str) -> str:
        """Absolute address of a path from the root of the site."""
        return self.book.series.site + path

    @property
    def links(self) -> ChartLinks:
        """Where the marks of charts lead."""
        return ChartLinks(self)


@dataclass(frozen=True)
class ChartLinks:
    """Absolute addresses for charts: a picture that travels still leads back."""

    desk: Desk

    def row(self, volume: Volume, row_id: str) -> str:
        """Address of a row of a publication."""
        return self.desk.permalink(row_path(self.desk, volume, row_id))

    def section(self, volume: Volume, series: str) -> str:
        """Address of the section of one index in an issue."""
        return self.desk.permalink(section_path(self.desk, volume, series))


def section_path(desk: Desk, volume: Volume, series: str) -> str:
    """Path of the section of one index: the relationship's page, or security."""
    security = {one.id for one in indices.security_series(desk.book).values()}
    return f"{desk.home(volume)}{'security' if series in security else series}/"


def row_path(desk: Desk, volume: Volume, row_id: str) -> str:
    """Path of one row of a publication.

    An event stands on the page of its relationship, an incident on that of security, a
    recommendation on the first page of its paper, a stated number on the data page.

    Args:
        desk: Where the page stands.
        volume: The publication.
        row_id: Id of the row.

    Returns:
        The path from the root of the site, with its fragment.

    Raises:
        KeyError: The publication has no such row.
    """
    home = desk.home(volume)
    events = {event.id: event.relationship for event in volume.events}
    if row_id in events:
        return f"{home}{events[row_id]}/#{row_id}"
    if any(row_id == incident.id for incident in volume.incidents):
        return f"{home}security/#{row_id}"
    if row_id in volume.quantities:
        return f"{home}data/#{row_id}"
    if any(row_id == one.id for one in volume.recommendations):
        return f"{home}#{row_id}"
    raise KeyError(row_id)
