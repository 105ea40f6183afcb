"""The tags of published states: a chain outside the branch that vouches for it. Rules alone, without git.

Each publish leaves annotated tags on its commit: one for each new edition (`issues/19/v1`), one for each
withdrawal (`issues/19/withdrawn`), or, where only living pages changed, one that counts (`site/7`). A tag
names the hashes of the edition's manifest and of the ledger before and after, and by its hash the tag before
it, so that no tag can be changed, removed or put in between without breaking all that follow. As every publish
is one commit with a tag, the branch must end at the newest tag, and each commit must follow the one before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.problems import Problem

NONE = "none"
FIELDS = ("branch", "manifest", "ledger-before", "ledger-after", "previous", "source")
"""The lines of a tag's message, in order, each as `name: value`."""
REMEDY = "restore branch and tags from a copy that is older than this change"


Named = tuple[str, str, str]
"""What a tag is for: its name, its title, and SHA-256 of the SHA256SUMS of the edition, if it is of one."""


@dataclass(frozen=True)
class Tag:
    """One tag of a published state.

    Attributes:
        name: Its name, such as `issues/19/v1`.
        object: Name of its git object.
        commit: The commit of the served branch that it stands on.
        branch: The served branch.
        manifest: SHA-256 of the SHA256SUMS of the edition; empty where the tag is of no edition.
        before: SHA-256 of the ledger before the publish; empty for the first.
        after: SHA-256 of the ledger after it.
        previous: Name and digest of the tag before it, `NAME sha256:HASH`; empty for the first.
        source: The commit that the publish was made from.
        digest: SHA-256 of the tag itself, its signature included.
        signed: Whether it carries a signature.
    """

    name: str
    object: str
    commit: str
    branch: str
    manifest: str
    before: str
    after: str
    previous: str
    source: str
    digest: str
    signed: bool

    @property
    def line(self) -> str:
        """What a person keeps to prove later that nothing up to this tag was changed."""
        return f"{self.name} sha256:{self.digest}"

    @property
    def receipt(self) -> str:
        """That line, with what it is for."""
        return f"keep this line, to prove later that nothing up to here was changed: {self.line}"

    def problem(self, message: str) -> Problem:
        """Make a finding about this tag."""
        return Problem(self.name, 1, "tag", message)


def message(title: str, branch: str, hashes: tuple[str, str, str], previous: Tag | None, source: str) -> str:
    """Write what a tag says.

    Args:
        title: What was published, in one line.
        hashes: SHA-256 of the manifest, of the ledger before and of the ledger after; empty where there is none.
        source: The commit that the publish was made from.
    """
    values = (branch, *hashes, previous.line if previous else "", source)
    lines = [f"{field}: {value or NONE}" for field, value in zip(FIELDS, values, strict=True)]
    return "\n".join([title, "", *lines]) + "\n"


def parse(name: str, content: bytes, object_name: str) -> Tag | None:
    """Read a tag.

    Args:
        content: Its git object.

    Returns:
        The tag; None where publishing did not make it.
    """
    head, _, body = content.decode(errors="replace").partition("\n\n")
    headers = dict(line.partition(" ")[::2] for line in head.splitlines())
    details = body.partition("\n\n")[2]  # behind the title, which may hold anything
    unsigned = re.split(r"(?m)^-----BEGIN ", details)[0]
    lines = dict(re.findall(r"(?m)^([a-z-]+): (\S.*)$", unsigned))
    if tuple(lines) != FIELDS or headers.get("tag") != name or headers.get("type") != "commit":
        return None
    branch, manifest, before, after, previous, source = ("" if lines[field] == NONE else lines[field] for field in FIELDS)
    digest = hashlib.sha256(content).hexdigest()
    signed = unsigned != details
    return Tag(name, object_name, headers["object"], branch, manifest, before, after, previous, source, digest, signed)


def chain(tags: Sequence[Tag]) -> tuple[list[Tag], list[Problem]]:
    """Put all tags of a served branch in order, and check that each names the one before it.

    Returns:
        The tags, the oldest first, and a finding for each tag that is not what the one after it names, that
        two follow, or whose ledger does not begin where the one before it ended.
    """
    following: dict[str, list[Tag]] = {}
    for tag in tags:
        following.setdefault(tag.previous, []).append(tag)
    ordered: list[Tag] = []
    problems: list[Problem] = []
    line = ""
    while line in following:
        first, *others = sorted(following.pop(line), key=lambda tag: tag.line)
        problems += [other.problem(f"follows {line or 'nothing'}, as {first.name} does; {REMEDY}") for other in others]
        problems += _joint(ordered[-1], first) if ordered else []
        ordered.append(first)
        line = first.line
    lines = {tag.line for tag in tags}
    for previous, lost in ((previous, lost) for previous, lost in following.items() if previous not in lines):
        message = f"names {previous.partition(' ')[0]} as the tag before it, and that one is missing or was made anew; {REMEDY}"
        problems += [tag.problem(message) for tag in lost]
    return ordered, problems


def _joint(before: Tag, after: Tag) -> list[Problem]:
    """What does not fit between two tags; those of one publish share their commit and their ledger."""
    problems = []
    together = before.commit == after.commit
    if after.before != (before.before if together else before.after):
        problems.append(after.problem(f"begins with another ledger than the one that {before.name} left; {REMEDY}"))
    if together and after.after != before.after:
        problems.append(after.problem(f"leaves another ledger than {before.name}, which is of the same publish; {REMEDY}"))
    if before.signed and not after.signed:
        problems.append(after.problem(f"is not signed, though {before.name} is; {REMEDY}"))
    return problems


def since(tags: Sequence[Tag], line: str) -> list[Problem]:
    """Check that a tag that somebody kept a line of is still in the chain, as it was.

    Args:
        line: What a publish printed: name and digest of a tag, perhaps after other words.
    """
    match = re.search(r"(\S+) sha256:([0-9a-f]{64})\s*$", line)
    if not match:
        return [Problem("--since", 1, "line", f"'{line}' is no line that publishing prints; it ends in NAME sha256:HASH")]
    if any((tag.name, tag.digest) == match.groups() for tag in tags):
        return []
    there = next((tag for tag in tags if tag.name == match[1]), None)
    what = f"is another tag now, sha256:{there.digest}" if there else "is not among the tags of the branch"
    return [Problem(match[1], 1, "tag", f"{what}; what was published up to it was changed, removed or reordered; {REMEDY}")]
