"""A difference that was not announced -> findings."""

from __future__ import annotations

from collections.abc import Callable

from macros.changes.format import excerpt, sentence
from macros.changes.values import SCORES, Changes, Field, RowChange
from macros.load import Files
from macros.problems import Problem


def problems(changes: Changes, line_of: Callable[[str, str], int]) -> list[Problem]:
    """One finding for each changed row, page and shared field, for a published edition that is not announced anew.

    Args:
        line_of: File and id -> line in the working tree, 1 where it is gone; see `lines`.
    """
    way_out = f"; announce a next edition in data/{changes.address}/publication.yml, or undo the change"
    indices = {index.series: sentence(index, "->", (", ", "")) for index in changes.indices}
    findings = []
    for row in changes.rows:
        moved = "; ".join(f"index of {indices[series]}" for series in row.moves if series in indices)
        line = line_of(row.file, row.id) if row.what != "removed" else 1
        field = "row" if row.what in ("added", "removed") or not row.id else _first(row).name.rpartition(".")[2]
        findings.append(Problem(row.file, line, field, _refusal(row) + (f" ({moved})" if moved else "") + way_out))
    for page in changes.pages:
        messages = {
            "added": "is new since publication",
            "removed": "was published and is gone",
            "changed": "differs from the published page",
        }
        findings.append(Problem(page.path, page.line, "page", messages[page.what] + way_out))
    for entry in changes.shared:
        change = _in_words(Field(entry.field, entry.before, entry.after))
        key = entry.key or f"list of {entry.what}s"
        findings.append(Problem(entry.file, line_of(entry.file, entry.key), entry.field, f"{key} was published {change}{way_out}"))
    return sorted(findings)


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
        before, after = excerpt(first.before, first.after, 80)
        return f"{row.id or row.noun} was published as '{before}' and now is '{after}'"
    ordered = [first, *(field for field in row.fields if field is not first)]
    return f"{row.id or row.noun} was published {', and '.join(map(_in_words, ordered))}"


def _in_words(field: Field) -> str:
    """`with score 1 and now has 2`."""
    before, after = excerpt(field.before, field.after, 80)
    if field.name.rpartition(".")[2] in SCORES:
        before, after = before.removeprefix("+"), after.removeprefix("+")
    else:
        before, after = (f"'{text}'" if text else "" for text in (before, after))
    if not before:
        return f"without {field.label} and now has {after}"
    return f"with {field.label} {before} and now has {after or 'none'}"


def lines(files: Files) -> Callable[[str, str], int]:
    """Where rows, entries and lines of title pages stand: file and id -> line, 1 where there is none; for `problems`."""
    line_numbers: dict[tuple[str, str], int] = {}
    for table in [*files.shared.values(), *(table for folder in files.folders.values() for table in folder.tables.values())]:
        for record in table:
            name = record.key or getattr(record.item, "id", "")
            for key, line in record.lines.items() if not name else [(name, record.line)]:
                line_numbers[table.path, key] = line
            for inner in ("figures", "points", "sections", "tension"):
                for position, part in enumerate(getattr(record.item, inner, ())):
                    line = record.lines.get(f"{inner}.{position}", record.line)
                    line_numbers[table.path, f"tension.{part.id}" if inner == "tension" else part.id] = line
    return lambda file, name: line_numbers.get((file, name), 1)
