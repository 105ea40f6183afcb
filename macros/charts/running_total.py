"""How one index added up, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import altair as alt
import pandas as pd

from macros import date_words, dates, indices
from macros.book import Book, Volume
from macros.charts import _days
from macros.charts._course import MOST, Course, Day, course_of, finding, layers, reading, sentence
from macros.charts._drawing import Drawing, Links, NothingToDraw, Words, drawing
from macros.charts._letters import LINE, length, lines
from macros.charts._sheet import Align, Box, Sheet, text_box
from macros.charts._theme import GRID, INK, NEUTRAL, hue, triangle
from macros.fields import Score, exact, size
from macros.language import N_, gettext, ngettext
from macros.words import signed

LEFT, TOP, HIGH = 36, 14, 190
"""Room for the numbers of the axis, room above the line, height of the line, in px."""

LONG = N_("longer")
"""What stands under the step of the events that have no day."""


def draw(book: Book, volume: Volume, links: Links, relationship: str) -> Drawing:
    """A stepped line from 0; an event of several days counts on its last, one of a month or longer after all days.

    Args:
        links: Where the triangles lead: to the first event of the day.
        relationship: Id of a relationship, or of a security index.

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
    words = Words(
        title,
        finding(label, course),
        reading(label, date_words.human(period), bool(course.longer)),
        sentence(course, period),
        layers(course),
    )
    addresses = [*(day.href for day in course.days), *([course.href] if course.longer else [])]
    return drawing(
        f"running-total-{relationship}",
        words,
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


def _picture(course: Course, period: dates.Period, sign: int, width: int) -> alt.TopLevelLayerSpec:
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


def _steps(sheet: Sheet, course: Course, path: Sequence[tuple[float, float]], positions: Sequence[tuple[float, float]]) -> None:
    """The greatest steps in words, each where it covers nothing: under the line to the right of its day, or above to the left."""
    ordered = sorted(zip(course.days, positions, strict=True), key=lambda pair: (-size(pair[0].score), pair[0].day))
    for (a, b), (c, d) in pairwise(path):
        sheet.take(Box(min(a, c) - 6, min(b, d) - 6, max(a, c) + 6, max(b, d) + 6))
    most = 150 if sheet.narrow else 200
    for day, (x, y) in ordered[:MOST]:
        for align, down in (("left", True), ("right", False), ("left", False), ("right", True)):
            room = min(most, sheet.width - 60 - x if align == "left" else x - path[0][0] - 8)
            words = lines(day.label, room, 3) if room > 80 else []
            if words and _written(sheet, words, (x + (9 if align == "left" else -9), y), align, down):  # type: ignore[arg-type]
                break


def _written(sheet: Sheet, words: Sequence[str], position: tuple[float, float], align: Align, down: bool) -> bool:
    """Write lines beside a place if nothing is covered."""
    first = position[1] + 12 if down else position[1] - 12 - LINE * (len(words) - 1)
    rows = [first + LINE * number for number in range(len(words))]
    boxes = [text_box(position[0], row, line, align) for row, line in zip(rows, words, strict=True)]
    if not all(sheet.free(box._replace(top=box.top - 5, bottom=box.bottom + 5)) and box.bottom < TOP + HIGH + 10 for box in boxes):
        return False
    for row, line in zip(rows, words, strict=True):
        sheet.text(position[0], row, line, align, colour=INK)
    return True
