"""Publish what is new: check, plan, build, commit once, tag, push branch and tags at once."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from hooks.publishing import bag, branch, branch_state, build, editions, ledger, manifest, pdf, site_files, tags, work_folders, workers
from hooks.publishing.archived_sources import lay_sources
from hooks.publishing.branch import Branch
from hooks.publishing.branch_state import State
from hooks.publishing.build import Checked
from hooks.publishing.build_key import living_key
from hooks.publishing.changeset import changeset
from hooks.publishing.ledger import Ledger
from hooks.publishing.manifest import Record
from hooks.publishing.tags import Tag
from macros import archive, changes, release, translated_pages
from macros.book import Book, Volume, readable
from macros.comparison import neighbours
from macros.load import load
from macros.problems import BarometerError, DataError, Problem
from macros.target import COMPARISONS, Target, comparison_path, pdf_name

TRIES = 40
"""How often a publisher begins again because another one was quicker."""

inputs = cache(manifest.inputs)
"""Hash of a volume's inputs, which a run asks for more than once."""


@dataclass(frozen=True)
class Options:
    """What a person asked for.

    Attributes:
        remote: Name or address of the remote.
        branch: Name of the served branch.
        dry_run: Say what would happen, and do nothing.
    """

    remote: str = "origin"
    branch: str = "gh-pages"
    dry_run: bool = False


def publish(root: Path, options: Options, report: Callable[[str], None] = print) -> None:
    """Publish everything that is new, or nothing at all.

    Args:
        options: Where to, and whether in earnest.
        report: Told what happens, line by line.

    Raises:
        DataError: Data, pages, plan, branch or finished pages hold faults.
        BarometerError: Git or MkDocs could not do its part.
    """
    try:
        with branch.fetched(root, options.remote, options.branch) as fetched:
            checked = _checked(root, fetched)
            if not options.dry_run:
                _all_committed(root)
            _publish_onto(fetched, root, checked, options, report)
    except (branch.GitError, workers.BuildError) as error:
        raise BarometerError(f"nothing was published: {error}") from None
    except OSError as error:
        raise BarometerError(f"nothing was published: {work_folders.disk_error(error)}") from None


def _checked(root: Path, fetched: Branch) -> Checked:
    """The data and pages; where rows do not add up, what they change in published editions is told in the same run."""
    listed = ledger.parse(fetched.read(ledger.LEDGER))

    def frozen(book: Book) -> set[str]:
        """Addresses of the publications that are published as they stand."""
        return {
            volume.address
            for volume in book.volumes
            if volume.address in listed and inputs(book, volume) == listed[volume.address][-1].inputs
        }

    try:
        return build.check(root, frozen)
    except DataError as error:
        files = load(root)
        book = readable(files)
        changed = _plan(State(root, files, book, fetched, listed, ())).problems if book else ()
        raise DataError([*error.problems, *changed]) from None


def _all_committed(root: Path) -> None:
    message = "is not committed; an edition names the commit that it was made from"
    problems = [Problem(path, 1, "file", message) for path in branch.unsaved(root)]
    if problems:
        raise DataError(problems)


def _publish_onto(fetched: Branch, root: Path, checked: Checked, options: Options, report: Callable[[str], None]) -> None:
    refusal = ""
    for attempt in range(TRIES):
        made = _attempt(branch_state.read(root, checked.files, checked.book, fetched), options.dry_run, report)
        if not made:
            return
        try:
            fetched.push(made)
        except branch.RejectedError as error:
            refusal = str(error)
            report("somebody else published at the same time; beginning again from what they published")
            time.sleep(0.05 * (attempt % 7))
            fetched.fetch()
        else:
            report(f"pushed to {options.branch}")
            report(made[-1].receipt)
            return
    raise branch.GitError(f"tried {TRIES} times while others published; run again; {refusal}")


def _attempt(state: State, dry_run: bool, report: Callable[[str], None]) -> list[Tag]:
    """Plan, build and commit onto the branch as it is.

    Returns:
        The tags of what was committed; none where there is nothing to push.
    """
    plan = _plan(state)
    for step in plan.steps:
        report(f"{step.verdict}: {step.volume.address} ({step.why})")
    _lay_earlier(state, plan)
    new = [step.volume for step in plan.of("publish")]
    problems = [*plan.problems, *(problem for volume in new for problem in _reused_ids(state, volume))]
    problems += release.unfinished(state.files, state.book, new, date.today())
    if problems:
        raise DataError(problems)
    if dry_run:
        return []
    _build(state, plan, report)
    after = _next_ledger(state, plan)
    files, removed = changeset(state, plan, after)
    if not (files or removed):
        report("nothing to publish: the branch is as it should be")
        return []
    published = [step.volume for step in plan.of("publish")]
    title = "Publish " + (", ".join(f"{volume.address}/v{volume.edition.number}" for volume in published) or "the portal")
    state.branch.commit(title, files, removed)
    return list(_tag(state, plan, after))


