"""Entries of sources.yml changed in place: every other line, comment and blank stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from macros import yaml_lines
from macros.problems import BarometerError

ENTRY = re.compile(r"(\s+\w+:\s*)(\S+)(\s+#.*)?(\r?\n?)")
"""A line `key: value` whose value is one word, perhaps with a comment behind it."""


class CannotChangeError(BarometerError):
    """A file is written in a way that a program cannot change line by line."""


def changed(text: str, name: str, changes: Mapping[str, Mapping[str, str]]) -> str:
    """Write other values into some entries.

    Args:
        text: The text of sources.yml.
        name: Its path, for errors.
        changes: Key of a source -> field -> value. A field that is there is replaced; a new one is added below the address.

    Raises:
        CannotChangeError: The entry is not written one field a line.
    """
    before, line_numbers = _read(text, name)
    lines = text.splitlines(keepends=True)
    added: list[tuple[int, str, str]] = []
    for key, fields in changes.items():
        for field, value in fields.items():
            if field in before[key]:
                line = line_numbers[f"{key}.{field}"]
                lines[line - 1] = _replaced(lines[line - 1], value, f"{name}:{line}")
            else:
                added.append((line_numbers[f"{key}.url"], field, value))
    for line, field, value in sorted(added, reverse=True):
        indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        lines.insert(line, f"{indent}{field}: {value}\n")
    wanted = {key: {**entry, **changes.get(key, {})} for key, entry in before.items()}
    if _read("".join(lines), name)[0] != wanted:
        raise CannotChangeError(f"{name}: an entry is not written one field a line; change it by hand")
    return "".join(lines)


def _read(text: str, name: str) -> tuple[dict[str, Any], yaml_lines.Lines]:
    read = yaml_lines.read(text, name, [])
    if read is None or not isinstance(read[0], dict):
        raise CannotChangeError(f"{name}: cannot be read; run barometer check")
    return read


def _replaced(line: str, value: str, position: str) -> str:
    match = ENTRY.fullmatch(line)
    if not match:
        raise CannotChangeError(f"{position}: is not one field with one word; change it by hand")
    return f"{match[1]}{value}{match[3] or ''}{match[4]}"
