"""Proofreading: the finished pages of a whole site, read as a browser would, before it is put in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hooks.press.offline import LOADS
from macros.problems import Problem

TAG = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b([^>]*)>.*?</\1\s*>"
    r"""|<([a-z][^\s/>]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>""",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, an element whose text is no HTML, or a start tag: a pass over a page that takes a tenth of a parser's time."""
ATTRIBUTE = re.compile(r"""\s([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")


class Sheet:
    """What one page links to, loads, and can be linked at; each with its place in the page."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.ids: list[tuple[str, int]] = []
        self.links: list[tuple[str, int]] = []
        self.loads: list[tuple[str, int]] = []
        for found in TAG.finditer(page):
            if attributes := found[2] or found[4]:
                self._note((found[1] or found[3]).lower(), attributes, found.start())

    def _note(self, tag: str, attributes: str, place: int) -> None:
        given = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in ATTRIBUTE.finditer(attributes)}
        if "id" in given:
            self.ids.append((given["id"], place))
        if tag == "a" and "href" in given:
            self.links.append((given["href"], place))
        elif tag == "link" and given.get("rel", "") in LOADS:
            self.loads.append((given.get("href", ""), place))
        if "src" in given:
            self.loads.append((given["src"], place))

    def line(self, place: int) -> int:
        """The line of a place in the page."""
        return self.page.count("\n", 0, place) + 1


def proofread(
    site: Path, elsewhere: Collection[str] = (), read: Callable[[list[str]], Mapping[str, bytes]] = lambda _: {}
) -> list[Problem]:
    """Check every page of a finished site, or of the new part of one.

    Args:
        site: Folder of the site.
        elsewhere: Paths of files that are part of the site but not of the folder.
        read: Reads some of them.

    Returns:
        A finding for each id that stands twice on a page, each link to a page or place that does
        not exist, and each thing loaded from another host.
    """
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {name: Sheet((site / name).read_text(encoding="utf-8")) for name in files if name.endswith(".html")}
    tree = Tree(frozenset([*files, *elsewhere]), {name: _ids(sheet) for name, sheet in pages.items()})
    linked = {path for name, sheet in pages.items() for path in _places(name, sheet, tree)}
    tree.ids |= {path: set(ID.findall(page.decode())) for path, page in read(sorted(linked - pages.keys())).items()}
    return sorted(problem for name, sheet in pages.items() for problem in _page(name, sheet, tree))


ID = re.compile(r'\sid="([^"]+)"')
"""An id on a finished page; pages that were proofread before are not parsed again."""


@dataclass
class Tree:
    """The files of a site, wherever they are, and the ids of its pages."""

    files: frozenset[str]
    ids: dict[str, set[str]]

    def path(self, name: str, link: str) -> str:
        """Path of the file that a link on a page leads to, whether or not it is there."""
        path = urlsplit(link).path
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        return found if found in self.files else posixpath.normpath(f"{found}/index.html")


def _places(name: str, sheet: Sheet, tree: Tree) -> Iterator[str]:
    """Pages on which a page links to a certain place."""
    for link, _ in sheet.links:
        parts = urlsplit(link)
        if parts.fragment and parts.path and not parts.scheme and not parts.netloc:
            yield tree.path(name, link)


def _ids(sheet: Sheet) -> set[str]:
    return {one for one, _ in sheet.ids}


def _page(name: str, sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    seen: set[str] = set()
    for one, place in sheet.ids:
        if one in seen:
            yield Problem(name, sheet.line(place), "id", f"'{one}' stands twice on this page; each id stands once")
        seen.add(one)
    for link, place in sheet.loads:
        if urlsplit(link).netloc:
            yield Problem(name, sheet.line(place), "src", f"'{link}' is loaded from another host; a page loads only what lies beside it")
    if name == "404.html":  # its links begin at the root of the host, wherever the reader was
        return
    for link, place in [*sheet.links, *sheet.loads]:
        missing = _missing(name, link, tree)
        if missing:
            yield Problem(name, sheet.line(place), "href", missing)


def _missing(name: str, link: str, tree: Tree) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith("javascript:"):
        return ""
    path = tree.path(name, link)
    if path not in tree.files:
        return f"'{link}' leads to nothing; there is no {path}"
    ids = tree.ids.get(path) if parts.fragment else None
    if ids is not None and unquote(parts.fragment) not in ids | {"__top"}:
        return f"'{link}' leads to no place on its page; there is no id '{parts.fragment}' in {path}"
    return ""
