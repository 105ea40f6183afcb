"""The sources of published editions, out of their archive files, laid out where builds and comparisons read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from hooks.publishing import archive_file, file_tree
from hooks.publishing.branch import Branch
from hooks.publishing.html_page import HtmlPage
from hooks.publishing.manifest import Record, dumped
from macros.archive import IDS
from macros.problems import DataError, Problem


def lay_sources(root: Path, branch: Branch, records: Iterable[Record]) -> None:
    """Lay out the sources of published editions, and the ids of their pages; those that were withdrawn have none any more.

    Args:
        root: The repository; the sources go to .cache/archive/, which is laid out anew.

    Raises:
        DataError: The archive file of an edition, which holds its sources, is missing, damaged or unsafe to unpack.
    """
    kept = (record for record in records if not record.withdrawn)
    lay(root, ((record.path, _sources(branch, record) | {IDS: ids(_pages(branch, record))}) for record in kept))


def lay(root: Path, editions: Iterable[tuple[str, Mapping[str, bytes]]]) -> None:
    """Lay out what is known of earlier editions, path and files of each, in .cache/archive/, where builds read it."""
    folder = root / ".cache" / "archive"
    shutil.rmtree(folder, ignore_errors=True)
    for edition, files in editions:
        file_tree.write(folder / edition, files)


def _sources(branch: Branch, record: Record) -> dict[str, bytes]:
    """What an edition was made from, by path."""
    archives = [path for path in branch.files(record.path) if path.endswith(".zip") and path.count("/") == record.path.count("/") + 1]
    for path, content in branch.read_many(archives).items():
        try:
            return archive_file.sources(content)
        except archive_file.ArchiveError as error:
            raise DataError([Problem(path, 1, "file", f"is not unpacked: {error}; restore the branch from a copy")]) from None
        except archive_file.DAMAGED:
            raise DataError([Problem(path, 1, "file", "is damaged; restore the branch from a copy")]) from None
    raise DataError([Problem(record.path, 1, "edition", "has no archive file; restore the branch from a copy")])


def _pages(branch: Branch, record: Record) -> dict[str, bytes]:
    folder = f"{record.path}/"
    pages = branch.read_many([path for path in branch.files(folder) if path.endswith(".html")])
    return {path.removeprefix(folder): content for path, content in pages.items()}


def ids(files: Mapping[str, bytes]) -> bytes:
    """The ids in the text of each page of an edition, without those that only lead to still earlier ones: what `macros.archive` reads."""
    return dumped({path: HtmlPage(content.decode()).text_ids for path, content in files.items() if path.endswith(".html")})
