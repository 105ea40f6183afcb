"""Notes to sources: numbered in the text, listed at the foot of the page."""

from __future__ import annotations

from macros import dates
from macros.archive import pages
from macros.changes import used_sources
from macros.model import Source
from macros.render.desk import Desk
from macros.render.html import Markup, inline, render, robust


def cite(desk: Desk, *source: str) -> str:
    """Notes to sources, numbered in the order of the page.

    Args:
        desk: Where the page stands.
        *source: Keys of sources.yml.

    Returns:
        Markdown footnote references; the notes themselves follow at the end of the page.
    """
    desk.cited += [key for key in source if key not in desk.cited]
    return "".join(f"[^{key}]" for key in source)


def footnotes(desk: Desk) -> str:
    """The notes of the page that has just been rendered, as Markdown; forgets them.

    Args:
        desk: Where the page stands.

    Returns:
        One footnote definition for each source cited, or nothing.
    """
    notes = [f"[^{key}]: {reference(desk.book.sources[key])}" for key in desk.cited]
    desk.cited.clear()
    return "\n\n## Notes { data-search-exclude }\n\n///Footnotes Go Here///\n\n" + "\n".join(notes) + "\n" if notes else ""


def sources(desk: Desk) -> str:
    """Every source that the publication rests on, in order of name."""
    named = used_sources(desk.here, pages(desk.book.root, desk.here.address))
    keys = sorted(named, key=lambda key: plain(desk.book.sources[key]).casefold())
    return render("sources", sources=[(key, Markup(reference(desk.book.sources[key]))) for key in keys])


def plain(source: Source) -> str:
    """A source as a sorting key: author, then title."""
    return ", ".join((*source.authors, source.title or source.about or ""))


def reference(source: Source) -> str:
    """A source as HTML in one line: who, what, where, when, with its link.

    A title in quotation marks is as stated; brackets mean that the description is ours.
    """
    what: Markup = inline(source.title or source.about or "")
    if source.title and source.language:
        what = Markup('<span lang="{}">{}</span>').format(source.language, source.title)
    what = Markup("“{}”").format(what) if source.title else Markup("[{}]").format(what)
    if source.url:
        what = Markup('<a href="{}"{}>{}</a>').format(source.url, robust(source), what)
    parts: list[str] = [inline(", ".join(source.authors)), what, inline(source.publisher or "")]
    parts += [inline(dates.human(source.date)) if source.date else ""]
    note = f" {inline(source.note[0].upper() + source.note[1:].rstrip('.'))}." if source.note else ""
    archived = Markup(' (<a href="{}"{}>archived copy</a>)').format(source.archived, robust(source)) if source.archived else ""
    return str(Markup(", ").join(part for part in parts if part) + archived).rstrip(".") + "." + note
