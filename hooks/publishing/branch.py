"""The served branch and its tags, in a temporary repository: everything that knows git.

A publish is committed in a repository of its own, which borrows the objects of the real one, and
reaches the remote in one push. A killed run leaves a folder in .cache/ and nothing else.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hooks.publishing import tags, work_folders
from hooks.publishing.tags import Named, Tag
from macros.problems import BarometerError

MOVED = ("non-fast-forward", "fetch first", "cannot lock ref", "incorrect old value", "failed to update ref", "already exists")
"""Words by which git says that a branch or tag is no longer where it was when it was fetched."""

SIGNING = ("gpg.format", "gpg.program", "gpg.ssh.program", "gpg.ssh.allowedSignersFile", "user.signingkey")
"""Settings of the real repository by which tags are signed and signatures checked."""


class GitError(BarometerError):
    """Git could not do what was asked; the message says what, and git's own words."""


class RejectedError(GitError):
    """Somebody else published in the meantime."""


def run(*arguments: str, cwd: Path, stdin: bytes | None = None) -> bytes:
    """Run git and return what it printed.

    Args:
        *arguments: Words after `git`.

    Raises:
        GitError: It failed.
    """
    done = _run(*arguments, cwd=cwd, stdin=stdin)
    if done.returncode:
        output = done.stdout + done.stderr if arguments[0] == "push" else done.stderr
        raise GitError(f"git {arguments[0]} failed: {_one_line(output)}")
    return done.stdout


