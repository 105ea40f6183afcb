"""What the served branch holds: its ledger, whether it is whole, and the sources of its editions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from hooks.press import bag
from hooks.press.git import Branch
from hooks.press.manifest import RECORD, SUMS, Record, differences, dumped
from macros.archive import IDS
from macros.model import KINDS
from macros.problems import DataError, Problem
from macros.render.former import ids_of_text

LEDGER = "editions.json"
Ledger = dict[str, tuple[Record, ...]]


def read_ledger(branch: Branch) -> Ledger:
    """Every published edition by address, oldest first.

    Raises:
        DataError: The ledger cannot be read.
    """
    content = branch.read(LEDGER)
    try:
        entries = [Record(**entry) for entry in json.loads(content)] if content else []
    except (TypeError, ValueError):
        raise DataError([Problem(LEDGER, 1, "file", "is no ledger of editions; restore the branch from a copy")]) from None
    return {address: tuple(one for one in entries if one.address == address) for address in dict.fromkeys(one.address for one in entries)}


def ledger_file(ledger: Mapping[str, Sequence[Record]]) -> bytes:
    """The ledger as a file: one list, in order of address and number."""
    return dumped([asdict(record) for address in sorted(ledger) for record in ledger[address]])


def altered(branch: Branch, ledger: Ledger) -> list[Problem]:
    """Frozen editions that are not as the ledger left them; quick, by the names of git's objects.

    Args:
        branch: The served branch.
        ledger: Its ledger.

    Returns:
        One finding for each file that is missing, changed or added, and for each edition that the ledger does not name.
    """
    records = [record for listed in ledger.values() for record in listed]
    objects = branch.objects([record.path for record in records])
    wrong = [record for record in records if objects.get(record.path) != record.tree]
    found = [problem for record in wrong for problem in faults(branch, record.path)]
    for record in wrong:
        if not any(problem.path.startswith(record.path) for problem in found):
            found.append(Problem(record.path, 1, "edition", "is not the one that the ledger names; restore the branch from a copy"))
    strange = set(editions_on(branch)) - {record.path for record in records}
    return found + [
        Problem(path, 1, "edition", "is on the branch and not in its ledger; restore the branch from a copy") for path in strange
    ]


def faults(branch: Branch, path: str) -> list[Problem]:
    """What in one edition on the branch differs from its manifest.

    Args:
        branch: The served branch.
        path: Folder of the edition.

    Returns:
        One finding for each file.
    """
    files = [name.removeprefix(f"{path}/") for name in branch.files(path)]
    manifest = branch.read(f"{path}/{SUMS}")
    if manifest is None:
        return [Problem(path, 1, "edition", f"has no {SUMS}; restore the branch from a copy")]
    record = json.loads(branch.read(f"{path}/{RECORD}") or b"{}")
    if record.get("withdrawn"):
        return []

    def read(names: list[str]) -> dict[str, bytes]:
        found = branch.read_many([f"{path}/{name}" for name in names])
        return {name.removeprefix(f"{path}/"): content for name, content in found.items()}

    return [Problem(f"{path}/{name}", 1, "file", message) for name, message in differences(manifest, files, read)]


def editions_on(branch: Branch) -> list[str]:
    """Folders of all editions on the branch, whatever the ledger says."""
    folders = {tuple(path.split("/")[:3]) for path in branch.files() if path.count("/") > 2 and path.split("/")[0] in KINDS.values()}
    return sorted("/".join(folder) for folder in folders if folder[2][:1] == "v" and folder[2][1:].isdigit())


def lay_sources(root: Path, branch: Branch, records: Iterable[Record]) -> None:
    """Lay out the sources of published editions, and the ids of their pages, where the builds look for them.

    Args:
        root: The repository; the sources go to .cache/archive/, which is laid out anew.
        branch: The served branch.
        records: The editions.

    Raises:
        DataError: The archive file of an edition, which holds its sources, is not there or damaged.
    """
    place = root / ".cache" / "archive"
    shutil.rmtree(place, ignore_errors=True)
    for record in (one for one in records if not one.withdrawn):  # of those the rows are gone, too
        folder = f"{record.path}/"
        for path, content in {**_sources(branch, record), IDS: dumped(_ids(branch, folder))}.items():
            (place / folder / path).parent.mkdir(parents=True, exist_ok=True)
            (place / folder / path).write_bytes(content)


def _sources(branch: Branch, record: Record) -> dict[str, bytes]:
    """What an edition was made from, by path."""
    archives = [path for path in branch.files(record.path) if path.endswith(".zip") and path.count("/") == record.path.count("/") + 1]
    for path, content in branch.read_many(archives).items():
        try:
            return bag.sources(content)
        except bag.DAMAGED:
            raise DataError([Problem(path, 1, "file", "is damaged; restore the branch from a copy")]) from None
    raise DataError([Problem(record.path, 1, "edition", "has no archive file; restore the branch from a copy")])


def _ids(branch: Branch, folder: str) -> dict[str, list[str]]:
    """The ids in the text of each page of an edition, without the tombstones of still earlier ones."""
    pages = branch.read_many([path for path in branch.files(folder) if path.endswith(".html")])
    return {path.removeprefix(folder): ids_of_text(content.decode()) for path, content in pages.items()}
