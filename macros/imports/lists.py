"""What the data say already and cells may name: relationships, sources, words, figures, and the period of an issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.dates import Period
from macros.imports.cells import key
from macros.load import Files, Folder
from macros.model import Publication, Source
from macros.problems import DataError, no_publication
from macros.scales import Scales, ScoreScale
from macros.vocabularies import Vocabularies

FLOW_NAMES = {
    "exports": ("export", "экспорт", "экспарт", "експорт"),
    "imports": ("import", "импорт", "імпарт", "імпорт"),
    "turnover": ("trade", "total trade", "trade turnover", "оборот", "товарооборот", "тавараабарот", "товарообіг"),
    "balance": ("trade balance", "сальдо", "баланс"),
}
Names = Mapping[str, tuple[str, ...]]
"""Each word that a cell may hold, and the other names that it goes by."""


@dataclass(frozen=True)
class Lists:
    """What is known before a file is read.

    Attributes:
        folder: The publication's rows, as they are.
        publication: Its title page.
        scales: The scales of scores.
        names: Column -> the words that it may hold, and their labels.
        titles: Id of each relationship -> its label, title and id.
        files: Everything that was read.
    """

    folder: Folder
    publication: Publication
    scales: Scales
    names: dict[str, Names]
    titles: Mapping[str, tuple[str, str]]
    files: Files = field(repr=False)

    @property
    def period(self) -> Period | None:
        """The period of an issue."""
        return self.publication.period

    def scale(self, column: str) -> ScoreScale | None:
        """The scale of a column of scores; None where nothing is scored on it."""
        return self.scales.relationship if column == "score" else self.scales.security

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

    @property
    def _beginnings(self) -> set[str]:
        """What stands before the label in titles: `relationship with`, and what people write for it."""
        beginnings = {"relationswith", "relationshipwith", "relationshipswith", "отношенияс", "отношениясо"}
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
    needed = [f"data/{name}.yml" for name in ("relationships", "scales", "vocabularies", "sources")]
    at_fault = [problem for problem in files.problems if problem.path in needed or problem.path.startswith(f"data/{address}/")]
    if at_fault or not folder.table("publication.yml").items:
        raise DataError(at_fault or files.problems)
    publication: Publication = folder.table("publication.yml").items[0]
    words: Vocabularies = files.table("vocabularies.yml").items[0]
    titles = {record.item.id: (record.item.label, record.item.title) for record in files.table("relationships.yml")}
    names: dict[str, Names] = {
        "relationship": titles,
        "source": {record.key: _of_source(record.item) for record in files.table("sources.yml")},
        "category": _labelled(words.categories),
        "partner": _labelled(words.partners),
        "unit": _labelled(words.units),
        "change_unit": _labelled(words.units),
        "qualifier": _labelled(words.qualifiers),
        "flow": {name: (*FLOW_NAMES.get(name, ()), flow.label) for name, flow in words.flows.items()},
        "figure": {figure.id: (figure.title,) for figure in publication.figures},
    }
    return Lists(folder, publication, files.table("scales.yml").first or Scales(), names, titles, files)


def _labelled(words: Mapping[str, Any]) -> Names:
    return {word: (getattr(label, "label", label),) for word, label in words.items()}


def _of_source(source: Source) -> tuple[str, ...]:
    named: Iterable[str | None] = (source.title, source.about, source.publisher, source.url)
    return tuple(filter(None, named))
