"""Is the served branch as it was published, and can its editions be made again from their sources?

`unchanged` is what each publish asks first: a few questions to git, whatever the size of the archive.
`verify` reads every file.
"""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hooks.publishing import archive_file, branch, ledger, manifest, rebuild, tags
from hooks.publishing.branch import Branch
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.page_slots import language_of, original, served, tombstone
from hooks.publishing.tags import REMEDY, Tag
from macros import load
from macros.problems import DataError, Problem
from macros.target import ASSETS, RECORD, SUMS

COPY = "restore the branch from a copy"
Report = Callable[[str], None]
Catalogues = Mapping[str, bytes]
"""The monitor's own catalogues of messages, by language."""
Newer = tuple[Record | None, set[str], Catalogues]
"""The edition after one, the pages of it, and the catalogues in which a page says that it is there."""


def verify(root: Path, addresses: Sequence[str], remote: str, name: str, since: str, rebuild: bool, report: Report) -> None:
    """Check the served branch, or archive files, and if asked against a fresh build.

    Args:
        addresses: Publications or editions, such as `issues/19` or `issues/19/v1`, or archive files that end
            in `.zip`; everything on the branch where none is named.
        remote: Name or address of the remote.
        name: Name of the served branch.
        since: A line that a publish printed, to prove that nothing up to it was changed; may be empty.
        rebuild: Build each edition again from the commit that it names, and compare every byte.
        report: Told of each edition.

    Raises:
        DataError: Something is not as it was published; one finding for each file, edition or tag.
        CannotRebuildError: The libraries here are not those that an edition was made with.
        BarometerError: The branch cannot be read, or an edition cannot be built again.
    """
    files = [address for address in addresses if address.lower().endswith(".zip")]
    named = [address for address in addresses if address not in files]
    problems = [problem for file in files for problem in _packed(file, report)]
    if named or not files:
        with branch.fetched(root, remote, name) as fetched:
            problems += _published(root, fetched, named, since, rebuild, report)
    if problems:
        raise DataError(problems)


def _packed(file: str, report: Report) -> list[Problem]:
    """Check an archive file, wherever it lies; no branch is needed for it."""
    with tempfile.TemporaryDirectory(prefix="bag-") as folder:
        _, problems = archive_file.unpack(Path(file), Path(folder))
    report(f"{file}: {'ALTERED, or no archive of an edition' if problems else 'a valid bag, every file as it was packed'}")
    return problems


def _published(root: Path, branch: Branch, addresses: Sequence[str], since: str, again: bool, report: Report) -> list[Problem]:
    """Check the branch: all of it, and each edition that is named."""
    chain, problems = unchanged(branch)
    try:
        listed = ledger.parse(branch.read(ledger.LEDGER))
    except DataError as error:
        return [*problems, *error.problems]
    files = branch.files()
    records = ledger.records_of(listed)
    paths = [record.path for record in records]
    unknown = [address for address in addresses if not any(_under(path, address) for path in paths)]
    problems += [Problem(address, 1, "edition", f"is not on the branch; there are {', '.join(paths) or 'none'}") for address in unknown]
    problems += [*ledger.strays(files, listed), *history(branch, chain)]
    problems += ledger.asset_problems(branch.read_many([path for path in files if path.startswith(ASSETS)]))
    problems += tags.since(chain, since) if since else []
    catalogues = load.catalogues_of(root)
    for record in records:
        if not addresses or any(_under(record.path, address) for address in addresses):
            faults = [
                *_edition_problems(branch, listed, record, files, catalogues),
                *(problem for problem in problems if _under(problem.path, record.path)),
            ]
            if again and not faults:
                faults = rebuild.rebuilt(root, branch, listed, record)
            problems += faults
            report(f"{record.path}: {'ALTERED' if faults else 'as published' + (', built again: the same bytes' * again)}")
    return problems


def _under(path: str, address: str) -> bool:
    return f"{path}/".startswith(f"{address.strip('/')}/")


def unchanged(branch: Branch) -> tuple[list[Tag], list[Problem]]:
    """Check that the branch is what the last publish left, by the tags and the names of git's objects.

    Returns:
        The tags in order, and a finding for each file that was changed, added or deleted since, and for each
        edition or withdrawal whose tag is missing or another.
    """
    chain, problems = tags.chain(branch.tags())
    head, content = branch.head, branch.read(ledger.LEDGER)
    if not chain:
        message = f"has no tag of a publish, and nothing else vouches for it; {REMEDY}"
        return chain, [*problems, *([Problem(branch.name, 1, "branch", message)] if head else [])]
    newest = chain[-1]
    if not head:
        return chain, [*problems, Problem(branch.name, 1, "branch", f"is gone, though {newest.name} was published on it; {REMEDY}")]
    if head != newest.commit:
        if newest.commit not in branch.history():
            problems.append(Problem(branch.name, 1, "branch", f"does not follow the newest tag, {newest.name}; {REMEDY}"))
        problems += [Problem(path, 1, "file", SINCE[status]) for path, status in branch.differing(newest.commit).items()]
    if ledger.digest(content) != newest.after:
        problems.append(Problem(ledger.LEDGER, 1, "file", f"is not the ledger that {newest.name} names; {REMEDY}"))
    problems += [tag.problem("is signed with a key that is not accepted here") for tag in branch.not_accepted(chain)]
    try:
        return chain, problems + _tagged(ledger.parse(content), chain)
    except DataError as error:
        return chain, [*problems, *error.problems]


