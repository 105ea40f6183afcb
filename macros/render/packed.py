"""Bytes in few bytes: files that every edition carries anew are packed as tightly as their readers can unpack."""

from __future__ import annotations

import struct

import deflate
from PIL import Image

TIGHT = 12
"""The highest level of libdeflate, which looks for the shortest way to say all of it."""
PICTURE = 11
"""Its level for dots that stay for ever: the highest one takes twice as long for a twenty-fifth of the size."""
LIVING = 9
"""Its level for what the next issue makes anew: a tenth of the time for some hundredths of the size."""


def gzip(content: bytes, level: int = TIGHT) -> bytes:
    """A file as browsers unpack it, without a clock in it."""
    return bytes(deflate.gzip_compress(content, level))


def zlib(content: bytes) -> bytes:
    """A stream within another file, such as a PDF."""
    return bytes(deflate.zlib_compress(content, TIGHT))


def png(dots: Image.Image, level: int = PICTURE) -> bytes:
    """A picture of few colours, one byte for each dot before packing: fewer pack worse, because repeats are harder to see.

    Args:
        dots: The picture, with a palette.
        level: How hard to look for few bytes.

    Returns:
        A PNG file.
    """
    width, height = dots.size
    content = dots.tobytes()
    lines = b"".join(b"\0" + content[width * line : width * (line + 1)] for line in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits for each dot, colours from a palette
    colours, packed = bytes(dots.getpalette() or ()), bytes(deflate.zlib_compress(lines, level))
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, part) for kind, part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", deflate.crc32(kind + content))
