"""What a publish would do: the served branch as the last publish left it, held against the publications here."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from hooks.publishing import branch, build, editions, ledger, manifest, site_files, verify
from hooks.publishing.archived_sources import lay_sources
from hooks.publishing.branch import Branch
from hooks.publishing.build_key import living_key
from hooks.publishing.editions import Plan
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.tags import Tag
from macros import archive, changes, translated_pages
from macros.book import Book, Volume, open_book
from macros.comparison import neighbours
from macros.load import Files
from macros.problems import DataError, Problem
from macros.target import Target, comparison_path, pdf_name

inputs = cache(manifest.inputs)
"""Hash of a volume's inputs, which a run asks for more than once."""


@dataclass(frozen=True)
class State:
    """The served branch as the last publish left it, and the repository that publishes onto it.

    Attributes:
        files: What was loaded of the repository.
        served: Every file of the branch: path -> name of its git object.
    """

    root: Path
    files: Files
    book: Book
    branch: Branch
    served: Mapping[str, str]
    ledger: Ledger
    chain: Sequence[Tag]

    @property
    def site(self) -> Path:
        """Folder of what is built for this publish."""
        return self.branch.repository.parent / "site"

    def archive(self, record: Record) -> Book:
        """The sources of an earlier edition, which must be laid out."""
        return open_book(self.root / ".cache" / "archive" / record.path)


def state_of(root: Path, files: Files, book: Book, fetched: Branch) -> State:
    """Read the state of the branch, which must be what the last publish left.

    Args:
        files: What was loaded of the repository.

    Raises:
        DataError: Branch, ledger or tags were changed by something else.
    """
    chain, problems = verify.unchanged(fetched)
    listed, served = ledger.parse(fetched.read(ledger.LEDGER)), fetched.files()
    problems += ledger.strays(served, listed)
    if problems:
        raise DataError(problems)
    return State(root, files, book, fetched, served, listed, chain)


def plan(state: State) -> Plan:
    """Decide by the rules of editions what happens to each publication."""
    shallow = branch.is_shallow(state.root)

    def follows(record: Record) -> bool:
        """Whether an edition was published from a state that this one follows; taken for granted where that cannot be seen."""
        return shallow or branch.contains(state.root, record.commit)

    return editions.plan(state.book, state.ledger, partial(inputs, state.book), partial(_differing, state), follows)


def _differing(state: State, volume: Volume, record: Record) -> Sequence[Problem]:
    """What a volume changes in a published edition, as findings."""
    lay_sources(state.root, state.branch, [record])
    line_of, differences = changes.lines(state.files), archive.differences(state.archive(record), state.book, volume.address)
    return list(dict.fromkeys(problem for difference in differences for problem in changes.problems(difference, line_of)))


def lay_earlier(state: State, plan: Plan) -> None:
    """Lay out the sources of every edition that a newer one follows, for the rules and for the builds."""
    newest = {step.volume.address: step.volume.edition.number for step in plan.steps}
    earlier = [record for address, number in newest.items() for record in state.ledger.get(address, ()) if record.number < number]
    lay_sources(state.root, state.branch, earlier)


def reused_ids(state: State, volume: Volume) -> Iterator[Problem]:
    """Find ids that an earlier edition gave to a row, that the last one had no more, and that another row has now."""
    records = state.ledger.get(volume.address, ())
    if len(records) < 2:
        return
    *earlier, last = (state.archive(record) for record in records)
    came = {row.id for row in changes.compare(last, state.book, volume.address, {}, {}).rows if row.what == "added" and row.id}
    line_of = changes.lines(state.files)
    for record, before in zip(records, earlier, strict=False):
        for row in changes.compare(before, state.book, volume.address, {}, {}).rows if came else ():
            if row.id in came and row.what not in ("added", "removed"):
                message = f"{row.id} was another row in edition {record.number}; an id is never given again: take the next free number"
                yield Problem(row.file, line_of(row.file, row.id), "id", message)


def targets(state: State, plan: Plan) -> list[Target]:
    """List what must be built: new editions, the portal, and the covers and comparisons that say something new."""
    shown = [step.volume for step in plan.steps if not step.volume.draft]
    changed = {step.volume.address for step in (*plan.of("publish"), *plan.of("withdraw"))}
    issues = [volume for volume in shown if volume.publication.number]
    ends = {end for volume in issues if volume.address in changed for end in _ends(volume, 0)}
    beside = {volume.address for volume in issues if ends & _ends(volume, 1)}
    stale = json.loads(state.branch.read(site_files.THEME) or b'""') != living_key(state.root)
    covers = [volume.address for volume in shown if stale or volume.address in changed | beside]
    new = [target for step in plan.of("publish") for target in translated_pages.editions(step.volume)]
    return [*new, *build.portals(state.book), *_comparisons(state, changed, stale), *(Target("cover", address) for address in covers)]


def _ends(volume: Volume, step: int) -> set[int]:
    """The first and the last number of an issue, or those that lie so many before and behind."""
    return {(volume.publication.number or 0) - step, (volume.publication.last_number or 0) + step}


def _comparisons(state: State, changed: Collection[str], stale: bool) -> list[Target]:
    """The comparisons that are not on the branch, or say something new."""
    numbers = {number for number, issue in state.book.numbered.items() if issue.address in changed}
    return [
        Target("comparison", issues=pair)
        for pair in neighbours(state.book)
        if stale or numbers.intersection(pair) or f"{comparison_path(*pair)}index.html" not in state.served
    ]


def printed(state: State) -> frozenset[str]:
    """Paths of the published editions that have a PDF."""
    paths = [f"{record.path}/" for record in ledger.records_of(state.ledger) if not record.withdrawn]
    return frozenset(path for path in paths if path + pdf_name(path) in state.served)
