"""Hardship: killed, no room, no rights, no remote. Nothing half-published, one clear line, and the next run succeeds."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from house import ISSUE, Answer, House

from hooks.publishing.branch import GitError, fetched

Mount = Callable[..., Path]
Published = tuple[House, Answer]
NEW = ("portal", "issues-2-v2")
"""What has to be built for the correction, and more."""


def correct(house: House) -> House:
    """Announce a correction that is not yet published."""
    house.rescore()
    house.announce(ISSUE)
    house.commit("Correct a score")
    return house


def one_error(answer: Answer) -> str:
    """The one line that says what went wrong."""
    assert answer.status == 1, answer.stdout
    assert answer.stdout.count("Traceback") == 0
    lines = answer.stderr.splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].startswith("error: nothing was published: ")
    return lines[0]


# Killed --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rehearsal:
    """A house that is about to publish, with everything built; what is served before and after; how long it takes."""

    house: House
    before: str
    complete: str
    seconds: float


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory, published_house: Published) -> Rehearsal:
    house = correct(published_house[0].copied(tmp_path_factory.mktemp("about")))
    first, second = (house.copied(tmp_path_factory.mktemp(name)) for name in ("first", "second"))
    assert first.run("publish").status == 0
    for place in (house, second):
        shutil.copytree(first.root / ".cache/built", place.root / ".cache/built", dirs_exist_ok=True)
    began = time.monotonic()
    process = second.start("publish")
    assert process.communicate()[1] == ""
    assert second.tree() == first.tree()
    return Rehearsal(house, house.tree(), first.tree(), time.monotonic() - began)


@pytest.mark.parametrize(
    "number",
    [pytest.param(number, marks=[] if number < 2 else pytest.mark.stress, id=f"{number + 1}") for number in range(40)],
)
def test_a_killed_publish_leaves_the_branch_as_it_was_or_complete(tmp_path: Path, rehearsal: Rehearsal, number: int) -> None:
    """Of every other run the builders are killed with it; of every third, something has yet to be built."""
    house = rehearsal.house.copied(tmp_path)
    if number % 3 == 0:
        for name in NEW:
            shutil.rmtree(house.root / ".cache/built" / name)
    process = house.start("publish")
    time.sleep(random.Random(number).uniform(0.1, 1.1) * rehearsal.seconds)
    if number % 2:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    assert house.tree() in (rehearsal.before, rehearsal.complete)
    answer = house.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert house.tree() == rehearsal.complete
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "2"
    assert house.run("verify").status == 0
    assert not list((house.root / ".cache").glob("publish-*"))
    for pipe in (process.stdout, process.stderr):
        assert pipe
        pipe.close()


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its = place.read_text().rpartition(")")[2].split()[:3]
            found += [place.parent.name] if int(its) == group and state != "Z" else []
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell its processes so")
def test_no_builder_outlives_a_killed_command(tmp_path: Path, rehearsal: Rehearsal) -> None:
    house = rehearsal.house.copied(tmp_path)
    for name in NEW:
        shutil.rmtree(house.root / ".cache/built" / name)
    process = house.start("publish")
    ends = time.monotonic() + 60
    while not list((house.root / ".cache/built").glob("*/fresh-*")) and time.monotonic() < ends:
        time.sleep(0.01)
    assert len(alive(process.pid)) > (os.cpu_count() or 1)
    process.kill()
    process.wait()
    while alive(process.pid) and time.monotonic() < ends:
        time.sleep(0.01)
    assert alive(process.pid) == []
    for pipe in (process.stdout, process.stderr):
        assert pipe
        pipe.close()


# No room, no rights --------------------------------------------------------------------------


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for some kilobytes."""
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * (room.f_bavail * room.f_frsize - left * 1024))
    return filler


@pytest.mark.parametrize(
    "left",
    [pytest.param(left, marks=[] if left == 700 else pytest.mark.stress, id=f"{left} KB") for left in (0, 8, 100, 700, 1500, 2500)],
)
def test_a_full_disk(rehearsal: Rehearsal, mount: Mount, left: int) -> None:
    disk = mount("disk", "size=64m")
    house = rehearsal.house.copied(disk)
    for name in NEW:
        shutil.rmtree(house.root / ".cache/built" / name)
    before = house.head()
    filler = fill(disk, left)
    one_error(house.run("publish"))
    assert house.head() == before
    filler.unlink()
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete


