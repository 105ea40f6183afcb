"""The whole site, as it will be deployed: portal, comparisons, covers and newest editions, in one folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from hooks.publishing import bag, branch, file_tree, fonts, link_check, pdf, search_index, site_files, workers
from hooks.publishing.build_key import build_keys, data_key
from hooks.publishing.manifest import Record
from macros import translated_pages
from macros.book import Book, read
from macros.check_pages import check_pages
from macros.comparison import neighbours
from macros.load import Files
from macros.problems import DataError, no_publication
from macros.target import ASSETS, Target


@dataclass(frozen=True)
class Checked:
    """What a check looked at; `key` is that of the data."""

    files: Files
    book: Book
    pages: int
    rows: int
    key: str


def check(root: Path, frozen: Callable[[Book], Collection[str]] = lambda _: ()) -> Checked:
    """Check all data and all pages; again where data were saved meanwhile, so that what is built from them is kept under their key.

    Args:
        frozen: Says of which publications nothing will be built, because they are published as they
            stand; their pages were checked then.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    key = data_key(root)
    files, problems, book = read(root)
    if book:
        doubtful = files.folders.keys() - {volume.address for volume in book.volumes}
        problems += check_pages(root, book, doubtful, frozen(book) if not problems else ())
    if problems or not book:
        raise DataError(problems)
    if data_key(root) != key:
        return check(root, frozen)
    rows = sum(len(volume.events) + len(volume.incidents) + len(volume.trade) + len(volume.figures) for volume in book.volumes)
    return Checked(files, book, len(list((root / "docs").rglob("*.md"))), rows, key)


def targets(book: Book, drafts: bool = False) -> list[Target]:
    """Everything that the site is made of: editions, the portal, comparisons, covers; drafts too in a preview."""
    shown = [volume for volume in book.volumes if drafts or not volume.draft]
    editions = [target for volume in shown if volume.publication.status != "withdrawn" for target in translated_pages.editions(volume)]
    compared = [Target("comparison", issues=pair) for pair in neighbours(book)]
    return [*editions, *portals(book), *compared, *(Target("cover", volume.address) for volume in shown)]


def portals(book: Book) -> list[Target]:
    """The portal, in its own language first."""
    return [Target("portal", language=language) for language in ("", *book.series.translations)]


def build_site(root: Path, site: Path, report: Callable[[str], None]) -> None:
    """Check everything, build everything into a new folder, check its links, then put it in place.

    Args:
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
    build_targets(book, fresh, wanted, pdf.printable(wanted, report), report)
    records = add_records(root, book, fresh, wanted)
    search_index.lay(book, fresh, records)
    problems = link_check.check_site(fresh)
    if problems:
        raise DataError(problems)
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def build_edition(root: Path, address: str, out: Path, report: Callable[[str], None]) -> None:
    """Build the newest edition of one publication, checked: a site of it alone.

    Args:
        report: Told what cannot be built here.

    Raises:
        DataError: Something is wrong, or there is no such publication.
        BuildError: MkDocs refused a page.
    """
    book = check(root).book
    volume = book.find(address)
    if volume is None:
        raise DataError([no_publication(address, [volume.address for volume in book.volumes])])
    wanted = translated_pages.editions(volume)
    build_targets(book, out, wanted, pdf.printable(wanted, report), report)
    bag.complete(book, volume, out, branch.commit_of(root))


def add_records(root: Path, book: Book, site: Path, wanted: Iterable[Target]) -> list[Record]:
    """Add what publishing adds: records, lists of editions, `latest/`, root files.

    Args:
        site: The site, built.
        wanted: What it is made of.

    Returns:
        The records of its editions.
    """
    commit = branch.commit_of(root)
    records = [add_record(book, site, target, commit) for target in wanted if target.kind == "edition" and not target.language]
    file_tree.write(site, site_files.root_files(book, records))
    return records


def add_record(book: Book, site: Path, edition: Target, commit: str) -> Record:
    """Add what publishing adds to one edition: its archive file, its record, `latest/`.

    Args:
        site: A site that holds the edition, built, with the shared assets.
        commit: The commit that it was made from; empty where it is none.
    """
    record = bag.complete(book, book.volume(edition.address), site, commit)
    site_files.lay_latest(book, site, [record])
    return record


def built_folders(root: Path, wanted: Iterable[Target], printed: Collection[str] = ()) -> dict[Target, Path]:
    """Where targets are kept once they are built.

    Args:
        printed: Editions that have a PDF.

    Returns:
        For each a folder of the cache, named after everything that the target depends on.
    """
    built = root / ".cache" / "built"
    return {target: built / str(target).replace("/", "-") / stamp for target, stamp in build_keys(root, wanted, printed).items()}


def build_targets(
    book: Book,
    site: Path,
    wanted: Iterable[Target],
    printed: Collection[str],
    report: Callable[[str], None],
) -> None:
    """Put some targets into a site; what was built before from the same inputs is not built again.

    Args:
        site: The folder; parts that are not wanted stay as they are.
        wanted: What to put there, an edition before its translations.
        printed: Paths of the editions that have a PDF; those that are built here get one.
        report: Told of each part that is built.

    Raises:
        BuildError: MkDocs refused a page.
    """
    folders = built_folders(book.root, wanted, printed)
    missing = {target: folder for target, folder in folders.items() if not folder.is_dir()}
    fonts.report_missing(book.root, missing, report)
    for target in workers.build_all(book, missing, frozenset(printed)):
        report(f"built {target}")
    for target, folder in folders.items():
        put(folder, site, target)


def put(built: Path, site: Path, target: Target) -> None:
    """Put what was built where it belongs: shared assets, then an edition as a folder, one page of others, the portal around them.

    Args:
        built: Folder of what was built.
    """
    shutil.copytree(built / ASSETS, site / ASSETS, dirs_exist_ok=True)
    home = site / target.home
    if target.kind == "edition":
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    own = (built / target.home if target.kind in {"cover", "comparison"} else built).iterdir()
    for part in own:
        if part.is_file():
            shutil.copy(part, home / part.name)
        elif part != built / ASSETS:
            shutil.copytree(part, home / part.name, dirs_exist_ok=True)
