"""Do periods, editions and addresses follow one another as they should?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from macros import dates
from macros.load import Files, Record
from macros.model import KINDS, Event, Incident, Publication, PublishedIndex, Series
from macros.rules._tables import Findings, catalogued, only, records_of, twice


def event_dates(files: Files) -> Findings:
    """Every event and incident touches the period of its issue."""
    for publication, record in catalogued(files):
        if publication.period and not _touches(record.item, publication.period):
            days = f"{publication.period.first} to {publication.period.last}"
            yield record.problem("date", f"{record.item.date} is outside the period of the issue; allowed: {days}")


def _touches(row: Event | Incident, period: dates.Period) -> bool:
    return period.first <= row.date.first <= period.last


def issue_periods(files: Files) -> Findings:
    """The number of an issue and its period agree with the calendar of the series."""
    series: Series | None = only(files, "series.yml")
    if not series or not _covers_its_months(series):
        return
    issues: list[tuple[Record[Any], int | None, dates.Period | None]] = [
        (record, record.item.number, record.item.period) for _, record in records_of(files, "publication.yml")
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
    yield from twice(files.table("coming.yml"), lambda issue: str(issue.number), "number")


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
    for folder, record in records_of(files, "publication.yml"):
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
    for _, record in records_of(files, "publication.yml"):
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
