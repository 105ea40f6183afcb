"""The only places in a frozen page that may change: its status, and the links between editions.

Both are slots between comments, empty in the page as it was first published. What stands in them follows
from the ledger, so it can be made again and compared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from hooks.publishing.manifest import Record
from macros.language import SOURCE, Language, in_language
from macros.language_tags import checked
from macros.pages.html import Markup, render
from macros.target import relative

STATUS = ("<!--status-->", "<!--/status-->")
VERSIONS = ("<!--versions-->", "<!--/versions-->")
LANGUAGE = re.compile(rb'<html\b[^>]*? lang="([\w-]+)"')


def language_of(page: bytes, catalogues: Mapping[str, bytes]) -> Language:
    """The language that a page states, with the catalogue of the monitor, so that its status is made again as it was made.

    A page that states none, or one that there is not, was altered; what it is compared with is then in English.
    """
    stated = LANGUAGE.search(page)
    tag = stated[1].decode() if stated else SOURCE
    try:
        checked(tag)
    except ValueError:
        tag = SOURCE
    return Language(tag, catalogues.get(tag, b""))


def original(page: bytes) -> bytes:
    """Empty both slots of a page: as it was first published."""
    return _filled(_filled(page, STATUS, ""), VERSIONS, "")


def served(page: bytes, path: str, successor: Record | None, pages: Collection[str], catalogues: Mapping[str, bytes]) -> bytes:
    """Fill both slots of a page of an edition that stands.

    Args:
        page: The page, whatever its slots hold.
        path: Its path within the edition.
        successor: The edition after this one; None where this one is the newest.
        pages: Paths of the pages within that edition.

    Returns:
        The page as it is to be served: of the newest edition with empty slots, of any other with the way to
        the same page of the next edition, or to its first page where it has no such page.
    """
    if successor is None:
        return original(page)
    target = f"{successor.path}/{path if path in pages else 'index.html'}".removesuffix("index.html")
    link = relative(target, f"{successor.address}/v{successor.number - 1}/{path}".removesuffix("index.html"))
    day = date.fromisoformat(successor.date)
    with in_language(language_of(page, catalogues)):
        status = render("superseded", successor=link, number=successor.number, date=day, kind=successor.kind, note=successor.note)
    links = str(Markup('<link rel="successor-version" href="{}">').format(link))
    return _filled(_filled(page, STATUS, status), VERSIONS, links)


def tombstone(record: Record, language: Language) -> bytes:
    """Write what stands at every address of a withdrawn edition: title, date, reason."""
    stated = {"title": record.title, "number": record.number, "date": record.date, "reason": record.withdrawn, "day": record.withdrawn_on}
    with in_language(language):
        return (render("tombstone", **stated) + "\n").encode()


def _filled(page: bytes, slot: tuple[str, str], content: str) -> bytes:
    start, end = (mark.encode() for mark in slot)
    return re.sub(re.escape(start) + b".*?" + re.escape(end), lambda _: start + content.encode() + end, page, flags=re.S)
