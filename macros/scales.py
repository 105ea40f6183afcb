"""Score scales, and the bands that the values of an index fall into: which values there are, and what each means."""

from __future__ import annotations

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from macros.fields import Colour, Line, Prose, Row, Slug, Whole


class ScoreScale(Row):
    """Which scores may be given, and what each means."""

    lowest: Whole = Field(description="Lowest score", ge=-20, le=20)
    highest: Whole = Field(description="Highest score", ge=-20, le=20)
    zero: bool = Field(description="Whether zero may be given")
    meanings: dict[Whole, Line] = Field(description="What each score means")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lowest > self.highest:
            raise ValueError(f"lowest {self.lowest} is above highest {self.highest}; the lower score comes first")
        return self


class SecuritySeries(Row):
    """The name under which one of the two security scores is summed."""

    id: Slug = Field(description="Id of the index")
    label: Line = Field(description="Name of the index")
    colour: Colour = Field(description="Its colour in charts, as #rrggbb")


class SecurityPair(Row):
    """The two indices that an incident counts towards."""

    national: SecuritySeries = Field(description="What the column `national` of incidents.csv is summed to")
    regional: SecuritySeries = Field(description="What the column `regional` of incidents.csv is summed to")


Shape = Literal["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
"""Symbols that Vega draws and pages write as a character."""


class Band(Row):
    """One colour of the scale of regional tension."""

    id: Slug = Field(description="Id of the band")
    label: Line = Field(description="Name of the colour")
    highest: Whole | None = Field(description="Highest value in the band; empty: no limit")
    lowest: Whole | None = Field(description="Lowest value in the band; empty: no limit")
    colour: Colour = Field(description="The colour, as #rrggbb")
    shape: Shape = Field(description="Shape that stands for the band where colour cannot be seen")
    published: Line = Field(description="The limits as the published scale words them")
    meaning: Line = Field(description="What the band says about the region")


class Scales(Row):
    """Score scales of events and incidents, and the colour scale."""

    relationship: ScoreScale = Field(description="Scores of events")
    security: ScoreScale = Field(description="Scores of incidents, on both scales")
    security_series: SecurityPair = Field(description="The two security indices")
    gap: Prose = Field(description="What is irregular in the published scale and how it is read here")
    tension: tuple[Band, ...] = Field(description="Bands of regional tension, from calm to war", min_length=1)
