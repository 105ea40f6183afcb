"""Numbers, charts and records -> the HTML of pages. MACROS is all that a page may call."""

from __future__ import annotations

from collections.abc import Callable

from macros.render import catalogue, charts, citation, figures, files, issues, notes, papers
from macros.render.desk import Desk

MACROS: dict[str, Callable[..., str]] = {
    "board": charts.board,
    "change": figures.change,
    "changed": figures.changed,
    "changes": issues.changes,
    "chart": charts.chart,
    "citation": citation.citation,
    "cite": notes.cite,
    "cover": issues.cover,
    "editions": issues.editions,
    "codebook": files.codebook,
    "corrections": issues.corrections,
    "downloads": files.downloads,
    "event": catalogue.event,
    "events": catalogue.events,
    "figures": figures.figures,
    "history": issues.history,
    "imprint": issues.imprint,
    "incidents": catalogue.incidents,
    "index": issues.index,
    "judgements": papers.judgements,
    "latest_issue": issues.latest_issue,
    "originals": issues.originals,
    "points": papers.points,
    "publications": issues.publications,
    "recommendations": papers.recommendations,
    "relationships": issues.relationships,
    "scale": catalogue.scale,
    "scores": catalogue.scores,
    "sources": notes.sources,
    "table": figures.table,
    "trade": figures.trade,
    "value": figures.value,
    "vocabulary": files.vocabulary,
}
"""Every macro by the name under which pages call it; each is documented in docs/editors.md."""

__all__ = ["MACROS", "Desk"]
