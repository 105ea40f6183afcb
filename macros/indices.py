"""Book -> numbers: the indices of each issue, and what is known of them over all issues. How they are summed: `sums.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import narwhals as nw
import pandas as pd

from macros.book import Book, Volume
from macros.fields import Score, exact
from macros.language import N_
from macros.model import Event, Incident, Relationship
from macros.scales import Band, ScoreScale, SecuritySeries, band_of, decimals
from macros.sums import DecimalPlaces, Value, parts, to_whole, value


@dataclass(frozen=True)
class Index:
    """One index of one issue.

    Attributes:
        band: Colour of regional tension; None for every other index.
        before: Value in the nearest earlier issue in which it is known, and that issue.
        counts: What its rows are called.
        sign: 1 where a higher score is better, -1 where it is worse.
    """

    series: str
    label: str
    colour: str
    aggregate: Score
    positive: Score
    negative: Score
    rows: int
    band: Band | None
    before: Known | None
    counts: str
    sign: int
    one_sided: bool

    @property
    def change(self) -> Score | None:
        """Change on the nearest earlier issue in which the index is known; None where none is."""
        return exact(self.aggregate - self.before.value) if self.before and self.before.value is not None else None


@dataclass(frozen=True)
class Known:
    """What is known of an index in one issue; both None: nothing is, and a chart leaves a gap.

    Attributes:
        shown: The number of the issue as it is printed, where it is held here.
        last: Of a combined issue the number of its last part.
    """

    issue: int
    value: Score | None
    band: Band | None
    computed: bool
    shown: str = ""
    last: int = 0

    @property
    def number(self) -> str:
        """The number of the issue as readers see it."""
        return self.shown or str(self.issue)


def security_series(book: Book) -> dict[str, SecuritySeries]:
    """The security indices by the column of incidents.csv that they are made of; none where no incidents are scored."""
    pair = book.scales.security_series
    return {"national": pair.national, "regional": pair.regional} if pair else {}


def security_ids(book: Book) -> list[str]:
    """The ids of the security indices."""
    return [index.id for index in security_series(book).values()]


def scale_of(book: Book, series: str) -> ScoreScale:
    """The scale on which the rows of an index are scored.

    Raises:
        KeyError: Nothing is scored there.
    """
    scale = book.scales.security if series in security_ids(book) else book.scales.relationship
    if scale is None:
        raise KeyError(series)
    return scale


def banded(book: Book) -> SecuritySeries | None:
    """The index whose values fall into the bands; None where the scales have no bands."""
    return security_series(book).get("regional") if book.scales.tension else None


def band(book: Book, series: str, value: Score | None) -> Band | None:
    """The colour of a value of an index.

    Args:
        value: Its value; None where it is not known.

    Returns:
        The band; None where the index has none.
    """
    own = banded(book)
    return band_of(book.scales.tension, value) if own and own.id == series and value is not None else None


def labels(book: Book) -> dict[str, str]:
    """Every index of the periodical: id and label, the relationships in their order, then security."""
    return {series.id: series.label for series in _every_series(book)}


def _every_series(book: Book) -> tuple[Relationship | SecuritySeries, ...]:
    return (*book.relationships, *security_series(book).values())


def scores_of(book: Book, volume: Volume, series: str) -> list[tuple[Event | Incident, Score]]:
    """The rows that count towards one index.

    Args:
        series: Id of a relationship or of a security index.

    Returns:
        Each row with its score, in order of date; no incident without a score on that scale.
    """
    for column, security_index in security_series(book).items():
        if security_index.id == series:
            scored = ((incident, getattr(incident, column)) for incident in volume.incidents)
            return [(incident, score) for incident, score in scored if score is not None]
    return [(event, event.score) for event in volume.events if event.relationship == series]


@lru_cache(maxsize=1024)
def indices(book: Book, volume: Volume) -> tuple[Index, ...]:
    """All indices of an issue: its relationships in the order of the list, then security.

    Returns:
        One index for each relationship that has events, and the two of security.
    """
    sums = _sums(book)[volume.address]
    return tuple(
        Index(
            series.id,
            series.label,
            series.colour,
            *sums[series.id],
            band(book, series.id, sums[series.id].aggregate),
            _before(book, volume, series.id),
            N_("Events") if isinstance(series, Relationship) else N_("Incidents"),
            scale_of(book, series.id).sign,
            scale_of(book, series.id).one_sided,
        )
        for series in _every_series(book)
        if series.id in sums
    )


@lru_cache(maxsize=4)
def _sums(book: Book) -> dict[str, dict[str, Value]]:
    """Every index by address and series; all issues in one go."""
    rows = [
        (volume.address, name, score, row.weight or 1)
        for volume in book.volumes
        for name in labels(book)
        for row, score in scores_of(book, volume, name)
    ]
    fine = max((decimals(score) for _, _, score, _ in rows), default=0)
    heavy = max((decimals(weight) for _, _, _, weight in rows), default=0)
    whole = [
        (address, name, to_whole(score, fine) * to_whole(weight, heavy), to_whole(weight, heavy)) for address, name, score, weight in rows
    ]
    values: dict[str, dict[str, Value]] = {volume.address: {} for volume in book.volumes}
    sums = parts(pd.DataFrame(whole, columns=["address", "series", "score", "weight"]), "address", "series")
    for row in nw.from_native(sums, eager_only=True).iter_rows(named=True):
        values[row["address"]][row["series"]] = value(row, scale_of(book, row["series"]), DecimalPlaces(fine, heavy))
    return values


def index(book: Book, volume: Volume, series: str) -> Index:
    """One index of an issue.

    Args:
        series: Id of a relationship or of a security index.

    Raises:
        KeyError: The issue has no rows of that series.
    """
    return {computed.series: computed for computed in indices(book, volume)}[series]


@lru_cache(maxsize=64)
def history(book: Book, series: str) -> tuple[Known, ...]:
    """What is known of one index over the issues of the series.

    Returns:
        One entry for each issue from the first known to the last known, in order; issues in
        between of which nothing is known are entries without value and band.
    """
    entries = {entry.issue: entry for entry in _entries(book, series)}
    if not entries:
        return ()
    joined = {number for entry in entries.values() for number in range(entry.issue + 1, entry.last + 1)}
    numbers = [number for number in range(min(entries), max(entries) + 1) if number in entries or number not in joined]
    return tuple(entries.get(number, Known(number, None, None, False)) for number in numbers)


def _entries(book: Book, series: str) -> Iterable[Known]:
    bands = {colour.id: colour for colour in book.scales.tension}
    for stated in book.published_indices:
        if stated.series == series:
            colour = bands.get(stated.band or "") or band(book, series, stated.value)
            yield Known(stated.issue, stated.value, colour, computed=False)
    for volume in book.issues:
        if (sums := _sums(book)[volume.address].get(series)) and volume.publication.number:
            issue, total = volume.publication, sums.aggregate
            yield Known(volume.publication.number, total, band(book, series, total), True, issue.shown_number, issue.last_number or 0)


def _before(book: Book, volume: Volume, series: str) -> Known | None:
    number = volume.publication.number or 0
    earlier = [entry for entry in history(book, series) if entry.issue < number and entry.value is not None]
    return earlier[-1] if earlier else None
