"""The Book: everything valid, frozen, and ready to be read."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from macros import load, validate
from macros.copies import Preservation
from macros.fields import Row
from macros.language import Language
from macros.model import (
    FILES,
    Coming,
    Edition,
    Event,
    FigureDeclaration,
    FigureRow,
    Incident,
    Judgement,
    Points,
    Publication,
    PublishedIndex,
    Recommendation,
    Relationship,
    Series,
    Source,
    Trade,
    publication_of,
)
from macros.problems import DataError, Problem
from macros.scales import Scales
from macros.translations import original_text
from macros.vocabularies import Vocabularies

T = TypeVar("T", bound=Row)


def _read_only(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))  # a book is handed to other processes


@dataclass(frozen=True, eq=False, repr=False)
class Volume:
    """One publication with all its rows. Events and incidents stand in the order of their dates."""

    publication: Publication
    events: tuple[Event, ...] = ()
    incidents: tuple[Incident, ...] = ()
    trade: tuple[Trade, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    points: Points | None = None
    recommendations: tuple[Recommendation, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @property
    def address(self) -> str:
        """Address on the site: `issues/19`."""
        return self.publication.address

    @property
    def edition(self) -> Edition:
        """The newest edition."""
        return self.publication.editions[-1]

    def numbered(self, number: int) -> Edition:
        """The edition with a number."""
        return next(edition for edition in self.publication.editions if edition.number == number)

    @property
    def recency(self) -> tuple[str, str]:
        """By what publications of all kinds are in order of time: the last day of its period or date, else its slug; then its address."""
        when = self.publication.period or self.publication.date
        return (when.last.isoformat() if when else self.publication.slug, self.address)

    @property
    def draft(self) -> bool:
        """Whether it is shown in previews only."""
        return self.publication.status == "draft"

    @cached_property
    def event_relationships(self) -> Mapping[str, str]:
        """The relationship of every event, by the id of the event."""
        return {event.id: event.relationship for event in self.events}

    @cached_property
    def quantities(self) -> Mapping[str, Trade | FigureRow]:
        """Every stated number by its id."""
        return {row.id: row for row in self.trade} | {row.id: row for row in self.figures}

    def declared(self, figure: str) -> FigureDeclaration:
        """The declaration of a figure."""
        return next(declaration for declaration in self.publication.figures if declaration.id == figure)


@dataclass(frozen=True, eq=False, repr=False)  # a book is opened once, compared with no other, and too long to be printed
class Book:
    """All publications and everything that they share.

    Attributes:
        catalogues: The monitor's own catalogues of messages as MO files, by language.
        opened: The language in which the texts were read; empty for their own.
        originals: Address of each publication that is read in that language, empty for the site -> the language it is
            translated from.
    """

    root: Path
    series: Series
    relationships: tuple[Relationship, ...]
    scales: Scales
    vocabularies: Vocabularies
    sources: Mapping[str, Source]
    published_indices: tuple[PublishedIndex, ...]
    volumes: tuple[Volume, ...]
    coming: tuple[Coming, ...] = ()
    preservation: Preservation = field(default_factory=Preservation)
    catalogues: Mapping[str, bytes] = field(default_factory=dict)
    opened: str = ""
    originals: Mapping[str, str] = field(default_factory=dict)
    own_title: str = ""  # of the site in its own language, by which files are named

    @property
    def begins(self) -> date:
        """The first day of the series; without a calendar that of its first edition here, or the first that files may have."""
        if self.series.first_period:
            return self.series.first_period.first
        return min((volume.publication.editions[0].date for volume in self.volumes), default=date(1980, 1, 1))

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages into which the site or a publication is translated."""
        tags = [*self.series.translations, *(tag for volume in self.volumes for tag in volume.publication.translations)]
        return tuple(dict.fromkeys(tags))

    def language(self, address: str = "") -> Language:
        """The language of the publication at an address; of the site itself without one."""
        tag = self.volume(address).publication.language if address else self.series.language
        return Language(tag, self.catalogues.get(tag, b""))

    @cached_property
    def _addresses(self) -> Mapping[str, Volume]:
        return {volume.address: volume for volume in self.volumes}

    def volume(self, address: str) -> Volume:
        """The volume at an address such as `issues/19`."""
        return self._addresses[address]

    def find(self, address: str) -> Volume | None:
        """The volume at an address; None where there is none."""
        return self._addresses.get(address)

    @cached_property
    def numbered(self) -> Mapping[int, Volume]:
        """The issues that are held here, drafts too, by number."""
        return {volume.publication.number: volume for volume in self.volumes if volume.publication.number}

    def shown_number(self, number: int) -> str:
        """The number of any issue as readers see it: `19`; as printed, where it is held here: `20-21`."""
        return self.numbered[number].publication.shown_number if number in self.numbered else str(number)

    def relationship(self, name: str) -> Relationship:
        """The relationship with an id."""
        return next(relationship for relationship in self.relationships if relationship.id == name)

    def of_kind(self, kind: str) -> tuple[Volume, ...]:
        """The published volumes of one kind, newest first."""
        volumes = [volume for volume in self.published if volume.publication.kind == kind]
        return tuple(sorted(volumes, key=lambda volume: _age(volume.publication), reverse=True))

    @cached_property
    def issues(self) -> tuple[Volume, ...]:
        """The published issues, newest first."""
        return self.of_kind("issue")

    @cached_property
    def published(self) -> tuple[Volume, ...]:
        """The volumes that readers may see: no drafts, nothing withdrawn."""
        return tuple(volume for volume in self.volumes if volume.publication.status == "published")

    def sections(self, volume: Volume) -> tuple[Relationship, ...]:
        """The relationships that may have a page in a volume: those with events, and in a draft all, whose rows may be yet to come."""
        return self.relationships if volume.draft and volume.publication.kind == "issue" else self.covered(volume)

    def covered(self, volume: Volume) -> tuple[Relationship, ...]:
        """The relationships that have events in a volume, in the order of the list."""
        named = {event.relationship for event in volume.events}
        return tuple(relationship for relationship in self.relationships if relationship.id in named)


