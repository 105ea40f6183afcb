"""Names in their spellings: which names of a text are spelled in more than one way, and how else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+")
Names = tuple[str, ...]


def folded(text: str) -> str:
    """Write a text in small letters without diacritics, one space between words."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(WORD.findall(plain.casefold()))


class Spellings:
    """The names of vocabularies.yml that are spelled in several ways.

    Args:
        aliases: The spellings of each name; the first is the one that is shown.
    """

    def __init__(self, aliases: Sequence[Names]) -> None:
        self._names = {folded(spelling): names for names in aliases for spelling in names}
        self._longest = max((spelling.count(" ") + 1 for spelling in self._names), default=0)

    def named(self, text: str) -> list[Names]:
        """Find the names of a text, whatever their spelling there.

        Args:
            text: Plain text.

        Returns:
            Every spelling of each name that the text holds, in order of the text.
        """
        return list(dict.fromkeys(self._found(folded(text).split())))

    def _found(self, words: list[str]) -> Iterator[Names]:
        for begin in range(len(words)):
            for end in range(begin + 1, min(begin + self._longest, len(words)) + 1):
                names = self._names.get(" ".join(words[begin:end]))
                if names:
                    yield names
