"""A book in another language: the texts that are translated into it in the places of the others."""

from __future__ import annotations

from functools import lru_cache

from macros import load, validate
from macros.book import Book, bind
from macros.problems import DataError


@lru_cache(maxsize=8)
def in_translation(book: Book, language: str) -> Book:
    """Open a book again in another language; publications that are not translated into it are read once for all languages.

    Args:
        language: The language; empty gives the book itself.

    Returns:
        The book with the texts that are translated into it; what is translated as a whole says that it is in that language.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    if not language:
        return book
    files = load.load(book.root, language, [volume.address for volume in book.volumes if language in volume.publication.translations])
    problems = validate.validate(files)
    opened = bind(files, problems, book.volumes)
    if problems or not opened:
        raise DataError(problems)
    return opened
