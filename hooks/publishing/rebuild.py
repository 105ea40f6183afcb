"""An edition made again from the branch or from its archive file, by the program of its own commit, and compared byte by byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from hooks.publishing import archive_file, branch, file_tree, manifest, pdf
from hooks.publishing.archive_file import Archive
from hooks.publishing.archived_sources import ids, lay, lay_sources
from hooks.publishing.branch import Branch, GitError
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.page_slots import original
from macros.archive import IDS
from macros.problems import BarometerError, Problem
from macros.target import RECORD, SUMS, Target, pdf_name


class CannotRebuildError(BarometerError):
    """What an edition was made with is not here, so nothing can be said about it."""


@dataclass(frozen=True)
class Origin:
    """What an edition says of how it was made.

    Attributes:
        path: Its path, such as `issues/19/v1`.
        commit: The commit of the program.
        lock: SHA-256 of the lock file of that commit.
        printed: Whether it has a PDF.
    """

    path: str
    commit: str
    lock: str
    printed: bool


def rebuilt(root: Path, served: Branch, listed: Ledger, record: Record) -> list[Problem]:
    """Build an edition again from its commit, and compare it with the branch.

    Args:
        root: The repository; its history must hold the commit.

    Returns:
        One finding for each file that differs; none for a withdrawn edition.

    Raises:
        CannotRebuildError: The history is cut short, or libraries here are not those of the edition's lock file.
        GitError: The program of that commit failed.
    """
    if record.withdrawn:
        return []
    if not branch.is_shallow(root) and not branch.contains(root, record.commit):
        return [Problem(record.path, 1, "commit", _foreign(record.commit))]
    origin = Origin(record.path, record.commit, record.lock, f"{record.path}/{pdf_name(record.path)}" in served.files(record.path))
    earlier = [edition for edition in listed[record.address] if edition.number < record.number]
    with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
        site = _build_again(root, origin, Path(folder), lambda tree: lay_sources(tree, served, earlier))
        return _differing_from_branch(served, record, site)


def rebuilt_from_archive(root: Path, archive: Archive, others: Sequence[Path]) -> list[str]:
    """Build an edition again from the sources in its archive file, and compare it with the file.

    The program is that of the commit which the file names, with its own shared lists and neighbouring issues; rows and
    texts of the publication are those in the file.

    Args:
        root: A repository whose history holds the commit.
        others: Archive files, among them those of earlier editions, from which corrections are computed.

    Returns:
        What differs, one line for each file.

    Raises:
        CannotRebuildError: Something that is needed for it is not here.
        GitError: The program failed.
    """
    path, commit = str(archive.target), archive.info.get("Program-Commit", "")
    if not commit:
        raise CannotRebuildError("bag-info.txt names no commit of the program")
    if not branch.commit_of(root):
        address = archive.info.get("Program-Repository", "")
        raise CannotRebuildError(f"no repository of the program is here; get it with git clone {address}")
    origin = Origin(path, commit, archive.info.get("Program-Lock-SHA256", ""), (archive.pages / pdf_name(path)).is_file())
    with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
        earlier = dict(_earlier(archive.target, others, Path(folder)))
        site = _build_again(root, origin, Path(folder), lambda tree: _lay_archive(tree, archive, earlier))
        (fresh,) = (site / path).glob("*.zip")
        return _differing_archives(archive.file, fresh)


def _foreign(commit: str) -> str:
    return f"names commit {commit}, which is no part of the history checked out here; its program is not run"


def _build_again(root: Path, origin: Origin, folder: Path, lay_beside: Callable[[Path], None]) -> Path:
    """Build an edition with the program of its own commit: the site of it alone.

    Only a commit that the history checked out here contains is run: whoever can write the served branch, or an
    archive file, cannot make this machine run a program of his. What the edition needs beside it is laid into the tree of that commit.
    """
    if branch.is_shallow(root):
        raise CannotRebuildError(f"{origin.path}: the history here is cut short; run git fetch --unshallow")
    if not branch.contains(root, origin.commit):
        raise CannotRebuildError(_foreign(origin.commit))
    if origin.printed and pdf.missing():
        raise CannotRebuildError(f"{origin.path}/{pdf_name(origin.path)} cannot be made again here: {pdf.missing()}")
    tree, site = folder / "tree", folder / "site"
    branch.run("worktree", "prune", cwd=root)  # what a killed run left behind
    branch.run("worktree", "add", "--quiet", "--detach", str(tree), origin.commit, cwd=root)
    try:
        _same_libraries(tree, origin)
        lay_beside(tree)
        command = [sys.executable, "-m", "hooks.publishing.cli", "edition", origin.path.rpartition("/")[0], "--out", str(site)]
        environment = {**os.environ, "PYTHONPATH": str(tree), "BAROMETER_PDF": "yes" if origin.printed else "no"}
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    finally:
        branch.run("worktree", "remove", "--force", str(tree), cwd=root)
    if done.returncode:
        output = (done.stdout + done.stderr).strip()
        raise GitError(f"{origin.path} could not be built again: {output.splitlines()[-1] if 'Traceback' in output else output}")
    return site


def _same_libraries(tree: Path, origin: Origin) -> None:
    """Refuse to build where the libraries here are not those that the lock file of that commit names."""
    if manifest.lock_of(tree) != origin.lock:
        raise CannotRebuildError(f"{origin.path}: its record names another lock file than its commit holds")
    others = list(_other_libraries((tree / manifest.LOCK).read_text(encoding="utf-8"))) if origin.lock else []
    if others:
        raise CannotRebuildError(
            f"{origin.path} was made with other libraries than those here ({', '.join(others[:3])}{' ...' * (len(others) > 3)}); "
            f"nothing is said about its bytes. Its own: git worktree add ../then {origin.commit}, then in that folder "
            f"make check and .venv/bin/barometer verify --rebuild {origin.path}"
        )


def _other_libraries(lock: str) -> Iterator[str]:
    """The libraries of a lock file that apply to this system and are not installed in that version."""
    for line in lock.splitlines():
        if "==" not in line or line.startswith((" ", "#")):
            continue
        requirement = Requirement(line.rstrip(" \\"))
        try:
            here = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            here = ""
        applies = requirement.marker is None or requirement.marker.evaluate()
        if applies and not (here and requirement.specifier.contains(here)):
            yield f"{requirement.name} {here or 'missing'} instead of {str(requirement.specifier)[2:]}"


def _differing_from_branch(served: Branch, record: Record, site: Path) -> list[Problem]:
    """Compare an edition and its shared assets with a site of it alone; record and hashes name the branch's own."""
    own = {f"{record.path}/{name}" for name in (RECORD, SUMS)}
    fresh = file_tree.read(site)
    names = ({*served.files(record.path), *record.assets} | fresh.keys()) - own
    contents = served.read_many(sorted(names))
    problems = []
    for name in sorted(names):
        content = contents.get(name)
        if (original(content) if content is not None and name.endswith(".html") else content) != fresh.get(name):
            hint = f"; here is Pango {pdf.pango()}, and the PDF names the one that set it" if name.endswith(".pdf") else ""
            problems.append(Problem(name, 1, "file", f"is not what its sources give when they are built again{hint}"))
    return problems


