"""The links of a publication and all its editions in one file (RFC 9264; FAIR Signposting, level 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros import cite, records
from macros.book import Volume
from macros.exports import changes_json
from macros.exports.folder import folder
from macros.exports.media import media_type
from macros.json_text import readable
from macros.pages.context import BuildContext
from macros.target import Target, archive_name, edition_path

LINKSET = "linkset.json"


def items(context: BuildContext, volume: Volume) -> Iterator[tuple[str, str]]:
    """What an edition consists of beside its first page: path from there, and media type."""
    yield from ((f"{name}/", "text/html") for name in cite.pages(context.book, volume) if name != "index")
    yield from ((f"data/{name}", media_type(name)) for name in files_of(context, volume))
    yield changes_json.NAME, media_type(changes_json.NAME)
    yield archive_name(context.book.own_title, volume.address, volume.edition.number), "application/zip"


def files_of(context: BuildContext, volume: Volume) -> dict[str, bytes]:
    """The downloads of the newest edition: file name -> content."""
    return dict(folder(context.book, Target("edition", volume.address, volume.edition.number))[1])


def linkset(context: BuildContext, volume: Volume) -> bytes:
    """The links of a publication and all its editions in one file, written anew with each; of a withdrawn one only the cover."""
    cover = context.permalink(f"{volume.address}/")
    homes = [context.permalink(edition_path(volume.address, edition.number)) for edition in volume.publication.editions]
    if volume.publication.status == "withdrawn":
        homes = []
    entries: list[dict[str, Any]] = [{"anchor": cover, "item": [_target(home, "text/html") for home in homes]}]
    if homes:
        entries[0] |= {"cite-as": [_target(homes[-1])], "latest-version": [_target(homes[-1])]}
    for at, home in enumerate(homes):
        entry = {"anchor": home, "cite-as": [_target(home)], "collection": [_target(cover, "text/html")]}
        entry |= {"latest-version": [_target(homes[-1])], "version-history": [_target(cover, "text/html")]}
        entry |= {"predecessor-version": [_target(homes[at - 1])]} if at else {}
        entry |= {"successor-version": [_target(homes[at + 1])]} if at + 1 < len(homes) else {}
        entries.append(entry)
    if homes:
        parts = list(items(context, volume))
        forms = [
            _target(f"{homes[-1]}citation.{form.ending}", form.type) | ({"profile": form.profile} if form.profile else {})
            for form in (*records.REFERENCES, *records.LASTING)  # where the media type does not tell the format (RFC 9264, 4.2.4)
        ]
        entries[-1] |= {"item": [_target(homes[-1] + path, kind) for path, kind in parts], "describedby": forms}
        entries[-1] |= {"license": [_target(context.book.series.text_licence.url)], "type": [_target("https://schema.org/Report")]}
        entries += [{"anchor": homes[-1] + path, "collection": [_target(homes[-1], "text/html")]} for path, _ in parts]
    return readable({"linkset": entries}).encode()


def _target(href: str, kind: str = "") -> dict[str, str]:
    return {"href": href, "type": kind} if kind else {"href": href}
