"""What each parameter of a macro or chart may be, and which charts the data leave without a picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from macros import indices
from macros.book import Book, Volume
from macros.charts import FIGURE_KINDS
from macros.model import KINDS
from macros.vocabularies import LABELLED

NEEDS = {
    "board": ("events", "incidents"),
    "incidents": ("incidents",),
    "tension": ("incidents",),
    "points": ("points",),
    "recommendations": ("recommendations",),
}
"""Macros and charts that name no row, and the tables of which at least one must have rows where a publication calls them."""


@lru_cache(maxsize=4)
def _figures(book: Book) -> tuple[str, ...]:
    """The figures of all publications that stand beside others, which every page may name: listed once, however many pages there are."""
    return tuple(
        f"{volume.address}:{figure.id}"
        for volume in book.published
        for figure in volume.publication.figures
        if figure.kind in FIGURE_KINDS["figures"] and any(row.figure == figure.id for row in volume.figures)
    )


def _not_drawn(book: Book, volume: Volume | None) -> dict[tuple[str, str], str]:
    """Charts that the scales or the rows leave without a picture, by name and index, and why."""
    reasons: dict[tuple[str, str], str] = {}
    if indices.banded(book) is None:
        reasons["tension", ""] = "no index of this site is read in colours; state `tension` in data/scales.yml, or take this call out"
    for name in (*(relationship.id for relationship in book.relationships), *indices.security_ids(book)):
        if not indices.scale_of(book, name).plain_sum:
            reasons["running-total", name] = f"the index of {name} is no plain sum, which alone adds up event by event; take this call out"
    if volume and volume.incidents and not any(None not in (row.national, row.regional) for row in volume.incidents):
        reasons["incidents", ""] = "no incident has two scores; take this call out"
    return reasons


def words_of(book: Book, volume: Volume | None) -> dict[str, Any]:
    """What each parameter of a macro or chart may be, by the name of the parameter.

    Args:
        volume: The publication whose page calls; None for the portal.
    """
    security = indices.security_ids(book)
    everywhere = [relationship.id for relationship in book.relationships]
    covered = [relationship.id for relationship in book.sections(volume)] if volume else everywhere
    words = book.vocabularies
    trade = (volume,) if volume else book.published
    filled = {row.figure for row in volume.figures} if volume else set()
    declared = [figure for figure in volume.publication.figures if figure.id in filled] if volume else []
    return {
        "not drawn": _not_drawn(book, volume),
        "empty figure": [figure.id for figure in volume.publication.figures if figure.id not in filled] if volume else [],
        "without rows": [
            name for name, tables in NEEDS.items() if volume and not volume.draft and not any(getattr(volume, table) for table in tables)
        ],
        **{f"{chart} figure": [figure.id for figure in declared if figure.kind in kinds] for chart, kinds in FIGURE_KINDS.items()},
        "source": list(book.sources),
        "relationship": covered,
        "series": [*covered, *(security if volume.incidents or volume.draft else [])] if volume else [*everywhere, *security, "all"],
        "event": [*(row.id for row in volume.events), *(row.id for row in volume.incidents)] if volume else [],
        "row": list(volume.quantities) if volume else [],
        "figure": [figure.id for figure in declared],
        "figures": _figures(book),
        "partner": sorted({row.partner for volume in trade for row in volume.trade}),
        "judgement": list(words.judgements),
        "actor": list(words.actors),
        "kind": list(KINDS),
        "form": ["full", "list"],
        "scale": ["relationship", "security"],
        "checklist": ["check", "release"],
        "vocabulary": list(LABELLED),
    }
