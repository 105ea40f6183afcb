"""What the card of each page says: its title, its own number and words."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from urllib.parse import urlsplit

from macros import date_words, indices, words
from macros.book import Book, Volume
from macros.charts import card
from macros.charts.card import Bar, Card
from macros.fields import size
from macros.language import current, gettext, ngettext
from macros.pages import kinds, scoreboard
from macros.pages.charts import cached
from macros.pages.context import BuildContext
from macros.scripts import fonts_cover

NAME = "card.png"


def collect(context: BuildContext, title: str, url: str, description: str, shared: bool) -> str:
    """Draw the card of a page and leave it on the context.

    Args:
        shared: Whether the page has the card of the first page: those for the team, and lists that the search passes over.

    Returns:
        Absolute address of the picture; a cover has that of its newest edition. Nothing where the fonts of cards do not hold
        the letters of the site's or the publication's title.
    """
    volume = context.volume
    if not fonts_cover([context.book.series.title, words.label(volume) if volume else ""]):
        return ""
    if context.target.kind == "cover" and volume and volume.publication.status != "withdrawn":
        return context.permalink(context.home(volume) + NAME)
    if shared and volume:
        return context.permalink(context.target.path + NAME)
    if context.target.kind == "cover" or shared:
        return context.permalink(NAME)
    says = legible(card_of(context, title, url, description))
    text = json.dumps(asdict(says), sort_keys=True, ensure_ascii=False)
    context.collected.files[url + NAME] = cached(context.book.root, text, NAME, lambda: card.picture(says))
    return context.permalink(context.target.path + url + NAME)


def legible(says: Card) -> Card:
    """Leave out of a card what its fonts do not hold, and would show as boxes."""
    bars = tuple(bar for bar in says.bars if fonts_cover([bar.label]))
    return replace(
        says, title=says.title if fonts_cover([says.title]) else "", words=says.words if fonts_cover([says.words]) else "", bars=bars
    )


def card_of(context: BuildContext, title: str, url: str, description: str) -> Card:
    """What the card of a page says.

    Args:
        context: The build of the portal or of an edition.
    """
    volume = context.volume
    return _of_edition(context, volume, title, url, description) if volume else _of_portal(context, title, url, description)


def _of_edition(context: BuildContext, volume: Volume, title: str, url: str, description: str) -> Card:
    """What the card of a page of an edition says: of a section its index, of the first page those of all, or what a paper holds."""
    book, publication = context.book, volume.publication
    number = f"№\N{NO-BREAK SPACE}{publication.shown_number}" if publication.number else kinds.kind_of_publication(publication.kind)
    about = " · ".join(filter(None, [number, words.when(publication)]))
    digest = publication.text == "digest"
    edition = gettext("edition %(number)s", number=context.target.edition)
    foot = " · ".join([_host(context), edition, *([gettext("digest")] if digest else [])])
    base = Card(book.series.title, about, title, foot=foot)
    if index := _index(context, volume, url):
        return _of_index(base, book, volume, index)
    if url:
        return replace(base, words=description)
    people = words.people(publication)
    by = gettext("Digest of a text by %(people)s", people=people or publication.publisher) if digest else people
    return replace(base, title=publication.title, bars=_bars(book, volume), counts=counts(book, volume), words=by)


def _of_portal(context: BuildContext, title: str, url: str, description: str) -> Card:
    """What the card of a page of the portal says: of a relationship its newest value here, of the first page those of the newest issue."""
    book = context.book
    base = Card(book.series.title, book.series.country, title, words=description, foot=_host(context))
    if not url:
        newest = book.issues[:1]
        return replace(base, title=book.series.subtitle, about=_when(newest[0]), words="", bars=_bars(book, newest[0])) if newest else base
    for relationship in (relation for relation in book.relationships if url == f"relationships/{relation.id}/"):
        for issue in [issue for issue in book.issues if relationship in book.covered(issue)][:1]:
            return _of_index(replace(base, about=_when(issue)), book, issue, indices.index(book, issue, relationship.id))
    return base


def _of_index(base: Card, book: Book, issue: Volume, index: indices.Index) -> Card:
    """Say the value of an index, how it stands to the issue in which it was last known before, and what moved it most."""
    change, why = movement(book, index), strongest(book, issue, index.series)
    return replace(base, value=words.signed(index.aggregate), change=change, words=why, colour=index.colour, sign=index.sign)


def movement(book: Book, index: indices.Index) -> str:
    """How an index stands to the issue in which it was last known before, with the months of that; the number of its rows where none is."""
    parts = [f"{index.label}: {index.band.label}"] if index.band else []
    if index.change is not None and index.before:
        issue = scoreboard.issue_and_period(book, index.before.issue)
        parts.append(scoreboard.since(index.change, issue) or gettext("unchanged since %(issue)s", issue=issue))
    return ", ".join(parts) or kinds.rows(index)


def strongest(book: Book, issue: Volume, series: str) -> str:
    """The row with the greatest score of an index, its date, and how many more have the same; of equals the earliest.

    Args:
        series: Id of one of its indices.

    Returns:
        A sentence without its full stop.
    """
    scores = indices.scores_of(book, issue, series)
    row, score = max(scores, key=lambda entry: size(entry[1]))
    others = sum(size(other) == size(score) for _, other in scores) - 1
    given = {"score": words.signed(score), "event": row.event.rstrip("."), "date": date_words.human(row.date)}
    if not others:
        return gettext("Strongest (%(score)s): %(event)s, %(date)s", **given)
    return ngettext(
        "Strongest, with %(num)s more (%(score)s): %(event)s, %(date)s",
        "Strongest, with %(num)s more (%(score)s): %(event)s, %(date)s",
        others,
        **given,
    )


def _bars(book: Book, issue: Volume) -> tuple[Bar, ...]:
    return (
        tuple(Bar(index.label, float(index.aggregate), index.sign) for index in indices.indices(book, issue))
        if issue.events or issue.incidents
        else ()
    )


def _when(issue: Volume) -> str:
    return f"№\N{NO-BREAK SPACE}{issue.publication.shown_number} · {words.when(issue.publication)}"


def _host(context: BuildContext) -> str:
    parts = urlsplit(context.book.series.site)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _index(context: BuildContext, volume: Volume, url: str) -> indices.Index | None:
    """The index that a page of an issue is about: of a relationship its own, of the page on security that of regional tension."""
    if volume.publication.kind != "issue":
        return None
    tension = indices.banded(context.book)
    series = tension.id if tension and url == "security/" else url.strip("/")
    return next((index for index in indices.indices(context.book, volume) if index.series == series), None)


def counts(book: Book, volume: Volume) -> tuple[tuple[int, str], ...]:
    """How many points, recommendations, judgements and numbers a paper holds; nothing for an issue."""
    if volume.publication.kind == "issue":
        return ()
    points, advice, numbers = len(volume.points.points) if volume.points else 0, len(volume.recommendations), len(volume.quantities)
    judgements = Counter(judgement.kind for judgement in volume.judgements)
    pairs = [
        (points, ngettext("point", "points", points)),
        (advice, ngettext("recommendation", "recommendations", advice)),
        *((number, _judgements(book, kind, number)) for kind, number in judgements.items()),
        (numbers, ngettext("number", "numbers", numbers)),
    ]
    return tuple(pair for pair in pairs if pair[0])


def _judgements(book: Book, kind: str, number: int) -> str:
    """A kind of judgement as it follows a number; in other languages than English the label that the data give it."""
    return ngettext(kind, f"{kind}s", number) if current().source else book.vocabularies.judgements[kind]
