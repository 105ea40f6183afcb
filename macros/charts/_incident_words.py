"""What the incidents of an issue say in words: their kinds, and the sentences of the chart of incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from macros import date_words
from macros.book import Book
from macros.charts._drawing import Layers
from macros.charts._words import sentences
from macros.fields import Score, exact, size
from macros.language import N_, gettext, ngettext
from macros.model import Incident
from macros.words import semicolons, signed, within

KINDS = ("worse", "better", "mixed", "neutral")
SHORT = {
    "better": N_("for the better"),
    "worse": N_("for the worse"),
    "mixed": N_("of mixed effect"),
    "neutral": N_("without effect"),
}
MOST = 3
"""How many of the strongest incidents are named."""


def both(row: Incident) -> tuple[Score, Score]:
    """The two scores of an incident."""
    return row.national or 0, row.regional or 0


def scores_of(row: Incident) -> str:
    """The two scores in words."""
    return gettext("national %(national)s, regional %(regional)s", national=signed(row.national), regional=signed(row.regional))


def kind_of(national: Score, regional: Score, sign: int) -> str:
    """Tell the kind of an incident, where a higher score is better (sign 1) or worse (-1)."""
    national, regional = national * sign, regional * sign
    if min(national, regional) >= 0 < max(national, regional):
        return "better"
    if national == regional == 0:
        return "neutral"
    return "worse" if max(national, regional) <= 0 else "mixed"


def finding(rows: Sequence[Incident], sign: int = 1) -> str:
    """Which kind of incident is the most frequent, where one is."""
    kinds = Counter(kind_of(*both(row), sign) for row in rows).most_common(2)
    kind, number = kinds[0]
    if len(kinds) > 1 and kinds[1][1] == number:
        return ngettext(
            "%(num)s incident: as many %(first)s as %(second)s (%(each)s each)",
            "%(num)s incidents: as many %(first)s as %(second)s (%(each)s each)",
            len(rows),
            first=gettext(SHORT[kind]),
            second=gettext(SHORT[kinds[1][0]]),
            each=number,
        )
    total = ngettext("of %(num)s incident", "of %(num)s incidents", len(rows))
    return ngettext("%(num)s %(total)s was %(kind)s", "%(num)s %(total)s were %(kind)s", number, total=total, kind=gettext(SHORT[kind]))


def layers(rows: Sequence[Incident]) -> Layers:
    """The incidents of the greatest scores."""
    strengths = [sum(map(size, both(row))) for row in rows]
    strongest = [row for row, strength in zip(rows, strengths, strict=True) if strength == max(strengths)]
    incident_texts = [
        gettext("%(event)s, %(date)s (%(scores)s).", event=row.event, date=date_words.human(row.date), scores=scores_of(row))
        for row in strongest[:MOST]
    ]
    left = len(strongest) - MOST
    more = [ngettext("%(num)s more as strong.", "%(num)s more as strong.", left)] if left > 0 else []
    return [(gettext("Strongest"), [*incident_texts, *more])]


def sentence(book: Book, rows: Sequence[Incident], every: Sequence[Incident] = ()) -> str:
    """How many incidents with two scores, in which direction, and which pair is the most frequent; what all of the issue sum to."""
    sign = book.scales.security.sign if book.scales.security else 1
    kinds = Counter(kind_of(*both(row), sign) for row in rows)
    ways = semicolons(_did(kind, kinds[kind], sign) for kind in KINDS if kinds[kind])
    counts = ngettext("%(num)s incident: %(ways)s.", "%(num)s incidents: %(ways)s.", len(rows), ways=ways)
    return sentences(counts, _frequent(rows), _sums(book, every or rows))


def _did(kind: str, number: int, sign: int) -> str:
    """What incidents of a kind did, where a higher score is better (1) or worse (-1)."""
    return {
        ("worse", 1): ngettext(
            "%(num)s lowering one or both scores and raising none", "%(num)s lowering one or both scores and raising none", number
        ),
        ("better", 1): ngettext("%(num)s raising one or both and lowering none", "%(num)s raising one or both and lowering none", number),
        ("worse", -1): ngettext(
            "%(num)s raising one or both scores and lowering none", "%(num)s raising one or both scores and lowering none", number
        ),
        ("better", -1): ngettext("%(num)s lowering one or both and raising none", "%(num)s lowering one or both and raising none", number),
        ("mixed", sign): ngettext("%(num)s raising one and lowering the other", "%(num)s raising one and lowering the other", number),
        ("neutral", sign): ngettext("%(num)s changing neither", "%(num)s changing neither", number),
    }[kind, sign]


def _frequent(rows: Sequence[Incident]) -> str:
    """The pair of scores that more incidents share than any other."""
    pairs = Counter(map(both, rows)).most_common(2)
    (national, regional), most = pairs[0]
    if most < 2 or len(pairs) == 1 or pairs[1][1] == most:
        return ""
    return ngettext(
        "%(num)s share the scores national %(national)s and regional %(regional)s, more than any other pair.",
        "%(num)s share the scores national %(national)s and regional %(regional)s, more than any other pair.",
        most,
        national=signed(national),
        regional=signed(regional),
    )


def _sums(book: Book, rows: Sequence[Incident]) -> str:
    """What both scores of the incidents sum to, where they are simply added."""
    pair, scale = book.scales.security_series, book.scales.security
    if not (pair and scale and scale.plain_sum):
        return ""
    first, second = (signed(exact(sum(scores))) for scores in zip(*map(both, rows), strict=True))
    return gettext(
        "%(national)s sums to %(first)s and %(regional)s to %(second)s.",
        national=pair.national.label,
        first=first,
        regional=within(pair.regional.label),
        second=second,
    )
