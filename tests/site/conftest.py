"""Houses of one's own for each test, and small disks."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from house import Answer, House
from once import once
from trees import built

from hooks.publishing import pdf


@pytest.fixture(
    scope="module",
    params=[pytest.param("real_site", id="ours", marks=pytest.mark.stress), pytest.param("fixture_site", id="another-country")],
)
def site(request: pytest.FixtureRequest) -> Path:
    """Every site that must hold the same; each kind of page is in the smaller one."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture
def fresh(tmp_path: Path, built_house: House) -> House:
    """A house of one's own that has published nothing."""
    return built_house.copied(tmp_path)


@pytest.fixture
def house(tmp_path: Path, published_house: tuple[House, Answer]) -> House:
    """A house of one's own that has published its first editions."""
    return published_house[0].copied(tmp_path)


@pytest.fixture(scope="session")
def printed_site(
    tmp_path_factory: pytest.TempPathFactory, make_built_tree: Callable[[Path], Path], skip_or_fail: Callable[[str], NoReturn]
) -> Path:
    """The site of tests/fixtures/good with its PDFs."""
    if pdf.missing():
        skip_or_fail(pdf.missing())

    def make(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("BAROMETER_PDF")
            built(make_built_tree(place))

    return once(tmp_path_factory, "printed", make) / "site"


@cache
def can_mount() -> bool:
    """Whether this user may mount a file system."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    place = Path("/tmp") / f"mount-{os.getpid()}"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], capture_output=True, check=False)
    if done.returncode == 0:
        subprocess.run(["umount", str(place)], check=True)
    place.rmdir()
    return done.returncode == 0


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mount a small file system for one test: `mount("disk", "size=64m")`."""
    mounted: list[Path] = []

    def make(name: str, options: str) -> Path:
        if not can_mount():
            pytest.skip("this user may not mount a file system; run as root to test a full and a read-only disk")
        place = tmp_path / name
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
        mounted.append(place)
        return place

    yield make
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
