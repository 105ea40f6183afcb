"""The EDTF subset: what it means, how it is printed, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.dates import Period, gaps, human, months_after, of_months, parse

MEANING = [
    ("2021", "2021-01-01", "2021-12-31", "2021", "2021"),
    ("2021-02", "2021-02-01", "2021-02-28", "February 2021", "February"),
    ("2024-02", "2024-02-01", "2024-02-29", "February 2024", "February"),
    ("2021-01-04", "2021-01-04", "2021-01-04", "4 January 2021", "4 January"),
    ("2021-01/2021-02", "2021-01-01", "2021-02-28", "January–February 2021", "January–February"),
    ("2021-02-09/2021-02-10", "2021-02-09", "2021-02-10", "9–10 February 2021", "9–10 February"),
    ("2021-02-~01/2021-02-~10", "2021-02-01", "2021-02-10", "early February 2021", "early February"),
    ("2021-02-~11/2021-02-~20", "2021-02-11", "2021-02-20", "mid-February 2021", "mid-February"),
    ("2021-02-~11/2021-02-~15", "2021-02-11", "2021-02-15", "mid-February 2021", "mid-February"),
    ("2021-01-~21/2021-01-~31", "2021-01-21", "2021-01-31", "late January 2021", "late January"),
    ("2021-02-~21/2021-02-~28", "2021-02-21", "2021-02-28", "late February 2021", "late February"),
    ("2021-01-25/2021-02-~15", "2021-01-25", "2021-02-15", "25 January to mid-February 2021", "25 January to mid-February"),
    ("2021-02-09/2021-02-~20", "2021-02-09", "2021-02-20", "9 February to mid-February 2021", "9 February to mid-February"),
    ("2021-01-25/2021-02-03", "2021-01-25", "2021-02-03", "25 January to 3 February 2021", "25 January to 3 February"),
    ("2020-12/2021-01", "2020-12-01", "2021-01-31", "December 2020 – January 2021", "December 2020 – January 2021"),
    ("2020-12-30/2021-01-02", "2020-12-30", "2021-01-02", "30 December 2020 – 2 January 2021", "30 December 2020 – 2 January 2021"),
    ("2016/2022", "2016-01-01", "2022-12-31", "2016–2022", "2016–2022"),
]

REFUSED = [
    ("", "is not a date"),
    ("3 April", "is not a date"),
    ("2021-1-4", "is not a date"),
    ("2021-01-04 ", "is not a date"),
    ("2021-01-04\n", "is not a date"),
    ("21-01-04", "is not a date"),
    ("2021-01-04T10:00", "is not a date"),
    ("2021-01-04?", "is not a date"),
    ("2021-01-04~", "is not a date"),
    ("2021-XX", "is not a date"),
    ("../2021", "is not a date"),
    ("2021/2022/2023", "is not a date"),
    ("٢٠٢١-٠١", "is not a date"),
    ("2021-13", "is not in the calendar"),
    ("2021-21", "is not in the calendar"),
    ("2021-02-29", "is not in the calendar"),
    ("0000", "is not in the calendar"),
    ("2021-00", "is not in the calendar"),
    ("2021-01-00", "is not in the calendar"),
    ("2021-02/2021-01", "ends before it begins"),
    ("2021-02-~10", "is approximate and needs both ends"),
    ("2021-02-~05/2021-02-~10", "begins on an approximate day"),
    ("2021-02-~01/2021-02-~09", "ends on an approximate day; allowed there: ~10, ~15, ~20, ~28"),
]

moments = st.dates(date(1000, 1, 1), date(9998, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"])
)
texts = moments | st.tuples(moments, moments).map("/".join)


def periods() -> st.SearchStrategy[Period]:
    return texts.filter(_readable).map(parse)


def _readable(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("text", "first", "last", "long", "short"), MEANING, ids=[row[0] for row in MEANING])
def test_meaning_and_words(text: str, first: str, last: str, long: str, short: str) -> None:
    period = parse(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (human(period), human(period, year=False)) == (long, short)


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[repr(row[0]) for row in REFUSED])
def test_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"(?s)'.*' {why}") as caught:
        parse(text)
    assert str(caught.value).startswith(f"'{text}'")


@given(st.text() | st.text("0123456789-/~", max_size=24) | texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    if _readable(text):
        assert human(parse(text))
        assert human(parse(text), year=False)


@given(periods())
def test_text_goes_round_and_days_are_in_order(period: Period) -> None:
    assert parse(str(period)) == period
    assert period.first <= period.last
    assert period.days == (period.last - period.first).days + 1
    assert period.within(period)


@given(st.lists(periods(), min_size=2))
def test_order_is_that_of_days(some: list[Period]) -> None:
    days = [(period.first, period.last) for period in sorted(some)]
    assert days == sorted(days)


@given(periods(), periods())
def test_within_means_every_day(one: Period, other: Period) -> None:
    assert one.within(other) == all(other.first <= day <= other.last for day in (one.first, one.last))


@pytest.mark.parametrize(
    ("first", "months", "start", "end"),
    [
        ("2018-01/2018-02", 36, date(2021, 1, 1), date(2021, 2, 28)),
        ("2018-01/2018-02", 0, date(2018, 1, 1), date(2018, 2, 28)),
        ("2023-01/2023-03", 12, date(2024, 1, 1), date(2024, 3, 31)),
        ("2022-11/2023-01", 1, date(2022, 12, 1), date(2023, 2, 28)),
        ("2023-01/2023-03", -3, date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_months_after(first: str, months: int, start: date, end: date) -> None:
    assert months_after(parse(first), months) == (start, end)


@given(st.integers(0, 900))
def test_issues_follow_one_another_without_a_day_between(number: int) -> None:
    first = parse("2018-01/2018-02")
    assert months_after(first, 2 * number)[1] + timedelta(1) == months_after(first, 2 * number + 2)[0]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 1, 1), date(2021, 2, 28), "2021-01/2021-02"),
        (date(2021, 1, 1), date(2021, 1, 31), "2021-01"),
        (date(1, 1, 1), date(1, 12, 31), "0001-01/0001-12"),
    ],
)
def test_months_are_written_as_they_are_read(first: date, last: date, text: str) -> None:
    assert of_months(first, last) == text
    assert (parse(text).first, parse(text).last) == (first, last)


def test_no_month_follows_the_last_one() -> None:
    with pytest.raises(ValueError, match="year"):
        months_after(parse("9999-11/9999-12"), 1)


def test_years_count_whole_too() -> None:
    assert months_after(parse("2021"), 12) == (date(2022, 1, 1), date(2022, 12, 31))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=6))
def test_gaps_are_the_days_of_a_period_that_nothing_touches(spans: list[tuple[int, int]]) -> None:
    start = date(2021, 1, 21)
    busy = [parse(f"{start + timedelta(at)}/{start + timedelta(at + length)}") for at, length in spans]
    period = parse("2021-02")
    free = [day for gap in gaps(period, busy) for day in (gap.first + timedelta(at) for at in range(gap.days))]
    days = [period.first + timedelta(at) for at in range(period.days)]
    assert free == [day for day in days if not any(one.first <= day <= one.last for one in busy)]