def _age(publication: Publication) -> tuple[Any, ...]:
    when = publication.period or publication.date
    return (publication.number or 0, when.first.isoformat() if when else publication.slug)


def open_book(root: Path, language: str = "") -> Book:
    """Load and check everything under data/.

    Args:
        language: The language in which texts are read, where they are translated into it; empty for their own.

    Raises:
        DataError: Something is wrong; it holds every finding.
    """
    _, problems, book = read(root, language)
    if problems or not book:
        raise DataError(problems)
    return book


def read(root: Path, language: str = "") -> tuple[load.Files, list[Problem], Book | None]:
    """Load and check everything under data/, and keep what is without a fault.

    Args:
        language: The language in which texts are read, where they are translated into it; empty for their own.

    Returns:
        What was loaded, every finding, and the book of all publications that have none; None where a shared file is at fault.
    """
    files = load.load(root, language)
    problems = validate.validate(files)
    return files, problems, bind(files, problems)


def readable(files: load.Files) -> Book | None:
    """The book of files whose rows can all be read, whatever they sum up to.

    Returns:
        The book; None where a row cannot be read.
    """
    return None if validate.row_problems(files) else bind(files, ())


def bind(files: load.Files, problems: Iterable[Problem], every: Iterable[Volume] = ()) -> Book | None:
    """The book of everything that has no fault, so that pages can be checked in the same run as data.

    Args:
        problems: What `validate` found in it.
        every: All volumes of the book, where the files are those of some publications alone; these take their places.

    Returns:
        A book without the publications that have a finding; None where a shared file is missing or at fault as a whole.
    """
    at_fault = {problem.path for problem in problems}
    doubtful = {path.removeprefix("data/").rpartition("/")[0] for path in at_fault}
    needed = [files.table(file.name) for file in FILES if file.kept]
    if any(table.path in at_fault and not table.items for table in needed):
        return None
    read = {folder.address: _volume(folder) for folder in files.folders.values() if folder.address not in doubtful}
    volumes = tuple(read.get(volume.address, volume) for volume in every) or tuple(read.values())
    published = {volume.publication.number for volume in volumes if not volume.draft}
    series = files.table("series.yml").records[0]
    return Book(
        root=files.root,
        series=series.item,
        relationships=tuple(_entries(files.table("relationships.yml"), Relationship).values()),
        scales=files.table("scales.yml").first or Scales(),
        vocabularies=files.table("vocabularies.yml").items[0],
        sources=MappingProxyType(_entries(files.table("sources.yml"), Source)),
        published_indices=files.table("published_indices.csv").items,
        coming=tuple(
            sorted((issue for issue in files.table("coming.yml").items if issue.number not in published), key=lambda issue: issue.date)
        ),
        preservation=files.table("preservation.yml").first or Preservation(),
        catalogues=MappingProxyType(files.catalogues),
        opened=files.language,
        originals=MappingProxyType({publication_of(path): tag for path, tag in files.originals.items()}),
        own_title=original_text(series.translations, "title", files.language) or series.item.title,
        volumes=volumes,
    )


def _entries(table: load.Table[T], row: type[T]) -> dict[str, T]:
    """Entries by name. One at fault stands as a bare name, so that a page that refers to it is no second fault."""
    bare: Callable[..., Any] = row.model_construct
    return {name: bare(id=name) for name in table.names} | {record.key: record.item for record in table}


def _volume(folder: load.Folder) -> Volume:
    return Volume(
        publication=folder.table("publication.yml").items[0],
        events=tuple(sorted(folder.table("events.csv").items, key=_by_date)),
        incidents=tuple(sorted(folder.table("incidents.csv").items, key=_by_date)),
        trade=folder.table("trade.csv").items,
        figures=folder.table("figures.csv").items,
        points=folder.table("points.yml").first,
        recommendations=folder.table("recommendations.yml").items,
        judgements=folder.table("judgements.yml").items,
    )


def _by_date(row: Event | Incident) -> tuple[Any, ...]:
    return row.date.first, row.date.last, row.id
