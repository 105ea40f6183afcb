"""Everything that stands in a folder `data/`: each table in each format, the codebook, the description for machines."""

from __future__ import annotations

from functools import lru_cache

from macros.book import Book, Volume
from macros.exports import csv_file, data_package, json_file, workbook
from macros.exports.codebook import of_tables
from macros.exports.tables import Download, downloads
from macros.target import Target

PACKAGE = "datapackage.json"


def _volumes(book: Book, target: Target) -> list[Volume]:
    """The publication of an edition; on the portal all that are published."""
    return [book.volume(target.address)] if target.address else list(book.published)


def tables_of(book: Book, target: Target) -> tuple[Download, ...]:
    """The tables of an edition, or on the portal of all publications."""
    return downloads(book, _volumes(book, target))


@lru_cache(maxsize=16)  # pages list the same files, and say their hashes
def folder(book: Book, target: Target) -> tuple[tuple[Download, ...], dict[str, bytes]]:
    """The tables of an edition, or on the portal of all publications, and the files that hold them.

    Returns:
        The tables, and the files: name -> content, the description last. No table, no file.
    """
    volumes, tables = _volumes(book, target), tables_of(book, target)
    if not tables:
        return (), {}
    site = book.series.site
    if target.address:
        [volume] = volumes
        head = data_package.head(book, volume, target.edition or volume.edition.number, site + target.path)
    else:
        head = data_package.portal_head(book, volumes, f"{site}data/")
    listed = (*tables, of_tables(tables))
    files = {f"{table.name}.csv": csv_file.write(table) for table in listed}
    files |= {f"{table.name}.json": json_file.write(table) for table in tables}
    files[workbook_name(target)] = workbook.write(listed, head.title, book.series.imprint.name, head.created)
    files[PACKAGE] = data_package.write(book, volumes, head, listed, files)
    return tables, files


def workbook_name(target: Target) -> str:
    """File name of the workbook: it still says what it is once it lies among other downloads."""
    return f"{'barometer' if target.kind == 'portal' else target.path.strip('/').replace('/', '-')}.xlsx"
