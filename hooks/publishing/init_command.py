"""The command that begins a monitor: `barometer init`. What it writes is checked before it stands there."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
QUESTIONS = {
    "title": ("Title of the series", None),
    "publisher": ("Publisher of the site", None),
    "country": ("Country whose relationships are scored", "To be written"),
    "language": ("Language of the texts (BCP 47)", "en"),
    "site": ("Address of the site", "https://monitor.example/"),
}
"""What is asked for where no option says it: the words, and what is taken where nobody answers."""
OF_SCORES = {
    "scale": ("Lowest and highest score of an event", "-3..3"),
    "step": ("What lies between two scores", "1"),
    "first_period": ("Period of issue 1, such as 2027-01/2027-02 (empty: no calendar)", ""),
}
OF_CALENDAR = {"months": ("Whole months that each issue covers", "")}
NUMBER = r"-?\d{1,9}(?:\.\d{1,4})?"
PLACE = click.Path(exists=True, file_okay=False, path_type=Path)


def _pairs(_: click.Context, parameter: click.Parameter, given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Relationships as they are typed -> id and label of each."""
    pairs = [(name.strip(), label.strip()) for name, _, label in (text.partition("=") for text in given)]
    if odd := next((text for text, (_, label) in zip(given, pairs, strict=True) if not label), None):
        raise click.BadParameter(f"'{odd}' is not of the form id=Label, such as eu=European Union", param=parameter)
    return tuple(pairs)


@click.command(name="init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="Title of the series.")
@click.option("--publisher", help="Name of the body that makes the site.")
@click.option("--country", help="The country whose relationships are scored.")
@click.option("--language", metavar="TAG", help="Language of the texts, as in BCP 47; en by default.")
@click.option("--site", metavar="ADDRESS", help="Where the site will be, ending in a slash.")
@click.option("--contact", metavar="ADDRESS", help="A page, or mailto: and a mail address; the page About by default.")
@click.option(
    "--relationship", "relationships", metavar="ID=LABEL", multiple=True, callback=_pairs, help="One for each; without, papers only."
)
@click.option("--scale", metavar="LOWEST..HIGHEST", help="The scores of an event; -3..3 by default.")
@click.option("--step", help="What lies between two scores, such as 0.5; 1 by default.")
@click.option("--first-period", metavar="PERIOD", help="Period of issue 1, such as 2027-01/2027-02; without, issues keep no calendar.")
@click.option("--months", help="How many whole months each issue covers.")
@click.option("--days", help="How many days each issue covers, in place of --months.")
@click.option("--root", type=PLACE, default=HERE, help="The repository of the program; that of this one by default.")
@findings
def init(folder: Path, relationships: tuple[tuple[str, str], ...], root: Path, **given: str | None) -> None:
    """Begin a monitor of your own in FOLDER, which is new or empty: data, pages and the program, ready to be built.

    What no option says is asked for on a terminal.
    """
    from macros.problems import DataError, Problem

    if folder.exists() and any(folder.iterdir()):
        raise DataError([Problem(folder.as_posix(), 1, "file", "is not empty; name a folder that is new or empty")])
    missing = [Problem(name, 1, "file", "is missing; a monitor is begun from the repository of the program") for name in _missing(root)]
    if missing:
        raise DataError(missing)
    _begin(root.resolve(), folder.resolve(), _asked(relationships, given))
    click.echo(f"wrote {folder}: nothing is wrong with it, and `make site` there builds it")
    click.echo("Complete data/series.yml, where it says “To be written”, before anything is published.")


def _missing(root: Path) -> list[str]:
    return [name for name in PROGRAM if not (root / name).exists()]


def _asked(relationships: tuple[tuple[str, str], ...], given: dict[str, str | None]) -> Monitor:
    """Complete what was given with what is answered, or with what is taken where nobody is there to answer."""
    from macros.fields import Link
    from macros.messages import misshapen
    from macros.monitor import Monitor

    contact, days = given.pop("contact"), given.pop("days")
    said = {name: _answer(name, *QUESTIONS[name], given.pop(name)) for name in QUESTIONS}
    if why := misshapen(said["site"], Link):
        raise click.BadParameter(why, param_hint="--site")
    said["site"] = f"{said['site'].rstrip('/')}/"
    pairs = relationships or tuple(_asked_relationships())
    scored = {name: _answer(name, *OF_SCORES[name], given[name]) if pairs else given[name] or "" for name in OF_SCORES}
    asked = pairs and scored["first_period"] and not days
    months = _answer("months", *OF_CALENDAR["months"], given["months"]) if asked else given["months"]
    calendar = {"first_period": scored["first_period"], "months": months, "days": days}
    lowest, highest, step = _scale(scored["scale"] or OF_SCORES["scale"][1], scored["step"] or OF_SCORES["step"][1])
    return Monitor(
        **said,
        contact=contact or f"{said['site']}about/",
        relationships=pairs,
        calendar=tuple((name, value) for name, value in calendar.items() if value),
        lowest=lowest,
        highest=highest,
        step=step,
    )


def _answer(name: str, question: str, default: str | None, given: str | None) -> str:
    """What an option says, or whoever is asked."""
    if given is None and sys.stdin.isatty():
        given = str(click.prompt(question, default=default, show_default=bool(default)))
    given = default if given is None else given
    option = f"--{name.replace('_', '-')}"
    if given is None:
        raise click.UsageError(f"say {option}; nobody is here to be asked")
    if any("\ud800" <= letter <= "\udfff" for letter in given):
        raise click.BadParameter("is not UTF-8", param_hint=option)
    return given


def _asked_relationships() -> Iterable[tuple[str, str]]:
    """The relationships that somebody types, until a line is empty."""
    while sys.stdin.isatty() and (text := click.prompt("A relationship, as id=Label (empty: no more)", default="", show_default=False)):
        name, _, label = text.partition("=")
        if label.strip():
            yield name.strip(), label.strip()
        else:
            click.echo(f"'{text}' is not of the form id=Label, such as eu=European Union")


def _scale(scale: str, step: str) -> tuple[Decimal, Decimal, Decimal]:
    ends = re.fullmatch(rf"({NUMBER})\.\.({NUMBER})", scale, re.ASCII)
    if ends is None:
        raise click.BadParameter(f"'{scale}' is no scale; allowed: two numbers, such as -3..3 or -10..10", param_hint="--scale")
    if not re.fullmatch(NUMBER, step, re.ASCII):
        raise click.BadParameter(f"'{step}' is no number; allowed: digits and a point, such as 1 or 0.1", param_hint="--step")
    return Decimal(ends[1]), Decimal(ends[2]), Decimal(step)


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


def _copy(path: Path, place: Path) -> None:
    from macros.load import LITTER

    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, place, ignore=shutil.ignore_patterns("__pycache__", *LITTER))
    else:
        shutil.copy(path, place)
