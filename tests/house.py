"""A small monitor in a git repository of its own, and the bare remote that its editions are pushed to."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from once import once

from hooks.publishing import build
from hooks.publishing.cli import main
from macros.book import open_book
from macros.target import Target

ROOT = Path(__file__).parents[1]
PAPER = "policy/open-river"
ISSUE = "issues/2"
NON_PAPER = "non-papers/water-talks"
WITHDRAWN = "status: withdrawn\nwithdrawal: A court in Senn ordered it <at once>.\nwithdrawal_date: 2024-09-01"
"""What publication.yml says instead of `status: published`."""
TAKEN_OUT = "2-veldia-03,veldia,2023-05-09/2023-05-10,The mixed commission on water meets and agrees nothing,0,compass-2\n"
"""The row that the correction of the issue takes out."""
BUNDLE = re.compile(r"(search/index/[0-9a-f]+/).*")
"""A file of a bundle of the search: its bytes are not the same twice."""


@dataclass(frozen=True)
class Answer:
    """How a run ended and what it said."""

    status: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()


@dataclass(frozen=True)
class House:
    """A publishing house: a clone in which people work, and the remote that is served."""

    root: Path
    remote: Path

    def git(self, *words: str, at: Path | None = None, stdin: bytes | None = None) -> str:
        """Run git in the clone, or elsewhere."""
        done = subprocess.run(["git", *words], cwd=at or self.root, input=stdin, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, why: str = "Change") -> str:
        """Commit everything that was changed."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", why)
        return self.git("rev-parse", "HEAD")

    def run(self, *words: str) -> Answer:
        """Run barometer here; an exception that it lets through fails the test."""
        done = CliRunner().invoke(main, [*words, "--root", str(self.root)], prog_name="barometer", catch_exceptions=False)
        return Answer(done.exit_code, done.stdout, done.stderr)

    def start(self, *words: str, **changed: str) -> subprocess.Popen[str]:
        """Run barometer in a process, and a session, of its own."""
        command = [sys.executable, "-m", "hooks.publishing.cli", *words, "--root", str(self.root)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **changed}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def head(self, branch: str = "gh-pages") -> str:
        """The newest commit of the served branch; nothing where there is none."""
        return self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}", at=self.remote)

    def tree(self, branch: str = "gh-pages") -> str:
        """One hash of everything that is served; of a bundle of the search its name, which says what it was made from."""
        served = self.files(commit=branch) if self.head(branch) else {}
        named = {BUNDLE.sub(r"\1", path): "" if BUNDLE.match(path) else name for path, name in served.items()}
        return hashlib.sha256(json.dumps(sorted(named.items())).encode()).hexdigest() if served else ""

    def files(self, folder: str = "", commit: str = "gh-pages") -> dict[str, str]:
        """Every served file below a folder: path -> name of its object."""
        lines = self.git("ls-tree", "-r", commit, *([f"{folder}/"] if folder else []), at=self.remote).splitlines()
        return {line.partition("\t")[2]: line.split()[2] for line in lines}

    def read(self, path: str, commit: str = "gh-pages") -> str:
        """A served file."""
        return self.git("show", f"{commit}:{path}", at=self.remote)

    def checkout(self, place: Path, commit: str = "gh-pages") -> Path:
        """Everything that is served, as files."""
        place.mkdir(parents=True)
        packed = subprocess.run(["git", "archive", commit], cwd=self.remote, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x"], cwd=place, input=packed, check=True)
        return place

    def swap(self, file: str, *swaps: tuple[str, str]) -> None:
        """Write other words into a file; each must stand there once."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in swaps:
            assert text.count(old) == 1, (file, old, text.count(old))
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def announce(self, address: str, number: int = 2, kind: str = "correction", note: str = "A score was entered too low.") -> None:
        """Announce a next edition in publication.yml."""
        path = self.root / f"data/{address}/publication.yml"
        lines = path.read_text(encoding="utf-8").splitlines()
        first = lines.index("editions:") + 1
        end = next((at for at in range(first, len(lines)) if not lines[at].startswith(" ")), len(lines))
        lines[end:end] = [f"  - number: {number}", f"    date: 2024-0{5 + number}-01", f"    kind: {kind}", f"    note: {note}"]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def set_status(self, address: str, status: str) -> None:
        """Say draft, published or withdrawn."""
        path = self.root / f"data/{address}/publication.yml"
        path.write_text(re.sub(r"(?m)^status: \w+", f"status: {status}", path.read_text(encoding="utf-8")), encoding="utf-8")

    def rescore(self) -> None:
        """Change one score, and the index that its issue states."""
        self.swap(f"data/{ISSUE}/events.csv", ("at Senn,4,", "at Senn,5,"))
        stated = "{aggregate: 2, positive: 4, negative: -2}"
        self.swap(f"data/{ISSUE}/publication.yml", (stated, stated.replace("2, positive: 4", "3, positive: 5")))

    def copied(self, place: Path) -> House:
        """The same house elsewhere, caches and all."""
        subprocess.run(["cp", "-a", str(self.root), str(place / "root")], check=True)
        return House(place / "root", self.remote).with_remote(place)

    def with_remote(self, place: Path) -> House:
        """The same clone, with a copy of its remote."""
        subprocess.run(["cp", "-a", str(self.remote), str(place / "remote.git")], check=True)
        self.git("remote", "set-url", "origin", str(place / "remote.git"))
        return House(self.root, place / "remote.git")

    def tamper(self, files: Mapping[str, bytes | None], branch: str = "gh-pages") -> None:
        """Change files on the served branch behind the back of the program; None deletes one."""
        lines = []
        for path, content in files.items():
            name = "0" * 40 if content is None else self.git("hash-object", "-w", "--stdin", at=self.remote, stdin=content)
            lines.append(f"{'0' if content is None else '100644'} {name}\t{path}\n")
        index = {**os.environ, "GIT_INDEX_FILE": str(self.remote / "tampered")}
        for words, said in ((["read-tree", branch], ""), (["update-index", "--index-info"], "".join(lines))):
            subprocess.run(["git", *words], cwd=self.remote, env=index, input=said.encode(), check=True)
        tree = subprocess.run(["git", "write-tree"], cwd=self.remote, env=index, capture_output=True, check=True).stdout.decode().strip()
        one = self.git(
            "-c", "user.name=T", "-c", "user.email=t@t.invalid", "commit-tree", tree, "-p", branch, "-m", "By hand", at=self.remote
        )
        self.point(f"refs/heads/{branch}", one)

    def point(self, ref: str, commit: str | None) -> None:
        """Move a branch or tag of the remote behind the back of the program; None deletes it."""
        self.git("update-ref", *(["-d", ref] if commit is None else [ref, commit]), at=self.remote)

    def tags(self) -> list[str]:
        """The tags of the remote."""
        return self.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/tags", at=self.remote).splitlines()


def first_editions_only(root: Path) -> None:
    """What was never published cannot be announced as a second edition."""
    for path in (root / "data").rglob("publication.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"  - number: 2\n(    .*\n)+", "", text), encoding="utf-8")


def new_house(place: Path, tree: Callable[[Path], Path]) -> House:
    """A house that has published nothing, with its monitor committed."""
    house = House(tree(place / "root"), place / "remote.git")
    first_editions_only(house.root)
    (house.root / "macros").unlink()  # a commit holds its program, so that an edition can be made again with it
    shutil.copytree(ROOT / "macros", house.root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    (house.root / ".gitignore").write_text("/.cache/\n/site/\n__pycache__/\n", encoding="utf-8")
    house.git("init", "--quiet", "--template=", "--initial-branch=main")
    house.git("init", "--quiet", "--template=", "--bare", str(house.remote))
    for key, value in (
        ("user.name", "Ada Lindqvist"),
        ("user.email", "ada@compass.invalid"),
        ("commit.gpgsign", "false"),
        ("gc.auto", "0"),
    ):
        house.git("config", key, value)
    house.git("remote", "add", "origin", str(house.remote))
    house.commit("The monitor")
    house.git("repack", "-adq")  # one file to copy instead of hundreds
    return house


def previewed(house: House, *targets: Target) -> None:
    """Build some targets, or all, as `make site` does, which has no earlier edition at hand."""
    book = open_book(house.root)
    build.build_targets(book, house.root / ".cache" / "warm", targets or build.targets(book), (), lambda _: None)
    shutil.rmtree(house.root / ".cache" / "warm")


def made_house(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], tuple[House, Answer]]) -> tuple[House, Answer]:
    """A house that is made once in a run, and what it said; each worker has a copy of its own, because commands write into a house."""

    def write(place: Path) -> None:
        (place / "answer.json").write_text(json.dumps(asdict(make(place)[1])), encoding="utf-8")

    place = once(factory, name, write)
    house = House(place / "root", place / "remote.git").copied(factory.mktemp(name))
    return house, Answer(**json.loads((place / "answer.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def built_house(tmp_path_factory: pytest.TempPathFactory, make_built_tree: Callable[[Path], Path]) -> House:
    """A house that has built everything and published nothing."""

    def make(place: Path) -> tuple[House, Answer]:
        house = new_house(place, make_built_tree)
        previewed(house)
        return house, Answer(0, "", "")

    return made_house(tmp_path_factory, "built", make)[0]


@pytest.fixture(scope="module")
def house_with_draft(tmp_path_factory: pytest.TempPathFactory, built_house: House) -> House:
    """A house with one draft, of its own for each file of tests."""
    house = built_house.copied(tmp_path_factory.mktemp("previewed"))
    house.set_status(NON_PAPER, "draft")
    return house


def published(house: House, *words: str) -> tuple[House, Answer]:
    """Publish, which must succeed."""
    answer = house.run("publish", *words)
    assert answer.status == 0, answer.stdout + answer.stderr
    return house, answer


def new_key(path: Path) -> Path:
    """A key to sign tags with."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def published_elsewhere(tmp_path_factory: pytest.TempPathFactory, built_house: House) -> House:
    """A house that has published all but a draft to another remote than origin and another branch, `served`, with signed tags."""

    def make(place: Path) -> tuple[House, Answer]:
        house = built_house.copied(place)
        house.set_status(NON_PAPER, "draft")
        house.commit("Not yet")
        house.git("remote", "rename", "origin", "mirror")
        house.git("init", "--quiet", "--bare", str(place / "origin.git"))
        house.git("remote", "add", "origin", str(place / "origin.git"))
        if shutil.which("ssh-keygen"):
            house.git("config", "gpg.format", "ssh")
            house.git("config", "user.signingkey", str(new_key(place / "key")))
        made = published(house, "--remote", "mirror", "--branch", "served")
        assert House(house.root, place / "origin.git").head("served") == house.head() == ""
        return made

    return made_house(tmp_path_factory, "elsewhere", make)[0]


@pytest.fixture(scope="session")
def published_house(tmp_path_factory: pytest.TempPathFactory, built_house: House) -> tuple[House, Answer]:
    """A house that has published all it has, and what it said."""
    return made_house(tmp_path_factory, "published", lambda place: published(built_house.copied(place)))


@pytest.fixture(scope="session")
def corrected(tmp_path_factory: pytest.TempPathFactory, published_house: tuple[House, Answer]) -> tuple[House, Answer]:
    """A house that has published a correction of an issue: a score, an event less, a heading and a note."""

    def make(place: Path) -> tuple[House, Answer]:
        house = published_house[0].copied(place)
        house.rescore()
        house.swap(f"data/{ISSUE}/events.csv", (TAKEN_OUT, ""))
        house.swap(f"docs/{ISSUE}/veldia.md", ("## Developments", "## What happened"), ('{{ cite("veldia-herald-hauliers") }}', ""))
        house.announce(ISSUE)
        house.commit("Correct a score")
        previewed(house, Target("edition", ISSUE, 2))
        return published(house)

    return made_house(tmp_path_factory, "corrected", make)


@pytest.fixture(scope="session")
def withdrawn_issue(tmp_path_factory: pytest.TempPathFactory, corrected: tuple[House, Answer]) -> House:
    """A house that has withdrawn that issue after its correction."""

    def make(place: Path) -> tuple[House, Answer]:
        house = corrected[0].copied(place)
        house.swap(f"data/{ISSUE}/publication.yml", ("status: published", WITHDRAWN))
        house.commit("Withdraw a corrected issue")
        return published(house)

    return made_house(tmp_path_factory, "withdrawn-issue", make)[0]
