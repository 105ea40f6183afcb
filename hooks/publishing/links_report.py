"""What `barometer links` says, and writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from hooks.publishing import source_entries, source_links
from hooks.publishing.source_links import Asking
from macros import all_or_none, yaml_lines
from macros.archive import pages
from macros.book import open_book
from macros.changes import used_sources
from macros.problems import DataError, Problem, allowed

FILE = "data/sources.yml"


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
    changed = source_entries.changed(text, FILE, changes)
    tell("\nproposed:")
    for key, fields in changes.items():
        tell(f"  {key}: {', '.join(f'{name}: {value}' for name, value in fields.items())}")
    named = [volume.address for volume in book.published if changes.keys() & used_sources(volume, pages(root, volume.address))]
    if named:  # they are frozen
        tell(f"published editions of {', '.join(named)} name some of them; publishing will ask for a next edition, a revision")
    if write:
        all_or_none.write({root / FILE: changed})
    tell(f"{'wrote' if write else 'with --write they are written into'} {FILE}{'; review and commit it' if write else ''}")
