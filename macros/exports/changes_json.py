"""What an edition changed in the one before it, for programs."""

from __future__ import annotations

from typing import Any

from macros.changes import Changes, as_dict
from macros.json_text import readable
from macros.model import Edition

NAME = "changes.json"


def write(address: str, edition: Edition, changes: Changes | None) -> bytes:
    """Write the changes of an edition.

    Args:
        changes: What differs from the edition before it; None for a first edition, and where the sources of that edition are not at hand.

    Returns:
        JSON: the edition and its note, and rows by what happened to them, indices before and after, pages and shared entries.
    """
    number = edition.number
    head = {"publication": address, "edition": number, "previous": number - 1 or None, "date": edition.date.isoformat()}
    whole = {**head, "kind": edition.kind, "note": edition.note, "changes": _changes(changes) if changes is not None else None}
    return readable(whole).encode()


def _changes(changes: Changes) -> dict[str, Any]:
    whole = as_dict(changes)
    rows = whole["rows"]
    sorts = {what: [row for row in rows if row["what"] == what] for what in ("added", "removed")}
    changed = [row for row in rows if row["what"] not in sorts]
    return {
        "summary": whole["summary"],
        **sorts,
        "changed": changed,
        "indices": whole["indices"],
        "pages": whole["pages"],
        "shared": whole["shared"],
    }
