"""Score scales, and the bands that the values of an index fall into: which values there are, and what each means."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from macros.fields import Colour, Line, Prose, Row, Score, Slug, Whole, exact

WIDEST = 1_000_000
"""The highest score that a scale may have."""


class Parts(NamedTuple):
    """An index, and what its positive and its negative scores contribute; the two make the index."""

    aggregate: Score
    positive: Score
    negative: Score


class ScoreScale(Row):
    """Which scores may be given, what each means, and how an index is made of them."""

    lowest: Score = Field(description="Lowest score", ge=-WIDEST, le=WIDEST)
    highest: Score = Field(description="Highest score", ge=-WIDEST, le=WIDEST)
    step: Score = Field(default=1, description="What lies between two scores: 1, 0.5, 0.1 ...", gt=0)
    zero: bool = Field(description="Whether zero may be given")
    higher_is: Literal["better", "worse"] = Field(default="better", description="What a higher score says; colours follow")
    index: Literal["sum", "mean"] = Field(default="sum", description="How an index is made of its scores")
    weighted: bool = Field(default=False, description="True where each row has a weight, in the column `weight`, by which its score counts")
    decimals: Whole | None = Field(
        default=None, description="Decimals of the index; absent: those of the step, of a mean or weighted index 1", ge=0, le=4
    )
    needs: Literal["both", "either"] = Field(
        default="both", description="Incidents only: both = each has two scores; either = one of the two cells may be empty"
    )
    meanings: dict[Score, Line] = Field(description="What scores mean; of a wide scale some of them")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lowest > self.highest:
            raise ValueError(f"lowest {self.lowest} is above highest {self.highest}; the lower score comes first")
        for name, end in (("lowest", self.lowest), ("highest", self.highest)):
            if end % self.step:
                raise ValueError(f"{name} {end} is no multiple of step {self.step}; scores are counted from 0 in steps")
        return self

    @property
    def sign(self) -> int:
        """1 where a higher score is better, -1 where it is worse."""
        return 1 if self.higher_is == "better" else -1

    @property
    def one_sided(self) -> bool:
        """Whether all scores lie on one side of zero, so that none weighs against another."""
        return self.lowest >= 0 or self.highest <= 0

    @property
    def decimal_places(self) -> int:
        """Decimals with which an index is given."""
        if self.decimals is not None:
            return self.decimals
        return 1 if self.weighted or self.index == "mean" else decimals(self.step)

    @property
    def plain_sum(self) -> bool:
        """Whether an index is the sum of its scores as they are, so that it can be taken apart and grows event by event."""
        return self.index == "sum" and not self.weighted and self.decimals is None

    @property
    def index_step(self) -> Score:
        """What lies between two values of an index."""
        return self.step if self.plain_sum else exact(Decimal(1).scaleb(-self.decimal_places))

    def misfit(self, score: Score) -> str:
        """What is wrong with a score on this scale, and what is allowed; nothing where it fits."""
        if score % self.step:
            whole = "is not a whole number; allowed: digits, with - before a negative number"
            return f"'{score:f}' {whole if self.step == 1 else f'is between two steps; scores go in steps of {self.step}'}"
        if not self.lowest <= score <= self.highest:
            return f"{score} is outside {self.lowest}..{self.highest}"
        if score == 0 and not self.zero:
            signs = [f"{self.lowest}..-{self.step}"] * (self.lowest < 0) + [f"{self.step}..{self.highest}"] * (self.highest > 0)
            return f"0 moves nothing and is not given on this scale; allowed: {' and '.join(signs) or 'none'}"
        return ""

    def parts(self, positive: Score, negative: Score, weight: Score) -> Parts:
        """Make an index of what was summed; halves are rounded away from zero.

        Args:
            positive: Sum of the positive scores, each times its weight.
            negative: Sum of the negative scores, likewise.
            weight: Sum of all weights; without weights the number of rows.

        Returns:
            The index and its two parts, in points.
        """
        aggregate, above = (self._given(points, weight) for points in (positive + negative, positive))
        return Parts(aggregate, above, exact(aggregate - above))

    def _given(self, points: Score, weight: Score) -> Score:
        value = Decimal(points) / Decimal(weight) if self.index == "mean" and weight else Decimal(points)
        return exact(value.quantize(Decimal(1).scaleb(-self.decimal_places), ROUND_HALF_UP))


def decimals(number: Score) -> int:
    """Count the decimals of a number."""
    return max(0, -int(Decimal(number).as_tuple().exponent))


class SecuritySeries(Row):
    """The name under which one of the two security scores is made into an index."""

    id: Slug = Field(description="Id of the index")
    label: Line = Field(description="Name of the index")
    colour: Colour = Field(description="Its colour in charts, as #rrggbb")
    up: Line | None = Field(default=None, description="What a higher score does, in a word for the axis: stronger, calmed")
    down: Line | None = Field(default=None, description="What a lower score does, in a word: weaker, strained")


class SecurityPair(Row):
    """The two indices that an incident counts towards."""

    national: SecuritySeries = Field(description="What the column `national` of incidents.csv is made into")
    regional: SecuritySeries = Field(description="What the column `regional` of incidents.csv is made into")


Shape = Literal["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
"""Symbols that Vega draws and pages write as a character."""


class Band(Row):
    """One colour of the scale of regional tension."""

    id: Slug = Field(description="Id of the band")
    label: Line = Field(description="Name of the colour")
    highest: Score | None = Field(description="Highest value in the band; empty: no limit")
    lowest: Score | None = Field(description="Lowest value in the band; empty: no limit")
    colour: Colour = Field(description="The colour, as #rrggbb")
    shape: Shape = Field(description="Shape that stands for the band where colour cannot be seen")
    published: Line = Field(description="The limits as the published scale words them")
    meaning: Line = Field(description="What the band says about the region")


def band_of(bands: Sequence[Band], value: Score) -> Band | None:
    """The band that a value falls into; None where there are no bands.

    Args:
        bands: The bands, which run down or up and leave no value out.
    """
    if run_up(bands):
        return next((band for band in bands if band.highest is None or value <= band.highest), None)
    return next((band for band in bands if band.lowest is None or value >= band.lowest), None)


def run_up(bands: Sequence[Band]) -> bool:
    """Whether each band lies above the one before it; of one band alone it does not."""
    return any(
        before.highest is not None and after.lowest is not None and after.lowest > before.highest for before, after in pairwise(bands)
    )


class Scales(Row):
    """Score scales of events and incidents, and the colour scale. What is not scored has no scale."""

    relationship: ScoreScale | None = Field(default=None, description="Scores of events; absent where none are scored")
    security: ScoreScale | None = Field(default=None, description="Scores of incidents, on both scales; absent where there are none")
    security_series: SecurityPair | None = Field(default=None, description="The two security indices; they go with `security`")
    gap: Prose | None = Field(default=None, description="What is irregular in the published bands, and how they are read here")
    tension: tuple[Band, ...] = Field(default=(), description="Bands of regional tension, from calm to war; they run down or up")

    @model_validator(mode="after")
    def _paired(self) -> Self:
        if (self.security is None) != (self.security_series is None):
            raise ValueError("holds security without security_series, or the other way round; incidents need both")
        return self
