"""The branch that is served, worked on in a scratch repository so that nothing is half done.

Everything is committed in a repository of its own, which borrows the objects of the real one,
and reaches the remote in one push. A killed run leaves a folder behind in .cache and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mike import git_utils

from hooks.press import scratch
from macros.problems import BarometerError

MOVED = ("non-fast-forward", "fetch first", "cannot lock ref", "incorrect old value", "failed to update ref", "already exists")
"""Words by which git says that a branch is no longer where it was when it was fetched."""

THRESHOLD, LARGE = "core.bigFileThreshold", "100k"
"""From this size on git does not look in a file for what the one before it in the commit holds too: that is half the time of
committing the tables of many issues. A push looks, as git does by default, for what their last edition holds."""


class GitError(BarometerError):
    """Git could not do what was asked; the message says what, and git's own words."""


class RejectedError(GitError):
    """Somebody else published in the meantime."""


def run(*arguments: str, cwd: Path, stdin: bytes | None = None) -> bytes:
    """Run git and return what it printed.

    Args:
        *arguments: Words after `git`.
        cwd: Where to run it.
        stdin: What it reads.

    Returns:
        Standard output.

    Raises:
        GitError: It failed.
    """
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    done = subprocess.run(["git", *arguments], cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise GitError(f"git {arguments[0]} failed: {one_line(done.stdout + done.stderr if arguments[0] == 'push' else done.stderr)}")
    return done.stdout


def one_line(said: bytes) -> str:
    """What git said, as one line without its hints."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines()]
    return "; ".join(line for line in lines if line and not line.startswith(("hint:", "To ", "Done")))


def text(*arguments: str, cwd: Path) -> str:
    """Run git and return what it printed as one stripped text."""
    return run(*arguments, cwd=cwd).decode().strip()


@dataclass(frozen=True)
class Branch:
    """The served branch as it was fetched, in a scratch repository.

    Attributes:
        repository: The scratch repository.
        name: Name of the branch.
        remote: Where it was fetched from and is pushed to.
    """

    repository: Path
    name: str
    remote: str

    @property
    def head(self) -> str:
        """The newest commit; nothing where the branch does not exist yet."""
        found = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", f"refs/heads/{self.name}"], cwd=self.repository, capture_output=True, check=False
        )
        return found.stdout.decode().strip()

    def read(self, path: str) -> bytes | None:
        """A file of the branch; None where there is none."""
        return self.read_many([path]).get(path) if self.head else None

    def read_many(self, paths: list[str]) -> dict[str, bytes]:
        """Files of the branch by path, in one run of git; those that do not exist are left out."""
        wanted = "".join(f"{self.name}:{path}\n" for path in paths).encode()
        output = run("cat-file", "--batch", cwd=self.repository, stdin=wanted)
        found: dict[str, bytes] = {}
        place = 0
        for path in paths:
            end = output.index(b"\n", place)
            header = output[place:end].split()
            place = end + 1
            if header[-1] != b"missing" and header[-2] == b"blob":
                size = int(header[-1])
                found[path] = output[place : place + size]
                place += size + 1
        return found

    def objects(self, paths: list[str]) -> dict[str, str]:
        """Names of the git objects at some paths, in one run of git; those that do not exist are left out."""
        wanted = "".join(f"{self.name}:{path}\n" for path in paths).encode()
        lines = run("cat-file", "--batch-check", cwd=self.repository, stdin=wanted).decode().splitlines()
        return {path: line.split()[0] for path, line in zip(paths, lines, strict=True) if not line.endswith(" missing")}

    def files(self, folder: str = "") -> dict[str, str]:
        """Every file below a folder of the branch: path -> name of its git object."""
        if not self.head:
            return {}
        where = [f"{folder.rstrip('/')}/"] if folder else []
        lines = run("ls-tree", "-r", "-z", "--full-tree", self.name, *where, cwd=self.repository).decode().split("\0")
        return {line.partition("\t")[2]: line.split()[2] for line in lines if line}

    def commit(self, message: str, files: Mapping[str, bytes], gone: list[str]) -> None:
        """Commit files onto the branch, through mike.

        Args:
            message: Why.
            files: Path -> content.
            gone: Paths to remove.
        """
        with self.here(), mike_errors(), git_utils.Commit(self.name, message, allow_empty=True) as commit:
            commit.delete_files(gone)
            for path, content in sorted(files.items()):
                commit.add_file(git_utils.FileInfo(path, content))

    @contextmanager
    def here(self) -> Iterator[None]:
        """Work in the scratch repository, as mike does; GIT_DIR of a calling hook does not reach it."""
        before = Path.cwd()
        kept = {name: os.environ.pop(name) for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE") if name in os.environ}
        os.chdir(self.repository)
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.update(kept)

    def push(self) -> None:
        """Push the branch as a whole.

        Raises:
            RejectedError: The remote has moved on since it was fetched.
            GitError: The remote could not be reached, or refused.
        """
        place = f"refs/heads/{self.name}"
        run("config", THRESHOLD, "512m", cwd=self.repository)
        try:
            run("push", "--quiet", "--porcelain", self.remote, f"{place}:{place}", cwd=self.repository)
        except GitError as error:
            words = str(error)
            if any(word in words for word in MOVED):
                raise RejectedError(words) from None
            raise

    def squash(self, base: str, message: str) -> None:
        """Make one commit of all that was committed since a base, or none where nothing differs."""
        if self.head == base:
            return
        if base and self._tree(base) == self._tree(self.name):
            one = base
        else:
            one = text("commit-tree", f"{self.name}^{{tree}}", *(["-p", base] if base else []), "-m", message, cwd=self.repository)
        run("update-ref", f"refs/heads/{self.name}", one, cwd=self.repository)

    def _tree(self, commit: str) -> str:
        return text("rev-parse", f"{commit}^{{tree}}", cwd=self.repository)

    def fetch(self) -> None:
        """Take over the branch as the remote has it now; what was committed here and not pushed is forgotten."""
        place = f"refs/heads/{self.name}"
        if text("ls-remote", self.remote, place, cwd=self.repository):
            run("fetch", "--quiet", "--no-tags", self.remote, f"+{place}:{place}", cwd=self.repository)
        elif self.head:
            run("update-ref", "-d", place, cwd=self.repository)


@contextmanager
def mike_errors() -> Iterator[None]:
    """Turn the errors of mike into ours."""
    try:
        yield
    except git_utils.GitError as error:
        raise GitError(one_line(str(error).encode())) from None
    except OSError as error:
        raise GitError(f"git stopped while it was writing: {error.strerror or error}") from None


@contextmanager
def fetched(root: Path, remote: str, name: str) -> Iterator[Branch]:
    """Fetch the served branch into a scratch repository, which goes when the work is done.

    Args:
        root: The repository.
        remote: Name or address of the remote.
        name: Name of the branch.

    Yields:
        The branch.

    Raises:
        GitError: The repository or the remote cannot be read.
        OSError: There is no room, or the repository may not be written.
    """
    place = ""
    try:
        (root / ".cache").mkdir(exist_ok=True)
        scratch.sweep(root / ".cache", "press")
        place = tempfile.mkdtemp(prefix=f"press-{os.getpid()}-", dir=root / ".cache")
        yield _fetch(root, Path(place) / "branch.git", remote, name)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _fetch(root: Path, repository: Path, remote: str, name: str) -> Branch:
    objects = (root / text("rev-parse", "--git-path", "objects", cwd=root)).resolve()
    address = _address(root, remote)
    run("init", "--quiet", "--bare", str(repository), cwd=root)
    (repository / "objects" / "info" / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    for key, default in (("user.name", "Barometer"), ("user.email", "barometer@invalid")):
        run("config", key, _config(root, key) or default, cwd=repository)
    run("config", THRESHOLD, LARGE, cwd=repository)
    branch = Branch(repository, name, address)
    branch.fetch()
    return branch


def _address(root: Path, remote: str) -> str:
    """The address of a remote; a path on this machine is made absolute."""
    if remote in text("remote", cwd=root).split():
        remote = text("remote", "get-url", "--push", remote, cwd=root)
    local = (root / remote).resolve()
    return str(local) if local.exists() else remote


def _config(root: Path, key: str) -> str:
    found = subprocess.run(["git", "config", "--", key], cwd=root, capture_output=True, check=False)
    return found.stdout.decode().strip()


def head_of(root: Path) -> str:
    """The commit that is checked out.

    Raises:
        GitError: The folder is no repository with a commit.
    """
    return text("rev-parse", "HEAD", cwd=root)


def commit_of(root: Path) -> str:
    """The commit that is checked out; nothing where the folder is no repository with a commit."""
    try:
        return head_of(root)
    except GitError:
        return ""


def contains(root: Path, commit: str) -> bool:
    """Whether a commit is part of the history that is checked out; taken for granted where that history is cut short."""
    if text("rev-parse", "--is-shallow-repository", cwd=root) == "true":
        return True
    found = subprocess.run(["git", "merge-base", "--is-ancestor", commit, "HEAD"], cwd=root, capture_output=True, check=False)
    return found.returncode == 0


def unsaved(root: Path) -> list[str]:
    """Files under data/ and docs/ that are not committed."""
    lines = run("status", "--porcelain", "-z", "--untracked-files=all", "--", "data", "docs", cwd=root).decode().split("\0")
    return sorted(line[3:] for line in lines if line)
