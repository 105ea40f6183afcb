"""The files that belong to a page and that no text on it leads to, named for crawlers that run no programs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from macros.pages import cards, explorer
from macros.pages.context import BuildContext
from macros.pages.metadata import Typed
from macros.target import COMPARISONS

OF_AN_EDITION = (
    ("describedby", "edition.json", "application/json"),
    ("describedby", "SHA256SUMS", "text/plain"),
    ("sitemap", "sitemap.xml", "application/xml"),
    ("item", "resourcelist.xml", "application/xml"),
)
"""What publishing adds to an edition: its record, the hash of every file, its list of pages, that of its files for harvesters."""
READ_BY_PROGRAMS = (explorer.FOLDER, COMPARISONS)
"""Pages whose program reads the files beside it."""


def page_files(context: BuildContext, url: str) -> list[Typed]:
    """Name the files of a page.

    Args:
        context: The build, whose pages have all been rendered.
        url: URL of the page within the build.

    Returns:
        Links to them from the page.
    """
    return list(_files(context, url))


def _files(context: BuildContext, url: str) -> Iterator[Typed]:
    beside = [path for path in context.collected.files if posixpath.dirname(path) == url.rstrip("/")]
    yield from (Typed("preview", cards.NAME, "image/png") for path in beside if path == url + cards.NAME)
    if context.target.kind == "portal" and url in READ_BY_PROGRAMS:
        yield from (Typed("item", posixpath.basename(path), "application/json") for path in sorted(beside) if path.endswith(".json"))
    if context.target.kind == "portal" and not url:
        yield Typed("sitemap", "sitemap.xml", "application/xml")
    if context.target.kind == "edition" and not url:
        yield from (Typed(*file) for file in OF_AN_EDITION)
    if context.target.kind == "cover" and context.here.publication.status != "withdrawn":
        yield Typed("version-history", "versions.json", "application/json")