def test_a_full_disk_at_the_remote(rehearsal: Rehearsal, tmp_path: Path, mount: Mount) -> None:
    house = rehearsal.house.copied(tmp_path)
    disk = mount("disk", "size=32m")
    house = House(house.root, Path(shutil.copytree(house.remote, disk / "remote.git")))
    house.git("remote", "set-url", "origin", str(house.remote))
    filler = fill(disk, 8)
    assert "No space left" in one_error(house.run("publish"))
    assert house.tree() == rehearsal.before
    filler.unlink()
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete


def test_a_repository_that_cannot_be_written(rehearsal: Rehearsal, mount: Mount) -> None:
    disk = mount("disk", "size=64m")
    house = rehearsal.house.copied(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "Read-only file system" in one_error(house.run("publish"))
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete


def test_a_remote_that_cannot_be_written(rehearsal: Rehearsal, tmp_path: Path, mount: Mount) -> None:
    house = rehearsal.house.copied(tmp_path)
    disk = mount("disk", "size=64m")
    house = House(house.root, Path(shutil.copytree(house.remote, disk / "remote.git")))
    house.git("remote", "set-url", "origin", str(house.remote))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "git push failed" in one_error(house.run("publish"))
    assert house.tree() == rehearsal.before


# No remote, or one that refuses --------------------------------------------------------------


def test_a_remote_that_is_gone(rehearsal: Rehearsal, tmp_path: Path) -> None:
    house = rehearsal.house.copied(tmp_path)
    away = house.remote.rename(tmp_path / "away.git")
    assert "does not appear to be a git repository" in one_error(house.run("publish"))
    away.rename(house.remote)
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete


@pytest.mark.parametrize("remote", ["nowhere", "/nowhere/at/all.git", "https://127.0.0.1:9/compass.git"])
def test_a_remote_that_is_nowhere(rehearsal: Rehearsal, tmp_path: Path, remote: str) -> None:
    house = rehearsal.house.copied(tmp_path)
    assert remote in one_error(house.run("publish", "--remote", remote))


@pytest.mark.parametrize(("remote", "branch"), [("--upload-pack=touch ran", "gh-pages"), ("origin", "-served"), ("origin", "a..b")])
def test_what_git_would_take_for_an_option_is_refused(tmp_path: Path, remote: str, branch: str) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    with pytest.raises(GitError, match=r"none begins with -|is not a valid branch name"), fetched(tmp_path, remote, branch):
        pass
    assert not list(tmp_path.rglob("ran"))


def test_a_folder_that_is_no_repository(rehearsal: Rehearsal, tmp_path: Path) -> None:
    house = rehearsal.house.copied(tmp_path)
    shutil.rmtree(house.root / ".git")
    assert "not a git repository" in one_error(house.run("publish"))


@pytest.mark.parametrize("hook", ["pre-receive", pytest.param("update", marks=pytest.mark.stress)])
def test_a_hook_that_rejects(rehearsal: Rehearsal, tmp_path: Path, hook: str) -> None:
    house = rehearsal.house.copied(tmp_path)
    script = house.remote / "hooks" / hook
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\necho 'Embargo until Friday.'\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    said = one_error(house.run("publish"))
    assert "Embargo until Friday." in said
    assert "hook declined" in said
    assert house.tree() == rehearsal.before
    script.unlink()
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete


def test_a_builder_that_is_killed(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """As the kernel does where memory ends."""
    house = rehearsal.house.copied(tmp_path)
    for name in NEW:
        shutil.rmtree(house.root / ".cache/built" / name)
    process = house.start("publish")
    builders: list[int] = []
    while process.poll() is None and not builders:
        time.sleep(0.05)
        fresh = (house.root / ".cache/built").glob("*/fresh-*")
        builders = [int(folder.name.removeprefix("fresh-")) for folder in fresh]
    os.kill(builders[0], signal.SIGKILL)
    said, wrong = process.communicate()
    assert "was killed, perhaps for want of memory" in one_error(Answer(process.returncode, said, wrong))
    assert house.tree() == rehearsal.before
    assert house.run("publish").status == 0
    assert house.tree() == rehearsal.complete
