"""The rules of editions, without git, files or MkDocs: what a run publishes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hooks.publishing.manifest import Record
from macros.book import Book, Volume
from macros.problems import Problem

Verdict = Literal["publish", "withdraw", "stands", "nothing"]


@dataclass(frozen=True)
class Step:
    """What happens to one publication, and why."""

    volume: Volume
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Plan:
    """Everything that a run would do."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]

    def of(self, verdict: Verdict) -> tuple[Step, ...]:
        """The steps of one verdict."""
        return tuple(step for step in self.steps if step.verdict == verdict)


def plan(
    book: Book,
    ledger: Mapping[str, Sequence[Record]],
    inputs: Callable[[Volume], str],
    changed: Callable[[Volume, Record], Sequence[Problem]],
    followed: Callable[[Record], bool] = lambda _: True,
) -> Plan:
    """Decide what to publish.

    Rules (section 5 of the design): an edition is published once; the same inputs publish
    nothing; changed inputs are refused until publication.yml announces the next edition; what
    was announced and published is never edited, taken out or reordered; drafts are not published.

    Args:
        ledger: What was published before: address -> records, oldest first.
        inputs: Hash of a volume's inputs.
        changed: What differs between a volume and the published edition it should equal, as findings.
        followed: Whether an edition was published from a state that this one follows; where it was not, two
            publishers work side by side, and a draft here may be published there.

    Returns:
        The plan; where it has problems, nothing may be published.
    """
    steps: list[Step] = []
    problems: list[Problem] = []
    for volume in book.volumes:
        published = ledger.get(volume.address, ())
        kept = list(_kept(volume, [record for record in published if not volume.draft or followed(record)]))
        step = _step(volume, published, inputs)
        if not kept and step.verdict == "nothing" and published and volume.publication.status == "published":
            kept = list(changed(volume, published[-1]))
        problems += kept
        steps.append(step)
    addresses = {volume.address for volume in book.volumes}
    for address in ledger.keys() - addresses:
        message = "was published and is gone; restore its folder, or set status: withdrawn in it and give the reason"
        problems.append(Problem(f"data/{address}/publication.yml", 1, "file", message))
    return Plan(tuple(steps), tuple(sorted(problems)))


def _step(volume: Volume, published: Sequence[Record], inputs: Callable[[Volume], str]) -> Step:
    publication, edition = volume.publication, volume.edition
    if publication.status == "draft":
        return Step(volume, "nothing", "a draft is shown in previews only")
    if publication.status == "withdrawn":
        if published and not published[-1].withdrawn:
            return Step(volume, "withdraw", publication.withdrawal or "")
        return Step(volume, "stands" if published else "nothing", "withdrawn")
    if not published:
        return Step(volume, "publish", "not published yet")
    last = published[-1]
    if edition.number > last.number:
        return Step(volume, "publish", f"edition {edition.number}, {edition.kind}: {edition.note}")
    if inputs(volume) == last.inputs:
        return Step(volume, "stands", f"edition {last.number}")
    return Step(volume, "nothing", f"differs from edition {last.number}")


def _kept(volume: Volume, published: Sequence[Record]) -> list[Problem]:
    """Findings where an edition that was published is not as publication.yml says now."""
    announced = {edition.number: edition for edition in volume.publication.editions}
    path = f"data/{volume.address}/publication.yml"
    problems = []
    for record in published:
        now = announced.get(record.number)
        if now is None:
            message = f"edition {record.number} was published on {record.date} and is gone; published editions stay listed"
            problems.append(Problem(path, 1, "editions", message))
        elif (now.date.isoformat(), now.kind, now.note) != (record.date, record.kind, record.note):
            message = (
                f"edition {record.number} was published as {record.date}, {record.kind}, “{record.note}” and may not be edited; "
                "restore it, and announce a next edition"
            )
            problems.append(Problem(path, 1, "editions", message))
        elif record.withdrawn and volume.publication.status != "withdrawn":
            problems.append(Problem(path, 1, "status", "was withdrawn, which is for ever; set status: withdrawn again"))
    if published and volume.draft:
        message = "was published and is no draft any more; set status: published again, or withdrawn and give the reason"
        problems.append(Problem(path, 1, "status", message))
    newest = published[-1].number if published else 0
    if volume.edition.number > newest + 1 and volume.publication.status == "published":
        message = f"announces edition {volume.edition.number}, but {newest} is the newest published; publish one edition at a time"
        problems.append(Problem(path, 1, "editions", message))
    return problems
