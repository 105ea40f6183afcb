"""The feeds of the site: what is new, one for each relationship, and one of corrections and withdrawals.

All dates are those of editions and withdrawals, so equal ledgers give equal bytes. Ids are permanent addresses,
which RFC 4287 (4.2.6) wants never to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hooks.publishing.feed_formats import Entry, Feed, atom, json_feed
from hooks.publishing.manifest import Record
from macros import cite, indices, words
from macros.book import Book
from macros.language import gettext
from macros.model import Relationship
from macros.pages import cards, kinds

MOST = 100
"""How many of the newest entries a feed holds: a reader of feeds asks for it every hour. That of corrections holds all, and says so."""


def feed_files(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """Write every feed as Atom and as JSON Feed: path from the root of the site -> content."""
    feeds = [
        editions(book, records),
        corrections(book, records),
        *(of_relationship(book, records, relationship) for relationship in book.relationships),
    ]
    return {f"{feed.path}.{ending}": write(feed) for feed in feeds for ending, write in (("xml", atom), ("json", json_feed))}


def editions(book: Book, records: Sequence[Record]) -> Feed:
    """Every edition: new publications, corrections, withdrawals."""
    return _feed(book, "feed", "", book.series.title, book.series.subtitle, [_edition(book, record) for record in records])


def corrections(book: Book, records: Sequence[Record]) -> Feed:
    """Every edition after a first one, and every publication that was withdrawn."""
    series = book.series
    later = [_edition(book, record) for record in records if record.kind != "original"]
    entries = [*later, *_withdrawals(book, records)]
    title, subtitle = gettext("%(series)s: corrections", series=series.title), gettext("What was corrected, revised or withdrawn")
    return _feed(book, "corrections/feed", "corrections/", title, subtitle, entries, True)


def of_relationship(book: Book, records: Sequence[Record], relationship: Relationship) -> Feed:
    """The section on one relationship in the newest edition of every issue.

    Args:
        records: Every edition that the site holds.
    """
    home, title = f"relationships/{relationship.id}/", f"{book.series.title}: {relationship.label}"
    entries = list(_sections(book, records, relationship))
    subtitle = gettext("%(relationship)s, in every issue", relationship=relationship.title)
    return _feed(book, f"{home}feed", home, title, subtitle, entries)


def _feed(book: Book, path: str, home: str, title: str, subtitle: str, entries: Sequence[Entry], complete: bool = False) -> Feed:
    """A feed with its newest entries, or with all; one that has none yet is as old as the series."""
    series = book.series
    ordered = sorted(sorted(entries, key=lambda entry: entry.id), key=lambda entry: entry.updated, reverse=True)
    updated = max((entry.updated for entry in entries), default=book.begins.isoformat())
    shown = ordered if complete else ordered[:MOST]
    return Feed(series, path, f"{series.site}{home}", title, subtitle, updated, tuple(shown), complete)


def _edition(book: Book, record: Record) -> Entry:
    """One edition. Its permalink is its id, also when it has been withdrawn."""
    volume = book.find(record.address)
    permalink = f"{book.series.site}{record.path}/"
    listed = volume and record.number in {edition.number for edition in volume.publication.editions}  # a clone that is behind lacks some
    cited = cite.citation(book, volume, record.number) if volume and listed else None
    title = cited.title if cited else words.label(volume) if volume else record.title
    abstract = " ".join(volume.publication.abstract.split()) if volume and not record.withdrawn else ""
    return Entry(
        id=permalink,
        url=permalink,
        title=_headline(record, title),
        summary=f"{record.withdrawn or record.note} {abstract}".strip(),
        published=record.date,
        updated=record.changed,
        category="withdrawn" if record.withdrawn else record.kind,
        authors=tuple(author.name for author in cited.authors) if cited else (),
        via=cited.source.permalink if cited and cited.source else "",
        related=f"{book.series.site}{record.address}/",
    )


def _withdrawals(book: Book, records: Sequence[Record]) -> Iterator[Entry]:
    """Each publication that was withdrawn, once."""
    for record in {record.address: record for record in records if record.withdrawn}.values():
        volume = book.find(record.address)
        cover = f"{book.series.site}{record.address}/"
        title = words.label(volume) if volume else record.title
        day, headline = record.changed, _headline(record, title)
        yield Entry(f"{cover}#withdrawn", cover, headline, record.withdrawn, day, day, "withdrawn")


def _sections(book: Book, records: Sequence[Record], relationship: Relationship) -> Iterator[Entry]:
    """The section in each issue: its id is its address in the first edition, its link leads to the newest one."""
    for address, group in groupby(sorted(records, key=lambda record: (record.address, record.number)), lambda record: record.address):
        published = list(group)
        first, newest, volume = published[0], published[-1], book.find(address)
        if not volume or relationship not in book.covered(volume):
            continue
        index = indices.index(book, volume, relationship.id)
        sentences = f"{words.capital(cards.movement(book, index))}. {cards.strongest(book, volume, index.series)}."
        yield Entry(
            id=f"{book.series.site}{first.path}/{relationship.id}/",
            url=f"{book.series.site}{newest.path}/{relationship.id}/",
            title=_headline(newest, f"{relationship.label} {words.signed(index.aggregate)}: {words.label(volume)}"),
            summary=newest.withdrawn or (sentences if newest.number == 1 else f"{newest.note} {sentences}"),
            published=first.date,
            updated=newest.changed,
            category="withdrawn" if newest.withdrawn else newest.kind,
            related=f"{book.series.site}{address}/",
        )


def _headline(record: Record, title: str) -> str:
    if record.withdrawn:
        return gettext("%(title)s (withdrawn)", title=title)
    if record.kind == "original":
        return title
    kind = kinds.kind_of_edition(record.kind)
    return gettext("%(title)s (%(kind)s, edition %(number)s)", title=title, kind=kind, number=record.number)
