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
from house import Answer, House

from hooks.publishing.branch import GitError, fetched

Mount = Callable[..., Path]
Published = tuple[House, Answer]
NEW = ("portal", "issues-2-v2")
"""What has to be built for the correction, and more."""
FRESH = ".cache/built/*/fresh-*"
"""Where a process builds, which is named in the last part."""


def one_error(answer: Answer) -> str:
    """The one line that says what went wrong."""
    assert answer.status == 1, answer.stdout
    assert answer.stdout.count("Traceback") == 0
    lines = answer.stderr.splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].startswith("error: nothing was published: ")
    return lines[0]


@dataclass(frozen=True)
class Rehearsal:
    """A house that is about to publish, with everything built; what is served before and after."""

    house: House
    before: str
    complete: str


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory, published_house: Published, corrected: Published) -> Rehearsal:
    about = House(corrected[0].root, published_house[0].remote).copied(tmp_path_factory.mktemp("about"))
    return Rehearsal(about, about.tree(), corrected[0].tree())


@pytest.fixture
def house(rehearsal: Rehearsal, tmp_path: Path) -> House:
    """A house of one's own that is about to publish."""
    return rehearsal.house.copied(tmp_path)


def unbuilt(house: House) -> House:
    """The same with something yet to be built."""
    for name in NEW:
        shutil.rmtree(house.root / ".cache/built" / name, ignore_errors=True)
    return house


def succeeds(house: House, rehearsal: Rehearsal) -> None:
    """The next run publishes all, once."""
    answer = house.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert house.tree() == rehearsal.complete
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "2"
    assert not list((house.root / ".cache").glob("publish-*"))


def hook(house: House, name: str, script: str) -> Path:
    """What the remote does before or after it takes something over."""
    path = house.remote / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


# Killed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["pre-receive", pytest.param("post-receive", marks=pytest.mark.stress)])
def test_a_publish_that_is_killed_while_it_pushes_leaves_the_branch_as_it_was_or_complete(
    house: House, rehearsal: Rehearsal, moment: str
) -> None:
    """With all processes of its group: git and the hook itself are among them."""
    killer = hook(house, moment, "kill -KILL 0")
    with house.start("publish") as process:
        assert process.wait() == -signal.SIGKILL
    killer.unlink()
    assert house.tree() == (rehearsal.before if moment == "pre-receive" else rehearsal.complete)
    succeeds(house, rehearsal)
    assert house.run("verify").status == 0


@pytest.fixture(scope="module")
def seconds(rehearsal: Rehearsal, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a publish takes in a process of its own."""
    house = rehearsal.house.copied(tmp_path_factory.mktemp("timed"))
    began = time.monotonic()
    with house.start("publish") as process:
        assert process.communicate()[1] == ""
    assert house.tree() == rehearsal.complete
    return time.monotonic() - began


@pytest.mark.stress
@pytest.mark.parametrize("number", range(40))
def test_a_killed_publish_leaves_the_branch_as_it_was_or_complete(house: House, rehearsal: Rehearsal, seconds: float, number: int) -> None:
    """Of every other run the builders are killed with it; of every third, something has yet to be built."""
    if number % 3 == 0:
        unbuilt(house)
    with house.start("publish") as process:
        time.sleep(random.Random(number).uniform(0.1, 1.1) * seconds)
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    assert house.tree() in (rehearsal.before, rehearsal.complete)
    succeeds(house, rehearsal)
    assert house.run("verify").status == 0


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its = place.read_text().rpartition(")")[2].split()[:3]
            found += [place.parent.name] if int(its) == group and state != "Z" else []
    return found


def building(house: House) -> tuple[subprocess.Popen[str], int]:
    """Begin to publish, and wait until something is being built: the process, and the one that builds."""
    abandoned = set(house.root.glob(FRESH))
    process = house.start("publish")
    while not (fresh := set(house.root.glob(FRESH)) - abandoned):
        assert process.poll() is None
        time.sleep(0.01)
    return process, int(fresh.pop().name.removeprefix("fresh-"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell its processes so")
def test_who_is_killed_while_it_builds_changes_nothing_and_leaves_nobody_behind(house: House, rehearsal: Rehearsal) -> None:
    """First a builder, as the kernel does where memory ends, then the command."""
    process, builder = building(unbuilt(house))
    with process:
        os.kill(builder, signal.SIGKILL)
        output, errors = process.communicate()
    assert "was killed, perhaps for want of memory" in one_error(Answer(process.returncode, output, errors))
    assert house.tree() == rehearsal.before

    process, _ = building(unbuilt(house))
    assert len(alive(process.pid)) > (os.cpu_count() or 1)
    with process:
        process.kill()
    ends = time.monotonic() + 60
    while alive(process.pid) and time.monotonic() < ends:
        time.sleep(0.01)
    assert alive(process.pid) == []
    assert house.tree() == rehearsal.before
    succeeds(house, rehearsal)


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
def test_a_disk_that_cannot_be_written_and_then_is_full(rehearsal: Rehearsal, mount: Mount, left: int) -> None:
    disk = mount("disk", "size=64m")
    house = unbuilt(rehearsal.house.copied(disk))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "Read-only file system" in one_error(house.run("publish"))
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    filler = fill(disk, left)
    one_error(house.run("publish"))
    assert house.tree() == rehearsal.before
    filler.unlink()
    succeeds(house, rehearsal)


def test_a_disk_of_the_remote_that_is_full_and_then_cannot_be_written(house: House, rehearsal: Rehearsal, mount: Mount) -> None:
    disk = mount("disk", "size=32m")
    house = house.with_remote(disk)
    filler = fill(disk, 8)
    assert "No space left" in one_error(house.run("publish"))
    assert house.tree() == rehearsal.before
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "git push failed" in one_error(house.run("publish"))
    assert house.tree() == rehearsal.before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    succeeds(house, rehearsal)


# No remote, or one that refuses --------------------------------------------------------------


@pytest.mark.parametrize("name", ["pre-receive", pytest.param("update", marks=pytest.mark.stress)])
def test_a_remote_that_is_gone_and_then_rejects(house: House, rehearsal: Rehearsal, name: str) -> None:
    away = house.remote.rename(house.remote.with_name("away.git"))
    assert "does not appear to be a git repository" in one_error(house.run("publish"))
    away.rename(house.remote)
    embargo = hook(house, name, "echo 'Embargo until Friday.'\nexit 1")
    message = one_error(house.run("publish"))
    assert "Embargo until Friday." in message
    assert "hook declined" in message
    assert house.tree() == rehearsal.before
    embargo.unlink()
    succeeds(house, rehearsal)


@pytest.mark.parametrize("remote", ["nowhere", "/nowhere/at/all.git", "https://127.0.0.1:9/compass.git"])
def test_a_remote_that_is_nowhere(rehearsal: Rehearsal, remote: str) -> None:
    assert remote in one_error(rehearsal.house.run("publish", "--remote", remote))


@pytest.mark.parametrize(("remote", "branch"), [("--upload-pack=touch ran", "gh-pages"), ("origin", "-served"), ("origin", "a..b")])
def test_what_git_would_take_for_an_option_is_refused(tmp_path: Path, remote: str, branch: str) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    with pytest.raises(GitError, match=r"none begins with -|is not a valid branch name"), fetched(tmp_path, remote, branch):
        pass
    assert not list(tmp_path.rglob("ran"))


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    assert "not a git repository" in one_error(House(tmp_path, tmp_path).run("publish"))
