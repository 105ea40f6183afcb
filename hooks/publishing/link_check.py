"""Proofreading: the finished pages of a whole site, read as a browser would, before it is put in place."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hooks.publishing.html_page import HtmlPage, published_ids, read_pages
from macros.problems import Problem


def check_site(
    site: Path,
    elsewhere: Collection[str] = (),
    read: Callable[[list[str]], Mapping[str, bytes]] = lambda _: {},
) -> list[Problem]:
    """Check every page of a finished site, or of the new part of one.

    Args:
        elsewhere: Paths of files that are part of the site but not of the folder.
        read: Reads some of them.

    Returns:
        A finding for each id that stands twice on a page, each link to a page or place that does
        not exist, each thing loaded from another host, and each thing that would run.
    """
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    names = [path for path in files if path.endswith(".html")]
    tree, linked = Tree(frozenset([*files, *elsewhere]), {}), set[str]()
    for name, page in read_pages(site, names):
        tree.ids[name] = set(page.ids)
        linked.update(_places(name, page, tree))
    tree.ids |= {path: published_ids(page) for path, page in read(sorted(linked - tree.ids.keys())).items()}
    return sorted(problem for name, page in read_pages(site, names) for problem in _page(name, page, tree))


@dataclass
class Tree:
    """The files of a site, wherever they are, and the ids of its pages."""

    files: frozenset[str]
    ids: dict[str, set[str]]

    def path(self, name: str, link: str) -> str:
        """Path of the file that a link on a page leads to, whether or not it is there."""
        path = urlsplit(link).path
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        return target if target in self.files else posixpath.normpath(f"{target}/index.html")


def _places(name: str, page: HtmlPage, tree: Tree) -> Iterator[str]:
    """Pages on which a page links to a certain place."""
    for link in set(page.links):
        parts = urlsplit(link)
        if parts.fragment and parts.path and not parts.scheme and not parts.netloc:
            yield tree.path(name, link)


def _page(name: str, page: HtmlPage, tree: Tree) -> Iterator[Problem]:
    for html_id, count in Counter(page.ids).items():
        if count > 1:
            yield Problem(name, page.line(html_id), "id", f"'{html_id}' stands twice on this page; each id stands once")
    loads = page.loads
    for link in loads:
        if urlsplit(link).netloc:
            message = f"'{link}' is loaded from another host; a page loads only what lies beside it"
            yield Problem(name, page.line(link), "src", message)
    yield from _running(name, page)
    if name == "404.html":  # its links begin at the root of the host, wherever the reader was
        return
    for link in dict.fromkeys([*page.links, *loads]):
        missing = _missing(name, link, tree)
        if missing:
            yield Problem(name, page.line(link), "href", missing)


def _running(name: str, page: HtmlPage) -> Iterator[Problem]:
    """What a page would run, or bring in, beside the programs that lie beside it."""
    leads_on = "/latest/" in f"/{name}"
    for what in page.runs:
        if not (leads_on and what == "<meta>"):
            message = f"{what[:60]} would run or bring in what is no part of the page; a page holds text and links"
            yield Problem(name, page.line(what), "html", message)
    for script in page.scripts:
        if script.strip():
            yield Problem(name, 1, "script", f"'{script.strip()[:60]}' is a script in the page; programs lie beside it")


def _missing(name: str, link: str, tree: Tree) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    path = tree.path(name, link)
    if path not in tree.files:
        return f"'{link}' leads to nothing; there is no {path}"
    ids = tree.ids.get(path) if parts.fragment else None
    if ids is not None and unquote(parts.fragment) not in ids | {"__top"}:
        return f"'{link}' leads to no place on its page; there is no id '{parts.fragment}' in {path}"
    return ""