SINCE = {"A": "was added after publication", "D": "is missing", "M": "is not what was published", "T": "is not what was published"}


def _tagged(listed: Ledger, chain: Sequence[Tag]) -> list[Problem]:
    """Each edition and each withdrawal has its tag, and each tag its edition."""
    named = {tag.name: tag for tag in chain}
    records = {record.path: record for record in ledger.records_of(listed)}
    problems = []
    for path, record in records.items():
        if path not in named:
            problems.append(Problem(path, 1, "edition", f"has no tag {path}; {REMEDY}"))
        elif named[path].manifest != record.manifest:
            problems.append(Problem(path, 1, "edition", f"is not the one that its tag names; {REMEDY}"))
        withdrawal = f"{record.address}/withdrawn"
        if record.withdrawn and withdrawal not in named:
            problems.append(Problem(path, 1, "edition", f"is said to be withdrawn, and there is no tag {withdrawal}; {REMEDY}"))
    lost = [tag for tag in chain if tag.manifest and tag.name not in records]
    return problems + [Problem(tag.name, 1, "edition", f"was published and is not in the ledger; {REMEDY}") for tag in lost]


def history(branch: Branch, chain: Sequence[Tag]) -> list[Problem]:
    """Check each publish since the first: its commit follows the one before, and its ledger says no more than its tags.

    Returns:
        A finding for each edition that was deleted, changed or withdrawn in between without saying so.
    """
    commits = list(dict.fromkeys(tag.commit for tag in chain))
    follows = branch.history()[::-1]
    problems = []
    if chain and follows[: len(commits)] != commits:
        problems.append(Problem(branch.name, 1, "branch", f"is not the line of commits that the tags stand on; {REMEDY}"))
    before: Ledger = {}
    for commit in commits:
        here = [tag for tag in chain if tag.commit == commit]
        content = branch.read_many([ledger.LEDGER], commit).get(ledger.LEDGER)
        if ledger.digest(content) != here[0].after:
            problems.append(here[0].problem(f"names another ledger than its own commit holds; {REMEDY}"))
            continue
        after = ledger.parse(content)
        problems += ledger.transition(before, after, {tag.name for tag in here})
        before = after
    return problems


def _edition_problems(branch: Branch, listed: Ledger, record: Record, files: Mapping[str, str], catalogues: Catalogues) -> list[Problem]:
    """Compare every file of one edition with what was published and with the status that follows from the ledger."""
    folder = f"{record.path}/"
    own = {path for path in files if path.startswith(folder)} - {folder + SUMS}
    if not own:
        return [Problem(record.path, 1, "edition", f"is in the ledger and not on the branch; {COPY}")]
    content = branch.read(folder + SUMS)
    if content is None:
        return [Problem(record.path, 1, "edition", f"has no {SUMS}; {COPY}")]
    if ledger.digest(content) != record.manifest:
        return [Problem(folder + SUMS, 1, "file", f"is not the manifest that the ledger names; {COPY}")]
    stated = {posixpath.normpath(folder + name): digest for name, digest in manifest.listed(content).items()}
    if record.withdrawn:
        stated = {path: digest for path, digest in stated.items() if path.endswith(".html")} | {folder + RECORD: ""}
    wrong = dict.fromkeys(stated.keys() - files.keys(), "is missing")
    wrong |= dict.fromkeys(own - stated.keys(), "was added after publication")
    successor = next((edition for edition in listed[record.address] if edition.number == record.number + 1), None)
    following = f"{successor.path}/" if successor else folder
    newer = (successor, {path.removeprefix(following) for path in files if path.startswith(following)}, catalogues)
    for path, content in branch.read_many(sorted(stated.keys() & files.keys())).items():
        if not _as_published(content, path.removeprefix(folder), record, stated[path], newer):
            wrong[path] = "is not what was published"
    return sorted(Problem(path, 1, "file", message) for path, message in wrong.items())


def _as_published(content: bytes, name: str, record: Record, digest: str, newer: Newer) -> bool:
    """Whether a file holds what was published, and a page the status that it must have now."""
    if record.withdrawn:
        return content == (manifest.record_file(record) if name == RECORD else tombstone(record, language_of(content, newer[2])))
    if not name.endswith(".html"):
        return ledger.digest(content) == digest
    return ledger.digest(original(content)) == digest and content == served(content, name, *newer)
