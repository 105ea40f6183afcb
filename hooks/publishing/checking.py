"""`barometer check`: of everything or of one publication, once or whenever a file is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import watchfiles

from hooks.publishing import build
from hooks.publishing.status_report import concerns
from macros import check_translations, release
from macros.load import load
from macros.problems import DataError, Problem, counted, no_publication
from macros.text_files import passed_over


@dataclass(frozen=True)
class Options:
    """What is asked.

    Attributes:
        only: Address of one publication; empty for everything.
        release: Whether what stands in the way of publishing is asked too.
        today: The day on which it would be published.
    """

    only: str
    release: bool
    today: date


@dataclass(frozen=True)
class Outcome:
    """What a check found, and what it looked at, in words."""

    problems: Sequence[Problem]
    summary: str


def check(root: Path, options: Options) -> Outcome:
    """Check data and pages, and where that is asked what stands in the way of publishing.

    Returns:
        The findings, those of other publications left out where only one is asked for.
    """
    addresses = load(root).folders.keys() if options.only else ()
    if options.only and options.only not in addresses:
        return Outcome([no_publication(options.only, addresses)], "")
    try:
        done = build.check(root)
    except DataError as error:
        asked = [problem for problem in error.problems if not options.only or concerns(problem, options.only)]
        return Outcome(asked, f"no findings in {options.only}; {len(error.problems)} elsewhere")
    book = done.book
    volumes = [volume for volume in book.volumes if options.only in ("", volume.address)]
    waiting = release.unfinished(done.files, book, volumes, options.today) if options.release else []
    waiting += release.unused_sources(done.files, book) if options.release and not options.only else []
    publications = counted(len(volumes), "publication")
    summary = f"checked {publications}, {done.rows} rows, {len(book.sources)} sources, {done.pages} pages: no findings"
    if done.files.marked:
        summary += f"\npassed over the byte order mark of Excel's CSV UTF-8 in {', '.join(done.files.marked)}"
    outdated = check_translations.outdated(root, book, options.only or None)
    if outdated:  # it stops nothing
        summary = "\n".join([summary, f"{counted(len(outdated), 'paragraph')} to translate anew:", *map(str, outdated)])
    return Outcome(waiting, summary)


def again_and_again(root: Path, options: Options) -> Iterator[Outcome]:
    """Check now, and again whenever a file of data or pages is saved."""
    yield check(root, options)
    for changes in watchfiles.watch(root / "data", root / "docs", raise_interrupt=False):
        if not all(passed_over(Path(path)) for _, path in changes):
            yield check(root, options)
