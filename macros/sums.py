"""Scores -> sums: THE definition of an index, of its parts and of its running total.

An index is the sum of its scores, or their mean, plain or weighted, as its scale says (rule of the
series, stated in each issue: the aggregate index is the sum of its positive and negative points). The expressions
are written against narwhals, so they run as they are on any data frame that narwhals knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

import narwhals as nw
from narwhals.typing import IntoFrameT

from macros.fields import Score, exact
from macros.scales import ScoreScale

LASTING = 28
"""An event of so many days, a month, has no day of its own in a running total: its source names none."""


def parts(scores: IntoFrameT, *by: str) -> IntoFrameT:
    """Sum scores, all of them and those of each sign.

    Args:
        scores: A frame with the columns `by` and `score` (whole numbers; decimal scores in their smallest part), one row an
            event; where scores count by a weight, they are multiplied by it, and it stands in `weight`.
        *by: The columns that name the index.

    Returns:
        One row for each name: `by`, `positive` (>= 0), `negative` (<= 0), `aggregate`
        (their sum), `rows` (how many scores were summed), and `weight` where scores have one (its sum).
    """
    score = nw.col("score")
    frame = nw.from_native(cast(Any, scores))
    signed = frame.with_columns(
        positive=nw.when(score > 0).then(score).otherwise(0),
        negative=nw.when(score < 0).then(score).otherwise(0),
        rows=nw.lit(1),
    )
    return cast(IntoFrameT, added(signed.to_native(), *by))


def added(parts: IntoFrameT, *by: str) -> IntoFrameT:
    """Add up parts: of single scores into those of a day, of days into those of an issue.

    Args:
        parts: A frame with the columns `by`, `positive`, `negative`, `rows`, and `weight` where scores have one.

    Returns:
        What `parts` returns.
    """
    frame = nw.from_native(cast(Any, parts))
    summed = ("positive", "negative", "rows", *(["weight"] if "weight" in frame.collect_schema().names() else []))
    sums = frame.group_by(*by).agg(nw.col(*summed).sum())
    return cast(IntoFrameT, sums.with_columns(aggregate=nw.col("positive") + nw.col("negative")).sort(*by).to_native())


def running(scores: IntoFrameT, *by: str) -> IntoFrameT:
    """Running total by day. An event that lasted counts on its last day, when it was complete.

    Args:
        scores: A frame in memory with the columns `by`, `last` (day) and `score`, one row an event.

    Returns:
        One row for each name and day with events: `by`, `last`, `score` (sum of that day)
        and `total` (sum of that day and all days before), in order of name and day.
    """
    daily = nw.from_native(cast(Any, scores)).group_by(*by, "last").agg(nw.col("score").sum())
    total = nw.col("score").cum_sum().over(*by, order_by="last")
    return cast(IntoFrameT, daily.with_columns(total=total).sort(*by, "last").to_native())


class DecimalPlaces(NamedTuple):
    """Decimals of scores and weights: both are summed in their smallest part, as whole numbers, which is exact on every engine."""

    score: int
    weight: int


def to_whole(number: Score, decimal_places: int) -> int:
    """Count a number in its smallest part: 0.3 with one decimal is 3."""
    return int(number * 10**decimal_places)


def from_whole(total: Any, decimal_places: int) -> Score:
    """Turn a sum of smallest parts, from any engine, into points again: 31 with one decimal is 3.1."""
    return exact(Decimal(int(total)).scaleb(-decimal_places))


class Value(NamedTuple):
    """An index, its positive and its negative part, and how many scores it is made of."""

    aggregate: Score
    positive: Score
    negative: Score
    rows: int


def value(sums: Mapping[str, Any], scale: ScoreScale, decimal_places: DecimalPlaces) -> Value:
    """Make an index of what `parts` summed. Whether it is their sum or their mean, the scale says (`ScoreScale.parts`).

    Args:
        sums: A row of `parts`, with `weight`.
        decimal_places: The decimals that were made whole numbers.

    Returns:
        The index, in points.
    """
    positive, negative = (from_whole(sums[name], sum(decimal_places)) for name in ("positive", "negative"))
    return Value(*scale.parts(positive, negative, from_whole(sums["weight"], decimal_places.weight)), int(sums["rows"]))
