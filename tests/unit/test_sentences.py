"""The sentence of a chart says no more than its numbers: whatever the rows are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from examples import FEW
from hypothesis import given
from hypothesis import strategies as st

from macros import indices
from macros.book import Book
from macros.charts import CHARTS, Drawing, events, history, incidents, recommendations, running_total, structure
from macros.charts._drawing import FEWEST
from macros.dates import parse
from macros.indices import Known
from macros.model import Event, FigureRow, Recommendation, Trade
from macros.pages import BuildContext
from macros.scales import ScoreScale
from macros.target import Target

SCORES = st.integers(-3, 3)
DAYS = st.integers(1, 28)
MOST = re.compile(r"\bmost\b", re.IGNORECASE)


def numbers(text: str) -> list[int]:
    """Every whole number of a text, with its sign."""
    return [int(one.replace("−", "-")) for one in re.findall(r"[+−]?\d+", text)]


@given(st.lists(st.tuples(SCORES, DAYS), min_size=1, max_size=12))
def test_events_are_counted_once_and_the_busiest_days_are_the_busiest(fixture_book: Book, drawn: list[tuple[int, int]]) -> None:
    one = fixture_book.issues[0].events[0]
    rows = [(one.model_copy(update={"date": parse(f"2023-02-{day:02}"), "event": "It"}), score) for score, day in drawn]
    sentence = events.sentence(rows, ScoreScale(lowest=-3, highest=3, zero=True, meanings={}))
    assert not MOST.search(sentence)
    counts, _, rest = sentence.partition(".")
    assert sum(int(number) for number in re.findall(r"(\d+) (?:positive|negative|of score 0)", counts)) == len(rows)
    assert counts.startswith(f"{len(rows)} event")
    points = [score for score, _ in drawn]
    for word, total in (("positive", sum(one for one in points if one > 0)), ("negative", sum(one for one in points if one < 0))):
        if total:
            assert f"{word} ({total:+d})".replace("-", "−") in counts
    if "busiest" in rest:
        of_days = Counter(day for _, day in drawn)
        *days, most = [number for number in numbers(rest) if number != 2023]
        assert {day for day, count in of_days.items() if count == most} == set(days)
        assert most == max(of_days.values())
    elif "strongest" in rest:
        strongest = max(abs(score) for score in points)
        assert [abs(score) for score in points].count(strongest) == 1


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=12))
def test_incidents_are_counted_once_and_only_a_pair_that_leads_is_named(fixture_book: Book, scores: list[tuple[int, int]]) -> None:
    one = next(row for volume in fixture_book.issues for row in volume.incidents)
    rows = [one.model_copy(update={"national": national, "regional": regional}) for national, regional in scores]
    sentence = incidents.sentence(fixture_book, rows)
    assert not MOST.search(sentence)
    assert sum(int(number) for number in re.findall(r"(\d+) (?:lowering|raising|changing)", sentence)) == len(rows)
    named = re.search(r"(\d+) share the scores national (\S+) and regional (\S+), more", sentence)
    leading = Counter(scores).most_common(2)
    if named:
        assert (tuple(numbers(f"{named[2]} {named[3]}")), int(named[1])) == leading[0]
    assert bool(named) == (len(leading) == 2 and leading[0][1] > leading[1][1])


@given(st.lists(st.tuples(DAYS, SCORES), max_size=12, unique_by=lambda one: one[0]), st.lists(SCORES, max_size=3))
def test_a_running_total_names_its_ends_and_what_has_no_day_apart(days: list[tuple[int, int]], longer: list[int]) -> None:
    period, total, course = parse("2023-02"), 0, []
    for day, score in sorted(days):
        total += score
        course.append(running_total.Day(parse(f"2023-02-{day:02}").first, score, total))
    sentence = running_total.sentence(running_total.Course(course, longer), period)
    if longer and not course:
        assert numbers(sentence) == [len(longer), sum(longer)]
        return
    totals = [0, *(one.total for one in course)]
    highest, lowest = (numbers(one)[0] for one in re.findall(r"est [^(]*\((\S+?)\)", sentence))
    assert (highest, lowest) == (max(totals), min(totals))
    for word, value in (("highest", max(totals)), ("lowest", min(totals))):
        part = sentence.partition(word)[2].partition("(")[0]
        assert ("again" in part) == (totals.count(value) > 1)
        assert ("at the start" in part) == (value == 0)
    assert numbers(sentence.partition("comes to ")[2])[0] == total
    assert ("In addition" in sentence) == bool(longer)
    if longer:
        assert numbers(sentence.partition("In addition")[2]) == [len(longer), sum(longer), total + sum(longer)]


def row_of(fixture_book: Book, date: str, score: int) -> tuple[Event, int]:
    return fixture_book.issues[0].events[0].model_copy(update={"date": parse(date), "id": f"row-{date}"}), score


def test_a_month_has_no_day_and_a_few_days_count_on_their_last(fixture_book: Book) -> None:
    rows = [row_of(fixture_book, date, score) for date, score in (("2023-02-09/2023-02-10", 2), ("2023-02-10", 1), ("2023-02", -3))]
    course = running_total.course_of(rows, parse("2023-02"), lambda row: f"#{row}")
    assert [(day.human, day.score, day.total) for day in course.days] == [("10 February 2023", 3, 3)]
    assert (course.longer, course.dated, course.total) == ([-3], 3, 0)


VALUES = st.one_of(st.none(), st.integers(-40, 40))


@given(st.lists(st.tuples(VALUES, st.booleans()), min_size=1, max_size=9))
def test_what_has_no_value_is_not_counted_as_one(fixture_book: Book, drawn: list[tuple[int | None, bool]]) -> None:
    band = fixture_book.scales.tension[0]
    entries = [Known(at, value, band if banded else None, computed=False) for at, (value, banded) in enumerate(drawn, 1)]
    valued = sum(value is not None for value, _ in drawn)
    known = sum(value is not None or banded for value, banded in drawn)
    sentence = history.sentence("Index", entries)
    stated = re.split("Values?: |value, by issue: ", sentence)[-1].partition(". ")[0]
    assert valued == 0 or len(re.findall(r"\(№ ", stated)) == (valued if valued <= 5 else len(set(re.findall(r"\(№ \d+", stated))))
    if len(entries) > 1:
        assert f"known in {known} of {len(entries)} issues" in sentence
        assert f"unknown in the {'other' if len(entries) - known == 1 else f'{len(entries) - known} others'}" in sentence or known == len(
            entries
        )
    overview = history.overview({"index": tuple(entries)}, (1, len(entries)))
    assert f"{valued} value" in overview
    assert (f"{known - valued} band" in overview) == (known > valued)
    assert "the other 0" not in overview
    assert not MOST.search(sentence + overview)


CELLS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=12)


@given(CELLS)
def test_only_whoever_leads_is_said_to_be_addressed_more(fixture_book: Book, drawn: list[tuple[str, str]]) -> None:
    one: Recommendation = fixture_book.volume("policy/open-river").recommendations[0]
    cells = {cell: [one] * drawn.count(cell) for cell in set(drawn)}
    labels = [{key: key.upper() for key in letters if any(key == cell[at] for cell in drawn)} for at, letters in enumerate(("abc", "xyz"))]
    sentence = recommendations.sentence(recommendations.Grid(cells, *labels), 1)
    assert not MOST.search(sentence)
    assert sentence.startswith(f"{len(drawn)} recommendation")
    for at, begin in ((0, "Addressed to: "), (1, "Theme: ")):
        counts = Counter(cell[at].upper() for cell in drawn).most_common()
        leading = [name for name, count in counts if count == counts[0][1]]
        said = re.search(rf"{begin}([A-Z; ]+) \((\d+)(.*?)\)", sentence)
        if said:
            assert sorted(said[1].split("; ")) == sorted(leading)
            assert int(said[2]) == counts[0][1]
            assert ("more than" in said[3]) == (len(leading) == 1)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_shares_and_the_rest_make_a_whole(fixture_book: Book, shares: list[int]) -> None:
    one = next(row for row in fixture_book.volume("policy/open-river").figures if row.figure == "cargo-2021")
    rows = [one.model_copy(update={"item": f"item-{at}", "value": Decimal(value)}) for at, value in enumerate(sorted(shares, reverse=True))]
    sentence = structure.sentence(fixture_book, rows, Decimal(sum(shares)), one.unit)
    largest = {f"item-{at}" for at in range(shares.count(max(shares)))}
    assert set(re.findall(r"item-\d", sentence)) == largest
    if sum(shares) < 100:
        assert numbers(sentence)[-1] == 100 - sum(shares)
    else:
        assert "not itemised" not in sentence


FLOWS = st.tuples(
    st.sampled_from(["exports", "imports", "balance"]), st.sampled_from(["2020", "2021", "2021-01/2021-06"]), st.integers(-9, 9)
)


@FEW
@given(st.lists(FLOWS, min_size=1, max_size=8, unique_by=lambda one: one[:2]))
def test_a_trade_chart_sets_no_year_beside_a_half_and_says_a_balance_in_words(
    fixture_book: Book, drawn: list[tuple[str, str, int]]
) -> None:
    volume = next(one for one in fixture_book.published if one.trade)
    one: Trade = volume.trade[0].model_copy(update={"product": None, "qualifier": None, "change": None, "change_unit": None, "upper": None})
    rows = tuple(
        one.model_copy(
            update={
                "id": f"{flow}-{at}",
                "flow": flow,
                "period": parse(period),
                "value": Decimal(value or 1 if flow == "balance" else abs(value)),
            }
        )
        for at, (flow, period, value) in enumerate(drawn)
    )
    book = replace(fixture_book, volumes=(replace(volume, trade=rows),))
    found = draw(book, "trade", partner=one.partner)
    newest = max((row.period for row in rows), key=lambda period: (period.first, period.last))
    told = found.sentence.partition(": ")[2].partition(".")[0].split("; ")
    assert len(told) == sum(row.period == newest for row in rows)
    assert "−" not in found.sentence
    for row in rows:
        if row.flow == "balance" and row.period == newest:
            assert f"a {'surplus' if row.value > 0 else 'deficit'} of" in found.sentence
    alike = [row for row in rows if (row.period.days > 200) == (newest.days > 200)]
    assert ("their length differs" in found.sentence) == (len(alike) < len(rows))
    assert (found.spec is None) == (len(alike) < FEWEST)


@FEW
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 99)), min_size=1, max_size=9))
def test_a_part_is_never_the_least_or_the_greatest_of_what_it_is_a_part_of(fixture_book: Book, drawn: list[tuple[bool, int]]) -> None:
    volume = fixture_book.volume("policy/open-river")
    one: FigureRow = next(row for row in volume.figures if row.figure == "fleet-2021")
    rows = tuple(
        one.model_copy(
            update={"id": f"f-{at}", "item": f"of which item-{at}" if part else f"item-{at}", "value": Decimal(value), "qualifier": None}
        )
        for at, (part, value) in enumerate(drawn)
    )
    book = replace(fixture_book, volumes=tuple(replace(one, figures=rows) if one is volume else one for one in fixture_book.volumes))
    wholes = [value for part, value in drawn if not part] or [value for _, value in drawn]
    beside = draw(book, "figures", figures=f"{volume.address}:fleet-2021").sentence
    assert "of which" not in beside or len(wholes) == len(drawn)
    assert f"{len(wholes)} value" in beside
    alone = CHARTS["figure"](book, book.volume(volume.address), BuildContext(book, Target("portal")).links, figure="fleet-2021").sentence
    if len(drawn) > 5 and " from " in alone:
        ends = numbers(re.sub(r"item-\d+", "", alone.partition(" from ")[2]))
        assert (min(ends), max(ends)) == (min(wholes), max(wholes))


def draw(book: Book, chart: str, **arguments: str) -> Drawing:
    """A chart of the portal."""
    return CHARTS[chart](book, None, BuildContext(book, Target("portal")).links, **arguments)


def test_fewer_than_three_numbers_are_a_sentence_and_no_picture(fixture_book: Book) -> None:
    series = fixture_book.relationships[0].id
    known = [one for one in indices.history(fixture_book, series) if one.value is not None or one.band]
    found = draw(fixture_book, "history", series=series)
    assert (found.spec is None) == (len(known) < FEWEST)
    assert len(found.table) == len(known)
