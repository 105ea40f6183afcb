"""The preview: the whole site at its deployed addresses, built again as files are saved."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Condition, Event, Thread

import click
from watchfiles import Change, watch

from hooks.publishing import work_folders
from hooks.publishing.preview_build import PreviewBuild
from hooks.publishing.preview_server import PreviewServer
from hooks.publishing.preview_site import PreviewSite
from macros.problems import BarometerError, Problem
from macros.text_files import passed_over

FOLDERS = ("data", "docs", "macros", "hooks")
FILES = ("mkdocs.yml",)
PORTS = 50
"""How many ports are tried."""


class NoPortError(BarometerError):
    """Every port that was tried is in use."""


def serve(root: Path, port: int) -> None:
    """Serve the site with its drafts, and build again what a saved file changes, until Ctrl+C.

    Args:
        port: Port on this machine; if it is in use, the next free one is taken.

    Raises:
        NoPortError: None is free.
    """
    site = PreviewSite(root)
    server = open_server(site, port)
    Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"the site is at http://127.0.0.1:{server.server_port}/ ; Ctrl+C stops")
    saved = SavedFiles(root)
    work = PreviewBuild(site, saved.waiting)
    program: set[Path] = set()
    try:
        work.build(())
        while True:
            changed = saved.take()
            program |= {path for path in changed if path.parts and path.parts[0] not in {"data", "docs"}}
            faults = unreadable_code(root, program)
            if faults:  # what else was saved is built when the program has started again
                site.show(faults)
                click.echo("\n".join(map(str, faults)))
            elif program:
                restart(server, work, port)
            elif work.build(changed):
                saved.add({Path()})
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        work.close()


def open_server(site: PreviewSite, port: int) -> PreviewServer:
    """Take a port, before anything is built: the one that is asked for, or the next free one.

    Args:
        site: What is served.

    Raises:
        NoPortError: None is free.
    """
    for number in range(port, min(port + PORTS, 65536)):
        try:
            return PreviewServer(site, number)
        except OSError as error:
            used = error.errno == errno.EADDRINUSE
            click.echo(f"port {number} {'is in use' if used else f'cannot be taken: {work_folders.disk_error(error)}'}")
    raise NoPortError(f"no port from {port} on is free; name another one with --port")


def unreadable_code(root: Path, changed: Iterable[Path]) -> list[Problem]:
    """Find files of the program with which it could not start again.

    Args:
        changed: Files that were saved.

    Returns:
        A finding for each that is no Python.
    """
    problems = []
    for path in sorted(path for path in changed if path.suffix == ".py" and (root / path).is_file()):
        try:
            compile((root / path).read_bytes(), path.as_posix(), "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            problems.append(Problem(path.as_posix(), getattr(error, "lineno", 1) or 1, "file", f"is no Python: {error}"))
    return problems


def restart(server: PreviewServer, work: PreviewBuild, port: int) -> None:
    """Start again with the program as it was saved, at the same address.

    Args:
        port: The port that was asked for.
    """
    click.echo("the program was saved: starting again")
    server.shutdown()
    server.server_close()
    work.close()
    moved = [] if server.server_port == port else ["--port", str(server.server_port)]
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], *moved])


class SavedFiles:
    """The files that were saved, as the system tells it, until they are taken."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: set[Path] = set()
        self.saved = Condition()
        self.again = Event()
        Thread(target=self._watch_root, daemon=True).start()
        Thread(target=self._watch_folders, daemon=True).start()

    def waiting(self) -> set[Path]:
        """The files by their names, which stay to be taken."""
        return self.files - {Path()}

    def take(self) -> set[Path]:
        """Wait until files are saved, and take them."""
        with self.saved:
            while not self.files:
                self.saved.wait(1)  # a wait without end cannot be interrupted on Windows
            taken, self.files = self.files, set()
        return taken

    def add(self, files: Iterable[Path]) -> None:
        """Add files; `.` stands for any."""
        with self.saved:
            self.files |= set(files)
            self.saved.notify_all()

    def _watch_root(self) -> None:
        """Watch single files, which editors replace, and folders that come and go."""
        for changes in self._watch((self.root,), False):
            names = {Path(path).name: change for change, path in changes}
            if any(names.get(name) == Change.added for name in FOLDERS):
                self.again.set()

    def _watch_folders(self) -> None:
        while True:
            self.again.clear()
            folders = [self.root / name for name in FOLDERS if (self.root / name).is_dir()]
            for _ in self._watch(folders, True):
                pass

    def _watch(self, paths: Iterable[Path], recursive: bool) -> Iterator[set[tuple[Change, str]]]:
        """Add what is saved; once the system tells of it, also `.`, for what was saved before."""
        started = False
        stop = self.again if recursive else None
        batches = watch(
            *paths, watch_filter=self._concerns, step=50, stop_event=stop, rust_timeout=1000, yield_on_timeout=True, recursive=recursive
        )
        for changes in batches:
            files = {Path(path).relative_to(self.root) for _, path in changes}
            if files or not started:
                self.add(files | ({Path()} if not started else set()))
            started = True
            yield changes

    def _concerns(self, _: Change, path: str) -> bool:
        """Whether a file is part of the site or the program: no litter, nothing that Python keeps, nothing beside them."""
        file = Path(path).relative_to(self.root)
        litter = any(passed_over(Path(part)) for part in file.parts)
        return file.parts[0] in {*FOLDERS, *FILES} and "__pycache__" not in file.parts and not litter
