"""The card of a page: the picture of 1200 by 630 dots that stands for it where somebody shares its address.

It is seen 300 px wide as often as whole, so it says few things in large letters: what the page is, one number or
the numbers of an issue, and one sentence. It is drawn with the fonts of locked packages, so that equal words give
equal bytes on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from macros.charts._theme import POSITIVE, SOFT, hue
from macros.charts._words import cut
from macros.words import signed

SIZE = WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 72, WIDTH - 72
INK, PAPER, LINE = "#1d2530", "#fbfaf6", "#cfcabb"
SERIF = ("font_source_serif_pro", "SourceSerifPro-Bold.ttf")
SANS, BOLD = ("font_roboto", "Roboto-Regular.ttf"), ("font_roboto", "Roboto-Bold.ttf")
HEAD, TOP, FOOT = 78, 122, 566
"""Where the line of the series stands, where the title begins, and where everything but the last line ends."""
AXIS, REACH = 770, 270
"""Where zero stands among bars, and how long the longest bar is."""

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Bar:
    """One index of an issue."""

    label: str
    value: float
    sign: int = 1


@dataclass(frozen=True)
class Card:
    """What a card says.

    Attributes:
        series: Name of the periodical.
        about: What the page belongs to: an issue and its months, a kind of publication.
        value: The number of the page, as it is written; empty where it has none.
        change: What stands beside that number: its change, its colour.
        words: A sentence below.
        foot: Address of the site, and what else belongs to the last line.
        bars: The numbers of an issue.
        counts: How many of what a paper holds.
        colour: Colour of the edge of the card.
        sign: 1 where a higher number is better, -1 where it is worse.
    """

    series: str
    about: str
    title: str
    value: str = ""
    change: str = ""
    words: str = ""
    foot: str = ""
    bars: tuple[Bar, ...] = ()
    counts: tuple[tuple[int, str], ...] = ()
    colour: str = POSITIVE
    sign: int = 1


def picture(card: Card) -> bytes:
    """Draw a card.

    Args:
        card: What it says.

    Returns:
        A PNG file in 16 colours.
    """
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 20, HEIGHT), fill=card.colour)
    draw.text((LEFT, HEAD), cut(card.series, 40), INK, _font(BOLD, 32), "ls")
    draw.text((RIGHT, HEAD), cut(card.about, 40), SOFT, _font(SANS, 32), "rs")
    draw.line((LEFT, HEAD + 22, RIGHT, HEAD + 22), fill=LINE, width=2)
    top = _title(draw, card)
    if card.bars and card.words:
        top = _paragraph(draw, card.words, SANS, range(30, 27, -2), (top - 6, top + 34), SOFT)
    if card.bars:
        _bars(draw, card.bars, top + 8)
    elif card.value:
        top = _number(draw, card, top)
    elif card.counts:
        top = _counts(draw, card.counts, top)
    if card.words and not card.bars:
        _paragraph(draw, card.words, SANS, range(38, 27, -2), (top + 8, FOOT - 10), INK)
    draw.text((LEFT, HEIGHT - 28), cut(card.foot, 74), SOFT, _font(SANS, 28), "ls")
    file = io.BytesIO()
    image.quantize(16, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")  # others take as long as all the rest
    return file.getvalue()


def _title(draw: ImageDraw.ImageDraw, card: Card) -> int:
    """Write the title, as large as it fits; what is left of the height is for the numbers."""
    numbers = bool(card.bars or card.value or card.counts)
    lowest = TOP + (190 if numbers else 250)
    return _paragraph(draw, card.title, SERIF, range(64 if numbers else 78, 35, -4), (TOP, lowest), INK)


def _number(draw: ImageDraw.ImageDraw, card: Card, top: int) -> int:
    """Write the number of the page, and beside it how it moved."""
    font, base = _font(BOLD, 170), top + 150
    colour = hue({"+": 1, "−": -1}[card.value[0]], card.sign) if card.value[0] in "+−" else INK
    draw.text((LEFT - 8, base), card.value, colour, font, "ls")
    beside = int(LEFT + font.getlength(card.value) + 40)
    small = _font(SANS, 40)
    lines = wrapped(card.change, small, RIGHT - beside)[:2]
    for number, line in enumerate(reversed(lines)):
        draw.text((beside, base - 52 * number - 4), line, SOFT, small, "ls")
    return base + 24


def _bars(draw: ImageDraw.ImageDraw, bars: Sequence[Bar], top: int) -> None:
    """Draw the indices of an issue, each with its number."""
    step = (FOOT - 6 - top) / len(bars)
    size = int(min(step * 0.74, 38))
    longest = max(1, *(abs(bar.value) for bar in bars))
    draw.line((AXIS, top, AXIS, FOOT - 6), fill=LINE, width=3)
    for number, bar in enumerate(bars):
        middle, end, half = top + step * (number + 0.5), AXIS + REACH * bar.value / longest, step * 0.34
        draw.text((AXIS - REACH - 92, middle), cut(bar.label, 24), INK, _font(SANS, size), "rm")
        draw.rectangle((min(AXIS, end), middle - half, max(AXIS, end), middle + half), fill=hue(bar.value or 1, bar.sign))
        beside = (end + 14, "lm") if bar.value >= 0 else (end - 14, "rm")
        draw.text((beside[0], middle), signed(bar.value), INK, _font(BOLD, size), beside[1])


def _counts(draw: ImageDraw.ImageDraw, counts: Sequence[tuple[int, str]], top: int) -> int:
    """Write how many of what a paper holds, side by side."""
    step = min(350, (RIGHT - LEFT) // len(counts))
    for column, (number, noun) in enumerate(counts):
        draw.text((LEFT + step * column, top + 104), str(number), POSITIVE, _font(BOLD, 118), "ls")
        draw.text((LEFT + step * column, top + 150), cut(noun, 20), INK, _font(SANS, 34), "ls")
    return top + 170


def _paragraph(draw: ImageDraw.ImageDraw, text: str, face: tuple[str, str], sizes: range, room: tuple[int, int], colour: str) -> int:
    """Write a text in lines, in the largest size in which it fits; in the smallest it loses its end where it must.

    Args:
        face: Package and file of the font.
        sizes: Sizes of its letters, from the largest.
        room: Where it begins, and what it may not go below.

    Returns:
        Where it ends.
    """
    top, lowest = room
    for size in sizes:
        font, leading = _font(face, size), int(size * 1.24)
        lines, most = wrapped(text, font, RIGHT - LEFT), max(1, (lowest - top) // leading)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,;:')} …"]
    for number, line in enumerate(lines):
        draw.text((LEFT, top + leading * number + size), line, colour, font, "ls")
    return top + leading * len(lines) + size // 4


def wrapped(text: str, font: Font, width: float) -> list[str]:
    """A text in lines of at most a width; a word that is wider than a line is broken.

    Args:
        width: Width of a line in dots.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        while font.getlength(word) > width:
            fits = max(1, next((end for end in range(1, len(word)) if font.getlength(word[: end + 1]) > width), len(word)))
            lines, line, word = [*lines, *([line] if line else []), word[:fits]], "", word[fits:]
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > width:
            lines, line = [*lines, line], word
        else:
            line = longer
    return [*lines, line] if line else lines


@cache
def _font(face: tuple[str, str], size: int) -> Font:
    package, name = face
    return ImageFont.truetype(str(files(package) / "files" / name), size, layout_engine=ImageFont.Layout.BASIC)
