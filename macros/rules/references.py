"""Does every reference name something that exists?"""

from __future__ import annotations

from itertools import groupby, product

from macros.load import Files
from macros.rules._tables import Findings, records_of, scales_of, security_ids, unknown
from macros.vocabularies import LABELLED


def lists_of(files: Files) -> dict[str, list[str] | None]:
    """The words that a reference may hold, by kind; None where their file could not be read."""
    words = files.table("vocabularies.yml").first
    named = (*LABELLED, "flows")
    lists: dict[str, list[str] | None] = {name: list(getattr(words, name)) if words else None for name in named}
    scales = scales_of(files)
    at_fault = {problem.path for problem in files.problems}
    for name in ("relationships", "sources"):
        table = files.table(f"{name}.yml")
        lists[name] = list(dict.fromkeys(table.names)) or (None if table.path in at_fault else [])
    lists["bands"] = [band.id for band in scales.tension] if scales else None
    security = security_ids(files)
    lists["series"] = [*lists["relationships"], *security] if lists["relationships"] is not None and scales is not None else None
    return lists


REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("relationships.yml", "partner", "partners"),
    ("published_indices.csv", "series", "series"),
    ("published_indices.csv", "band", "bands"),
    ("publication.yml", "original", "sources"),
    ("events.csv", "relationship", "relationships"),
    ("events.csv", "source", "sources"),
    ("incidents.csv", "category", "categories"),
    ("incidents.csv", "source", "sources"),
    ("trade.csv", "partner", "partners"),
    ("trade.csv", "flow", "flows"),
    ("figures.csv", "partner", "partners"),
    ("recommendations.yml", "addressee", "addressees"),
    ("recommendations.yml", "theme", "themes"),
    ("recommendations.yml", "concerns", "relationships"),
    ("recommendations.yml", "sources", "sources"),
    ("judgements.yml", "kind", "judgements"),
    ("judgements.yml", "actor", "actors"),
    ("judgements.yml", "concerns", "relationships"),
    ("judgements.yml", "sources", "sources"),
    *((name, field, kind) for name in ("trade.csv", "figures.csv") for field, kind in (
        ("unit", "units"), ("change_unit", "units"), ("qualifier", "qualifiers"), ("source", "sources"))),
)  # fmt: skip
"""File, field, and the list that the field's words must stand in."""


def references(files: Files) -> Findings:
    """Every reference names something that exists."""
    lists = lists_of(files)
    for name in dict.fromkeys(name for name, _, _ in REFERENCES):
        fields = [(field, kind) for table, field, kind in REFERENCES if table == name]
        records = [*files.table(name), *(record for _, record in records_of(files, name))]
        for record, (field, kind) in product(records, fields):
            value = getattr(record.item, field)
            for word in value if isinstance(value, tuple) else [value]:
                yield from unknown(record, field, word, lists[kind], kind)


def inner_references(files: Files) -> Findings:
    """References within a publication: sections of points, declared figures, stated series and bands."""
    lists = lists_of(files)
    for folder, record in records_of(files, "publication.yml"):
        declared = [figure.id for figure in record.item.figures]
        for row in folder.table("figures.csv"):
            yield from unknown(row, "figure", row.item.figure, declared, "figures of publication.yml")
        for name, stated in record.item.published_indices.items():
            yield from unknown(record, f"published_indices.{name}", name, lists["series"], "series")
            yield from unknown(record, f"published_indices.{name}.band", stated.band, lists["bands"], "bands")
        for name in record.item.assessments:
            yield from unknown(record, f"assessments.{name}", name, lists["series"], "series")
    for _, record in records_of(files, "points.yml"):
        sections = [section.id for section in record.item.sections]
        order = [section for section, _ in groupby(point.section for point in record.item.points)]
        for section in sorted({section or "" for number, section in enumerate(order) if section in order[:number]}):
            parted = f"of {section} stand" if section else "without a section stand"
            yield record.problem("points", f"{parted} in two places; those of one section follow one another, in order of their numbers")
        for index, point in enumerate(record.item.points):
            yield from unknown(record, f"points.{index}.section", point.section, sections, "sections")
            for word in point.concerns:
                yield from unknown(record, f"points.{index}.concerns", word, lists["relationships"], "relationships")
