"""The processes that build, one target at a time: the same on every system, in commands and in tests."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from hooks.publishing import pdf, work_folders
from macros.book import Book
from macros.language import in_language
from macros.problems import BarometerError
from macros.target import Target
from macros.translated_book import in_translation

T = TypeVar("T")


class BuildError(BarometerError):
    """MkDocs refused a page; the message is its own."""


LOADED = ["hooks.publishing.workers", "mkdocs_macros.plugin"]
"""What a fresh process would spend its first seconds importing: this module with all that it needs, and the plugins of MkDocs."""


def pool(number: int | None = None, patient: bool = False) -> ProcessPoolExecutor:
    """Make a pool of processes, to be left by `with`.

    They are started as Python does by default since 3.14: by a server that has imported what they need and does nothing
    else, where the system knows that, and by themselves elsewhere. None is a copy of this process: vl-convert draws in
    threads, which a copy would lack.

    Args:
        number: How many there are at most; as many as the machine has processors where it is not said.
        patient: Whether all other processes come first, where the system knows that.
    """
    served = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if served else "spawn")
    if served:
        context.set_forkserver_preload(LOADED)
    return ProcessPoolExecutor(number, context, _begin, (patient,))


def _begin(patient: bool) -> None:
    _end_with_parent()
    if patient and hasattr(os, "nice"):
        os.nice(5)


def _end_with_parent() -> None:
    """End this process when the one that it works for is killed.

    A worker waits for its next target at a pipe whose other end it holds itself, so it would wait for ever: a test
    kills a publisher and counts what is left.
    """

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


class Processes:
    """A pool of processes (see `pool`) that is made anew when one of them was killed."""

    def __init__(self, number: int | None = None, patient: bool = False) -> None:
        self._make = partial(pool, number, patient)
        self._pool = self._make()

    def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do some work in a process, and wait for what it gives."""
        return self._with_pool(lambda processes: processes.submit(work, *arguments).result())

    def build(self, packed: bytes, target: Target, folder: Path, printed: Collection[str]) -> None:
        """Build a target (see `build`).

        Args:
            packed: The book.
            folder: Folder for what is built.
            printed: Paths of the editions that have a PDF.
        """
        self._with_pool(lambda processes: list(build(packed, {target: folder}, printed, processes)))

    def close(self) -> None:
        """Leave the pool when what is being done in it is done."""
        self._pool.shutdown(cancel_futures=True)

    def _with_pool(self, work: Callable[[ProcessPoolExecutor], T]) -> T:
        try:
            return work(self._pool)
        except BrokenProcessPool:
            self._pool = self._make()
            return work(self._pool)


def build(packed: bytes, folders: Mapping[Target, Path], printed: Collection[str], processes: ProcessPoolExecutor) -> Iterator[Target]:
    """Build some targets, several at once.

    Args:
        packed: The book.
        folders: Each target, and the folder for what is built.
        printed: Paths of the editions that have a PDF; those that are built here get one.

    Yields:
        Each target that is done.

    Raises:
        BuildError: MkDocs refused a page.
    """
    running = {processes.submit(_build, packed, target, folder, frozenset(printed)): target for target, folder in folders.items()}
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


def build_all(book: Book, folders: Mapping[Target, Path], printed: frozenset[str]) -> Iterator[Target]:
    """Build some targets in processes of their own; one alone in this process, because to start another takes longer than it saves.

    Args:
        folders: Each target, and the folder for what is built.
        printed: Paths of the editions that have a PDF; those that are built here get one.

    Yields:
        Each target that is done.

    Raises:
        BuildError: MkDocs refused a page.
    """
    if len(folders) > 1:
        with pool() as processes:
            yield from build(pack(book), folders, printed, processes)
        return
    for target, folder in folders.items():
        if error := build_one(in_translation(book, target.language), target, folder, printed):
            raise BuildError(f"{target}: {error}")
        yield target


def _build(packed: bytes, target: Target, folder: Path, printed: frozenset[str]) -> str:
    return build_one(unpack(packed, target.language), target, folder, printed)


def pack(book: Book) -> bytes:
    """Pack a book in all its languages for other processes: to read and check all data again takes each of them five times as long."""
    return pickle.dumps({language: in_translation(book, language) for language in ("", *book.translations)})


def unpack(packed: bytes, language: str = "") -> Book:
    """Unpack a book in one of its languages; empty for its own."""
    return _books(packed)[language]


@lru_cache(maxsize=1)
def _books(packed: bytes) -> Mapping[str, Book]:
    """The books of all languages, unpacked once for all that a process builds from them."""
    books: Mapping[str, Book] = pickle.loads(packed)
    return books


def build_one(book: Book, target: Target, folder: Path, printed: frozenset[str]) -> str:
    """Build one target with MkDocs in this process.

    Args:
        folder: Folder for what is built; it is there only if all went well. Its older neighbours go.
        printed: Paths of the editions that have a PDF.

    Returns:
        Nothing, or what was wrong.
    """
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    work_folders.remove_abandoned(folder.parent, "fresh")
    fresh = folder.with_name(f"fresh-{os.getpid()}")
    try:
        with in_language(book.language(target.address)):
            _pages(book, target, fresh, printed)
            if target.path in printed:
                pdf.write(book, target, fresh)
        if not folder.is_dir():  # a run that was killed may have left a process that came first
            fresh.rename(folder)
    except (MkDocsException, SystemExit) as error:
        return "\n".join([*messages.lines, str(error)])
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
        shutil.rmtree(fresh, ignore_errors=True)
    for old in folder.parent.iterdir():
        if old != folder and not old.name.startswith("fresh-"):
            shutil.rmtree(old, ignore_errors=True)
    return ""


def _pages(book: Book, target: Target, folder: Path, printed: frozenset[str]) -> None:
    """Let MkDocs make the pages of a target."""
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch(book, target))  # what MkDocs takes for now
    config = load_config(str(book.root / "mkdocs.yml"), site_dir=str(folder))
    config.extra.update(book=book, target=target, printed=printed)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()


def epoch(book: Book, target: Target) -> int:
    """The moment that MkDocs takes for now: midnight of the edition's date, on living pages of the newest edition's."""
    volumes = [book.volume(target.address)] if target.address else book.volumes
    volumes = [volume for volume in volumes if not target.issues or volume.publication.number in target.issues]
    day = max((volume.edition.date for volume in volumes), default=date(1980, 1, 1))
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


class _Messages(logging.Handler):
    """Keeps the warnings of a build, to be shown if it fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().partition("\n```")[0])  # mkdocs-macros adds its traceback after the words
