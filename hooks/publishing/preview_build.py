"""What a saved file changes: checked and built again, the saved publication first."""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from hooks.publishing import branch, build, file_tree, site_files, workers
from hooks.publishing.build_key import data_key
from hooks.publishing.manifest import Record
from hooks.publishing.preview_site import Draft, PreviewSite
from macros import words
from macros.model import publication_of
from macros.problems import BarometerError, DataError, counted
from macros.target import Target

T = TypeVar("T")


@dataclass(frozen=True)
class State:
    """The repository as it was found.

    Attributes:
        folders: Everything that the preview shows, and where it is kept once it is built: a folder named by the build key.
        printed: Paths of the editions that have a PDF, because a build has made one.
        book: The book, packed.
    """

    folders: Mapping[Target, Path]
    printed: frozenset[str]
    book: bytes
    drafts: tuple[Draft, ...] = ()


def checked_state(root: Path) -> State:
    """Check everything, and find what the preview shows; again where data were saved meanwhile, so that keys and book are of one state.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    checked = build.check(root)
    book = checked.book
    drafts = [volume for volume in book.volumes if volume.draft]
    shown = (Draft(volume.address, words.label(volume), f"{volume.address}/v{volume.edition.number}/") for volume in drafts)
    targets = build.targets(book, drafts=True)
    editions = [target for target in targets if target.kind == "edition"]
    with_pdf = build.built_folders(root, editions, [edition.path for edition in editions])
    printed = frozenset(edition.path for edition, folder in with_pdf.items() if folder.is_dir())
    state = State(build.built_folders(root, targets, printed), printed, workers.pack(book), tuple(shown))
    return state if data_key(root) == checked.key else checked_state(root)


def _record(packed: bytes, site: Path, edition: Target) -> Record:
    book = workers.unpack(packed)
    return build.add_record(book, site, edition, branch.commit_of(book.root))


def _root_files(packed: bytes, site: Path, records: list[Record]) -> None:
    file_tree.write(site, site_files.root_files(workers.unpack(packed), records))


class PreviewBuild:
    """Builds again what saved files change. The processes that build stay.

    What must be built is what the build keys say, so nothing that was saved is lost; the names of the saved files say what
    comes first, and are kept until that is built.

    Args:
        site: What is shown.
        waiting: Files that were saved since, which come before what is not urgent.
    """

    def __init__(self, site: PreviewSite, waiting: Callable[[], Collection[Path]]) -> None:
        self.site, self.root, self.waiting = site, site.root, waiting
        self.processes = workers.pool()
        self.changed: set[Path] = set()
        self.errors: dict[Target, str] = {}
        self.records: dict[Path, Record] = {}

    def build(self, changed: Iterable[Path]) -> bool:
        """Check everything, then build what is not shown as it is now; what is wrong is shown, and the pages stay.

        Args:
            changed: Files that were saved, relative to the repository.

        Returns:
            Whether files were saved in the meantime, unseen by the check.
        """
        self.changed |= set(changed)
        try:
            return self._build(time.monotonic())
        except DataError as error:
            self.site.show(error.problems)
            click.echo("\n".join([*map(str, error.problems), counted(len(error.problems), "finding")]))
        except Exception as error:  # a fault of the program, or of the disk; the pages are still there to be read
            traceback.print_exc()
            self.site.show(errors=["".join(traceback.format_exception_only(error)).strip()])
        return False

    def _build(self, started: float) -> bool:
        state = self._run(checked_state, self.root)
        self.site.keep(state.folders.keys(), state.drafts)
        self.errors = {target: error for target, error in self.errors.items() if target in state.folders}
        if self.site.problems:
            click.echo("no findings")
        self.site.show(errors=tuple(self.errors.values()))
        stale = [target for target, folder in state.folders.items() if self._key(target) != folder.name]
        addresses = {_address(path) for path in self.changed}
        own = [target for target in stale if target.address in addresses and target.kind == "edition"]
        self._make(own, state)
        if own and not self.errors.keys() & set(own):
            self.changed.clear()
        if own:
            click.echo(f"{time.monotonic() - started:.1f} s")
        rest = sorted((target for target in stale if target not in own), key=lambda target: target.address not in addresses)
        self._make(rest, state, urgent=False, together=1 if own else None)
        if rest and not own:
            click.echo(f"{time.monotonic() - started:.1f} s")
        if not own and not self.waiting() and not self.errors:
            self.changed.clear()
        if stale and self._moved(state, stale):
            return True
        self._finish(state)
        return False

    def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do some work in a process; in new ones where one was killed since the last time."""
        try:
            running = self.processes.submit(work, *arguments)
        except BrokenProcessPool:
            self.processes = workers.pool()
            running = self.processes.submit(work, *arguments)
        return running.result()

    def _key(self, target: Target) -> str:
        return self.site.parts[target].key if target in self.site.parts else ""

    def _make(self, targets: Collection[Target], state: State, urgent: bool = True, together: int | None = None) -> None:
        """Build some targets, several at once; those that are not urgent are left when a file is saved."""

        def make(target: Target) -> None:
            if not urgent and self.waiting():
                return
            folder = state.folders[target]
            try:
                if not folder.is_dir():
                    list(workers.build(state.book, {target: folder}, state.printed, self.processes))
                    click.echo(f"built {target}")
                self.site.put(target, folder)
                self.errors.pop(target, None)
            except BarometerError as error:
                self.errors[target] = str(error)
                click.echo(f"error: {error}")

        if targets:
            with ThreadPoolExecutor(together) as threads:
                list(threads.map(make, targets))
            self.site.show(errors=tuple(self.errors.values()))

    def _moved(self, state: State, targets: Collection[Target]) -> bool:
        """Whether files were saved while targets were built from them; then these are not what their keys say."""
        now = self._run(build.built_folders, self.root, list(state.folders), state.printed)
        saved = {_address(path) for path in self.waiting()}  # perhaps twice, and is again as it was
        moved = [target for target in targets if now[target].name != state.folders[target].name or target.address in saved]
        for target in moved:
            shutil.rmtree(state.folders[target], ignore_errors=True)
            if target in self.site.parts:
                self.site.doubt(target)
        return bool(moved)

    def _finish(self, state: State) -> None:
        """Add to what is shown the archive files, records and root files, which nobody waits for, until a file is saved."""
        parts = dict(self.site.parts)
        originals = [target for target in state.folders if target.kind == "edition" and target in parts and not target.language]
        editions = {target: parts[target].folder for target in originals}
        self.records = {folder: record for folder, record in self.records.items() if folder in editions.values()}
        before = dict(self.records)
        for target, folder in editions.items():
            if self.waiting():
                return
            if folder not in self.records:
                self.records[folder] = self._run(_record, state.book, folder, target)
        portal = parts.get(Target("portal"))
        if portal and (self.records != before or not (portal.folder / "robots.txt").is_file()):
            self._run(_root_files, state.book, portal.folder, [self.records[folder] for folder in editions.values()])
            self.site.tell()


def _address(path: Path) -> str | None:
    """The publication that a file belongs to; None where it belongs to all."""
    return publication_of(path.as_posix()) or None
