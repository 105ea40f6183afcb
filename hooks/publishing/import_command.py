"""The terminal side of `barometer import` and `barometer export`: what is shown, asked and written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from hooks.publishing.command import WIDTH, tables_console
from macros.book import bind
from macros.exports import entry_workbook
from macros.imports import merge, reading
from macros.imports.doubts import Doubt, answers_file
from macros.imports.doubts import read_answers as parsed
from macros.imports.reading import Reading
from macros.load import load
from macros.problems import DataError, counted, no_publication
from macros.validate import row_problems


@dataclass(frozen=True)
class Request:
    """What the command was asked to do."""

    root: Path
    address: str
    files: tuple[Path, ...]
    answers: Path | None = None
    dry_run: bool = False

    def beside(self, ending: str) -> Path:
        """A file beside the first input."""
        return self.files[0].with_name(f"{self.files[0].name}.{ending}")


def bring_in(request: Request) -> int:
    """Bring files into a publication: show what was read, ask what is in doubt, write all or nothing.

    Raises:
        DataError: A file, an answer or a row is wrong.
    """
    answers, lines = parsed(reading.read_answers(request.answers), request.answers.name) if request.answers else ({}, {})
    read = reading.read(request.root, request.address, request.files, answers)
    if problems := read.doubts.check(request.answers.name if request.answers else "answers", lines):
        raise DataError(problems)
    show(read)
    while read.doubts.open and is_terminal() and not request.dry_run:
        answers = answers | {doubt.key: _ask(doubt) for doubt in read.doubts.open}
        read = reading.read(request.root, request.address, request.files, answers)
    if read.doubts.open:
        return _open(request, read, answers)
    if read.left:
        path = request.beside("left-over.csv")
        if not request.dry_run:
            path.write_bytes(reading.left_over(read.left).encode("utf-8"))
        verb = "would be" if request.dry_run else "was" if len(read.left) == 1 else "were"
        click.echo(f"{counted(len(read.left), 'row')} could not be placed and {verb} written into {path.name}")
    return _write(request, read)


def is_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _write(request: Request, read: Reading) -> int:
    if problems := merge.check(request.root, request.address, read.changed):
        raise DataError(problems)
    counts = (
        f"{counted(read.count('new'), 'row')} new, {read.count('changed')} changed, {read.count('there already', 'kept')} there already"
    )
    if not read.changed:
        click.echo(f"nothing to do: {counts}")
    elif request.dry_run:
        click.echo(f"would write {', '.join(read.changed)} in data/{request.address}/: {counts}")
    else:
        merge.write(request.root / "data" / request.address, read.changed)
        click.echo(f"wrote {', '.join(read.changed)} in data/{request.address}/: {counts}")
    return 0


def _open(request: Request, read: Reading, answers: Mapping[str, str]) -> int:
    path, number = request.beside("answers.yml"), len(read.doubts.open)
    files = " ".join(map(_quoted, request.files))
    command = f"barometer import {files} --into {request.address} --answers {_quoted(path)}"
    doubts = f"{counted(number, 'doubt')} without an answer"
    if request.dry_run:
        click.echo(f"{doubts}; nothing was written")
        return 1
    path.write_text(answers_file(read.doubts.asked.values(), answers, command), encoding="utf-8")
    click.echo(f"{doubts}; nothing was written into data/. Read {path.name}, change what is wrong, then run:\n  {command}")
    return 1


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _ask(doubt: Doubt) -> str:
    click.echo(f"\n{doubt.where}, {doubt.column}: '{doubt.text}'\n{doubt.question}\nOther choices: {doubt.others}")
    return str(click.prompt("Your choice", default=doubt.proposal, type=click.Choice(doubt.choices), show_choices=False))


def export(root: Path, address: str, out: Path | None) -> Path:
    """Write the workbook of a publication. Sums may still differ from what is printed; single rows must be in order.

    Args:
        out: The file; by default named after the publication, in the working folder.

    Raises:
        DataError: There is no such publication, or a row is at fault.
    """
    files = load(root)
    problems = row_problems(files)
    book = bind(files, problems)
    volume = book.find(address) if book else None
    if book is None or volume is None:
        mine = [problem for problem in problems if problem.path.startswith(f"data/{address}/") or problem.path.count("/") == 1]
        raise DataError(mine or [no_publication(address, [volume.address for volume in book.volumes] if book else [])])
    path = out or Path(f"{address.replace('/', '-')}.xlsx")
    path.write_bytes(entry_workbook.write(book, volume))
    return path


def show(read: Reading) -> None:
    """Show what was read: the rows of each file as a table, then notes, then each doubt."""
    from rich.markup import escape
    from rich.table import Table

    console = tables_console()
    for target in dict.fromkeys(row.target for row in read.placed):
        rows = [row for row in read.placed if row.target == target]
        columns = [column for column in rows[0].cells if any(row.cells[column] for row in rows)]
        table = Table(title=f"{target}: {counted(len(rows), 'row')}", title_justify="left")
        for column in ("row", *columns, "state"):
            table.add_column(column, overflow="fold")
        for row in rows:
            position = f"{row.position.sheet} {row.position.row}".strip()
            table.add_row(escape(position), *(escape(row.cells[column]) for column in columns), row.state)
        console.print(table)
    for note in read.notes:
        click.echo(note)
    for left in read.left:
        click.echo(f"left over: {left.position}: {left.reason}: {' | '.join(filter(None, left.cells.values()))[:WIDTH]}")
    for doubt in read.doubts.asked.values():
        choice = f"{'answered' if doubt.answered else 'proposed'}: {read.doubts.answers.get(doubt.key, doubt.proposal)}"
        click.echo(f"doubt: {doubt.where}, {doubt.column}: '{doubt.text}'\n  {doubt.question}\n  {choice}; other choices: {doubt.others}")
