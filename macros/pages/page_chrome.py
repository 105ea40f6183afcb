"""What every page says around its text: masthead, edition, permanent address, ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from macros import cite, indices, language_tags, translated_pages, words
from macros.book import Book, Volume
from macros.date_words import written
from macros.language import N_, gettext
from macros.model import KINDS, Publication, Series
from macros.pages import kinds
from macros.pages.context import BuildContext
from macros.target import CALENDAR, edition_path, relative


@dataclass(frozen=True)
class Link:
    """A link and whether it leads to where the reader is."""

    text: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """A page in one language: its tag, its own name, a relative link, the absolute address, and whether it is the page itself."""

    tag: str
    name: str
    href: str
    address: str
    here: bool


@dataclass(frozen=True)
class FeedLink:
    """A feed: its title, its path from the root of the site without an ending, and whether readers are led to it and not programs alone."""

    title: str
    path: str
    shown: bool = False


@dataclass(frozen=True)
class PageChrome:
    """What stands around the text of one page.

    Attributes:
        kind: portal, cover or edition.
        label: What kind of publication the page belongs to; empty on the portal.
        when: Period or date of that publication.
        edition: The edition in a sentence.
        state: What tells the title of the page apart from those of other editions; empty on the portal.
        permalink: Absolute address of the page; of the newest edition on a cover.
        ways: One step away: cover, list, the same section of the previous issue.
        original: What stands before and behind the title of the original of a digest.
        by: Authors of a text that is no digest.
        draft: Whether the publication is a draft, which has no permanent address and no reference yet.
        home: Relative link to the first page of the portal, in the language of the page where it is there.
        languages: The page in each language that it is there in, the original first; none where it is in one alone.
        feeds: The feeds that the page leads to, that of the whole site last.
        next_issue: What is planned next, on the pages that list issues, with the way to the calendar.
        versions: Links between editions (RFC 5829) that were known when the page was made: relation and link.
    """

    kind: str
    masthead: tuple[Link, ...]
    series: Series
    root: str
    home: str
    foot: tuple[Link, ...]
    permalink: str
    label: str = ""
    title: str = ""
    when: str = ""
    edition: str = ""
    state: str = ""
    original: tuple[str, str] = ("", "")
    original_title: str = ""
    original_link: str = ""
    by: str = ""
    draft: bool = False
    pdf: str = ""
    section_pdf: str = ""
    ways: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    next_issue: Link | None = None
    versions: tuple[Link, ...] = ()
    languages: tuple[LanguageLink, ...] = ()

    @property
    def original_language(self) -> LanguageLink | None:
        """The original of a page that is a translation."""
        return self.languages[0] if self.languages and not self.languages[0].here else None


LABELS = {
    "": N_("Home"),
    "issues/": N_("Issues"),
    "relationships/": N_("Relationships"),
    "security/": N_("Security"),
    "events/": N_("Events"),
    "trade/": N_("Trade"),
    "non-papers/": N_("Non-papers"),
    "policy/": N_("Policy"),
    "data/": N_("Data"),
    "method/": N_("Method"),
    "about/": N_("About"),
    "corrections/": N_("Corrections"),
    "editors/": N_("For editors"),
}
"""Pages of the portal that other pages lead to everywhere, by their paths."""
FOOT = ("about/", "method/", "corrections/", "data/", "editors/")
"""Those of them that stand at the foot of every page; the last two stand there alone."""
LISTS = {"issues": N_("All issues"), "non-papers": N_("All non-papers"), "policy": N_("All policy papers")}
"""What leads to the list of each kind of publication."""


def sections(book: Book) -> tuple[tuple[str, str], ...]:
    """The sections of the portal, label and path: those of which the book has, or may have, something to show."""
    kinds = {volume.publication.kind for volume in book.volumes}
    periodical = book.series.first_period is not None or "issue" in kinds
    shown = {
        "issues/": periodical,
        "relationships/": bool(book.relationships),
        "security/": book.scales.security is not None,
        "events/": bool(book.relationships) or book.scales.security is not None,
        "trade/": periodical or any(volume.trade for volume in book.volumes),
        "non-papers/": periodical or "non-paper" in kinds,
        "policy/": periodical or "policy-paper" in kinds,
        "corrections/": False,
        "editors/": False,
    }
    return tuple((gettext(label), path) for path, label in LABELS.items() if shown.get(path, True))


def other_pages(book: Book) -> tuple[str, ...]:
    """Pages of the portal that other pages lead to everywhere, beside those of the sections; indices alone are compared."""
    compared = bool(book.relationships or indices.security_series(book)) or book.series.first_period is not None
    return ("editors", "corrections", *(["compare"] if compared else []))


def page_chrome(context: BuildContext, url: str) -> PageChrome:
    """What stands around the text of the page at a URL."""
    volume = context.volume
    page = context.page.removeprefix(f"{context.target.language}/")
    top = page.split("/")[0] + "/" if "/" in page else ""
    common: dict[str, Any] = {
        "kind": context.target.kind,
        "masthead": tuple(Link(text, context.link(path), here=path == top) for text, path in sections(context.book)),
        "series": context.book.series,
        "root": context.root,
        "home": context.link(""),
        "foot": tuple(Link(gettext(LABELS[path]), context.link(path)) for path in FOOT),
        "feeds": tuple(_feeds(context, url)),
        "languages": tuple(_languages(context, url)),
    }
    if volume is None:
        return PageChrome(**common, permalink=context.permalink(context.page), next_issue=_next_issue(context, url))
    record = cite.citation(context.book, volume, context.target.edition or volume.edition.number)
    frozen, stated = context.target.kind == "edition", {"number": record.version, "day": written(record.published)}
    edition, state = words.full_stop(gettext("Edition %(number)s, %(day)s", **stated)), gettext("edition %(number)s", **stated)
    if volume.draft:
        edition, state = gettext("Draft, not published"), gettext("draft")
    return PageChrome(
        **common,
        label=kinds.kind_of_publication(volume.publication.kind),
        title=words.label(volume),
        when=words.when(volume.publication),
        edition=edition,
        state=state if frozen else gettext("all editions"),
        draft=volume.draft,
        **_named(record, volume),
        permalink=context.permalink(context.page if frozen else edition_path(volume.address, volume.edition.number)),
        pdf=context.link(context.pdf(volume)) if context.pdf(volume) else "",
        section_pdf=context.link(context.section_pdf) if context.section_pdf else "",
        ways=tuple(_ways(context, volume, url)),
        versions=tuple(_versions(context, volume)),
    )


def _versions(context: BuildContext, volume: Volume) -> Iterator[Link]:
    """`latest/` always leads to the newest edition; the next one is not known yet."""
    yield Link("latest-version", context.link(f"{volume.address}/latest/"))
    if context.target.edition > 1:
        yield Link("predecessor-version", context.link(edition_path(volume.address, context.target.edition - 1)))


def _feeds(context: BuildContext, url: str) -> Iterator[FeedLink]:
    """Of a relationship its own, wherever a page is about it; of corrections theirs; then that of the whole site."""
    series, living = context.book.series.title, context.volume is None
    for relationship in context.book.relationships:
        if url == (f"relationships/{relationship.id}/" if living else f"{relationship.id}/"):
            yield FeedLink(f"{series}: {relationship.label}", f"relationships/{relationship.id}/feed", shown=living)
    if living and url == "corrections/":
        yield FeedLink(gettext("%(series)s: corrections", series=series), "corrections/feed", shown=True)
    yield FeedLink(gettext("%(series)s: new editions and corrections", series=series), "feed", shown=living and not url)


def _languages(context: BuildContext, url: str) -> Iterator[LanguageLink]:
    """The page in each of its languages, where there is more than one."""
    own, *others = translated_pages.languages(context.book, context.target) or ("",)
    targets = {tag: replace(context.target, language=tag) for tag in others}
    path = context.target.original.path + url
    there = {tag: paths[path] for tag, target in targets.items() if path in (paths := translated_pages.paths(context.book, target))}
    for tag, translated in {own: path, **there}.items() if there else ():
        address = context.book.series.site + translated
        yield LanguageLink(tag, language_tags.own_name(tag), relative(translated, context.page), address, translated == context.page)


def _next_issue(context: BuildContext, url: str) -> Link | None:
    if not context.book.coming or url not in ("", f"{KINDS['issue']}/"):
        return None
    issue = context.book.coming[0]
    values = {"number": issue.number, "title": issue.title, "day": written(issue.date)}
    return Link(gettext("Next issue: № %(number)s, %(title)s, %(day)s.", **values), f"{context.root}{CALENDAR}")


def _named(record: cite.Citation, volume: Volume) -> dict[str, Any]:
    """What stands under every heading: of what the page is a digest, or by whom it is."""
    source = record.source
    if source is None:
        return {"by": words.people(volume.publication)}
    before, behind = source.around
    return {"original": (before, words.full_stop(behind)), "original_title": source.title, "original_link": source.permalink}


def _ways(context: BuildContext, volume: Volume, url: str) -> list[Link]:
    folder, number, ways = volume.address.split("/")[0], volume.publication.number, []
    if context.target.kind == "edition":
        ways.append(Link(gettext("All editions"), context.link(f"{volume.address}/")))
    elif volume.publication.status != "withdrawn":
        ways.append(Link(gettext("Read edition %(number)s", number=volume.edition.number), context.link(context.home(volume))))
    ways.append(Link(gettext(LISTS[folder]), context.link(f"{folder}/")))
    for text, step in ((N_("Previous issue, № %(number)s"), -1), (N_("Next issue, № %(number)s"), 1)):
        # A frozen page never names what came after it.
        other = next((issue for issue in context.book.issues if number and _beside(issue.publication, volume.publication, step)), None)
        if other and (step < 0 or context.target.kind != "edition"):
            link = context.link(_same_section(context, other, url))
            ways.append(Link(gettext(text, number=other.publication.shown_number), link))
    return ways


def _beside(other: Publication, own: Publication, step: int) -> bool:
    """Whether an issue is the one before (-1) or after (1) another; a combined issue stands for several numbers."""
    first, second = (other, own) if step < 0 else (own, other)
    return second.number is not None and first.last_number is not None and first.last_number + 1 == second.number


def _same_section(context: BuildContext, other: Volume, url: str) -> str:
    if context.target.kind != "edition":
        return f"{other.address}/"
    names = {"", "events/", "data/", "cite/", "security/", *(f"{relationship.id}/" for relationship in context.book.covered(other))}
    return context.home(other) + (url if url in names else "")
