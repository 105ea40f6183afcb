"""What stood on a page in an earlier edition and stands there no more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from macros.render.desk import Desk
from macros.render.html import render
from macros.target import edition_path

FOOT = '<footer class="page-foot"'
"""Where the text of a page ends."""


def ids_of_text(page: str) -> list[str]:
    """The ids in the text of a finished page, without the tombstones of still earlier ones."""
    article = page.partition("<article")[2].partition("</aside>")[2].partition(FOOT)[0]
    tags = re.findall(r'<[^>]*\sid="([^"]+)"([^>]*)>', article)
    return [name for name, rest in tags if "data-gone" not in rest and name != "no-longer-here"]


def gone(desk: Desk, url: str, ids: Mapping[str, int]) -> str:
    """Tombstones of ids.

    Args:
        desk: The desk of an edition.
        url: URL of the page within the edition.
        ids: Each id, and the newest edition that had it.

    Returns:
        A section in which each id stands again, and leads to that edition.
    """
    address = desk.here.address
    rows = [(name, number, f"{desk.permalink(edition_path(address, number))}{url}#{name}") for name, number in ids.items()]
    return render("gone", rows=[row for row in rows if not _within(row[0])], silent=[name for name in ids if _within(name)])


def _within(name: str) -> bool:
    """Whether an id is of the inside of something: of a note, its number in the text, or the title of a chart. Nobody cites these."""
    return name.startswith(("fn:", "fnref:")) or name.endswith("-title")
