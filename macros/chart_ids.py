"""Which charts of the pages that are built together would have the same id, and the same files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.calls import Call
from macros.problems import Problem

COMPARED = "figures"
"""The chart of figures of several publications: its id has the first figure's alone, and stays so, because it is published."""


def same_ids(pages: Iterable[tuple[str, list[Call]]]) -> Iterator[Problem]:
    """Find charts that compare different figures and have one id.

    Args:
        pages: Each page of the portal, or of one publication: its path and macro calls.
    """
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, listed in pages:
        for call in listed:
            named = _compared(call)
            if not named:
                continue
            figure, position = named[0].rpartition(":")[2], f"{name}:{call.line}"
            first, others = seen.setdefault(figure, (position, named))
            if others != named:
                message = f"chart('{COMPARED}') has the id of its first figure, '{figure}', as has the chart in {first} that shows others"
                yield Problem(name, call.line, "macro", f"{message}; name another figure first, or give the figure another id")


def _compared(call: Call) -> tuple[str, ...]:
    """The figures that a call compares, in order; none of another call."""
    given = dict(zip(("chart", "figures"), call.arguments, strict=False)) | call.named
    if call.name != "chart" or given.get("chart") != COMPARED:
        return ()
    listed = str(given.get("figures", ""))
    return tuple(word.strip() for word in listed.split(",") if word.strip())
