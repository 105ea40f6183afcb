"""The command that begins a monitor: `barometer init`. What it writes is checked before it stands there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hooks.publishing import init_questions
from hooks.publishing.command import findings

if TYPE_CHECKING:
    from macros.monitor import Monitor

HERE = Path(__file__).parents[2]
PROGRAM = (
    ".ci/packages",
    ".github/workflows",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode",
    "LICENSE",
    "Makefile",
    "docs/overrides",
    "docs/schemas",
    "docs/templates",
    "hooks",
    "macros",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.lock",
)
"""What a monitor takes over from the program, so that a commit of it holds all that made an edition."""
PLACE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(name="init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="Title of the series.")
@click.option("--publisher", help="Name of the body that makes the site.")
@click.option("--country", help="The country whose relationships are scored.")
@click.option("--language", metavar="TAG", help="Language of the texts, as in BCP 47; en by default.")
@click.option("--site", metavar="ADDRESS", help="Where the site will be, ending in a slash.")
@click.option("--contact", metavar="ADDRESS", help="A page, or mailto: and a mail address; the page About by default.")
@click.option("--relationship", metavar="ID=LABEL", multiple=True, help="One for each; without, papers only.")
@click.option("--scale", metavar="LOWEST..HIGHEST", help="The scores of an event; -3..3 by default.")
@click.option("--step", help="What lies between two scores, such as 0.5; 1 by default.")
@click.option("--first-period", metavar="PERIOD", help="Period of issue 1, such as 2027-01/2027-02; without, issues keep no calendar.")
@click.option("--months", help="How many whole months each issue covers.")
@click.option("--days", help="How many days each issue covers, in place of --months.")
@click.option("--root", type=PLACE, default=HERE, help="The repository of the program; that of this one by default.")
@findings
def init(folder: Path, root: Path, **given: Any) -> None:
    """Begin a monitor of your own in FOLDER, which is new or empty: data, pages and the program, ready to be built.

    What no option says is asked for on a terminal.
    """
    from macros.problems import DataError, Problem

    if folder.exists() and any(folder.iterdir()):
        raise DataError([Problem(folder.as_posix(), 1, "file", "is not empty; name a folder that is new or empty")])
    missing = [Problem(name, 1, "file", "is missing; a monitor is begun from the repository of the program") for name in _missing(root)]
    if missing:
        raise DataError(missing)
    _begin(root, folder.resolve(), init_questions.answered(given))
    click.echo(f"wrote {folder}: nothing is wrong with it, and `make site` there builds it")
    click.echo("Complete data/series.yml, where it says “To be written”, before anything is published.")


def _missing(root: Path) -> list[str]:
    return [name for name in PROGRAM if not (root / name).exists()]


def _begin(root: Path, folder: Path, monitor: Monitor) -> None:
    """Lay a monitor beside its place, check it, and put it there as a whole."""
    from hooks.publishing import build
    from macros import monitor as monitors

    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        fresh = Path(scratch, "monitor")
        for name in PROGRAM:
            _copy(root / name, fresh / name)
        for path, text in monitors.files(root, monitor).items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_text(text, encoding="utf-8")
        build.check(fresh)
        if not folder.exists():
            fresh.rename(folder)
            return
        for part in sorted(fresh.iterdir()):
            part.rename(folder / part.name)


def _copy(path: Path, target: Path) -> None:
    from macros.text_files import LITTER

    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__", *LITTER))
    else:
        shutil.copy(path, target)
