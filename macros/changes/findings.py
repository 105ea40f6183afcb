"""A difference that was not announced -> findings."""

from __future__ import annotations

from collections.abc import Callable

from macros.changes.format import excerpt, told
from macros.changes.values import SCORES, Changes, Field, RowChange
from macros.load import Files
from macros.problems import Problem


def problems(changes: Changes, line_of: Callable[[str, str], int]) -> list[Problem]:
    """One finding for each changed row, page and shared field, for a published edition that is not announced anew.

    Args:
        changes: What differs.
        line_of: File and id -> line in the working tree, 1 where it is gone; see `lines`.

    Returns:
        The findings, in order of file and line.
    """
    way_out = f"; announce a next edition in data/{changes.address}/publication.yml, or undo the change"
    indices = {index.series: told(index, "->", (", ", "")) for index in changes.indices}
    found = []
    for row in changes.rows:
        moved = "; ".join(f"index of {indices[series]}" for series in row.moves if series in indices)
        line = line_of(row.file, row.id) if row.what != "removed" else 1
        field = "row" if row.what in ("added", "removed") or not row.id else _first(row).name.rpartition(".")[2]
        found.append(Problem(row.file, line, field, _refusal(row) + (f" ({moved})" if moved else "") + way_out))
    for page in changes.pages:
        said = {"added": "is new since publication", "removed": "was published and is gone", "changed": "differs from the published page"}
        found.append(Problem(page.path, page.line, "page", said[page.what] + way_out))
    for entry in changes.shared:
        change = _said(Field(entry.field, entry.before, entry.after))
        key = entry.key or f"list of {entry.what}s"
        found.append(Problem(entry.file, line_of(entry.file, entry.key), entry.field, f"{key} was published {change}{way_out}"))
    return sorted(found)


def _first(row: RowChange) -> Field:
    """The field that a finding is about: a score before anything else."""
    return next((field for field in row.fields if field.name.rpartition(".")[2] in SCORES), row.fields[0])


def _refusal(row: RowChange) -> str:
    if row.what == "added":
        return f"{row.id} is new since publication"
    if row.what == "removed":
        return f"{row.id} was published and is gone"
    first = _first(row)
    if first.name in (row.id, "order"):
        one, two = excerpt(first.before, first.after, 80)
        return f"{row.id or row.noun} was published as '{one}' and now is '{two}'"
    ordered = [first, *(field for field in row.fields if field is not first)]
    return f"{row.id or row.noun} was published {', and '.join(map(_said, ordered))}"


def _said(field: Field) -> str:
    """`with score 1 and now has 2`."""
    one, two = excerpt(field.before, field.after, 80)
    if field.name.rpartition(".")[2] in SCORES:
        one, two = one.removeprefix("+"), two.removeprefix("+")
    else:
        one, two = (f"'{text}'" if text else "" for text in (one, two))
    if not one:
        return f"without {field.label} and now has {two}"
    return f"with {field.label} {one} and now has {two or 'none'}"


def lines(files: Files) -> Callable[[str, str], int]:
    """Where rows, entries and lines of title pages stand, for `problems`.

    Args:
        files: What `load` read.

    Returns:
        A function: file and id -> line; 1 where there is none.
    """
    found: dict[tuple[str, str], int] = {}
    for table in [*files.shared.values(), *(one for folder in files.folders.values() for one in folder.tables.values())]:
        for record in table:
            name = record.key or getattr(record.item, "id", "")
            for place, line in record.lines.items() if not name else [(name, record.line)]:
                found[table.path, place] = line
            for inner in ("figures", "points", "sections", "tension"):
                for position, one in enumerate(getattr(record.item, inner, ())):
                    line = record.lines.get(f"{inner}.{position}", record.line)
                    found[table.path, f"tension.{one.id}" if inner == "tension" else one.id] = line
    return lambda file, name: found.get((file, name), 1)
