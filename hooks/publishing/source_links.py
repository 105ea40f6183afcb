"""Are the sources still where sources.yml says, and what does a web archive hold of them? Asked on request, never in a build."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from hooks.publishing.web_request import Answer, NoAnswerError, NoServerError, ask
from macros.model import Source

State = Literal["alive", "moved", "gone", "unsure"]
ARCHIVE = "https://web.archive.org/web/"
"""A TimeGate (RFC 7089, 4): behind it, an address leads to the capture nearest to the moment that is asked for."""
AT_ONCE = 8
GONE = (404, 410)


@dataclass(frozen=True)
class Asking:
    """How to ask.

    Attributes:
        archive: Address of the TimeGate; empty if none is to be asked.
        timeout: Seconds to wait for a server.
    """

    archive: str = ARCHIVE
    timeout: float = 20


@dataclass(frozen=True)
class Finding:
    """How it stands with one source.

    Attributes:
        state: Whether it is where it was.
        words: What was seen.
        changes: What its entry should say: field -> value.
    """

    key: str
    state: State
    words: str
    changes: Mapping[str, str] = field(default_factory=dict)


def look(sources: Mapping[str, Source], asking: Asking) -> list[Finding]:
    """Ask for each source that has an address: several hosts at once, one host one thing after another.

    Returns:
        A finding for each, in the order of the list.
    """
    hosts: dict[str, list[str]] = {}
    for key, source in sources.items():
        if source.url and urlsplit(source.url).scheme in ("http", "https"):
            hosts.setdefault(urlsplit(source.url).netloc, []).append(key)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        groups = threads.map(lambda keys: [finding(key, sources[key], asking) for key in keys], hosts.values())
        findings = {result.key: result for group in groups for result in group}
    return [findings[key] for key in sources if key in findings]


def finding(key: str, source: Source, asking: Asking) -> Finding:
    """Ask for one source, and for a capture of it where none is known, or not its day.

    Args:
        source: The source, which has an address.
    """
    stands = _standing(key, source.url or "", asking)
    if not asking.archive or (source.archived and source.captured):
        return stands
    try:
        capture = _capture(source, asking)
    except NoAnswerError as error:
        return replace(stands, words=f"{stands.words}; the web archive {error}")
    if not capture:
        return replace(stands, words=f"{stands.words}; the web archive has no capture")
    address, day = capture
    fields = {"captured": day} if source.archived else {"archived": address, "captured": day}
    return replace(stands, words=f"{stands.words}; captured on {day}", changes={**stands.changes, **fields})


def _standing(key: str, url: str, asking: Asking) -> Finding:
    """Where a source is now."""
    try:
        answer = ask(url, asking.timeout)
        state, words = _told(url, answer, asking)
    except NoServerError as error:
        return Finding(key, "gone", str(error))
    except NoAnswerError as error:
        return Finding(key, "unsure", str(error))
    return Finding(key, state, words, {"url": answer.permanent} if state == "moved" else {})


def _told(url: str, answer: Answer, asking: Asking) -> tuple[State, str]:
    """What an answer says of a source."""
    if answer.status in GONE:
        return "gone", f"answers {answer.status}"
    if not 200 <= answer.status < 300:
        return "unsure", f"answers {answer.status}, perhaps to programs only; look at it in a browser"
    if urlsplit(url).path.strip("/") and not urlsplit(answer.address).path.strip("/"):
        return "gone", "leads to the first page of its site"
    if _soft(url, answer, asking):
        return "gone", "shows what the site shows for any address that does not exist"
    if answer.permanent.partition("#")[0] != url.partition("#")[0]:
        return "moved", f"is now at {answer.permanent}"
    return "alive", "is there"


def _soft(url: str, answer: Answer, asking: Asking) -> bool:
    """Whether a page that cannot exist, beside this one, looks the same (the "soft 404" of Bar-Yossef et al., WWW 2004)."""
    parts = urlsplit(url)
    if not parts.path.strip("/"):
        return False
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    beside = parts._replace(path=f"{parts.path.rstrip('/').rpartition('/')[0]}/{name}", query="", fragment="")
    try:
        other = ask(beside.geturl(), asking.timeout)
    except NoAnswerError:
        return False
    return 200 <= other.status < 300 and bool(answer.content) and other.content == answer.content


def _capture(source: Source, asking: Asking) -> tuple[str, str] | None:
    """The capture of a source nearest to its date, or the newest: address and day."""
    day = source.date.last if source.date and not source.archived else None
    moment = format_datetime(datetime.combine(day, time(12), UTC), usegmt=True) if day else ""
    answer = ask(source.archived or f"{asking.archive}{source.url}", asking.timeout, moment)
    stated = answer.headers.get("Memento-Datetime")
    if answer.status != 200 or not stated:
        return None
    try:
        return answer.address, parsedate_to_datetime(stated).date().isoformat()
    except ValueError:
        return None
