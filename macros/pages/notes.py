"""Notes to sources: numbered in the text, listed at the foot of the page."""

from __future__ import annotations

from macros.archive import pages
from macros.changes import used_sources
from macros.language import current, gettext
from macros.model import Source
from macros.pages.context import BuildContext
from macros.pages.html import Markup, render


def cite(context: BuildContext, *source: str) -> str:
    """Notes to sources, by their keys: numbers in the order of the page, which lead to the notes at its end."""
    numbers = []
    for key in source:
        context.collected.cited.setdefault(key, 0)
        context.collected.cited[key] += 1
        numbers.append((key, list(context.collected.cited).index(key) + 1, reference_id(key, context.collected.cited[key])))
    return render("note_numbers", numbers=numbers)


def reference_id(key: str, time: int) -> str:
    """Id of the place in the text that cites a source for the first, second ... time."""
    return f"fnref{'' if time == 1 else time}:{key}"


def section(context: BuildContext) -> str:
    """The notes of the page that has just been rendered, as Markdown: a heading and a mark in their place; forgets them."""
    rows = [
        (number, key, context.book.sources[key], [reference_id(key, time) for time in range(1, times + 1)])
        for number, (key, times) in enumerate(context.collected.cited.items(), 1)
    ]
    context.collected.cited.clear()
    title, listed = gettext("Notes"), context.collected.set_aside(render("notes", rows=rows))
    name = "" if current().source else "#notes "  # in English the id of the heading is its word
    return f"\n\n## {title} {{ {name}data-search-exclude }}\n\n{listed}\n" if rows else ""


def sources(context: BuildContext) -> str:
    """Every source that the publication rests on, in order of name."""
    named = used_sources(context.here, pages(context.book.root, context.here.address))
    listed = {key: context.book.sources[key] for key in named}
    names = {key: ", ".join((*source.authors, source.title or source.about or "")).casefold() for key, source in listed.items()}
    return render("sources", sources=[(key, reference(listed[key])) for key in sorted(named, key=names.__getitem__)])


def reference(source: Source) -> Markup:
    """A source in one line: who, what, where, when, with its link.

    A title in quotation marks is as stated; brackets mean that the description is ours.
    """
    return render("reference", source=source)
