"""A draft for one reader: a ZIP that opens from a disk and says on every page what it is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from hooks.publishing import bag, build
from macros import translated_pages
from macros.exports import zip_file
from macros.language import gettext, in_language
from macros.problems import DataError, Problem, allowed

STYLE = """<style>
.draft-for { position: sticky; top: 0; z-index: 100; margin: 0; padding: .5em 1em; text-align: center; background: #ffe9a8; color: #3d2c00;
  font: 600 15px/1.4 system-ui, sans-serif; border-bottom: 2px solid #a87900; }
@media print { .draft-for { position: fixed; inset: 0 0 auto; border: 0; } }
</style>
"""


def bundle(root: Path, address: str, reader: str, report: Callable[[str], None]) -> bytes:
    """Pack a draft.

    Args:
        address: Address of the draft.
        reader: Who is to read it.
        report: Told of what is built.

    Raises:
        DataError: Data or pages have faults, or there is no such draft.
    """
    book = build.check(root).book
    drafts = {volume.address: volume for volume in book.volumes if volume.draft}
    if address not in drafts:
        raise DataError([Problem(f"data/{address}", 1, "file", f"is no draft; {allowed(address, drafts)}")])
    volume = drafts[address]
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        build.build_targets(book, Path(folder), translated_pages.editions(volume), (), report)
        with in_language(book.language(address)):
            notice = gettext("Draft for %(reader)s, not for quotation", reader=reader)
            band = f'<p class="draft-for">{escape(notice)}</p>\n'
            copied = bag.offline_pages(book, volume, Path(folder))
    marked = {path: _marked(content.decode(), band).encode() if path.endswith(".html") else content for path, content in copied.items()}
    name = f"{address.replace('/', '-')}-draft"
    return zip_file.write({f"{name}/{path}": content for path, content in marked.items()}, volume.edition.date)


def _marked(page: str, band: str) -> str:
    """A page with the band over it."""
    styled = page.replace("</head>", f"{STYLE}</head>", 1)
    return re.sub(r"<body\b[^>]*>", lambda begin: begin[0] + band, styled, count=1)
