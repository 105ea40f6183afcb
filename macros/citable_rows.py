"""The rows of a publication that have an address of their own, which can be cited alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.book import Volume
from macros.language import gettext


@dataclass(frozen=True)
class CitableRow:
    """One thing within an edition that has a permanent address of its own.

    Attributes:
        path: Where it stands, from the first page of its edition: `security/#19-security-04`.
        title: What it says, and what it is.
    """

    path: str
    title: str


def citable_rows(volume: Volume) -> Iterator[CitableRow]:
    """Every row of a publication that can be cited, in order of id; where each stands is a promise of the addresses."""
    for event in sorted(volume.events, key=lambda row: row.id):
        yield CitableRow(
            f"{event.relationship}/#{event.id}", gettext("%(title)s (event %(id)s)", title=event.event.rstrip("."), id=event.id)
        )
    for incident in sorted(volume.incidents, key=lambda row: row.id):
        yield CitableRow(
            f"security/#{incident.id}", gettext("%(title)s (incident %(id)s)", title=incident.event.rstrip("."), id=incident.id)
        )
    for point in volume.points.points if volume.points else ():
        yield CitableRow(f"#{point.id}", gettext("%(title)s (point %(number)s)", title=point.title.rstrip("."), number=point.number))
    for row in volume.recommendations:
        yield CitableRow(f"#{row.id}", gettext("%(title)s (recommendation %(number)s)", title=row.title.rstrip("."), number=row.id[2:]))
    used = {row.figure for row in volume.figures}
    for figure in volume.publication.figures:
        if figure.id in used:
            yield CitableRow(f"data/#figure-{figure.id}", gettext("%(title)s (table)", title=figure.title.rstrip(".")))
