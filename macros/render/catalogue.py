"""The catalogues of an issue and the scales they are scored on."""

from __future__ import annotations

from macros import indices, model
from macros.render.desk import Desk, row_path
from macros.render.html import Markup, inline, render


def event(desk: Desk, event: str, text: str | None = None) -> str:
    """A link to one event or incident of the catalogue.

    Args:
        desk: Where the page stands.
        event: Its id.
        text: The words of the link; its own line where none are given.

    Returns:
        An `a` element.
    """
    volume = desk.here
    lines = {row.id: row.event for row in volume.events} | {row.id: row.event for row in volume.incidents}
    return str(Markup('<a href="{}">{}</a>').format(desk.link(row_path(desk, volume, event)), inline(text or lines[event])))


def events(desk: Desk, relationship: str | None = None) -> str:
    """The events of one relationship as a table, or all of them under headings.

    Args:
        desk: Where the page stands.
        relationship: Its id; every relationship of the issue where none is given.

    Returns:
        HTML; each row has its permanent id.
    """
    volume = desk.here
    chosen = [one for one in desk.book.covered(volume) if relationship in (None, one.id)]
    if not chosen:
        return render("nothing", sentence="This issue has no scored events.")
    tables = [
        {
            "relationship": one,
            "rows": [row for row in volume.events if row.relationship == one.id],
            "index": indices.index(desk.book, volume, one.id),
        }
        for one in chosen
    ]
    return render("events", tables=tables, headings=relationship is None, sources=desk.book.sources, original=volume.publication.original)


def incidents(desk: Desk) -> str:
    """The security incidents as a table; each row has its permanent id."""
    volume = desk.here
    if not volume.incidents:
        return render("nothing", sentence="This issue has no security incidents.")
    pair = desk.book.scales.security_series
    return render(
        "incidents",
        rows=volume.incidents,
        national=indices.index(desk.book, volume, pair.national.id),
        regional=indices.index(desk.book, volume, pair.regional.id),
        categories=desk.book.vocabularies.categories,
        sources=desk.book.sources,
        original=volume.publication.original,
    )


def scale(desk: Desk) -> str:
    """The colour scale of regional tension: colour, word, shape, limits, meaning; the current band marked."""
    issue = desk.volume if desk.volume and desk.volume.incidents else None
    current = indices.index(desk.book, issue, desk.book.scales.security_series.regional.id) if issue else None
    return render(
        "scale",
        bands=desk.book.scales.tension,
        gap=desk.book.scales.gap,
        label=desk.book.scales.security_series.regional.label,
        current=current,
        shapes=SHAPES,
    )


def scores(desk: Desk, scale: str) -> str:
    """What each score of one scale means.

    Args:
        desk: Where the page stands.
        scale: relationship or security.

    Returns:
        A table.
    """
    chosen = desk.book.scales.relationship if scale == "relationship" else desk.book.scales.security
    return render("scores", meanings=sorted(chosen.meanings.items(), reverse=True))


SHAPES = dict(zip(model.SHAPES, "●■▲◆✚▼", strict=True))
"""A character for each symbol that a band may have."""

__all__ = ["event", "events", "incidents", "scale", "scores"]
