"""Are scores on their scale, and do indices say what the rows give?"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from macros.load import Files, Folder, Record
from macros.model import StatedIndex
from macros.rules._tables import Findings, counted_rows, only, records_of, unknown
from macros.scales import ScoreScale


def scores(files: Files) -> Findings:
    """Scores lie on their scale; an event of a relationship is never zero."""
    scales = only(files, "scales.yml")
    if not scales:
        return
    for _, record in records_of(files, "events.csv"):
        yield from _off(record, "score", record.item.score, scales.relationship)
    for _, record in records_of(files, "incidents.csv"):
        yield from _off(record, "national", record.item.national, scales.security)
        yield from _off(record, "regional", record.item.regional, scales.security)


def _off(record: Record[Any], field: str, score: int, scale: ScoreScale) -> Findings:
    if not scale.lowest <= score <= scale.highest:
        yield record.problem(field, f"{score} is outside {scale.lowest}..{scale.highest}")
    elif score == 0 and not scale.zero:
        signs = [f"{scale.lowest}..-1"] * (scale.lowest < 0) + [f"1..{scale.highest}"] * (scale.highest > 0)
        yield record.problem(field, f"0 moves nothing and is not given on this scale; allowed: {' and '.join(signs) or 'none'}")


def colour_scale(files: Files) -> Findings:
    """The bands of tension follow one another without a gap or an overlap, calm first."""
    for record in files.table("scales.yml"):
        bands = record.item.tension
        for index, (calm, tense) in enumerate(pairwise(bands)):
            if calm.lowest is None or tense.highest != calm.lowest - 1:
                end = "nothing" if calm.lowest is None else str(calm.lowest - 1)
                message = f"{tense.highest} leaves a gap or overlap after '{calm.id}'; here it is {end}"
                yield record.problem(f"tension.{index + 1}.highest", message)
        if bands[0].highest is not None:
            yield record.problem("tension.0.highest", "limits the first band; leave it empty, so that every value has a band")
        if bands[-1].lowest is not None:
            yield record.problem(f"tension.{len(bands) - 1}.lowest", "limits the last band; leave it empty, so that every value has a band")


def stated_indices(files: Files, doubtful: set[str]) -> Findings:
    """Every index that a publication prints is the one that its catalogue gives; a draft, whose rows may be yet to come, is asked later."""
    for folder, record in records_of(files, "publication.yml"):
        events, incidents = folder.table("events.csv"), folder.table("incidents.csv")
        if record.item.status != "draft" and not doubtful & {events.path, incidents.path, record.path}:
            yield from printed_indices(files, folder)


def printed_indices(files: Files, folder: Folder) -> Findings:
    """Compare the indices that a publication prints with what its rows give.

    Args:
        files: What `load` read.
        folder: The publication.

    Yields:
        A finding for each number that differs.
    """
    scales = only(files, "scales.yml")
    for record in folder.table("publication.yml") if scales else ():
        events, incidents = folder.table("events.csv"), folder.table("incidents.csv")
        given: dict[str, list[int]] = defaultdict(list)
        for event in events.items:
            given[event.relationship].append(event.score)
        for incident in incidents.items:
            given[scales.security_series.national.id].append(incident.national)
            given[scales.security_series.regional.id].append(incident.regional)
        for name, stated in record.item.published_indices.items():
            yield from _differs(record, name, stated, given[name], scales)


def _differs(record: Record[Any], name: str, stated: StatedIndex, given: list[int], scales: Any) -> Findings:
    total = sum(given)
    band = next((one.id for one in scales.tension if one.lowest is None or total >= one.lowest), stated.band)
    computed: dict[str, Any] = {
        "aggregate": total,
        "positive": sum(score for score in given if score > 0),
        "negative": sum(score for score in given if score < 0),
        "band": band,
    }
    wrong = {field: value for field, value in computed.items() if getattr(stated, field) not in (None, value)}
    if stated.departure and not wrong:
        yield record.problem(f"published_indices.{name}.departure", f"explains a difference of {name} that is not there; take it out")
    for field, value in wrong.items() if not stated.departure else ():
        message = f"{field} {getattr(stated, field)} of {name} is not what the catalogue gives; its {counted_rows(len(given))} give {value}"
        yield record.problem(f"published_indices.{name}.{field}", message)


def explaining_rows(files: Files, doubtful: set[str]) -> Findings:
    """The rows that explain an index count towards it."""
    relationships = files.table("relationships.yml").names
    for folder in files.folders.values():
        tables = folder.table("events.csv"), folder.table("incidents.csv")
        if doubtful.intersection(table.path for table in (*tables, files.table("relationships.yml"), files.table("scales.yml"))):
            continue
        for record in folder.table("publication.yml"):
            for name, assessment in record.item.assessments.items() if record.path not in doubtful else ():
                series = name if name in relationships else "security"
                rows = [row.item.id for table in tables for row in table if getattr(row.item, "relationship", "security") == series]
                for row in assessment.explained_by if rows else ():
                    yield from unknown(record, f"assessments.{name}.explained_by", row, rows, f"rows of {name}")
