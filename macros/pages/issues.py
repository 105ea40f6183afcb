"""Indices of issues, and lists of publications."""

from __future__ import annotations

from contextlib import suppress

from markupsafe import Markup

from macros import archive, cite, indices, translated_pages, words
from macros.book import Volume
from macros.changes import RowChange
from macros.creators import Body
from macros.exports import changes_json
from macros.language import current, gettext
from macros.language_tags import own_name
from macros.model import Publication
from macros.pages import kinds, scoreboard
from macros.pages.catalogue import SHAPES
from macros.pages.changes import changes as show_changes
from macros.pages.context import BuildContext, row_path, section_path
from macros.pages.html import of, render
from macros.records.identity import identities
from macros.target import archive_name, edition_path


def index(context: BuildContext, series: str) -> str:
    """One index of the issue: its reason, value, parts, change and band, the rows that explain it, and the forecast."""
    if not indices.scores_of(context.book, context.here, series):
        return render("nothing", sentence=gettext("The index follows when rows are entered."))
    publication, shown = context.here.publication, indices.index(context.book, context.here, series)
    return render(
        "index",
        index=shown,
        before=scoreboard.before(context.book, context.here, shown),
        since=scoreboard.issue_and_period(context.book, shown.before.issue) if shown.before else "",
        stated=publication.published_indices.get(series),
        assessment=publication.assessments.get(series),
        explaining=scoreboard.explaining(context, context.here, series),
        shapes=SHAPES,
    )


def at_a_glance(context: BuildContext) -> str:
    """The issue in one screen: what changed and why, every index with its section, the strongest events, what it expects."""
    if not indices.indices(context.book, context.here):
        return render("nothing", sentence=gettext("The indices follow when rows are entered."))
    return scoreboard.at_a_glance(context, context.here)


def latest_issue(context: BuildContext) -> str:
    """The newest issue at a glance: title, period, abstract, every index with its change."""
    if not context.book.issues:
        return render("nothing", sentence=gettext("No issue is published yet."))
    volume = context.book.issues[0]
    context.show(volume)
    return render(
        "latest_issue",
        volume=volume,
        period=words.when(volume.publication),
        language=_other_language(volume.publication),
        glance=scoreboard.at_a_glance(context, volume),
        link=context.link(context.home(volume)),
    )


def _other_language(publication: Publication) -> Markup | str:
    """The language of a publication, by its own name, where it is not that of the page."""
    return of(own_name(publication.language), publication) if publication.language != current().tag else ""


def relationships(context: BuildContext) -> str:
    """Each relationship with its value in the newest issue here, what a later issue stated, and a link to the page of all its issues."""
    rows = []
    issues = {volume.publication.number: volume for volume in context.book.issues}
    for relationship in context.book.relationships:
        entries = [entry for entry in indices.history(context.book, relationship.id) if entry.value is not None]
        here = next((entry for entry in reversed(entries) if entry.computed), None)
        later = entries[-1] if entries and entries[-1] is not here else None
        rows.append((relationship, here, later, context.link(f"relationships/{relationship.id}/")))
        context.show(*([issues[here.issue]] if here else []))
    return render("relationships", rows=rows) if rows else render("nothing", sentence=gettext("No relationship is scored here."))


def history(context: BuildContext, series: str) -> str:
    """What every issue says of one index, the newest first; issues of which nothing is known are counted, not listed."""
    book = context.book
    entries = indices.history(book, series)
    stated = {row.issue: row for row in book.published_indices if row.series == series}
    issues = {volume.publication.number: volume for volume in book.issues}
    rows = []
    for entry in reversed([entry for entry in entries if entry.value is not None or entry.band]):
        volume = issues.get(entry.issue) if entry.computed else None
        link = context.link(section_path(context, volume, series)) if volume else stated[entry.issue].source_url
        period = volume.publication.period if volume else stated[entry.issue].period
        rows.append({"entry": entry, "period": period, "link": link, "computed": entry.computed})
        context.show(*([volume] if volume else []))
    unknown = sum(1 for entry in entries if entry.value is None and not entry.band)
    return render(
        "history", label=indices.labels(book)[series], rows=rows, unknown=unknown, shapes=SHAPES, bands=any(entry.band for entry in entries)
    )


def all_issues(context: BuildContext) -> str:
    """Every issue of which something is known, the newest first: period, each index, and where it can be read."""
    book = context.book
    labels = indices.labels(book)
    histories = {name: {entry.issue: entry for entry in indices.history(book, name)} for name in labels}
    stated = {row.issue: row for row in book.published_indices}
    here = {volume.publication.number or 0: volume for volume in book.issues}
    rows = []
    for number in sorted({*stated, *here}, reverse=True):
        volume = here.get(number)
        rows.append(
            {
                "number": book.shown_number(number),
                "period": volume.publication.period if volume else stated[number].period,
                "link": context.link(f"{volume.address}/") if volume else stated[number].source_url,
                "here": volume is not None,
                "values": [histories[name].get(number) for name in labels],
            }
        )
    context.show(*book.issues)
    return render("all_issues", rows=rows, labels=list(labels.values()), shapes=SHAPES)


