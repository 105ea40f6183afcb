"""What a saved file changes: checked and built again, the saved publication first."""

from __future__ import annotations

import os
import shutil
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import click

from hooks.publishing import branch, build, file_tree, site_files, workers
from hooks.publishing.build_key import data_key
from hooks.publishing.manifest import Record
from hooks.publishing.preview_site import Draft, PreviewSite
from macros import words
from macros.model import publication_of
from macros.problems import BarometerError, DataError, counted
from macros.target import Target


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
    """Builds again what saved files change: at once the publication that was saved, and behind it all else. The processes stay.

    What must be built is what the build keys say, so nothing that was saved is lost; the names of the saved files say what
    comes first, and are kept until that is built. What is being built behind when a file is saved is not waited for, and is
    thrown away.

    Args:
        site: What is shown.
        waiting: Files that were saved since.
    """

    def __init__(self, site: PreviewSite, waiting: Callable[[], Collection[Path]]) -> None:
        self.site, self.root, self.waiting = site, site.root, waiting
        self.urgent = workers.Processes(1)
        self.patient = workers.Processes(patient=True)
        self.behind = ThreadPoolExecutor(1)
        self.state: State | None = None
        self.telling = Lock()
        self.building: dict[Target, Lock] = {}
        self.begun = False
        self.changed: set[Path] = set()
        self.errors: Mapping[Target, str] = {}
        self.records: dict[Path, Record] = {}

    def build(self, changed: Iterable[Path]) -> bool:
        """Check everything, then build what is not shown as it is now; what is wrong is shown, and the pages stay.

        Args:
            changed: Files that were saved, relative to the repository.

        Returns:
            Whether files were saved in the meantime, unseen by the check.
        """
        self.changed |= set(changed)
        if set(changed) - {Path()}:
            self._stop()
        try:
            return self._build(time.monotonic())
        except DataError as error:
            self._stop()
            self.site.show(error.problems)
            click.echo("\n".join([*map(str, error.problems), counted(len(error.problems), "finding")]))
        except Exception as error:
            self._tell_fault(error)
        return False

    def close(self) -> None:
        """End when what is being built is built."""
        self._stop()
        self.behind.shutdown(cancel_futures=True)
        self.urgent.close()
        self.patient.close()

    def _stop(self) -> None:
        """Begin nothing more behind; what is being built there is thrown away, and tells nothing."""
        with self.telling:
            self.state = None

    def _build(self, started: float) -> bool:
        state = self.urgent.run(checked_state, self.root)
        self.site.keep(state.folders.keys(), state.drafts)
        if self.site.problems:
            click.echo("no findings")
        if self.state and self.state.folders == state.folders:
            state = self.state
        self.state = state
        self._tell(state)
        addresses = {_address(path) for path in self.changed}
        editions = [target for target in self._stale(state) if target.kind == "edition"]
        own = [target for target in editions if target.address in addresses]
        if not self.begun:  # one edition from the process that is kept for what is saved, so that it is quick from then on
            self.begun, own = True, own or editions[:1]
            self.behind.submit(self._build_rest, state, own, addresses, started)
        moved = [target for target in own if self._make(target, state, self.urgent)]
        if own:
            click.echo(f"{time.monotonic() - started:.1f} s")
        if moved:
            return True
        if not self.errors.keys() & set(own):
            self.changed.clear()
        self.behind.submit(self._build_rest, state, own, addresses, started)
        return False

    def _build_rest(self, state: State, own: Collection[Target], addresses: Collection[str | None], started: float) -> None:
        """Build what is still not shown as it is now, as long as no file is saved.

        Args:
            own: What is built elsewhere.
            addresses: The publications that come first.
        """
        stale = [target for target in self._stale(state) if target not in own]
        stale.sort(key=lambda target: target.address not in addresses)
        try:
            with ThreadPoolExecutor(os.cpu_count()) as threads:  # what is handed to a process is built, whatever is saved
                list(threads.map(lambda target: self._make(target, state, self.patient), stale))
            if stale and self.state is state:
                click.echo(f"all is built: {time.monotonic() - started:.1f} s")
            self._finish(state)
        except Exception as error:
            if self.state is state:
                self._tell_fault(error)

    def _tell_fault(self, error: Exception) -> None:
        """Tell of a fault of the program, or of the disk; the pages are still there to be read."""
        traceback.print_exception(error)
        self.site.show(errors=["".join(traceback.format_exception_only(error)).strip()])

    def _tell(self, state: State, target: Target | None = None, error: str = "") -> None:
        """Tell of targets that could not be built, unless a file was saved since.

        Args:
            target: One that was built just now.
            error: Why it was not.
        """
        with self.telling:
            if self.state is state:
                others = {other: why for other, why in self.errors.items() if other in state.folders and other != target}
                self.errors = others | ({target: error} if target and error else {})
                self.site.show(errors=tuple(self.errors.values()))

    def _stale(self, state: State) -> list[Target]:
        """What is not shown as it is now."""
        parts = self.site.parts
        return [target for target, folder in state.folders.items() if target not in parts or parts[target].key != folder.name]

    def _make(self, target: Target, state: State, processes: workers.Processes) -> bool:
        """Build a target, and show it; one target is built once at a time.

        Returns:
            Whether files were saved meanwhile; then it may not be what its key says, and is not kept.
        """
        folder, failure = state.folders[target], ""
        with self.building.setdefault(target, Lock()):
            wanted = self.state is state and target in self._stale(state)
            fresh = wanted and not folder.is_dir()
            try:
                if fresh:
                    processes.build(state.book, target, folder, state.printed)
                    click.echo(f"built {target}")
                if wanted and self.state is state:
                    self.site.put(target, folder)
            except BarometerError as error:
                failure = str(error)
                click.echo(f"error: {error}")
            moved = fresh and self._moved(target, state)
            if moved:
                shutil.rmtree(folder, ignore_errors=True)
                self.site.doubt(target, folder.name)
        self._tell(state, target, failure)
        return moved

    def _moved(self, target: Target, state: State) -> bool:
        """Whether files were saved since a state was found, perhaps twice, so that they are again as they were."""
        saved = self.state is not state or bool(self.waiting())
        return saved or build.built_folders(self.root, [target], state.printed)[target] != state.folders[target]

    def _finish(self, state: State) -> None:
        """Add to what is shown the archive files, records and root files, which nobody waits for, until a file is saved."""
        parts = dict(self.site.parts)
        originals = [target for target in state.folders if target.kind == "edition" and target in parts and not target.language]
        editions = {target: parts[target].folder for target in originals}
        self.records = {folder: record for folder, record in self.records.items() if folder in editions.values()}
        before = dict(self.records)
        for target, folder in editions.items():
            if self.state is not state:
                return
            if folder not in self.records:
                self.records[folder] = self.patient.run(_record, state.book, folder, target)
        portal = parts.get(Target("portal"))
        if portal and (self.records != before or not (portal.folder / "robots.txt").is_file()):
            self.patient.run(_root_files, state.book, portal.folder, [self.records[folder] for folder in editions.values()])
            self.site.tell()


def _address(path: Path) -> str | None:
    """The publication that a file belongs to; None where it belongs to all."""
    return publication_of(path.as_posix()) or None
