"""What a macro knows of the build that it works in, and what it leaves there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import escape

from macros import cite, indices
from macros.book import Book, Volume
from macros.target import Target, edition_path, pdf_name, relative
from macros.translated_pages import counterparts

if TYPE_CHECKING:
    from macros.pages.embeds import Embed

MARK = re.compile(r"<!--macro (\d+)-->|<macro-(\d+)>")
"""The place of what a macro made; a paragraph of its own goes where it is all that the paragraph holds."""


@dataclass
class Collected:
    """What one build collects while its pages are rendered.

    Attributes:
        files: Files to be written beside the pages: path from the root of the build -> bytes.
        cited: Keys of the sources that the page being rendered has cited, in order, and how often.
        charts: Charts drawn so far: id -> title, and the page it first stood on, from the root of the build.
        embeds: Charts that have a page of their own for other people's pages, by id.
        judged: Judgements printed so far: id -> page it first stood on, from the root of the build.
        shown: Addresses of the publications whose figures a page of the portal shows, by URL, in order.
        html: What macros made for the page being rendered, until Markdown is done.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    charts: dict[str, tuple[str, str]] = field(default_factory=dict)
    embeds: dict[str, Embed] = field(default_factory=dict)
    judged: dict[str, str] = field(default_factory=dict)
    shown: dict[str, dict[str, None]] = field(default_factory=dict)
    html: list[str] = field(default_factory=list)

    def set_aside(self, html: str, within: bool = False) -> str:
        """Keep what a macro made until Markdown is done; of words within a sentence it may begin that sentence.

        Returns:
            What marks its place: a comment, which Markdown takes for a block, or an element, which it takes for a word.
        """
        self.html.append(escape(html))  # what a template of ours made stays as it is
        number = len(self.html) - 1
        return f"<macro-{number}>" if within else f"<!--macro {number}-->"

    def put_back(self, page: str) -> str:
        """A page that Markdown made, with what its macros made; forgets it."""
        whole = MARK.sub(lambda mark: self.html[int(mark[1] or mark[2])], page)
        self.html.clear()
        return whole


@dataclass(frozen=True, repr=False)  # MkDocs plugins print what they are configured with
class BuildContext:
    """One build as the macros see it.

    Attributes:
        page: Path of the page being rendered, from the root of the site.
        printed: Paths of the editions that have a PDF.
    """

    book: Book
    target: Target
    page: str = ""
    printed: frozenset[str] = frozenset()
    collected: Collected = field(default_factory=Collected)

    def at(self, url: str) -> BuildContext:
        """The same build, on the page at a URL within it."""
        return replace(self, page=self.target.path + url)

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

    def show(self, *volumes: Volume) -> None:
        """Note that the page shows figures of some publications."""
        if self.volume is None:
            self.collected.shown.setdefault(self.page, {}).update(dict.fromkeys(volume.address for volume in volumes))

    def link(self, path: str) -> str:
        """A relative link from the page to a path from the root of the site; of a translation to the page in its language, if any."""
        return relative(self.translated(path), self.page)

    def translated(self, path: str) -> str:
        """A path from the root of the site, or that of the same page in the language of the build where it is there."""
        page, mark, fragment = path.partition("#")
        return f"{self.counterparts.get(page, page)}{mark}{fragment}"

    @cached_property
    def counterparts(self) -> Mapping[str, str]:
        """Where links of a translation lead instead of to the original."""
        return counterparts(self.book, self.target)

    @property
    def root(self) -> str:
        """A relative link from the page to the root of the site, in whichever language the page is."""
        return relative("", self.page)

    def home(self, volume: Volume) -> str:
        """Path of a volume's newest edition, or of the one being built."""
        number = self.target.edition if volume.address == self.target.address and self.target.edition else volume.edition.number
        return edition_path(volume.address, number)

    def pdf(self, volume: Volume) -> str:
        """Path of the PDF of a volume's newest edition, or of the one being built; empty where it has none."""
        own = volume.address == self.target.address and self.target.language
        home = self.target.path if own else self.home(volume)
        return home + pdf_name(home) if home in self.printed else ""

    @property
    def section_pdf(self) -> str:
        """Path of the PDF of the section that the page is; empty where it is none, or its edition has no PDF."""
        if self.volume is None or self.target.path not in self.printed:
            return ""
        sections = {f"{self.target.path}{name}/" for name in cite.sections(self.book, self.volume)}
        return self.page + pdf_name(self.page) if self.page in sections else ""

    def permalink(self, path: str) -> str:
        """Absolute address of a path from the root of the site."""
        return self.book.series.site + self.translated(path)

    @property
    def links(self) -> ChartLinks:
        """Where the marks of charts lead."""
        return ChartLinks(self)


@dataclass(frozen=True)
class ChartLinks:
    """Absolute addresses for charts: a picture that travels still leads back."""

    context: BuildContext

    def row(self, volume: Volume, row_id: str) -> str:
        """Address of a row of a publication."""
        return self.context.permalink(row_path(self.context, volume, row_id))

    def section(self, volume: Volume, series: str) -> str:
        """Address of the section of one index in an issue."""
        return self.context.permalink(section_path(self.context, volume, series))


def section_path(context: BuildContext, volume: Volume, series: str) -> str:
    """Path of the section of one index: the relationship's page, or security."""
    return f"{context.home(volume)}{'security' if series in indices.security_ids(context.book) else series}/"


def row_path(context: BuildContext, volume: Volume, row_id: str) -> str:
    """Path of one row of a publication, from the root of the site, with its fragment.

    An event stands on the page of its relationship, an incident on that of security, a point or
    recommendation on the first page of its paper, a stated number on the data page.

    Raises:
        KeyError: The publication has no such row.
    """
    home = context.home(volume)
    if row_id in volume.event_relationships:
        return f"{home}{volume.event_relationships[row_id]}/#{row_id}"
    if any(row_id == incident.id for incident in volume.incidents):
        return f"{home}security/#{row_id}"
    if row_id in volume.quantities:
        return f"{home}data/#{row_id}"
    points = volume.points.points if volume.points else ()
    if row_id in {row.id for row in volume.recommendations} | {point.id for point in points}:
        return f"{home}#{row_id}"
    raise KeyError(row_id)
