"""The command that begins a monitor, `barometer init`: what it asks for, and what it writes once that is checked."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
PLACE = click.Path(exists=True, file_okay=False, path_type=Path)
NUMBER = r"-?\d{1,9}(?:\.\d{1,4})?"


def _text(text: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise click.BadParameter("is not UTF-8")
    return text


def _address(text: str) -> str:
    from macros.fields import Link
    from macros.messages import misshapen

    if why := misshapen(text, Link):
        raise click.BadParameter(why)
    return f"{_text(text).rstrip('/')}/"


def _language(text: str) -> str:
    from macros.language_tags import checked

    try:
        return checked(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _pairs(texts: str | Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Relationships as they are typed, in one line or each for itself -> id and label of each."""
    pairs = []
    for text in filter(None, texts.split(";") if isinstance(texts, str) else texts):
        name, _, label = _text(text).partition("=")
        if not label.strip():
            raise click.BadParameter(f"'{text}' is not of the form id=Label")
        pairs.append((name.strip(), label.strip()))
    return tuple(pairs)


def _scale(text: str) -> tuple[Decimal, Decimal]:
    ends = re.fullmatch(rf"({NUMBER})\.\.({NUMBER})", text, re.ASCII)
    if ends is None:
        raise click.BadParameter(f"'{text}' is no scale; allowed: two numbers, such as -3..3 or -10..10")
    return Decimal(ends[1]), Decimal(ends[2])


def _step(text: str) -> Decimal:
    if not re.fullmatch(NUMBER, text, re.ASCII):
        raise click.BadParameter(f"'{text}' is no number; allowed: digits and a point, such as 1 or 0.1")
    return Decimal(text)


class Question(NamedTuple):
    """What an option says, or somebody on a terminal where it is not given.

    Attributes:
        words: What it is.
        metavar: How it is written.
        default: What is taken where nobody says it; None where an answer is needed.
        read: Makes a value of what is typed.
        asked: Whether it is asked for on a terminal, after these answers.
    """

    words: str
    metavar: str = "TEXT"
    default: str | None = ""
    read: Callable[[Any], Any] = _text
    asked: Callable[[Mapping[str, Any]], object] = bool


def _scored(answers: Mapping[str, Any]) -> object:
    return answers["relationship"]


QUESTIONS = {
    "title": Question("Title of the series", default=None),
    "publisher": Question("Name of the body that makes the site", default=None),
    "country": Question("Country whose relationships are scored", default="To be written"),
    "language": Question("Language of the texts (BCP 47)", "TAG", "en", _language),
    "site": Question("Address of the site", "ADDRESS", "https://monitor.example/", _address),
    "contact": Question("A page, or mailto: and a mail address (empty: the page About)", "ADDRESS", asked=lambda _: False),
    "relationship": Question("Relationships, as id=Label; id=Label (empty: papers only)", "ID=LABEL", "", _pairs),
    "scale": Question("Lowest and highest score of an event", "LOWEST..HIGHEST", "-3..3", _scale, _scored),
    "step": Question("What lies between two scores, such as 0.5", "NUMBER", "1", _step, _scored),
    "first_period": Question("Period of issue 1, such as 2027-01/2027-03 (empty: no calendar)", "PERIOD", asked=_scored),
    "months": Question("Whole months that each issue covers (empty: it is counted in days)", asked=lambda answers: answers["first_period"]),
    "days": Question("Days that each issue covers", asked=lambda answers: answers["first_period"] and not answers["months"]),
}


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Make an option of each question; the option for relationships may be given many times."""
    for name, question in reversed(QUESTIONS.items()):

        def read(_context: click.Context, _option: click.Parameter, given: Any, question: Question = question) -> Any:
            return question.read(given) if given else None

        several = name == "relationship"
        words = f"{question.words}{f'; {question.default} by default' * bool(question.default)}{'; the option once for each' * several}."
        mark = f"--{name.replace('_', '-')}"
        command = click.option(mark, help=words, metavar=question.metavar, multiple=several, callback=read)(command)
    return command


@click.command(name="init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_options
@click.option("--root", type=PLACE, default=HERE, help="The repository of the program; that of this one by default.")
@findings
def init(folder: Path, root: Path, **given: Any) -> None:
    """Begin a monitor of your own in FOLDER, which is new or empty: data, pages and the program, ready to be built.

    What no option says is asked for on a terminal.
    """
    from macros.problems import DataError, Problem

    if folder.exists() and any(folder.iterdir()):
        raise DataError([Problem(folder.as_posix(), 1, "file", "is not empty; name a folder that is new or empty")])
    missing = [name for name in PROGRAM if not (root / name).exists()]
    if missing:
        raise DataError(Problem(name, 1, "file", "is missing; a monitor is begun from the repository of the program") for name in missing)
    _begin(root, folder.resolve(), _monitor(_answered(given)))
    click.echo(f"wrote {folder}: nothing is wrong with it, and `make site` there builds it")
    click.echo("Complete data/series.yml, where it says “To be written”, before anything is published.")


def _answered(given: Mapping[str, Any]) -> dict[str, Any]:
    """Complete options with what is answered on a terminal, or with what is taken where nobody is there to answer."""
    answers: dict[str, Any] = dict.fromkeys(QUESTIONS)
    for name, question in QUESTIONS.items():
        if given[name] is not None:
            answers[name] = given[name]
        elif sys.stdin.isatty() and question.asked(answers):
            shown = bool(question.default)
            answers[name] = click.prompt(question.words, default=question.default, value_proc=question.read, show_default=shown)
        elif question.default is None:
            raise click.UsageError(f"say --{name}; nobody is here to be asked")
        else:
            answers[name] = question.read(question.default)
    return answers


def _monitor(answers: Mapping[str, Any]) -> Monitor:
    from macros.monitor import Monitor

    lowest, highest = answers["scale"]
    return Monitor(
        **{name: answers[name] for name in ("title", "publisher", "country", "language", "site", "step")},
        relationships=answers["relationship"],
        contact=answers["contact"] or f"{answers['site']}about/",
        calendar=tuple((name, answers[name]) for name in ("first_period", "months", "days") if answers[name]),
        lowest=lowest,
        highest=highest,
    )


def _begin(root: Path, folder: Path, monitor: Monitor) -> None:
    """Lay a monitor beside its place, check it, and put it there as a whole."""
    from hooks.publishing import build, file_tree
    from macros import monitor as monitors

    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        fresh = Path(scratch, "monitor")
        for name in PROGRAM:
            _copy(root / name, fresh / name)
        file_tree.write(fresh, {path: text.encode() for path, text in monitors.files(root, monitor).items()})
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
