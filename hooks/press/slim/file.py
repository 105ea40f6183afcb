"""The objects of a PDF as a file (ISO 32000-1, 7.5.7 and 7.5.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import md5
from itertools import accumulate, pairwise
from typing import Any

import pydyf

from hooks.press.slim.content import number
from macros.render import packed

REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R(?!\w)")


Place = tuple[int, int, int]
"""How an object is found: 1, its byte, 0; or 2, the bundle that it is in, its place there (table 18)."""


def written(pdf: pydyf.PDF, identifier: bytes) -> bytes:
    """A PDF as a file: all that something leads to, and what is no stream in one bundle.

    pydyf writes what is dead too, and its table of places is a tenth of the file: it does not use the predictor
    that the standard has for such tables.

    Args:
        pdf: The PDF; its streams are packed here.
        identifier: What tells it from other PDFs.

    Returns:
        The bytes.
    """
    if pdf.info.number is None:
        pdf.add_object(pdf.info)
    objects = list(_used(pdf))
    numbers = {one.number: place for place, one in enumerate(objects, 1)}
    loose = [one for one in objects if not isinstance(one, pydyf.Stream)]
    streams = {numbers[one.number]: one for one in objects if isinstance(one, pydyf.Stream)}
    bundle = len(objects) + 1
    streams[bundle] = _bundle({numbers[one.number]: text(one, numbers) for one in loose})
    places: dict[int, Place] = {numbers[one.number]: (2, bundle, place) for place, one in enumerate(loose)}
    file = bytearray(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
    for where, stream in streams.items():
        places[where] = (1, len(file), 0)
        file += _indirect(where, stream, numbers)
    places[bundle + 1] = (1, len(file), 0)
    table = _table(places)
    table.extra |= {
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "ID": pydyf.Array([_hex(identifier), _hex(md5(file).digest())]),
    }
    return bytes(file + _indirect(bundle + 1, table, numbers)) + b"startxref\n%d\n%%%%EOF\n" % len(file)


def _bundle(objects: Mapping[int, bytes]) -> pydyf.Stream:
    """Objects in one stream: the number of each and where it begins, then the objects."""
    begins = accumulate((len(one) + 1 for one in objects.values()), initial=0)
    head = b" ".join(b"%d %d" % pair for pair in zip(objects, begins, strict=False))
    return pydyf.Stream([head, *objects.values()], {"Type": "/ObjStm", "N": len(objects), "First": len(head) + 1})


def _table(places: Mapping[int, Place]) -> pydyf.Stream:
    """The table of places, each row as its difference to the one above."""
    rows = [bytes(6), b"\0\0\0\0\xff\xff"]
    for _, (kind, first, second) in sorted(places.items()):
        rows.append(bytes([kind]) + first.to_bytes(3, "big") + second.to_bytes(2, "big"))
    differences = b"".join(b"\2" + bytes((new - old) % 256 for old, new in zip(*pair, strict=True)) for pair in pairwise(rows))
    parameters = pydyf.Dictionary({"Predictor": 12, "Columns": 6})
    return pydyf.Stream([differences], {"Type": "/XRef", "Size": len(rows) - 1, "W": pydyf.Array([1, 3, 2]), "DecodeParms": parameters})


def _hex(value: bytes) -> bytes:
    return b"<" + value.hex().encode("ascii") + b">"


def _indirect(where: int, stream: pydyf.Stream, numbers: Mapping[int, int]) -> bytes:
    content = b"\n".join(text(one, numbers) if isinstance(one, str | pydyf.Object) else one for one in stream.stream)
    data = packed.zlib(content)
    extra = text({**stream.extra, "Filter": "/FlateDecode", "Length": len(data)}, numbers)
    return b"%d 0 obj\n" % where + extra + b"stream\n" + data + b"\nendstream\nendobj\n"


def _used(pdf: pydyf.PDF) -> Iterator[pydyf.Object]:
    """Everything that the catalogue and the facts lead to, in the order in which it is met."""
    met: set[int] = set()
    waiting = [pdf.info, pdf.catalog]
    while waiting:
        one = waiting.pop()
        if one.number in met:
            continue
        met.add(one.number)
        yield one
        values = one.extra if isinstance(one, pydyf.Stream) else one
        waiting += [pdf.objects[found] for found in reversed(list(references(values)))]


def references(value: Any) -> Iterator[int]:
    """Numbers of the objects that a value names."""
    if isinstance(value, bytes):
        yield from (int(found) for found in REFERENCE.findall(value))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def text(value: Any, numbers: Mapping[int, int]) -> bytes:
    """A value as it stands in a file.

    Args:
        value: The value, whose references are bytes.
        numbers: Number of an object -> its number in the file.

    Returns:
        The bytes.
    """
    if isinstance(value, bytes):
        return REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], value)
    if isinstance(value, Mapping):
        return b"<<" + b"".join(b"/" + key.encode("ascii") + _apart(text(inner, numbers)) for key, inner in value.items()) + b">>"
    if isinstance(value, list):
        return b"[" + b"".join(_apart(text(inner, numbers)) for inner in value).strip() + b"]"
    if isinstance(value, float):
        return number(value, 3)
    return bytes(value.data) if isinstance(value, pydyf.Object) else str(value).encode("ascii")


def _apart(written: bytes) -> bytes:
    return written if written[:1] in b"/([<" else b" " + written
