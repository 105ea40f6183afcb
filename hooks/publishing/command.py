"""What every command has in common: the repository it works on, findings in words, and what is told while it works.

The rooms of `macros` are imported when they are needed, so that help starts at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hooks.publishing import work_folders

if TYPE_CHECKING:
    from rich.console import Console

    from macros.problems import Problem

WIDTH = 160
"""Columns of a table where the output is no terminal."""
REPOSITORY = click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path)
ROOT = click.option("--root", type=REPOSITORY, default=Path(), help="The repository.")


def findings(command: Callable[..., None]) -> Callable[..., None]:
    """Show what is wrong in words, count it, and end with status 1; never a traceback."""

    @wraps(command)
    def run(**options: Any) -> None:
        from macros.problems import BarometerError, DataError

        try:
            command(**options)
        except DataError as error:
            show(error.problems)
            sys.exit(1)
        except BarometerError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(1)
        except OSError as error:
            click.echo(f"error: {work_folders.disk_error(error)}", err=True)
            sys.exit(1)

    return run


def tables_console() -> Console:
    """What prints tables: as wide as the terminal, and wide where the output is none."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDTH)


def show(problems: Sequence[Problem], form: str = "text") -> None:
    """Print findings for people, for the annotations of a pull request, or for programs."""
    from macros.json_text import readable
    from macros.problems import counted, summarised

    if form == "json":
        click.echo(readable([asdict(problem) for problem in problems]), nl=False)
        return
    for problem in problems if form == "github" else ():
        click.echo(f"::error file={problem.path},line={problem.line},title={problem.field}::{problem.field}: {problem.message}")
    for line in summarised(problems) if form == "text" else ():
        click.echo(line)
    click.echo(counted(len(problems), "finding"))


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Tell what happens: on a terminal above a line that says what is being done and for how long, elsewhere as plain lines."""
    if not sys.stdout.isatty():
        yield click.echo
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # of use on a terminal only

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), transient=True) as shown:
        shown.add_task(doing, total=None)
        yield lambda line: shown.console.print(line, markup=False, highlight=False, soft_wrap=True)
