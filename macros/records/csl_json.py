"""Citation records as CSL-JSON, which Zotero and citation processors read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from macros.cite import Citation
from macros.creators import Body, Creator
from macros.dates import Moment, Period
from macros.json_text import readable
from macros.records.identity import identities, makers, note


def csl_json(records: Sequence[Citation]) -> str:
    """Write a list of items."""
    return readable([csl(record) for record in records])


def csl(record: Citation) -> dict[str, Any]:
    """Make an item: `report` for an edition, `chapter` for a thing in it."""
    part = bool(record.part)
    day, original = record.published, record.original
    stated = {maker.name: [identity.address for identity in identities(maker)] for maker in makers(record)}
    item = {
        "id": record.key,
        "type": "chapter" if part else "report",
        "title": record.name,
        "container-title": record.title if part else "",
        "author": [_name(author) for author in record.authors],
        "editor": [_name(record.editor)] if record.editor else [],
        "publisher": record.institution,
        "collection-title": record.series,
        "number": record.number,
        "edition": record.version,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if record.edition else _period(record.period),
        "original-date": {"date-parts": [_parts(original)]} if original else None,
        "language": record.language,
        "ISSN": record.issn,
        "DOI": record.doi,
        "URL": record.permalink,
        "note": note(record),
        "custom": {name: addresses for name, addresses in stated.items() if addresses},  # CSL has no other place for identifiers
    }
    if source := record.source:
        item |= {"original-title": source.title, "original-publisher": source.institution}
        item |= {"original-author": [_name(creator) for creator in source.authors or ([source.editor] if source.editor else [])]}
    return {name: value for name, value in item.items() if value}


def _name(creator: Creator) -> dict[str, str]:
    if isinstance(creator, Body):
        return {"literal": creator.name}
    parts = {"family": creator.family, "given": creator.given, "non-dropping-particle": creator.particle, "suffix": creator.suffix}
    return {name: text for name, text in parts.items() if text}


def _parts(moment: Moment) -> list[int]:
    return [part for part in (moment.year, moment.month, moment.day) if part]


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    sides = [period.start] if period.start == period.end else [period.start, period.end]
    return {"date-parts": [_parts(side) for side in sides]}
