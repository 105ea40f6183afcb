"""Publish what is new: check, plan, build, commit once, tag, push branch and tags at once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hooks.publishing import branch, build, changeset, ledger, pdf, publish_plan, work_folders, workers
from hooks.publishing.branch import Branch
from hooks.publishing.build import Checked
from hooks.publishing.editions import Plan
from hooks.publishing.ledger import Ledger
from hooks.publishing.publish_plan import State, inputs
from hooks.publishing.tags import Tag
from macros import release
from macros.book import Book, readable
from macros.load import load
from macros.problems import BarometerError, DataError, Problem, counted

TRIES = 40
"""How often a publisher begins again because another one was quicker."""
Report = Callable[[str], None]


def publish(root: Path, remote: str, name: str, dry_run: bool, report: Report) -> None:
    """Publish everything that is new, or nothing at all.

    Args:
        remote: Name or address of the remote.
        name: Name of the served branch.
        dry_run: Say what would happen, and do nothing.
        report: Told what happens, line by line.

    Raises:
        DataError: Data, pages, plan, branch or finished pages hold faults.
        BarometerError: Git or MkDocs could not do its part.
    """
    try:
        with branch.fetched(root, remote, name) as fetched:
            checked = _checked(root, fetched)
            if not dry_run:
                _all_committed(root)
            _publish_onto(fetched, root, checked, dry_run, report)
    except (branch.GitError, workers.BuildError) as error:
        raise BarometerError(f"nothing was published: {error}") from None
    except OSError as error:
        raise BarometerError(f"nothing was published: {work_folders.disk_error(error)}") from None


def _checked(root: Path, fetched: Branch) -> Checked:
    """The data and pages; where rows do not add up, what they change in published editions is told in the same run."""
    listed = ledger.parse(fetched.read(ledger.LEDGER))

    def frozen(book: Book) -> set[str]:
        """Addresses of the publications that are published as they stand."""
        volumes = [volume for volume in book.volumes if volume.address in listed]
        return {volume.address for volume in volumes if inputs(book, volume) == listed[volume.address][-1].inputs}

    try:
        return build.check(root, frozen)
    except DataError as error:
        files = load(root)
        book = readable(files)
        changed = publish_plan.plan(State(root, files, book, fetched, fetched.files(), listed, ())).problems if book else ()
        raise DataError([*error.problems, *changed]) from None


def _all_committed(root: Path) -> None:
    message = "is not committed; an edition names the commit that it was made from"
    problems = [Problem(path, 1, "file", message) for path in branch.unsaved(root)]
    if problems:
        raise DataError(problems)


def _publish_onto(fetched: Branch, root: Path, checked: Checked, dry_run: bool, report: Report) -> None:
    """Try, and try again on what somebody else published meanwhile."""
    refusal = ""
    for attempt in range(TRIES):
        made = _attempt(publish_plan.state_of(root, checked.files, checked.book, fetched), dry_run, report)
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
            report(f"pushed to {fetched.name}")
            report(made[-1].receipt)
            return
    raise branch.GitError(f"tried {TRIES} times while others published; run again; {refusal}")


def _attempt(state: State, dry_run: bool, report: Report) -> list[Tag]:
    """Plan, build and commit onto the branch as it is: the tags of what was committed; none where there is nothing to push."""
    plan = publish_plan.plan(state)
    for step in plan.steps:
        if step.verdict != "stands":
            report(f"{step.verdict}: {step.volume.address} ({step.why})")
    if standing := plan.of("stands"):
        report(f"stands as published: {counted(len(standing), 'publication')}")
    publish_plan.lay_earlier(state, plan)
    new = [step.volume for step in plan.of("publish")]
    problems = [*plan.problems, *(problem for volume in new for problem in publish_plan.reused_ids(state, volume))]
    problems += release.unfinished(state.files, state.book, new, date.today())
    if problems:
        raise DataError(problems)
    if dry_run:
        return []
    wanted = publish_plan.targets(state, plan)
    shutil.rmtree(state.site, ignore_errors=True)
    build.build_targets(state.book, state.site, wanted, pdf.printable(wanted, report) | publish_plan.printed(state), report)
    source = branch.head_of(state.root)
    after = changeset.next_ledger(state, plan, source)
    files, removed = changeset.changeset(state, plan, after)
    if not (files or removed):
        report("nothing to publish: the branch is as it should be")
        return []
    title = ", ".join(f"{volume.address}/v{volume.edition.number}" for volume in new)
    state.branch.commit(f"Publish {title or 'the portal'}", files, removed)
    return _tag(state, plan, after, source)


def _tag(state: State, plan: Plan, after: Ledger, source: str) -> list[Tag]:
    """Tag the commit: each new edition and each withdrawal, or the portal where nothing else is new."""
    before, now = (ledger.digest(ledger.written(listed)) for listed in (state.ledger, after))
    records = [after[step.volume.address][-1] for step in plan.of("publish")]
    named = [(record.path, f"{record.title}, edition {record.number}", record.manifest) for record in records]
    named += [(f"{step.volume.address}/withdrawn", f"{step.volume.address} is withdrawn", "") for step in plan.of("withdraw")]
    count = sum(tag.name.startswith("site/") for tag in state.chain) + 1
    previous = state.chain[-1] if state.chain else None
    ledgers = (before if previous else "", now)
    return state.branch.tag(named or [(f"site/{count}", "Living pages", "")], ledgers, source, previous)
