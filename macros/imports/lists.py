"""What the data say already and cells may name: relationships, sources, words, figures, and the period of an issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from macros.imports.cells import key
from macros.imports.columns import ColumnNames
from macros.imports.date_patterns import DatePatterns
from macros.imports.date_readings import DateReader
from macros.load import Files, Folder
from macros.model import Publication, Source
from macros.problems import DataError, no_publication
from macros.scales import Scales, ScoreScale
from macros.table_words import TableWords, shipped, together
from macros.vocabularies import Vocabularies

Names = Mapping[str, tuple[str, ...]]
"""Each word that a cell may hold, and the other names that it goes by."""


@dataclass(frozen=True)
class Lists:
    """What is known before a file is read.

    Attributes:
        folder: The publication's rows, as they are.
        publication: Its title page.
        names: Column -> the words that it may hold, and their labels.
        titles: Id of each relationship -> its label, title and id.
        words: The words of tables, in all languages that are known here.
    """

    folder: Folder
    publication: Publication
    scales: Scales
    names: dict[str, Names]
    titles: Mapping[str, tuple[str, str]]
    words: TableWords
    files: Files = field(repr=False)

    def scale(self, column: str) -> ScoreScale | None:
        """The scale of a column of scores; None where nothing is scored on it."""
        return self.scales.relationship if column == "score" else self.scales.security

    @cached_property
    def columns(self) -> ColumnNames:
        """Reads names of columns."""
        return ColumnNames(self.words)

    @cached_property
    def dates(self) -> DateReader:
        """Reads dates."""
        tags = [self.files.table("series.yml").items[0].language, *self.files.table_words, *shipped()]
        return DateReader(DatePatterns(self.words, tags), self.publication.period)

    def is_total(self, text: str) -> bool:
        """Whether a row begins as one that sums up others does: with the word, then at most two more words and numbers."""
        rest = next((text.strip()[len(word) :] for word in self._totals if text.strip().casefold().startswith(word)), None)
        return rest is not None and not re.match(r"\w", rest) and len(re.findall(r"[^\W\d]+", rest)) <= 2

    @cached_property
    def _totals(self) -> list[str]:
        return sorted(map(str.casefold, self.words.totals), key=len, reverse=True)

    def heading(self, text: str, bare: bool = True) -> str:
        """Read a heading or the name of a sheet as that of one relationship.

        Args:
            bare: Whether a label alone, without the words before it in titles, is a heading too.

        Returns:
            The id of the relationship; empty where the text names none, or more than one.
        """
        wanted = key(text)
        fits = {
            name
            for name, labels in self.titles.items()
            for label in (name, *labels)
            if wanted and (wanted in self._headings(label) or (bare and wanted == key(label)) or wanted == key(labels[1]))
        }
        return fits.pop() if len(fits) == 1 else ""

    def within(self, text: str) -> list[str]:
        """The one relationship whose label stands among the words of a heading; none where there are more."""
        fits = [name for name, (label, _) in self.titles.items() if re.search(rf"\b{re.escape(label)}\b", text, re.IGNORECASE)]
        return fits if len(fits) == 1 else []

    def is_heading(self, text: str) -> bool:
        """Whether a text begins as titles of relationships do, whichever relationship it names."""
        return any(key(text).startswith(start) for start in self._beginnings)

    def bare(self, text: str) -> str:
        """The letters of a heading without the words with which titles begin."""
        start = max((start for start in self._beginnings if key(text).startswith(start)), key=len, default="")
        return key(text).removeprefix(start)

    def _headings(self, label: str) -> set[str]:
        """A label behind every beginning that titles have, with and without an article."""
        return {f"{start}{article}{key(label)}" for start in self._beginnings for article in ("", "the")}

    @cached_property
    def _beginnings(self) -> set[str]:
        """What stands before the label in titles: `relationship with`, and what people write for it."""
        beginnings = set(map(key, self.words.relationships))
        for label, title in self.titles.values():
            if key(title).endswith(key(label)):
                beginnings.add(key(title).removesuffix(key(label)).removesuffix("the"))
        return beginnings - {""}


def lists(files: Files, address: str) -> Lists:
    """Collect what is known of a publication.

    Args:
        address: The publication: `issues/20`.

    Raises:
        DataError: There is no such publication, or a file that is needed has findings.
    """
    if address not in files.folders:
        raise DataError([no_publication(address, sorted(files.folders))])
    folder = files.folders[address]
    needed = [f"data/{name}.yml" for name in ("relationships", "scales", "vocabularies", "sources", "series")]
    at_fault = [problem for problem in files.problems if problem.path in needed or problem.path.startswith(f"data/{address}/")]
    if at_fault or not folder.table("publication.yml").items:
        raise DataError(at_fault or files.problems)
    publication: Publication = folder.table("publication.yml").items[0]
    words: Vocabularies = files.table("vocabularies.yml").items[0]
    of_tables = together([*files.table_words.values(), *shipped().values()])
    titles = {record.item.id: (record.item.label, record.item.title) for record in files.table("relationships.yml")}
    names: dict[str, Names] = {
        "relationship": titles,
        "source": {record.key: _of_source(record.item) for record in files.table("sources.yml")},
        "category": _labelled(words.categories),
        "partner": _labelled(words.partners),
        "unit": _labelled(words.units),
        "change_unit": _labelled(words.units),
        "qualifier": _labelled(words.qualifiers),
        "flow": {name: (*of_tables.flows.get(name, ()), flow.label) for name, flow in words.flows.items()},
        "figure": {figure.id: (figure.title,) for figure in publication.figures},
    }
    return Lists(folder, publication, files.table("scales.yml").first or Scales(), names, titles, of_tables, files)


def _labelled(words: Mapping[str, Any]) -> Names:
    return {word: (getattr(label, "label", label),) for word, label in words.items()}


def _of_source(source: Source) -> tuple[str, ...]:
    named: Iterable[str | None] = (source.title, source.about, source.publisher, source.url)
    return tuple(filter(None, named))
