"""How one index added up, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import altair as alt
import narwhals as nw
import pandas as pd

from macros import date_words, dates, indices, sums
from macros.book import Book, Volume
from macros.charts import _days
from macros.charts._drawing import Drawing, Link, Links, NothingToDraw, Words, drawing
from macros.charts._letters import LINE, length, lines
from macros.charts._sheet import Align, Box, Sheet, text_box
from macros.charts._theme import GRID, INK, NEUTRAL, hue, triangle
from macros.fields import Score, exact, size
from macros.scales import decimals
from macros.words import counted, signed

LEFT, TOP, HIGH, STEPS = 36, 14, 190, 3
"""Room for the numbers of the axis, room above the line, height of the line, in px; how many steps are named."""

LONG = "longer"
"""What stands under the step of the events that have no day."""


class Day(NamedTuple):
    """A day with events: its points, the total with them, and what happened."""

    day: datetime.date
    score: Score
    total: Score
    events: tuple[str, ...] = ()
    href: str = ""

    @property
    def human(self) -> str:
        """The day as people write it."""
        return date_words.human(dates.parse(self.day.isoformat()))

    @property
    def words(self) -> str:
        """The day in words."""
        return f"{self.human}: {signed(self.score)}, total {signed(self.total)}"


class Course(NamedTuple):
    """The days in order, and the points of the events that lasted a month or longer and so have no day."""

    days: Sequence[Day]
    longer: Sequence[Score]
    href: str = ""

    @property
    def dated(self) -> Score:
        """The total of the events that have a day."""
        return self.days[-1].total if self.days else 0

    @property
    def total(self) -> Score:
        """The total of all events."""
        return exact(self.dated + sum(self.longer))


def draw(book: Book, volume: Volume, links: Links, relationship: str) -> Drawing:
    """A stepped line from 0; an event of several days counts on its last, one of a month or longer after all days.

    Args:
        book: The book.
        volume: An issue.
        links: Where the triangles lead: to the first event of the day.
        relationship: Id of a relationship, or of a security index.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: The publication has no events of that relationship.
    """
    rows, label, period = _days.rows_of(book, volume, relationship)
    scale = indices.scale_of(book, relationship)
    if not scale.plain_sum:
        raise NothingToDraw(f"the index of '{relationship}' is no plain sum of scores, and has no running total")
    course = course_of(rows, period, partial(links.row, volume))
    cells = [(day.human, signed(day.score), signed(day.total)) for day in course.days]
    if course.longer:
        cells.append(
            (f"{counted(len(course.longer), 'event')} of a month or longer", signed(exact(sum(course.longer))), signed(course.total))
        )
    table = pd.DataFrame(cells, columns=["Day", "Points of the day", "Running total"])
    reading = f"Running total: {label}, in points, {date_words.human(period)}. An event of several days counts on its last." + (
        " At the right, apart: events of a month or longer, which have no day." if course.longer else ""
    )
    told = Words(f"Running total: {label}", finding(label, course), reading, sentence(course, period), _points(label, course, period))
    addresses = [*(day.href for day in course.days), *([course.href] if course.longer else [])]
    return drawing(
        f"running-total-{relationship}",
        told,
        table,
        lambda width: _picture(course, period, scale.sign, width),
        links=addresses,
        numbers=len(cells),
    )


def course_of(rows: Sequence[_days.Scored], period: dates.Period, link: Link) -> Course:
    """Add up the events of an index.

    Args:
        rows: The events with their scores.
        period: The period of the issue.
        link: Where a row leads.

    Returns:
        The days with events, and apart the events of a month or longer.
    """
    dated = [(row, score) for row, score in rows if row.date.days < sums.LASTING]
    longer = [(row, score) for row, score in rows if row.date.days >= sums.LASTING]
    last = {row.id: max(min(row.date.last, period.last), period.first) for row, _ in dated}
    days = []
    if dated:
        fine = max(decimals(score) for _, score in dated)
        whole = [sums.to_whole(score, fine) for _, score in dated]
        scores = pd.DataFrame({"series": "", "last": [last[row.id] for row, _ in dated], "score": whole})
        for total in nw.from_native(sums.running(scores), eager_only=True).iter_rows(named=True):
            here = sorted(((row, score) for row, score in dated if last[row.id] == total["last"]), key=lambda pair: -size(pair[1]))
            events = tuple(row.event for row, _ in here)
            score, summed = (sums.from_whole(total[name], fine) for name in ("score", "total"))
            days.append(Day(total["last"], score, summed, events, link(here[0][0].id)))
    return Course(days, [score for _, score in longer], link(longer[0][0].id) if longer else "")


def _picture(course: Course, period: dates.Period, sign: int, width: int) -> alt.LayerChart:
    sheet = Sheet(width)
    number = length(signed(course.total), bold=True)
    right = width - (max(number + 34, length(LONG) + 8) if course.longer else number + 10)
    totals = [0, *(day.total for day in course.days), course.total]
    px = HIGH / (float(max(totals) - min(totals)) or 1)
    left = max(LEFT, *(length(signed(total)) + 10 for total in (max(totals), min(totals))))
    bottom = TOP + HIGH

    def x(day: Day) -> float:
        return left + ((day.day - period.first).days + 0.5) * (right - left) / period.days

    def y(total: Score) -> float:
        return TOP + float(max(totals) - total) * px

    _days.axis(sheet, period, left, right, (TOP - 6, bottom + 10))
    for value in sorted({0, max(totals), min(totals)}):
        sheet.rule(left, y(value), right, y(value), NEUTRAL if value == 0 else GRID)
        if not value or abs(y(value) - y(0)) > LINE:
            sheet.text(left - 6, y(value), signed(value), "right")
    before: Score = 0
    path = [(float(left), y(0))]
    for day in course.days:
        path += [(x(day), y(before)), (x(day), y(day.total))]
        before = day.total
    sheet.line([*path, (right, y(before))])
    for day in course.days:
        sheet.point(
            x(day), y(day.total), triangle(day.score), hue(day.score, sign), 70, "", day.words, day.href, total=day.total, score=day.score
        )
    _end(sheet, course, right, (y(course.dated), y(course.total)), (bottom, sign))
    _steps(sheet, course, path, [(x(day), y(day.total)) for day in course.days])
    return sheet.chart(bottom + 34)


def _end(sheet: Sheet, course: Course, right: float, ends: tuple[float, float], under: tuple[float, int]) -> None:
    """The total at the right end; before it, apart, the step of the events that have no day."""
    if not course.longer:
        sheet.text(right + 6, ends[1], signed(course.total), bold=True, colour=INK)
        return
    x, step, (bottom, sign) = right + 22, exact(sum(course.longer)), under
    words = f"{counted(len(course.longer), 'event')} of a month or longer: {signed(step)}, total {signed(course.total)}"
    sheet.line([(right, ends[0]), (x, ends[0]), (x, ends[1])], dash=True)
    sheet.point(x, ends[1], triangle(step), hue(step, sign), 70, "", words, course.href, total=course.total, score=step)
    sheet.text(x + 9, ends[1], signed(course.total), bold=True, colour=INK)
    sheet.text(sheet.width, bottom + 21, LONG, "right")


def _steps(sheet: Sheet, course: Course, path: Sequence[tuple[float, float]], places: Sequence[tuple[float, float]]) -> None:
    """The greatest steps in words, each where it covers nothing: under the line to the right of its day, or above to the left."""
    ordered = sorted(zip(course.days, places, strict=True), key=lambda pair: (-size(pair[0].score), pair[0].day))
    line = [Box(min(a, c) - 6, min(b, d) - 6, max(a, c) + 6, max(b, d) + 6) for (a, b), (c, d) in pairwise(path)]
    sheet.taken += line
    most = 150 if sheet.narrow else 200
    for day, (x, y) in ordered[:STEPS]:
        many = f" on {day.day.day} {day.day:%b}, {len(day.events)} events:" if len(day.events) > 1 else ""
        for align, down in (("left", True), ("right", False), ("left", False), ("right", True)):
            room = min(most, sheet.width - 60 - x if align == "left" else x - path[0][0] - 8)
            words = lines(f"{signed(day.score)}{many} {day.events[0]}", room, 3) if room > 80 else []
            if words and _written(sheet, words, (x + (9 if align == "left" else -9), y), align, down):  # type: ignore[arg-type]
                break


def _written(sheet: Sheet, words: Sequence[str], place: tuple[float, float], align: Align, down: bool) -> bool:
    """Write lines beside a place if nothing is covered."""
    first = place[1] + 12 if down else place[1] - 12 - LINE * (len(words) - 1)
    rows = [first + LINE * number for number in range(len(words))]
    boxes = [text_box(place[0], row, line, align) for row, line in zip(rows, words, strict=True)]
    if not all(sheet.free(box._replace(top=box.top - 5, bottom=box.bottom + 5)) and box.bottom < TOP + HIGH + 10 for box in boxes):
        return False
    for row, line in zip(rows, words, strict=True):
        sheet.text(place[0], row, line, align, colour=INK)
    return True


def finding(label: str, course: Course) -> str:
    """Where the total came to, and on which day it moved most where one day stands out."""
    total = f"{label}: the running total comes to {signed(course.total)}"
    strongest = max((size(day.score) for day in course.days), default=0)
    days = [day for day in course.days if size(day.score) == strongest]
    return f"{total}; the greatest step was on {days[0].human} ({signed(days[0].score)})" if len(days) == 1 < len(course.days) else total


def _points(label: str, course: Course, period: dates.Period) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the course, and the greatest steps."""
    steps = sorted(course.days, key=lambda day: (-size(day.score), day.day))[:STEPS]
    told = tuple(f"{day.human}: {signed(day.score)}, to {signed(day.total)}." for day in steps)
    return (
        ("What it shows", (f"{finding(label, course)}.",)),
        ("Course", (sentence(course, period),)),
        *([("Among the greatest steps", told)] if told else []),
    )


def sentence(course: Course, period: dates.Period) -> str:
    """Where the total ended, where it was highest and where lowest; apart, what has no day."""
    path = [(period.first - datetime.timedelta(days=1), 0), *((day.day, day.total) for day in course.days)]
    parts = []
    for word, extreme in (("highest", max), ("lowest", min)):
        value = extreme(total for _, total in path)
        first, *again = (day for day, total in path if total == value)
        day = "at the start" if first < period.first else f"on {date_words.human(dates.parse(first.isoformat()))}"
        parts.append(f"{word} {day}{' and again later' if again else ''} ({signed(value)})")
    end = f"From 0 the running total comes to {signed(course.dated)} by {date_words.human(dates.parse(period.last.isoformat()))}."
    longer = ""
    if course.longer:
        add = "adds" if len(course.longer) == 1 else "add"
        number = counted(len(course.longer), "event")
        longer = f" Apart, {number} of a month or longer {add} {signed(exact(sum(course.longer)))}, which makes {signed(course.total)}."
    return f"{end} It is {parts[0]} and {parts[1]}.{longer}"
