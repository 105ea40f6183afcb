"""What `barometer links` says, and writes into sources.yml in place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hooks.publishing import source_links
from hooks.publishing.source_links import Asking
from macros import all_or_none, yaml_lines
from macros.archive import pages
from macros.book import open_book
from macros.changes import used_sources
from macros.problems import BarometerError, DataError, Problem, allowed

FILE = "data/sources.yml"
ENTRY = re.compile(r"(\s+\w+:\s*)(\S+)(\s+#.*)?(\r?\n?)")
"""A line `key: value` whose value is one word, perhaps with a comment behind it."""


class CannotChangeError(BarometerError):
    """A file is written in a way that a program cannot change line by line."""


def report(root: Path, keys: Sequence[str], asking: Asking, write: bool, tell: Callable[[str], None]) -> None:
    """Ask for the sources, say how each stands, and propose or write what its entry should say.

    Args:
        keys: Keys of sources; all where none is named.

    Raises:
        DataError: The data have faults, or there is no such source.
        CannotChangeError: The list is written in a way that cannot be changed line by line.
    """
    book = open_book(root)
    if unknown := [key for key in keys if key not in book.sources]:
        raise DataError(Problem(FILE, 1, "key", f"'{key}' is no source; {allowed(key, book.sources)}") for key in unknown)
    asked = {key: source for key, source in book.sources.items() if key in keys or not keys}
    text = (root / FILE).read_text(encoding="utf-8")
    read = yaml_lines.read(text, FILE, [])
    lines = read[1] if read else {}
    findings = source_links.look(asked, asking)
    for finding in findings:
        tell(f"{FILE}:{lines.get(finding.key, 1)}: {finding.key}: {finding.state}: {finding.words}")
    counts = Counter(finding.state for finding in findings)
    tell(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no source has an address")
    changes = {finding.key: finding.changes for finding in findings if finding.changes}
    if not changes:
        return
    written = changed(text, changes)
    tell("\nproposed:")
    for key, fields in changes.items():
        tell(f"  {key}: {', '.join(f'{name}: {value}' for name, value in fields.items())}")
    named = [volume.address for volume in book.published if changes.keys() & used_sources(volume, pages(root, volume.address))]
    if named:  # they are frozen
        tell(f"published editions of {', '.join(named)} name some of them; publishing will ask for a next edition, a revision")
    if write:
        all_or_none.write({root / FILE: written})
    tell(f"{'wrote' if write else 'with --write they are written into'} {FILE}{'; review and commit it' if write else ''}")


def changed(text: str, changes: Mapping[str, Mapping[str, str]]) -> str:
    """Write other values into some entries of sources.yml; every other line, comment and blank stays as it is.

    Args:
        text: Its text.
        changes: Key of a source -> field -> value. A field that is there is replaced; a new one is added below the address.

    Raises:
        CannotChangeError: The entry is not written one field a line.
    """
    before, line_numbers = _read(text)
    lines = text.splitlines(keepends=True)
    added: list[tuple[int, str, str]] = []
    for key, fields in changes.items():
        for field, value in fields.items():
            if field in before[key]:
                line = line_numbers[f"{key}.{field}"]
                lines[line - 1] = _replaced(lines[line - 1], value, f"{FILE}:{line}")
            else:
                added.append((line_numbers[f"{key}.url"], field, value))
    for line, field, value in sorted(added, reverse=True):
        indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        lines.insert(line, f"{indent}{field}: {value}\n")
    wanted = {key: {**entry, **changes.get(key, {})} for key, entry in before.items()}
    if _read("".join(lines))[0] != wanted:
        raise CannotChangeError(f"{FILE}: an entry is not written one field a line; change it by hand")
    return "".join(lines)


def _read(text: str) -> tuple[dict[str, Any], yaml_lines.Lines]:
    read = yaml_lines.read(text, FILE, [])
    if read is None or not isinstance(read[0], dict):
        raise CannotChangeError(f"{FILE}: cannot be read; run barometer check")
    return read


def _replaced(line: str, value: str, position: str) -> str:
    match = ENTRY.fullmatch(line)
    if not match:
        raise CannotChangeError(f"{position}: is not one field with one word; change it by hand")
    return f"{match[1]}{value}{match[3] or ''}{match[4]}"
