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
from macros.charts._words import sentences
from macros.fields import Score, exact, size
from macros.language import N_, gettext, ngettext
from macros.scales import decimals
from macros.words import full_stop, signed

LEFT, TOP, HIGH, STEPS = 36, 14, 190, 3
"""Room for the numbers of the axis, room above the line, height of the line, in px; how many steps are named."""

LONG = N_("longer")
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
        return date_words.written(self.day)

    @property
    def words(self) -> str:
        """The day in words."""
        return gettext("%(day)s: %(score)s, total %(total)s", day=self.human, score=signed(self.score), total=signed(self.total))

    @property
    def label(self) -> str:
        """What happened, for the step in the picture."""
        if len(self.events) == 1:
            return f"{signed(self.score)} {self.events[0]}"
        return ngettext(
            "%(score)s on %(day)s, %(num)s event: %(event)s",
            "%(score)s on %(day)s, %(num)s events: %(event)s",
            len(self.events),
            score=signed(self.score),
            day=date_words.short(self.day),
            event=self.events[0],
        )


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
    table = _table(course)
    title = gettext("Running total: %(label)s", label=label)
    reading = _reading(label, date_words.human(period), bool(course.longer))
    told = Words(title, finding(label, course), reading, sentence(course, period), _points(label, course, period))
    addresses = [*(day.href for day in course.days), *([course.href] if course.longer else [])]
    return drawing(
        f"running-total-{relationship}",
        told,
        table,
        lambda width: _picture(course, period, scale.sign, width),
        links=addresses,
        numbers=len(table),
    )


def _table(course: Course) -> pd.DataFrame:
    cells = [(day.human, signed(day.score), signed(day.total)) for day in course.days]
    if course.longer:
        number = len(course.longer)
        name = ngettext("%(num)s event of a month or longer", "%(num)s events of a month or longer", number)
        cells.append((name, signed(exact(sum(course.longer))), signed(course.total)))
    return pd.DataFrame(cells, columns=[gettext("Day"), gettext("Points of the day"), gettext("Running total")])


def _reading(label: str, period: str, longer: bool) -> str:
    """How the picture is read."""
    return sentences(
        gettext("Running total: %(label)s, in points, %(period)s.", label=label, period=period),
        gettext("An event of several days counts on its last."),
        gettext("At the right, apart: events of a month or longer, which have no day.") if longer else "",
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
    right = width - (max(number + 34, length(gettext(LONG)) + 8) if course.longer else number + 10)
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
    words = ngettext(
        "%(num)s event of a month or longer: %(step)s, total %(total)s",
        "%(num)s events of a month or longer: %(step)s, total %(total)s",
        len(course.longer),
        step=signed(step),
        total=signed(course.total),
    )
    sheet.line([(right, ends[0]), (x, ends[0]), (x, ends[1])], dash=True)
    sheet.point(x, ends[1], triangle(step), hue(step, sign), 70, "", words, course.href, total=course.total, score=step)
    sheet.text(x + 9, ends[1], signed(course.total), bold=True, colour=INK)
    sheet.text(sheet.width, bottom + 21, gettext(LONG), "right")


def _steps(sheet: Sheet, course: Course, path: Sequence[tuple[float, float]], places: Sequence[tuple[float, float]]) -> None:
    """The greatest steps in words, each where it covers nothing: under the line to the right of its day, or above to the left."""
    ordered = sorted(zip(course.days, places, strict=True), key=lambda pair: (-size(pair[0].score), pair[0].day))
    line = [Box(min(a, c) - 6, min(b, d) - 6, max(a, c) + 6, max(b, d) + 6) for (a, b), (c, d) in pairwise(path)]
    sheet.taken += line
    most = 150 if sheet.narrow else 200
    for day, (x, y) in ordered[:STEPS]:
        for align, down in (("left", True), ("right", False), ("left", False), ("right", True)):
            room = min(most, sheet.width - 60 - x if align == "left" else x - path[0][0] - 8)
            words = lines(day.label, room, 3) if room > 80 else []
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
    strongest = max((size(day.score) for day in course.days), default=0)
    days = [day for day in course.days if size(day.score) == strongest]
    total = signed(course.total)
    if not len(days) == 1 < len(course.days):
        return gettext("%(label)s: the running total comes to %(total)s", label=label, total=total)
    return gettext(
        "%(label)s: the running total comes to %(total)s; the greatest step was on %(day)s (%(step)s)",
        label=label,
        total=total,
        day=days[0].human,
        step=signed(days[0].score),
    )


def _points(label: str, course: Course, period: dates.Period) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, the course, and the greatest steps."""
    steps = sorted(course.days, key=lambda day: (-size(day.score), day.day))[:STEPS]
    told = tuple(
        gettext("%(day)s: %(step)s, to %(total)s.", day=day.human, step=signed(day.score), total=signed(day.total)) for day in steps
    )
    return (
        (gettext("What it shows"), (full_stop(finding(label, course)),)),
        (gettext("Course"), (sentence(course, period),)),
        *([(gettext("Among the greatest steps"), told)] if told else []),
    )


def sentence(course: Course, period: dates.Period) -> str:
    """Where the total ended, where it was highest and where lowest; apart, what has no day."""
    path = [(period.first - datetime.timedelta(days=1), 0), *((day.day, day.total) for day in course.days)]
    high, low = (extreme(total for _, total in path) for extreme in (max, min))
    highest, lowest = (_when([day for day, total in path if total == value], period) for value in (high, low))
    return sentences(
        gettext("From 0 the running total comes to %(total)s by %(day)s.", total=signed(course.dated), day=date_words.written(period.last)),
        gettext(
            "It is highest %(highest)s (%(high)s) and lowest %(lowest)s (%(low)s).",
            highest=highest,
            high=signed(high),
            lowest=lowest,
            low=signed(low),
        ),
        _apart(course) if course.longer else "",
    )


def _when(days: Sequence[datetime.date], period: dates.Period) -> str:
    """On which day the total was what it was, and whether it was so again."""
    start, again = days[0] < period.first, len(days) > 1
    if start:
        return gettext("at the start and again later") if again else gettext("at the start")
    day = date_words.written(days[0])
    return gettext("on %(day)s and again later", day=day) if again else gettext("on %(day)s", day=day)


def _apart(course: Course) -> str:
    """What the events add that have no day."""
    return ngettext(
        "Apart, %(num)s event of a month or longer adds %(step)s, which makes %(total)s.",
        "Apart, %(num)s events of a month or longer add %(step)s, which makes %(total)s.",
        len(course.longer),
        step=signed(exact(sum(course.longer))),
        total=signed(course.total),
    )
