"""The ledger of published editions, as the served branch holds it: what it may say, and how it may change. Without git."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from hooks.publishing.manifest import ASSET, Record, dumped, fields_of
from macros.model import KINDS
from macros.problems import DataError, Problem
from macros.target import TIMEMAP, VERSIONS

LEDGER = "editions.json"
Ledger = dict[str, tuple[Record, ...]]

ADDRESS = re.compile(rf"({'|'.join(KINDS.values())})/[a-z0-9]+(-[a-z0-9]+)*")
OBJECT = re.compile(r"[0-9a-f]{40,64}")
DIGEST = re.compile(r"[0-9a-f]{64}")
COVER = {"index.html", "linkset.json", VERSIONS, TIMEMAP}
"""Living files of a publication, beside its editions and `latest/`."""


def parse(content: bytes | None) -> Ledger:
    """Read a ledger: every published edition by address, oldest first; none where there is no file.

    Raises:
        DataError: It is no ledger. Its words become folders and commands later, so each must have its form.
    """
    try:
        records = [_record(entry) for entry in json.loads(content)] if content else []
    except (TypeError, ValueError, RecursionError):
        raise DataError([Problem(LEDGER, 1, "file", "is no ledger of editions; restore the branch from a copy")]) from None
    addresses = dict.fromkeys(record.address for record in records)
    return {address: tuple(record for record in records if record.address == address) for address in addresses}


def _record(entry: Any) -> Record:
    record = Record(**{**entry, "assets": tuple(entry.get("assets", ()))})
    texts = [*(getattr(record, field.name) for field in fields(record) if field.name not in {"number", "assets"}), *record.assets]
    number = isinstance(record.number, int) and not isinstance(record.number, bool) and record.number > 0
    if not (number and all(isinstance(text, str) and text.isprintable() for text in texts)):
        raise ValueError
    date.fromisoformat(record.date)
    date.fromisoformat(record.withdrawn_on or record.date)
    forms = ((ADDRESS, record.address), (OBJECT, record.commit), (DIGEST, record.inputs), (DIGEST, record.manifest))
    if not all(form.fullmatch(text) for form, text in (*forms, *((ASSET, asset) for asset in record.assets))):
        raise ValueError
    return record


def written(ledger: Mapping[str, Sequence[Record]]) -> bytes:
    """Write a ledger as a file: one list, in order of address and number."""
    return dumped([fields_of(record) for address in sorted(ledger) for record in ledger[address]])


def digest(content: bytes | None) -> str:
    """SHA-256 of a file; empty where there is none."""
    return hashlib.sha256(content).hexdigest() if content is not None else ""


def records_of(ledger: Ledger) -> list[Record]:
    """Every edition of a ledger."""
    return [record for records in ledger.values() for record in records]


def withdrawn(records: Iterable[Record], reason: str, day: date) -> tuple[Record, ...]:
    """The editions of a publication after its withdrawal, each saying why and when.

    Args:
        day: On which day it is withdrawn.
    """
    return tuple(replace(record, withdrawn=reason, withdrawn_on=day.isoformat()) for record in records)


def transition(before: Ledger, after: Ledger, tags: Collection[str]) -> list[Problem]:
    """Check that one publish changed a ledger in no other way than its tags say.

    Args:
        tags: Names of its tags: `issues/19/v2` for a new edition, `issues/19/withdrawn` for a withdrawal.

    Returns:
        A finding for each edition that was taken out, changed, added or withdrawn without a tag.
    """
    old = {record.path: record for record in records_of(before)}
    new = {record.path: record for record in records_of(after)}
    problems = [Problem(path, 1, "edition", "was taken out of the ledger; an edition is never deleted") for path in old.keys() - new.keys()]
    for path, record in new.items():
        withdrawn = f"{record.address}/withdrawn" in tags and record.withdrawn
        if path not in old and path not in tags:
            problems.append(Problem(path, 1, "edition", "came into the ledger without a tag"))
        elif path in old:
            as_tagged = replace(old[path], withdrawn=record.withdrawn, withdrawn_on=record.withdrawn_on) if withdrawn else old[path]
            if record != as_tagged:
                problems.append(Problem(path, 1, "edition", "was changed in the ledger after it was published"))
    return sorted(problems)


def strays(paths: Iterable[str], ledger: Ledger) -> list[Problem]:
    """Find files of the branch that belong to nothing that was published.

    Returns:
        One finding for each folder or file beside the editions, covers, shared assets and pages of the portal.
    """
    editions = {record.path for record in records_of(ledger)}
    unpublished: dict[str, None] = {}
    for path in paths:
        kind, _, inner = path.partition("/")
        slug, _, rest = inner.partition("/")
        if kind not in KINDS.values() or not rest:  # the portal's, made anew by each publish
            continue
        folder, _, below = rest.partition("/")
        edition = f"{kind}/{slug}/{folder}"
        living = f"{kind}/{slug}" in ledger and (folder == "latest" if below else folder in COVER)
        if not living and not (below and edition in editions):
            unpublished[edition] = None
    message = "is on the branch and was never published; restore the branch from a copy"
    return [Problem(edition, 1, "edition", message) for edition in unpublished]


def asset_problems(contents: Mapping[str, bytes]) -> list[Problem]:
    """Find shared assets (path such as `assets/0f3c.../main.css` -> content) whose content is not what their address says."""
    message = "is not the file whose hash its address holds; restore the branch from a copy"
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    stated = {path: match[1] for path in contents if (match := ASSET.match(path))}
    return [Problem(path, 1, "file", message) for path, prefix in stated.items() if not digests[path].startswith(prefix)]
