"""Who keeps copies of everything, and what the drills with archive files gave."""

from __future__ import annotations

import datetime
from typing import Self

from pydantic import Field, model_validator

from macros.fields import Line, Link, Row, Whole


class Copy(Row):
    """A body that keeps a copy of everything."""

    holder: Line = Field(description="Who keeps it")
    url: Link | None = Field(default=None, description="Where it can be had")
    since: datetime.date = Field(description="The day from which it is known to be kept")


class Drill(Row):
    """A day on which archive files were asked whether they still give all that they were kept for."""

    date: datetime.date = Field(description="The day")
    files: Whole = Field(description="How many archive files were asked", ge=1)
    passed: Whole = Field(description="How many of them gave everything", ge=0)
    note: Line | None = Field(default=None, description="What was missing, or what was done about it")

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if self.passed > self.files:
            raise ValueError(f"passed {self.passed} is above files {self.files}; it counts some of them")
        return self


class Preservation(Row):
    """Who keeps copies, and what the drills gave."""

    copies: tuple[Copy, ...] = Field(default=(), description="Bodies that keep a copy of everything")
    drills: tuple[Drill, ...] = Field(default=(), description="The drills, in any order")
