"""The fonts of a PDF: read, and told which byte stands for which of their glyphs (ISO 32000-1, 9.7.5 and 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydyf

from hooks.press.slim.text import Face

SYSTEM = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
HEAD = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


def faces(pdf: pydyf.PDF, fonts: Mapping[str, bytes]) -> dict[bytes, Face]:
    """The fonts of a PDF.

    Args:
        pdf: The PDF.
        fonts: Name of each font -> where it stands.

    Returns:
        Name of each font -> the font.
    """
    return {name.encode("ascii"): _face(pdf, at(pdf, reference)) for name, reference in fonts.items()}


def at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """What a reference leads to."""
    return pdf.objects[int(reference.split()[0])]


def _face(pdf: pydyf.PDF, font: pydyf.Dictionary) -> Face:
    runs = at(pdf, font["DescendantFonts"][0])["W"]
    widths = {first + place: width for first, run in zip(runs[::2], runs[1::2], strict=True) for place, width in enumerate(run)}
    said = re.findall(rb"^<(\w{4})> <(\w*)>$", b"\n".join(at(pdf, font["ToUnicode"]).stream), re.MULTILINE)
    letters = {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in said}
    face = Face(widths, letters)
    if font["Encoding"] != "/Identity-H":
        face.codes.clear()  # some letter is in no font: WeasyPrint has its own table then
    return face


def encode(pdf: pydyf.PDF, font: pydyf.Dictionary, face: Face) -> None:
    """Tell a font which byte stands for which glyph, and what that byte says.

    Args:
        pdf: The PDF.
        font: The font, changed.
        face: The same font, as read.
    """
    if not face.codes:
        return
    glyphs = {code: str(glyph) for glyph, code in sorted(face.codes.items(), key=lambda one: one[1])}
    texts = {
        code: f"<{face.letters[glyph].encode('utf-16-be').hex()}>" for glyph, code in sorted(face.codes.items(), key=lambda one: one[1])
    }
    described = {"Type": "/CMap", "CMapName": "/Press", "CIDSystemInfo": pydyf.Dictionary(SYSTEM)}
    encoding = pydyf.Stream(_table("Press", "Identity", 1, "cid", glyphs), described)
    pdf.add_object(encoding)
    font["Encoding"] = encoding.reference
    at(pdf, font["ToUnicode"]).stream[:] = _table("Adobe-Identity-UCS", "UCS", 2, "bf", texts)


def _table(name: str, ordering: str, kind: int, entry: str, values: Mapping[int, str]) -> list[bytes]:
    system = f"/CIDSystemInfo <</Registry (Adobe)/Ordering ({ordering})/Supplement 0>> def"
    lines = [HEAD, system, f"/CMapName /{name} def", f"/CMapType {kind} def", "1 begincodespacerange <00> <ff> endcodespacerange"]
    rows = [f"<{code:02x}> {value}" for code, value in values.items()]
    for some in (rows[place : place + 100] for place in range(0, len(rows), 100)):  # no more than 100 are allowed at once
        lines += [f"{len(some)} begin{entry}char", *some, f"end{entry}char"]
    return [line.encode("ascii") for line in (*lines, TAIL)]
