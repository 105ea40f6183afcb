"""What is known of the indices over the issues, in words: the sentences of the charts of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from macros.charts._words import sentences
from macros.fields import Score
from macros.indices import Known
from macros.language import gettext, ngettext
from macros.words import commas, full_stop, listed, semicolons, signed

FEW = 5
"""So many values are named in words, each of them; of more the highest, the lowest and the last."""


def finding(label: str, entries: Sequence[Known]) -> str:
    """The last value, and the one before it, with their issues."""
    valued = [(entry.value, entry.number) for entry in entries if entry.value is not None]
    banded = [(entry.band.label, entry.number) for entry in entries if entry.band]
    if len(valued) > 1:
        (before, earlier), (value, issue) = valued[-2:]
        values = {"label": label, "value": signed(value), "issue": issue, "before": signed(before), "earlier": earlier}
        return gettext("%(label)s: %(value)s in № %(issue)s, after %(before)s in № %(earlier)s", **values)
    if valued:
        return gettext("%(label)s: %(value)s in № %(issue)s", label=label, value=signed(valued[0][0]), issue=valued[0][1])
    if banded:
        return gettext("%(label)s: %(band)s in № %(issue)s", label=label, band=banded[-1][0], issue=banded[-1][1])
    return gettext("%(label)s: no value is known", label=label)


def finding_of_all(entries: Mapping[str, Sequence[Known]]) -> str:
    """Which index is the highest and which the lowest in the newest issue of which more than one value is known."""
    values: dict[int, dict[str, Score]] = {}
    numbers = {entry.issue: entry.number for history in entries.values() for entry in history}
    for label, history in entries.items():
        for entry in history:
            if entry.value is not None:
                values.setdefault(entry.issue, {})[label] = entry.value
    issues = [issue for issue, of in sorted(values.items()) if len(of) > 1]
    if not issues:
        return gettext("All indices over time")
    of, number = values[issues[-1]], numbers[issues[-1]]
    highest, lowest = ([label for label in of if of[label] == end(of.values())] for end in (max, min))
    if highest == lowest:
        return gettext("In № %(number)s all known indices stand at %(value)s", number=number, value=signed(of[highest[0]]))
    return ngettext(
        "In № %(number)s %(highest)s stands highest of the known values (%(high)s), %(lowest)s lowest (%(low)s)",
        "In № %(number)s %(highest)s stand highest of the known values (%(high)s), %(lowest)s lowest (%(low)s)",
        len(highest),
        number=number,
        highest=listed(highest),
        high=signed(of[highest[0]]),
        lowest=listed(lowest),
        low=signed(of[lowest[0]]),
    )


def points(label: str, entries: Sequence[Known], summary: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, what is known, and the extremes."""
    ends = []
    if len([entry for entry in entries if entry.value is not None]) > 1:
        highest, lowest = (_extreme(entries, end) for end in (1, -1))
        ends = [
            gettext("Highest: %(value)s (№ %(issues)s).", value=highest[0], issues=highest[1]),
            gettext("Lowest: %(value)s (№ %(issues)s).", value=lowest[0], issues=lowest[1]),
        ]
    return (
        (gettext("What it shows"), (full_stop(finding(label, entries)),)),
        (gettext("What is known"), (summary,)),
        *([(gettext("Extremes"), tuple(ends))] if ends else []),
    )


def _extreme(entries: Sequence[Known], end: int) -> tuple[str, str]:
    """The highest value, or with -1 the lowest, and the issues that have it."""
    values = [(entry.value, entry.number) for entry in entries if entry.value is not None]
    value = max((value for value, _ in values), key=lambda value: value * end)
    return signed(value), listed([number for other, number in values if other == value])


