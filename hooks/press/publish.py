"""Publish what is new: check, plan, build, commit in a scratch repository, push once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hooks.press import archive, builders, git, scratch
from hooks.press import site as press
from hooks.press.archive import Ledger
from hooks.press.git import Branch
from hooks.press.work import Work, inputs
from macros.book import Book, bind
from macros.load import load
from macros.problems import BarometerError, DataError, Problem
from macros.validate import row_problems

TRIES = 40
"""How often a publisher begins again because another one was quicker."""


@dataclass(frozen=True)
class Options:
    """What a person asked for.

    Attributes:
        remote: Name or address of the remote.
        branch: Name of the served branch.
        dry_run: Say what would happen, and do nothing.
    """

    remote: str = "origin"
    branch: str = "gh-pages"
    dry_run: bool = False


def publish(root: Path, options: Options, report: Callable[[str], None] = print) -> None:
    """Publish everything that is new, or nothing at all.

    Args:
        root: The repository.
        options: Where to, and whether in earnest.
        report: Told what happens, line by line.

    Raises:
        DataError: Data, pages, plan, archive or finished pages hold faults.
        BarometerError: Git or MkDocs could not do its part.
    """
    try:
        with git.fetched(root, options.remote, options.branch) as branch:
            book = _checked(root, branch, report)
            if not options.dry_run:
                _all_committed(root)
            _publish_onto(branch, root, book, options, report)
    except (git.GitError, builders.BuildError) as error:
        raise BarometerError(f"nothing was published: {error}") from None
    except OSError as error:
        raise BarometerError(f"nothing was published: {scratch.said(error)}") from None


def _checked(root: Path, branch: Branch, report: Callable[[str], None]) -> Book:
    """The book; where rows do not add up, what they change in published editions is told in the same run."""
    ledger = archive.read_ledger(branch)
    try:
        return press.check(root, partial(_frozen, ledger)).book
    except DataError as error:
        files = load(root)
        book = bind(files, ()) if not row_problems(files) else None
        changed = Work(root, book, branch, "", report).plan().problems if book else ()
        raise DataError([*error.problems, *changed]) from None


def _frozen(ledger: Ledger, book: Book) -> set[str]:
    """Addresses of the publications that are published as they stand."""
    return {one.address for one in book.volumes if one.address in ledger and inputs(book, one) == ledger[one.address][-1].inputs}


def _all_committed(root: Path) -> None:
    message = "is not committed; an edition names the commit that it was made from"
    problems = [Problem(path, 1, "file", message) for path in git.unsaved(root)]
    if problems:
        raise DataError(problems)


def _publish_onto(branch: Branch, root: Path, book: Book, options: Options, report: Callable[[str], None]) -> None:
    refusal = ""
    for attempt in range(TRIES):
        work = Work(root, book, branch, git.head_of(root), report)
        if not work.prepare(options.dry_run):
            return
        try:
            branch.push()
        except git.RejectedError as error:
            refusal = str(error)
            report("somebody else published at the same time; beginning again from what they published")
            time.sleep(0.05 * (attempt % 7))
            branch.fetch()
        else:
            report(f"pushed to {options.branch}")
            return
    raise git.GitError(f"tried {TRIES} times while others published; run again; {refusal}")
