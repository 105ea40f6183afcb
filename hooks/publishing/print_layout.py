"""A page of an edition as it is set on paper: notes at the foot, running text in two columns, catalogues that fit into one."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hooks.publishing.html_tree import classes, drop, pairs, parents, replace, text_of

HEADINGS = {"h1", "h2", "h3", "h4"}
SPANNING = {"index", "sources", "elsewhere"}
"""Classes of what goes across both columns; so do headings of pages, pictures and tables."""
ADDRESSED = {"sources", "foot-note"}
"""Classes of what names sources, whose addresses are printed."""
WIDE = {"h1", "table", "pre", "svg"}
"""Elements that need the width of the page, or make what holds them need it."""
SHORT = 500
"""Letters of a text that is too short for two columns."""


def lay_out(article: Element) -> None:
    """Make of a page what is set on paper."""
    _notes_at_foot(article)
    for table in [element for element in article.iter("table") if "catalogue" in classes(element)]:
        _without_sources(table)
    article[:] = list(_blocks(article))


def print_addresses(article: Element) -> None:
    """Print the address of each source behind its link; within, it would be a link of its own in a PDF."""
    for parent, link in [pair for block in article.iter() if ADDRESSED & classes(block) for pair in pairs(block)]:
        if link.tag == "a" and link.get("href", "").startswith("http") and "capture" not in classes(link):
            address = Element("span", {"class": "address"})
            address.text, address.tail, link.tail = f" {link.get('href')}", link.tail, None
            parent.insert(list(parent).index(link) + 1, address)


def _notes_at_foot(article: Element) -> None:
    """Put each note where the text first cites it; the style sheet lets it float to the foot of that page."""
    notes = {item.get("id", ""): item for item in article.iter("li") if item.get("id", "").startswith("fn:")}
    within = parents(article)
    for link in [element for element in article.iter("a") if element.get("href", "")[1:] in notes]:
        key, mark = link.get("href", "")[1:], within[link]
        note = notes[key]
        if note.tag == "li":
            note.tag, note.attrib = "span", {"class": "foot-note", "id": key}
            note[:] = [_inline(part) for part in note]
            new = note
        else:
            new = Element("a", {"class": "note-again", "href": f"#{key}"})
        note.tail = None if new is note else note.tail
        replace(within[mark], mark, new)
    for listed in [element for element in article.iter("ul") if "notes" in classes(element)]:
        _list_at_foot(article, listed)
    for parent, child in pairs(article):
        if "footnote" in classes(child) or (child.tag == "h2" and child.get("id") == "notes"):
            drop(parent, child)


def _list_at_foot(article: Element, listed: Element) -> None:
    """Put the sources of a paragraph, which stand under it, at the foot of its page."""
    parent = parents(article)[listed]
    before = list(parent)[: list(parent).index(listed)]
    text = next((element for element in reversed(before) if element.tag in {"p", "div"}), None)
    if text is None:
        return
    for item in listed:
        item.tag, item.attrib, item.tail = "span", {"class": "foot-note"}, None
        text.append(item)
    drop(parent, listed)


def _inline(part: Element) -> Element:
    part.tag = "span" if part.tag == "p" else part.tag
    return part


def _without_sources(table: Element) -> None:
    """Take the last column out of a catalogue, and name a source beside its event where it is not the original."""
    sourced = [row for row in table.iter("tr") if any("catalogue__source" in classes(cell) for cell in row)]
    for row in sourced:
        cell = row[-1]
        row.remove(cell)
        if cell.find("a") is not None:
            cell.tag, cell.attrib = "span", {"class": "row-source"}
            row[1].append(cell)
    for row in [*table.iterfind("thead/tr"), *table.iterfind("tfoot/tr")] if sourced else []:
        if row[-1].attrib.pop("colspan", "") == "":
            row.remove(row[-1])


def _spans(element: Element) -> bool:
    """Whether an element goes across both columns of the page."""
    return any(part.tag in WIDE or SPANNING & classes(part) for part in element.iter())


def _blocks(article: Element) -> Iterator[Element]:
    """The elements of a page, with those that stand in columns put into a block of their own."""
    run: list[Element] = []
    for element in article:
        if _spans(element):
            kept = len(run)
            while kept and run[kept - 1].tag in HEADINGS:
                kept -= 1
            yield from _columns(run[:kept])
            yield from run[kept:]
            yield element
            run = []
        elif not run and "note" in classes(element):  # it belongs to the table before it
            yield element
        else:
            if element.tag == "h2":  # to balance columns takes the square of their length
                yield from _columns(run)
                run = []
            run.append(element)
    yield from _columns(run)


def _columns(run: list[Element]) -> Iterator[Element]:
    if sum(len(text_of(element)) for element in run) < SHORT:
        yield from run
        return
    block = Element("div", {"class": "columns"})
    block[:] = run
    yield block
