"""A crawler that runs no programs gets every file of every edition, and is sent nowhere else."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from house import Answer, House
from serving import serving


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """A proxy that every request to another host goes to: its address, and what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(502)

        do_CONNECT = do_HEAD = do_GET  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(
    scope="module", params=[pytest.param("branch", id="published"), pytest.param("real_site", id="ours", marks=pytest.mark.stress)]
)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, skip_or_fail: Callable[[str], NoReturn]) -> Path:
    """A published branch with a correction, and the site of this repository."""
    if not shutil.which("wget"):
        skip_or_fail("no wget: apt-get install wget")
    if request.param == "real_site":
        folder: Path = request.getfixturevalue("real_site")
        return folder
    house: tuple[House, Answer] = request.getfixturevalue("corrected")
    return house[0].checkout(tmp_path_factory.mktemp("branch") / "tree")


def crawled(place: Path, asked_elsewhere: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What wget says that a server of this machine answered; anything else it would ask goes to the proxy."""
    place.mkdir()
    ways = {"http_proxy": asked_elsewhere, "https_proxy": asked_elsewhere, "no_proxy": "127.0.0.1"}
    command = ["wget", "--no-config", "--no-verbose", "--no-host-directories", "--no-http-keep-alive", "--tries=1", *words]
    return subprocess.run(command, cwd=place, env={**os.environ, **ways}, capture_output=True, text=True, check=False)


def failed(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What wget said of the first addresses that were not there."""
    lines = done.stderr.splitlines()
    return [f"{before} {line}" for before, line in itertools.pairwise(lines) if "ERROR" in line][:20]


def test_a_mirror_has_every_file_of_every_edition(site: Path, tmp_path: Path) -> None:
    with serving(site) as address, proxy() as (elsewhere, asked):
        done = crawled(tmp_path / "mirror", elsewhere, "--mirror", "--page-requisites", f"{address}/")
    editions = {path.relative_to(site).as_posix() for path in site.glob("*/*/v*/**/*") if path.is_file()}
    shared = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    copied = {path.relative_to(tmp_path / "mirror").as_posix() for path in (tmp_path / "mirror").rglob("*") if path.is_file()}
    assert editions and shared
    assert sorted((editions | shared) - copied)[:20] == []
    assert (done.returncode, asked) == (0, []), failed(done)


def test_no_page_needs_anything_from_elsewhere(site: Path, tmp_path: Path) -> None:
    pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html") if "latest" not in path.parts]
    with serving(site) as address, proxy() as (elsewhere, asked):
        (tmp_path / "pages.txt").write_text("".join(f"{address}/{page}\n" for page in pages), encoding="utf-8")
        listed = ["--input-file", str(tmp_path / "pages.txt"), "--page-requisites", "--span-hosts"]
        done = crawled(tmp_path / "needs", elsewhere, *listed)
    assert (done.returncode, asked) == (0, []), failed(done)
