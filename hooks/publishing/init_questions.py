"""What is asked of who begins a monitor, and what is made of the answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from macros.monitor import Monitor

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
    """What is asked for on a terminal where no option says it.

    Attributes:
        words: The question; empty where nobody is asked.
        default: What is taken where nobody answers; None where an answer is needed.
        read: Makes a value of what is typed.
        asked: Whether it is asked, after these answers.
    """

    words: str
    default: str | None = ""
    read: Callable[[Any], Any] = _text
    asked: Callable[[Mapping[str, Any]], object] = bool


def _scored(answers: Mapping[str, Any]) -> object:
    return answers["relationship"]


def _periodical(answers: Mapping[str, Any]) -> object:
    return answers["first_period"]


def _counted_in_days(answers: Mapping[str, Any]) -> object:
    return answers["first_period"] and not answers["months"]


QUESTIONS = {
    "title": Question("Title of the series", None),
    "publisher": Question("Publisher of the site", None),
    "country": Question("Country whose relationships are scored", "To be written"),
    "language": Question("Language of the texts (BCP 47)", "en", _language),
    "site": Question("Address of the site", "https://monitor.example/", _address),
    "contact": Question(""),
    "relationship": Question("Relationships, as id=Label; id=Label (empty: papers only)", "", _pairs),
    "scale": Question("Lowest and highest score of an event", "-3..3", _scale, _scored),
    "step": Question("What lies between two scores", "1", _step, _scored),
    "first_period": Question("Period of issue 1, such as 2027-01/2027-02 (empty: no calendar)", asked=_scored),
    "months": Question("Whole months that each issue covers (empty: it is counted in days)", asked=_periodical),
    "days": Question("Days that each issue covers", asked=_counted_in_days),
}


def answered(given: Mapping[str, Any]) -> Monitor:
    """Complete options with what is answered on a terminal, or with what is taken where nobody is there to answer.

    Args:
        given: What the options say, by the names of QUESTIONS.

    Raises:
        UsageError: An option cannot be read, or one is missing for which there is no default.
    """
    answers: dict[str, Any] = dict.fromkeys(QUESTIONS)
    for name, question in QUESTIONS.items():
        if given[name]:
            answers[name] = _option(name, question, given[name])
        elif question.words and sys.stdin.isatty() and question.asked(answers):
            answers[name] = click.prompt(
                question.words, default=question.default, value_proc=question.read, show_default=bool(question.default)
            )
        elif question.default is None:
            raise click.UsageError(f"say --{name}; nobody is here to be asked")
        else:
            answers[name] = question.read(question.default)
    return _monitor(answers)


def _option(name: str, question: Question, given: Any) -> Any:
    try:
        return question.read(given)
    except click.BadParameter as error:
        error.param_hint = f"--{name.replace('_', '-')}"
        raise


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
