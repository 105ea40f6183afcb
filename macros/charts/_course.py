"""The running total of an index: its days, and what they say in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

import narwhals as nw
import pandas as pd

from macros import date_words, dates, sums
from macros.charts._drawing import Layers, Link
from macros.charts._words import sentences
from macros.comparison import Scored
from macros.fields import Score, exact, size
from macros.language import gettext, ngettext
from macros.scales import decimals
from macros.words import signed

MOST = 3
"""How many of the greatest steps are named."""


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


def course_of(rows: Sequence[Scored], period: dates.Period, link: Link) -> Course:
    """Add up the events of an index day by day, apart from those of a month or longer."""
    dated = [(row, score) for row, score in rows if row.date.days < sums.LASTING]
    longer = [(row, score) for row, score in rows if row.date.days >= sums.LASTING]
    last = {row.id: max(min(row.date.last, period.last), period.first) for row, _ in dated}
    days = []
    if dated:
        fine = max(decimals(score) for _, score in dated)
        whole = [sums.to_whole(score, fine) for _, score in dated]
        scores = pd.DataFrame({"series": "", "last": [last[row.id] for row, _ in dated], "score": whole})
        for total in nw.from_native(sums.running(scores, "series"), eager_only=True).iter_rows(named=True):
            here = sorted(((row, score) for row, score in dated if last[row.id] == total["last"]), key=lambda pair: -size(pair[1]))
            events = tuple(row.event for row, _ in here)
            score, summed = (sums.from_whole(total[name], fine) for name in ("score", "total"))
            days.append(Day(total["last"], score, summed, events, link(here[0][0].id)))
    return Course(days, [score for _, score in longer], link(longer[0][0].id) if longer else "")


def reading(label: str, period: str, longer: bool) -> str:
    """How the picture is read."""
    return sentences(
        gettext("Running total: %(label)s, in points, %(period)s.", label=label, period=period),
        gettext("An event of several days counts on its last."),
        gettext("On the right, apart from the days: events of a month or longer.") if longer else "",
    )


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


def layers(course: Course) -> Layers:
    """The greatest steps."""
    steps = sorted(course.days, key=lambda day: (-size(day.score), day.day))[:MOST]
    texts = [gettext("%(day)s: %(step)s, to %(total)s.", day=day.human, step=signed(day.score), total=signed(day.total)) for day in steps]
    return [(gettext("Among the greatest steps"), texts)]


def sentence(course: Course, period: dates.Period) -> str:
    """Where the total ended, where it was highest and where lowest; apart, what has no day."""
    if course.longer and not course.days:
        return ngettext(
            "%(num)s event of a month or longer makes %(total)s; it has no day.",
            "%(num)s events of a month or longer make %(total)s; none has a day.",
            len(course.longer),
            total=signed(course.total),
        )
    path = [(period.first - datetime.timedelta(days=1), 0), *((day.day, day.total) for day in course.days)]
    high, low = (extreme(total for _, total in path) for extreme in (max, min))
    apart = ngettext(
        "In addition, %(num)s event of a month or longer adds %(step)s, which makes %(total)s.",
        "In addition, %(num)s events of a month or longer add %(step)s, which makes %(total)s.",
        len(course.longer),
        step=signed(exact(sum(course.longer))),
        total=signed(course.total),
    )
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
        apart if course.longer else "",
    )


def _when(days: Sequence[datetime.date], period: dates.Period) -> str:
    """On which day the total was what it was, and whether it was so again."""
    start, again = days[0] < period.first, len(days) > 1
    if start:
        return gettext("at the start and again later") if again else gettext("at the start")
    day = date_words.written(days[0])
    return gettext("on %(day)s and again later", day=day) if again else gettext("on %(day)s", day=day)
