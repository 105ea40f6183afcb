"""What a long command says while it works."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Tell what happens: on a terminal above a line that shows the time go by, elsewhere as plain lines.

    Args:
        doing: What is being done, such as `publishing`.

    Yields:
        What to tell each line to.
    """
    if not sys.stdout.isatty():
        yield click.echo
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # of use on a terminal only

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), transient=True) as shown:
        shown.add_task(doing, total=None)
        yield lambda line: shown.console.print(line, markup=False, highlight=False, soft_wrap=True)
