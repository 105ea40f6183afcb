"""Proofreading: the finished pages of a whole site, read as a browser would, before it is put in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from macros.problems import Problem


@dataclass
class Sheet(HTMLParser):
    """What one page links to, loads, and can be linked at."""

    ids: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    loads: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links and what is loaded."""
        line = self.getpos()[0]
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append((given["id"], line))
        if tag == "a" and "href" in given:
            self.links.append((given["href"], line))
        elif tag == "link" and given.get("rel", "") in {"stylesheet", "icon", "preload", "modulepreload", "manifest"}:
            self.loads.append((given.get("href", ""), line))
        if "src" in given:
            self.loads.append((given["src"], line))


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
    pages = {path.relative_to(site).as_posix(): _read(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    tree = Tree(site, frozenset(elsewhere), {name: _ids(sheet) for name, sheet in pages.items()})
    linked = {path for name, sheet in pages.items() for path in _places(name, sheet, tree)}
    tree.ids |= {path: set(ID.findall(page.decode())) for path, page in read(sorted(linked - pages.keys())).items()}
    return sorted(problem for name, sheet in pages.items() for problem in _page(name, sheet, tree))


ID = re.compile(r'\sid="([^"]+)"')
"""An id on a finished page; pages that were proofread before are not parsed again."""


@dataclass
class Tree:
    """The files of a site, wherever they are, and the ids of its pages."""

    site: Path
    elsewhere: frozenset[str]
    ids: dict[str, set[str]]

    def path(self, name: str, link: str) -> str:
        """Path of the file that a link on a page leads to, whether or not it is there."""
        path = urlsplit(link).path
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        return found if self.holds(found) else posixpath.normpath(f"{found}/index.html")

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.elsewhere or (self.site / path).is_file()


def _places(name: str, sheet: Sheet, tree: Tree) -> Iterator[str]:
    """Pages on which a page links to a certain place."""
    for link, _ in sheet.links:
        parts = urlsplit(link)
        if parts.fragment and parts.path and not parts.scheme and not parts.netloc:
            yield tree.path(name, link)


def _ids(sheet: Sheet) -> set[str]:
    return {one for one, _ in sheet.ids}


def _read(page: bytes) -> Sheet:
    sheet = Sheet()
    sheet.feed(page.decode("utf-8"))
    return sheet


def _page(name: str, sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    seen: set[str] = set()
    for one, line in sheet.ids:
        if one in seen:
            yield Problem(name, line, "id", f"'{one}' stands twice on this page; each id stands once")
        seen.add(one)
    for link, line in sheet.loads:
        if urlsplit(link).netloc:
            yield Problem(name, line, "src", f"'{link}' is loaded from another host; a page loads only what lies beside it")
    if name == "404.html":  # its links begin at the root of the host, wherever the reader was
        return
    for link, line in [*sheet.links, *sheet.loads]:
        missing = _missing(name, link, tree)
        if missing:
            yield Problem(name, line, "href", missing)


def _missing(name: str, link: str, tree: Tree) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith("javascript:"):
        return ""
    path = tree.path(name, link)
    if path.startswith("..") or not tree.holds(path):
        return f"'{link}' leads to nothing; there is no {path}"
    ids = tree.ids.get(path) if parts.fragment else None
    if ids is not None and unquote(parts.fragment) not in ids | {"__top"}:
        return f"'{link}' leads to no place on its page; there is no id '{parts.fragment}' in {path}"
    return ""
