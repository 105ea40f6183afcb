"""Indices of issues, and lists of publications."""

from __future__ import annotations

from contextlib import suppress

from macros import archive, cite, indices, words
from macros.book import Volume
from macros.changes import RowChange
from macros.render.catalogue import SHAPES
from macros.render.changes import changes as show_changes
from macros.render.desk import Desk, row_path, section_path
from macros.render.html import render
from macros.target import archive_name, edition_path


def index(desk: Desk, series: str) -> str:
    """One index of the issue: aggregate, positive and negative points, change, band."""
    stated = desk.here.publication.published_indices.get(series)
    return render("index", one=indices.index(desk.book, desk.here, series), stated=stated, shapes=SHAPES)


def latest_issue(desk: Desk) -> str:
    """The newest issue at a glance: title, period, abstract, every index with its change."""
    if not desk.book.issues:
        return render("nothing", sentence="No issue is published yet.")
    volume = desk.book.issues[0]
    desk.show(volume)
    rows = [(one, desk.link(section_path(desk, volume, one.series))) for one in indices.indices(desk.book, volume)]
    return render(
        "latest_issue", volume=volume, period=words.when(volume.publication), rows=rows, link=desk.link(desk.home(volume)), shapes=SHAPES
    )


def relationships(desk: Desk) -> str:
    """Each relationship with its newest value and a link to the page of all its issues."""
    rows = []
    held = {volume.publication.number: volume for volume in desk.book.issues}
    for one in desk.book.relationships:
        known = [entry for entry in indices.history(desk.book, one.id) if entry.value is not None]
        rows.append((one, known[-1] if known else None, desk.link(f"relationships/{one.id}/")))
        desk.show(*(held[entry.issue] for entry in known[-1:] if entry.computed))
    return render("relationships", rows=rows) if rows else render("nothing", sentence="No relationship is scored here.")


def history(desk: Desk, series: str) -> str:
    """What every issue says of one index, the newest first; issues of which nothing is known are counted, not listed."""
    book = desk.book
    entries = indices.history(book, series)
    stated = {one.issue: one for one in book.published_indices if one.series == series}
    held = {volume.publication.number: volume for volume in book.issues}
    rows = []
    for entry in reversed([one for one in entries if one.value is not None or one.band]):
        volume = held.get(entry.issue) if entry.computed else None
        link = desk.link(section_path(desk, volume, series)) if volume else stated[entry.issue].source_url
        period = volume.publication.period if volume else stated[entry.issue].period
        rows.append({"entry": entry, "period": period, "link": link, "computed": entry.computed})
        desk.show(*([volume] if volume else []))
    unknown = sum(1 for one in entries if one.value is None and not one.band)
    pair = book.scales.security_series
    labels = {one.id: one.label for one in book.relationships} | {one.id: one.label for one in (pair.national, pair.regional)}
    label = labels[series]
    return render("history", label=label, rows=rows, unknown=unknown, shapes=SHAPES, bands=any(one.band for one in entries))


def publications(desk: Desk, kind: str | None = None, limit: int | None = None) -> str:
    """Publications of one kind or of all, newest first.

    Args:
        desk: Where the page stands.
        kind: issue, non-paper or policy-paper.
        limit: How many at most; the newest issue, which stands above such a list, is left out.

    Returns:
        A list with title, authors, date and abstract.
    """
    newest = desk.book.issues[0] if limit and desk.book.issues else None  # it stands above such a list
    chosen = [one for one in desk.book.published if kind in (None, one.publication.kind) and one is not newest]
    chosen.sort(key=_newest, reverse=True)
    rows = [
        {
            "volume": volume,
            "title": words.label(volume),
            "people": words.people(volume.publication),
            "when": words.when(volume.publication),
            "link": desk.link(desk.home(volume)),
            "cover": desk.link(f"{volume.address}/"),
        }
        for volume in chosen[:limit]
    ]
    return render("publications", rows=rows, kinds=KIND_LABELS)


KIND_LABELS = {"issue": "Issue", "non-paper": "Non-paper", "policy-paper": "Policy paper"}


def _newest(volume: Volume) -> tuple[str, str]:
    when = volume.publication.period or volume.publication.date
    return (when.last.isoformat() if when else volume.publication.slug, volume.address)


def corrections(desk: Desk) -> str:
    """Every edition after a first one, of this publication or of all, with what it changed, the newest first; then what was withdrawn."""
    volumes = [desk.volume] if desk.volume else [one for one in desk.book.volumes if one.publication.status != "draft"]
    withdrawn = [one for one in volumes if one.publication.status == "withdrawn"]
    rows = [
        {
            "edition": edition,
            "title": words.label(volume),
            "link": desk.link(f"{volume.address}/"),
            "changes": "" if volume in withdrawn else _changed(desk, volume, edition.number),  # its rows are no longer shown
        }
        for volume in volumes
        for edition in volume.publication.editions[1:]
    ]
    gone = [(words.label(one), desk.link(f"{one.address}/"), one.publication.withdrawal) for one in withdrawn]
    return render("corrections", rows=sorted(rows, key=lambda row: row["edition"].date, reverse=True), gone=gone)


def changes(desk: Desk) -> str:
    """What this edition changed in the one before it."""
    volume = desk.here
    edition = next(one for one in volume.publication.editions if one.number == (desk.target.edition or volume.edition.number))
    return render("edition_changes", edition=edition, changes=_changed(desk, volume, edition.number))


def _changed(desk: Desk, volume: Volume, number: int) -> str:
    found = archive.changes(desk.book, volume, number)
    if not found:
        return ""

    def link(row: RowChange) -> str | None:
        with suppress(KeyError):
            return desk.link(row_path(desk, volume, row.id))
        return None

    return show_changes(found, link, f"{words.label(volume)}, edition {number}")


def imprint(desk: Desk) -> str:
    """Who makes this site and answers for it, and how that body stands to the publishers of the originals."""
    return render("imprint", series=desk.book.series)


def originals(desk: Desk) -> str:
    """The original document of each publication, with its link."""
    volumes = [desk.volume] if desk.volume else desk.book.published
    named = [(one, cite.citation(desk.book, one, one.edition.number).source) for one in volumes]
    rows = [
        (words.label(one), "" if desk.volume else desk.link(f"{one.address}/"), source, one.publication.copyright)
        for one, source in named
        if source
    ]
    return render("originals", rows=rows)


def cover(desk: Desk) -> str:
    """A publication at a glance: status, abstract, people, keywords, contents."""
    volume = desk.here
    return render(
        "cover",
        publication=volume.publication,
        people=words.people(volume.publication),
        when=words.when(volume.publication),
        link=desk.link(desk.home(volume)),
        pdf=desk.link(desk.pdf(volume)) if desk.pdf(volume) else "",
        edition=volume.edition,
        digest=volume.publication.text == "digest",
        body=desk.book.series.imprint.name,
    )


def editions(desk: Desk) -> str:
    """The editions of a publication, the newest first, each with its permanent address."""
    volume = desk.here
    title, newest = desk.book.series.title, volume.edition.number
    rows = []
    for edition in reversed(volume.publication.editions):
        path = edition_path(volume.address, edition.number)
        packed = path + archive_name(title, volume.address, edition.number)
        rows.append((edition, desk.permalink(path), desk.link(packed) if edition.number == newest else desk.permalink(packed)))
    return render(
        "editions",
        rows=rows,
        newest=newest,
        link=desk.link(desk.home(volume)),
        withdrawn=volume.publication.status == "withdrawn",
    )
