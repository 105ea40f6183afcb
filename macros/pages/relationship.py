"""What all publications say of one relationship or index: reasons, forecasts, events, trade, recommendations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros import indices, words
from macros.book import Volume
from macros.language import N_, gettext
from macros.model import Judgement, Point, Recommendation
from macros.pages import figures
from macros.pages.catalogue import SHAPES
from macros.pages.context import BuildContext, row_path, section_path
from macros.pages.explorer import FULL
from macros.pages.html import render

KINDS = {Recommendation: N_("Recommendations"), Point: N_("Points"), Judgement: N_("Judgements")}


def assessments(context: BuildContext, series: str) -> str:
    """What each issue here says of an index: value, reason, forecast and, where the next issue says so, what became of it.

    Args:
        series: A relationship, or one of the security indices.

    Returns:
        One section an issue, the newest first.
    """
    numbered_assessments = [(volume.publication.number or 0, volume.publication.assessments.get(series)) for volume in context.book.issues]
    outcomes = {number - 1: assessment.outcome for number, assessment in numbered_assessments if assessment}
    rows = []
    for volume in context.book.issues:
        if not indices.scores_of(context.book, volume, series):
            continue
        rows.append(
            {
                "volume": volume,
                "index": indices.index(context.book, volume, series),
                "assessment": volume.publication.assessments.get(series),
                "outcome": outcomes.get(volume.publication.last_number or 0),
                "link": context.link(section_path(context, volume, series)),
                "when": words.when(volume.publication),
            }
        )
        context.show(volume)
    return render("assessments", rows=rows, shapes=SHAPES) if rows else _not_scored()


def all_events(context: BuildContext, series: str) -> str:
    """The rows that count towards an index, the newest issue first and each folded; of older issues, only where they are listed."""
    issues: list[tuple[Any, ...]] = []
    listed = 0
    for volume in context.book.issues:
        rows = indices.scores_of(context.book, volume, series)
        if rows:
            listed += len(rows)
            full = rows if listed <= FULL or not issues else []
            links = [(row, score, context.link(row_path(context, volume, row.id))) for row, score in full]
            section = context.link(section_path(context, volume, series))
            issues.append((volume, words.when(volume.publication), indices.index(context.book, volume, series), links, section))
            context.show(volume)
    return render("all_events", issues=issues, full=sum(bool(links) for *_, links, _ in issues)) if issues else _not_scored()


def _not_scored() -> str:
    return render("nothing", sentence=gettext("No issue here has scored it yet."))


def partner_trade(context: BuildContext, relationship: str) -> str:
    """What the publications state of the trade with the other side of a relationship; a sentence where they state nothing."""
    entry = context.book.relationship(relationship)
    table = figures.trade_with(context, entry.partner)
    sentence = gettext("No publication here states trade figures for this partner (%(label)s).", label=entry.label)
    return table or render("nothing", sentence=sentence)


def concerning(context: BuildContext, relationship: str) -> str:
    """Points, recommendations and judgements that speak of a relationship, by publication; and whether one is addressed to it."""
    groups: list[dict[str, Any]] = []
    for volume in sorted(context.book.published, key=lambda volume: volume.address, reverse=True):
        for kind, label in KINDS.items():
            rows = [row for row in _of(volume) if isinstance(row, kind) and relationship in row.concerns]
            if rows:
                links = [(row, _link(context, volume, row)) for row in rows]
                groups.append({"publication": volume.publication, "title": words.label(volume), "label": gettext(label), "rows": links})
                context.show(volume)
    return render(
        "concerning",
        groups=groups,
        label=context.book.relationship(relationship).label,
        addressed=any(row.addressee == relationship for volume in context.book.published for row in volume.recommendations),
        words=context.book.vocabularies,
    )


def _link(context: BuildContext, volume: Volume, row: Point | Recommendation | Judgement) -> str:
    """The way to a row; a judgement stands on whichever page of its paper prints it, so the way leads to the first."""
    return context.link(context.home(volume) if isinstance(row, Judgement) else row_path(context, volume, row.id))


def _of(volume: Volume) -> Iterable[Point | Recommendation | Judgement]:
    yield from volume.recommendations
    yield from volume.points.points if volume.points else ()
    yield from volume.judgements
