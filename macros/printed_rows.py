"""Whether each row of a publication stands on the page to which its address leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macros.book import Book, Volume
from macros.calls import Call
from macros.problems import Problem


def unprinted(book: Book, volume: Volume, pages: Mapping[str, Sequence[Call]]) -> Iterator[Problem]:
    """Find pages that do not print the rows whose addresses lead to them.

    Args:
        pages: Its pages by their path, each with its macro calls; a page that is missing is another finding.
    """
    for page, macro, example in _needed(book, volume):
        name = f"docs/{volume.address}/{page}.md"
        if name in pages and macro not in {call.name for call in pages[name]}:
            yield Problem(name, 1, "macro", f"prints no {macro}, and the address of each leads to this page; write {{{{ {example} }}}}")


def _needed(book: Book, volume: Volume) -> Iterator[tuple[str, str, str]]:
    """The pages that have rows, the macro that prints them there, and an example of its call."""
    for relationship in book.covered(volume):
        yield relationship.id, "events", f'events("{relationship.id}")'
    if volume.incidents:
        yield "security", "incidents", "incidents()"
    if volume.points and volume.points.points:
        yield "index", "points", "points()"
    if volume.recommendations:
        yield "index", "recommendations", 'recommendations("list")'
