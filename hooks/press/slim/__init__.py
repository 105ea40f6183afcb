"""A PDF of WeasyPrint in fewer bytes: the same pages, words, links and tags.

What is left out says nothing to anybody: tags that mean nothing, operations that change nothing, digits that cannot be
seen, objects that nothing leads to. Where a PDF is not as expected, `NotUnderstoodError` says so.
"""

from __future__ import annotations

from collections.abc import Mapping

import pydyf

from hooks.press.slim.content import AT_FIRST, NotUnderstoodError, Operation, operations, rounded, spread, steady, unnested, written
from hooks.press.slim.fonts import at, encode, faces
from hooks.press.slim.marks import Place, marked, places, spaced
from hooks.press.slim.tags import Annotation, read, scope, trim, write
from hooks.press.slim.text import Face, lines, spelled

__all__ = ["NotUnderstoodError", "slim"]


def slim(pdf: pydyf.PDF) -> None:
    """Make a PDF smaller.

    Args:
        pdf: The PDF, as WeasyPrint hands it to a finisher; changed.

    Raises:
        NotUnderstoodError: It is not as expected, and now of no use.
    """
    try:
        _slim(pdf)
    except LookupError as error:
        raise NotUnderstoodError(f"something is not where it is expected: {error!r}") from error


def _slim(pdf: pydyf.PDF) -> None:
    pdf.pages["Kids"] = pydyf.Array(pdf.page_references)
    pages = {reference: at(pdf, reference) for reference in pdf.pages["Kids"]}
    resources = at(pdf, next(iter(pages.values()))["Resources"])
    used = faces(pdf, at(pdf, resources["Font"]))
    groups = _groups(pdf, resources)
    document = read(pdf)
    spare = trim(document)
    for table in [one for one in document.below if one.kind == "/Table"]:
        scope(table)
    known = places(document)
    for reference, page in pages.items():
        stream = at(pdf, page["Contents"])
        stream.stream = [_drawn(reference, operations(stream.stream), groups, known, used)]
    write(pdf, document)
    for name, reference in at(pdf, resources["Font"]).items():
        encode(pdf, at(pdf, reference), used[name.encode("ascii")])
    _links(pdf, list(pages.values()), spare)
    _forms(pdf, resources, b"\n".join(at(pdf, page["Contents"]).stream[0] for page in pages.values()), used)


def _groups(pdf: pydyf.PDF, resources: pydyf.Dictionary) -> dict[bytes, list[Operation]]:
    """Groups that paint nothing but opaque ink: name -> operations."""
    if resources["Pattern"] or any("SMask" in state for state in resources["ExtGState"].values()):
        raise NotUnderstoodError("patterns or masks, which may hold texts")
    found = {}
    for name, form in _named(pdf, resources):
        own = at(pdf, form.extra["Resources"])
        opaque = all(value == 1 for state in own["ExtGState"].values() for value in state.values())
        if opaque and own["Font"] == resources["Font"] and not any(own[kind] for kind in ("XObject", "Pattern", "Shading")):
            found[name.encode("ascii")] = operations(form.stream)
    return found


def _named(pdf: pydyf.PDF, resources: pydyf.Dictionary) -> list[tuple[str, pydyf.Stream]]:
    forms = [(name, at(pdf, reference)) for name, reference in resources["XObject"].items()]
    return [(name, form) for name, form in forms if form.extra["Subtype"] == "/Form"]


def _forms(pdf: pydyf.PDF, resources: pydyf.Dictionary, content: bytes, used: Mapping[bytes, Face]) -> None:
    """Drop groups that are drawn no more, and write texts in the others in the bytes of their fonts.

    Args:
        pdf: The PDF.
        resources: What names the groups.
        content: What may draw them.
        used: Name of each font -> the font.
    """
    for name, form in _named(pdf, resources):
        if b"/" + name.encode("ascii") + b" Do" not in content:
            del resources["XObject"][name]
            continue
        own = at(pdf, form.extra["Resources"])
        inner = lines(spread(operations(form.stream), _groups(pdf, own)), used)
        form.stream = [written(spelled(rounded(inner), used))]
        _forms(pdf, own, form.stream[0], used)


def _drawn(
    page: bytes,
    content: list[Operation],
    groups: Mapping[bytes, list[Operation]],
    known: Mapping[tuple[bytes, int], Place],
    used: Mapping[bytes, Face],
) -> bytes:
    """The content of a page, written anew."""
    content = lines(spread(content, groups), used)
    content = unnested(list(steady(rounded(content), AT_FIRST)))
    content = marked(page, spaced(page, content, known, used), known)
    return written(spelled(content, used))


def _links(pdf: pydyf.PDF, pages: list[pydyf.Dictionary], spare: list[Annotation]) -> None:
    """Drop links that are spare, and names of places that no link leads to."""
    gone = {one.reference for one in spare}
    wanted = set()
    for page in [one for one in pages if "Annots" in one]:
        page["Annots"] = pydyf.Array([one for one in page["Annots"] if one not in gone])
        for link in [at(pdf, one) for one in page["Annots"]]:
            link["Rect"] = pydyf.Array([round(float(side), 1) for side in link["Rect"]])
            wanted |= {link["Dest"].data} if "Dest" in link else set()
    places = pdf.catalog.get("Names", {}).get("Dests", {"Names": []})
    pairs = zip(places["Names"][::2], places["Names"][1::2], strict=True)
    places["Names"] = pydyf.Array([one for pair in pairs if pair[0].data in wanted for one in pair])
