"""The front matter of a page, and the text behind it."""

from __future__ import annotations

import re

from macros import yaml_lines

FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\n", re.MULTILINE | re.DOTALL)


def fields(text: str) -> dict[str, object]:
    """Read the front matter of a page; none where there is none, or it cannot be read."""
    head = FRONT.match(text)
    document = yaml_lines.read(head["yaml"], "", []) if head else None
    return document[0] if document and isinstance(document[0], dict) else {}


def body(text: str) -> str:
    """Blank the front matter of a page, so that each line of its text keeps its number."""
    return FRONT.sub(lambda head: "\n" * head[0].count("\n"), text)
