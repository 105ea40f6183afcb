"""The commands of those who write: new, status, import, export, index, gdelt, bundle, links, translate."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hooks.publishing.command import ROOT, findings, progress, tables_console

if TYPE_CHECKING:
    from macros.book import Book
    from macros.drafts import Draft

DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def new() -> None:
    """Begin a publication or a relationship."""


@new.command(name="issue")
@ROOT
@click.option("--number", type=click.IntRange(1, 999), help="Number of the issue; the next one by default.")
@DRY_RUN
@findings
def new_issue(root: Path, number: int | None, dry_run: bool) -> None:
    """Begin the next issue: title page, empty tables, a page for each section."""
    from macros import drafts

    _write(root, lambda book: drafts.issue(book, datetime.date.today(), number), dry_run)


def _paper(name: str, kind: str, about: str) -> None:
    @new.command(name=name, help=about)
    @ROOT
    @click.argument("slug")
    @click.option("--title", required=True, help="Title of the document.")
    @DRY_RUN
    @findings
    def begin(root: Path, slug: str, title: str, dry_run: bool) -> None:
        from macros import drafts

        _write(root, lambda book: drafts.paper(book, kind, slug, title, datetime.date.today()), dry_run)


_paper("non-paper", "non-paper", "Begin a non-paper; SLUG is the last part of its address, such as 2021-forum.")
_paper("policy", "policy-paper", "Begin a policy paper; SLUG is the last part of its address, such as 2023-energy.")


@new.command(name="relationship")
@ROOT
@click.argument("id")
@click.option("--label", required=True, help="Short name of the other side.")
@click.option("--title", required=True, help="Heading of its section.")
@click.option("--partner", required=True, help="The same side as a trade partner, a key of partners in vocabularies.yml.")
@click.option("--colour", required=True, help="Its colour in charts, as #rrggbb.")
@DRY_RUN
@findings
def new_relationship(root: Path, dry_run: bool, **entry: str) -> None:
    """Begin a relationship: its entry, and a page in each issue that is a draft."""
    from macros import drafts

    def begin(book: Book) -> Draft:
        issues = tuple(volume for volume in book.volumes if volume.draft and volume.publication.kind == "issue")
        return drafts.relationship(book, entry, issues)

    _write(root, begin, dry_run)


def _write(root: Path, begin: Callable[[Book], Draft], dry_run: bool) -> None:
    """Write the files of a draft, all or none, and say what is open."""
    from macros import all_or_none
    from macros.book import read
    from macros.language import in_language
    from macros.model import publication_of
    from macros.problems import DataError

    _, problems, book = read(root)
    if book is None:
        raise DataError(problems)
    with in_language(book.language()):
        draft = begin(book)
    texts = {root / path: text for path, text in draft.files.items()}
    for path, text in draft.added.items():
        texts[root / path] = (root / path).read_text(encoding="utf-8").rstrip("\n") + "\n" + text
    if not dry_run:
        all_or_none.write(texts)
    for path in (*draft.files, *draft.added):
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}{' (added to its end)' if path in draft.added else ''}")
    if not dry_run:
        click.echo(f"\nmake serve shows it at /{draft.address}\n")
        address = publication_of(next(iter(draft.files), ""))
        _status(root, [address] if address else [])


@click.command(name="status")
@ROOT
@click.argument("addresses", nargs=-1)
@findings
def status(root: Path, addresses: tuple[str, ...]) -> None:
    """Show how far a publication is: its board, what must be mended, what is open before it is published."""
    _status(root, addresses)


def _status(root: Path, addresses: Sequence[str]) -> None:
    from hooks.publishing import status_command

    console = tables_console()
    for line in status_command.lines(root, addresses, datetime.date.today()):
        console.print(line, soft_wrap=isinstance(line, str), markup=False)


@click.command(name="import")
@ROOT
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", "address", required=True, metavar="ADDRESS", help="The publication, such as issues/20.")
@click.option("--answers", type=click.Path(path_type=Path), default=None, help="A file that answers the doubts of an earlier run.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@findings
def import_command(root: Path, files: tuple[Path, ...], address: str, answers: Path | None, dry_run: bool) -> None:
    """Bring rows of spreadsheets, CSV files or pasted tables into a publication; ask where anything is in doubt."""
    from hooks.publishing import import_command

    request = import_command.Request(root, address.removeprefix("data/").strip("/"), files, answers, dry_run)
    sys.exit(import_command.bring_in(request))


@click.command(name="export")
@ROOT
@click.argument("address", required=False)
@click.option("--xlsx", is_flag=True, help="The rows of the publication ADDRESS as a workbook, to be brought back by import.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Of a workbook: the file; by default named after ADDRESS.")
@click.option("--parquet", "folder", type=FOLDER, metavar="FOLDER", help="The scored rows of all issues, for the command index.")
@findings
def export_command(root: Path, address: str | None, xlsx: bool, out: Path | None, folder: Path | None) -> None:
    """Write rows for other programs: a workbook of one publication, or Parquet of all issues."""
    from hooks.publishing import import_command, index_command

    if folder and not (address or xlsx or out):
        index_command.export(root, folder)
    elif xlsx and address and not folder:
        path = import_command.export(root, address.removeprefix("data/").strip("/"), out)
        click.echo(f"wrote {path}")
    else:
        raise click.UsageError("say what to write: ADDRESS --xlsx, or --parquet FOLDER")


@click.command(name="index")
@ROOT
@click.argument("folder", type=FOLDER)
@click.option("--engine", type=click.Choice(["pandas", "duckdb", "polars", "pyspark"]), default="pandas", show_default=True)
@click.option("--running", is_flag=True, help="The running totals, day by day, in place of the indices.")
@findings
def index_command(root: Path, folder: Path, engine: str, running: bool) -> None:
    """Compute the indices of any number of events: Parquet in FOLDER/issue=19/, with the columns of events.csv. Prints CSV."""
    from hooks.publishing import index_command

    index_command.index(root, folder, engine, running)


@click.command(name="gdelt")
@ROOT
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", required=True, type=click.Path(path_type=Path), help="YAML: which pairs of countries, and in which words.")
@click.option("--into", "folder", required=True, type=FOLDER, help="The folder of the partitions.")
@DRY_RUN
@findings
def gdelt_command(root: Path, files: tuple[Path, ...], mapping: Path, folder: Path, dry_run: bool) -> None:
    """Bring events of GDELT, in unpacked files, into a folder of Parquet, partitioned by issue, for the command index."""
    from macros.book import open_book
    from macros.imports import gdelt, gdelt_mapping, gdelt_partitions
    from macros.problems import counted

    book = open_book(root)
    events = gdelt.read(files, gdelt_mapping.read(mapping, book), book)
    taken, unscored, early = events.counts
    click.echo(f"{counted(taken, 'event')} of {counted(len(files), 'file')}")
    click.echo(f"left out: {unscored} without a score, {early} of a day of no issue; rows of other countries are passed over")
    if not dry_run:
        click.echo(f"wrote {counted(len(gdelt_partitions.write(events, folder)), 'file')} into {folder}")


@click.command(name="bundle")
@ROOT
@click.argument("address")
@click.option("--for", "reader", required=True, metavar="NAME", help="Who is to read it; the name stands on every page.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="The ZIP; named after the draft by default.")
@findings
def bundle(root: Path, address: str, reader: str, out: Path | None) -> None:
    """Pack a draft for one reader: a ZIP that opens from a disk, with "Draft, not for quotation" on every page."""
    from hooks.publishing import bundle

    path = out or Path(f"{address.replace('/', '-')}-draft.zip")
    with progress("packing") as tell:
        path.write_bytes(bundle.bundle(root, address, reader, tell))
    click.echo(f"wrote {path}; unpack it and open index.html")


@click.command(name="links")
@ROOT
@click.argument("keys", nargs=-1)
@click.option("--archive", default=None, metavar="ADDRESS", help="The TimeGate of a web archive; that of the Internet Archive by default.")
@click.option("--no-archive", is_flag=True, help="Ask no web archive.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20, show_default=True, help="Seconds to wait for a server.")
@click.option("--write", is_flag=True, help="Write what changed into data/sources.yml, to be reviewed and committed.")
@findings
def links(root: Path, keys: tuple[str, ...], archive: str | None, no_archive: bool, timeout: float, write: bool) -> None:
    """Ask whether sources are alive, moved or gone, and for captures of them; all, or those with the KEYS that are named."""
    from hooks.publishing import links_report, source_links

    asking = source_links.Asking("" if no_archive else archive or source_links.ARCHIVE, timeout)
    with progress("asking") as tell:
        links_report.report(root, keys, asking, write, tell)


@click.command(name="translate")
@ROOT
@click.argument("address")
@click.argument("language")
@click.argument("pages", nargs=-1)
@click.option("--done", is_flag=True, help="The PAGES follow their originals as these stand now: write that into them.")
@DRY_RUN
@findings
def translate(root: Path, address: str, language: str, pages: tuple[str, ...], done: bool, dry_run: bool) -> None:
    """Begin the translation of a publication, or of pages of the portal: ADDRESS such as issues/19, or portal; LANGUAGE such as ru.

    Each page that the translation does not have begins as its original, to be written over.
    """
    from macros import all_or_none, begun_translations

    if done and not pages:
        raise click.UsageError("name the pages that are done: ADDRESS LANGUAGE --done index security")
    target = begun_translations.target_of(root, address, language)
    texts = begun_translations.done(root, target, pages) if done else begun_translations.begun(root, target, pages)
    if not dry_run:
        all_or_none.write({root / path: text for path, text in texts.items()})
    for path in texts:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
    if not texts:
        click.echo("nothing to begin: every page is there")


COMMANDS = (new, status, import_command, export_command, index_command, gdelt_command, bundle, links, translate)
