"""Numbers, charts and records -> the HTML of pages. MACROS is all that a page may call."""

from __future__ import annotations

from collections.abc import Callable

from macros.pages import (
    catalogue,
    charts,
    citation,
    compare,
    corrections,
    downloads,
    explorer,
    figures,
    issues,
    notes,
    papers,
    publications,
    relationship,
    review,
    rules,
    search,
)
from macros.pages.context import BuildContext

PLACES: dict[str, tuple[Callable[..., str], ...]] = {
    "issues, portal": (charts.board,),
    "any publication": (
        figures.change,
        figures.changed,
        corrections.changes,
        citation.citation,
        notes.cite,
        publications.cover,
        publications.editions,
        figures.figures,
        notes.sources,
        figures.table,
        figures.value,
    ),
    "portal": (
        relationship.all_events,
        issues.all_issues,
        relationship.assessments,
        downloads.codebook,
        compare.compare,
        compare.comparisons,
        relationship.concerning,
        corrections.corrections,
        explorer.explorer,
        issues.history,
        publications.imprint,
        issues.latest_issue,
        publications.originals,
        relationship.partner_trade,
        publications.preservation,
        publications.publications,
        issues.relationships,
        rules.rules,
        catalogue.scores,
        search.search,
        downloads.vocabulary,
    ),
    "portal, any publication": (downloads.downloads, figures.trade),
    "issues": (issues.at_a_glance, catalogue.event, catalogue.events, catalogue.incidents, issues.index, review.review),
    "policy papers": (papers.judgements,),
    "non-papers": (papers.points,),
    "policy papers, portal": (papers.recommendations,),
    "portal, issues": (catalogue.scale,),
    "": (charts.chart,),
}
"""Every macro that a page may call, by the pages on which it may stand; of charts, each says that for itself."""

MACROS = {macro.__name__: macro for macros in PLACES.values() for macro in macros}
"""Every macro by its name; each is documented in docs/editors.md."""

WHERE = {macro.__name__: pages for pages, macros in PLACES.items() for macro in macros}
"""On which pages a macro may stand, as the guide says it."""

WITHIN = ("change", "changed", "cite", "event", "value")
"""Macros whose words stand within a sentence; all others stand on a line of their own."""

__all__ = ["MACROS", "WHERE", "WITHIN", "BuildContext"]