def _run(*arguments: str, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git, away from the repository of a calling git hook."""
    environment = {name: value for name, value in os.environ.items() if name not in {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    return subprocess.run(["git", *arguments], cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)


def _one_line(output: bytes) -> str:
    """What git said, in one line and without its hints."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines()]
    return "; ".join(line for line in lines if line and not line.startswith(("hint:", "To ", "Done")))


def text(*arguments: str, cwd: Path) -> str:
    """Run git and return what it printed as one stripped text."""
    return run(*arguments, cwd=cwd).decode().strip()


@dataclass(frozen=True)
class Branch:
    """The served branch as it was fetched, in a temporary repository.

    Attributes:
        repository: The temporary repository.
        name: Name of the branch.
        remote: Where it was fetched from and is pushed to.
    """

    repository: Path
    name: str
    remote: str

    @property
    def ref(self) -> str:
        """Full name of the branch."""
        return f"refs/heads/{self.name}"

    @property
    def head(self) -> str:
        """The newest commit; nothing where the branch does not exist."""
        return _run("rev-parse", "--verify", "--quiet", self.ref, cwd=self.repository).stdout.decode().strip()

    def read(self, path: str) -> bytes | None:
        """Read a file of the branch; None where there is none."""
        return self.read_many([path]).get(path)

    def read_many(self, paths: Sequence[str], commit: str = "") -> dict[str, bytes]:
        """Read files of the branch, or of an older commit of it, by path; those that do not exist are left out."""
        objects = self._objects([f"{commit or self.ref}:{path}" for path in paths])
        return {path: content for path, (kind, content) in zip(paths, objects, strict=True) if kind == "blob"}

    def _objects(self, names: Sequence[str]) -> list[tuple[str, bytes]]:
        """Kind and content of some objects, in one run of git; an empty kind where there is none."""
        asked = "".join(f"{name if chr(10) not in name else '?'}\n" for name in names)  # no file of ours has a line break in its name
        output = io.BytesIO(run("cat-file", "--batch", cwd=self.repository, stdin=asked.encode()))
        objects = []
        for _ in names:
            *_, kind, size = output.readline().decode(errors="replace").split()  # or the name and "missing"
            objects.append((kind, output.read(int(size) + 1)[:-1]) if size.isdigit() else ("", b""))
        return objects

    def files(self, folder: str = "") -> dict[str, str]:
        """List every file below a folder of the branch: path -> name of its git object."""
        if not self.head:
            return {}
        where = [f"{folder.rstrip('/')}/"] if folder else []
        lines = run("ls-tree", "-r", "-z", "--full-tree", self.ref, *where, cwd=self.repository).decode().split("\0")
        return {line.partition("\t")[2]: line.split()[2] for line in lines if line}

    def history(self) -> list[str]:
        """List the commits of the branch, the newest first, each by its first parent."""
        return text("rev-list", "--first-parent", self.ref, cwd=self.repository).split() if self.head else []

    def differing(self, commit: str) -> dict[str, str]:
        """Compare an older commit with the branch: path -> A (added since), D (deleted) or M (changed)."""
        words = run("diff-tree", "-r", "-z", "--no-renames", "--name-status", commit, self.ref, cwd=self.repository).decode().split("\0")
        return {path: status[:1] for status, path in zip(words[::2], words[1::2], strict=False)}

    def tags(self, name: str = "") -> list[Tag]:
        """Read the tags that publishing made for this branch, or one of them; other tags of the repository are passed over."""
        wanted = "%(objecttype) %(objectname) %(refname:lstrip=2)"
        lines = text("for-each-ref", f"--format={wanted}", f"refs/tags/{name}", cwd=self.repository).splitlines()
        annotated = [(made, tag) for kind, made, tag in (line.split(" ", 2) for line in lines) if kind == "tag"]
        objects = self._objects([made for made, _ in annotated])
        parsed = [tags.parse(tag, content, made) for (made, tag), (_, content) in zip(annotated, objects, strict=True)]
        return [tag for tag in parsed if tag is not None and tag.branch == self.name]

    def not_accepted(self, chain: Iterable[Tag]) -> list[Tag]:
        """The signed tags whose signature the settings of the repository do not accept, where they say whose they accept."""
        if not _setting(self.repository, "gpg.ssh.allowedSignersFile"):
            return []
        return [tag for tag in chain if tag.signed and _run("verify-tag", tag.object, cwd=self.repository).returncode]

    def commit(self, message: str, files: Mapping[str, bytes], removed: Iterable[str]) -> None:
        """Commit files onto the branch: path -> content of those that are new or changed, and the paths that go.

        Args:
            files: What is written.
            removed: What goes.
        """
        head = self.head
        committer = text("var", "GIT_COMMITTER_IDENT", cwd=self.repository)
        lines = [f"commit {self.ref}\ncommitter {committer}\ndata {len(message.encode())}\n{message}\n".encode()]
        lines += [f"from {head}\n".encode()] if head else []
        lines += [f"D {_quoted(path)}\n".encode() for path in removed]
        for path, content in sorted(files.items()):
            lines += [f"M 100644 inline {_quoted(path)}\ndata {len(content)}\n".encode(), content, b"\n"]
        run("fast-import", "--quiet", "--done", cwd=self.repository, stdin=b"".join([*lines, b"done\n"]))

    def start_anew(self, message: str) -> None:
        """Make one commit without a past of everything that the branch holds."""
        commit = text("commit-tree", f"{self.ref}^{{tree}}", "-m", message, cwd=self.repository)
        run("update-ref", self.ref, commit, cwd=self.repository)

    def tag(self, named: Sequence[Named], ledgers: tuple[str, str], source: str, previous: Tag | None, replace: bool = False) -> list[Tag]:
        """Tag the newest commit, each tag naming the one before it; signed where the repository names a key.

        Args:
            named: What each tag is for.
            ledgers: SHA-256 of the ledger before and after the publish; empty where there is none.
            source: The commit that the publish was made from.
            previous: The tag that the first one follows; None where there is none.
            replace: Whether they may stand in the place of older tags of their names.

        Raises:
            GitError: A tag cannot be made, or not signed.
        """
        key = _setting(self.repository, "user.signingkey")
        options = ["--annotate", "--cleanup=verbatim", "--file=-", *(["--sign"] if key else []), *(["--force"] if replace else [])]
        made: list[Tag] = []
        for name, title, manifest in named:
            message = tags.message(title, self.name, (manifest, *ledgers), made[-1] if made else previous, source)
            run("tag", *options, name, self.ref, cwd=self.repository, stdin=message.encode())
            made += self.tags(name)
        if key and not all(tag.signed for tag in made):  # some versions of git say nothing of a key that cannot sign
            raise GitError(f"git made a tag without a signature: the key {key} (user.signingkey) cannot sign")
        return made

    def push(self, new: Sequence[Tag], force: bool = False, dropped: Sequence[Tag] = ()) -> None:
        """Push the branch and some new tags, all of them or none.

        Args:
            force: Whether they take the place of those at the remote.
            dropped: Tags that go from the remote with it.

        Raises:
            RejectedError: The remote has moved on since it was fetched.
            GitError: The remote could not be reached, or refused.
        """
        refs = [f"{'+' * force}{ref}:{ref}" for ref in (self.ref, *(f"refs/tags/{tag.name}" for tag in new))]
        refs += [f":refs/tags/{tag.name}" for tag in dropped]
        try:
            run("push", "--quiet", "--porcelain", "--atomic", self.remote, *refs, cwd=self.repository)
        except GitError as error:
            if any(word in str(error) for word in MOVED):
                raise RejectedError(str(error)) from None
            raise

    def fetch(self) -> None:
        """Take over branch and tags as the remote has them now; what was committed here and not pushed is forgotten."""
        for ref in text("for-each-ref", "--format=%(refname)", cwd=self.repository).splitlines():
            run("update-ref", "-d", ref, cwd=self.repository)
        there = text("ls-remote", self.remote, self.ref, "refs/tags/*", cwd=self.repository)
        branch = [f"+{self.ref}:{self.ref}"] if self.ref in there else []
        if there:
            run("fetch", "--quiet", "--no-tags", self.remote, *branch, "+refs/tags/*:refs/tags/*", cwd=self.repository)


def _quoted(path: str) -> str:
    """A path as git fast-import reads it, whatever it holds."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@contextmanager
def fetched(root: Path, remote: str, name: str) -> Iterator[Branch]:
    """Fetch the served branch and the tags into a temporary repository, which goes when the work is done.

    Args:
        remote: Name or address of the remote.

    Raises:
        GitError: The repository or the remote cannot be read.
        OSError: There is no room, or the repository may not be written.
    """
    folder = ""
    try:
        (root / ".cache").mkdir(exist_ok=True)
        work_folders.remove_abandoned(root / ".cache", "publish")
        folder = tempfile.mkdtemp(prefix=f"publish-{os.getpid()}-", dir=root / ".cache")
        yield _fetch(root, Path(folder) / "branch.git", remote, name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fetch(root: Path, repository: Path, remote: str, name: str) -> Branch:
    objects = (root / text("rev-parse", "--git-path", "objects", cwd=root)).resolve()
    text("check-ref-format", "--branch", name, cwd=root)
    address = _address(root, remote)
    run("init", "--quiet", "--bare", str(repository), cwd=root)
    (repository / "objects" / "info" / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    settings = {"user.name": "Barometer", "user.email": "barometer@invalid", "tag.gpgSign": "false", "fetch.fsckObjects": "true"}
    settings |= {key: value for key in ("user.name", "user.email", *SIGNING) if (value := _setting(root, key))}
    for key, value in settings.items():
        run("config", key, value, cwd=repository)
    branch = Branch(repository, name, address)
    branch.fetch()
    return branch


def _address(root: Path, remote: str) -> str:
    """The address of a remote; a path on this machine is made absolute."""
    if remote in text("remote", cwd=root).split():
        remote = text("remote", "get-url", "--push", remote, cwd=root)
    local = (root / remote).resolve()
    if remote.startswith("-") and not local.exists():  # git would take it for an option, and some of those run a program
        raise GitError(f"'{remote}' is neither name nor address of a remote; none begins with -")
    return str(local) if local.exists() else remote


def _setting(root: Path, key: str) -> str:
    """A setting of the real repository; a file that it names is made absolute."""
    value = _run("config", "--", key, cwd=root).stdout.decode().strip()
    local = root / value
    return str(local.resolve()) if value and key in {"gpg.ssh.allowedSignersFile", "user.signingkey"} and local.is_file() else value


def head_of(root: Path) -> str:
    """Name the commit that is checked out.

    Raises:
        GitError: The folder is no repository with a commit.
    """
    return text("rev-parse", "HEAD", cwd=root)


def commit_of(root: Path) -> str:
    """Name the commit that is checked out; nothing where the folder is no repository with a commit."""
    try:
        return head_of(root)
    except GitError:
        return ""


def contains(root: Path, commit: str) -> bool:
    """Whether a commit is part of the history that is checked out."""
    return _run("merge-base", "--is-ancestor", commit, "HEAD", cwd=root).returncode == 0


def is_shallow(root: Path) -> bool:
    """Whether the history that is checked out is cut short."""
    return text("rev-parse", "--is-shallow-repository", cwd=root) == "true"


def unsaved(root: Path) -> list[str]:
    """List the files under data/ and docs/ that are not committed."""
    lines = run("status", "--porcelain", "-z", "--untracked-files=all", "--", "data", "docs", cwd=root).decode().split("\0")
    return sorted(line[3:] for line in lines if line)
