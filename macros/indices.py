"""Book -> numbers.

Every index of the periodical is a plain sum of scores (rule of the series, stated in each
issue: the aggregate index is the sum of its positive and negative points). The expressions
are written against narwhals, so they run as they are on any data frame that narwhals knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from macros.book import Book, Volume
from macros.model import Event, Incident
from macros.scales import Band, Scales, SecuritySeries


def parts(scores: IntoFrameT, *by: str) -> IntoFrameT:
    """Sum scores, all of them and those of each sign.

    Args:
        scores: A frame with the columns `by` and `score` (whole numbers), one row an event.
        *by: The columns that name the index; `series` where none are given.

    Returns:
        One row for each name: `by`, `positive` (>= 0), `negative` (<= 0), `aggregate`
        (their sum), `rows` (how many scores were summed).
    """
    score = nw.col("score")
    signed = nw.from_native(cast(Any, scores)).with_columns(
        positive=nw.when(score > 0).then(score).otherwise(0),
        negative=nw.when(score < 0).then(score).otherwise(0),
        rows=nw.lit(1),
    )
    names = by or ("series",)
    sums = signed.group_by(*names).agg(nw.col("positive", "negative", "rows").sum())
    return cast(IntoFrameT, sums.with_columns(aggregate=nw.col("positive") + nw.col("negative")).sort(*names).to_native())


def running(scores: IntoFrameT, by: str = "series") -> IntoFrameT:
    """Running total by day. An event that lasted counts on its last day, when it was complete.

    Args:
        scores: A frame with the columns `by`, `last` (day) and `score`, one row an event.
        by: The column that names the index.

    Returns:
        One row for each name and day with events: `by`, `last`, `score` (sum of that day)
        and `total` (sum of that day and all days before), in order of name and day.
    """
    daily = nw.from_native(cast(Any, scores)).group_by(by, "last").agg(nw.col("score").sum())
    return cast(IntoFrameT, daily.with_columns(total=nw.col("score").cum_sum().over(by, order_by="last")).sort(by, "last").to_native())


@dataclass(frozen=True)
class Index:
    """One index of one issue.

    Attributes:
        band: Colour of regional tension; None for every other index.
        before: Value in the nearest earlier issue in which it is known, and that issue.
        counts: What its rows are called.
    """

    series: str
    label: str
    colour: str
    aggregate: int
    positive: int
    negative: int
    rows: int
    band: Band | None = None
    before: Known | None = None
    counts: str = "Events"

    @property
    def change(self) -> int | None:
        """Change on the nearest earlier issue in which the index is known; None where none is."""
        return self.aggregate - self.before.value if self.before and self.before.value is not None else None


@dataclass(frozen=True)
class Known:
    """What is known of an index in one issue; both None: nothing is, and a chart leaves a gap."""

    issue: int
    value: int | None
    band: Band | None
    computed: bool


def band(scales: Scales, value: int) -> Band:
    """The colour of regional tension for a value.

    Args:
        scales: The colour scale; the first band whose lower limit the value reaches is taken,
            and -1, which the published scale leaves in no band, is White (see `scales.gap`).
        value: Sum of the regional scores.

    Returns:
        The band.
    """
    return next(one for one in scales.tension if one.lowest is None or value >= one.lowest)


def security_series(book: Book) -> dict[str, SecuritySeries]:
    """The security indices by the column of incidents.csv that they sum."""
    pair = book.scales.security_series
    return {"national": pair.national, "regional": pair.regional}


def labels(book: Book) -> dict[str, str]:
    """Every index of the periodical: id and label, the relationships in their order, then security."""
    return {one.id: one.label for one in book.relationships} | {one.id: one.label for one in security_series(book).values()}


def scores_of(book: Book, volume: Volume, series: str) -> list[tuple[Event | Incident, int]]:
    """The rows that count towards one index.

    Args:
        book: The book.
        volume: An issue.
        series: Id of a relationship or of a security index.

    Returns:
        Each row with the score that counts, in order of date.
    """
    for column, one in security_series(book).items():
        if one.id == series:
            return [(incident, getattr(incident, column)) for incident in volume.incidents]
    return [(event, event.score) for event in volume.events if event.relationship == series]


@lru_cache(maxsize=1024)
def indices(book: Book, volume: Volume) -> tuple[Index, ...]:
    """All indices of an issue: its relationships in the order of the list, then security.

    Args:
        book: The book.
        volume: An issue.

    Returns:
        One index for each relationship that has events, and the two of security.
    """
    sums = _sums(book)[volume.address]
    found = [
        Index(
            relationship.id, relationship.label, relationship.colour, *sums[relationship.id], before=_before(book, volume, relationship.id)
        )
        for relationship in book.covered(volume)
    ]
    for column, series in security_series(book).items() if volume.incidents else ():
        colour = band(book.scales, sums[series.id][0]) if column == "regional" else None
        before = _before(book, volume, series.id)
        found.append(Index(series.id, series.label, series.colour, *sums[series.id], band=colour, before=before, counts="Incidents"))
    return tuple(found)


@lru_cache(maxsize=4)
def _sums(book: Book) -> dict[str, dict[str, tuple[int, int, int, int]]]:
    """Aggregate, positive points, negative points and number of rows, by address and series; all issues in one go."""
    rows = [(volume.address, event.relationship, event.score) for volume in book.volumes for event in volume.events]
    for column, series in security_series(book).items():
        rows += [(volume.address, series.id, getattr(incident, column)) for volume in book.volumes for incident in volume.incidents]
    found: dict[str, dict[str, tuple[int, int, int, int]]] = {volume.address: {} for volume in book.volumes}
    sums = parts(pd.DataFrame(rows, columns=["address", "series", "score"]), "address", "series")
    for row in nw.from_native(sums, eager_only=True).iter_rows(named=True):
        aggregate, positive, negative, number = (int(row[name]) for name in ("aggregate", "positive", "negative", "rows"))
        found[row["address"]][row["series"]] = aggregate, positive, negative, number
    return found


def index(book: Book, volume: Volume, series: str) -> Index:
    """One index of an issue.

    Args:
        book: The book.
        volume: An issue.
        series: Id of a relationship or of a security index.

    Returns:
        The index.

    Raises:
        KeyError: The issue has no rows of that series.
    """
    for one in indices(book, volume):
        if one.series == series:
            return one
    raise KeyError(series)


@lru_cache(maxsize=64)
def history(book: Book, series: str) -> tuple[Known, ...]:
    """What is known of one index over the issues of the series.

    Args:
        book: The book.
        series: Id of a relationship or of a security index.

    Returns:
        One entry for each issue from the first known to the last known, in order; issues in
        between of which nothing is known are entries without value and band.
    """
    known = {one.issue: one for one in _known(book, series)}
    if not known:
        return ()
    return tuple(known.get(number, Known(number, None, None, False)) for number in range(min(known), max(known) + 1))


def _known(book: Book, series: str) -> Iterable[Known]:
    bands = {one.id: one for one in book.scales.tension}
    regional = book.scales.security_series.regional.id
    for stated in book.published_indices:
        if stated.series == series:
            colour = bands.get(stated.band or "") or (
                band(book.scales, stated.value) if stated.value is not None and series == regional else None
            )
            yield Known(stated.issue, stated.value, colour, computed=False)
    for volume in book.issues:
        if (sums := _sums(book)[volume.address].get(series)) and volume.publication.number:
            total = sums[0]
            yield Known(volume.publication.number, total, band(book.scales, total) if series == regional else None, computed=True)


def _before(book: Book, volume: Volume, series: str) -> Known | None:
    number = volume.publication.number or 0
    earlier = [one for one in history(book, series) if one.issue < number and one.value is not None]
    return earlier[-1] if earlier else None
