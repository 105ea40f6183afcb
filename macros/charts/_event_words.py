"""What the events of an index say in words: the sentences of the chart of events."""

from __future__ import annotations

from collections.abc import Sequence

from macros import date_words, indices
from macros.charts._drawing import Layers
from macros.charts._words import sentences
from macros.comparison import Scored
from macros.fields import Score, exact, size
from macros.language import gettext, ngettext
from macros.scales import ScoreScale
from macros.words import commas, full_stop, listed, signed

MOST = 4
"""How many of the strongest events are named."""


def reading(label: str, period: str, lasting: bool) -> str:
    """How the picture is read."""
    return sentences(
        gettext("Events: %(label)s, %(period)s.", label=label, period=period),
        gettext("Each block is an event on its day, as tall as its score."),
        gettext("Each line above is an event that lasted.") if lasting else "",
        gettext("Labelled: some of the strongest."),
    )


def made(label: str, rows: Sequence[Scored], index: indices.Index) -> str:
    """What the events make, where their scores are not simply added."""
    return ngettext(
        "%(label)s: %(num)s event makes an index of %(value)s",
        "%(label)s: %(num)s events make an index of %(value)s",
        len(rows),
        label=label,
        value=signed(index.aggregate),
    )


def finding(label: str, rows: Sequence[Scored]) -> str:
    """Which sign prevails, and by how many points."""
    above, below = (exact(sum(score for _, score in rows if (score > 0) is positive)) for positive in (True, False))
    if not above or not below:
        return _one_sided(label, len(rows), exact(above + below))
    sums = {"label": label, "positive": signed(above), "negative": signed(below)}
    if above == -below:
        return gettext("%(label)s: the positive (%(positive)s) equals the negative (%(negative)s)", **sums)
    if above > -below:
        return gettext("%(label)s: the positive (%(positive)s) outweighs the negative (%(negative)s)", **sums)
    return gettext("%(label)s: the negative (%(negative)s) outweighs the positive (%(positive)s)", **sums)


def _one_sided(label: str, number: int, total: Score) -> str:
    """How many events there are, where the points of one sign are missing."""
    if total > 0:
        return ngettext(
            "%(label)s: %(num)s event, none negative (%(total)s)",
            "%(label)s: %(num)s events, none negative (%(total)s)",
            number,
            label=label,
            total=signed(total),
        )
    return ngettext(
        "%(label)s: %(num)s event, none positive (%(total)s)",
        "%(label)s: %(num)s events, none positive (%(total)s)",
        number,
        label=label,
        total=signed(total),
    )


def layers(rows: Sequence[Scored]) -> Layers:
    """The strongest events."""
    most = max(size(score) for _, score in rows)
    strongest = [
        gettext("%(score)s: %(event)s, %(date)s.", score=signed(score), event=row.event, date=date_words.human(row.date))
        for row, score in rows
        if size(score) == most > 1
    ]
    left = len(strongest) - MOST
    more = [ngettext("%(num)s more of that score.", "%(num)s more of that score.", left)] if left > 0 else []
    return [(gettext("Strongest"), [*strongest[:MOST], *more])]


def sentence(rows: Sequence[Scored], scale: ScoreScale) -> str:
    """How many events, by sign with their points where points are added, and the strongest of them or the busiest day."""
    most = max(size(score) for _, score in rows)
    strongest = [(row, score) for row, score in rows if size(score) == most]
    parts = _signs([score for _, score in rows], scale)
    number = full_stop(ngettext("%(num)s event", "%(num)s events", len(rows)))
    counts = ngettext("%(num)s event: %(parts)s.", "%(num)s events: %(parts)s.", len(rows), parts=parts) if parts else number
    if len(strongest) > 1 or len(rows) == 1:
        return sentences(counts, _busiest(rows))
    row, score = strongest[0]
    values = {"score": signed(score), "event": row.event, "date": date_words.human(row.date)}
    return sentences(counts, gettext("The strongest (%(score)s): %(event)s, %(date)s.", **values))


def _signs(scores: Sequence[Score], scale: ScoreScale) -> str:
    """How many scores are above, below and at zero, and their points; those on the only side of a scale are not told apart."""
    positive, negative = [score for score in scores if score > 0], [score for score in scores if score < 0]
    zero = len(scores) - len(positive) - len(negative)
    above = ngettext("%(num)s positive", "%(num)s positive", len(positive)) if positive and not scale.one_sided else ""
    below = ngettext("%(num)s negative", "%(num)s negative", len(negative)) if negative and not scale.one_sided else ""
    if scale.plain_sum:
        above, below = (f"{text} ({signed(exact(sum(part)))})" if part else "" for text, part in ((above, positive), (below, negative)))
    return commas([above, below, ngettext("%(num)s of score 0", "%(num)s of score 0", zero) if zero else ""])


def _busiest(rows: Sequence[Scored]) -> str:
    """The day or the two days on which most events of a single day fell."""
    days = [row.date for row, _ in rows if row.date.days == 1]
    most = max((days.count(day) for day in days), default=0)
    busiest = [day for day in dict.fromkeys(days) if days.count(day) == most]
    if most < 2 or len(busiest) > 2:
        return ""
    if len(busiest) == 1:
        return ngettext(
            "The busiest day was %(day)s, with %(num)s event.",
            "The busiest day was %(day)s, with %(num)s events.",
            most,
            day=date_words.human(busiest[0]),
        )
    return ngettext(
        "The busiest days were %(days)s, with %(num)s event each.",
        "The busiest days were %(days)s, with %(num)s events each.",
        most,
        days=listed([date_words.of_pair(*busiest), date_words.human(busiest[1])]),
    )
