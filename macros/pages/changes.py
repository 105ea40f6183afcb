"""What an edition changed, as readers see it: on covers, on the page of corrections, in the edition."""

from __future__ import annotations

from collections.abc import Callable

from macros.changes import Changes, RowChange, excerpt, summary
from macros.pages.catalogue import SHAPES
from macros.pages.html import render


def changes(difference: Changes, link: Callable[[RowChange], str | None], name: str = "") -> str:
    """The difference between two editions: a sentence, then indices, rows, shared entries and pages.

    Args:
        link: Where a row stands, seen from the page; None where it stands nowhere. Rows that are
            gone, and differences of order alone, are not asked for.
        name: What is told apart where one page shows several, such as `№ 19, edition 2`;
            the title of the publication where it is empty.

    Returns:
        HTML without headings and ids, so that it may stand anywhere, and more than once.
    """
    rows = [(row, link(row) if row.id and row.what != "removed" else None) for row in difference.rows]
    return render(
        "changes",
        changes=difference,
        rows=rows,
        about=name or difference.title,
        summary=summary(difference),
        excerpt=excerpt,
        shapes=SHAPES,
    )
