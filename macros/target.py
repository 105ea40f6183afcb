"""What one build makes: the portal, a comparison of two issues, a cover, or one edition; portal and edition in one language."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

ASSETS = "assets/"
"""Where the styles and programs of theme and ours stand, once for all pages."""

RECORD, SUMS, RESOURCES, VERSIONS = "edition.json", "SHA256SUMS", "resourcelist.xml", "versions.json"
"""What publishing adds to an edition, its record, the hash of every file, and the list of its files for harvesters; and to a
publication the list of its editions."""
TIMEMAP = "timemap.link"
"""The list of a publication's editions for programs that look for its earlier states (RFC 7089, 5)."""

COMPARISONS = "compare/"
"""Where two issues stand side by side."""

CALENDAR = "issues.ics"
"""The calendar of planned issues, where any are stated."""

EDITION = re.compile(r"(?P<address>.+)/v(?P<number>[0-9]+)(?:/(?P<language>[A-Za-z0-9-]+))?")
"""An edition, or a translation of it, as text."""


@dataclass(frozen=True)
class Target:
    """One build and its address.

    Attributes:
        kind: portal, comparison, cover or edition.
        address: Address of the publication, such as `issues/19`; empty for the portal and for a comparison.
        edition: Number of the edition; 0 otherwise.
        language: The language of a translation; empty for the original.
        issues: Numbers of the two issues that are compared; empty otherwise.
    """

    kind: Literal["portal", "comparison", "cover", "edition"]
    address: str = ""
    edition: int = 0
    language: str = ""
    issues: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read a target from text: empty = the portal, `ru` = in that language, `issues/19` = a cover, `issues/19/v1` = an edition."""
        if match := EDITION.fullmatch(text):
            return cls("edition", match["address"], int(match["number"]), match["language"] or "")
        return cls("cover", text) if "/" in text else cls("portal", language=text)

    @property
    def path(self) -> str:
        """Where its pages begin, from the root of the site: `issues/19/v1/`, or nothing.

        A cover is one page within the portal's own tree, and so is a comparison.
        """
        home = edition_path(self.address, self.edition) if self.kind == "edition" else ""
        return f"{home}{self.language}/" if self.language else home

    @property
    def docs(self) -> str:
        """The folder of its pages: `docs/issues/19/ru`."""
        return "/".join(filter(None, ("docs", self.address if self.kind == "edition" else "", self.language)))

    @property
    def original(self) -> Target:
        """The build of which this one is a translation, or this one itself."""
        return replace(self, language="")

    @property
    def home(self) -> str:
        """Folder of what it makes, from the root of the site: `issues/19/v1/`, `issues/19/`, `compare/18-19/`, or nothing."""
        if self.kind == "comparison":
            return comparison_path(*self.issues)
        return self.path or (f"{self.address}/" if self.address else "")

    def __str__(self) -> str:
        return self.home.rstrip("/") or "portal"


def comparison_path(first: int, second: int) -> str:
    """Path of the page on which two issues are compared, from the root of the site."""
    return f"{COMPARISONS}{first}-{second}/"


def edition_path(address: str, edition: int) -> str:
    """Path of an edition from the root of the site."""
    return f"{address}/v{edition}/"


def archive_name(site: str, address: str, edition: int) -> str:
    """File name of the archive of an edition, in the edition's own folder.

    Args:
        site: Title of the site.

    Returns:
        For example `compass-19-v1.zip`: a name that says what it is wherever the file is kept.
    """
    plain = unicodedata.normalize("NFKD", site).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].rstrip("-")  # a disk takes names of 255 bytes
    return "-".join([*filter(None, [words]), address.rpartition("/")[2], f"v{edition}"]) + ".zip"


def pdf_name(path: str) -> str:
    """Name of the file that holds a whole edition, or one of its sections, for print, in the folder of its page.

    Args:
        path: Path of the page, such as `issues/19/v1/` or `issues/19/v1/security/`.

    Returns:
        The name: `issues-19-v1.pdf`, `issues-19-v1-security.pdf`.
    """
    return f"{path.strip('/').replace('/', '-')}.pdf"


def asset_path(content: bytes, name: str) -> str:
    """Path of a shared asset from the root of the site, for ever: `assets/0f3c9d2e8a7b6c51/main.css`.

    Args:
        name: Its name, perhaps with folders, which are left out.
    """
    return f"{ASSETS}{hashlib.sha256(content).hexdigest()[:16]}/{posixpath.basename(name)}"


def relative(path: str, page: str) -> str:
    """A link from a page to a path, both from the root of the site.

    Args:
        path: For example `issues/19/v1/security/#19-security-07`; a page's path ends in `/`.
        page: The page that links, such as `issues/19/v1/`.

    Returns:
        The relative link; `./` for the page itself.
    """
    path, mark, fragment = path.partition("#")
    return f"#{fragment}" if path == page and mark else f"{_link(path, page)}{mark}{fragment}"


@lru_cache(maxsize=10_000)  # a page links to hundreds of rows of the same few pages
def _link(path: str, page: str) -> str:
    slash = "/" if path.endswith("/") or path == "" else ""
    return posixpath.relpath("/" + path, "/" + page) + slash
