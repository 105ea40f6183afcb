"""What keeps the publications: who has copies, how to take one, what the last drill gave."""

from __future__ import annotations

from macros import words
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.target import archive_name


def preservation(context: BuildContext) -> str:
    """Copies, the lines that take another, the archive file of each newest edition, the last drill."""
    book = context.book
    archives = []
    for volume in book.published:
        if volume.publication.status != "withdrawn":
            name = archive_name(book.own_title, volume.address, volume.edition.number)
            archives.append((words.label(volume), volume.edition.number, name, context.link(f"{context.home(volume)}{name}")))
    return render(
        "preservation",
        series=book.series,
        copies=sorted(book.preservation.copies, key=lambda copy: copy.since),
        drill=max(book.preservation.drills, key=lambda drill: drill.date, default=None),
        archives=archives,
    )
