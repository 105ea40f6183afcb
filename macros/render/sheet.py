"""What every page says around its text: masthead, edition, permanent address, ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros import cite, words
from macros.book import Book, Volume
from macros.model import KINDS
from macros.render.desk import Desk
from macros.render.issues import KIND_LABELS
from macros.target import edition_path


@dataclass(frozen=True)
class Link:
    """A link and whether it leads to where the reader is."""

    text: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class Sheet:
    """The furniture of one page.

    Attributes:
        kind: portal, cover or edition.
        masthead: The sections of the portal.
        label: What kind of publication the page belongs to; empty on the portal.
        title: Title of that publication.
        when: Its period or date.
        edition: The edition in words; empty on living pages.
        permalink: Absolute address of the page; of the newest edition on a cover.
        ways: One step away: cover, list, the same section of the previous issue.
        original: What stands before and behind the title of the original of a digest; empty where the text is the publisher's own.
        original_title: Its title.
        original_link: Its address; empty where it has none.
        by: Authors of a text that is no digest.
        pdf: Relative link to the whole edition as a PDF; empty where there is none.
        root: Relative link to the root of the site.
        versions: Links between editions (RFC 5829) that were known when the page was made: relation and link.
    """

    kind: str
    masthead: tuple[Link, ...]
    series: str
    subtitle: str
    publisher: str
    relation: str
    root: str
    permalink: str
    label: str = ""
    title: str = ""
    when: str = ""
    edition: str = ""
    original: tuple[str, str] = ("", "")
    original_title: str = ""
    original_link: str = ""
    by: str = ""
    pdf: str = ""
    ways: tuple[Link, ...] = ()
    versions: tuple[Link, ...] = ()


SECTIONS = (
    ("Home", ""),
    ("Issues", "issues/"),
    ("Relationships", "relationships/"),
    ("Security", "security/"),
    ("Trade", "trade/"),
    ("Non-papers", "non-papers/"),
    ("Policy", "policy/"),
    ("Data", "data/"),
    ("Method", "method/"),
    ("About", "about/"),
)
OTHER_PAGES = ("editors", "corrections")
"""Pages of the portal that the foot of every page leads to, beside those of the sections."""


def sections(book: Book) -> tuple[tuple[str, str], ...]:
    """The sections of the portal: label and path. Where nothing is scored, there are no relationships to show."""
    return tuple(one for one in SECTIONS if book.relationships or one[1] != "relationships/")


LISTS = {KINDS[kind]: f"All {label.lower()}s" for kind, label in KIND_LABELS.items()}


def sheet(desk: Desk, url: str) -> Sheet:
    """The furniture of the page at a URL.

    Args:
        desk: The desk of the build.
        url: URL of the page within the build.

    Returns:
        Its sheet.
    """
    desk.page = desk.target.path + url
    series, volume = desk.book.series, desk.volume
    top = desk.page.split("/")[0] + "/" if "/" in desk.page else ""
    common: dict[str, Any] = {
        "kind": desk.target.kind,
        "masthead": tuple(Link(text, desk.link(path), here=path == top) for text, path in sections(desk.book)),
        "series": series.title,
        "subtitle": series.subtitle,
        "publisher": series.imprint.name,
        "relation": " ".join(series.imprint.relation.split()),
        "root": desk.link(""),
    }
    if volume is None:
        return Sheet(**common, permalink=desk.permalink(desk.page))
    record = cite.citation(desk.book, volume, desk.target.edition or volume.edition.number)
    frozen = desk.target.kind == "edition"
    permalink = desk.permalink(desk.page if frozen else edition_path(volume.address, volume.edition.number))
    return Sheet(
        **common,
        label=KIND_LABELS[volume.publication.kind],
        title=words.label(volume),
        when=words.when(volume.publication),
        edition=_edition(record, volume),
        **_named(record, volume),
        permalink=permalink,
        pdf=desk.link(desk.pdf(volume)) if desk.pdf(volume) else "",
        ways=tuple(_ways(desk, volume, url)),
        versions=tuple(_versions(desk, volume)),
    )


def _named(record: cite.Citation, volume: Volume) -> dict[str, Any]:
    """What stands under every heading: of what the page is a digest, or by whom it is."""
    source = record.source
    if source is None:
        return {"by": words.people(volume.publication)}
    return {"original": source.around, "original_title": source.title, "original_link": source.permalink}


def _edition(record: cite.Citation, volume: Volume) -> str:
    if volume.publication.status == "draft":
        return "Draft, not published"
    return f"Edition {record.version}, {record.published.day} {record.published:%B %Y}"


def _ways(desk: Desk, volume: Volume, url: str) -> list[Link]:
    place = volume.address.split("/")[0]
    ways = [Link(LISTS[place], desk.link(f"{place}/"))]
    if desk.target.kind == "edition":
        ways.insert(0, Link("All editions", desk.link(f"{volume.address}/")))
    else:
        if volume.publication.status != "withdrawn":
            ways.insert(0, Link(f"Read edition {volume.edition.number}", desk.link(desk.home(volume))))
    number = volume.publication.number
    for text, step in (("Previous", -1), ("Next", 1)):
        # A frozen page never names what came after it.
        other = next((one for one in desk.book.issues if number and one.publication.number == number + step), None)
        if other and (step < 0 or desk.target.kind != "edition"):
            ways.append(Link(f"{text} issue, № {other.publication.number}", desk.link(_same_section(desk, other, url))))
    return ways


def _versions(desk: Desk, volume: Volume) -> list[Link]:
    """`latest/` always leads to the newest edition; the next one is not known yet."""
    links = [Link("latest-version", desk.link(f"{volume.address}/latest/"))]
    if desk.target.edition > 1:
        links.append(Link("predecessor-version", desk.link(edition_path(volume.address, desk.target.edition - 1))))
    return links


def _same_section(desk: Desk, other: Volume, url: str) -> str:
    if desk.target.kind != "edition":
        return f"{other.address}/"
    names = {"", "events/", "data/", "cite/", "security/", *(f"{one.id}/" for one in desk.book.covered(other))}
    return desk.home(other) + (url if url in names else "")
