"""Headings -> the ids by which links lead to them, from their letters in any script."""

from __future__ import annotations

import re
import unicodedata

from markdown.extensions.toc import slugify


def heading_id(heading: str, separator: str) -> str:
    """Make the id of a heading: `The view of Łódź` -> `the-view-of-łódź`, `Почему?` -> `почему`.

    Letters that are Latin with or without accents become plain ones, as Markdown does by itself. Where that would lose a
    letter, all letters, marks and digits stay as they are, so that the id never comes from the place of the heading.

    Returns:
        The id; empty where the heading has no letter or digit.
    """
    plain = unicodedata.normalize("NFKD", heading)
    if all(letter.isascii() for letter in plain if unicodedata.category(letter)[0] in "LN"):
        return str(slugify(heading, separator))
    whole = unicodedata.normalize("NFC", heading)
    kept = [letter for letter in whole if letter in "_-" or letter.isspace() or unicodedata.category(letter)[0] in "LMN"]
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, "".join(kept).strip().lower())
