"""What single cells hold: lines of text, scores, numbers, words of a list."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from macros.fields import HIDDEN, Row, Score, exact
from macros.scales import ScoreScale

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None
"""What a cell may hold as it is read from a file."""
MINUS = str.maketrans(dict.fromkeys("−–‒—‐‑－﹣", "-") | {"＋": "+", "﹢": "+"})
SCORE = re.compile(r"([-+]?)\s*(\d{1,9})(?:[.,]0+)?")
BRACKETED = re.compile(r"\(\s*(\d{1,9})\s*\)")
SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
WORDY_HYPHEN = re.compile(r"\w[-‐]$")


def line(cell: Cell) -> str:
    """A cell as one line of text: wrapped lines are joined, invisible characters taken out."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return joined(HIDDEN.sub("", str(cell)).splitlines())


def joined(parts: Iterable[str]) -> str:
    """Join wrapped lines: a word that ends with a hyphen goes on without a space."""
    whole = ""
    for part in (" ".join(part.split()) for part in parts):
        gap = "" if not whole or not part or WORDY_HYPHEN.search(whole) else " "
        whole = f"{whole}{gap}{part}"
    return whole


def score(cell: Cell) -> tuple[int, ...]:
    """The scores that a cell may mean, the likeliest first: one where it is certain, none where it is no whole number."""
    if isinstance(cell, bool | datetime.date):
        return ()
    text = line(cell).translate(MINUS).removeprefix("'").strip()
    if match := BRACKETED.fullmatch(text):  # so bookkeepers write a loss, and others a remark
        return (-int(match[1]), int(match[1]))
    match = SCORE.fullmatch(text)
    return (int(match[1] + match[2]),) if match else ()


def scores(cell: Cell, scale: ScoreScale) -> tuple[Score, ...]:
    """The scores of a scale that a cell may mean: whole numbers, or decimals where the scale has them."""
    return score(cell) if isinstance(scale.step, int) else tuple(exact(Decimal(text)) for text in number(cell))


def off(value: Score, scale: ScoreScale) -> str:
    """Why a score is not on a scale; nothing where it is."""
    if value % scale.step:
        return f"between two steps: {value}; scores go in steps of {scale.step}"
    if not scale.lowest <= value <= scale.highest or (value == 0 and not scale.zero):
        return f"off the scale: {value}; allowed: {scale.lowest}..{scale.highest}{'' if scale.zero else ' without 0'}"
    return ""


def number(cell: Cell) -> tuple[str, ...]:
    """The numbers that a cell may mean, as the data write them, the likeliest first; none where it is no number."""
    if isinstance(cell, bool | datetime.date):
        return ()
    text = SPACES.sub("", line(cell).translate(MINUS).removeprefix("'").strip())
    sign, text = ("-" if text.startswith("-") else ""), text.lstrip("-+ ")
    if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return (sign + text,)
    if re.fullmatch(r"\d{1,3}(,\d{3}){2,}|\d{1,3}(,\d{3})+\.\d+", text, re.ASCII):
        return (sign + text.replace(",", ""),)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}", text, re.ASCII):
        return (sign + text.replace(".", "").replace(",", "."),)
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", text, re.ASCII):  # a decimal comma, or a comma between thousands
        return (sign + text.replace(",", "."), sign + text.replace(",", ""))
    return (sign + text.replace(",", "."),) if re.fullmatch(r"\d+,\d+", text, re.ASCII) else ()


def key(text: str) -> str:
    """The letters and digits of a text alone, so that case, spaces and stops make no difference."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def word(text: str, names: Mapping[str, Iterable[str]]) -> str:
    """Find the one word of a list that a cell names.

    Args:
        names: Each word of the list, and the other names that it goes by.

    Returns:
        The word; empty where none or several have that name.
    """
    if text in names:
        return text
    wanted = key(text)
    fits = {name for name, others in names.items() if wanted and wanted in {key(name), *map(key, others)}}
    return fits.pop() if len(fits) == 1 else ""


def words(text: str) -> str:
    """A text as it is compared with others: without case, and with single spaces."""
    return " ".join(text.casefold().split())


def texts(row: Row) -> dict[str, str]:
    """The cells of a row as its file holds them."""
    values = {column: getattr(row, column) for column in type(row).model_fields}
    return {name: "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value) for name, value in values.items()}


def near(text: str, names: Any) -> list[str]:
    """The words of a list whose names are like a text, the likest first."""
    labels = {label.casefold(): name for name, others in names.items() for label in (*others, name)}
    return list(dict.fromkeys(labels[label] for label in get_close_matches(text.casefold(), labels, n=3, cutoff=0.6)))
