"""A finished page as a tree of elements, for tests that look into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from hooks.publishing import html_tree


def read(page: Path) -> Element:
    """The tree of one page, read once for all tests of a process, which do not change it."""
    state = page.stat()
    return _tree(page, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _tree(page: Path, _time: int, _size: int) -> Element:
    return html_tree.read(page)


def text(element: Element) -> str:
    """The words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def with_class(tree: Element, name: str) -> Iterator[Element]:
    """Every element of a class."""
    return (one for one in tree.iter() if name in one.get("class", "").split())


NUMBERS = re.compile(r"(?<=[/-])v?\d+(?=[/-]|$)")
PAPERS = re.compile(r"(policy|non-papers)/[^/]+/")
TEXTS = re.compile(r"(?<=/\*/)(?!(cite|data|events|security|recommendations)/)[^/]+/$")


def one_of_each_kind(site: Path, paths: Iterable[str]) -> list[str]:
    """Of paths that differ only in a number, in the paper or relationship that they are of, or in the name of a text, the first."""
    names = re.compile("|".join(rf"(?<=[/-]){re.escape(folder.name)}(?=/|$)" for folder in (site / "relationships").iterdir()))
    kinds: dict[str, str] = {}
    for path in paths:
        kind = PAPERS.sub(r"\1/*/", NUMBERS.sub("*", names.sub("*", path)))
        kinds.setdefault(TEXTS.sub("*/", kind), path)
    return list(kinds.values())


def pages(site: Path) -> list[str]:
    """Addresses of all pages of a site; those that only lead on to another, and those of charts for other people's pages, are none."""
    leads_on = 'http-equiv="refresh"'
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if leads_on not in path.read_text(encoding="utf-8"))
    return [f"/{path.removesuffix('index.html')}" for path in found if "/embed/" not in path]
