"""The preview: the whole site at its deployed addresses, built again as files are saved."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Thread

import click
from mkdocs.livereload import LiveReloadServer

from hooks.press import builders, forge
from hooks.press import site as press
from macros.model import KINDS
from macros.problems import BarometerError, DataError
from macros.target import Target

WATCHED = ("data", "docs", "macros", "hooks", "mkdocs.yml")


def serve(root: Path, port: int) -> None:
    """Build the site with its drafts, serve it, and build again what a saved file changes.

    Args:
        root: The repository.
        port: Port on this machine.

    Raises:
        DataError: The first build found faults; later ones are only shown.
    """
    forge.begin()
    site = root / ".cache" / "preview"
    book = press.check(root).book
    everything = press.targets(book, drafts=True)
    _make(root, site, everything)
    press.dress(root, book, site, everything)
    state = Snapshot(root)

    def rebuild() -> None:
        started = time.monotonic()
        changed = state.changes()
        try:
            with builders.pool(root) as processes:  # fresh ones, because the code itself may have been saved
                wanted = processes.submit(affected, root, changed).result()
                own = [target for target in wanted if target.kind != "portal"]
                _make(root, site, own or wanted, processes)
            if own:  # the reader of the saved page need not wait for the portal around it
                Thread(target=_make, args=(root, site, [Target("portal")]), daemon=True).start()
        except DataError as error:
            click.echo("\n".join(str(problem) for problem in error.problems))
        except (BarometerError, SyntaxError, ImportError) as error:
            click.echo(f"error: {error}")
        click.echo(f"{time.monotonic() - started:.1f} s")

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


def _make(root: Path, site: Path, wanted: Sequence[Target], within: ProcessPoolExecutor | None = None) -> None:
    """Build without PDFs, which take longer than a reader of a preview waits; those that a build has made are shown."""
    made = {one.path for one in wanted if one.kind == "edition" and press.places_of(root, [one], [one.path])[one].is_dir()}
    press.make(root, site, wanted, click.echo, made, within=within)


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
    everything = press.targets(press.check(root).book, drafts=True)
    if None in addresses:
        return everything
    return [target for target in everything if target.address in addresses or target.kind == "portal"]


def _address(path: Path) -> str | None:
    parts = path.parts
    own = len(parts) > 3 and parts[0] in {"data", "docs"} and parts[1] in KINDS.values()
    return "/".join(parts[1:3]) if own else None
