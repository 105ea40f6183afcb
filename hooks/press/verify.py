"""Is every edition on the branch as it was published, and can it be made again from its sources?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hooks.press import archive, bag, git, manifest, pdf
from hooks.press.git import Branch
from hooks.press.status import original
from macros.problems import DataError, Problem
from macros.target import pdf_name


def verify(
    root: Path, remote: str, name: str, addresses: Sequence[str] = (), rebuild: bool = False, report: Callable[[str], None] = print
) -> None:
    """Check editions against their manifests, and if asked against a fresh build.

    Args:
        root: The repository.
        remote: Name or address of the remote.
        name: Name of the served branch.
        addresses: Publications or editions, such as `issues/19` or `issues/19/v1`, or archive files
            that end in `.zip`; every edition where none is named.
        rebuild: Build each edition again from the commit that it names, and compare every byte.
        report: Told of each edition.

    Raises:
        DataError: An edition is not as it was published; one finding for each file.
        BarometerError: The branch cannot be read, or an edition cannot be built again.
    """
    files = [one for one in addresses if one.lower().endswith(".zip")]
    named = [one for one in addresses if one not in files]
    problems = [problem for file in files for problem in _packed(file, report)]
    if named or not files:
        with git.fetched(root, remote, name) as branch:
            problems += _published(root, branch, named, rebuild, report)
    if problems:
        raise DataError(problems)


def _packed(file: str, report: Callable[[str], None]) -> list[Problem]:
    """Check an archive file, wherever it lies; no branch is needed for it."""
    found = bag.faults(Path(file))
    report(f"{file}: {'ALTERED, or no archive of an edition' if found else 'a valid bag, every file as it was packed'}")
    return found


def _published(root: Path, branch: Branch, addresses: Sequence[str], rebuild: bool, report: Callable[[str], None]) -> list[Problem]:
    editions = archive.editions_on(branch)
    unknown = [one for one in addresses if not any(_under(path, one) for path in editions)]
    problems = [Problem(one, 1, "edition", f"is not on the branch; there are {', '.join(editions) or 'none'}") for one in unknown]
    chosen = [path for path in editions if not addresses or any(_under(path, one) for one in addresses)]
    problems += lost(branch, editions)
    altered = archive.altered(branch, archive.read_ledger(branch))
    for path in chosen:
        found = archive.faults(branch, path) or [one for one in altered if _under(one.path, path)]
        if rebuild and not found:
            found = rebuilt(root, branch, path)
        problems += found
        again = ", built again: the same bytes" if rebuild else ""
        report(f"{path}: {'ALTERED' if found else 'as published' + again}")
    return problems


def _under(path: str, address: str) -> bool:
    return f"{path}/".startswith(f"{address.strip('/')}/")


def lost(branch: Branch, editions: Sequence[str]) -> list[Problem]:
    """Editions that the ledger names and the branch does not hold."""
    records = [record for listed in archive.read_ledger(branch).values() for record in listed]
    return [Problem(one.path, 1, "edition", "is in the ledger and not on the branch") for one in records if one.path not in editions]


def rebuilt(root: Path, branch: Branch, path: str) -> list[Problem]:
    """Build an edition again from the commit that it names, and compare.

    Args:
        root: The repository; its history must hold the commit.
        branch: The served branch.
        path: Folder of the edition.

    Returns:
        One finding for each file that differs.
    """
    record = json.loads(branch.read(f"{path}/{manifest.RECORD}") or b"{}")
    if record.get("withdrawn"):
        return []
    name = pdf_name(path)
    printed = f"{path}/{name}" in branch.files(f"{path}/")
    if printed and pdf.missing():
        raise git.GitError(f"{path}/{name} cannot be made again here: {pdf.missing()}")
    with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
        tree, out = Path(folder) / "tree", Path(folder) / "edition"
        git.run("worktree", "prune", cwd=root)  # what a killed run left behind
        git.run("worktree", "add", "--quiet", "--detach", str(tree), record["commit"], cwd=root)
        try:
            earlier = [one for one in archive.read_ledger(branch).get(record["address"], ()) if one.number < record["number"]]
            archive.lay_sources(tree, branch, earlier)
            _build(tree, record["address"], out, printed)
        finally:
            git.run("worktree", "remove", "--force", str(tree), cwd=root)
        return _compared(branch, path, out)


def _build(tree: Path, address: str, out: Path, printed: bool) -> None:
    """Run the program of that commit, not ours."""
    command = [sys.executable, "-m", "hooks.press.commands", "edition", address, "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(tree), "BAROMETER_PDF": "yes" if printed else "no"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise git.GitError(f"{address} could not be built again: {said.splitlines()[-1] if 'Traceback' in said else said}")


def _compared(branch: Branch, path: str, out: Path) -> list[Problem]:
    fresh = {one.relative_to(out).as_posix(): one.read_bytes() for one in out.rglob("*") if one.is_file()}
    names = {name.removeprefix(f"{path}/") for name in branch.files(f"{path}/")} - {manifest.RECORD, manifest.SUMS}
    contents = branch.read_many([f"{path}/{one}" for one in sorted(names)])
    held = {name.removeprefix(f"{path}/"): content for name, content in contents.items()}
    found = []
    for name in sorted(names | fresh.keys()):
        first = original(held[name]) if name.endswith(".html") and name in held else held.get(name)
        if first != fresh.get(name):
            hint = f"; here is Pango {pdf.pango()}, and the PDF names the one that set it" if name.endswith(".pdf") else ""
            found.append(Problem(f"{path}/{name}", 1, "file", f"is not what its sources give when they are built again{hint}"))
    return found
