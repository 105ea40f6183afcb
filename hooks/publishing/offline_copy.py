"""A page as it can be opened from a disk: links lead to files, and what needs a server is not there.

Only the copies that go into an archive are made so; the pages that are served stay as they are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from hooks.publishing.html_page import LOADS, Element, HtmlPage
from macros.language import N_, gettext
from macros.target import ASSETS

LINKS = {"href", "xlink:href", "src", "poster"}
"""Attributes that hold one address."""
SERVED = "masthead__tools"
"""Class of what does nothing without a server."""
SAVED = N_("A saved copy. Search, interactive charts and the references of single rows work on the site only.")
"""What stands there instead."""


def offline(page: str, path: str, home: str, files: Collection[str], site: str) -> str:
    """Make a page that needs no server.

    A link to a page, file or shared asset that is in the archive leads to it; any other leads to the
    permanent address on the web. Scripts stay only where they are data, or are in the archive.

    Args:
        page: The page as it is served.
        path: Its path within the edition, such as `events/index.html`.
        home: Path of the edition on the site.
        files: Every path within the archive, where shared assets lie beside the pages of the edition.
        site: Absolute address of the site, with a slash at its end.

    Returns:
        The page with its links led anew, as a browser would write it.
    """
    copy, location = HtmlPage(page), _Location(path, home, files, site)
    for element in reversed(list(copy.elements())):  # what stands in an element that is taken out goes before it
        if SERVED in element.classes:
            note = copy.document.create_node("p")
            note.attrs["class"] = "masthead__copy"
            note.insert_child(gettext(SAVED))
            element.node.replace_with(note)
        elif not _stays(element, location):
            element.node.decompose()
        else:
            for name in LINKS & element.attributes.keys():
                element.node.attrs[name] = location.led(element.attributes[name])
    return copy.document.html or ""


@dataclass(frozen=True)
class _Location:
    """Where a page lies, and where its links lead."""

    path: str
    home: str
    files: Collection[str]
    site: str

    def file(self, link: str) -> str | None:
        """The file in the archive that a link leads to."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        served = posixpath.normpath(posixpath.join(self.home, posixpath.dirname(self.path), unquote(parts.path)))
        if not f"{served}/".startswith((self.home, ASSETS)):
            return None
        path = f"{served}/".removeprefix(self.home).rstrip("/")
        return next((name for name in (path, posixpath.join(path, "index.html")) if name in self.files), None)

    def led(self, link: str) -> str:
        """A link as it stands in the copy."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return link
        file = self.file(link)
        if file is None:
            return urljoin(self.site + self.home + self.path.removesuffix("index.html"), link)
        return quote(posixpath.relpath(file, posixpath.dirname(self.path) or ".")) + (f"#{parts.fragment}" if parts.fragment else "")


def _stays(element: Element, location: _Location) -> bool:
    given = element.attributes
    if given.get("http-equiv"):  # on a disk, no policy knows what the page itself is
        return False
    if element.tag == "script" and "src" not in given:
        return given.get("type", "").endswith("json") and given.get("id") != "__config"
    if element.tag == "link" and "data-vega" in given:
        return False
    loaded = given.get("href") if element.tag == "link" and LOADS & set(given.get("rel", "").split()) else given.get("src")
    return loaded is None or loaded.startswith("data:") or location.file(loaded) is not None
