"""The indices of issues: of one, of the newest, of all."""

from __future__ import annotations

from macros import indices
from macros.language import gettext
from macros.pages import scoreboard
from macros.pages.catalogue import SHAPES
from macros.pages.context import BuildContext, section_path
from macros.pages.html import render


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
        glance=scoreboard.at_a_glance(context, volume),
        link=context.link(context.home(volume)),
    )


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
        rows.append((entry, period, link))
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