def _earlier(target: Target, others: Sequence[Path], folder: Path) -> Iterator[tuple[str, Archive]]:
    """The archives of the earlier editions, unpacked."""
    wanted = {str(Target("edition", target.address, number)) for number in range(1, target.edition)}
    for number, file in enumerate(others if wanted else ()):
        subfolder = folder / f"other-{number}"
        subfolder.mkdir()
        archive, problems = archive_file.unpack(file, subfolder)
        permalink = archive.info.get("External-Identifier", "") if archive else ""
        named = next((path for path in wanted if permalink.endswith(f"/{path}/")), "")
        if archive and named and not problems:
            wanted.remove(named)
            yield named, archive
    if wanted:
        raise CannotRebuildError(
            f"its corrections are computed from {', '.join(sorted(wanted))}; name the archive files of these, too, unaltered"
        )


def _lay_archive(tree: Path, archive: Archive, earlier: Mapping[str, Archive]) -> None:
    """Put the publication's own files in the place of those of the commit, and earlier editions beside them."""
    for room in ("data", "docs"):
        own = tree / room / archive.target.address
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(archive.source / room / archive.target.address, own)
    lay(tree, ((path, file_tree.read(edition.source) | {IDS: ids(file_tree.read(edition.pages))}) for path, edition in earlier.items()))


def _differing_archives(packed: Path, fresh: Path) -> list[str]:
    if packed.read_bytes() == fresh.read_bytes():
        return []
    contents = []
    for file in (packed, fresh):
        with zipfile.ZipFile(file) as opened:
            contents.append({name.partition("/")[2]: opened.read(name) for name in opened.namelist()})
    ours, theirs = contents
    names = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    return [f"{name} is not what its sources give" for name in names] or ["the same files, packed otherwise"]
