"""A publication that would be published, with all that the rules look at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from macros import archive, calls, front_matter
from macros.book import Book, Volume
from macros.load import Files, Record, Table
from macros.model import Publication
from macros.problems import Problem

RELEASE = "release.yml"


@dataclass(frozen=True)
class Candidate:
    """A publication of a book without faults that would be published today; its files know the line of every field."""

    files: Files
    book: Book
    volume: Volume
    today: date

    @property
    def root(self) -> Path:
        """The repository."""
        return self.book.root

    def table(self, name: str) -> Table[Any]:
        """The records of one of its files."""
        return self.files.folders[self.volume.address].table(name)

    @property
    def title_page(self) -> Record[Publication]:
        """Its title page."""
        return self.table("publication.yml").records[0]

    @property
    def others(self) -> list[Volume]:
        """Every other publication."""
        return [volume for volume in self.book.volumes if volume is not self.volume]

    @cached_property
    def pages(self) -> dict[str, str]:
        """Its pages: path from the repository -> text."""
        return texts(self.root, self.volume)

    @cached_property
    def called(self) -> set[tuple[str, str]]:
        """Each macro that its pages call, with each of its arguments in turn; with an empty one where it has none."""
        pairs: set[tuple[str, str]] = set()
        for text in self.pages.values():
            for call in calls.read(front_matter.body(text)):
                if isinstance(call, calls.Call):
                    pairs |= {(call.name, str(word)) for word in (*call.arguments, *call.named.values())} or {(call.name, "")}
        return pairs

    def on_page(self, path: str, match: re.Match[str], field: str, message: str) -> Problem:
        """A finding about a kind of thing (`field`) on a page, on the line of its place.

        Args:
            message: What is wrong, then what is allowed.
        """
        return Problem(path, self.pages[path].count("\n", 0, match.start()) + 1, field, message)


@dataclass(frozen=True)
class Rule:
    """One question of the checklist: its name, by which a warning is accepted with a reason, and its words for the guide."""

    name: str
    asks: str
    find: Callable[[Candidate], Iterable[Problem]]
    warning: bool = False


def texts(root: Path, volume: Volume) -> dict[str, str]:
    """The pages of a publication: path from the repository -> text."""
    return {f"docs/{volume.address}/{name}": text for name, text in archive.pages(root, volume.address).items()}


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The running text of a page: lines of it, without front matter, macros, comments and headings, with their numbers."""
    body = front_matter.body(text)
    for pattern in (r"\{#.*?#\}", r"\{\{.*?\}\}", r"<[^>]*>", r"\]\([^)]*\)"):
        body = re.sub(pattern, lambda part: "\n" * part[0].count("\n"), body, flags=re.DOTALL)
    for number, line in enumerate(body.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def content_hash(root: Path, address: str) -> str:
    """Name what is in the files of a publication, but for its release.yml, in twelve characters."""
    checksum = hashlib.sha256()
    for path, content in archive.own_files(root, address).items():
        if not path.endswith(f"/{RELEASE}"):
            checksum.update(path.encode() + b"\0" + content + b"\0")
    return checksum.hexdigest()[:12]
