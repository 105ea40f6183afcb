"""The page of the search: its box, and an index from A to Z that needs no program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from macros import date_words, words
from macros.book import Volume
from macros.citable_rows import citable_rows
from macros.dates import Period
from macros.language import gettext
from macros.pages import kinds
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.spellings import Spellings, folded

BUNDLES = "search/index/bundles.json"
"""The list of what the program of the page reads."""
MOST = 12
"""How many rows an entry lists; who wants all of them searches."""


@dataclass
class Entry:
    """One line of the index.

    Attributes:
        term: What is looked for.
        also: Its other spellings.
        pages: Links to pages: text and relative link.
        rows: Links to events, incidents, points and recommendations that name it, the newest first.
    """

    term: str
    also: tuple[str, ...] = ()
    pages: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of it."""
        return (self.term, *self.also)

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        first = folded(self.term)[:1].upper()
        return first if first.isalpha() else "0–9"


@dataclass(frozen=True)
class _Row:
    """A row as the index sees it."""

    text: str
    shown: str
    link: str
    theme: str = ""


def search(context: BuildContext) -> str:
    """The box that searches everything, and an index from A to Z: relationships, names, keywords, themes, issues and papers."""
    context.collected.files[BUNDLES] = b"[]\n"  # as a preview has it; a site that is built whole lists its bundles there
    entries = sorted(_entries(context), key=lambda entry: folded(entry.term))
    letters = [(letter, list(of_letter)) for letter, of_letter in groupby(entries, key=lambda entry: entry.letter)]
    example = next((event.id for issue in context.book.issues for event in issue.events), "")
    return render("search", letters=letters, most=MOST, example=example)


def _entries(context: BuildContext) -> Iterable[Entry]:
    book = context.book
    spellings = Spellings(book.vocabularies.aliases)
    entries: dict[str, Entry] = {}

    def entry(term: str) -> Entry:
        """The entry of a term, by whatever spelling it is called."""
        names = spellings.of(term)
        return entries.setdefault(folded(names[0]), Entry(names[0], names[1:]))

    for relationship in book.relationships:
        pages = entry(relationship.label).pages
        pages[relationship.title] = context.link(f"relationships/{relationship.id}/")
        for volume in book.issues:
            if relationship in book.covered(volume):
                pages[words.label(volume)] = context.link(f"{context.home(volume)}{relationship.id}/")
    for volume in sorted(book.published, key=lambda volume: volume.recency, reverse=True):
        label, link = words.label(volume), context.link(context.home(volume))
        kind, when = kinds.kind_of_publication(volume.publication.kind), words.when(volume.publication)
        entry(label).pages[f"{kind}, {when}" if when else kind] = link
        for keyword in volume.publication.keywords:
            entry(keyword).pages.setdefault(label, link)
        for row in _rows(context, volume):
            for names in spellings.named(row.text):
                entry(names[0]).rows[row.shown] = row.link
            if row.theme:
                entry(row.theme).rows[row.shown] = row.link
    return [line for line in entries.values() if line.pages or line.rows]


def _rows(context: BuildContext, volume: Volume) -> Iterator[_Row]:
    """The rows of a publication, the newest event first."""
    lists, home, label = context.book.vocabularies, context.home(volume), words.label(volume)
    paths = {part.path.rpartition("#")[2]: context.link(home + part.path) for part in citable_rows(volume)}
    for event in reversed(volume.events):
        yield _Row(event.event, _dated(event.event, event.date), paths[event.id])
    for incident in reversed(volume.incidents):
        yield _Row(incident.event, _dated(incident.event, incident.date), paths[incident.id], lists.categories[incident.category])
    for point in volume.points.points if volume.points else ():
        shown = gettext("%(title)s (%(publication)s, point %(number)s)", title=point.title, publication=label, number=point.number)
        yield _Row(f"{point.title} {point.text}", shown, paths[point.id])
    for advice in volume.recommendations:
        given = {"title": advice.title, "publication": label, "number": advice.id[2:]}
        shown = gettext("%(title)s (%(publication)s, recommendation %(number)s)", **given)
        yield _Row(f"{advice.title} {advice.text}", shown, paths[advice.id], lists.themes[advice.theme])


def _dated(text: str, period: Period) -> str:
    return f"{text} ({date_words.human(period)})"
