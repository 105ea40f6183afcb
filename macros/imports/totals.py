"""Rows that sum up the rows above them."""

from __future__ import annotations

import re

TOTAL = re.compile(
    r"(?:(?:grand |sub-?|in )?total|overall|sum|balance of points|(?:под)?итог[ои]?|всего|сумма|усяго|разам|усього|разом)\b", re.IGNORECASE
)


def is_total(text: str) -> bool:
    """Whether a row begins as a total does: the word, then at most two more words and numbers."""
    match = TOTAL.match(text.strip())
    return match is not None and len(re.findall(r"[^\W\d]+", text[match.end() :])) <= 2
