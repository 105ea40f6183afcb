"""Dates as people and spreadsheets write them -> the subset of macros/dates.py, where they have one reading."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

WRITTEN = (
    ("%d.%m.%Y", "%Y-%m-%d"),
    ("%d.%m.%y", "%Y-%m-%d"),
    ("%Y/%m/%d", "%Y-%m-%d"),
    ("%d %B %Y", "%Y-%m-%d"),
    ("%d %b %Y", "%Y-%m-%d"),
    ("%d-%b-%Y", "%Y-%m-%d"),
    ("%d-%b-%y", "%Y-%m-%d"),
    ("%B %d, %Y", "%Y-%m-%d"),
    ("%B %Y", "%Y-%m"),
    ("%b %Y", "%Y-%m"),
    ("%b-%y", "%Y-%m"),
    ("%m.%Y", "%Y-%m"),
    ("%d/%m/%Y", "%Y-%m-%d"),
)
"""How dates are written that have one reading, and the same in the subset."""
SERIAL = re.compile(r"[2-6]\d{4}")
"""A day as spreadsheets count it: from 1954 to 2091."""


def likely(text: str) -> str:
    """The date that somebody meant who wrote it as people or spreadsheets do; nothing where that is not sure."""
    if SERIAL.fullmatch(text):
        return (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    slashed = re.fullmatch(r"(\d+)/(\d+)/\d{4}", text)
    if slashed and int(slashed[1]) <= 12 and slashed[1] != slashed[2]:  # day and month, or month and day
        return ""
    for form, wanted in WRITTEN:
        try:
            return datetime.strptime(text.strip(), form).strftime(wanted)
        except ValueError:
            continue
    return ""
