"""Doubts about what a file means, the answers to them, and the file that holds answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from macros import yaml_lines
from macros.problems import DataError, Problem, allowed, counted

LEFT = "left-over"
"""The answer that leaves the rows out; they are written beside the input."""
KINDS = ("above", "category", "date", "id", "line", "number", "page-break", "relationship", "score", "source", "total", "word")
"""The first words of all keys of doubts."""
SHOWN = 8


@dataclass(frozen=True, order=True)
class Position:
    """Where something stands, as the person sees it in the file.

    Attributes:
        sheet: Its sheet; empty where it has none.
        row: Row or line, from 1.
    """

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}{f', sheet {self.sheet}' if self.sheet else ''}, row {self.row}"


@dataclass
class Doubt:
    """Something that may be read in more than one way; the same in many rows is one doubt.

    Attributes:
        key: What an answers file calls it; the same whenever the same file is read.
        positions: The rows that it concerns.
        column: The column, or what kind of thing is in doubt.
        text: What was read.
        question: In plain words.
        proposal: The choice that is made unless somebody answers otherwise.
        choices: Every choice that is allowed.
        answered: Whether it was answered.
    """

    key: str
    positions: list[Position]
    column: str
    text: str
    question: str
    proposal: str
    choices: tuple[str, ...]
    answered: bool = False

    @property
    def others(self) -> str:
        """The other choices, the nearest first; of many only some, and how many there are."""
        rest = [choice for choice in self.choices if choice != self.proposal]
        near = get_close_matches(self.text, rest, n=SHOWN, cutoff=0.3) if len(rest) > SHOWN else rest
        listed = list(dict.fromkeys([*near, *rest]))[:SHOWN]
        more = f" and {len(rest) - len(listed)} more" if len(rest) > len(listed) else ""
        return ", ".join(listed if LEFT in listed or LEFT not in rest or self.proposal == LEFT else [*listed[:-1], LEFT]) + more

    @property
    def where(self) -> str:
        """Its first row, and how many more there are."""
        more = len(self.positions) - 1
        return f"{self.positions[0]}" + (f" and {counted(more, 'more row')}" if more else "")


@dataclass
class Doubts:
    """The doubts of one reading, and the answers that it was given."""

    answers: Mapping[str, str] = field(default_factory=dict)
    asked: dict[str, Doubt] = field(default_factory=dict)

    def ask(self, name: str, position: Position, column: str, text: str, question: str, choices: Iterable[str]) -> str:
        """Choose between readings.

        Args:
            name: Kind of the doubt, a slash, and what makes it this one; the same in every reading of the same file.
            choices: The choices that are allowed, the proposed one first; to leave the rows out is always allowed.

        Returns:
            The answer, or the proposed choice where there is none.
        """
        short = name if len(name) <= 80 else f"{name[:70]}…{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        listed = tuple(dict.fromkeys([*choices, LEFT]))
        doubt = self.asked.setdefault(short, Doubt(short, [], column, text, question, listed[0], listed))
        doubt.positions.append(position)
        doubt.answered = short in self.answers
        return self.answers.get(short, doubt.proposal)

    @property
    def open(self) -> list[Doubt]:
        """Those that nobody answered."""
        return [doubt for doubt in self.asked.values() if not doubt.answered]

    def check(self, path: str, lines: Mapping[str, int]) -> list[Problem]:
        """Hold every answer against what is allowed.

        Args:
            lines: Line of each answer in it.

        Returns:
            A finding for each answer that is not allowed, and for each key that no doubt can have.
        """
        problems = []
        for key, answer in self.answers.items():
            doubt = self.asked.get(key)
            if doubt and answer not in doubt.choices:
                problems.append(Problem(path, lines.get(key, 1), key, f"'{answer}' is no choice here; {allowed(answer, doubt.choices)}"))
            elif not doubt and key.partition("/")[0] not in KINDS:
                problems.append(Problem(path, lines.get(key, 1), key, f"is no doubt about this file; {allowed(key, self.asked)}"))
        return problems


def read_answers(text: str, name: str) -> tuple[dict[str, str], dict[str, int]]:
    """Read an answers file.

    Args:
        name: Its path, for findings.

    Raises:
        DataError: It is no list of keys with one word each.
    """
    problems: list[Problem] = []
    document = yaml_lines.read(text, name, problems) if text.strip() else ({}, {"": 1})
    value, lines = document or ({}, {"": 1})
    if not isinstance(value, dict):
        problems.append(Problem(name, 1, "file", "does not hold keys with values; each line is a key in quotes, a colon and a choice"))
        raise DataError(problems)
    for key, answer in value.items():
        if isinstance(answer, dict | list) or answer is None:
            problems.append(Problem(name, lines.get(str(key), 1), str(key), "has no answer; write one choice behind the colon"))
    if problems:
        raise DataError(problems)
    return {str(key): str(answer) for key, answer in value.items()}, lines


def answers_file(doubts: Iterable[Doubt], answers: Mapping[str, str], command: str) -> str:
    """Write an answers file that makes the proposed choices.

    Args:
        answers: Answers given before, which are kept.
        command: How to run the import with this file.
    """
    parts = [f"# Read each question, change what is wrong behind the colon, then run:\n#   {command}\n"]
    for doubt in doubts:
        choice = answers.get(doubt.key, doubt.proposal)
        comment = [f"{doubt.where}, {doubt.column}: '{doubt.text}'", doubt.question, f"Other choices: {doubt.others}"]
        marked = "".join(f"# {' '.join(line.split())}\n" for line in comment)
        parts.append(f"{marked}{json.dumps(doubt.key, ensure_ascii=False)}: {json.dumps(choice, ensure_ascii=False)}\n")
    return "\n".join(parts)
