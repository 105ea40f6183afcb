"""The whole site, as it will be deployed: portal, covers and newest editions, in one folder."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from hooks.press import proof
from macros.book import Book, bind
from macros.load import load
from macros.pages import check_pages
from macros.problems import BarometerError, DataError
from macros.target import Target
from macros.validate import validate

PRELOAD = [
    "pandas",
    "altair",
    "narwhals",
    "vl_convert",
    "pydantic",
    "mkdocs.commands.build",
    "material.plugins.search.plugin",
    "mkdocs_macros.plugin",
]
"""What a fresh process would spend its first second importing: the libraries, never our own code."""


class BuildError(BarometerError):
    """MkDocs refused a page; the message is its own."""


@dataclass(frozen=True)
class Checked:
    """What a check looked at."""

    book: Book
    pages: int
    rows: int


def check(root: Path) -> Checked:
    """Check all data and all pages.

    Args:
        root: The repository.

    Returns:
        What was checked.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    files = load(root)
    problems = validate(files)
    book = bind(files, problems)
    if book:
        problems += check_pages(root, book, files.folders.keys() - {volume.address for volume in book.volumes})
    if problems or not book:
        raise DataError(problems)
    rows = sum(len(one.events) + len(one.incidents) + len(one.trade) + len(one.figures) for one in book.volumes)
    return Checked(book, len(list((root / "docs").rglob("*.md"))), rows)


def targets(book: Book, drafts: bool = False) -> list[Target]:
    """Everything that the site is made of: editions, covers, the portal; drafts too in a preview."""
    shown = [volume for volume in book.volumes if drafts or volume.publication.status != "draft"]
    editions = [Target("edition", volume.address, volume.edition.number) for volume in shown]
    return [*editions, Target("portal"), *(Target("cover", volume.address) for volume in shown)]


def build(root: Path, site: Path, report: Callable[[str], None] = print) -> None:
    """Check everything, build everything into a new folder, proofread it, then put it in place.

    Args:
        root: The repository.
        site: Where the site goes; replaced as a whole, or left alone if anything is wrong.
        report: Told of each part that is done.

    Raises:
        DataError: The data, the pages or the finished site hold faults.
        BuildError: MkDocs refused a page.
    """
    book = check(root).book
    fresh = root / ".cache" / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    make(root, fresh, targets(book), report)
    problems = proof.proofread(fresh)
    if problems:
        raise DataError(problems)
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def make(root: Path, site: Path, wanted: Iterable[Target], report: Callable[[str], None] = print) -> None:
    """Build some targets into a site, each in a process of its own.

    Args:
        root: The repository.
        site: The folder; parts that are not built stay as they are.
        wanted: What to build.
        report: Told of each part that is done.

    Raises:
        BuildError: MkDocs refused a page.
    """
    site.mkdir(parents=True, exist_ok=True)
    with workers() as pool:
        running = {pool.submit(make_one, root, site, target): target for target in wanted}
        for done in as_completed(running):
            error = done.result()
            if error:
                raise BuildError(f"{running[done]}: {error}")
            report(f"built {running[done]}")


def workers() -> ProcessPoolExecutor:
    """Processes that have the libraries in memory and import our own code anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context)


def make_one(root: Path, site: Path, target: Target) -> str:
    """Build one target with MkDocs.

    Args:
        root: The repository.
        site: The folder of the whole site.
        target: What to build.

    Returns:
        Nothing, or what was wrong.
    """
    os.environ["BAROMETER_TARGET"] = "" if target.kind == "portal" else str(target)
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    place = root / ".cache" / "build" / str(target)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(place))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        _put(place, site, target)
    except (MkDocsException, SystemExit) as error:
        return "\n".join([*messages.lines, str(error)])
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
        shutil.rmtree(place, ignore_errors=True)
    return ""


def _put(built: Path, site: Path, target: Target) -> None:
    """Put what was built where it belongs: an edition as a folder, a cover as one page, the portal around them."""
    if target.kind == "edition":
        shutil.rmtree(site / target.path, ignore_errors=True)
        (site / target.address).mkdir(parents=True, exist_ok=True)
        built.rename(site / target.path)
    elif target.kind == "cover":
        (site / target.address).mkdir(parents=True, exist_ok=True)
        shutil.copy(built / target.address / "index.html", site / target.address / "index.html")
    else:
        shutil.copytree(built, site, dirs_exist_ok=True)


class _Messages(logging.Handler):
    """Keeps the warnings of a build, to be shown if it fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
