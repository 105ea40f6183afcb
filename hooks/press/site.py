"""The whole site, as it will be deployed: portal, covers and newest editions, in one folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hooks.press import bag, branch, builders, pdf, proof, roots
from hooks.press.builders import BuildError
from hooks.press.stamps import stamps
from macros.book import Book, bind
from macros.load import load
from macros.pages import check_pages
from macros.problems import DataError, Problem
from macros.target import Target
from macros.validate import validate


@dataclass(frozen=True)
class Checked:
    """What a check looked at."""

    book: Book
    pages: int
    rows: int


def check(root: Path, frozen: Callable[[Book], Collection[str]] = lambda _: ()) -> Checked:
    """Check all data and all pages.

    Args:
        root: The repository.
        frozen: Says of which publications nothing will be built, because they are published as they
            stand; their pages were checked then.

    Returns:
        What was checked.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    files = load(root)
    problems = validate(files)
    book = bind(files, problems)
    if book:
        doubtful = files.folders.keys() - {volume.address for volume in book.volumes}
        problems += check_pages(root, book, doubtful, frozen(book) if not problems else ())
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
    make(root, fresh, wanted, report, pdf.printable(wanted, report), book)
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
    place = places_of(root, [target], printed)[target]
    error = "" if place.is_dir() else builders.build_one(book, place, target, printed)
    if error:
        raise BuildError(f"{target}: {error}")
    shutil.copytree(place, out)
    bag.pack_into(book, book.volume(address), out, branch.commit_of(root))


def dress(root: Path, book: Book, site: Path, wanted: Iterable[Target]) -> None:
    """Add what publishing adds: records, lists of editions, `latest/`, root files.

    Args:
        root: The repository.
        book: The book.
        site: The site, built.
        wanted: What it is made of.
    """
    commit = branch.commit_of(root)
    records = []
    for target in (one for one in wanted if one.kind == "edition"):
        record = bag.complete(book, book.volume(target.address), site / target.path, commit)
        roots.lay_latest(site, [record])
        records.append(record)
    for path, content in roots.root_files(book, records).items():
        (site / path).write_bytes(content)


def places_of(root: Path, wanted: Iterable[Target], printed: Collection[str] = ()) -> dict[Target, Path]:
    """Where targets are kept once they are built.

    Args:
        root: The repository.
        wanted: What is built.
        printed: Editions that have a PDF.

    Returns:
        For each a folder of the cache, named after everything that the target depends on.
    """
    built = root / ".cache" / "built"
    return {target: built / str(target).replace("/", "-") / stamp for target, stamp in stamps(root, wanted, printed).items()}


def make(
    root: Path,
    site: Path,
    wanted: Iterable[Target],
    report: Callable[[str], None] = print,
    printed: Collection[str] = frozenset(),
    book: Book | None = None,
    within: ProcessPoolExecutor | None = None,
) -> None:
    """Put some targets into a site; what was built before from the same inputs is not built again.

    Args:
        root: The repository.
        site: The folder; parts that are not wanted stay as they are.
        wanted: What to put there.
        report: Told of each part that is built.
        printed: Paths of the editions that have a PDF; those that are built here get one.
        book: The book; where none is given, the builders open it, with the code as it is on the disk now.
        within: Processes to build in; fresh ones where none are given.

    Raises:
        BuildError: MkDocs refused a page.
    """
    places = places_of(root, wanted, printed)
    for target in builders.build(root, {target: place for target, place in places.items() if not place.is_dir()}, printed, book, within):
        report(f"built {target}")
    for target, place in places.items():
        _put(place, site, target)


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
