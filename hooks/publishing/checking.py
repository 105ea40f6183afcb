"""`barometer check`: of everything or of one publication, once or whenever a file is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import watchfiles

from hooks.publishing import build
from hooks.publishing.status_command import concerns
from macros import check_translations, release
from macros.load import load
from macros.problems import DataError, Problem, counted, no_publication
from macros.text_files import passed_over


def check(root: Path, only: str, for_release: bool, today: date) -> tuple[Sequence[Problem], str]:
    """Check data and pages, and where that is asked what stands in the way of publishing.

    Args:
        only: Address of one publication, whose findings alone are wanted; empty for everything.
        for_release: Whether what stands in the way of publishing is asked too.
        today: The day on which it would be published.

    Returns:
        The findings, and in words what was looked at, for where there are none.
    """
    addresses = load(root).folders.keys() if only else ()
    if only and only not in addresses:
        return [no_publication(only, addresses)], ""
    try:
        done = build.check(root)
    except DataError as error:
        asked = [problem for problem in error.problems if not only or concerns(problem, only)]
        return asked, f"no findings in {only}; {len(error.problems)} elsewhere"
    book = done.book
    volumes = [volume for volume in book.volumes if only in ("", volume.address)]
    waiting = release.unfinished(done.files, book, volumes, today) if for_release else []
    waiting += release.unused_sources(done.files, book) if for_release and not only else []
    publications = counted(len(volumes), "publication")
    summary = f"checked {publications}, {done.rows} rows, {len(book.sources)} sources, {done.pages} pages: no findings"
    if done.files.marked:
        summary += f"\npassed over the byte order mark of Excel's CSV UTF-8 in {', '.join(done.files.marked)}"
    outdated = check_translations.outdated(root, book, only or None)
    if outdated:  # it stops nothing
        summary = "\n".join([summary, f"{counted(len(outdated), 'paragraph')} to translate anew:", *map(str, outdated)])
    return waiting, summary


def saves(root: Path) -> Iterator[None]:
    """Tell of the present state of data and pages, and again whenever a file of them is saved."""
    yield
    for changes in watchfiles.watch(root / "data", root / "docs", raise_interrupt=False):
        if not all(passed_over(Path(path)) for _, path in changes):
            yield
