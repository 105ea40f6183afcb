"""Who makes a work: persons and bodies, each with the parts of its name and its identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from macros.fields import Isni, Line, Orcid, Ror, Row


class Person(Row):
    """A person named on a title page."""

    given: Line | None = Field(default=None, description="Given names or initials; absent where somebody has one name")
    particle: Line | None = Field(default=None, description="What stands before the family name, such as van or de la")
    family: Line = Field(description="Family name, or the one name that somebody has; a body has a name instead")
    suffix: Line | None = Field(default=None, description="What stands behind the family name, such as Jr. or III")
    orcid: Orcid | None = Field(default=None, description="Identifier at ORCID")

    @property
    def name(self) -> str:
        """The name as people say it: given names, particle, family name, suffix."""
        return " ".join(filter(None, (self.given, self.surname, self.suffix)))

    @property
    def surname(self) -> str:
        """The family name with its particle."""
        return f"{self.particle} {self.family}" if self.particle else self.family


class Body(Row):
    """An organisation named as the author of a work."""

    name: Line = Field(description="Name of a body that is an author")
    isni: Isni | None = Field(default=None, description="Its International Standard Name Identifier, in quotes")
    ror: Ror | None = Field(default=None, description="Its identifier in the Research Organization Registry")


def _creator(value: object) -> str:
    body = isinstance(value, Body) or (isinstance(value, Mapping) and "name" in value and "family" not in value)
    return "[body]" if body else "[person]"


Creator = Annotated[Annotated[Person, Tag("[person]")] | Annotated[Body, Tag("[body]")], Discriminator(_creator)]
"""Whoever made a work: a person has a family name, a body a name. Findings leave out the tags, which no file holds."""
