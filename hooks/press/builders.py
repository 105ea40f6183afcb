"""The processes that build, one target at a time, with the libraries in memory and the book at hand."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from hooks.press import forge, pdf, scratch
from macros.book import Book, open_book
from macros.problems import BarometerError
from macros.register import desk_of
from macros.target import Target

_at_hand: dict[Path, Book] = {}
"""In a builder: the book, opened or handed over once for all that it builds."""


class BuildError(BarometerError):
    """MkDocs refused a page; the message is its own."""


def pool(root: Path, book: Book | None = None) -> ProcessPoolExecutor:
    """Processes that have the libraries in memory.

    Args:
        root: The repository.
        book: Its book, which they have in memory too if this process may be forked; where not, each opens it for itself.

    Returns:
        The processes, to be left by `with`.
    """
    if book and forge.lender():
        forge.load()
        _at_hand[root] = book
        context: Any = multiprocessing.get_context("fork")
    else:
        forge.begin()
        context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context, initializer=_begin)


def _begin() -> None:
    forge.keep()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A builder whose command is killed would wait for its next target for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def build(
    root: Path,
    places: Mapping[Target, Path],
    printed: Collection[str] = (),
    book: Book | None = None,
    within: ProcessPoolExecutor | None = None,
) -> Iterator[Target]:
    """Build some targets, as many at once as the machine has processors.

    Args:
        root: The repository.
        places: Each target, and the folder for what is built.
        printed: Paths of the editions that have a PDF; those that are built here get one.
        book: The book, where it is open.
        within: Processes that are there already; the book is of no use to them.

    Yields:
        Each target that is done.

    Raises:
        BuildError: MkDocs refused a page.
    """
    if not places:
        return
    with nullcontext(within) if within else pool(root, book) as processes:
        running = {processes.submit(_build, root, place, target, frozenset(printed)): target for target, place in places.items()}
        for done in as_completed(running):
            try:
                error = done.result()
            except BrokenProcessPool:
                for child in multiprocessing.active_children():  # some versions of Python leave the others waiting
                    child.kill()
                error = "the process that built it was killed, perhaps for want of memory"
            if error:
                raise BuildError(f"{running[done]}: {error}")
            yield running[done]


def _build(root: Path, place: Path, target: Target, printed: frozenset[str]) -> str:
    if root not in _at_hand:
        _at_hand[root] = open_book(root)
    return build_one(_at_hand[root], place, target, printed)


def build_one(book: Book, place: Path, target: Target, printed: frozenset[str]) -> str:
    """Build one target with MkDocs.

    Args:
        book: The book.
        place: Folder for what is built; it is there only if all went well. Its older neighbours go.
        target: What to build.
        printed: Paths of the editions that have a PDF.

    Returns:
        Nothing, or what was wrong.
    """
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    scratch.sweep(place.parent, "fresh")
    fresh = place.with_name(f"fresh-{os.getpid()}")
    try:
        drawing = _pages(book, fresh, target, printed)
        if target.path in printed:
            pdf.write(book, target, fresh)
        if drawing:
            drawing.result()
        if not place.is_dir():  # a run that was killed may have left a builder that came first
            fresh.rename(place)
    except (MkDocsException, SystemExit) as error:
        return "\n".join([*messages.lines, str(error)])
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
        shutil.rmtree(fresh, ignore_errors=True)
    for old in place.parent.iterdir():
        if old != place and not old.name.startswith("fresh-"):
            shutil.rmtree(old, ignore_errors=True)
    return ""


def _pages(book: Book, folder: Path, target: Target, printed: frozenset[str]) -> Future[None] | None:
    """Let MkDocs make the pages of a target; their pictures of dots may still be drawn beside what follows."""
    os.environ["BAROMETER_TARGET"] = "" if target.kind == "portal" else str(target)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch(book, target))
    config = load_config(str(book.root / "mkdocs.yml"), site_dir=str(folder))
    config.extra["book"], config.extra["printed"] = book, printed
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()
    return desk_of(config).drawing


def epoch(book: Book, target: Target) -> int:
    """The moment that MkDocs takes for now: midnight of the edition's date, on living pages of the newest edition's."""
    volumes = [book.volume(target.address)] if target.address else book.volumes
    day = max((volume.edition.date for volume in volumes), default=date(1980, 1, 1))
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


class _Messages(logging.Handler):
    """Keeps the warnings of a build, to be shown if it fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().partition("\n```")[0])  # mkdocs-macros adds its traceback after the words
