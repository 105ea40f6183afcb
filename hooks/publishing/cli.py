"""The program `barometer`: what people run. Findings go to standard output, one a line.

Each command imports what it runs, so that help and small ones start at once.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import click

from hooks.publishing import editors_cli, init_command
from hooks.publishing.command import ROOT, findings, progress, show


@click.group()
def main() -> None:
    """Check, build and serve the site."""


@main.command(name="check")
@ROOT
@click.option("--only", default="", metavar="ADDRESS", help="Only what concerns one publication, such as issues/20.")
@click.option("--release", is_flag=True, help="Also what stands in the way of publishing it, or every publication.")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl+C.")
@findings
def check_command(root: Path, only: str, release: bool, form: str, watch: bool) -> None:
    """Report everything that is wrong with data and pages."""
    from hooks.publishing import checking

    for _ in checking.saves(root) if watch else [None]:
        problems, summary = checking.check(root, only, release, datetime.date.today())
        if problems or form == "json":
            show(problems, form)
        else:
            click.echo(summary)
    if problems:
        sys.exit(1)


@main.command()
@ROOT
@click.option("--site", type=click.Path(path_type=Path), default=None, help="Where the site goes; site/ of the repository by default.")
@findings
def build(root: Path, site: Path | None) -> None:
    """Check everything, then build the whole site as it will be deployed."""
    from hooks.publishing.build import build_site

    folder = (site or root / "site").resolve()
    with progress("building") as tell:
        build_site(root, folder, tell)
    click.echo(f"the site is in {folder.name}/")


@main.command()
@ROOT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port on this machine.")
@findings
def serve(root: Path, port: int) -> None:
    """Build the site, serve it on this machine, and build again what a saved file changes."""
    from hooks.publishing import preview

    preview.serve(root, port)


def served(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be told where the served branch is."""
    remote = click.option("--remote", default="origin", show_default=True, help="Name or address of the remote.")
    return remote(click.option("--branch", default="gh-pages", show_default=True, help="The branch that is served.")(command))


@main.command(name="publish")
@ROOT
@served
@click.option("--push/--no-push", default=True, help="Push to the remote, or only to the branch of this repository.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and why; do nothing.")
@findings
def publish_command(root: Path, remote: str, branch: str, push: bool, dry_run: bool) -> None:
    """Publish what is new, once and for ever; refuse what would change a published edition."""
    from hooks.publishing import publish

    with progress("publishing") as tell:
        publish.publish(root, remote if push else ".", branch, dry_run, tell)


@main.command(name="drop-history")
@ROOT
@served
@click.option("--reason", required=True, help="Why, in one line, such as the order of a court.")
@findings
def drop_history_command(root: Path, remote: str, branch: str, reason: str) -> None:
    """Drop the history of the served branch for ever, where the law leaves no choice; the files of today stay."""
    from hooks.publishing import drop_history

    drop_history.drop_history(root, remote, branch, " ".join(reason.split()), click.echo)


@main.command(name="verify")
@ROOT
@served
@click.argument("addresses", nargs=-1)
@click.option("--rebuild", is_flag=True, help="Build each edition again from its commit and compare every byte.")
@click.option("--since", default="", metavar="LINE", help="A line that a publish printed: prove that nothing up to it was changed.")
@findings
def verify_command(root: Path, remote: str, branch: str, addresses: tuple[str, ...], rebuild: bool, since: str) -> None:
    """Check what is published, by address or as a whole, or archive files (FILE.zip). Ends with 3 where nothing can be said."""
    from hooks.publishing import verify
    from hooks.publishing.rebuild import CannotRebuildError

    try:
        with progress("checking") as tell:
            verify.verify(root, addresses, remote, branch, since, rebuild, tell)
    except CannotRebuildError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(3)


@main.command(name="drill")
@ROOT
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rebuild/--no-rebuild", default=True, help="Also build it again with the program that it names.")
@findings
def drill_command(root: Path, files: tuple[Path, ...], rebuild: bool) -> None:
    """Ask archive files (FILE.zip) all that they were kept for, without a network: one line for each question.

    An edition after the first is built again only with the files of the earlier ones beside it.
    """
    from hooks.publishing import drill

    failed = False
    with progress("asking") as tell:
        for file in files:
            tell(str(file))
            for passed, answer in drill.drill(file, files, root if rebuild else None):
                tell(f"  {answer}")
                failed = failed or passed is False
    if failed:
        sys.exit(1)


@main.command(name="wacz")
@ROOT
@click.argument("addresses", nargs=-1)
@click.option("--site", type=click.Path(path_type=Path), default=None, help="A built site or a copy of the branch; site/ by default.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the files; .cache/wacz/ by default.")
@click.option("--tool", type=click.Path(path_type=Path), default=None, help="The program wacz; the one that make wacz installs by default.")
@findings
def wacz_command(root: Path, addresses: tuple[str, ...], site: Path | None, out: Path | None, tool: Path | None) -> None:
    """Pack editions, such as issues/19/v1, as web archives exchange them; every edition of the site where none is named."""
    from hooks.publishing import wacz
    from macros.book import open_book
    from macros.target import RECORD

    site, address = site or root / "site", open_book(root).series.site
    every = sorted(record.parent.relative_to(site).as_posix() for record in site.glob(f"*/*/v*/{RECORD}"))
    for edition in addresses or every:
        path = wacz.write(site, address, edition.strip("/"), out or root / ".cache/wacz", tool or root / ".cache/replay/bin/wacz")
        click.echo(f"wrote {path}")


@main.command(name="diff")
@ROOT
@served
@click.argument("addresses", nargs=-1)
@click.option("--against", default="", help="An edition such as v1, or a commit or branch such as main; the newest edition by default.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@findings
def diff(root: Path, remote: str, branch: str, addresses: tuple[str, ...], against: str, form: str) -> None:
    """Show what differs from a published edition or from a commit, and what that does to the indices."""
    from hooks.publishing import diff
    from macros import changes
    from macros.json_text import readable

    differences, problems = diff.differences(root, addresses, against, remote, branch)
    if form == "json":
        listed = [changes.as_dict(difference.changes) | {"notice": difference.notice} for difference in differences]
        click.echo(readable(listed), nl=False)
    else:
        written, bold = (changes.as_text, "  ") if form == "text" else (changes.as_markdown, "")
        texts = [f"{written(difference.changes)}\n{bold}{difference.notice}\n" for difference in differences]
        click.echo("\n".join(texts) or "Nothing differs.")
        for problem in problems:
            click.echo(f"{'- ' if form == 'markdown' else ''}{problem}")


@main.command(name="edition", hidden=True)
@ROOT
@click.argument("address")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@findings
def edition(root: Path, address: str, out: Path) -> None:
    """Build the newest edition of one publication into a folder; `verify --rebuild` runs this in a tree of its commit."""
    from hooks.publishing.build import build_edition

    build_edition(root, address, out.resolve(), click.echo)


@main.command(name="schemas")
@ROOT
@findings
def write_schemas(root: Path) -> None:
    """Write docs/schemas/ anew from the model."""
    from macros.exports import schemas

    folder = root / "docs" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas.schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"wrote {len(schemas.schemas())} schemas")


for command in (init_command.init, *editors_cli.COMMANDS):
    main.add_command(command)

if __name__ == "__main__":
    main()
