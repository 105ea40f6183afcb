"""A page as it can be opened from a disk: links lead to files, and what needs a server is not there.

Only the copies that go into an archive are made so; the pages that are served stay as they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urljoin, urlsplit

LINKS = {"href", "xlink:href", "src", "poster"}
"""Attributes that hold one address."""
LOADS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
"""Relations of a `link` that a browser follows by itself."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SERVED = "masthead__tools"
"""Class of what does nothing without a server."""
ATTRIBUTE = re.compile(r"""(\s)([^\s=>/"']+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""")


def offline(page: str, path: str, files: Collection[str], permalink: str) -> str:
    """Make a page that needs no server.

    A link to a page or file that lies beside it leads to that file; any other leads to the
    permanent address on the web. Scripts stay only where they are data, or lie beside the page.

    Args:
        page: The page as it is served.
        path: Its path within the edition, such as `events/index.html`.
        files: Every path within the edition that lies on the disk.
        permalink: Absolute address of the edition, with a slash at its end.

    Returns:
        The page with its links led anew; everything else letter by letter as it was.
    """
    reader = _Reader(page, _Place(path, files, permalink))
    reader.feed(page)
    reader.close()
    parts, end = [], 0
    for start, stop, text in reader.edits:
        parts += [page[end:start], text]
        end = stop
    return "".join([*parts, page[end:]])


class _Place:
    """Where a page lies, and where its links lead."""

    def __init__(self, path: str, files: Collection[str], permalink: str) -> None:
        self.folder, self.files = posixpath.dirname(path), files
        self.address = permalink + path.removesuffix("index.html")

    def file(self, link: str) -> str | None:
        """The file beside the page that a link leads to."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        path = posixpath.normpath(posixpath.join(self.folder, unquote(parts.path)))
        return next((one for one in (path, posixpath.normpath(f"{path}/index.html")) if one in self.files), None)

    def led(self, link: str) -> str:
        """A link as it stands in the copy."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return link
        file = self.file(link)
        if file is None:
            return urljoin(self.address, link)
        return quote(posixpath.relpath(file, self.folder or ".")) + (f"#{parts.fragment}" if parts.fragment else "")


class _Reader(HTMLParser):
    """Finds what must be written anew or taken out: (start, end, new text), in order."""

    def __init__(self, page: str, place: _Place) -> None:
        super().__init__()
        self.page, self.place = page, place
        self.lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self.edits: list[tuple[int, int, str]] = []
        self.taken: tuple[str, int] | None = None
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the element out, or lead its links anew."""
        if self.taken:
            self.depth += tag == self.taken[0]
            return
        text, start = self.get_starttag_text() or "", self._offset()
        given = {name: value or "" for name, value in attrs}
        if not self._stays(tag, given):
            if tag in VOID:
                self.edits.append((start, start + len(text), ""))
            else:
                self.taken, self.depth = (tag, start), 1
        elif LINKS & given.keys():
            self.edits.append((start, start + len(text), ATTRIBUTE.sub(self._attribute, text)))

    def handle_endtag(self, tag: str) -> None:
        """End an element that is taken out."""
        if self.taken and tag == self.taken[0]:
            self.depth -= 1
            if not self.depth:
                self.edits.append((self.taken[1], self.page.index(">", self._offset()) + 1, ""))
                self.taken = None

    def _stays(self, tag: str, given: dict[str, str]) -> bool:
        if SERVED in given.get("class", "").split():
            return False
        if tag == "script" and "src" not in given:
            return given.get("type", "").endswith("json")
        loaded = given.get("href") if tag == "link" and LOADS & set(given.get("rel", "").split()) else given.get("src")
        return loaded is None or loaded.startswith("data:") or self.place.file(loaded) is not None

    def _attribute(self, match: re.Match[str]) -> str:
        space, name, equals, value = match.groups()
        if name.lower() not in LINKS:
            return match[0]
        link = unescape(value.strip("\"'"))
        return f'{space}{name}{equals}"{escape(self.place.led(link))}"'

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column
