"""The tag tree of a PDF, without what says nothing (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from hooks.press.slim.content import NotUnderstoodError
from hooks.press.slim.file import text
from hooks.press.slim.fonts import at

SILENT = {"/Span", "/NonStruct"}
"""Elements that mean no more than what is in them (tables 333 and 338), unless they have an attribute."""

CELLS = {"/TD", "/TH"}
"""Elements that stand even where nothing is in them: a row has all its cells."""


@dataclass
class Mark:
    """A marked piece of a page's content.

    Attributes:
        page: The page.
        number: Its number on that page.
    """

    page: bytes
    number: int


@dataclass
class Annotation:
    """A link on a page.

    Attributes:
        page: The page.
        reference: Where it stands.
        entries: What it says.
    """

    page: bytes
    reference: bytes
    entries: pydyf.Dictionary

    def within(self, other: Annotation) -> bool:
        """Whether another link, which leads to the same place, covers all of it."""
        same = all(text(self.entries.get(name), {}) == text(other.entries.get(name), {}) for name in ("Dest", "A"))
        (left, top, right, bottom), around = self.entries["Rect"], other.entries["Rect"]
        inside = around[0] - 1 <= left and right <= around[2] + 1 and around[3] - 1 <= bottom and top <= around[1] + 1
        return same and self.page == other.page and inside


@dataclass
class Element:
    """A tag.

    Attributes:
        entries: All that it says, but for what it belongs to and what is in it.
        kids: What is in it.
        reference: Where it is written.
    """

    entries: dict[str, Any]
    kids: list[Element | Mark | Annotation] = field(default_factory=list)
    reference: bytes = b""

    @property
    def kind(self) -> str:
        """Its type, such as `/P`."""
        return str(self.entries["S"])

    @property
    def link(self) -> Annotation | None:
        """The link that it stands for, if any."""
        return next((kid for kid in self.kids if isinstance(kid, Annotation)), None)

    @property
    def below(self) -> Iterator[Element]:
        """All elements in it, itself first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.below


def read(pdf: pydyf.PDF) -> Element:
    """The tag tree; what hangs on nothing, as the heads and feet of pages do, is not in it."""
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    if len(root["K"]) != 1:
        raise NotUnderstoodError("the root of the tags")
    return _element(pdf, at(pdf, root["K"][0]))


def _element(pdf: pydyf.PDF, entries: pydyf.Dictionary) -> Element:
    if entries.get("Type") != "/StructElem":
        raise NotUnderstoodError("a tag")
    found = Element({name: value for name, value in entries.items() if name not in {"Type", "P", "K", "Pg"}})
    for kid in entries["K"]:
        if isinstance(kid, int):
            found.kids.append(Mark(entries["Pg"], kid))
        elif (inner := at(pdf, kid)).get("Type") == "/OBJR":
            found.kids.append(Annotation(inner["Pg"], inner["Obj"], at(pdf, inner["Obj"])))
        else:
            found.kids.append(_element(pdf, inner))
    return found


def trim(element: Element) -> list[Annotation]:
    """Let what is in a tag that says nothing belong to the one around it, and drop tags that hold nothing.

    A link in a link that leads to the same place is such a tag too: WeasyPrint makes one of each box of a link.

    Args:
        element: The tag, changed with all that is in it.

    Returns:
        The links that are spare.
    """
    spare: list[Annotation] = []
    kids: list[Element | Mark | Annotation] = []
    for kid in element.kids:
        if not isinstance(kid, Element):
            kids.append(kid)
            continue
        spare += trim(kid)
        outer, inner = element.link, kid.link
        again = inner if outer and inner and inner.within(outer) else None
        if (again and kid.kind == "/Link") or _silent(kid, element):
            kids += [one for one in kid.kids if one is not again]
            spare += [again] if again else []
        elif kid.kids or kid.kind in CELLS:
            kids.append(kid)
    element.kids = kids
    return spare


def _silent(kid: Element, parent: Element) -> bool:
    """Whether a tag says nothing where it stands; a list may hold nothing but its items."""
    return set(kid.entries) == {"S"} and ((kid.kind in SILENT and parent.kind != "/Document") or (kid.kind, parent.kind) == ("/Div", "/L"))


def scope(table: Element) -> None:
    """Let the header cells of a plain table say what they head, instead of each cell naming its headers.

    Both are allowed (14.8.5.7), and which of them is no loss to a reader; where cells span others, headers
    would not come out as the same, or tables stand in cells, the table stays as it is.

    Args:
        table: The table.
    """
    rows = [[cell for cell in row.kids if isinstance(cell, Element)] for row in table.below if row.kind == "/TR"]
    cells = [cell for row in rows for cell in row]
    plain = all("A" in cell.entries and not {"ColSpan", "RowSpan"} & set(cell.entries["A"]) for cell in cells)
    if not plain or len({len(row) for row in rows}) > 1:
        return
    ways = {id(cell): _way(cell, row) for row in rows for cell in row if cell.kind == "/TH"}
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            above = [one[column] for one in rows[:place] if ways.get(id(one[column])) == "/Column"]
            beside = [one for one in row[:column] if ways.get(id(one)) == "/Row"]
            if cell.kind == "/TD" and _names(cell) != {_id(one) for one in (*above, *beside)}:
                return
    for cell in cells:
        if cell.kind == "/TH":
            cell.entries["A"] = pydyf.Dictionary({"O": "/Table", "Scope": ways[id(cell)]})
            cell.entries.pop("ID", None)
        else:
            cell.entries.pop("A")


def _way(header: Element, row: list[Element]) -> str:
    beside = any(_id(header) in _names(cell) for cell in row)
    return "/Row" if beside else "/Column"


def _id(cell: Element) -> bytes:
    return bytes(cell.entries["ID"].data)


def _names(cell: Element) -> set[bytes]:
    return {bytes(one.data) for one in cell.entries["A"].get("Headers", [])}


def write(pdf: pydyf.PDF, document: Element) -> None:
    """Put a tag tree in place of the one that is there.

    Args:
        pdf: The PDF.
        document: The tree.
    """
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    owners: dict[bytes, dict[int, bytes]] = {reference: {} for reference in pdf.pages["Kids"]}
    links: list[tuple[Annotation, bytes]] = []
    root["K"] = _put(pdf, document, root.reference)
    for element in document.below:
        for kid in element.kids:
            if isinstance(kid, Mark):
                owners[kid.page][kid.number] = element.reference
            elif isinstance(kid, Annotation):
                links.append((kid, element.reference))
    numbers = at(pdf, root["ParentTree"])["Nums"] = pydyf.Array()
    for place, (reference, marks) in enumerate(owners.items()):
        at(pdf, reference)["StructParents"] = place
        numbers += [place, pydyf.Array([marks[number] for number in range(len(marks))])]
    for place, (link, owner) in enumerate(links, len(owners)):
        link.entries["StructParent"] = place
        numbers += [place, owner]


def _put(pdf: pydyf.PDF, element: Element, parent: bytes) -> bytes:
    """Write a tag and all that is in it; an entry that may be left out is (table 323)."""
    made = pydyf.Dictionary({**element.entries, "P": parent})
    pdf.add_object(made)
    element.reference = made.reference
    home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
    if home:
        made["Pg"] = home
    kids = pydyf.Array()
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_put(pdf, kid, made.reference))
        elif kid.page != home:
            raise NotUnderstoodError("a tag on two pages")
        else:
            kids.append(kid.number if isinstance(kid, Mark) else pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.reference}))
    if kids:
        made["K"] = kids[0] if len(kids) == 1 else kids
    return element.reference
