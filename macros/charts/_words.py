"""Texts of charts: cut where they are long, sentences one after another."""

from __future__ import annotations


def cut(text: str, letters: int) -> str:
    """Text of at most so many characters; what is longer ends in `…`, and stands in full in the table beside the picture."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def sentences(*parts: str) -> str:
    """Sentences one after another, without those that are empty."""
    return " ".join(filter(None, parts))
