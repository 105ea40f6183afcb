"""Every event and incident of all issues on one page: complete lists, and the columns by which a program filters them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from macros import archive, date_words, indices, words
from macros.book import Book, Volume
from macros.exports.event_columns import COLUMNS, SECURITY, Entry, entries, files, origin, rows_of
from macros.language import gettext
from macros.pages.context import BuildContext
from macros.pages.html import render

FOLDER = "events/"
"""Where the page and its columns stand on the site."""
FULL = 300
"""How many rows stand in the page itself; of the issues beyond that, only where their lists are."""


def explorer(context: BuildContext) -> str:
    """Every event and incident of all issues, to be filtered; without scripts, their lists by issue and relationship."""
    book, issues = context.book, context.book.issues
    if not issues:
        return render("nothing", sentence=gettext("No issue is published yet."))
    rows, listed = 0, []
    for issue in issues:
        rows += len(issue.events) + len(issue.incidents)
        listed.append(_issue(context, issue, full=rows <= FULL or issue is issues[0]))
    events, incidents = sum(len(issue.events) for issue in issues), sum(len(issue.incidents) for issue in issues)
    return render(
        "explorer",
        columns=columns(context),
        root=context.root,
        address=context.permalink(FOLDER),
        by=book.series.imprint.name,
        title=book.series.title,
        day=date_words.written(max(issue.edition.date for issue in issues)),
        licence=book.series.data_licence,
        issues=listed,
        full=sum(bool(issue["lists"]) for issue in listed),
        events=words.events(events) if events or not incidents else "",
        incidents=words.incidents(incidents) if incidents else "",
        data=context.link("data/"),
        compare=context.link("compare/"),
    )


def columns(context: BuildContext) -> str:
    """The link to the columns, whose files are collected once in a build; it changes when they do, so that no cache mixes two states."""
    path, kept = f"{FOLDER}{COLUMNS}", context.collected.files
    if path not in kept:
        made = files(context.book, context.book.issues, corrected(context.book))
        kept |= {f"{FOLDER}{name}": content for name, content in made.items()}
    return f"{context.link(context.target.path + path)}?{hashlib.sha256(kept[path]).hexdigest()[:8]}"


def _issue(context: BuildContext, issue: Volume, full: bool) -> dict[str, Any]:
    """An issue: its rows by section, or how many there are and where they are listed."""
    sections = list(_sections(context, issue))
    lists = [section | {"rows": [_row(context, entry) for entry in section["entries"]]} for section in sections] if full else []
    return {
        "number": issue.publication.number,
        "shown": issue.publication.shown_number,
        "period": words.when(issue.publication),
        "rows": len(issue.events) + len(issue.incidents),
        "lists": lists,
        "links": sections,
    }


def _sections(context: BuildContext, issue: Volume) -> Iterator[dict[str, Any]]:
    """The relationships of an issue that have events, then its security, each with its rows in order of date."""
    home, rows = context.link(context.home(issue)), entries([issue])
    for relationship in context.book.covered(issue):
        events = [entry for entry in rows if entry.section == relationship.id]
        yield _section(relationship.id, relationship.label, words.events(len(events)), events, home)
    if issue.incidents:
        incidents = [entry for entry in rows if entry.section == SECURITY]
        yield _section(SECURITY, gettext("Security"), words.incidents(len(incidents)), incidents, home)


def _section(name: str, label: str, count: str, rows: Sequence[Entry], home: str) -> dict[str, Any]:
    return {"id": name, "label": label, "count": count, "entries": rows, "link": f"{home}{name}/"}


def _row(context: BuildContext, entry: Entry) -> dict[str, Any]:
    security = context.book.scales.security
    return {
        "event": entry.row.event,
        "publication": entry.volume.publication,
        "when": date_words.human(entry.row.date),
        "scores": [score for score in entry.scores if score is not None],
        "sign": indices.scale_of(context.book, entry.section).sign if entry.section != SECURITY else security.sign if security else 1,
        "source": origin(entry, context.book.sources),
        "link": context.link(f"{context.home(entry.volume)}{entry.section}/#{entry.row.id}"),
    }


@lru_cache(maxsize=4)
def corrected(book: Book) -> frozenset[str]:
    """Ids of the rows that an edition after the first added or changed, where the sources of the earlier ones are laid out."""
    later = ((issue, edition.number) for issue in book.issues for edition in issue.publication.editions[1:])
    differences = (archive.changes(book, issue, number) for issue, number in later)
    here = {row.id for issue in book.issues for row in rows_of(issue)}
    return frozenset(row.id for changes in differences if changes for row in changes.rows if row.id in here)
