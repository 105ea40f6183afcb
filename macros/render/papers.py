"""Points, recommendations and judgements of the papers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros import words
from macros.book import Volume
from macros.model import Recommendation
from macros.render.desk import Desk, row_path
from macros.render.html import Markup, render
from macros.render.notes import reference


def points(desk: Desk) -> str:
    """All points of a non-paper under their headings; each has its permanent id."""
    listed = desk.here.points
    if listed is None:
        raise LookupError("this publication has no points.yml")
    titles = {section.id: section.title for section in listed.sections}
    groups = [(name, titles.get(name or ""), list(group)) for name, group in groupby(listed.points, lambda point: point.section)]
    return render("points", groups=groups)


def recommendations(desk: Desk, form: str = "full") -> str:
    """Recommendations: of the paper, or on the portal of all papers.

    Args:
        desk: Where the page stands.
        form: full, or list for titles and addressees only.

    Returns:
        HTML; each recommendation has its permanent id on the pages of its paper.
    """
    book = desk.book
    if desk.volume is None:
        rows = [_entry(desk, volume, one) for volume in book.of_kind("policy-paper") for one in volume.recommendations]
        desk.show(*(row["volume"] for row in rows))
        used = [key for key in book.vocabularies.addressees if any(row["one"].addressee == key for row in rows)]
        return render("all_recommendations", rows=rows, words=book.vocabularies, used=used)
    rows = [_entry(desk, desk.volume, one) for one in desk.volume.recommendations]
    groups = [(title, list(group)) for title, group in groupby(rows, lambda row: row["one"].group)]
    return render(
        "recommendations_list" if form == "list" else "recommendations",
        groups=groups,
        words=book.vocabularies,
        full=desk.link(f"{desk.home(desk.volume)}recommendations/"),
        notes={row["one"].id: _references(desk, row["one"].sources) for row in rows},
    )


def _entry(desk: Desk, volume: Volume, one: Recommendation) -> dict[str, Any]:
    return {
        "one": one,
        "volume": volume,
        "title": words.label(volume),
        "link": desk.link(row_path(desk, volume, one.id)),
        "home": desk.link(desk.home(volume)),
    }


def judgements(desk: Desk, judgement: str, actor: str | None = None) -> str:
    """Judgements of one kind, of one actor or of all.

    Args:
        desk: Where the page stands.
        judgement: A kind, such as assumption.
        actor: Whose; everybody's where none is given.

    Returns:
        HTML; each has its permanent id.
    """
    rows = [one for one in desk.here.judgements if one.kind == judgement and actor in (None, one.actor)]
    notes = {one.id: _references(desk, one.sources) for one in rows}
    for one in rows:
        desk.judged.setdefault(one.id, desk.page.removeprefix(desk.target.path))
    return render("judgements", rows=rows, words=desk.book.vocabularies, notes=notes, named=actor is None)


def _references(desk: Desk, keys: tuple[str, ...]) -> list[Markup]:
    return [reference(desk.book.sources[key]) for key in keys]
