"""What joins the content of a page to its tags: marked pieces, numbered on each page (ISO 32000-1, 14.6 and 14.7.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hooks.press.slim.content import NotUnderstoodError, Operation
from hooks.press.slim.tags import Element, Mark
from hooks.press.slim.text import Face, fonts_of, with_space

INLINE = {"/Link", "/Span", "/NonStruct"}
"""Elements that stand in a line, between words."""

MIDDLE = 560
"""Half of a page, in its units: heads of pages stand above, feet below."""

DECORATION = Operation(b"/Artifact", b"BMC")
END = Operation(b"", b"EMC")


@dataclass
class Place:
    """Where a marked piece belongs.

    Attributes:
        mark: The piece.
        owner: The tag that it is in.
        block: The nearest tag around it that stands for itself, such as a paragraph.
        before: Number of the piece that comes before it in the same tag, with nothing between them.
    """

    mark: Mark
    owner: Element
    block: Element
    before: int | None


def places(element: Element, block: Element | None = None) -> dict[tuple[bytes, int], Place]:
    """Page and number of each marked piece in a tag -> where it belongs.

    Args:
        element: The tag.
        block: The nearest tag around it that stands for itself.

    Returns:
        The places.
    """
    block = block if block and element.kind in INLINE else element
    found: dict[tuple[bytes, int], Place] = {}
    for before, kid in zip([None, *element.kids], element.kids, strict=False):
        if isinstance(kid, Element):
            found |= places(kid, block)
        elif isinstance(kid, Mark):
            follows = before.number if isinstance(before, Mark) and before.page == kid.page else None
            found[kid.page, kid.number] = Place(kid, element, block, follows)
    return found


def marked(page: bytes, content: list[Operation], known: Mapping[tuple[bytes, int], Place]) -> list[Operation]:
    """Join pieces that follow each other in the same tag, and number them anew; what is in no tag is decoration.

    Args:
        page: The page.
        content: Operations.
        known: Where each marked piece belongs; tags lose the pieces that are joined to others.

    Returns:
        The operations.
    """
    found: list[Operation] = []
    last, count = None, 0
    for position, one in enumerate(content):
        if one.operator == b"BDC":
            number = _number(one)
            place = known.get((page, number))
            if place and found and found[-1] == END and last is not None and place.before == last:
                found.pop()
                place.owner.kids = [kid for kid in place.owner.kids if kid is not place.mark]
            elif place:
                place.mark.number = count
                found.append(Operation(one.operands.split(b" ")[0] + b"<</MCID %d>>" % count, b"BDC"))
                count += 1
            else:
                found.append(_margin(content[position:]))
            last = number if place else None
        elif (one == END and found[-1] == DECORATION) or (one == DECORATION and _decorated(found)):
            found.pop()
        else:
            found.append(one)
        last = None if one == DECORATION else last
    return found


def spaced(page: bytes, content: list[Operation], known: Mapping[tuple[bytes, int], Place], faces: Mapping[bytes, Face]) -> list[Operation]:
    """End lines with a space where the text goes on: words are told apart by characters, not by places (14.8.2.5).

    Args:
        page: The page.
        content: Operations.
        known: Where each marked piece belongs.
        faces: Name of each font -> the font.

    Returns:
        The operations.
    """
    found: list[Operation] = []
    block, last, position = None, None, (0.0, 0.0)
    for one, face in fonts_of(content, faces):
        if one.operator == b"BDC":
            place = known.get((page, _number(one)))
            block = place.block if place and place.block.kind != "/Figure" else None
        elif one.operator == b"Tm":
            across, down = one.operands.split(b" ")[-2:]
            position = float(across), float(down)
        elif one.operator == b"TJ":
            if last and block and last[1] is block and position[1] > last[2][1] + 1 and position[0] <= last[2][0]:
                found[last[0]] = with_space(found[last[0]], last[3])
            last = (len(found), block, position, face) if face else None
        found.append(one)
    return found


def _number(one: Operation) -> int:
    found = re.fullmatch(rb"/\w+ ?<</MCID (\d+)>>", one.operands)
    if not found:
        raise NotUnderstoodError(f"a mark: {one.operands!r}")
    return int(found[1])


def _decorated(content: list[Operation]) -> bool:
    """Whether decoration has just ended, so that more of it may join."""
    begun = next((one for one in reversed(content) if one.operator in {b"BMC", b"BDC"}), None)
    return begun == DECORATION and content[-1] == END


def _margin(content: list[Operation]) -> Operation:
    """The beginning of a head or foot of a page: no part of the text, and PDF/UA wants it called so (7.8)."""
    below = next((float(one.operands.split(b" ")[-1]) > MIDDLE for one in content if one.operator == b"Tm"), False)
    return Operation(b"/Artifact<</Type/Pagination/Subtype/%s>>" % (b"Footer" if below else b"Header"), b"BDC")
