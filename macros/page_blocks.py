"""The blocks of a page, and what a translation says of those that it was made from.

A block is a paragraph, heading, table, list or macro call: what stands between empty lines. Title and description together
are the first. A translated page holds under `original` in its front matter a short hash of each block of its original, as
that stood when it was translated; a block whose hash is another one has changed since.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros import front_matter
from macros.front_matter import FRONT

FIELD = "original"
"""The field of front matter that holds the hashes, in one text with spaces between them."""
LENGTH = 8
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ITEM = re.compile(r" {0,3}([-*+]|[0-9]+[.)])[ \t]")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block, and the lines of the text in which it stands, the first from 0 and the one after its last."""

    text: str
    begin: int
    end: int

    @property
    def hash(self) -> str:
        """A short hash of its words, however they are broken into lines."""
        return short_hash(self.text)


def short_hash(text: str) -> str:
    """A short hash of the words of a text."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:LENGTH]


def blocks(body: str) -> list[Block]:
    """Part the text of a page into blocks.

    Args:
        body: The page without its front matter.

    Returns:
        The blocks in order; a list is one, with the paragraphs that belong to it.
    """
    lines = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body).split("\n")
    spans: list[list[int]] = []
    fence, before = "", ""
    for number, line in enumerate(lines):
        mark = FENCE.match(line)
        if (line.strip() and (before.strip() or fence) and spans) or (line.strip() and spans and _goes_on(lines[spans[-1][0]], line)):
            spans[-1][1] = number + 1
        elif line.strip():
            spans.append([number, number + 1])
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence):
            fence = ""
        before = line
    return [Block("\n".join(lines[begin:end]), begin, end) for begin, end in spans]


def _goes_on(first: str, line: str) -> bool:
    """Whether a line after an empty one belongs to the list that begins with another line."""
    return bool(ITEM.match(first)) and bool(ITEM.match(line) or line.startswith(("  ", "\t")))


def hashes(text: str) -> list[str]:
    """The hash of every block of a page, title and description first."""
    given, body = front_matter.fields(text), front_matter.body(text)
    return [short_hash(f"{given.get('title')}\n{given.get('description')}"), *(block.hash for block in blocks(body))]


def recorded(text: str) -> list[str]:
    """The hashes of the blocks that a translated page was made from; none where it does not say so."""
    return str(front_matter.fields(text).get(FIELD) or "").split()


def changed(translation: str, original: str) -> list[int]:
    """Find the blocks of a translated page whose original has changed since.

    Returns:
        Their positions, title and description being 0: of those that were rewritten or taken out, and of those that new ones follow.
    """
    positions: set[int] = set()
    for change, begin, end, _, _ in SequenceMatcher(None, recorded(translation), hashes(original), autojunk=False).get_opcodes():
        if change == "insert":
            positions.add(max(begin - 1, 0))
        elif change != "equal":
            positions.update(range(begin, end))
    return sorted(positions)


def with_record(text: str, original: str) -> str:
    """Write into the front matter of a translated page from which blocks it was made."""
    head = FRONT.match(text)
    listed = hashes(original)
    rows = [" ".join(listed[begin : begin + 12]) for begin in range(0, len(listed), 12)]
    field = "".join([f"{FIELD}: >-\n", *(f"  {row}\n" for row in rows)])
    kept = re.sub(rf"^{FIELD}:.*\n(?:[ \t]+.*\n)*", "", head["yaml"] if head else "", flags=re.MULTILINE)
    return f"---\n{kept}{field}---\n{text[head.end() :] if head else text}"


def with_notes(body: str, notes: dict[int, str]) -> str:
    """Put a note under some blocks of a page.

    Args:
        body: The page without its front matter.
        notes: Position of a block, title and description being 0 -> HTML.

    Returns:
        The page; a note to title and description stands before everything else.
    """
    lines = body.split("\n")
    for position, block in reversed(list(enumerate(blocks(body), 1))):
        if position in notes:
            lines[block.end : block.end] = ["", notes[position], ""]
    return "\n".join([*([notes[0], ""] if 0 in notes else []), *lines])
