"""What publications, editions and the rows of an index are called, in the current language."""

from __future__ import annotations

from macros.indices import Index
from macros.language import N_, gettext, pgettext
from macros.words import events, incidents, signed

KINDS = {"issue": N_("Issue"), "non-paper": N_("Non-paper"), "policy-paper": N_("Policy paper")}
ROWS = (N_("Events"), N_("Incidents"))
"""What the rows of an index are called as a heading."""
WORDS = (N_("issue"), N_("non-paper"), N_("policy-paper"))
"""Kinds of publication within a sentence."""


def kind_of_publication(kind: str) -> str:
    """A kind of publication: `Policy paper`."""
    return gettext(KINDS[kind])


def kind_of_edition(kind: str) -> str:
    """A kind of edition: `correction`."""
    kinds = {"original": pgettext("edition", "original"), "correction": pgettext("edition", "correction")}
    return kinds.get(kind) or pgettext("edition", "revision")


def rows(index: Index) -> str:
    """How many rows an index has: `12 events`."""
    return events(index.rows) if index.counts == ROWS[0] else incidents(index.rows)


def points_from(index: Index) -> str:
    """What an index is made of: `+9 and −4 points from 12 events`, or `12 events` where no score weighs against another."""
    if index.one_sided:
        return rows(index)
    return gettext(
        "%(plus)s and %(minus)s points from %(rows)s", plus=signed(index.positive), minus=signed(index.negative), rows=rows(index)
    )
