"""Notes to sources: numbered in the text, listed at the foot of the page."""

from __future__ import annotations

from macros.archive import pages
from macros.changes import used_sources
from macros.model import Source
from macros.render.desk import Desk
from macros.render.html import Markup, render


def cite(desk: Desk, *source: str) -> str:
    """Notes to sources, numbered in the order of the page.

    Args:
        desk: Where the page stands.
        *source: Keys of sources.yml.

    Returns:
        The numbers, as links to the notes at the end of the page.
    """
    numbers = []
    for key in source:
        desk.cited.setdefault(key, 0)
        desk.cited[key] += 1
        numbers.append((key, list(desk.cited).index(key) + 1, reference_id(key, desk.cited[key])))
    return render("note_numbers", numbers=numbers)


def reference_id(key: str, time: int) -> str:
    """Id of the place in the text that cites a source for the first, second ... time."""
    return f"fnref{'' if time == 1 else time}:{key}"


def section(desk: Desk) -> str:
    """The notes of the page that has just been rendered, as Markdown; forgets them.

    Args:
        desk: Where the page stands.

    Returns:
        A heading and a mark in the place of the notes; nothing where the page cites nothing.
    """
    rows = [
        (number, key, desk.book.sources[key], [reference_id(key, time) for time in range(1, times + 1)])
        for number, (key, times) in enumerate(desk.cited.items(), 1)
    ]
    desk.cited.clear()
    return f"\n\n## Notes {{ data-search-exclude }}\n\n{desk.set_aside(render('notes', rows=rows))}\n" if rows else ""


def sources(desk: Desk) -> str:
    """Every source that the publication rests on, in order of name."""
    named = used_sources(desk.here, pages(desk.book.root, desk.here.address))
    keys = sorted(named, key=lambda key: plain(desk.book.sources[key]).casefold())
    return render("sources", sources=[(key, reference(desk.book.sources[key])) for key in keys])


def plain(source: Source) -> str:
    """A source as a sorting key: author, then title."""
    return ", ".join((*source.authors, source.title or source.about or ""))


def reference(source: Source) -> Markup:
    """A source in one line: who, what, where, when, with its link.

    A title in quotation marks is as stated; brackets mean that the description is ours.
    """
    return render("reference", source=source)
