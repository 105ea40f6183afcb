"""Numbers, charts and records -> the HTML of pages. MACROS is all that a page may call."""

from __future__ import annotations

from collections.abc import Callable

from macros.pages import (
    catalogue,
    charts,
    citation,
    compare,
    downloads,
    explorer,
    figures,
    issues,
    notes,
    papers,
    preservation,
    relationship,
    review,
    rules,
    search,
)
from macros.pages.context import BuildContext

MACROS: dict[str, Callable[..., str]] = {
    "all_events": relationship.all_events,
    "all_issues": issues.all_issues,
    "assessments": relationship.assessments,
    "at_a_glance": issues.at_a_glance,
    "board": charts.board,
    "change": figures.change,
    "changed": figures.changed,
    "changes": issues.changes,
    "chart": charts.chart,
    "citation": citation.citation,
    "cite": notes.cite,
    "compare": compare.compare,
    "comparisons": compare.comparisons,
    "cover": issues.cover,
    "editions": issues.editions,
    "codebook": downloads.codebook,
    "concerning": relationship.concerning,
    "corrections": issues.corrections,
    "downloads": downloads.downloads,
    "event": catalogue.event,
    "events": catalogue.events,
    "explorer": explorer.explorer,
    "figures": figures.figures,
    "history": issues.history,
    "imprint": issues.imprint,
    "incidents": catalogue.incidents,
    "index": issues.index,
    "judgements": papers.judgements,
    "latest_issue": issues.latest_issue,
    "originals": issues.originals,
    "partner_trade": relationship.partner_trade,
    "points": papers.points,
    "preservation": preservation.preservation,
    "publications": issues.publications,
    "recommendations": papers.recommendations,
    "relationships": issues.relationships,
    "review": review.review,
    "rules": rules.rules,
    "scale": catalogue.scale,
    "scores": catalogue.scores,
    "search": search.search,
    "sources": notes.sources,
    "table": figures.table,
    "trade": figures.trade,
    "value": figures.value,
    "vocabulary": downloads.vocabulary,
}
"""Every macro by the name under which pages call it; each is documented in docs/editors.md."""

WHERE = {
    "issues, portal": "board",
    "any publication": "change changed changes citation cite cover editions figures sources table value",
    "portal": (
        "all_events all_issues assessments codebook compare comparisons concerning corrections explorer history imprint latest_issue "
        "originals partner_trade preservation publications relationships rules scores search vocabulary"
    ),
    "portal, any publication": "downloads trade",
    "issues": "at_a_glance event events incidents index review",
    "policy papers": "judgements",
    "non-papers": "points",
    "policy papers, portal": "recommendations",
    "portal, issues": "scale",
}
"""On which pages macros may stand, as the guide says it; of charts, each says it for itself."""

WITHIN = ("change", "changed", "cite", "event", "value")
"""Macros whose words stand within a sentence; all others stand on a line of their own."""

__all__ = ["MACROS", "WHERE", "WITHIN", "BuildContext"]
