"""The preview: the whole site at its deployed addresses, built again as files are saved."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import TypeVar

import click
from mkdocs.livereload import LiveReloadServer

from hooks.publishing import build, workers
from macros.model import KINDS
from macros.problems import BarometerError, DataError
from macros.target import Target

T = TypeVar("T")
WATCHED = ("data", "docs", "macros", "hooks", "mkdocs.yml")


def serve(root: Path, port: int) -> None:
    """Build the site with its drafts, serve it, and build again what a saved file changes.

    Args:
        root: The repository.
        port: Port on this machine.

    Raises:
        DataError: The first build found faults; later ones are only shown.
    """
    site = root / ".cache" / "preview"
    rebuild = Rebuild(root, site)
    server = LiveReloadServer(rebuild, "127.0.0.1", port, str(site), polling_interval=0.25)
    server.build_delay = 0.05
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    for name in WATCHED:
        server.watch(str(root / name))
    click.echo(f"the site is at http://127.0.0.1:{port}/ ; Ctrl+C stops")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        rebuild.processes.shutdown()


class Rebuild:
    """Builds again what saved files change; the processes that build stay. When the program itself is saved, it starts again.

    Args:
        root: The repository, which is built whole at first.
        site: Where the site goes.

    Raises:
        DataError: That first build found faults.
    """

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site, self.files = root, site, Snapshot(root)
        self.processes = workers.pool()
        self.portal = Lock()
        book = build.check(root).book
        everything = build.targets(book, drafts=True)
        self.make(everything)
        build.add_records(root, book, site, everything)

    def __call__(self) -> None:
        """Build what the files saved since the last time change, and show what is wrong."""
        started, changed = time.monotonic(), self.files.changes()
        if any(path.parts[0] not in {"data", "docs"} for path in changed):
            click.echo("the program was saved: starting again")
            self.processes.shutdown()
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # with the code as it is now
        own = self.shown(lambda: self.own(changed))
        if own:  # the reader of the saved page need not wait for the portal around it
            Thread(target=self.around, daemon=True).start()
        click.echo(f"{time.monotonic() - started:.1f} s")

    def own(self, changed: set[Path]) -> list[Target]:
        """Build the publications that were changed; where everything is, that, and nothing is left to do."""
        wanted = self.processes.submit(affected, self.root, changed).result()
        own = [target for target in wanted if target.kind != "portal"]
        self.make(own or wanted)
        return own

    def around(self) -> None:
        """Build the portal, once at a time."""
        with self.portal:
            self.shown(lambda: self.make([Target("portal")]))

    def make(self, wanted: Sequence[Target]) -> None:
        """Build without PDFs, which take longer than a reader of a preview waits; those that a build has made are shown."""
        editions = [target for target in wanted if target.kind == "edition"]
        made = {edition.path for edition in editions if build.built_folders(self.root, [edition], [edition.path])[edition].is_dir()}
        build.build_targets(self.root, self.site, wanted, self.processes, click.echo, made)

    @staticmethod
    def shown(work: Callable[[], T]) -> T | None:
        """Do some work; what is wrong is shown, and the preview goes on."""
        try:
            return work()
        except DataError as error:
            click.echo("\n".join(str(problem) for problem in error.problems))
        except (BarometerError, SyntaxError, ImportError) as error:
            click.echo(f"error: {error}")
        return None


class Snapshot:
    """When each watched file was last written, to tell which one was saved."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen = self._now()

    def _now(self) -> dict[Path, float]:
        places = [self.root / name for name in WATCHED]
        files = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]
        return {path: path.stat().st_mtime for path in files if path.is_file() and "__pycache__" not in path.parts}

    def changes(self) -> set[Path]:
        """Files written, made or removed since the last call, relative to the repository."""
        before, self.seen = self.seen, self._now()
        return {path.relative_to(self.root) for path in before.keys() | self.seen.keys() if before.get(path) != self.seen.get(path)}


def affected(root: Path, changed: Iterable[Path]) -> list[Target]:
    """Check everything, and say what must be built again.

    Args:
        root: The repository.
        changed: Files that were saved, relative to the repository.

    Returns:
        The publications whose own files changed, and the portal, which sums them up; everything
        where anything else changed.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    addresses = {_address(path) for path in changed}
    everything = build.targets(build.check(root).book, drafts=True)
    if None in addresses:
        return everything
    return [target for target in everything if target.address in addresses or target.kind == "portal"]


def _address(path: Path) -> str | None:
    parts = path.parts
    own = len(parts) > 3 and parts[0] in {"data", "docs"} and parts[1] in KINDS.values()
    return "/".join(parts[1:3]) if own else None
