"""Scripts of letters: which the fonts of locked packages hold, which run from right to left, which write no spaces (Unicode)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

FONT_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Scripts that the fonts of cards and PDFs hold, by the first word of the Unicode name of a letter."""

UNSPACED = frozenset({"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
"""Scripts that write no space between words, of letters that each stand for a syllable or more."""
FIRST_UNSPACED = "\N{CJK RADICAL REPEAT}"
"""Before it no letter is of them."""


def script(letter: str) -> str:
    """Name the script of a letter: `LATIN`, `ARABIC`, `CJK`; nothing for what is no letter."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def fonts_cover(texts: Iterable[str]) -> bool:
    """Whether the fonts of locked packages hold every letter of some texts; signs that count as letters, such as ª, they do."""
    letters = {letter for text in texts for letter in text if unicodedata.category(letter) in {"Lu", "Ll", "Lt", "Lo"}}
    return {script(letter) for letter in letters} <= {*FONT_SCRIPTS, "FEMININE", "MASCULINE", "MICRO"}


def runs_left(text: str) -> bool:
    """Whether a text has letters that run from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def isolated(text: str) -> str:
    """Set apart a line that runs from right to left, for pictures, whose lines run from left to right.

    Without it the parts between its numbers change places (Unicode Bidirectional Algorithm, 2.4: explicit isolates).

    Returns:
        The line between two characters that nobody sees; any other line as it is.
    """
    return f"\N{RIGHT-TO-LEFT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if runs_left(text) else text


def spaced(text: str) -> str:
    """Put a space between letters of scripts that write none, so that a search finds a word within a sentence.

    Returns:
        The text; `search.js` does the same with what is looked for, which then is a phrase of single letters.
    """
    if max(text, default="") < FIRST_UNSPACED:
        return text
    parts, joined = [], False
    for letter in text:
        own = script(letter) in UNSPACED
        parts.append(f" {letter}" if own and joined else letter)
        joined = own
    return "".join(parts)
