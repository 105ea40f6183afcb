"""Names in their spellings: which names of a text are spelled in more than one way, and how else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
Names = tuple[str, ...]


def folded(text: str) -> str:
    """Write a text in small letters without diacritics, one space between words."""
    return " ".join(WORD.findall(BEYOND_ASCII.sub(_without_diacritics, text).casefold()))


def _without_diacritics(letters: re.Match[str]) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", letters[0]) if not unicodedata.combining(letter))


def told_apart(aliases: tuple[Names, ...]) -> tuple[Names, ...]:
    """Check the spellings of names.

    Raises:
        ValueError: A list has one spelling or none, or a spelling stands twice.
    """
    for names in aliases:
        if len(names) < 2:
            raise ValueError(f"{list(names)} is one spelling or none; a list has two or more")
    spellings = [spelling for names in aliases for spelling in names]
    for spelling in spellings:
        if spellings.count(spelling) > 1:
            raise ValueError(f"'{spelling}' stands twice; each spelling stands once, in the list of one name")
    return aliases


class Spellings:
    """The names of vocabularies.yml that are spelled in several ways.

    Args:
        aliases: The spellings of each name; the first is the one that is shown.
    """

    def __init__(self, aliases: Sequence[Names]) -> None:
        self._names = {folded(spelling): names for names in aliases for spelling in names}
        self._first = {spelling.partition(" ")[0] for spelling in self._names}
        self._lengths = sorted({spelling.count(" ") + 1 for spelling in self._names})

    def of(self, name: str) -> Names:
        """Every spelling of a name, the one that is shown first; of a name with one spelling that one."""
        return self._names.get(folded(name), (name,))

    def named(self, text: str) -> list[Names]:
        """Find the names of a text, whatever their spelling there.

        Returns:
            Every spelling of each name that the text holds, in order of the text.
        """
        return list(dict.fromkeys(self._matches(folded(text).split())))

    def _matches(self, words: list[str]) -> Iterator[Names]:
        for begin in (position for position, word in enumerate(words) if word in self._first):
            for length in self._lengths:
                names = self._names.get(" ".join(words[begin : begin + length]))
                if names:
                    yield names
