"""What editions changed, as readers see it: in the edition, on covers, on the page of corrections."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from macros import archive, words
from macros.book import Volume
from macros.changes import Changes, RowChange, excerpt, summary
from macros.exports import changes_json
from macros.language import gettext
from macros.pages.catalogue import SHAPES
from macros.pages.context import BuildContext, row_path
from macros.pages.html import render


def corrections(context: BuildContext) -> str:
    """Every edition after a first one, of this publication or of all, with what it changed, the newest first; then what was withdrawn."""
    volumes = [context.volume] if context.volume else [volume for volume in context.book.volumes if not volume.draft]
    withdrawn = [volume for volume in volumes if volume.publication.status == "withdrawn"]
    rows = [
        {
            "edition": edition,
            "volume": volume,
            "link": context.link(f"{volume.address}/"),
            "changes": "" if volume in withdrawn else _changed(context, volume, edition.number),  # its rows are no longer shown
        }
        for volume in volumes
        for edition in volume.publication.editions[1:]
    ]
    withdrawals = [(volume, context.link(f"{volume.address}/")) for volume in withdrawn]
    return render("corrections", rows=sorted(rows, key=lambda row: row["edition"].date, reverse=True), withdrawals=withdrawals)


def changes(context: BuildContext) -> str:
    """What this edition changed in the one before it; the same as a file is collected."""
    volume = context.here
    edition = volume.numbered(context.target.edition or volume.edition.number)
    difference = archive.changes(context.book, volume, edition.number)
    context.collected.files[changes_json.NAME] = changes_json.write(volume.address, edition, difference)
    file = context.link(context.target.path + changes_json.NAME) if context.target.kind == "edition" else ""
    return render("edition_changes", edition=edition, changes=_changed(context, volume, edition.number), file=file)


def _changed(context: BuildContext, volume: Volume, number: int) -> str:
    """The differences between an edition and the one before it; nothing where there are none, or where none is before it."""
    difference = archive.changes(context.book, volume, number)
    if not difference:
        return ""

    def link(row: RowChange) -> str | None:
        with suppress(KeyError):
            return context.link(row_path(context, volume, row.id))
        return None

    return differences(difference, link, gettext("%(publication)s, edition %(number)s", publication=words.label(volume), number=number))


def differences(difference: Changes, link: Callable[[RowChange], str | None], name: str) -> str:
    """The difference between two editions: a sentence, then indices, rows, shared entries and pages.

    Args:
        link: Where a row stands, seen from the page; None where it stands nowhere. Rows that are
            gone, and differences of order alone, are not asked for.
        name: What is told apart where one page shows several, such as `№ 19, edition 2`.

    Returns:
        HTML without headings and ids, so that it may stand anywhere, and more than once.
    """
    rows = [(row, link(row) if row.id and row.what != "removed" else None) for row in difference.rows]
    return render("changes", changes=difference, rows=rows, about=name, summary=summary(difference), excerpt=excerpt, shapes=SHAPES)
