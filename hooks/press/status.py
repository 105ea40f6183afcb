"""The only places in a frozen page that may change: its status, and the links between editions.

Both are slots between comments, empty in the page as it was first published, so that taking out
what stands in them gives back the first bytes.
"""

from __future__ import annotations

import re

from macros.render.html import render

STATUS = ("<!--status-->", "<!--/status-->")
VERSIONS = ("<!--versions-->", "<!--/versions-->")


def original(page: bytes) -> bytes:
    """A page as it was first published.

    Args:
        page: The page as it stands on the branch.

    Returns:
        The same bytes with both slots empty.
    """
    for start, end in (STATUS, VERSIONS):
        page = re.sub(re.escape(start.encode()) + b".*?" + re.escape(end.encode()), (start + end).encode(), page, flags=re.S)
    return page


def superseded(page: bytes, successor: str, number: int, date: str, kind: str, note: str) -> bytes:
    """A page that says that a newer edition has come.

    Args:
        page: The page as it stands on the branch.
        successor: Relative link to the same page, or the first page, of the newer edition.
        number: Number of the newer edition.
        date: Its date, as people write it.
        kind: correction or revision.
        note: What is new in it.

    Returns:
        The page with both slots filled.
    """
    status = render("superseded", successor=successor, number=number, date=date, kind=kind, note=note)
    links = f'<link rel="successor-version" href="{successor}">'
    return _filled(_filled(page, STATUS, status), VERSIONS, links)


def tombstone(title: str, number: int, date: str, reason: str) -> bytes:
    """What stands at every address of a withdrawn edition: title, date, reason.

    Args:
        title: Title of the publication.
        number: Number of the edition.
        date: The day it was published.
        reason: Why it was withdrawn.

    Returns:
        A page that needs no other file.
    """
    return (render("tombstone", title=title, number=number, date=date, reason=reason) + "\n").encode()


def _filled(page: bytes, slot: tuple[str, str], content: str) -> bytes:
    start, end = (one.encode() for one in slot)
    return re.sub(re.escape(start) + b".*?" + re.escape(end), lambda _: start + content.encode() + end, page, flags=re.S)
