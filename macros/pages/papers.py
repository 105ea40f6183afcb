"""Points, recommendations and judgements of the papers."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

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
    """Recommendations, in full or as a list of titles and addressees: of the paper, each with its permanent id, or on the portal of all."""
    if context.volume is None:
        return _all_recommendations(context)
    rows = context.volume.recommendations
    return render(
        "recommendations_list" if form == "list" else "recommendations",
        groups=[(title, list(group)) for title, group in groupby(rows, lambda row: row.group)],
        words=context.book.vocabularies,
        full=context.link(f"{context.home(context.volume)}recommendations/"),
        notes={row.id: _references(context, row.sources) for row in rows},
    )


def _all_recommendations(context: BuildContext) -> str:
    """The recommendations of all papers by addressee and theme, as the vocabularies order them, with whom none is addressed to."""
    book, cells = context.book, defaultdict(list)
    papers = [volume for volume in book.of_kind("policy-paper") if volume.recommendations]
    context.show(*papers)
    for volume in papers:
        for row in volume.recommendations:
            cells[row.addressee, row.theme].append((row, volume, context.link(row_path(context, volume, row.id))))
    if not cells:
        return ""
    addressees = {to: label for to, label in book.vocabularies.addressees.items() if any(to == cell[0] for cell in cells)}
    themes = {theme: label for theme, label in book.vocabularies.themes.items() if any(theme == cell[1] for cell in cells)}
    concerned = {name for volume in papers for row in volume.recommendations for name in row.concerns}
    return render(
        "all_recommendations",
        grouped=[(to, [(theme, cells[to, theme]) for theme in themes if (to, theme) in cells]) for to in addressees],
        words=book.vocabularies,
        addressees=addressees.items(),
        themes=themes.items(),
        relationships=[(relationship.id, relationship.label) for relationship in book.relationships if relationship.id in concerned],
        silent=[
            (relationship.label, context.link(f"relationships/{relationship.id}/#what-papers-say"))
            for relationship in book.relationships
            if relationship.id not in addressees
        ],
    )


def judgements(context: BuildContext, judgement: str, actor: str | None = None) -> str:
    """Judgements of one kind, of one actor or of everybody; each has its permanent id."""
    rows = [row for row in context.here.judgements if row.kind == judgement and actor in (None, row.actor)]
    notes = {row.id: _references(context, row.sources) for row in rows}
    for row in rows:
        context.collected.judged.setdefault(row.id, context.page.removeprefix(context.target.path))
    return render("judgements", rows=rows, words=context.book.vocabularies, notes=notes, named=actor is None)


def _references(context: BuildContext, keys: tuple[str, ...]) -> list[Markup]:
    return [reference(context.book.sources[key]) for key in keys]
