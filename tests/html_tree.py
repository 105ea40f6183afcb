"""A finished page as a tree of elements, for tests that look into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    """Builds a tree; a `p` or `li` that is not closed is closed with what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.builder, self.open = TreeBuilder(), ["root"]
        self.builder.start("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open[1:]:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def read(page: Path) -> Element:
    """The tree of one page, read once for all tests of a process, which do not change it."""
    state = page.stat()
    return _tree(page, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _tree(page: Path, _time: int, _size: int) -> Element:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.handle_endtag(reader.open[1] if len(reader.open) > 1 else "")
    reader.builder.end("root")
    return reader.builder.close()


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
