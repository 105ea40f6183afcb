"""Findings about data and pages, and the one error that carries them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes:
        path: File, relative to the repository, with forward slashes.
        line: Line in that file, from 1.
        field: Column or key that is wrong, or what kind of thing is (`row`, `file`).
        message: What is wrong, then what is allowed.
    """

    path: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class BarometerError(Exception):
    """Root of every error that this program raises on purpose."""


class DataError(BarometerError):
    """The data or the pages hold faults; `problems` names every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Problem, ...]]]:
        """Travel between processes."""
        return DataError, (self.problems,)


MANY = 10
"""Of more words than this, the nearest ones are listed and the rest counted."""


def allowed(word: object, words: Iterable[object]) -> str:
    """Say which words are allowed, the nearest one first.

    Returns:
        A clause such as `did you mean 'exports'? allowed: exports, imports`. Where a letter of the word only looks
        like one of the alphabet that the nearest word is written in, it names that letter.
    """
    names = [str(option) for option in words]
    near = get_close_matches(str(word), names, n=MANY, cutoff=0)
    listed = ", ".join(name for name in names if name in near) + (f" and {len(names) - MANY} more" if len(names) > MANY else "")
    hint = f"did you mean '{near[0]}'? " if near and get_close_matches(str(word), near[:1], cutoff=0.6) else ""
    return f"{hint}{odd_letters(str(word)) if hint and near[0].isascii() else ''}allowed: {listed or 'none'}"


def no_publication(address: str, addresses: Iterable[str]) -> Problem:
    """Say that an address that somebody gave to a command is that of no publication."""
    return Problem(f"data/{address}", 1, "file", f"is no publication; {allowed(address, addresses)}")


def odd_letters(word: str) -> str:
    """Name the letters of a word that are no plain Latin ones, such as a Cyrillic а; nothing where there are none."""
    letters = (f"'{letter}' is U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}" for letter in word if not letter.isascii())
    listed = "; ".join(dict.fromkeys(letters))
    return f"{listed}; " if listed else ""


def counted(number: int, noun: str) -> str:
    """Say how many things there are, in the English of findings and commands: `1 event`, `21 events`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


ALIKE = 5
"""More findings than this that differ in their line and in what was written there are told as one."""


def summarised(problems: Sequence[Problem]) -> list[str]:
    """Write findings one a line; many alike in one file as one line with their number."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kind = re.sub(r"'[^']*'|\d+", "", problem.message)
        alike.setdefault((problem.path, problem.field, kind), []).append(problem)
    lines = []
    for group in alike.values():
        if len(group) > ALIKE:
            lines.append(f"{group[0]} (and {len(group) - 1} more like this, down to line {group[-1].line})")
        else:
            lines += map(str, group)
    return lines
