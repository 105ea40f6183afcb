"""A new publication or relationship -> the files that begin it, from docs/templates/new/."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Template

from pydantic import ValidationError

from macros import date_words, indices, page_templates
from macros.book import Book, Volume
from macros.fields import Row, Slug, optional_columns, own_first
from macros.language import N_, gettext
from macros.messages import explain, misshapen
from macros.model import KINDS, Relationship, tables_of
from macros.problems import DataError, Problem
from macros.scales import ScoreScale
from macros.yaml_lines import dumped, quoted

FOLDER = "new"
"""The texts that begin a publication, below docs/templates/."""


@dataclass(frozen=True)
class Draft:
    """What a command would write.

    Attributes:
        address: Where it will be seen in the preview, from the root of the site.
        files: New files: path from the repository -> text.
        added: What is added to the end of files that are there: path -> text.
    """

    address: str
    files: Mapping[str, str]
    added: Mapping[str, str]


def issue(book: Book, today: date, number: int | None = None) -> Draft:
    """The next issue: number, period, titles and people follow the issue before.

    Args:
        today: The date of its first edition, until it is published.
        number: Its number; one above the highest where none is given.

    Returns:
        Title page, empty tables, a page for each relationship and for security, and the entry of its original.

    Raises:
        DataError: There is such an issue.
    """
    issues = [volume for volume in book.volumes if volume.publication.number]
    last = max(issues, key=lambda volume: volume.publication.number or 0, default=None)
    number = number or (last.publication.last_number or 0) + 1 if last else number or 1
    covered = book.series.period_of(number)
    period, when = (str(covered), date_words.human(covered)) if covered else ("", gettext("issue %(number)s", number=number))
    values = {
        **_title_page(book, last, number),
        "number": str(number),
        "period": period,
        "today": today.isoformat(),
        "stated": _stated(book, number),
        "relationship": next((relationship.id for relationship in book.relationships), "relationship"),
        **{column: series.id for column, series in indices.security_series(book).items()},
    }
    address = f"{KINDS['issue']}/{number}"
    files = _tables(book, "issue", address)
    for name in ("publication.yml", "release.yml"):
        files[f"data/{address}/{name}"] = _filled(book, f"issue/{name}", values)
    for page in ("index", *(["security"] if indices.security_series(book) else [])):
        message = N_("%(series)s: security on %(period)s.") if page == "security" else N_("%(series)s: the editor on %(period)s.")
        about = gettext(message, series=book.series.title, period=when)
        files[f"docs/{address}/{page}.md"] = _filled(book, f"issue/{page}.md", {**values, "description": quoted(about)})
    for relationship in book.relationships:
        about = _about(relationship.title, when)
        given = {**values, "id": relationship.id, "title": quoted(relationship.title), "description": quoted(about)}
        files[f"docs/{address}/{relationship.id}.md"] = _filled(book, "issue/relationship.md", given)
    return _new(book, address, {name: _drawable(book, text) for name, text in files.items()}, _source(book, last, values["source"], number))


def _drawable(book: Book, text: str) -> str:
    """A page without the charts that the scales leave without a picture."""
    scale = book.scales.relationship
    left = ['chart("tension")'] if indices.banded(book) is None else []
    left += ['chart("running-total"'] if scale is None or not scale.plain_sum else []
    return "".join(part for part in re.split(r"(?<=\n\n)", text) if not any(call in part for call in left))


def paper(book: Book, kind: str, slug: str, title: str, today: date) -> Draft:
    """A new non-paper or policy paper.

    Args:
        slug: Last part of its address.
        today: The date of its first edition, until it is published.

    Returns:
        Title page, empty tables and first pages.

    Raises:
        DataError: The slug cannot be an address, or there is such a paper.
    """
    address = f"{KINDS[kind]}/{slug}"
    if why := misshapen(slug, Slug):
        raise DataError([Problem(f"data/{KINDS[kind]}", 1, "slug", why)])
    values = {
        "slug": quoted(slug),
        "title": quoted(title),
        "language": book.series.language,
        "today": today.isoformat(),
        "description": quoted(title),
        "addressee": next(iter(book.vocabularies.addressees), ""),
        "theme": next(iter(book.vocabularies.themes), ""),
    }
    files = _tables(book, kind, address)
    for name in page_templates.names(book.root, f"{FOLDER}/{kind}"):
        room = "docs" if name.endswith(".md") else "data"
        files[f"{room}/{address}/{name}"] = _filled(book, f"{kind}/{name}", values)
    return _new(book, address, files, {})


def relationship(book: Book, given: Mapping[str, str], drafts: tuple[Volume, ...]) -> Draft:
    """A new relationship: its entry, and a page in each issue that is a draft.

    Args:
        drafts: The issues that get a page of it.

    Raises:
        DataError: A field is wrong, or there is a relationship of that id.
    """
    try:
        entry = Relationship.model_validate(given)
    except ValidationError as error:
        raise DataError(explain(error, Relationship, "data/relationships.yml", {"": 1})) from None
    if entry.id in {relationship.id for relationship in book.relationships}:
        raise DataError([Problem("data/relationships.yml", 1, "id", f"'{entry.id}' is there already; choose another")])
    files: dict[str, str] = {}
    for volume in drafts:
        when = date_words.human(volume.publication.period) if volume.publication.period else ""
        values = {"id": entry.id, "number": str(volume.publication.number), "title": quoted(entry.title)}
        text = _filled(book, "issue/relationship.md", {**values, "description": quoted(_about(entry.title, when))})
        files[f"docs/{volume.address}/{entry.id}.md"] = text
    added = {"data/relationships.yml": dumped([entry.model_dump()])}
    if entry.partner not in book.vocabularies.partners:
        raise DataError([Problem("data/vocabularies.yml", 1, "partners", f"has no '{entry.partner}'; add it, then run again")])
    return Draft(f"relationships/{entry.id}/", files, added)


def _title_page(book: Book, last: Volume | None, number: int) -> dict[str, str]:
    """What the title page of the issue before says, with the new number in the place of its own."""
    if last is None:
        blank = dict.fromkeys(("subtitle", "editor", "publisher"), "")
        title = f"{book.series.title} {number}"
        return {**blank, "text": "digest", "title": quoted(title), "language": book.series.language, "source": f"issue-{number}"}
    before = last.publication
    editor = before.editor.model_dump(exclude_none=True) if before.editor else None
    return {
        "text": before.text,
        "title": quoted(_titled(book, before.title, before.number, number)),
        "subtitle": quoted(before.subtitle) if before.subtitle else "",
        "editor": json.dumps(editor, ensure_ascii=False) if editor else "",
        "publisher": quoted(before.publisher),
        "language": before.language,
        "source": _renumbered(before.original, before.number, number) if before.original else f"issue-{number}",
    }


def _source(book: Book, last: Volume | None, key: str, number: int) -> dict[str, str]:
    """The entry of the original, after that of the issue before; its address and date are for people to add."""
    before = book.sources.get(last.publication.original or "") if last else None
    if before is None or key in book.sources or last is None:
        return {}
    title = _titled(book, before.title or before.about or "", last.publication.number, number)
    entry = {key: {"title" if before.title else "about": title, "publisher": before.publisher}}
    return {"data/sources.yml": f"\n# Compare the title with the title page, and add url and date where they are stated.\n{dumped(entry)}"}


def _titled(book: Book, title: str, old: int | None, new: int) -> str:
    """A title with the new number; where it holds none, the name of the series with it."""
    renumbered = _renumbered(title, old, new)
    return renumbered if renumbered != title else f"{book.series.title} {new}"


def _renumbered(text: str, old: int | None, new: int) -> str:
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), text)


def _stated(book: Book, number: int) -> str:
    """The lines of published_indices.csv on this issue, as its own title page has them."""
    rows = [row for row in book.published_indices if row.issue == number]
    entries = {row.series: {"aggregate": row.value, "band": row.band} for row in rows}
    return json.dumps({name: {key: value for key, value in entry.items() if value is not None} for name, entry in entries.items()})


def _tables(book: Book, kind: str, address: str) -> dict[str, str]:
    """The CSV files of a publication, with their header only; none of what the monitor does not score."""
    unscored = {name for name, scale in _scales(book).items() if scale is None}
    tables = {name: row for name, row in tables_of(kind).items() if name not in unscored}
    return {f"data/{address}/{name}": ",".join(_header(book, name, row)) + "\n" for name, row in tables.items()}


def _scales(book: Book) -> dict[str, ScoreScale | None]:
    """The scale of each table that holds scores; None where the monitor scores no such rows."""
    return {"events.csv": book.scales.relationship, "incidents.csv": book.scales.security}


def _header(book: Book, name: str, row: type[Row]) -> list[str]:
    """The columns of a new table: those that it must have, the scores that are given, and the weight where scores count by one."""
    scale = _scales(book).get(name)
    also = [*indices.security_series(book), *(["weight"] if scale and scale.weighted else [])]
    left = {column for column in optional_columns(row) if column not in also}
    return [column for column in own_first(row) if column not in left]


def _new(book: Book, address: str, files: Mapping[str, str], added: Mapping[str, str]) -> Draft:
    there = [room for room in ("data", "docs") if (book.root / room / address).exists()]
    if there:
        raise DataError([Problem(f"{there[0]}/{address}", 1, "file", "is there already; nothing is written over it")])
    return Draft(f"{address}/v1/", files, added)


def _filled(book: Book, name: str, values: Mapping[str, str]) -> str:
    """A template with its values."""
    return Template(page_templates.template(book.root, f"{FOLDER}/{name}")).substitute(values)


def _about(title: str, when: str) -> str:
    """What the page of a relationship is about, until an editor says more."""
    return gettext("%(title)s in %(period)s.", title=title, period=when)
