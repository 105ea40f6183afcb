"""The calendar of planned issues (iCalendar, RFC 5545), for programs that remind people of days."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from macros.book import Book
from macros.model import Coming

LONGEST = 75
"""How many bytes a line may have (RFC 5545, 3.1)."""


def calendar(book: Book, newest: str) -> bytes:
    """Write the calendar, with one event of a whole day for each planned issue.

    Args:
        newest: The day of the newest edition, which stands for the moment of writing: no clock is asked.
    """
    series = book.series
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(series.imprint.name)}//{_text(series.title)}//{series.language.upper()}"]
    lines += [f"X-WR-CALNAME:{_text(series.title)}", *(line for issue in book.coming for line in _event(book, issue, newest))]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(book: Book, issue: Coming, newest: str) -> list[str]:
    series = book.series
    return [
        "BEGIN:VEVENT",
        f"UID:issue-{issue.number}@{urlsplit(series.site).netloc}",
        f"DTSTAMP:{newest.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{issue.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{issue.date + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{series.title}: № {issue.number}, {issue.title}')}",
        f"URL:{series.site}issues/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """A text with what separates others escaped (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in parts of at most 75 bytes, of which none ends within a letter."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST:
            parts, size = [*parts, ""], 1  # the space at its beginning
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)
