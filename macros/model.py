"""THE definition of every field of every data file: type, limits, meaning.

Each class is one kind of row or file. The checks, the JSON Schemas for editors and the
codebook are all derived from these classes, so nothing about a field is said twice.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from macros import dates, periods
from macros.copies import Preservation
from macros.creators import Creator, Person
from macros.fields import (
    CatalogueId,
    Colour,
    Doi,
    Edtf,
    Isni,
    Issn,
    IssueNumber,
    Key,
    LanguageTag,
    Line,
    Link,
    Number,
    OpenEdtf,
    Prose,
    Ror,
    Row,
    Score,
    Slug,
    Whole,
    pattern,
)
from macros.scales import Scales
from macros.vocabularies import Vocabularies

KINDS = {"issue": "issues", "non-paper": "non-papers", "policy-paper": "policy"}
"""Each kind of publication and the folder, under data/ and docs/, in which it lives."""


def publication_of(path: str) -> str:
    """The address of the publication whose folder under data/ or docs/ a file is in; empty where it belongs to none, or to all."""
    room, _, inner = path.partition("/")
    parts = inner.split("/")
    return "/".join(parts[:2]) if room in ("data", "docs") and parts[0] in KINDS.values() and len(parts) > 2 else ""


LAST_ISSUE = 99_999
"""The highest number that an issue may have."""


class Licence(Row):
    """Terms of use."""

    name: Line = Field(description="The terms in words")
    url: Link = Field(description="Where the terms stand in full")


class Imprint(Row):
    """Who makes this site, and answers for it."""

    name: Line = Field(description="Name of the body: the author and publisher of every digest, the publisher of the site")
    address: Line = Field(description="Where it can be reached")
    contact: Link = Field(description="A mail address or page for questions and corrections")
    responsible: Line = Field(description="Who answers for the contents")
    relation: Prose = Field(description="How it stands to the publishers of the originals")
    isni: Isni | None = Field(default=None, description="Its International Standard Name Identifier, in quotes")
    ror: Ror | None = Field(default=None, description="Its identifier in the Research Organization Registry")

    @property
    def mail(self) -> str:
        """The mail address of the contact; empty where that is a page."""
        return self.contact.removeprefix("mailto:").partition("?")[0] if self.contact.startswith("mailto:") else ""


class Series(Row):
    """The periodical itself."""

    title: Line = Field(description="Name of the periodical")
    issn: Issn | None = Field(default=None, description="Its International Standard Serial Number")
    subtitle: Line = Field(description="What it is about, in one line")
    country: Line = Field(description="The country whose relationships are scored and whose trade is counted")
    imprint: Imprint = Field(description="Who makes this site")
    language: LanguageTag = Field(description="Language of the texts, as in BCP 47")
    translations: tuple[LanguageTag, ...] = Field(
        default=(), description="Other languages in which pages of the portal are given: those in docs/<language>/"
    )
    first_period: Edtf | None = Field(
        default=None, description="Period of issue 1; absent where issues keep no calendar, or there are none"
    )
    months: Whole | None = Field(default=None, description="How many whole months each issue covers", ge=1, le=120)
    days: Whole | None = Field(default=None, description="How many days each issue covers, in place of `months`: 7, 14", ge=1, le=366)
    site: Link = Field(description="Address of the deployed site, ending in a slash")
    repository: Link | None = Field(default=None, description="Address of the repository that the site is built from, for git")
    description: Prose = Field(description="What the site is, for its home page and for search engines")
    text_licence: Licence = Field(description="How the texts may be used")
    data_licence: Licence = Field(description="How the data may be used")

    @model_validator(mode="after")
    def _calendar(self) -> Self:
        if (self.first_period is None) == (self.months is not None or self.days is not None) or (self.months and self.days):
            raise ValueError(
                "states no whole calendar; first_period goes with either months or days, and a series without a calendar has none of them"
            )
        return self

    def period_of(self, number: int, through: int | None = None) -> dates.Period | None:
        """Work out the time that an issue covers, by the calendar.

        Args:
            through: Of a combined issue the number of its last part.

        Returns:
            The period; None where the series keeps no calendar.

        Raises:
            ValueError: It lies beyond the years that can be written.
        """
        if self.first_period is None:
            return None
        first, last = (
            periods.later(self.first_period, self.months or 0, self.days or 0, times - 1) for times in (number, through or number)
        )
        return periods.spanning(first.first, last.last, months=self.days is None)


class Coming(Row):
    """An issue that is planned."""

    number: Whole = Field(description="Its number", ge=1, le=LAST_ISSUE)
    date: datetime.date = Field(description="The day for which it is planned")
    title: Line = Field(description="What it will be called")


class Relationship(Row):
    """One bilateral relationship that the periodical scores."""

    id: Slug = Field(description="Permanent id, used in addresses, event ids and page names")
    label: Line = Field(description="Short name of the other side")
    title: Line = Field(description="Heading of its section")
    partner: Key = Field(description="The same side as a trade partner, a key of `partners` in vocabularies.yml")
    colour: Colour = Field(description="Its colour in charts, as #rrggbb")


class Source(Row):
    """One work, page, interview or letter that a statement rests on."""

    authors: tuple[Line, ...] = Field(default=(), description="Authors as the source names them")
    title: Line | None = Field(default=None, description="Title as stated, in its own language")
    about: Line | None = Field(default=None, description="What it is, in our words, where no title is stated")
    publisher: Line | None = Field(default=None, description="Site, paper or body that published it")
    date: Edtf | None = Field(default=None, description="Date as stated")
    url: Link | None = Field(default=None, description="Where it is")
    archived: Link | None = Field(default=None, description="A capture of it in a web archive")
    captured: Edtf | None = Field(default=None, description="Day of that capture")
    language: LanguageTag | None = Field(default=None, description="Its language, as in BCP 47, where it is not that of the site")
    note: Line | None = Field(default=None, description="Page, occasion or anything else that helps to find it")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.title or self.about):
            raise ValueError("has neither title nor about; give the title as stated, or say in about what it is")
        return self


class PublishedIndex(Row):
    """A headline value that another issue of the periodical stated."""

    issue: Whole = Field(description="Number of the issue", ge=1, le=LAST_ISSUE)
    period: Edtf = Field(description="Its period")
    series: Key = Field(description="A relationship, or one of the security indices")
    value: Score | None = Field(description="The index as stated; empty where only the colour is known")
    band: Key | None = Field(description="The colour of regional tension as stated")
    source_url: Link = Field(description="The page that states it")

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        if self.value is None and self.band is None:
            raise ValueError("states neither value nor band; an index of which nothing is stated has no row")
        return self


class StatedIndex(Row):
    """An index as the publication itself prints it."""

    aggregate: Score | None = Field(default=None, description="The index; absent where only the colour is printed")
    positive: Score | None = Field(default=None, description="Sum of its positive scores", ge=0)
    negative: Score | None = Field(default=None, description="Sum of its negative scores", le=0)
    band: Key | None = Field(default=None, description="Colour of regional tension")
    departure: Line | None = Field(
        default=None, description="Why the catalogue of this site gives another value than the print, after a correction"
    )


class Assessment(Row):
    """What an issue says of one of its indices, so that its section can be understood in half a minute."""

    reason: Line = Field(description="Why the index is what it is, in one sentence")
    explained_by: tuple[CatalogueId, ...] = Field(
        default=(), max_length=5, description="The rows that explain it, at most five; without them the strongest are shown"
    )
    forecast: Line | None = Field(default=None, description="What the issue expects, in one sentence")
    outcome: Line | None = Field(default=None, description="What became of the forecast of the issue before, in one sentence")


class Edition(Row):
    """One frozen state of a publication on this site. Its files are packed, and ZIP and gzip count their days from 1980 to 2106."""

    number: Whole = Field(description="1, 2, 3 ...", ge=1)
    date: datetime.date = Field(description="The day it is published here", ge=datetime.date(1980, 1, 1), le=datetime.date(2099, 12, 31))
    kind: Literal["original", "correction", "revision"] = Field(
        description="original = the first; correction = a mistake mended; revision = better data, planned"
    )
    note: Line = Field(description="What is new in it, in one sentence")
    doi: Doi | None = Field(default=None, description="DOI of this edition alone, where one is registered")


class FigureDeclaration(Row):
    """One table or list of numbers of a publication."""

    id: Slug = Field(description="Permanent id within the publication")
    title: Line = Field(description="Heading of the table or chart")
    kind: Literal["structure", "comparison", "series", "table"] = Field(
        description="structure = shares of a whole; comparison = items side by side; series = over time; table = no chart"
    )
    note: Line | None = Field(default=None, description="What the source leaves out, or how to read it")


class Publication(Row):
    """An issue, a non-paper or a policy paper, and its editions."""

    kind: Literal["issue", "non-paper", "policy-paper"] = Field(description="What kind of publication it is")
    slug: Slug = Field(description="Last part of its address; the name of its folder")
    number: Whole | None = Field(default=None, description="Issue only: its number, by which issues are in order", ge=1, le=LAST_ISSUE)
    printed: IssueNumber | None = Field(default=None, description="Issue only: its number as printed, where that is another: 20-21, 2021/3")
    through: Whole | None = Field(
        default=None, description="Combined issue only: the number of the last issue that it stands for, such as 21 of 20-21"
    )
    period: Edtf | None = Field(default=None, description="Issue only: the time it covers")
    text: Literal["digest", "own"] = Field(
        description="digest = a summary in our words of somebody else's document, which the lines below name; own = the document itself"
    )
    title: Line = Field(description="Title of the document: of the original of a digest, or of a text of our own")
    title_supplied: bool = Field(default=False, description="True where the title is ours, for want of a title page")
    subtitle: Line | None = Field(default=None, description="Subtitle of that document")
    authors: tuple[Creator, ...] = Field(description="Its authors, in order: persons, or bodies")
    editor: Person | None = Field(default=None, description="Its editor")
    publisher: Line = Field(description="Its publisher")
    publisher_isni: Isni | None = Field(default=None, description="International Standard Name Identifier of that publisher, in quotes")
    publisher_ror: Ror | None = Field(default=None, description="Identifier of that publisher in the Research Organization Registry")
    doi: Doi | None = Field(default=None, description="DOI of the text on this site, where one is registered for all its editions")
    date: Edtf | None = Field(default=None, description="Date that it states; absent where it states none")
    language: LanguageTag = Field(description="Language of the text, as in BCP 47")
    translations: tuple[LanguageTag, ...] = Field(
        default=(), description="Languages into which the whole publication is translated, its pages in a folder <language>/"
    )
    keywords: tuple[Line, ...] = Field(description="Keywords", min_length=1)
    abstract: Prose = Field(description="What it finds, in our words")
    original: Key | None = Field(
        default=None, validate_default=True, description="Digest only: the original document, a key of sources.yml, with its address"
    )
    copyright: Line | None = Field(default=None, description="Digest only: the line of copyright that the original carries")
    status: Literal["draft", "published", "withdrawn"] = Field(description="draft = shown in previews only")
    withdrawal: Line | None = Field(default=None, description="Why it was withdrawn")
    withdrawal_date: datetime.date | None = Field(default=None, description="The day on which it is withdrawn")
    editions: tuple[Edition, ...] = Field(description="Its editions, oldest first", min_length=1)
    published_indices: dict[Key, StatedIndex] = Field(default_factory=dict, description="Issue only: the indices that the original prints")
    headline: Line | None = Field(default=None, description="Issue only: what changed and why, in one sentence")
    forecast: Line | None = Field(default=None, description="Issue only: what it expects of the months ahead, in one sentence")
    assessments: dict[Key, Assessment] = Field(default_factory=dict, description="Issue only: the reason and the forecast of each index")
    figures: tuple[FigureDeclaration, ...] = Field(default=(), description="The tables that figures.csv holds")
    contents: tuple[Slug, ...] = Field(
        default=(), description="The pages after the first, in order of reading; of an issue those after its sections"
    )

    @field_validator("original")
    @classmethod
    def _of_digest(cls, value: str | None, info: ValidationInfo) -> str | None:
        text = info.data.get("text")
        if text == "digest" and value is None:
            raise ValueError("is empty; a digest names its original, a key of sources.yml")
        if text == "own" and value is not None:
            raise ValueError("is given, and text is own; only a digest names an original")
        return value

    @model_validator(mode="after")
    def _kind(self) -> Self:
        if self.kind == "issue" and (self.number is None or self.period is None):
            raise ValueError("is an issue without number or period; an issue states both")
        if self.through is not None and self.number is not None and not self.number < self.through <= LAST_ISSUE:
            raise ValueError(f"through {self.through} does not follow number {self.number}; it is the number of the last issue combined")
        of_issues = ("number", "printed", "through", "period", "published_indices", "headline", "forecast", "assessments")
        if self.kind != "issue" and (given := [name for name in of_issues if getattr(self, name)]):
            raise ValueError(f"is a {self.kind} with {' and '.join(given)}; only an issue has these")
        stated = (self.withdrawal is not None, self.withdrawal_date is not None)
        if stated != ((True, True) if self.status == "withdrawn" else (False, False)):
            message = "status, withdrawal and withdrawal_date disagree; a withdrawn publication, and no other, gives its reason and its day"
            raise ValueError(message)
        return self

    @property
    def address(self) -> str:
        """Address on the site: `issues/19`."""
        return f"{KINDS[self.kind]}/{self.slug}"

    @property
    def shown_number(self) -> str:
        """Number of an issue as readers see it: as it is printed; nothing for a paper."""
        return self.printed or str(self.number or "")

    @property
    def last_number(self) -> int | None:
        """Number of the last issue that this one stands for: its own, unless it is a combined one."""
        return self.through or self.number


class Approval(Row):
    """Somebody has read a publication and approves that it is published."""

    name: Line = Field(description="Who approves")
    date: datetime.date = Field(description="When")
    content: Line = Field(description="What was approved: the twelve characters that `barometer status` prints after `content`")


class Release(Row):
    """What was decided before a publication is published; no part of the publication."""

    writers: tuple[Line, ...] = Field(default=(), description="Who wrote the text of this site")
    accepted: dict[Slug, Line] = Field(default_factory=dict, description="Warnings of the release checklist that may stand, and why")
    approvals: tuple[Approval, ...] = Field(default=(), description="Who approved it, and what was approved")


Weight = Annotated[Score | None, Field(gt=0, description="By what its score counts, where the scale is weighted")]
Outside = Annotated[
    Line | None,
    Field(description="Why the row stands in this issue although it begins outside its period; empty where it does not"),
]
Repeats = Annotated[
    CatalogueId | None,
    Field(description="Id of a row with the same date and words, from which this is another event all the same"),
]


class Event(Row):
    """One scored event of a relationship."""

    id: CatalogueId = Field(description="Permanent id: issue, relationship, number in the catalogue")
    relationship: Key = Field(description="A relationship of relationships.yml")
    date: OpenEdtf = Field(description="When it happened")
    event: Line = Field(description="What happened, in one neutral line")
    score: Score = Field(description="What it did to the relationship, on the scale `relationship` of scales.yml")
    source: Key = Field(description="What it rests on, a key of sources.yml")
    weight: Weight = None
    outside: Outside = None
    repeats: Repeats = None


class Incident(Row):
    """One row of the security catalogue, scored twice."""

    id: CatalogueId = Field(description="Permanent id: issue, security, number in the catalogue")
    date: OpenEdtf = Field(description="When it happened")
    event: Line = Field(description="What happened, in one neutral line")
    national: Score | None = Field(default=None, description="What it did to national security, on the scale `security` of scales.yml")
    regional: Score | None = Field(default=None, description="What it did to the region, on the same scale; minus is more tension")
    category: Key = Field(description="Its kind, a key of `categories` in vocabularies.yml")
    source: Key = Field(description="What it rests on, a key of sources.yml")
    weight: Weight = None
    outside: Outside = None
    repeats: Repeats = None


def same_event(row: Event | Incident) -> tuple[str, str]:
    """The date and the words of a row, by which the same event is known again in another row."""
    return row.date.text, " ".join(row.event.casefold().split())


class Quantity(Row):
    """What every row with a stated number has in common."""

    value: Number = Field(description="The number as stated, in its unit; of a range the lower end")
    upper: Number | None = Field(description="Upper end of a range, such as 400 of 300-400; empty: the value is one number")
    unit: Key = Field(description="A key of `units` in vocabularies.yml")
    qualifier: Key | None = Field(description="How exact it is, a key of `qualifiers`; empty: exact")
    change: Number | None = Field(description="Change on a year before, as stated")
    change_unit: Key | None = Field(description="Unit of the change, a key of `units`")
    source: Key = Field(description="What it rests on, a key of sources.yml")

    @model_validator(mode="after")
    def _changed(self) -> Self:
        if (self.change is None) != (self.change_unit is None):
            raise ValueError("change and change_unit go together; fill both cells or neither")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError(f"upper {self.upper} is not above value {self.value}; a range goes from the lower number to the higher")
        return self


class Trade(Quantity):
    """One trade figure, seen from the country of the series."""

    id: Slug = Field(description="Permanent id within the publication")
    partner: Key = Field(description="With whom, a key of `partners` in vocabularies.yml")
    flow: Key = Field(description="A key of `flows` in vocabularies.yml: exports, imports, turnover, balance, or others")
    period: Edtf = Field(description="For which time")
    product: Line | None = Field(description="What is traded, such as goods, or goods and services; empty: not stated")


class FigureRow(Quantity):
    """One number of any other table, in long form."""

    id: Slug = Field(description="Permanent id within the publication")
    figure: Key = Field(description="The table it belongs to, declared in publication.yml")
    item: Line = Field(description="What is counted; one that begins with `of which` or `of whom` is a part of the item above")
    period: Edtf | None = Field(description="For which time; empty where the source does not say")
    partner: Key | None = Field(description="Trade partner that the number concerns, a key of `partners`; it then stands under Trade too")
    note: Line | None = Field(description="Anything a reader must know beside the number")


class PointSection(Row):
    """A heading under which points stand."""

    id: Slug = Field(description="Permanent id within the paper")
    title: Line = Field(description="The heading")


class Point(Row):
    """One numbered point of a non-paper."""

    id: Annotated[str, AfterValidator(pattern(r"p-[1-9]\d*", "p-17"))] = Field(description="Permanent id: p-1, p-2 ...")
    printed: Line | None = Field(default=None, description="Its number as printed, where that is not the one in its id: 121.12, 17.a")
    section: Key | None = Field(default=None, description="The heading it stands under; absent: before the first")
    title: Line = Field(description="Short title, ours")
    concerns: tuple[Key, ...] = Field(default=(), description="The relationships that it speaks of, keys of relationships.yml")
    text: Prose = Field(description="The point in our words; paragraphs parted by empty lines")

    @property
    def number(self) -> str:
        """Its number as readers see it."""
        return self.printed or self.id.partition("-")[2]


class Points(Row):
    """The numbered points of a non-paper under their headings."""

    sections: tuple[PointSection, ...] = Field(description="Headings, in order")
    points: tuple[Point, ...] = Field(description="Points, in order", min_length=1)


class Component(Row):
    """A part of a recommendation."""

    id: Annotated[str, AfterValidator(pattern(r"r-[1-9]\d*-[a-z]", "r-2-a"))] = Field(description="Permanent id: r-2-a ...")
    title: Line = Field(description="Short title")
    text: Prose = Field(description="The part in our words")


class Recommendation(Row):
    """One recommendation of a policy paper."""

    id: Annotated[str, AfterValidator(pattern(r"r-[1-9]\d*", "r-3"))] = Field(description="Permanent id: r-1, r-2 ...")
    title: Line = Field(description="Short title")
    group: Line | None = Field(default=None, description="The heading it stands under in the paper")
    addressee: Key = Field(description="Whom it addresses, a key of `addressees` in vocabularies.yml")
    theme: Key = Field(description="What it is about, a key of `themes`")
    concerns: tuple[Key, ...] = Field(default=(), description="The relationships that it speaks of, keys of relationships.yml")
    text: Prose = Field(description="The recommendation in our words; paragraphs parted by empty lines")
    components: tuple[Component, ...] = Field(default=(), description="Its parts")
    sources: tuple[Key, ...] = Field(default=(), description="Keys of sources.yml")


class Judgement(Row):
    """One key judgement, assumption or dilemma of a policy paper."""

    id: Annotated[str, AfterValidator(pattern(r"j-[1-9]\d*", "j-4"))] = Field(description="Permanent id: j-1, j-2 ...")
    kind: Key = Field(description="Its kind, a key of `judgements` in vocabularies.yml")
    actor: Key = Field(description="Whose it is, a key of `actors`")
    concerns: tuple[Key, ...] = Field(default=(), description="The relationships that it speaks of, keys of relationships.yml")
    title: Line = Field(description="Short title")
    text: Prose = Field(description="The judgement in our words; paragraphs parted by empty lines")
    sources: tuple[Key, ...] = Field(default=(), description="Keys of sources.yml")


@dataclass(frozen=True)
class DataFile:
    """One file that may stand under data/, and what it holds.

    Attributes:
        name: File name; a shared file stands in data/, any other in a publication's folder.
        row: The class of its rows, entries, or of the file itself.
        shape: `rows` (CSV), `list` or `keyed` (YAML of many), `whole` (YAML of one).
        kinds: Kinds of publication that may hold it; empty for a shared file.
        required: Whether it must be there.
        kept: Whether every edition keeps it among its sources.
    """

    name: str
    row: type[Row]
    shape: Literal["rows", "list", "keyed", "whole"]
    about: str
    kinds: tuple[str, ...] = ()
    required: bool = False
    kept: bool = False

    @property
    def shared(self) -> bool:
        """Whether it stands in data/ itself, for all publications."""
        return not self.kinds


ANY = tuple(KINDS)
FILES: tuple[DataFile, ...] = (
    DataFile("series.yml", Series, "whole", "The periodical, its site and its licences", required=True, kept=True),
    DataFile("relationships.yml", Relationship, "list", "The relationships that are scored", kept=True),
    DataFile("scales.yml", Scales, "whole", "Score scales and the colour scale of tension", kept=True),
    DataFile("vocabularies.yml", Vocabularies, "whole", "Words that cells may hold, with their labels", required=True, kept=True),
    DataFile("sources.yml", Source, "keyed", "Every work and link that a statement rests on", required=True, kept=True),
    DataFile("coming.yml", Coming, "list", "Issues that are planned, each with its day"),
    DataFile("preservation.yml", Preservation, "whole", "Who keeps copies of everything, and what the drills gave"),
    DataFile("published_indices.csv", PublishedIndex, "rows", "Headline values that other issues stated"),
    DataFile("publication.yml", Publication, "whole", "Title page and editions of one publication", ANY, required=True),
    DataFile("release.yml", Release, "whole", "What was decided before the publication was published", ANY),
    DataFile("events.csv", Event, "rows", "Catalogue of scored events of one issue", ("issue",)),
    DataFile("incidents.csv", Incident, "rows", "Catalogue of security incidents of one issue", ("issue",)),
    DataFile("trade.csv", Trade, "rows", "Trade figures that the publication states", ANY),
    DataFile("figures.csv", FigureRow, "rows", "Every other number that the publication states", ANY),
    DataFile("points.yml", Points, "whole", "Numbered points of a non-paper", ("non-paper",)),
    DataFile("recommendations.yml", Recommendation, "list", "Recommendations of a policy paper", ("policy-paper",)),
    DataFile("judgements.yml", Judgement, "list", "Judgements, assumptions and dilemmas of a policy paper", ("policy-paper",)),
)


def tables_of(kind: str) -> dict[str, type[Row]]:
    """The CSV files that a publication of a kind may have, each with the class of its rows."""
    return {file.name: file.row for file in FILES if file.shape == "rows" and kind in file.kinds}
