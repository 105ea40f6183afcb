"""Which pages a translation has: those that stand in its folder, and those that are made from templates and hold its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from macros import text_files
from macros.book import Book, Volume
from macros.target import Target

OF_THE_ORIGINAL = ("data.md", "cite.md", "review.md")
"""Pages made from templates that an edition has once, whatever languages it is in."""


def languages(book: Book, target: Target) -> tuple[str, ...]:
    """The languages of a portal or an edition, its own first; one alone where it has no translation, none for a cover.

    Args:
        book: The book, in whichever language.
    """
    if target.kind == "cover":
        return ()
    declared = book.volume(target.address).publication if target.address else book.series
    own = book.originals.get(target.address, declared.language)
    return (own, *declared.translations)


def names(root: Path, target: Target, kind: str = "") -> Iterator[str]:
    """The pages of a translation, as the paths of their Markdown below its folder.

    Args:
        kind: Kind of its publication; empty for the portal.
    """
    yield from text_files.pages(root / target.docs)
    made = (root / "docs" / "templates" / kind).glob("*.md") if kind else ()
    yield from sorted(path.name for path in made if path.name not in OF_THE_ORIGINAL)


def url(name: str) -> str:
    """The address of a page below its first one: `security.md` -> `security/`, `index.md` -> nothing."""
    return f"{name.removesuffix('.md')}/".removesuffix("index/").replace("//", "/")


def paths(book: Book, target: Target) -> dict[str, str]:
    """Where the pages of a build stand in another language.

    Returns:
        Path of each page of the original that it has -> path of its own, both from the root of the site.
    """
    kind = book.volume(target.address).publication.kind if target.address else ""
    return {target.original.path + url(name): target.path + url(name) for name in names(book.root, target, kind)}


def counterparts(book: Book, target: Target) -> Mapping[str, str]:
    """Where links of a translation lead instead of to the original.

    An edition is frozen, so it looks at its own pages and at nothing that its sources do not hold: of the portal it knows
    the first page alone. The portal, which lives, leads to every translation.

    Args:
        book: The book, opened in the language of the build.

    Returns:
        Path of each page that is there in its language -> path there; none for an original.
    """
    if not target.language:
        return {}
    if target.kind == "edition":
        home = {"": f"{target.language}/"} if target.language in book.series.translations else {}
        return home | paths(book, target)
    editions = [of_volume(volume, target.language) for volume in book.published if target.language in volume.publication.translations]
    return {path: there for each in (target, *editions) for path, there in paths(book, each).items()}


def addresses(book: Book, target: Target) -> Iterator[str]:
    """The absolute addresses of all translated pages of a portal or an edition, for its sitemap."""
    for language in languages(book, target)[1:]:
        yield from (book.series.site + path for path in paths(book, replace(target, language=language)).values())


def of_volume(volume: Volume, language: str) -> Target:
    """The newest edition of a publication, or its translation, as a build."""
    return Target("edition", volume.address, volume.edition.number, language)


def editions(volume: Volume) -> list[Target]:
    """The builds of the newest edition of a publication: the original, then its translations."""
    return [of_volume(volume, language) for language in ("", *volume.publication.translations)]
