"""The sections of an issue in a few lines each, as its copy for print opens with them."""

from __future__ import annotations

from dataclasses import dataclass

from macros.book import Volume
from macros.fields import Score
from macros.model import Event, Incident
from macros.pages.context import BuildContext
from macros.pages.scoreboard import Card, cards, explaining


@dataclass(frozen=True)
class Section:
    """One index in short.

    Attributes:
        card: The index, and what it was before.
        reason: Why it is what it is; empty where the issue does not say so.
        rows: The events or incidents that explain it, each with its score.
    """

    card: Card
    reason: str
    rows: tuple[tuple[Event | Incident, Score], ...]


def overview(context: BuildContext, volume: Volume) -> list[Section]:
    """The indices of an issue in short; none where it has none.

    Args:
        context: The edition, on its first page.

    Returns:
        One section for each index.
    """
    sections = []
    for card in cards(context, volume):
        series = card.index.series
        assessment = volume.publication.assessments.get(series)
        rows = tuple((row, score) for row, score, _ in explaining(context, volume, series))
        sections.append(Section(card, assessment.reason if assessment else "", rows))
    return sections