def _plan(state: State) -> editions.Plan:
    """What a run would do with each publication, by the rules of editions."""
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


def _lay_earlier(state: State, plan: editions.Plan) -> None:
    """Lay out the sources of every edition that a newer one follows, for the rules and for the builds."""
    newest = {step.volume.address: step.volume.edition.number for step in plan.steps}
    earlier = [record for address, number in newest.items() for record in state.ledger.get(address, ()) if record.number < number]
    lay_sources(state.root, state.branch, earlier)


def _reused_ids(state: State, volume: Volume) -> Iterator[Problem]:
    """Ids that an earlier edition gave to a row, that the last one had no more, and that another row has now."""
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


def _build(state: State, plan: editions.Plan, report: Callable[[str], None]) -> None:
    """Build the new editions, the covers that change with them, and the portal."""
    shutil.rmtree(state.site, ignore_errors=True)
    wanted = _targets(state, plan)
    printed = pdf.printable(wanted, report) | _printed(state)
    with workers.pool() as processes:
        build.build_targets(state.book, state.site, wanted, processes, report, printed)


def _printed(state: State) -> frozenset[str]:
    """Paths of the published editions that have a PDF."""
    files = state.branch.files()
    paths = [f"{record.path}/" for record in ledger.records_of(state.ledger) if not record.withdrawn]
    return frozenset(path for path in paths if path + pdf_name(path) in files)


def _ends(volume: Volume, step: int) -> set[int]:
    """The first and the last number of an issue, or those that lie so many before and behind."""
    return {(volume.publication.number or 0) - step, (volume.publication.last_number or 0) + step}


def _targets(state: State, plan: editions.Plan) -> list[Target]:
    """What must be built: new editions, the portal, and the covers and comparisons that say something new."""
    shown = [step.volume for step in plan.steps if not step.volume.draft]
    new = plan.of("publish")
    changed = {step.volume.address for step in (*new, *plan.of("withdraw"))}
    issues = [volume for volume in shown if volume.publication.number]
    ends = {end for volume in issues if volume.address in changed for end in _ends(volume, 0)}
    beside = {volume.address for volume in issues if ends & _ends(volume, 1)}
    stale = json.loads(state.branch.read(site_files.THEME) or b'""') != living_key(state.root)
    covers = [volume.address for volume in shown if stale or volume.address in changed | beside]
    built = [target for step in new for target in translated_pages.editions(step.volume)]
    return [*built, *build.portals(state.book), *_comparisons(state, changed, stale), *(Target("cover", address) for address in covers)]


def _comparisons(state: State, changed: Collection[str], stale: bool) -> list[Target]:
    """The comparisons that are not on the branch, or say something new."""
    numbers = {number for number, issue in state.book.numbered.items() if issue.address in changed}
    served = state.branch.files(COMPARISONS)
    return [
        Target("comparison", issues=pair)
        for pair in neighbours(state.book)
        if stale or numbers.intersection(pair) or f"{comparison_path(*pair)}index.html" not in served
    ]


def _next_ledger(state: State, plan: editions.Plan) -> Ledger:
    """Finish the new editions, and write the ledger as it is with them and with what is withdrawn."""
    after = dict(state.ledger)
    commit = branch.head_of(state.root)
    for step in plan.of("publish"):
        record = bag.complete(state.book, step.volume, state.site, commit)
        after[record.address] = (*after.get(record.address, ()), record)
    for step in plan.of("withdraw"):
        day = step.volume.publication.withdrawal_date or date.today()  # the model has refused a withdrawal without a day
        after[step.volume.address] = ledger.withdrawn(after[step.volume.address], step.why, day)
    return after


def _tag(state: State, plan: editions.Plan, after: Ledger) -> Iterator[Tag]:
    """Tag the commit: each new edition and each withdrawal, or the portal where nothing else is new."""
    before, now = (ledger.digest(content) for content in (ledger.written(state.ledger), ledger.written(after)))
    source = branch.head_of(state.root)
    named: list[tuple[str, str, str]] = []
    for step in plan.of("publish"):
        record = after[step.volume.address][-1]
        named.append((record.path, f"{record.title}, edition {record.number}", record.manifest))
    named += [(f"{step.volume.address}/withdrawn", f"{step.volume.address} is withdrawn", "") for step in plan.of("withdraw")]
    count = sum(tag.name.startswith("site/") for tag in state.chain) + 1
    previous = state.chain[-1] if state.chain else None
    for name, title, listed in named or [(f"site/{count}", "Living pages", "")]:
        hashes = (listed, before if state.chain else "", now)
        previous = state.branch.tag(name, tags.message(title, state.branch.name, hashes, previous, source))
        yield previous
