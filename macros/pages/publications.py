"""Publications: lists of them, the cover of one, its editions, its original; who makes them and who keeps copies."""

from __future__ import annotations

from macros import cite, translated_pages
from macros.creators import Body
from macros.language_tags import own_name
from macros.pages import scoreboard
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.records.identity import identities
from macros.target import archive_name, edition_path


def publications(context: BuildContext, kind: str | None = None, limit: int | None = None) -> str:
    """Publications of one kind or of all, newest first; of a few, the newest issue is left out, which stands above such a list."""
    newest = context.book.issues[0] if limit and context.book.issues else None
    chosen = [volume for volume in context.book.published if kind in (None, volume.publication.kind) and volume is not newest]
    chosen.sort(key=lambda volume: volume.recency, reverse=True)
    rows = [(volume, context.link(context.home(volume)), context.link(f"{volume.address}/")) for volume in chosen[:limit]]
    return render("publications", rows=rows, above=newest)


def cover(context: BuildContext) -> str:
    """A publication at a glance: status, abstract, people, keywords, contents."""
    volume = context.here
    return render(
        "cover",
        publication=volume.publication,
        link=context.link(context.home(volume)),
        pdf=context.link(context.pdf(volume)) if context.pdf(volume) else "",
        edition=volume.edition,
        digest=volume.publication.text == "digest",
        glance=scoreboard.at_a_glance(context, volume) if volume.publication.status == "published" else "",
        body=context.book.series.imprint.name,
        translations=[
            (tag, own_name(tag), context.link(translated_pages.of_volume(volume, tag).path)) for tag in volume.publication.translations
        ],
    )


def editions(context: BuildContext) -> str:
    """The editions of a publication, the newest first, each with its permanent address."""
    volume = context.here
    title, newest = context.book.own_title, volume.edition.number
    rows = []
    for edition in reversed(volume.publication.editions):
        path = edition_path(volume.address, edition.number)
        packed = path + archive_name(title, volume.address, edition.number)
        rows.append((edition, context.permalink(path), context.link(packed) if edition.number == newest else context.permalink(packed)))
    return render(
        "editions",
        rows=rows,
        newest=newest,
        link=context.link(context.home(volume)),
        withdrawn=volume.publication.status == "withdrawn",
    )


def originals(context: BuildContext) -> str:
    """The original document of each publication, with its link."""
    volumes = [context.volume] if context.volume else context.book.published
    sources = [(volume, cite.citation(context.book, volume, volume.edition.number).source) for volume in volumes]
    rows = [(volume, "" if context.volume else context.link(f"{volume.address}/"), source) for volume, source in sources if source]
    return render("originals", rows=rows)


def imprint(context: BuildContext) -> str:
    """Who makes this site and answers for it, and how that body stands to the publishers of the originals."""
    series = context.book.series
    body = Body(name=series.imprint.name, isni=series.imprint.isni, ror=series.imprint.ror)
    return render("imprint", series=series, identities=list(identities(body)))


def preservation(context: BuildContext) -> str:
    """Copies, the lines that take another, the archive file of each newest edition, the last drill."""
    book = context.book
    names = {volume: archive_name(book.own_title, volume.address, volume.edition.number) for volume in book.published}
    return render(
        "preservation",
        series=book.series,
        copies=sorted(book.preservation.copies, key=lambda copy: copy.since),
        drill=max(book.preservation.drills, key=lambda drill: drill.date, default=None),
        archives=[(volume, name, context.link(f"{context.home(volume)}{name}")) for volume, name in names.items()],
    )
