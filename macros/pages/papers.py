"""Points, recommendations and judgements of the papers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros import words
from macros.book import Volume
from macros.model import Recommendation
from macros.pages.context import BuildContext, row_path
from macros.pages.html import Markup, render
from macros.pages.notes import reference


def points(context: BuildContext) -> str:
    """All points of a non-paper under their headings; each has its permanent id."""
    listed = context.here.points
    if listed is None:
        raise LookupError("this publication has no points.yml")
    titles = {section.id: section.title for section in listed.sections}
    groups = [(name, titles.get(name or ""), list(group)) for name, group in groupby(listed.points, lambda point: point.section)]
    return render("points", groups=groups)


def recommendations(context: BuildContext, form: str = "full") -> str:
    """Recommendations: of the paper, or on the portal of all papers.

    Args:
        form: full, or list for titles and addressees only.

    Returns:
        HTML; each recommendation has its permanent id on the pages of its paper.
    """
    book = context.book
    if context.volume is None:
        return _all_recommendations(context)
    rows = [_entry(context, context.volume, recommendation) for recommendation in context.volume.recommendations]
    groups = [(title, list(group)) for title, group in groupby(rows, lambda row: row["recommendation"].group)]
    return render(
        "recommendations_list" if form == "list" else "recommendations",
        groups=groups,
        words=book.vocabularies,
        full=context.link(f"{context.home(context.volume)}recommendations/"),
        notes={row["recommendation"].id: _references(context, row["recommendation"].sources) for row in rows},
    )


def _all_recommendations(context: BuildContext) -> str:
    """The recommendations of all papers by addressee and theme, as the vocabularies order them, with whom none is addressed to."""
    book = context.book
    addressees, themes = book.vocabularies.addressees, book.vocabularies.themes
    papers = book.of_kind("policy-paper")
    context.show(*(volume for volume in papers if volume.recommendations))
    entries = [_entry(context, volume, recommendation) for volume in papers for recommendation in volume.recommendations]

    def rows(addressee: str, theme: str) -> list[dict[str, Any]]:
        return [entry for entry in entries if (entry["recommendation"].addressee, entry["recommendation"].theme) == (addressee, theme)]

    if not entries:
        return ""
    grouped = [(to, [(theme, rows(to, theme)) for theme in themes if rows(to, theme)]) for to in addressees]
    grouped = [(to, groups) for to, groups in grouped if groups]
    concerned = [
        relationship for relationship in book.relationships if any(relationship.id in entry["recommendation"].concerns for entry in entries)
    ]
    return render(
        "all_recommendations",
        grouped=grouped,
        words=book.vocabularies,
        addressees=[(to, addressees[to]) for to, _ in grouped],
        themes=[(theme, label) for theme, label in themes.items() if any(entry["recommendation"].theme == theme for entry in entries)],
        relationships=[(relationship.id, relationship.label) for relationship in concerned],
        silent=any(relationship.id not in addressees for relationship in book.relationships),
        about=[
            (relationship.label, context.link(f"relationships/{relationship.id}/#what-papers-say")) for relationship in book.relationships
        ],
    )


def _entry(context: BuildContext, volume: Volume, recommendation: Recommendation) -> dict[str, Any]:
    return {
        "recommendation": recommendation,
        "volume": volume,
        "title": words.label(volume),
        "when": words.when(volume.publication),
        "link": context.link(row_path(context, volume, recommendation.id)),
        "home": context.link(context.home(volume)),
    }


def judgements(context: BuildContext, judgement: str, actor: str | None = None) -> str:
    """Judgements of one kind, of one actor or of all.

    Args:
        judgement: A kind, such as assumption.
        actor: Whose; everybody's where none is given.

    Returns:
        HTML; each has its permanent id.
    """
    rows = [row for row in context.here.judgements if row.kind == judgement and actor in (None, row.actor)]
    notes = {row.id: _references(context, row.sources) for row in rows}
    for row in rows:
        context.collected.judged.setdefault(row.id, context.page.removeprefix(context.target.path))
    return render("judgements", rows=rows, words=context.book.vocabularies, notes=notes, named=actor is None)


def _references(context: BuildContext, keys: tuple[str, ...]) -> list[Markup]:
    return [reference(context.book.sources[key]) for key in keys]
