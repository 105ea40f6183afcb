"""The files that belong to a page and that no text on it leads to, named for crawlers that run no programs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from macros.pages import cards, explorer
from macros.pages.context import BuildContext
from macros.pages.metadata import Typed
from macros.target import COMPARISONS, RECORD, RESOURCES, SUMS, VERSIONS

OF_AN_EDITION = (
    ("describedby", RECORD, "application/json"),
    ("describedby", SUMS, "text/plain"),
    ("sitemap", "sitemap.xml", "application/xml"),
    ("item", RESOURCES, "application/xml"),
)
"""What publishing adds to an edition: its record, the hash of every file, its list of pages, that of its files for harvesters."""
READ_BY_PROGRAMS = (explorer.FOLDER, COMPARISONS)
"""Pages whose program reads the files beside it."""


def page_files(context: BuildContext, url: str) -> Iterator[Typed]:
    """Name the files of a page of a build whose pages have all been rendered."""
    beside = [path for path in context.collected.files if posixpath.dirname(path) == url.rstrip("/")]
    yield from (Typed("preview", cards.NAME, "image/png") for path in beside if path == url + cards.NAME)
    if context.target.language:  # these files are those of the original
        return
    if context.target.kind == "portal" and url in READ_BY_PROGRAMS:
        yield from (Typed("item", posixpath.basename(path), "application/json") for path in sorted(beside) if path.endswith(".json"))
    if context.target.kind == "portal" and not url:
        yield Typed("sitemap", "sitemap.xml", "application/xml")
    if context.target.kind == "edition" and not url:
        yield from (Typed(*file) for file in OF_AN_EDITION)
    if context.target.kind == "cover" and context.here.publication.status != "withdrawn":
        yield Typed("version-history", VERSIONS, "application/json")
