"""The EDTF subset: what it means, how it is printed, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.date_words import human
from macros.dates import Period, parse
from macros.periods import gaps, later, spanning

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
    ("2023-04-XX", "2023-04-01", "2023-04-30", "April 2023, day unknown", "April, day unknown"),
    ("2023-XX-XX", "2023-01-01", "2023-12-31", "2023, month unknown", "2023, month unknown"),
    ("202X", "2020-01-01", "2029-12-31", "2020–2029, year unknown", "2020–2029, year unknown"),
    ("18XX", "1800-01-01", "1899-12-31", "1800–1899, year unknown", "1800–1899, year unknown"),
    ("2021-21", "2021-03-01", "2021-05-31", "spring 2021", "spring"),
    ("2021-24", "2021-12-01", "2022-02-28", "winter 2021", "winter"),
    ("2021-33", "2021-01-01", "2021-03-31", "first quarter 2021", "first quarter"),
    ("2021-36", "2021-10-01", "2021-12-31", "fourth quarter 2021", "fourth quarter"),
    ("2021-41", "2021-07-01", "2021-12-31", "second half 2021", "second half"),
    ("2021-33/2021-34", "2021-01-01", "2021-06-30", "first quarter to second quarter 2021", "first quarter to second quarter"),
    ("2023-04-01/..", "2023-04-01", "9999-12-31", "since 1 April 2023", "since 1 April 2023"),
    ("2023-04/", "2023-04-01", "9999-12-31", "from April 2023, end unknown", "from April 2023, end unknown"),
    ("../1891", "0001-01-01", "1891-12-31", "until 1891", "until 1891"),
    ("/1891-05-04", "0001-01-01", "1891-05-04", "until 4 May 1891, begin unknown", "until 4 May 1891, begin unknown"),
    ("0044-03-15", "0044-03-15", "0044-03-15", "15 March 44", "15 March"),
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
    ("..", "is not a date"),
    ("../..", "is not a date"),
    ("2021-XX-04", "is not a date"),
    ("202X-04", "is not a date"),
    ("2021-04-~XX", "is not a date"),
    ("2021-33-04", "is not in the calendar"),
    ("-0043", "lies before the year 1"),
    ("0000", "lies before the year 1"),
    ("0000-03-15", "lies before the year 1"),
    ("-0043-03-15/0001", "lies before the year 1"),
    ("2021/2022/2023", "is not a date"),
    ("٢٠٢١-٠١", "is not a date"),
    ("2021-13", "is not in the calendar"),
    ("2021-42", "is not in the calendar"),
    ("2021-02-29", "is not in the calendar"),
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
def test_a_period_of_months_is_moved_by_months(first: str, months: int, start: date, end: date) -> None:
    moved = later(parse(first), 1, 0, months)
    assert (moved.first, moved.last) == (start, end)


def test_a_week_is_moved_by_days() -> None:
    week = parse("2021-01-04/2021-01-10")
    assert [str(later(week, 0, 7, times)) for times in (0, 1, 52)] == [
        "2021-01-04/2021-01-10",
        "2021-01-11/2021-01-17",
        "2022-01-03/2022-01-09",
    ]


@given(st.integers(0, 900))
def test_issues_follow_one_another_without_a_day_between(number: int) -> None:
    first = parse("2018-01/2018-02")
    assert later(first, 2, 0, number).last + timedelta(1) == later(first, 2, 0, number + 1).first


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 1, 1), date(2021, 2, 28), "2021-01/2021-02"),
        (date(2021, 1, 1), date(2021, 1, 31), "2021-01"),
        (date(1, 1, 1), date(1, 12, 31), "0001-01/0001-12"),
    ],
)
def test_months_are_written_as_they_are_read(first: date, last: date, text: str) -> None:
    written = spanning(first, last, months=True)
    assert (str(written), written.first, written.last) == (text, first, last)


def test_no_month_follows_the_last_one() -> None:
    with pytest.raises(ValueError, match="year"):
        later(parse("9999-11/9999-12"), 1, 0, 1)


def test_years_count_whole_too() -> None:
    moved = later(parse("2021"), 12, 0, 1)
    assert (moved.first, moved.last) == (date(2022, 1, 1), date(2022, 12, 31))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=6))
def test_gaps_are_the_days_of_a_period_that_nothing_touches(spans: list[tuple[int, int]]) -> None:
    start = date(2021, 1, 21)
    busy = [parse(f"{start + timedelta(at)}/{start + timedelta(at + length)}") for at, length in spans]
    period = parse("2021-02")
    free = [day for gap in gaps(period, busy) for day in (gap.first + timedelta(at) for at in range(gap.days))]
    days = [period.first + timedelta(at) for at in range(period.days)]
    assert free == [day for day in days if not any(one.first <= day <= one.last for one in busy)]
