"""The command that brings in events of GDELT: `barometer gdelt`."""

from __future__ import annotations

from pathlib import Path

import click

from hooks.publishing.command import ROOT, findings


@click.command(name="gdelt")
@ROOT
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", required=True, type=click.Path(path_type=Path), help="YAML: which pairs of countries, and in which words.")
@click.option("--into", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder of the partitions.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@findings
def gdelt(root: Path, files: tuple[Path, ...], mapping: Path, folder: Path, dry_run: bool) -> None:
    """Bring events of GDELT, in unpacked files, into a folder of Parquet, partitioned by issue, for the command index."""
    from macros.book import open_book
    from macros.imports import gdelt as imports
    from macros.imports import gdelt_mapping, gdelt_partitions
    from macros.problems import counted

    book = open_book(root)
    events = imports.read(files, gdelt_mapping.read(mapping, book), book)
    taken, unscored, early = events.counts
    click.echo(f"{counted(taken, 'event')} of {counted(len(files), 'file')}")
    click.echo(f"left out: {unscored} without a score, {early} of a day of no issue; rows of other countries are passed over")
    if not dry_run:
        click.echo(f"wrote {counted(len(gdelt_partitions.write(events, folder)), 'file')} into {folder}")
