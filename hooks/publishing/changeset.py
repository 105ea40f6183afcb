"""The files that one publish adds to the served branch, changes and removes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from hooks.publishing import bag, file_tree, ledger, link_check, manifest, search_index, site_files
from hooks.publishing.build_key import living_key
from hooks.publishing.editions import Plan
from hooks.publishing.ledger import Ledger
from hooks.publishing.page_slots import served, tombstone
from hooks.publishing.publish_plan import State
from macros.book import Book
from macros.comparison import neighbours
from macros.model import KINDS
from macros.problems import DataError, Problem
from macros.target import ASSETS, RECORD, SUMS, comparison_path


def next_ledger(state: State, plan: Plan, commit: str) -> Ledger:
    """Finish the new editions, and take them and what is withdrawn into the ledger.

    Args:
        commit: The commit that they are made from.
    """
    after = dict(state.ledger)
    for step in plan.of("publish"):
        record = bag.complete(state.book, step.volume, state.site, commit)
        after[record.address] = (*after.get(record.address, ()), record)
    for step in plan.of("withdraw"):
        day = step.volume.publication.withdrawal_date or date.today()  # the model has refused a withdrawal without a day
        after[step.volume.address] = ledger.withdrawn(after[step.volume.address], step.why, day)
    return after


def changeset(state: State, plan: Plan, after: Ledger) -> tuple[dict[str, bytes], list[str]]:
    """Collect everything that a publish writes, and what it removes.

    Args:
        after: The ledger with it.

    Returns:
        Path -> content of each file that is new or changed, and the paths that go.

    Raises:
        DataError: A finished page holds a fault, or a shared asset would change.
    """
    current = state.served
    files, removed = _withdrawn(state.book, plan, after, current)
    _write_living(state, plan, after)
    kept = search_index.lay(state.book, state.site, ledger.records_of(after), current, state.branch.read_many)
    built = file_tree.read(state.site)
    names = {path: _object_name(content) for path, content in built.items()}
    problems = link_check.check_site(state.site, set(current), state.branch.read_many)
    problems += [
        Problem(path, 1, "file", "is a shared asset and would change; these are only ever added")
        for path, name in names.items()
        if manifest.ASSET.match(path) and current.get(path, name) != name
    ]
    if problems:
        raise DataError(problems)
    files |= _superseded(state, plan, after, built)
    files |= {path: built[path] for path, name in names.items() if current.get(path) != name}
    kept += tuple(comparison_path(*pair) for pair in neighbours(state.book))
    return files, [*removed, *(path for path in current if path not in built and _of_portal(path) and not path.startswith(kept))]


def _write_living(state: State, plan: Plan, after: Ledger) -> None:
    """Add the living files that are no pages: `latest/` and the lists of editions, the root files, the ledger."""
    for step in plan.of("publish"):
        site_files.lay_latest(state.book, state.site, after[step.volume.address], state.served)
    files = site_files.root_files(state.book, ledger.records_of(after))
    files |= {ledger.LEDGER: ledger.written(after), site_files.THEME: manifest.dumped(living_key(state.root))}
    file_tree.write(state.site, files)


def _superseded(state: State, plan: Plan, after: Ledger, built: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages of the editions that newer ones follow, saying so."""
    marked: dict[str, bytes] = {}
    for step in (step for step in plan.of("publish") if step.volume.address in state.ledger):
        old, new = f"{state.ledger[step.volume.address][-1].path}/", after[step.volume.address][-1]
        there = {path.removeprefix(f"{new.path}/") for path in built if path.startswith(f"{new.path}/")}
        paths = [path for path in state.served if path.startswith(old) and path.endswith(".html")]
        for path, content in state.branch.read_many(paths).items():
            marked[path] = served(content, path.removeprefix(old), new, there, state.book.catalogues)
    return marked


def _withdrawn(book: Book, plan: Plan, after: Ledger, current: Iterable[str]) -> tuple[dict[str, bytes], list[str]]:
    """Tombstones for every page of every withdrawn edition; all other files of them go."""
    kept: dict[str, bytes] = {}
    removed: list[str] = []
    for record in (record for step in plan.of("withdraw") for record in after[step.volume.address]):
        for path in (path for path in current if path.startswith(f"{record.path}/")):
            if path.endswith(".html"):
                kept[path] = tombstone(record, book.language(record.address))
            elif path == f"{record.path}/{RECORD}":
                kept[path] = manifest.record_file(record)
            elif path != f"{record.path}/{SUMS}":
                removed.append(path)
    return kept, removed


def _object_name(content: bytes) -> str:
    """The name that git gives a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _of_portal(path: str) -> bool:
    """Whether a path is the portal's own and goes when the portal no longer has it."""
    kind, _, inner = path.partition("/")
    publication = kind in KINDS.values() and "/" in inner
    return not path.startswith(ASSETS) and not publication and path != ".nojekyll"
