"""The program `barometer`: what people run. Findings go to standard output, one a line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hooks.press import site as press
from macros.exports import schemas
from macros.problems import BarometerError, DataError

ROOT = click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), help="The repository.")


def faults_are_findings(command: Callable[..., None]) -> Callable[..., None]:
    """Show what is wrong in words, count it, and end with status 1; never a traceback."""

    @wraps(command)
    def run(**options: Any) -> None:
        try:
            command(**options)
        except DataError as error:
            for problem in error.problems:
                click.echo(str(problem))
            number = len(error.problems)
            click.echo(f"{number} finding{'' if number == 1 else 's'}")
            sys.exit(1)
        except BarometerError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(1)

    return run


@click.group()
def main() -> None:
    """Check, build and serve the site."""


@main.command()
@ROOT
@faults_are_findings
def check(root: Path) -> None:
    """Report everything that is wrong with data and pages."""
    done = press.check(root.resolve())
    publications = len(done.book.volumes)
    click.echo(f"checked {publications} publications, {done.rows} rows, {len(done.book.sources)} sources, {done.pages} pages: no findings")


@main.command()
@ROOT
@click.option("--site", type=click.Path(path_type=Path), default=None, help="Where the site goes; site/ of the repository by default.")
@faults_are_findings
def build(root: Path, site: Path | None) -> None:
    """Check everything, then build the whole site as it will be deployed."""
    place = (site or root / "site").resolve()
    press.build(root.resolve(), place, click.echo)
    click.echo(f"the site is in {place.name}/")


@main.command()
@ROOT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port on this machine.")
@faults_are_findings
def serve(root: Path, port: int) -> None:
    """Build the site, serve it on this machine, and build again what a saved file changes."""
    from hooks.press import preview  # a server is of no use to the other commands

    preview.serve(root.resolve(), port)


@main.command(name="schemas")
@ROOT
@faults_are_findings
def write_schemas(root: Path) -> None:
    """Write docs/schemas/ anew from the model."""
    folder = root / "docs" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas.schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"wrote {len(schemas.schemas())} schemas")


if __name__ == "__main__":
    main()
