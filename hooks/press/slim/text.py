"""The texts of a page: a line in one operation, and each letter in one byte where a font has no more than 250 of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from hooks.press.slim.content import NotUnderstoodError, Operation, number

Shown = tuple[int | float, ...]
"""What an operation shows: numbers of glyphs and, between them, as floats, thousandths of the size to go back."""

ENDS = " \u00a0-\u2010\u2011\u2013\u2014"
"""What a line may be broken behind without a space being lost."""

SEEN = 4
"""Thousandths of the size by which a letter of a chart may stand elsewhere: a twentieth of a pixel."""


@dataclass
class Face:
    """A font, and what is used of it.

    Attributes:
        widths: Glyph -> its width in thousandths of the size.
        letters: Glyph -> what it says.
        codes: Glyph -> the byte that stands for it; empty where there are too many, and two bytes do.
    """

    widths: Mapping[int, float]
    letters: Mapping[int, str]
    codes: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        taken: dict[int, int] = {}
        for glyph, text in self.letters.items():
            if len(text) == 1 and " " <= text <= "~":
                taken.setdefault(ord(text), glyph)  # a page then reads like its text, which packs well
        own = {glyph: code for code, glyph in taken.items()}
        free = [code for code in (*range(128, 256), *range(32)) if code not in taken]
        others = [glyph for glyph in self.letters if glyph not in own]
        self.codes = own | dict(zip(others, free, strict=False)) if len(others) <= len(free) else {}


@lru_cache(maxsize=50_000)  # most texts are read for lines, and once more to be spelled
def shown(operands: bytes) -> Shown:
    """What an operation shows, read; adjustments of nothing are left out."""
    found: list[int | float] = []
    for glyphs, space in re.findall(rb"<([0-9a-f]*)>|(-?[0-9.]+)", operands):
        found += [int(glyphs[place : place + 4], 16) for place in range(0, len(glyphs), 4)]
        found += [float(space)] if space and round(float(space)) else []
    return tuple(found)


def width(what: Shown, face: Face) -> float:
    """How far the pen goes, in thousandths of the size."""
    return sum(face.widths[one] if isinstance(one, int) else -one for one in what)


def lines(content: Iterable[Operation], faces: Mapping[bytes, Face]) -> list[Operation]:
    """Join texts that begin where the pen is: WeasyPrint places each letter of a chart for itself.

    Args:
        content: Operations.
        faces: Name of each font -> the font.

    Returns:
        The operations, with each line in one.
    """
    found: list[Operation] = []
    joined: dict[int, Shown] = {}
    line = Line()
    for one in content:
        if one.operator in {b"BT", b"Tf"}:
            line = Line(faces.get(one.operands.split(b" ")[0][1:]), float((one.operands.split(b" ") or [b"0"])[-1] or 0))
        elif one.operator == b"TJ":
            what = shown(one.operands)
            if [two.operator for two in found[-2:]] == [b"TJ", b"Tm"] and line.takes(found[-1], what):
                found.pop()
                joined[len(found) - 1] = line.what
                continue
            line.begin(next(two for two in reversed(found) if two.operator == b"Tm"), what)
        found.append(one)
    for place, what in joined.items():
        found[place] = Operation(hexed(what), b"TJ")
    return found


@dataclass
class Line:
    """Texts in one font that follow each other.

    Attributes:
        face: The font; none is known at the beginning of a text.
        size: Its size.
        start: Where it begins, if it is not turned.
        what: What it shows.
    """

    face: Face | None = None
    size: float = 0
    start: tuple[float, float] | None = None
    what: Shown = ()

    def begin(self, matrix: Operation, what: Shown) -> None:
        """Begin anew at a place."""
        self.start, self.what = _place(matrix), what

    def takes(self, matrix: Operation, what: Shown) -> bool:
        """Put a text at the end, if it begins there."""
        place = _place(matrix)
        if not (self.face and self.size and self.start and place and place[1] == self.start[1]):
            return False
        gap = (place[0] - self.start[0]) * 1000 / self.size - width(self.what, self.face)
        if abs(gap) < 500:
            self.what += (*([-gap] if abs(gap) > SEEN else []), *what)
        return abs(gap) < 500


def _place(matrix: Operation) -> tuple[float, float] | None:
    """Where text that is not turned stands."""
    found = re.fullmatch(rb"1 0 0 -1 (\S+) (\S+)", matrix.operands)
    return (float(found[1]), float(found[2])) if found else None


def fonts_of(content: Iterable[Operation], faces: Mapping[bytes, Face]) -> Iterator[tuple[Operation, Face | None]]:
    """Operations, each with the font that holds when it is done.

    Args:
        content: Operations.
        faces: Name of each font -> the font.

    Yields:
        Operation and font.
    """
    fonts: list[Face | None] = [None]
    for one in content:
        if one.operator == b"q":
            fonts.append(fonts[-1])
        elif one.operator == b"Q":
            fonts.pop()
        elif one.operator == b"Tf":
            fonts[-1] = faces[one.operands.split(b" ")[0][1:]]
        yield one, fonts[-1]


def with_space(one: Operation, face: Face) -> Operation:
    """A text with a space at its end, if it may end with a word: an address may be broken anywhere.

    Args:
        one: The operation that shows the text.
        face: Its font.

    Returns:
        The operation.
    """
    what = shown(one.operands)
    text = "".join(face.letters.get(glyph, "") for glyph in what if isinstance(glyph, int))
    space = next((glyph for glyph, letter in face.letters.items() if letter == " "), None)
    unsure = not text or text[-1] in ENDS or set("/@") & set(text.split(" ")[-1])
    return one if unsure or space is None else Operation(hexed((*what, space)), b"TJ")


def hexed(what: Shown) -> bytes:
    """What an operation shows, as WeasyPrint writes it."""
    return b"[" + b"".join(b"<%04x>" % one if isinstance(one, int) else number(one, 2) for one in what) + b"]"


def spelled(content: Iterable[Operation], faces: Mapping[bytes, Face]) -> Iterator[Operation]:
    """Write texts in the bytes of their fonts, with spaces between letters in whole thousandths.

    Args:
        content: Operations.
        faces: Name of each font -> the font.

    Yields:
        The operations.
    """
    for one, face in fonts_of(content, faces):
        if one.operator != b"TJ":
            yield one
        elif face is None:
            raise NotUnderstoodError("a text in no font")
        else:
            pieces = list(_pieces(shown(one.operands), face))
            alone = len(pieces) == 1 and pieces[0][:1] in {b"(", b"<"}
            yield Operation(pieces[0], b"Tj") if alone else Operation(b"[" + b"".join(pieces) + b"]", b"TJ")


def _pieces(what: Shown, face: Face) -> Iterator[bytes]:
    letters: list[int] = []
    rest = 0.0
    for one in [*what, None]:
        if isinstance(one, int):
            letters.append(one)
            continue
        if letters:
            yield _string(letters, face)
            letters = []
        if one is not None:
            rest += one
            yield number(rest, 0)
            rest -= round(rest)


def _string(glyphs: list[int], face: Face) -> bytes:
    if not face.codes:
        return b"<" + b"".join(b"%04x" % one for one in glyphs) + b">"
    if strange := set(glyphs) - set(face.codes):
        raise NotUnderstoodError(f"glyphs without a letter: {sorted(strange)}")
    text = bytes(face.codes[one] for one in glyphs)
    return b"(" + re.sub(rb"[\\()]", rb"\\\g<0>", text).replace(b"\r", rb"\r") + b")"
