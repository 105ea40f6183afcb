"""The catalogues of an issue and the scales they are scored on."""

from __future__ import annotations

from macros import indices, scales
from macros.pages.context import BuildContext, row_path
from macros.pages.html import Markup, render


def event(context: BuildContext, event: str, text: str | None = None) -> str:
    """A link to one event or incident of the catalogue.

    Args:
        context: Where the page stands.
        event: Its id.
        text: The words of the link; its own line where none are given.

    Returns:
        An `a` element.
    """
    volume = context.here
    lines = {row.id: row.event for row in volume.events} | {row.id: row.event for row in volume.incidents}
    return Markup('<a href="{}">{}</a>').format(context.link(row_path(context, volume, event)), text or lines[event])


def events(context: BuildContext, relationship: str | None = None) -> str:
    """The events of one relationship as a table, or all of them under headings.

    Args:
        context: Where the page stands.
        relationship: Its id; every relationship of the issue where none is given.

    Returns:
        HTML; each row has its permanent id.
    """
    volume = context.here
    chosen = [one for one in context.book.covered(volume) if relationship in (None, one.id)]
    if not chosen:
        return render("nothing", sentence="This issue has no scored events.")
    tables = [
        {
            "relationship": one,
            "rows": [row for row in volume.events if row.relationship == one.id],
            "index": indices.index(context.book, volume, one.id),
        }
        for one in chosen
    ]
    return render(
        "events", tables=tables, headings=relationship is None, sources=context.book.sources, original=volume.publication.original
    )


def incidents(context: BuildContext) -> str:
    """The security incidents as a table; each row has its permanent id."""
    volume = context.here
    if not volume.incidents:
        return render("nothing", sentence="This issue has no security incidents.")
    pair = context.book.scales.security_series
    return render(
        "incidents",
        rows=volume.incidents,
        national=indices.index(context.book, volume, pair.national.id),
        regional=indices.index(context.book, volume, pair.regional.id),
        categories=context.book.vocabularies.categories,
        sources=context.book.sources,
        original=volume.publication.original,
    )


def scale(context: BuildContext) -> str:
    """The colour scale of regional tension: colour, word, shape, limits, meaning; the current band marked."""
    issue = context.volume if context.volume and context.volume.incidents else None
    current = indices.index(context.book, issue, context.book.scales.security_series.regional.id) if issue else None
    return render(
        "scale",
        bands=context.book.scales.tension,
        gap=context.book.scales.gap,
        label=context.book.scales.security_series.regional.label,
        current=current,
        shapes=SHAPES,
    )


def scores(context: BuildContext, scale: str) -> str:
    """What each score of one scale means.

    Args:
        context: Where the page stands.
        scale: relationship or security.

    Returns:
        A table.
    """
    chosen = context.book.scales.relationship if scale == "relationship" else context.book.scales.security
    return render("scores", meanings=sorted(chosen.meanings.items(), reverse=True))


SHAPES = dict(zip(scales.SHAPES, "●■▲◆✚▼", strict=True))
"""A character for each symbol that a band may have."""

__all__ = ["event", "events", "incidents", "scale", "scores"]