def publications(context: BuildContext, kind: str | None = None, limit: int | None = None) -> str:
    """Publications of one kind or of all, newest first.

    Args:
        kind: issue, non-paper or policy-paper.
        limit: How many at most; the newest issue, which stands above such a list, is left out.

    Returns:
        A list with title, authors, date and abstract.
    """
    newest = context.book.issues[0] if limit and context.book.issues else None
    chosen = [volume for volume in context.book.published if kind in (None, volume.publication.kind) and volume is not newest]
    chosen.sort(key=lambda volume: volume.recency, reverse=True)
    rows = [
        {
            "volume": volume,
            "kind": kinds.kind_of_publication(volume.publication.kind),
            "title": words.label(volume),
            "people": words.people(volume.publication),
            "when": words.when(volume.publication),
            "language": _other_language(volume.publication),
            "link": context.link(context.home(volume)),
            "cover": context.link(f"{volume.address}/"),
        }
        for volume in chosen[:limit]
    ]
    return render("publications", rows=rows, above=newest)


def corrections(context: BuildContext) -> str:
    """Every edition after a first one, of this publication or of all, with what it changed, the newest first; then what was withdrawn."""
    volumes = [context.volume] if context.volume else [volume for volume in context.book.volumes if not volume.draft]
    withdrawn = [volume for volume in volumes if volume.publication.status == "withdrawn"]
    rows = [
        {
            "edition": edition,
            "title": words.label(volume),
            "link": context.link(f"{volume.address}/"),
            "changes": "" if volume in withdrawn else _changed(context, volume, edition.number),  # its rows are no longer shown
        }
        for volume in volumes
        for edition in volume.publication.editions[1:]
    ]
    withdrawals = [
        (words.label(volume), context.link(f"{volume.address}/"), volume.publication.withdrawal, volume.publication.withdrawal_date)
        for volume in withdrawn
    ]
    return render("corrections", rows=sorted(rows, key=lambda row: row["edition"].date, reverse=True), withdrawals=withdrawals)


def changes(context: BuildContext) -> str:
    """What this edition changed in the one before it; the same as a file is collected."""
    volume = context.here
    edition = volume.numbered(context.target.edition or volume.edition.number)
    difference = archive.changes(context.book, volume, edition.number)
    context.collected.files[changes_json.NAME] = changes_json.write(volume.address, edition, difference)
    file = context.link(context.target.path + changes_json.NAME) if context.target.kind == "edition" else ""
    return render("edition_changes", edition=edition, changes=_changed(context, volume, edition.number), file=file)


def _changed(context: BuildContext, volume: Volume, number: int) -> str:
    difference = archive.changes(context.book, volume, number)
    if not difference:
        return ""

    def link(row: RowChange) -> str | None:
        with suppress(KeyError):
            return context.link(row_path(context, volume, row.id))
        return None

    return show_changes(difference, link, gettext("%(publication)s, edition %(number)s", publication=words.label(volume), number=number))


def imprint(context: BuildContext) -> str:
    """Who makes this site and answers for it, and how that body stands to the publishers of the originals."""
    series = context.book.series
    body = Body(name=series.imprint.name, isni=series.imprint.isni, ror=series.imprint.ror)
    return render("imprint", series=series, identities=list(identities(body)))


def originals(context: BuildContext) -> str:
    """The original document of each publication, with its link."""
    volumes = [context.volume] if context.volume else context.book.published
    sources = [(volume, cite.citation(context.book, volume, volume.edition.number).source) for volume in volumes]
    rows = [
        (words.label(volume), "" if context.volume else context.link(f"{volume.address}/"), source, volume.publication.copyright)
        for volume, source in sources
        if source
    ]
    return render("originals", rows=rows)


def cover(context: BuildContext) -> str:
    """A publication at a glance: status, abstract, people, keywords, contents."""
    volume = context.here
    return render(
        "cover",
        publication=volume.publication,
        people=words.people(volume.publication),
        when=words.when(volume.publication),
        link=context.link(context.home(volume)),
        pdf=context.link(context.pdf(volume)) if context.pdf(volume) else "",
        edition=volume.edition,
        digest=volume.publication.text == "digest",
        glance=scoreboard.at_a_glance(context, volume) if volume.publication.status == "published" else "",
        body=context.book.series.imprint.name,
        translations=[
            (tag, own_name(tag), context.link(translated_pages.of_volume(volume, tag).path)) for tag in volume.publication.translations
        ],
    )


def editions(context: BuildContext) -> str:
    """The editions of a publication, the newest first, each with its permanent address."""
    volume = context.here
    title, newest = context.book.own_title, volume.edition.number
    rows = []
    for edition in reversed(volume.publication.editions):
        path = edition_path(volume.address, edition.number)
        packed = path + archive_name(title, volume.address, edition.number)
        rows.append((edition, context.permalink(path), context.link(packed) if edition.number == newest else context.permalink(packed)))
    return render(
        "editions",
        rows=rows,
        newest=newest,
        link=context.link(context.home(volume)),
        withdrawn=volume.publication.status == "withdrawn",
    )
