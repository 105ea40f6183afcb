"""An edition is the same, byte for byte, wherever and whenever and by whomever it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from house import ISSUE, PAPER, ROOT
from trees import fixture_tree

LATER = """
import time
then = 1956527998.0
local, utc = time.localtime, time.gmtime
time.time = lambda: then
time.time_ns = lambda: int(then * 1e9)
time.localtime = lambda seconds=None: local(then if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(then if seconds is None else seconds)
"""
"""For want of another system clock: every process of a build begins by believing in another one."""
AWAY = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "USER": "orel", "LOGNAME": "orel"}


def build(tree: Path, address: str, out: Path, mask: int, **changed: str) -> dict[str, bytes]:
    """Build an edition without any cache, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LANG", "LC_ALL")}
    path = os.pathsep.join(filter(None, [changed.pop("FIRST", ""), str(ROOT)]))
    command = [sys.executable, "-m", "hooks.publishing.cli", "edition", address, "--out", str(out), "--root", str(tree)]
    done = subprocess.run(
        command, cwd=tree, env={**environment, "PYTHONPATH": path, **changed}, umask=mask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A folder that makes Python believe in another day."""
    place = tmp_path / "later"
    place.mkdir()
    (place / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", "import time, datetime; print(datetime.date.today().year, time.localtime().tm_year, int(time.time()))"],
        env={**os.environ, "PYTHONPATH": str(place)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.split() == ["2031", "2031", "1956527998"]
    return place


@pytest.mark.parametrize("address", [ISSUE, pytest.param(PAPER, marks=pytest.mark.stress)])
def test_another_day_folder_zone_locale_seed_and_user_give_equal_bytes(
    tmp_path: Path, later: Path, fixture_site: Path, address: str
) -> None:
    """Beside the site that this run has built, with caches and in processes that build many."""
    tree = fixture_tree(tmp_path / "another folder" / "with a longer name")
    (tmp_path / "home").mkdir()
    files = build(tree, address, tmp_path / "out", 0o077, FIRST=str(later), HOME=str(tmp_path / "home"), **AWAY)
    (home,) = {path.removesuffix("sitemap.xml") for path in files if path.endswith("/sitemap.xml")}
    assert {f"{home}{name}" for name in ("index.html", "sitemap.xml")} < files.keys()
    there = {path.relative_to(fixture_site).as_posix() for path in (fixture_site / home).rglob("*") if path.is_file()}
    assert there == {path for path in files if path.startswith(home)}
    assert any(path.startswith("assets/") for path in files)
    for path, content in files.items():
        assert content == (fixture_site / path).read_bytes(), path
        assert str(tmp_path).encode() not in content, path
        assert b"2031-12" not in content and b"Dec 2031" not in content and b"December 2031" not in content, path
