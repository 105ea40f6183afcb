"""The contents of a page: its headings, those that macros made included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import escape

LEVELS = {f"h{level}": level for level in range(2, 5)}
HEADING = re.compile(r"(?:<[a-z][^<]*+)?(?:</[^<]*+)*+<(h[2-4])\b.*?</\1>", re.DOTALL | re.IGNORECASE)
"""A heading, with the start tag before it: the rest of a page, which may be long, says nothing of its contents."""


@dataclass(frozen=True)
class Heading:
    """A heading of a page: its level, the id that leads to it, and its words as HTML."""

    level: int
    id: str
    title: str


class _Headings(HTMLParser):
    """Collects the headings of a page. The id of a heading is its own, or that of the element which it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self._id = self._around = ""
        self._words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        if tag in LEVELS:
            self._id, self._words = name or self._around, []
        self._around = name

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in LEVELS and self._words is not None:
            title = " ".join("".join(self._words).split())
            if self._id and title:
                self.headings.append(Heading(LEVELS[tag], self._id, str(escape(title))))
            self._words = None


def headings(html: str) -> Sequence[Heading]:
    """Read the headings of the levels 2 to 4 that have an id, as Markdown and macros made them."""
    reader = _Headings()
    reader.feed("".join(heading[0] for heading in HEADING.finditer(html)))
    reader.close()
    return reader.headings
