"""The catalogues of an issue and the scales they are scored on."""

from __future__ import annotations

from macros import indices, scales
from macros.language import gettext
from macros.pages.context import BuildContext, row_path
from macros.pages.html import Markup, render


def event(context: BuildContext, event: str, text: str | None = None) -> str:
    """A link to one event or incident of the catalogue, in words of one's own or with its own line."""
    volume = context.here
    lines = {row.id: row.event for row in volume.events} | {row.id: row.event for row in volume.incidents}
    return Markup('<a href="{}">{}</a>').format(context.link(row_path(context, volume, event)), text or lines[event])


def events(context: BuildContext, relationship: str | None = None) -> str:
    """The events of one relationship as a table, or all of them under headings; each row has its permanent id."""
    volume = context.here
    chosen = [relation for relation in context.book.covered(volume) if relationship in (None, relation.id)]
    if not chosen:
        return render("nothing", sentence=gettext("This issue has no scored events."))
    tables = [
        {
            "relationship": relation,
            "rows": [row for row in volume.events if row.relationship == relation.id],
            "index": indices.index(context.book, volume, relation.id),
        }
        for relation in chosen
    ]
    return render(
        "events", tables=tables, headings=relationship is None, sources=context.book.sources, original=volume.publication.original
    )


def incidents(context: BuildContext) -> str:
    """The security incidents as a table; each row has its permanent id."""
    volume = context.here
    if not volume.incidents:
        return render("nothing", sentence=gettext("This issue has no security incidents."))
    by_series = {index.series: index for index in indices.indices(context.book, volume)}
    series = indices.security_series(context.book)
    columns = [(column, by_series[security_series.id]) for column, security_series in series.items() if security_series.id in by_series]
    return render(
        "incidents",
        rows=volume.incidents,
        columns=columns,
        banded=next((index.band for _, index in columns if index.band), None),
        categories=context.book.vocabularies.categories,
        sources=context.book.sources,
        original=volume.publication.original,
    )


def scale(context: BuildContext) -> str:
    """The colour scale of regional tension: colour, word, shape, limits, meaning; the current band marked."""
    own = indices.banded(context.book)
    if own is None:
        return render("nothing", sentence=gettext("No index of this site is read in colours."))
    issue_indices = indices.indices(context.book, context.volume) if context.volume else ()
    current = next((index for index in issue_indices if index.series == own.id), None)
    return render(
        "scale",
        bands=context.book.scales.tension,
        gap=context.book.scales.gap,
        label=own.label,
        current=current,
        rising=scales.run_up(context.book.scales.tension),
        shapes=SHAPES,
    )


def scores(context: BuildContext, scale: str) -> str:
    """What each score of one scale means: of relationships, or of security."""
    chosen = context.book.scales.relationship if scale == "relationship" else context.book.scales.security
    if chosen is None:
        return render("nothing", sentence=gettext("Nothing is scored on this scale."))
    return render("scores", meanings=sorted(chosen.meanings.items(), reverse=True), sign=chosen.sign)


SHAPES = dict(zip(scales.SHAPES, "●■▲◆✚▼", strict=True))
"""A character for each symbol that a band may have."""
