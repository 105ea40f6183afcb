"""What a publication must have before it is published for ever: the questions of a release checklist, as rules.

`check` asks whether data and pages can be built; a release asks whether they are finished. An error stands in the way;
a warning does so until release.yml says under `accepted` why it may stand. The list follows what statistical offices
ask of a release: European Statistics Code of Practice, principles 4, 6, 14 and 15.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from macros.book import Book, Volume
from macros.load import Files, Record
from macros.model import Release
from macros.problems import Problem, allowed
from macros.release import pages, rows, title_page
from macros.release.candidate import Candidate, Rule, content_hash
from macros.release.rows import unused_sources

RULES: tuple[Rule, ...] = (*title_page.RULES, *rows.RULES, *pages.RULES)
"""Every rule, in the order of the guide."""


def findings(candidate: Candidate) -> list[Problem]:
    """Everything that stands in the way of publishing a publication.

    Args:
        candidate: The publication, checked and without findings of its data.

    Returns:
        The findings of the rules, without accepted warnings, and of release.yml itself.
    """
    records = candidate.table("release.yml").records
    record: Record[Release] | None = records[0] if records else None
    accepted = record.item.accepted if record else {}
    problems: list[Problem] = []
    for rule in RULES:
        given = list(rule.find(candidate))
        if record and rule.name in accepted and not (given and rule.warning):
            why = (
                "is an error and cannot be accepted; mend it" if given else "is accepted, and nothing is found any more; take the line out"
            )
            problems.append(record.problem(f"accepted.{rule.name}", why))
        if not (rule.warning and rule.name in accepted):
            how = f" (or say why it stands: {rule.name} under accepted in release.yml)" if rule.warning else ""
            problems += [replace(problem, message=problem.message + how) for problem in given]
    if record:
        problems += [
            record.problem(f"accepted.{name}", f"'{name}' is no rule; {allowed(name, [rule.name for rule in RULES if rule.warning])}")
            for name in accepted
            if name not in {rule.name for rule in RULES}
        ]
        problems += _approvals(candidate, record)
    return sorted(set(problems))


def unfinished(files: Files, book: Book, volumes: Iterable[Volume], today: date) -> list[Problem]:
    """Everything that stands in the way of publishing some publications.

    Args:
        files: What was loaded.
        today: The day on which they would be published.
    """
    return sorted({problem for volume in volumes for problem in findings(Candidate(files, book, volume, today))})


def _approvals(candidate: Candidate, record: Record[Release]) -> Iterator[Problem]:
    """Who approved it saw what is here, and is not its only writer."""
    release, content = record.item, content_hash(candidate.root, candidate.volume.address)
    for index, approval in enumerate(release.approvals):
        if approval.content != content:
            message = f"{approval.name} approved {approval.content}, and the content is now {content}; ask again, then enter that"
            yield record.problem(f"approvals.{index}.content", message)
    names = {approval.name for approval in release.approvals}
    if names and len(release.writers) == 1 and names == set(release.writers):
        yield record.problem("approvals", f"{release.writers[0]} wrote it alone and approved it alone; somebody else approves too")


__all__ = ["RULES", "Candidate", "content_hash", "findings", "unfinished", "unused_sources"]
