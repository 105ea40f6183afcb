"""A difference -> text, Markdown and JSON for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

from macros import fields
from macros.changes.names import happened
from macros.changes.values import Changes, IndexChange, What
from macros.indices import Index
from macros.language import N_, gettext
from macros.words import capital, commas, full_stop, semicolons


def excerpt(before: str | None, after: str | None, width: int = 300) -> tuple[str, str]:
    """Both sides of a field in one line each, cut around what differs.

    Args:
        width: How many characters of each at most.

    Returns:
        The two lines; a field that was or is empty is an empty line.
    """
    old, new = (re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*\n\s*", " ¶ ", (text or "").strip())) for text in (before, after))
    if old == new and before != after:
        new = gettext("%(text)s (other line breaks)", text=new)
    same = next((position for position, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new)))
    start = 0 if max(len(old), len(new)) <= width else old.rfind(" ", 0, max(0, same - width // 3)) + 1
    return _cut(old, start, width), _cut(new, start, width)


def _cut(text: str, start: int, width: int) -> str:
    return ("… " if start and text else "") + text[start : start + width].rstrip() + (" …" if len(text) > start + width else "")


def summary(changes: Changes) -> str:
    """The change in one sentence: `1 event rescored; Regional tension −7 → −8.`; nothing where nothing differs."""
    counts: dict[tuple[str, What], int] = {}
    for row in changes.rows:
        counts[row.noun, row.what] = counts.get((row.noun, row.what), 0) + 1
    nouns = dict.fromkeys(noun for noun, _ in counts)
    rows = [happened(counts[noun, what], noun, what) for noun in nouns for what in get_args(What) if (noun, what) in counts]
    pages = Counter(page.what for page in changes.pages)
    others = [happened(pages[what], "page", what) for what in ("added", "removed", "changed") if pages[what]]
    shared = len({(entry.file, entry.key) for entry in changes.shared})
    others += [happened(shared, "shared entry", "changed")] if shared else []
    text = semicolons(map(commas, (rows, map(sentence, changes.indices), others)))
    return full_stop(capital(text)) if text else ""


def sentence(index: IndexChange, arrow: str = "→", brackets: tuple[str, str] = (" (", ")")) -> str:
    """One index in a sentence without a full stop: `Regional tension −7 → −13 (Yellow → Orange)`.

    Args:
        arrow: What stands between before and after.
    """
    main = f"{index.label} {index.part('aggregate', arrow)}"
    if index.before is None or index.after is None:
        return main
    names = [] if index.before.aggregate != index.after.aggregate else ["positive", "negative"]
    parts = {"positive": N_("positive %(points)s"), "negative": N_("negative %(points)s")}
    details = [gettext(parts[name], points=text) for name in names if arrow in (text := index.part(name, arrow))]
    bands = index.part("band", arrow) if index.before.band and index.after.band else ""
    details += [bands] if arrow in bands else []
    return main + (commas(details).join(brackets) if details else "")


def _sides(before: str | None, after: str | None, width: int) -> tuple[str, str]:
    old, new = excerpt(before, after, width)
    return old or gettext("none"), new or gettext("none")


def as_text(changes: Changes) -> str:
    """The change for a terminal, as lines of plain text; one line where nothing differs."""
    head = f"{changes.address}: {changes.title}\n"
    if not changes:
        return f"{head}  Nothing differs.\n"
    lines = [f"  {summary(changes)}"]
    file = ""
    for row in changes.rows:
        lines += [f"  {row.file}"] if row.file != file else []
        file = row.file
        lines.append(f"    {row.id} {row.what}" if row.id else f"    {row.noun} {row.what}")
        lines += [f"      {field.label}: {' → '.join(_sides(field.before, field.after, 160))}" for field in row.shown]
    lines += ["  Indices"] if changes.indices else []
    for index in changes.indices:
        parts = [index.part("aggregate"), f"positive {index.part('positive')}", f"negative {index.part('negative')}", *_bands(index)]
        lines.append(f"    {index.label}: {', '.join(parts)}")
    lines += ["  Pages"] if changes.pages else []
    for page in changes.pages:
        lines.append(f"    {page.path} {page.what}" + (f", first in line {page.line}" if page.what == "changed" else ""))
        lines += [f"      {' → '.join(_sides(page.before, page.after, 160))}"] if page.what == "changed" else []
    lines += ["  Shared data"] if changes.shared else []
    for entry in changes.shared:
        sides = " → ".join(_sides(entry.before, entry.after, 160))
        lines.append(f"    {' '.join(part for part in (entry.file, entry.key, entry.field) if part)}: {sides}")
    return head + "\n".join(lines) + "\n"


def _bands(index: IndexChange) -> list[str]:
    """The band before and after, where the index has one."""
    return [index.part("band")] if index.banded else []


def as_markdown(changes: Changes) -> str:
    """The change for the summary of a job: a heading, a sentence, tables; text from data is escaped."""
    blocks = [f"## {_escape(changes.title)} (`{changes.address}`)", _escape(summary(changes)) or "Nothing differs."]
    rows = [
        (row.what, f"`{row.id}`" if row.id else row.noun, field.label, *map(_escape, _sides(field.before, field.after, 300)))
        for row in changes.rows
        for field in row.shown
    ]
    values = [
        (_escape(index.label), *map(index.part, ("aggregate", "positive", "negative")), *(_bands(index) or [""]))
        for index in changes.indices
    ]
    shared = [
        (f"`{entry.file}`", f"`{entry.key}`" if entry.key else "", entry.field, *map(_escape, _sides(entry.before, entry.after, 300)))
        for entry in changes.shared
    ]
    blocks += _table(("Index", "Value", "Positive", "Negative", "Colour"), values)
    blocks += _table(("What", "Row", "Field", "Before", "After"), rows)
    pages = [
        (page.what, f"`{page.path}`", *map(_escape, _sides(page.before, page.after, 300) if page.what == "changed" else ("", "")))
        for page in changes.pages
    ]
    blocks += _table(("What", "Page", "First line that differs, before", "After"), pages)
    blocks += _table(("Shared file", "Entry", "Field", "Before", "After"), shared)
    return "\n\n".join(blocks) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["\n".join(f"| {' | '.join(cells)} |" for cells in lines)] if rows else []


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>&#|~@])", r"\\\1", text)


def as_dict(changes: Changes) -> dict[str, Any]:
    """The change as plain values, for JSON."""
    record = asdict(changes) | {"summary": summary(changes)}
    for index_record, index in zip(record["indices"], changes.indices, strict=True):
        for side in ("before", "after"):
            value: Index | None = getattr(index, side)
            numbers = {name: fields.as_json(getattr(value, name)) for name in ("aggregate", "positive", "negative")} if value else {}
            index_record[side] = value and {**numbers, "band": value.band.id if value.band else None}
    return record
