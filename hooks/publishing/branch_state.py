"""The served branch as the last publish left it, beside the repository that publishes onto it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hooks.publishing import ledger, verify
from hooks.publishing.branch import Branch
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.tags import Tag
from macros.book import Book, open_book
from macros.load import Files
from macros.problems import DataError


@dataclass(frozen=True)
class State:
    """The served branch as the last publish left it, and the repository that publishes onto it."""

    root: Path
    files: Files
    book: Book
    branch: Branch
    ledger: Ledger
    chain: Sequence[Tag]

    @property
    def site(self) -> Path:
        """Folder of what is built for this publish."""
        return self.branch.repository.parent / "site"

    def archive(self, record: Record) -> Book:
        """The sources of an earlier edition, which must be laid out."""
        return open_book(self.root / ".cache" / "archive" / record.path)


def read(root: Path, files: Files, book: Book, fetched: Branch) -> State:
    """Read the state of the branch, which must be what the last publish left.

    Args:
        files: What was loaded of it.

    Raises:
        DataError: Branch, ledger or tags were changed by something else.
    """
    chain, problems = verify.unchanged(fetched)
    listed = ledger.parse(fetched.read(ledger.LEDGER))
    problems += ledger.strays(fetched.files(), listed)
    if problems:
        raise DataError(problems)
    return State(root, files, book, fetched, listed, chain)
