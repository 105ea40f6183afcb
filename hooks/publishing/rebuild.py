"""An edition made again from its sources, by the program of its own commit, and compared byte by byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from hooks.publishing import branch, manifest, pdf
from hooks.publishing.archived_sources import lay_sources
from hooks.publishing.branch import Branch, GitError
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.status import original
from macros.problems import BarometerError, Problem
from macros.target import RECORD, SUMS, pdf_name


class CannotRebuildError(BarometerError):
    """What an edition was made with is not here, so nothing can be said about it."""


class ForeignCommitError(BarometerError):
    """An edition names a commit that is no part of the history here."""


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
    """Build an edition again and compare.

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
    origin = Origin(record.path, record.commit, record.lock, f"{record.path}/{pdf_name(record.path)}" in served.files(record.path))
    earlier = [edition for edition in listed[record.address] if edition.number < record.number]
    with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
        try:
            build_again(root, origin, Path(folder), lambda tree: lay_sources(tree, served, earlier))
        except ForeignCommitError as error:
            return [Problem(record.path, 1, "commit", str(error))]
        return _compared(served, record, Path(folder) / "edition")


def build_again(root: Path, origin: Origin, folder: Path, lay: Callable[[Path], None]) -> None:
    """Build an edition with the program of its own commit into `edition/`.

    Only a commit that the history checked out here contains is run: whoever can write the served branch, or an
    archive file, cannot make this machine run a program of his.

    Args:
        origin: How the edition was made.
        lay: Lays into the tree of that commit what the edition needs beside it.

    Raises:
        ForeignCommitError: The commit is no part of the history.
        CannotRebuildError: The history is cut short, or libraries here are not those of the edition's lock file.
        GitError: The program of that commit failed.
    """
    if branch.is_shallow(root):
        raise CannotRebuildError(f"{origin.path}: the history here is cut short; run git fetch --unshallow")
    if not branch.contains(root, origin.commit):
        raise ForeignCommitError(f"names commit {origin.commit}, which is no part of the history checked out here; its program is not run")
    if origin.printed and pdf.missing():
        raise CannotRebuildError(f"{origin.path}/{pdf_name(origin.path)} cannot be made again here: {pdf.missing()}")
    tree = folder / "tree"
    branch.run("worktree", "prune", cwd=root)  # what a killed run left behind
    branch.run("worktree", "add", "--quiet", "--detach", str(tree), origin.commit, cwd=root)
    try:
        _same_libraries(tree, origin)
        lay(tree)
        _build(tree, origin.path.rpartition("/")[0], folder / "edition", origin.printed)
    finally:
        branch.run("worktree", "remove", "--force", str(tree), cwd=root)


def _same_libraries(tree: Path, origin: Origin) -> None:
    """Refuse to build where the libraries here are not those that the lock file of that commit names."""
    lock = tree / manifest.LOCK
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    others = [] if not text else other_libraries(text)
    if manifest.lock_of(tree) != origin.lock:
        raise CannotRebuildError(f"{origin.path}: its record names another lock file than its commit holds")
    if others:
        raise CannotRebuildError(
            f"{origin.path} was made with other libraries than those here ({', '.join(others[:3])}{' ...' * (len(others) > 3)}); "
            f"nothing is said about its bytes. Its own: git worktree add ../then {origin.commit}, then in that folder "
            f"make check and .venv/bin/barometer verify --rebuild {origin.path}"
        )


def other_libraries(lock: str) -> list[str]:
    """Compare the installed libraries with a lock file.

    Returns:
        For each that applies to this system and is not installed in that version: `name 1.2 instead of 1.3`.
    """
    installed = {distribution.name.lower().replace("_", "-"): distribution.version for distribution in metadata.distributions()}
    others = []
    for line in lock.splitlines():
        if "==" not in line or line.startswith((" ", "#")):
            continue
        try:
            requirement = Requirement(line.rstrip(" \\"))
        except InvalidRequirement:
            continue
        here = installed.get(requirement.name.lower().replace("_", "-"), "0")
        applies = requirement.marker is None or requirement.marker.evaluate()
        if applies and not requirement.specifier.contains(here):
            others.append(f"{requirement.name} {here if here != '0' else 'missing'} instead of {str(requirement.specifier)[2:]}")
    return others


def _build(tree: Path, address: str, out: Path, printed: bool) -> None:
    """Run the program of that commit, not ours."""
    command = [sys.executable, "-m", "hooks.publishing.cli", "edition", address, "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(tree), "BAROMETER_PDF": "yes" if printed else "no"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        output = (done.stdout + done.stderr).strip()
        raise GitError(f"{address} could not be built again: {output.splitlines()[-1] if 'Traceback' in output else output}")


def _compared(served: Branch, record: Record, out: Path) -> list[Problem]:
    """Compare an edition and its shared assets with a site of it alone."""
    fresh = {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).digest() for file in out.rglob("*") if file.is_file()}
    names = {*served.files(record.path), *record.assets} - {f"{record.path}/{name}" for name in (RECORD, SUMS)}
    contents = served.read_many(sorted(names))
    problems = []
    for name in sorted(names | fresh.keys()):
        content = contents.get(name)
        first = original(content) if content is not None and name.endswith(".html") else content
        if first is None or hashlib.sha256(first).digest() != fresh.get(name):
            hint = f"; here is Pango {pdf.pango()}, and the PDF names the one that set it" if name.endswith(".pdf") else ""
            problems.append(Problem(name, 1, "file", f"is not what its sources give when they are built again{hint}"))
    return problems
