"""Findings about data and pages, and the one error that carries them."""

from __future__ import annotations

from collections.abc import Iterable
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


MANY = 40
"""More names than this are counted, not listed."""


def allowed(word: object, words: Iterable[object]) -> str:
    """Say which words are allowed, the nearest one first.

    Args:
        word: What was written.
        words: What may be written.

    Returns:
        A clause such as `did you mean 'exports'? allowed: exports, imports`.
    """
    names = [str(one) for one in words]
    listed = ", ".join(names) if len(names) <= MANY else f"one of {len(names)} names"
    near = get_close_matches(str(word), names, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'? " if near else ""
    return f"{hint}allowed: {listed or 'none'}"
