"""What stood on a page in an earlier edition and stands there no more."""

from __future__ import annotations

from collections.abc import Mapping

from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.target import edition_path

FOOT = '<footer class="page-foot"'
"""Where the text of a page ends."""


def gone(context: BuildContext, url: str, ids: Mapping[str, int]) -> str:
    """A section in which each id of earlier editions stands again, and leads to the newest edition that had it."""
    address = context.here.address
    rows = [(name, number, f"{context.permalink(edition_path(address, number))}{url}#{name}") for name, number in ids.items()]
    return render("gone", rows=[row for row in rows if not _within(row[0])], silent=[name for name in ids if _within(name)])


def _within(name: str) -> bool:
    """Whether an id is of the inside of something: of a note, its number in the text, or the title of a chart. Nobody cites these."""
    return name.startswith(("fn:", "fnref:")) or name.endswith("-title")
