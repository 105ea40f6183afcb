"""Proofreading: the finished pages of a whole site, read as a browser would, before it is put in place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
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
        for name in ("data-spec",):
            if name in given:
                self.links.append((given[name], line))


def proofread(site: Path) -> list[Problem]:
    """Check every page of a finished site.

    Args:
        site: Folder of the whole site.

    Returns:
        A finding for each id that stands twice on a page, each link to a page or place that does
        not exist, and each thing loaded from another host.
    """
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    known = {name: {one for one, _ in sheet.ids} for name, sheet in pages.items()}
    return sorted(problem for name, sheet in pages.items() for problem in _page(site, name, sheet, known))


def _read(path: Path) -> Sheet:
    sheet = Sheet()
    sheet.feed(path.read_text(encoding="utf-8"))
    return sheet


def _page(site: Path, name: str, sheet: Sheet, known: dict[str, set[str]]) -> Iterator[Problem]:
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
        missing = _missing(site, name, link, known)
        if missing:
            yield Problem(name, line, "href", missing)


def _missing(site: Path, name: str, link: str, known: dict[str, set[str]]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith("javascript:"):
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if parts.path.endswith("/") or path == "." or (site / path).is_dir():
        path = posixpath.normpath(f"{path}/index.html")
    if path.startswith("..") or not (site / path).is_file():
        return f"'{link}' leads to nothing; there is no {path}"
    if parts.fragment and path in known and unquote(parts.fragment) not in known[path] | {"__top"}:
        return f"'{link}' leads to no place on its page; there is no id '{parts.fragment}' in {path}"
    return ""
