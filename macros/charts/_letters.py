"""How wide letters are, so that labels of a picture fit and never cover each other.

Widths are those of Roboto, which vl-convert draws with, and a fifth more: a reader's own font may be
as wide as DejaVu Sans or Verdana.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from PIL import ImageFont

SIZE, LINE = 12, 15
"""Size of the letters of every picture, and height of a line of them, in px."""

WIDER, BOLDER = 1.2, 1.32
"""How much wider than Roboto the widest usual font of a system is, and its bold letters than Roboto's."""

FULL = "\u2e80"
"""From here on Unicode has the letters of East Asia."""


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(str(files("font_roboto").joinpath("files", name)), 100)


@lru_cache(maxsize=20000)
def length(text: str, bold: bool = False, size: int = SIZE) -> float:
    """Width of one line of text in px, with room for wider fonts."""
    return drawn_length(text, bold, size) * (BOLDER if bold else WIDER)


def drawn_length(text: str, bold: bool = False, size: int = SIZE) -> float:
    """Width of one line of text in px, in Roboto."""
    full = sum(letter >= FULL for letter in text)  # Roboto has none of these; each takes a square
    return float(_font(bold).getlength(text) + 60 * full) / 100 * size


def cut(text: str, room: float, bold: bool = False) -> str:
    """Text that fits into a width in px: cut at a word, with `…` where something is left out; nothing where not even a few letters fit."""
    if length(text, bold) <= room:
        return text
    shown = ""
    for word in text.split():
        if length(f"{shown} {word} …", bold) > room:
            break
        shown = f"{shown} {word}".strip()
    if shown:
        return f"{shown.rstrip(',;:.')} …"
    letters = next((number for number in range(len(text), 2, -1) if length(f"{text[:number]}…", bold) <= room), 0)
    return f"{text[:letters].rstrip()}…" if letters else ""


def lines(text: str, room: float, most: int, bold: bool = False) -> list[str]:
    """Text in at most so many lines of a width; the last one is cut where more would follow."""
    full_lines: list[str] = []
    words = text.split()
    while words and len(full_lines) < most - 1:
        number = next((number for number in range(len(words), 0, -1) if length(" ".join(words[:number]), bold) <= room), 0)
        if number == 0:
            break
        full_lines.append(" ".join(words[:number]))
        words = words[number:]
    return [*full_lines, cut(" ".join(words), room, bold)] if words else full_lines
