"""Are scores on their scale, and do indices say what the rows give?"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise, product
from typing import Any

from macros.fields import Score, exact
from macros.load import Files, Folder, Record
from macros.model import StatedIndex
from macros.problems import counted
from macros.rules._tables import Findings, records_of, scales_of, unknown
from macros.scales import ScoreScale, band_of, run_up


def scores(files: Files) -> Findings:
    """Scores lie on their scale and on its steps; where rows have weights, each has one."""
    scales = scales_of(files)
    if not scales:
        return
    scored = (("events.csv", "relationship", scales.relationship), ("incidents.csv", "security", scales.security))
    for name, key, scale in scored:
        for _, record in records_of(files, name):
            fields = ("score",) if name == "events.csv" else ("national", "regional")
            if scale is None:
                yield record.problem(fields[0], f"is on no scale; state `{key}` in data/scales.yml")
                continue
            given = [(field, getattr(record.item, field)) for field in fields]
            yield from _empty(record, given, scale)
            for field, score in given:
                if score is not None and (why := scale.misfit(score)):
                    yield record.problem(field, why)
            if (record.item.weight is not None) != scale.weighted:
                wrong = "is empty; each row of a weighted scale has one" if scale.weighted else "stands on a scale that is not weighted"
                yield record.problem("weight", wrong)


def _empty(record: Record[Any], given: list[tuple[str, Any]], scale: ScoreScale) -> Findings:
    """Scores that are missing although the scale needs them."""
    empty = [field for field, score in given if score is None]
    if scale.needs == "either" and len(empty) == 1:
        return
    for field in empty[:1] if scale.needs == "either" else empty:
        yield record.problem(field, f"is empty; fill it in: {type(record.item).model_fields[field].description}")


def colour_scale(files: Files) -> Findings:
    """The bands of tension follow one another, down or up, without a gap or an overlap."""
    for record in files.table("scales.yml"):
        bands, scale = record.item.tension, record.item.security
        if not bands or scale is None:
            if bands:
                yield record.problem(
                    "tension", "are bands of an index that is not there; state security and security_series, or none of them"
                )
            continue
        rising = run_up(bands)
        near, far, step = ("lowest", "highest", scale.index_step) if rising else ("highest", "lowest", -scale.index_step)
        for index, (before, after) in enumerate(pairwise(bands)):
            end = getattr(before, far)
            wanted = None if end is None else exact(end + step)
            if wanted is None or getattr(after, near) != wanted:
                message = (
                    f"{getattr(after, near)} leaves a gap or overlap after '{before.id}'; here it is {'nothing' if end is None else wanted}"
                )
                yield record.problem(f"tension.{index + 1}.{near}", message)
        last = len(bands) - 1
        if getattr(bands[0], near) is not None:
            yield record.problem(f"tension.0.{near}", "limits the first band; leave it empty, so that every value has a band")
        if getattr(bands[-1], far) is not None:
            yield record.problem(f"tension.{last}.{far}", "limits the last band; leave it empty, so that every value has a band")


def stated_indices(files: Files, doubtful: set[str]) -> Findings:
    """Every index that a publication prints is the one that its catalogue gives; a draft, whose rows may be yet to come, is asked later."""
    for folder, record in records_of(files, "publication.yml"):
        events, incidents = folder.table("events.csv"), folder.table("incidents.csv")
        if record.item.status != "draft" and not doubtful & {events.path, incidents.path, record.path}:
            yield from printed_indices(files, folder)


def printed_indices(files: Files, folder: Folder) -> Findings:
    """Compare the indices that a publication prints with what its rows give."""
    scales = scales_of(files)
    for record in folder.table("publication.yml") if scales else ():
        given: dict[str, list[tuple[Score, Score]]] = defaultdict(list)
        for event in folder.table("events.csv").items:
            given[event.relationship].append((event.score, event.weight or 1))
        pair = scales.security_series if scales else None
        for incident, (column, series) in product(folder.table("incidents.csv").items, pair or ()):
            if (score := getattr(incident, column)) is not None:
                given[series.id].append((score, incident.weight or 1))
        for name, stated in record.item.published_indices.items():
            yield from _differs(record, name, stated, given[name], scales)


def _differs(record: Record[Any], name: str, stated: StatedIndex, given: list[tuple[Score, Score]], scales: Any) -> Findings:
    secure = name in [series.id for _, series in scales.security_series or ()]
    scale = scales.security if secure else scales.relationship
    if scale is None:
        return
    signs = (sum(score * weight for score, weight in given if (score > 0) is above) for above in (True, False))
    parts = scale.parts(*signs, sum(weight for _, weight in given))
    band = band_of(scales.tension, parts.aggregate)
    computed: dict[str, Any] = {**parts._asdict(), "band": band.id if band else stated.band}
    wrong = {field: value for field, value in computed.items() if getattr(stated, field) not in (None, value)}
    if stated.departure and not wrong:
        yield record.problem(f"published_indices.{name}.departure", f"explains a difference of {name} that is not there; take it out")
    if wrong and not stated.departure:  # one wrong score changes more than one of them
        printed = " and ".join(f"{field} {getattr(stated, field)}" for field in wrong)
        are, rows = "is" if len(wrong) == 1 else "are", counted(len(given), "row")
        gives = " and ".join(map(str, wrong.values()))
        message = f"{printed} of {name} {are} not what the catalogue gives; its {rows} give {gives}"
        yield record.problem(f"published_indices.{name}.{next(iter(wrong))}", message)


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
