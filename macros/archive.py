"""What earlier editions were: what changed since, from their sources, and the ids that their pages had.

Publishing lays both out in .cache/archive/<address>/v<number>/ before a build; each is a small tree
that opens as a book of its own, with the ids beside it. Where they are not laid out, as on a fresh
clone, nothing is known beyond the note of the edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from macros import text_files
from macros.book import Book, Volume, open_book
from macros.changes import Changes, compare
from macros.language import Language, current
from macros.translated_book import in_translation

IDS = "ids.json"
"""Beside the sources of an edition: path of each page -> the ids in its text."""


def changes(book: Book, volume: Volume, number: int) -> Changes | None:
    """What an edition changed in the one before it, in the current language.

    Args:
        number: Number of the edition.

    Returns:
        The difference; None for a first edition, and where the sources are not laid out.
    """
    folder = book.root / ".cache" / "archive" / volume.address
    before = folder / f"v{number - 1}"
    after = book.root if number == volume.edition.number else folder / f"v{number}"
    if not (before.is_dir() and after.is_dir()):
        return None
    texts = tuple(pages(after, volume.address).items())  # a page may be saved while the book stays as it is
    return _changes(book, volume.address, before, after, texts, current())


@lru_cache(maxsize=64)
def _changes(book: Book, address: str, before: Path, after: Path, texts: tuple[tuple[str, str], ...], _language: Language) -> Changes:
    older, language = open_book(before, book.opened), book.opened
    if book.opened and address not in older.originals:  # a first translation differs from its original in every word
        older, language = open_book(before), ""
    newer = book if (after, language) == (book.root, book.opened) else open_book(after, language)
    return compare(older, newer, address, pages(before, address), dict(texts))


def differences(before: Book, after: Book, address: str) -> Iterator[Changes]:
    """Compare two states of a publication in its own language, then in each that the earlier one was translated into.

    Args:
        address: Address of the publication.

    Yields:
        The changes of each language, empty where there are none.
    """
    old, texts = before.find(address), (pages(before.root, address), pages(after.root, address))
    for language in ("", *(old.publication.translations if old else ())):
        yield compare(in_translation(before, language), in_translation(after, language), address, *texts)


def own_files(root: Path, address: str) -> dict[str, bytes]:
    """The files of a publication, its rows and its pages: path from the root -> content, in order of path."""
    paths = (path for top in ("data", "docs") for path in sorted((root / top / address).rglob("*")) if not text_files.passed_over(path))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def pages(root: Path, address: str) -> dict[str, str]:
    """The pages of a publication: path below its folder in docs/ -> text."""
    return {name: path.read_text(encoding="utf-8") for name, path in text_files.pages(root / "docs" / address).items()}


def former_ids(book: Book, volume: Volume, page: str) -> dict[str, int]:
    """The ids that a page had in earlier editions.

    Args:
        page: Path of the page within an edition, such as `events/index.html`.

    Returns:
        Id -> number of the newest earlier edition that had it, in the order of the pages.
    """
    editions: dict[str, int] = {}
    for number in range(1, volume.edition.number):
        path = book.root / ".cache" / "archive" / volume.address / f"v{number}" / IDS
        if path.is_file():
            editions |= dict.fromkeys(json.loads(path.read_text(encoding="utf-8")).get(page, ()), number)
    return editions
