"""The whole site, as it will be deployed: portal, covers and newest editions, in one folder."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from hooks.press import bag, git, manifest, pdf, proof, roots, scratch
from hooks.press.stamps import stamp
from macros.book import Book, Volume, bind, open_book
from macros.load import load
from macros.pages import check_pages
from macros.problems import BarometerError, DataError, Problem
from macros.target import Target
from macros.validate import validate

PRELOAD = [
    "pandas",
    "altair",
    "narwhals",
    "vl_convert",
    "openpyxl",
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
    editions = [Target("edition", one.address, one.edition.number) for one in shown if one.publication.status != "withdrawn"]
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
    wanted = targets(book)
    make(root, fresh, wanted, report, pdf.printable(wanted, report))
    dress(root, book, fresh, wanted)
    problems = proof.proofread(fresh)
    if problems:
        raise DataError(problems)
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def build_edition(root: Path, address: str, out: Path, report: Callable[[str], None] = print) -> None:
    """Build the newest edition of one publication, checked, without its record.

    Args:
        root: The repository.
        address: Address of the publication.
        out: Where it goes.
        report: Told what cannot be built here.

    Raises:
        DataError: Something is wrong, or there is no such publication.
        BuildError: MkDocs refused a page.
    """
    book = check(root).book
    if address not in {volume.address for volume in book.volumes}:
        raise DataError([Problem(f"data/{address}", 1, "file", "is no publication")])
    target = Target("edition", address, book.volume(address).edition.number)
    printed = pdf.printable([target], report)
    place = place_of(root, target, printed)
    error = "" if place.is_dir() else make_one(root, place, target, printed)
    if error:
        raise BuildError(f"{target}: {error}")
    shutil.copytree(place, out)


def dress(root: Path, book: Book, site: Path, wanted: Iterable[Target]) -> None:
    """Add what mike and the press add when they publish: records, lists of editions, `latest/`, root files.

    Args:
        root: The repository.
        book: The book.
        site: The site, built.
        wanted: What it is made of.
    """
    commit = git.commit_of(root)
    records = []
    for target in (one for one in wanted if one.kind == "edition"):
        record = manifest.record_of(book, book.volume(target.address), commit)
        manifest.seal(site / target.path, record)
        roots.lay_latest(site, record)
        records.append(record)
    for path, content in roots.root_files(book, records).items():
        (site / path).write_bytes(content)


def place_of(root: Path, target: Target, printed: Collection[str] = ()) -> Path:
    """Where a target is kept once it is built.

    Args:
        root: The repository.
        target: What is built.
        printed: Editions that have a PDF.

    Returns:
        A folder of the cache, named after everything that the target depends on.
    """
    return root / ".cache" / "built" / str(target).replace("/", "-") / stamp(root, target, printed)


def make(
    root: Path, site: Path, wanted: Iterable[Target], report: Callable[[str], None] = print, printed: Collection[str] = frozenset()
) -> None:
    """Put some targets into a site; what was built before from the same inputs is not built again.

    Args:
        root: The repository.
        site: The folder; parts that are not wanted stay as they are.
        wanted: What to put there.
        report: Told of each part that is built.
        printed: Paths of the editions that have a PDF; those that are built here get one.

    Raises:
        BuildError: MkDocs refused a page.
    """
    places = {target: place_of(root, target, printed) for target in wanted}
    with workers() as pool:
        new = {target: place for target, place in places.items() if not place.is_dir()}
        running = {pool.submit(make_one, root, place, target, frozenset(printed)): target for target, place in new.items()}
        for done in as_completed(running):
            try:
                error = done.result()
            except BrokenProcessPool:
                for child in multiprocessing.active_children():  # some versions of Python leave the others waiting
                    child.kill()
                error = "the process that built it was killed, perhaps for want of memory"
            if error:
                raise BuildError(f"{running[done]}: {error}")
            report(f"built {running[done]}")
    for target, place in places.items():
        _put(place, site, target)


def workers() -> ProcessPoolExecutor:
    """Processes that have the libraries in memory and import our own code anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context)


def make_one(root: Path, place: Path, target: Target, printed: frozenset[str]) -> str:
    """Build one target with MkDocs.

    Args:
        root: The repository.
        place: Folder for what is built; it is there only if all went well. Its older neighbours go.
        target: What to build.
        printed: Paths of the editions that have a PDF.

    Returns:
        Nothing, or what was wrong.
    """
    os.environ["BAROMETER_TARGET"] = "" if target.kind == "portal" else str(target)
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    scratch.sweep(place.parent, "fresh")
    fresh = place.with_name(f"fresh-{os.getpid()}")
    try:
        book = open_book(root)
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch(book, target))
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(fresh))
        config.extra["book"], config.extra["printed"] = book, printed
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        if target.kind == "edition":
            if target.path in printed:
                pdf.write(book, target, fresh)
            finish(book, book.volume(target.address), fresh)
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


def finish(book: Book, volume: Volume, folder: Path) -> None:
    """Add to an edition what is made of all that stands in it: its source, and last its archive file.

    Args:
        book: The book.
        volume: The publication.
        folder: Its newest edition, fresh from MkDocs.
    """
    (folder / manifest.SOURCE).write_bytes(manifest.pack_source(book, volume))
    (folder / bag.name_of(book, volume)).write_bytes(bag.pack(book, volume, folder))


def epoch(book: Book, target: Target) -> int:
    """The moment that MkDocs takes for now: midnight of the edition's date, on living pages of the newest edition's."""
    volumes = [book.volume(target.address)] if target.address else book.volumes
    day = max(volume.edition.date for volume in volumes)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _put(built: Path, site: Path, target: Target) -> None:
    """Put what was built where it belongs: an edition as a folder, a cover as a page and its linkset, the portal around them."""
    if target.kind == "cover":
        (site / target.address).mkdir(parents=True, exist_ok=True)
        for name in ("index.html", "linkset.json"):
            shutil.copy(built / target.address / name, site / target.address / name)
        return
    if target.kind == "edition":
        shutil.rmtree(site / target.path, ignore_errors=True)
    shutil.copytree(built, site / target.path, dirs_exist_ok=True)


class _Messages(logging.Handler):
    """Keeps the warnings of a build, to be shown if it fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().partition("\n```")[0])  # mkdocs-macros adds its traceback after the words
