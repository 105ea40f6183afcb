"""Rules across rows. Each rule is one small function in ROW_RULES or SUM_RULES.

Row rules look at one row beside the lists it refers to. Sum rules look at a whole file and
run only where no row of that file is in doubt, so that one fault is not reported twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from macros import dates
from macros.load import Files, Folder, Record
from macros.model import KINDS, Event, Incident, Publication, PublishedIndex, Quantity, Series, StatedIndex, Trade, same_event
from macros.problems import Problem, allowed
from macros.scales import ScoreScale

Findings = Iterator[Problem]


def validate(files: Files) -> list[Problem]:
    """Check everything that was loaded against everything else.

    Args:
        files: What `load` read.

    Returns:
        Every finding, those of loading included, in order of file and line.
    """
    problems = row_problems(files)
    doubtful = {problem.path for problem in problems}
    for sum_rule in SUM_RULES:
        problems += sum_rule(files, doubtful)
    return sorted(set(problems))


def row_problems(files: Files) -> list[Problem]:
    """What is wrong with single rows. Where nothing is, every row can be read, whatever they sum up to.

    Args:
        files: What `load` read.

    Returns:
        The findings of loading and of the row rules.
    """
    return [*files.problems, *(problem for rule in ROW_RULES for problem in rule(files))]


def _records(files: Files, name: str) -> Iterator[tuple[Folder, Record[Any]]]:
    for folder in files.folders.values():
        for record in folder.table(name):
            yield folder, record


def _catalogued(files: Files) -> Iterator[tuple[Publication, Record[Any]]]:
    """Every event and every incident, and the issue it belongs to."""
    for folder in files.folders.values():
        if publication := _publication(folder):
            for record in (*folder.table("events.csv"), *folder.table("incidents.csv")):
                yield publication, record


def _publication(folder: Folder) -> Publication | None:
    items = folder.table("publication.yml").items
    return items[0] if items else None


def _only(files: Files, name: str) -> Any:
    items = files.table(name).items
    return items[0] if items else None


def _lists(files: Files) -> dict[str, list[str] | None]:
    """The words that a reference may hold, by kind; None where their file could not be read."""
    words = _only(files, "vocabularies.yml")
    named = ("partners", "units", "qualifiers", "categories", "addressees", "themes", "actors", "judgements")
    lists: dict[str, list[str] | None] = {name: list(getattr(words, name)) if words else None for name in named}
    scales = _only(files, "scales.yml")
    at_fault = {problem.path for problem in files.problems}
    for name in ("relationships", "sources"):
        table = files.table(f"{name}.yml")
        lists[name] = list(dict.fromkeys(table.names)) or (None if table.path in at_fault else [])
    lists["bands"] = [band.id for band in scales.tension] if scales else None
    security = [scales.security_series.national.id, scales.security_series.regional.id] if scales else []
    lists["series"] = [*lists["relationships"], *security] if scales and lists["relationships"] is not None else None
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
    lists = _lists(files)
    for name in dict.fromkeys(name for name, _, _ in REFERENCES):
        fields = [(field, kind) for table, field, kind in REFERENCES if table == name]
        records = [*(files.table(name) if name in files.shared else ()), *(record for _, record in _records(files, name))]
        for record, (field, kind) in product(records, fields):
            value = getattr(record.item, field)
            for word in value if isinstance(value, tuple) else [value]:
                yield from _unknown(record, field, word, lists[kind], kind)


def _unknown(record: Record[Any], field: str, word: str | None, words: list[str] | None, kind: str) -> Findings:
    if word is not None and words is not None and word not in words:
        yield record.problem(field, f"'{word}' is not one of the {kind}; {allowed(word, words)}")


def inner_references(files: Files) -> Findings:
    """References within a publication: sections of points, declared figures, stated series and bands."""
    lists = _lists(files)
    for folder, record in _records(files, "publication.yml"):
        declared = [figure.id for figure in record.item.figures]
        for row in folder.table("figures.csv"):
            yield from _unknown(row, "figure", row.item.figure, declared, "figures of publication.yml")
        for name, stated in record.item.published_indices.items():
            yield from _unknown(record, f"published_indices.{name}", name, lists["series"], "series")
            yield from _unknown(record, f"published_indices.{name}.band", stated.band, lists["bands"], "bands")
        for name in record.item.assessments:
            yield from _unknown(record, f"assessments.{name}", name, lists["series"], "series")
    for _, record in _records(files, "points.yml"):
        sections = [section.id for section in record.item.sections]
        for index, point in enumerate(record.item.points):
            yield from _unknown(record, f"points.{index}.section", point.section, sections, "sections")
            for word in point.concerns:
                yield from _unknown(record, f"points.{index}.concerns", word, lists["relationships"], "relationships")


def unique_ids(files: Files) -> Findings:
    """No id stands twice where it must tell things apart."""
    yield from _twice(files.table("relationships.yml"), lambda one: one.id)
    yield from _twice(files.table("published_indices.csv"), lambda one: f"{one.issue} {one.series}", "series")
    for name in ("events.csv", "incidents.csv"):
        yield from _twice([record for _, record in _records(files, name)], lambda one: one.id)
    for folder in files.folders.values():
        yield from _twice([*folder.table("trade.csv"), *folder.table("figures.csv")], lambda one: one.id)
        yield from _twice(folder.table("judgements.yml"), lambda one: one.id)
        yield from _twice(folder.table("recommendations.yml"), lambda one: one.id)
        for record in folder.table("publication.yml"):
            yield from _twice_inside(record, "figures", record.item.figures)
        for record in folder.table("points.yml"):
            yield from _twice_inside(record, "points", record.item.points)
            yield from _twice_inside(record, "sections", record.item.sections)


def _twice(records: Iterable[Record[Any]], identity: Callable[[Any], str], field: str = "id") -> Findings:
    seen: dict[str, Record[Any]] = {}
    for record in records:
        first = seen.setdefault(identity(record.item), record)
        if first is not record:
            yield record.problem(field, f"'{identity(record.item)}' is already at {first.path}:{first.line}; each stands once")


def _twice_inside(record: Record[Any], name: str, items: Iterable[Any]) -> Findings:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            yield record.problem(f"{name}.{index}.id", f"'{item.id}' is already used in this list; each id stands once")
        seen.add(item.id)


def catalogue_ids(files: Files) -> Findings:
    """An id of a catalogue begins with its issue and its series, where that series exists."""
    relationships = files.table("relationships.yml").names
    for publication, record in _catalogued(files):
        series = record.item.relationship if isinstance(record.item, Event) else "security"
        known = series == "security" or series in relationships
        if known and record.item.id.rpartition("-")[0] != f"{publication.number}-{series}":
            message = f"'{record.item.id}' does not fit its row; here it begins with {publication.number}-{series}-"
            yield record.problem("id", message)


PAGES = ("index", "data", "cite")
"""Pages that a publication has of itself: no further page can stand at their addresses."""
PLACES = ("content", "edition-status", "files", "figures", "sources", "notes", "cite-chicago", "cite-apa", "cite-address")
"""Ids that pages have of themselves: no row can be linked by them."""


def taken_ids(files: Files) -> Findings:
    """No id is one that the pages of every publication have anyway, and no two series share one."""
    scales = _only(files, "scales.yml")
    series = [scales.security_series.national.id, scales.security_series.regional.id] if scales else []
    for record in files.table("relationships.yml"):
        yield from _taken(record, "id", record.item.id, (*PAGES, "events", "security", *series))
    for record in files.table("scales.yml"):
        if len(set(series)) == 1:
            yield record.problem("security_series.regional.id", f"'{series[0]}' is the id of the other index too; each has its own")
        yield from _twice_inside(record, "tension", record.item.tension)
    for folder, record in _records(files, "publication.yml"):
        for index, name in enumerate(record.item.contents):
            sections = (*files.table("relationships.yml").names, "security", "events") if record.item.kind == "issue" else ()
            yield from _taken(record, f"contents.{index}", name, (*PAGES, *sections, *record.item.contents[:index]))
        for row in (*folder.table("trade.csv"), *folder.table("figures.csv")):
            beginning = next((start for start in ("figure-", "source-", "chart-") if row.item.id.startswith(start)), None)
            yield from _taken(row, "id", row.item.id, (*PLACES, *([row.item.id] if beginning else [])))
    for _, record in _records(files, "points.yml"):
        for index, section in enumerate(record.item.sections):
            yield from _taken(record, f"sections.{index}.id", section.id, (*PLACES, *(point.id for point in record.item.points)))


def _taken(record: Record[Any], field: str, name: str, taken: Iterable[str]) -> Findings:
    if name in taken:
        yield record.problem(field, f"'{name}' is taken by the pages of this site; choose another")


def component_ids(files: Files) -> Findings:
    """The parts of a recommendation carry its id and a letter."""
    for _, record in _records(files, "recommendations.yml"):
        for index, part in enumerate(record.item.components):
            wanted = f"{record.item.id}-{chr(ord('a') + index)}"
            if part.id != wanted:
                yield record.problem(f"components.{index}.id", f"'{part.id}' is out of order; here it is {wanted}")


def scores(files: Files) -> Findings:
    """Scores lie on their scale; an event of a relationship is never zero."""
    scales = _only(files, "scales.yml")
    if not scales:
        return
    for _, record in _records(files, "events.csv"):
        yield from _off(record, "score", record.item.score, scales.relationship)
    for _, record in _records(files, "incidents.csv"):
        yield from _off(record, "national", record.item.national, scales.security)
        yield from _off(record, "regional", record.item.regional, scales.security)


def _off(record: Record[Any], field: str, score: int, scale: ScoreScale) -> Findings:
    if not scale.lowest <= score <= scale.highest:
        yield record.problem(field, f"{score} is outside {scale.lowest}..{scale.highest}")
    elif score == 0 and not scale.zero:
        signs = [f"{scale.lowest}..-1"] * (scale.lowest < 0) + [f"1..{scale.highest}"] * (scale.highest > 0)
        yield record.problem(field, f"0 moves nothing and is not given on this scale; allowed: {' and '.join(signs) or 'none'}")


def event_dates(files: Files) -> Findings:
    """Every event and incident touches the period of its issue."""
    for publication, record in _catalogued(files):
        if publication.period and not _touches(record.item, publication.period):
            days = f"{publication.period.first} to {publication.period.last}"
            yield record.problem("date", f"{record.item.date} is outside the period of the issue; allowed: {days}")


def _touches(row: Event | Incident, period: dates.Period) -> bool:
    return period.first <= row.date.first <= period.last


def issue_periods(files: Files) -> Findings:
    """The number of an issue and its period agree with the calendar of the series."""
    series: Series | None = _only(files, "series.yml")
    if not series or not _covers_its_months(series):
        return
    issues: list[tuple[Record[Any], int | None, dates.Period | None]] = [
        (record, record.item.number, record.item.period) for _, record in _records(files, "publication.yml")
    ]
    stated: Iterable[Record[PublishedIndex]] = files.table("published_indices.csv")
    for record, number, period in [*issues, *((one, one.item.issue, one.item.period) for one in stated)]:
        if number and period:
            try:
                first, last = dates.months_after(series.first_period, (number - 1) * series.months)
            except ValueError:
                yield record.problem("period", f"{period} is not the period of issue {number}; that lies beyond the year 9999")
                continue
            if (period.first, period.last) != (first, last):
                message = f"{period} is not the period of issue {number}; that is {dates.of_months(first, last)}"
                yield record.problem("period", message)


def coming_issues(files: Files) -> Findings:
    """A planned issue stands once; one that is published is no longer told of."""
    yield from _twice(files.table("coming.yml"), lambda issue: str(issue.number), "number")


def first_period(files: Files) -> Findings:
    """The period of issue 1 has as many whole months as every issue covers."""
    for record in files.table("series.yml"):
        series: Series = record.item
        if not _covers_its_months(series):
            whole = f"{series.months} whole month{'' if series.months == 1 else 's'}"
            yield record.problem("first_period", f"{series.first_period} is not {whole}, which an issue covers; mend it, or `months`")


def _covers_its_months(series: Series) -> bool:
    first, last = series.first_period.first, series.first_period.last
    whole = first.day == 1 and (last == date.max or (last + timedelta(1)).day == 1)
    return whole and (last.year - first.year) * 12 + last.month - first.month + 1 == series.months


def addresses(files: Files) -> Findings:
    """A publication says of itself what its folder says."""
    for folder, record in _records(files, "publication.yml"):
        publication: Publication = record.item
        place, _, slug = folder.address.partition("/")
        if KINDS[publication.kind] != place:
            kind = next(kind for kind, name in KINDS.items() if name == place)
            yield record.problem("kind", f"'{publication.kind}' does not belong in data/{place}/; here it is {kind}")
        if publication.slug != slug:
            yield record.problem("slug", f"'{publication.slug}' is not the name of its folder; that is {slug}")
        if publication.number and publication.slug != str(publication.number):
            yield record.problem("number", f"{publication.number} is not the slug of this issue, {publication.slug}; they are the same")


def editions(files: Files) -> Findings:
    """Editions are numbered 1, 2, 3 ..., begin with an original, and never go back in time."""
    for _, record in _records(files, "publication.yml"):
        listed = record.item.editions
        for index, edition in enumerate(listed):
            if edition.number != index + 1:
                yield record.problem(f"editions.{index}.number", f"{edition.number} is out of order; here it is {index + 1}")
            if (edition.kind == "original") != (index == 0):
                kinds = "an original" if index == 0 else "a correction or revision"
                yield record.problem(f"editions.{index}.kind", f"'{edition.kind}' cannot stand here; edition {index + 1} is {kinds}")
        for index, (one, following) in enumerate(pairwise(listed)):
            if following.date < one.date:
                message = f"{following.date} is before edition {one.number}, {one.date}; editions follow one another"
                yield record.problem(f"editions.{index + 1}.date", message)


def entered_twice(files: Files) -> Findings:
    """The same thing on the same date stands once in a catalogue."""
    for name in ("events.csv", "incidents.csv"):
        seen: dict[tuple[str, ...], Record[Any]] = {}
        for folder, record in _records(files, name):
            row = record.item
            identity = (folder.address, getattr(row, "relationship", ""), *same_event(row))
            first = seen.setdefault(identity, record)
            if first.item.id != row.id:
                yield record.problem("event", f"is the same event as {first.item.id} in line {first.line}; each event is entered once")


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
    for folder, record in _records(files, "publication.yml"):
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
    scales = _only(files, "scales.yml")
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
        message = f"{field} {getattr(stated, field)} of {name} is not what the catalogue gives; its {_rows(len(given))} give {value}"
        yield record.problem(f"published_indices.{name}.{field}", message)


def _rows(number: int) -> str:
    return f"{number} row{'' if number == 1 else 's'}"


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
                    yield from _unknown(record, f"assessments.{name}.explained_by", row, rows, f"rows of {name}")


def trade_sums(files: Files, doubtful: set[str]) -> Findings:
    """Turnover is exports + imports, balance is exports - imports, beyond rounding."""
    for folder in files.folders.values():
        table = folder.table("trade.csv")
        groups: dict[tuple[Any, ...], dict[str, Record[Trade]]] = defaultdict(dict)
        for record in table if table.path not in doubtful else ():
            row = record.item
            if row.qualifier is None:
                groups[row.partner, row.period.text, row.product, row.unit][row.flow] = record
        for flows in groups.values():
            if {"exports", "imports"} <= flows.keys():
                yield from _sum(flows, "turnover", 1, "exports + imports")
                yield from _sum(flows, "balance", -1, "exports − imports")


def _sum(flows: dict[str, Record[Trade]], flow: str, sign: int, formula: str) -> Findings:
    if flow not in flows:
        return
    exports, imports, stated = (flows[name].item for name in ("exports", "imports", flow))
    wanted = exports.value + sign * imports.value
    if abs(stated.value - wanted) > sum(map(_rounding, (exports, imports, stated))):
        yield flows[flow].problem("value", f"{stated.value} is not {formula}; {exports.id} and {imports.id} give {wanted}")


def ranges(files: Files, doubtful: set[str]) -> Findings:
    """A range is no point in a chart, and no part of a sum."""
    for folder, record in _records(files, "publication.yml"):
        kinds = {figure.id: figure.kind for figure in record.item.figures}
        for row in (*folder.table("figures.csv"), *folder.table("trade.csv")):
            drawn = isinstance(row.item, Trade) or kinds.get(row.item.figure, "table") != "table"
            if row.item.upper is not None and drawn and row.path not in doubtful:
                yield row.problem("upper", "makes a range, and a range is neither drawn nor summed; it stands in a figure of kind table")


def shares(files: Files, doubtful: set[str]) -> Findings:
    """The numbers of a structure are shares of a whole: in one unit, none below zero, and 100 together at most, beyond rounding."""
    for folder, record in _records(files, "publication.yml"):
        table = folder.table("figures.csv")
        for index, figure in enumerate(record.item.figures):
            rows = [row.item for row in table if row.item.figure == figure.id]
            if figure.kind != "structure" or not rows or table.path in doubtful:
                continue
            total, least = sum((row.value for row in rows), Decimal(0)), min(row.value for row in rows)
            if len({row.unit for row in rows}) > 1:
                wrong = f"its rows have the units {', '.join(sorted({row.unit for row in rows}))}"
            elif least < 0 or total > 100 + sum(map(_rounding, rows)):
                wrong = f"its {_rows(len(rows))} sum to {total:f}" + ", and one is below zero" * (least < 0)
            else:
                continue
            message = (
                f"'structure' does not fit '{figure.id}': {wrong}; shares have one unit and sum to 100 at most; counts are a comparison"
            )
            yield record.problem(f"figures.{index}.kind", message)


def _rounding(row: Quantity) -> Decimal:
    exponent = row.value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)


ROW_RULES: tuple[Callable[[Files], Iterable[Problem]], ...] = (
    references,
    inner_references,
    unique_ids,
    catalogue_ids,
    taken_ids,
    component_ids,
    scores,
    event_dates,
    first_period,
    issue_periods,
    coming_issues,
    addresses,
    editions,
    entered_twice,
    colour_scale,
)
SUM_RULES: tuple[Callable[[Files, set[str]], Iterable[Problem]], ...] = (stated_indices, explaining_rows, trade_sums, shares, ranges)
