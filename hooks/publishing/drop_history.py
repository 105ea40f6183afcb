"""The history of the served branch dropped, where the law leaves no choice: the files stay, a new chain of tags begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hooks.publishing import branch, ledger, verify
from macros.problems import DataError


def drop_history(root: Path, remote: str, name: str, reason: str, report: Callable[[str], None]) -> None:
    """Put everything that the branch holds today into one first commit, and tag every edition on it anew.

    Old commits and tags hold what was withdrawn, so all of them go. Lines that older publishes printed prove
    nothing any more; the new one does from here on.

    Args:
        remote: Name or address of the remote, which must allow to replace the branch and its tags.
        reason: Why, in one line; it stands in each new tag.
        report: Told what is to be kept.

    Raises:
        DataError: The branch is not as it was published; what is not whole is not vouched for anew.
        GitError: The remote refused.
    """
    with branch.fetched(root, remote, name) as served:
        chain, problems = verify.unchanged(served)
        if problems:
            raise DataError(problems)
        content = served.read(ledger.LEDGER)
        listed = ledger.parse(content)
        served.start_anew(reason)
        named = [(record.path, reason, record.manifest) for record in ledger.records_of(listed)]
        named += [(f"{address}/withdrawn", reason, "") for address, records in listed.items() if records[0].withdrawn]
        fresh = served.tag(named, ("", ledger.digest(content)), branch.head_of(root), None, replace=True)
        names = {tag.name for tag in fresh}
        served.push(fresh, force=True, dropped=[tag for tag in chain if tag.name not in names])
        report(f"{name} begins anew, with {len(named)} tags")
        report(fresh[-1].receipt)
