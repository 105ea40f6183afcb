"""What a page draws, as operations in order: the same picture in fewer and shorter ones.

Operators and what they do are those of ISO 32000-1, annex A. WeasyPrint hands over one operation for each piece of
bytes; pieces that are no bytes are operands of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pydyf

PARAMETERS = {b"w", b"d", b"J", b"j", b"M", b"Tr", b"Tf", b"Ts", b"rg", b"RG"}
"""Operators that set one thing each, which then holds until it is set anew or an earlier state comes back."""

PATHS = {b"m", b"l", b"c", b"v", b"y", b"re", b"h", b"S", b"s", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*"}
KNOWN = PARAMETERS | PATHS | {b"q", b"Q", b"cm", b"gs", b"BT", b"ET", b"Tm", b"TJ", b"BDC", b"BMC", b"EMC", b"Do"}
"""What is understood here."""

AT_FIRST = {
    b"w": b"1",
    b"d": b"[] 0",
    b"J": b"0",
    b"j": b"0",
    b"M": b"10",
    b"Tr": b"0",
    b"rg": b"0 0 0",
    b"RG": b"0 0 0",
    b"ca": b"1",
    b"CA": b"1",
}
"""What holds when a page begins (tables 52 and 53 of the standard)."""

PLACES = dict.fromkeys([*PATHS, b"Tm"], 2) | dict.fromkeys([b"w", b"d", b"Tf", b"rg", b"RG"], 3) | {b"cm": 6}
"""Decimals that are kept: a unit is 1/96 inch, a colour has 256 steps, and a transformation multiplies what follows."""


class NotUnderstoodError(Exception):
    """The PDF is not of the form that WeasyPrint is known to make: it has to stay as it is."""


class Operation(NamedTuple):
    """One instruction of a page.

    Attributes:
        operands: What stands before the operator.
        operator: What is done.
    """

    operands: bytes
    operator: bytes


SAVE, RESTORE = Operation(b"", b"q"), Operation(b"", b"Q")


def operations(pieces: Iterable[object]) -> list[Operation]:
    """The content of a stream of WeasyPrint, read."""
    found: list[Operation] = []
    before: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            operands, _, operator = piece.rpartition(b" ")
            found.append(Operation(b" ".join(filter(None, [*before, operands])), operator))
            before = []
        else:
            before.append(piece.data if isinstance(piece, pydyf.Object) else str(piece).encode("ascii"))
    if unknown := {one.operator for one in found} - KNOWN:
        raise NotUnderstoodError(f"operators {sorted(unknown)}")
    return found


def written(content: Iterable[Operation]) -> bytes:
    """Operations as the content of a stream."""
    return b"\n".join(one.operands + b" " + one.operator if one.operands else one.operator for one in content)


def spread(content: Iterable[Operation], groups: Mapping[bytes, list[Operation]]) -> Iterator[Operation]:
    """Put the operations of a group where it is drawn.

    WeasyPrint makes a group of each text of a chart that is not aligned at its beginning. Where all is opaque, the
    group and its operations give the same picture.

    Args:
        content: Operations.
        groups: Name of each group that is opaque in itself -> its operations.

    Yields:
        The operations; groups that are drawn in something else than opaque ink stay groups.
    """
    opaque = [True]
    for one in content:
        if one.operator == b"q":
            opaque.append(opaque[-1])
        elif one.operator == b"Q":
            opaque.pop()
        elif one.operator == b"gs":
            opaque[-1] = opaque[-1] and opacity(one)[1] == b"1"
        if one.operator == b"Do" and opaque[-1] and one.operands[1:] in groups:
            yield from (SAVE, *groups[one.operands[1:]], RESTORE)
        else:
            yield one


def opacity(one: Operation) -> tuple[bytes, bytes]:
    """Which opacity an operation sets, and to what, by the names that WeasyPrint gives to such states."""
    found = re.fullmatch(rb"/([aA])(\d(?:\.\d+)?)", one.operands)
    return (b"ca" if found[1] == b"a" else b"CA", number(float(found[2]), 3)) if found else (b"", b"")


def rounded(content: Iterable[Operation]) -> Iterator[Operation]:
    """Numbers with as many decimals as can be seen."""
    for one in content:
        places = PLACES.get(one.operator)
        yield one if places is None else Operation(shorter(one.operands, places), one.operator)


def shorter(text: bytes, places: int) -> bytes:
    """A text whose numbers have at most some decimals, and no zeros at their end."""
    return re.sub(rb"-?\d*\.\d+", lambda found: number(float(found[0]), places), text)


def number(value: float, places: int) -> bytes:
    """A number with at most some decimals."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return b"0" if text == "-0" else text.encode("ascii")


def steady(content: Iterable[Operation], first: Mapping[bytes, bytes]) -> Iterator[Operation]:
    """Leave out what sets something to what it is already.

    Args:
        content: Operations.
        first: What holds before them: operator, or kind of opacity -> operands.

    Yields:
        The other operations.
    """
    states = [dict(first)]
    for one in content:
        if one.operator == b"q":
            states.append(dict(states[-1]))
        elif one.operator == b"Q":
            states.pop()
        elif one.operator in PARAMETERS or (one.operator == b"gs" and opacity(one)[0]):
            name, value = opacity(one) if one.operator == b"gs" else (one.operator, one.operands)
            if states[-1].get(name) == value:
                continue
            states[-1][name] = value
        yield one


def unnested(content: list[Operation]) -> list[Operation]:
    """Keep and bring back the state once where it is done twice around the same operations, and not around nothing."""
    partner, open_ = {}, []
    for place, one in enumerate(content):
        if one.operator == b"q":
            open_.append(place)
        elif one.operator == b"Q":
            partner[open_.pop()] = place
    spare: set[int] = set()
    for begin, end in partner.items():
        if end == begin + 1 or partner.get(begin + 1) == end - 1:
            spare |= {begin, end}
    return [one for place, one in enumerate(content) if place not in spare]
