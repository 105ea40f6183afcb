"""Files at the root of the site that belong to no page: sitemaps, robots, the list of editions of each publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mike.commands import _redirect_template as redirect_template
from mike.versions import Versions

from hooks.press.manifest import Record
from macros.book import Book
from macros.target import relative

THEME = "theme.json"
"""The stamp of the theme that the covers on the branch were built with."""


def root_files(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """The root files of a site.

    Args:
        book: The book.
        records: Every edition that the site holds.

    Returns:
        Path -> content.
    """
    return {
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {book.series.site}sitemap.xml\n".encode(),
        "sitemap.xml": sitemap_index(book, records),
        ".nojekyll": b"",
    }


def lay_latest(site: Path, record: Record) -> None:
    """List the only edition that a local site holds, and let `latest/` lead to it, as mike does when it publishes.

    Args:
        site: The site.
        record: The edition.
    """
    versions = Versions()
    versions.add(f"v{record.number}", edition_title(record), ["latest"])
    place = site / record.address
    (place / "versions.json").write_text(versions.dumps() + "\n", encoding="utf-8")
    for page in sorted((site / record.path).rglob("*.html")):
        inner = page.relative_to(site / record.path)
        alias = place / "latest" / inner
        alias.parent.mkdir(parents=True, exist_ok=True)
        link = relative(
            f"{record.path}/{inner.as_posix()}".removesuffix("index.html"), f"{record.address}/latest/{inner.parent.as_posix()}/"
        )
        alias.write_text(redirect_template().render(href=link), encoding="utf-8")


def edition_title(record: Record) -> str:
    """What the version selector calls an edition."""
    return f"Edition {record.number} ({record.date})"


def sitemap_index(book: Book, records: Sequence[Record]) -> bytes:
    """An index of sitemaps that reaches the portal and every edition (protocol: sitemaps.org 0.9)."""
    places = [("sitemap-portal.xml", ""), *((f"{record.path}/sitemap.xml", record.date) for record in records if not record.withdrawn)]
    entries = "".join(
        f"<sitemap><loc>{book.series.site}{path}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>\n" for path, date in places
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{entries}</sitemapindex>\n".encode()
