"""Do periods, editions and addresses follow one another as they should?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from macros.dates import Period
from macros.load import Files, Record
from macros.model import KINDS, Publication, Series
from macros.problems import counted
from macros.rules._tables import Findings, records_of, twice


def event_dates(files: Files) -> Findings:
    """Every event and incident begins in the period of its issue, or says why it stands there all the same."""
    not_of_calendar = {problem.path for problem in issue_periods(files)}
    for folder, title in records_of(files, "publication.yml"):
        rows = [*folder.table("events.csv"), *folder.table("incidents.csv")]
        if title.item.period and rows and title.path not in not_of_calendar:
            yield from _begins(title, title.item.period, rows)


def _begins(title: Record[Publication], period: Period, rows: Sequence[Record[Any]]) -> Findings:
    within = [period.first <= record.item.date.first <= period.last for record in rows]
    if len(rows) > 1 and not any(within) and all(record.item.outside is None for record in rows):
        first, last = (end(record.item.date.first for record in rows) for end in (min, max))
        message = f"{period} holds none of the {len(rows)} rows, which begin {first} to {last}; mend it, or their dates"
        yield title.problem("period", message)
        return
    for begins, record in zip(within, rows, strict=True):
        if not begins and record.item.outside is None:
            days = f"{period.first} to {period.last}"
            message = f"{record.item.date} is outside the period of the issue; allowed: {days}, or a reason in the column outside"
            yield record.problem("date", message)
        elif begins and record.item.outside is not None:
            yield record.problem("outside", f"gives a reason, but {record.item.date} begins within the period of the issue; empty the cell")


def issue_periods(files: Files) -> Findings:
    """The number of an issue and its period agree with the calendar of the series, where it keeps one."""
    series: Series | None = files.table("series.yml").first
    if not series or not _fits_its_calendar(series):
        return
    titles = [record for _, record in records_of(files, "publication.yml")]
    issues = [(record, record.item.number, record.item.through, record.item.period) for record in titles]
    combined = {number: through for _, number, through, _ in issues if through}
    for record in files.table("published_indices.csv"):
        issues.append((record, record.item.issue, combined.get(record.item.issue), record.item.period))
    for record, number, through, period in issues:
        if number and period:
            try:
                wanted = series.period_of(number, through)
            except ValueError:
                yield record.problem("period", f"{period} is not the period of issue {number}; that lies beyond the year 9999")
                continue
            if wanted and (period.first, period.last) != (wanted.first, wanted.last):
                yield record.problem("period", f"{period} is not the period of issue {number}; that is {wanted}")


def combined_issues(files: Files) -> Findings:
    """No other issue has a number for which a combined issue stands."""
    issues = [(record.item.number, record) for _, record in records_of(files, "publication.yml") if record.item.number]
    for first, record in issues:
        for number, other in issues:
            if record.item.through and first < number <= record.item.through:
                message = f"{number} is one of the numbers {first} to {record.item.through} for which {record.path} stands"
                yield other.problem("number", message)


def coming_issues(files: Files) -> Findings:
    """A planned issue stands once; one that is published is no longer told of."""
    yield from twice(files.table("coming.yml"), lambda issue: str(issue.number), "number")


def first_period(files: Files) -> Findings:
    """The period of issue 1 has as many whole months, or days, as every issue covers."""
    for record in files.table("series.yml"):
        series: Series = record.item
        if not _fits_its_calendar(series):
            number, unit, key = (series.months, "whole month", "months") if series.months else (series.days, "day", "days")
            whole = counted(number or 0, unit)
            yield record.problem("first_period", f"{series.first_period} is not {whole}, which an issue covers; mend it, or `{key}`")


def _fits_its_calendar(series: Series) -> bool:
    """Whether the period of issue 1 is as long as that of every issue; so it is where the series keeps no calendar."""
    if series.first_period is None:
        return True
    first, last = series.first_period.first, series.first_period.last
    if series.days:
        return series.first_period.days == series.days
    whole = first.day == 1 and (last == date.max or (last + timedelta(1)).day == 1)
    return whole and (last.year - first.year) * 12 + last.month - first.month + 1 == series.months


def addresses(files: Files) -> Findings:
    """A publication says of itself what its folder says."""
    for folder, record in records_of(files, "publication.yml"):
        publication: Publication = record.item
        kind_folder, _, slug = folder.address.partition("/")
        if KINDS[publication.kind] != kind_folder:
            kind = next(kind for kind, name in KINDS.items() if name == kind_folder)
            yield record.problem("kind", f"'{publication.kind}' does not belong in data/{kind_folder}/; here it is {kind}")
        if publication.slug != slug:
            yield record.problem("slug", f"'{publication.slug}' is not the name of its folder; that is {slug}")
        if publication.number and publication.slug != str(publication.number):
            yield record.problem("number", f"{publication.number} is not the slug of this issue, {publication.slug}; they are the same")


def editions(files: Files) -> Findings:
    """Editions are numbered 1, 2, 3 ..., begin with an original, and never go back in time."""
    for _, record in records_of(files, "publication.yml"):
        listed = record.item.editions
        for index, edition in enumerate(listed):
            if edition.number != index + 1:
                yield record.problem(f"editions.{index}.number", f"{edition.number} is out of order; here it is {index + 1}")
            if (edition.kind == "original") != (index == 0):
                kinds = "an original" if index == 0 else "a correction or revision"
                yield record.problem(f"editions.{index}.kind", f"'{edition.kind}' cannot stand here; edition {index + 1} is {kinds}")
        for index, (previous, following) in enumerate(pairwise(listed)):
            if following.date < previous.date:
                message = f"{following.date} is before edition {previous.number}, {previous.date}; editions follow one another"
                yield record.problem(f"editions.{index + 1}.date", message)
