"""A table that was pasted as text, out of a PDF: lines -> the rows of a sheet.

A row begins with a date, which may stand on a line of its own or on two, goes on for as many lines as its words
need, and ends with its scores. Pages break it, with page numbers and a second header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.imports.cells import MINUS, joined, score
from macros.imports.columns import Header
from macros.imports.doubts import LEFT, Doubts, Position
from macros.imports.lists import Lists
from macros.imports.sheets import Sheet
from macros.imports.tables import SCORED
from macros.problems import DataError, Problem

NUMBER = r"[-+−–‒—‐‑－＋]?\s?\d{1,3}"
LOOSE = "stands between the rows and has neither a date nor a score"


@dataclass
class _Row:
    """A row that is being read."""

    line: int
    date: str
    parts: list[str] = field(default_factory=list)
    scores: list[str] = field(default_factory=list)
    broken: bool = False


def read(name: str, text: str, lists: Lists, doubts: Doubts) -> Sheet:
    """Read pasted text.

    Args:
        name: The file, for findings.

    Returns:
        A sheet with a row for each header, heading, event and total, numbered by its line.
    """
    return _Reader(name, text, lists, doubts).sheet()


class _Reader:
    """Reads line after line; what is open is the row that has not had all its scores."""

    def __init__(self, name: str, text: str, lists: Lists, doubts: Doubts) -> None:
        self.name, self.lists, self.doubts = name, lists, doubts
        self.lines = [(number, " ".join(line.split())) for number, line in enumerate(re.split(r"\r\n|[\n\r]", text), 1) if line.strip()]
        self.signed = re.search(r"(?:^|\s)[+＋]\s?\d{1,3}\s*$", text, re.MULTILINE) is not None
        self.month_first = not any(lists.dates.patterns.day_first.match(line) for _, line in self.lines)
        self.header: Header | None = None
        self.width = 0
        self.row: _Row | None = None
        self.inside = False
        self.rows: list[tuple[int, tuple[str, ...]]] = []
        self.loose: list[tuple[int, str, str]] = []

    def sheet(self) -> Sheet:
        lines = iter(list(enumerate(self.lines)))
        for index, (number, line) in lines:
            if length := self._header(index, number):
                for _ in range(length - 1):
                    next(lines)
            else:
                self._line(number, line)
        self._close()
        return Sheet(self.name, "", tuple(self.rows), {}, tuple(self.loose))

    def _header(self, index: int, number: int) -> int:
        """How many lines from here on name columns; their header then stands in the rows."""
        names: list[str] = []
        length = 0
        for _, line in self.lines[index : index + 8]:
            longer = self.lists.columns.in_line(" ".join([*names, line]))
            if not longer:
                break
            names, length = longer, length + 1
        header = self.lists.columns.header(names, self.lists.publication.kind) if names else None
        if header is None or not {"date", "event"} <= header.positions.keys():
            return 0
        if other := sorted({*header.positions} - {"date", "event", *SCORED}) + list(header.twice):
            wrong = "cannot be told apart in pasted text; it may have a date, an event and scores; bring this table in as a spreadsheet"
            raise DataError([Problem(self.name, number, other[0], wrong)])
        if self.row and self.row.parts:
            self.row.broken = True
        self.header, self.width, self.inside = header, len(names), True
        self.rows.append((number, tuple(names)))
        return length

    @property
    def scored(self) -> list[str]:
        positions = self.header.positions if self.header else {}
        return sorted((column for column in SCORED if column in positions), key=lambda column: positions[column])

    def _line(self, number: int, line: str) -> None:
        if self.row and not self.row.date and self.lists.is_total(self.row.parts[0]):
            if re.fullmatch(rf"{NUMBER}(?:\s+{NUMBER})*", line) and self._scores(line):
                return
            self._close()
        unfinished = self.row is not None and bool(self.row.parts)
        if self.header and self.lists.is_total(line):
            self._close()
            self.row, self.inside = _Row(number, "", [line.split()[0]]), False
            if match := re.search(rf"(?:\s{NUMBER})+$", line):
                self._scores(match[0].strip())
        elif self.lists.heading(line, bare=not unfinished) or (not unfinished and self.lists.is_heading(line)):
            self._close()
            self.rows.append((number, (line,)))
            self.inside = self.header is not None
        elif self.inside or self._resumes(line):
            self.inside = True
            self._words(number, line)
        elif self.header and self.lists.dates.beginning(line, self.month_first)[0]:
            self.loose.append((number, line, "stands after a total, and its date is not one of the period"))

    def _resumes(self, line: str) -> bool:
        """Whether a line after a total is a row again: it begins with a date of the period, or ends with scores that have a sign."""
        date, _ = self.lists.dates.beginning(line, self.month_first)
        dated = bool(date) and any(map(self.lists.dates.touches, self.lists.dates.readings(date)))
        return self.header is not None and (dated or re.search(r"\s[-+−–]\d{1,2}$", line) is not None)

    def _words(self, number: int, line: str) -> None:
        date, rest = self.lists.dates.beginning(line, self.month_first)
        row = self.row
        if row and row.date and not row.parts:
            longer, rest_of_both = self.lists.dates.beginning(f"{row.date} {line}", self.month_first)
            if len(longer) > len(row.date) + 1:
                row.date, rest, date = longer, rest_of_both, ""
            elif date:
                self._close()
            self._begin(number, date, line, rest if date or longer == row.date else line)
        elif date and self.inside and self._is_new(number, line, date):
            self._close()
            self._begin(number, date, line, rest)
        else:
            self._begin(number, "", line, line)

    def _begin(self, number: int, date: str, line: str, words: str) -> None:
        if date:
            self.row = _Row(number, date if words else line)
        if self.row is None and self.inside:
            self._dateless(number, words)
        elif words and not self._scores(words) and self.row:
            self.row.parts.append(words)

    def _is_new(self, number: int, line: str, date: str) -> bool:
        """Whether a line that begins with a date begins a row: it does not where the words of a row before go on with a date."""
        if not (self.row and self.row.parts and self.row.date):
            return True
        if not any(map(self.lists.dates.touches, self.lists.dates.readings(date))):
            return False
        question = "This line begins with a date, and the row before it has had no score: does a new row begin here, or do its words go on?"
        position = Position(self.name, "", number)
        return self.doubts.ask(f"line/{number} {line}", position, "row", line, question, ("new-row", "goes-on")) == "new-row"

    def _scores(self, words: str) -> bool:
        """Take the scores with which a line ends; whether it had any."""
        needed = len(self.scored)
        taken = len(self.row.scores) if self.row else 0
        for count in range(needed - taken, 0, -1):
            match = re.search(rf"(?:^|\s)({NUMBER}(?:\s+{NUMBER}){{{count - 1}}})$", words)
            if not match:
                continue
            numbers = [number[0].strip() for number in re.finditer(rf"{NUMBER}(?!\d)", match[1])]
            whole = count == needed or not words[: match.start()].strip()  # a part of the scores stands on a line of its own
            if whole and len(numbers) == count and all(map(self._is_score, numbers)):
                if self.row is not None:
                    if rest := words[: match.start()].strip():
                        self.row.parts.append(rest)
                    self.row.scores += numbers
                    if len(self.row.scores) == needed:
                        self._close()
                return True
        return False

    def _is_score(self, number: str) -> bool:
        """Where plus signs are written, a number without a sign is one of the event's words, but for zero."""
        (value, *_) = score(number)
        bare = number.translate(MINUS)[0].isdigit()
        scale = self.lists.scale(self.scored[0])
        return not bare or value == 0 or (not self.signed and scale is not None and scale.lowest <= value <= scale.highest)

    def _dateless(self, number: int, words: str) -> None:
        """A line between rows: a row whose date stands above it where it ends with scores, and else no row."""
        self.row = _Row(number, "")
        if re.fullmatch(NUMBER, words) or not self._scores(words):
            self.loose.append((number, words, LOOSE))
            self.row = None

    def _close(self) -> None:
        row, self.row = self.row, None
        if row is None:
            return
        event = joined(row.parts)
        if row.broken and row.scores:
            question = "A page ends within this row: are these the words of its event and nothing else?"
            position = Position(self.name, "", row.line)
            if self.doubts.ask(f"page-break/{row.line} {event}", position, "event", event, question, ("yes",)) == LEFT:
                self.loose.append((row.line, f"{row.date} {event} {' '.join(row.scores)}", "left out by an answer"))
                return
        if not event:
            self.loose.append((row.line, f"{row.date} {' '.join(row.scores)}".strip(), "has no event"))
            return
        self.rows.append((row.line, tuple(self._cells(row, event))))

    def _cells(self, row: _Row, event: str) -> Iterator[str]:
        positions = self.header.positions if self.header else {}
        given = {"date": row.date, "event": event, **dict(zip(self.scored, row.scores, strict=False))}
        at = {position: given.get(column, "") for column, position in positions.items()}
        if self.lists.is_total(event) and not row.date:
            at |= {positions.get("date", 0): event, positions["event"]: ""}
        yield from (at.get(position, "") for position in range(self.width))