def points_of_all(claim: str, summary: str, entries: Mapping[str, Sequence[Known]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claim, what is known, and the last value of each index.

    Args:
        entries: What is known of each index, by its label.
    """
    return (
        (gettext("What it shows"), (full_stop(claim),)),
        (gettext("What is known"), (summary,)),
        (gettext("Last known values"), tuple(full_stop(finding(label, history)) for label, history in entries.items())),
    )


def sentence(label: str, entries: Sequence[Known]) -> str:
    """What is known, how much is not, and where the known values lie."""
    valued = [entry for entry in entries if entry.value is not None]
    bands = [
        gettext("%(value)s (№ %(number)s)", value=entry.band.label, number=entry.number)
        for entry in entries
        if entry.value is None and entry.band
    ]
    return sentences(
        full_stop(_extent(label, entries, len(entries) - len(valued) - len(bands))),
        _values(valued) if valued else "",
        gettext("Only the band is known: %(bands)s.", bands=listed(bands)) if bands else "",
    )


def _extent(label: str, entries: Sequence[Known], unknown: int) -> str:
    """In how many issues the index is known."""
    if len(entries) == 1:
        return gettext("%(label)s: known in № %(number)s only", label=label, number=entries[0].number)
    extent = ngettext(
        "%(label)s: known in %(known)s of %(num)s issue from № %(first)s to № %(last)s",
        "%(label)s: known in %(known)s of %(num)s issues from № %(first)s to № %(last)s",
        len(entries),
        label=label,
        known=len(entries) - unknown,
        first=entries[0].number,
        last=entries[-1].number,
    )
    if unknown == 1:
        return commas([extent, gettext("unknown in the other")])
    return commas([extent, ngettext("unknown in the %(num)s other", "unknown in the %(num)s others", unknown) if unknown else ""])


def _values(valued: Sequence[Known]) -> str:
    """All values, or the highest, the lowest and the last."""
    chosen = _ends(valued)
    values = listed([gettext("%(value)s (№ %(number)s)", value=signed(entry.value), number=entry.number) for entry in chosen])
    if len(chosen) < len(valued):
        return gettext("Highest, lowest and last value, by issue: %(values)s.", values=values)
    return ngettext("Value: %(values)s.", "Values: %(values)s.", len(valued), values=values)


def _ends(valued: Sequence[Known]) -> list[Known]:
    """All known values, or of many the highest, the lowest and the last."""
    if len(valued) <= FEW:
        return list(valued)
    chosen = [max(valued, key=lambda entry: entry.value or 0), min(valued, key=lambda entry: entry.value or 0), valued[-1]]
    return sorted(set(chosen), key=lambda entry: entry.issue)


def overview(histories: dict[str, tuple[Known, ...]], span: tuple[int, int]) -> str:
    """How many values of how many indices are known; a band without a value is no value."""
    every = [entry for entries in histories.values() for entry in entries]
    values = sum(entry.value is not None for entry in every)
    bands = sum(entry.value is None and entry.band is not None for entry in every)
    issues = len({entry.issue for entry in every if entry.value is not None or entry.band})
    total = len({entry.issue for entry in every})
    numbers = {entry.issue: entry.number for entry in every}
    first, last = (numbers[issue] for issue in span)
    what = ngettext("%(num)s value", "%(num)s values", values)
    if bands:
        without = ngettext("%(num)s band without a value", "%(num)s bands without a value", bands)
        what = gettext("%(values)s and %(bands)s", values=what, bands=without)
    main = ngettext(
        "%(course)s, %(what)s is known %(indices)s, %(issues)s",
        "%(course)s, %(what)s are known %(indices)s, %(issues)s",
        values + bands,
        course=gettext("From № %(first)s to № %(last)s", first=first, last=last) if total > 1 else gettext("In № %(number)s", number=first),
        what=what,
        indices=ngettext("of %(num)s index", "of %(num)s indices", len(histories)),
        issues=ngettext("from %(known)s of %(num)s issue", "from %(known)s of %(num)s issues", total, known=issues),
    )
    return sentences(full_stop(semicolons([main, _silent(total - issues)])), gettext("Lines join neighbouring issues only."))


def _silent(issues: int) -> str:
    """Of how many issues nothing is known."""
    if issues == 1:
        return gettext("nothing is known of the other one")
    return ngettext("nothing is known of the other %(num)s", "nothing is known of the other %(num)s", issues) if issues else ""
