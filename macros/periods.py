"""Which period follows another, and which stretches of one are free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from macros.dates import Moment, Period, parse


def gaps(period: Period, busy: Iterable[Period]) -> Iterator[Period]:
    """Find the stretches of a period that none of some other periods touches."""
    free = period.first
    for other in sorted(busy):
        yield from _days(free, min(max(other.first, period.first) - timedelta(1), period.last))
        free = max(free, min(other.last, period.last) + timedelta(1))
    yield from _days(free, period.last)


def _days(first: date, last: date) -> Iterator[Period]:
    if first <= last:
        yield parse(f"{first}/{last}")


def spanning(first: date, last: date, months: bool) -> Period:
    """The period from one day to another: `2021-01/2021-02`, or `2021-01` where that is one month.

    Args:
        months: Whether it is made of whole months, and written so.
    """
    begin, end = (day.isoformat()[:7] if months else day.isoformat() for day in (first, last))
    return parse(begin if begin == end else f"{begin}/{end}")


def later(first: Period, months: int, days: int, times: int) -> Period:
    """Move a period on.

    Args:
        first: The period; it has whole months where it is moved by months.
        months: By how many months it is moved each time.
        days: By how many days.

    Raises:
        ValueError: It lies beyond the year 9999.
    """

    def move(day: date) -> Moment:
        index = day.year * 12 + day.month - 1 + months * times
        return Moment(index // 12, index % 12 + 1)

    if months:
        begin, end = move(first.first).first, move(first.last).last
    else:
        try:
            begin, end = (day + timedelta(days * times) for day in (first.first, first.last))
        except OverflowError:
            raise ValueError(f"{first} cannot be moved by {days * times} days") from None
    return spanning(begin, end, months=bool(months))
