"""THE definition of every field of every data file: type, limits, meaning.

Each class is one kind of row or file. The checks, the JSON Schemas for editors and the
codebook are all derived from these classes, so nothing about a field is said twice.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from macros import dates, identifiers
from macros.spellings import told_apart

SCHEMES = ("http://", "https://", "mailto:")
KINDS = {"issue": "issues", "non-paper": "non-papers", "policy-paper": "policy"}
"""Each kind of publication and the folder, under data/ and docs/, in which it lives."""


def publication_of(path: str) -> str:
    """The address of the publication whose folder under data/ or docs/ a file is in; empty where it belongs to none, or to all."""
    room, _, inner = path.partition("/")
    parts = inner.split("/")
    return "/".join(parts[:2]) if room in ("data", "docs") and parts[0] in KINDS.values() and len(parts) > 2 else ""


Flow = Literal["exports", "imports", "turnover", "balance"]
FLOWS: tuple[Flow, ...] = ("exports", "imports", "turnover", "balance")


def _period(value: object) -> dates.Period:
    if isinstance(value, dates.Period):
        return value
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return dates.parse(str(value))


FORMULA = re.compile(r"[\t\r]|\s*[-=+@＝＋－＠]")
"""How a cell begins that a spreadsheet runs (OWASP, CSV injection)."""
BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
HIDDEN = re.compile("[\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""Characters that nobody sees and that change what is seen, such as the order of the letters (Unicode 9.2, 23.2)."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
NOT_IN_LINKS = re.compile(r"[\s<>\"{}|\\^`]")


def _inert(value: str) -> str:
    if sign := FORMULA.match(value):
        raise ValueError(f"begins with {sign[0]!r}, which a spreadsheet would run as a formula; begin with a letter or digit")
    return value


def hidden(value: str) -> str:
    """What is wrong with a text that holds characters which nobody sees, naming the first; nothing where it holds none."""
    match = HIDDEN.search(value) or CONTROL.search(value)
    return f"holds the invisible character U+{ord(match[0]):04X}; delete it, or type the words anew" if match else ""


def visible(value: str) -> str:
    """Refuse a text that holds characters which nobody sees.

    Raises:
        ValueError: It does; the message names the first of them.
    """
    if why := hidden(value):
        raise ValueError(why)
    return value


def _line(value: str) -> str:
    if BREAK.search(value):
        raise ValueError("holds a line break or control character; write one line of plain text")
    return value


def _link(value: str) -> str:
    if not value.startswith(SCHEMES):
        raise ValueError(f"'{value[:60]}' does not begin with {', '.join(SCHEMES)}; allowed are web and mail addresses")
    if NOT_IN_LINKS.search(value):
        raise ValueError(f"'{value[:60]}' holds a space, a quote or a bracket; percent-encode it as browsers do")
    return value


def _written(pattern: str, wanted: str) -> Callable[[object], object]:
    """Python reads `1_000`, ` 4 `, `4.0`, `1e3` and yes as numbers; an analyst who types these meant something else."""
    fits = re.compile(pattern, re.ASCII).fullmatch

    def check(value: object) -> object:
        if isinstance(value, bool) or (isinstance(value, str) and not fits(value)):
            raise ValueError(f"'{value}' is not {wanted}")
        return value

    return check


def _pattern(pattern: str, example: str) -> Callable[[str], str]:
    fits = re.compile(pattern, re.ASCII).fullmatch

    def check(value: str) -> str:
        if len(value) > LONGEST_ID:
            raise ValueError(f"'{value[:20]}…' has {len(value)} characters; at most {LONGEST_ID} are allowed")
        if why := hidden(value):
            raise ValueError(why)
        if not fits(value):
            odd = "".join(f"; '{letter}' is U+{ord(letter):04X}" for letter in dict.fromkeys(value) if not letter.isascii())
            raise ValueError(f"'{value}' is not of the form {example}; lower-case letters, digits and single hyphens are allowed{odd}")
        return value

    return check


LONGEST_ID = 80
"""Ids become names of files, which most disks limit to 255 bytes, several of them together in one name."""
LARGEST_WHOLE = 999_999_999
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def _whole(value: int) -> int:
    if abs(value) > LARGEST_WHOLE:
        raise ValueError(f"has too many digits; allowed: -{LARGEST_WHOLE} to {LARGEST_WHOLE}")
    return value


def _stated(value: Decimal) -> Decimal:
    if value.is_finite() and (abs(value) >= 10**15 or -int(value.as_tuple().exponent) > 10):
        raise ValueError("is too long; at most 15 digits before the decimal point and 10 after it are allowed")
    return value


Edtf = Annotated[
    dates.Period,
    BeforeValidator(_period),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": f"EDTF: {dates.SUBSET}"}),
]
Line = Annotated[str, Field(min_length=1), AfterValidator(_inert), AfterValidator(_line), AfterValidator(visible)]
Prose = Annotated[str, Field(min_length=1), AfterValidator(_inert), AfterValidator(visible)]
Affix = Annotated[str, AfterValidator(_inert), AfterValidator(_line), AfterValidator(visible)]
Link = Annotated[str, AfterValidator(_link), WithJsonSchema({"type": "string", "format": "uri"})]
Doi = Annotated[str, AfterValidator(identifiers.doi)]
Issn = Annotated[str, AfterValidator(identifiers.issn)]
Isni = Annotated[str, AfterValidator(identifiers.isni)]
Orcid = Annotated[str, AfterValidator(identifiers.orcid)]
Ror = Annotated[str, AfterValidator(identifiers.ror)]
Slug = Annotated[str, AfterValidator(_pattern(_SLUG, "gdp-2021")), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG}$"})]
Key = Annotated[str, Field(min_length=1)]
"""A word that must stand in some list; the rule that looks it up names the nearest one."""


def _counted_from_one(value: str) -> str:
    if not int(value.rpartition("-")[2]):
        raise ValueError(f"'{value}' is not of the form 19-security-04; the number of a row begins with 01")
    return value


CatalogueId = Annotated[
    str,
    AfterValidator(_pattern(rf"\d+-{_SLUG}-\d{{2,}}", "19-security-04")),
    AfterValidator(_counted_from_one),
    WithJsonSchema({"type": "string", "pattern": rf"^[0-9]+-{_SLUG}-[0-9]{{2,}}$"}),
]
Colour = Annotated[str, AfterValidator(_pattern(r"#[0-9a-f]{6}", "#2b5c9e"))]
Whole = Annotated[
    int,
    BeforeValidator(_written(r"[-+]?\d+", "a whole number; allowed: digits, with - before a negative number")),
    AfterValidator(_whole),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_written(r"-?\d+(\.\d+)?", "a number; allowed: digits with a decimal point, such as 956.8")),
    AfterValidator(_stated),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class Row(BaseModel):
    """What every class here has in common: no unknown field, no change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    language: Slug = Field(description="Language of the texts, as in BCP 47")
    first_period: Edtf = Field(description="Period of issue 1, in whole months")
    months: Whole = Field(description="How many months each issue covers", ge=1, le=12)
    site: Link = Field(description="Address of the deployed site, ending in a slash")
    repository: Link | None = Field(default=None, description="Address of the repository that the site is built from, for git")
    description: Prose = Field(description="What the site is, for its home page and for search engines")
    text_licence: Licence = Field(description="How the texts may be used")
    data_licence: Licence = Field(description="How the data may be used")


class Coming(Row):
    """An issue that is planned."""

    number: Whole = Field(description="Its number", ge=1, le=999)
    date: datetime.date = Field(description="The day for which it is planned")
    title: Line = Field(description="What it will be called")


class Copy(Row):
    """A body that keeps a copy of everything."""

    holder: Line = Field(description="Who keeps it")
    url: Link | None = Field(default=None, description="Where it can be had")
    since: datetime.date = Field(description="The day from which it is known to be kept")


class Drill(Row):
    """A day on which archive files were asked whether they still give all that they were kept for."""

    date: datetime.date = Field(description="The day")
    files: Whole = Field(description="How many archive files were asked", ge=1)
    passed: Whole = Field(description="How many of them gave everything", ge=0)
    note: Line | None = Field(default=None, description="What was missing, or what was done about it")

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if self.passed > self.files:
            raise ValueError(f"passed {self.passed} is above files {self.files}; it counts some of them")
        return self


class Preservation(Row):
    """Who keeps copies, and what the drills gave."""

    copies: tuple[Copy, ...] = Field(default=(), description="Bodies that keep a copy of everything")
    drills: tuple[Drill, ...] = Field(default=(), description="The drills, in any order")


class Relationship(Row):
    """One bilateral relationship that the periodical scores."""

    id: Slug = Field(description="Permanent id, used in addresses, event ids and page names")
    label: Line = Field(description="Short name of the other side")
    title: Line = Field(description="Heading of its section")
    partner: Key = Field(description="The same side as a trade partner, a key of `partners` in vocabularies.yml")
    colour: Colour = Field(description="Its colour in charts, as #rrggbb")


class ScoreScale(Row):
    """Which scores may be given, and what each means."""

    lowest: Whole = Field(description="Lowest score", ge=-20, le=20)
    highest: Whole = Field(description="Highest score", ge=-20, le=20)
    zero: bool = Field(description="Whether zero may be given")
    meanings: dict[Whole, Line] = Field(description="What each score means")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lowest > self.highest:
            raise ValueError(f"lowest {self.lowest} is above highest {self.highest}; the lower score comes first")
        return self


class SecuritySeries(Row):
    """The name under which one of the two security scores is summed."""

    id: Slug = Field(description="Id of the index")
    label: Line = Field(description="Name of the index")
    colour: Colour = Field(description="Its colour in charts, as #rrggbb")


class SecurityPair(Row):
    """The two indices that an incident counts towards."""

    national: SecuritySeries = Field(description="What the column `national` of incidents.csv is summed to")
    regional: SecuritySeries = Field(description="What the column `regional` of incidents.csv is summed to")


Shape = Literal["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
"""Symbols that Vega draws and pages write as a character."""


class Band(Row):
    """One colour of the scale of regional tension."""

    id: Slug = Field(description="Id of the band")
    label: Line = Field(description="Name of the colour")
    highest: Whole | None = Field(description="Highest value in the band; empty: no limit")
    lowest: Whole | None = Field(description="Lowest value in the band; empty: no limit")
    colour: Colour = Field(description="The colour, as #rrggbb")
    shape: Shape = Field(description="Shape that stands for the band where colour cannot be seen")
    published: Line = Field(description="The limits as the published scale words them")
    meaning: Line = Field(description="What the band says about the region")


class Scales(Row):
    """Score scales of events and incidents, and the colour scale."""

    relationship: ScoreScale = Field(description="Scores of events")
    security: ScoreScale = Field(description="Scores of incidents, on both scales")
    security_series: SecurityPair = Field(description="The two security indices")
    gap: Prose = Field(description="What is irregular in the published scale and how it is read here")
    tension: tuple[Band, ...] = Field(description="Bands of regional tension, from calm to war", min_length=1)


class Unit(Row):
    """How a number of one unit is written."""

    label: Line = Field(description="Name of the unit, for tables and axes")
    before: Affix = Field(description="Text before the number")
    after: Affix = Field(description="Text after the number")
    factor: bool = Field(default=False, description="True where the number says how many times more or less something became")


class Vocabularies(Row):
    """The words that a cell or field may hold, and how readers see them."""

    partners: dict[Slug, Line] = Field(description="Trade partners")
    units: dict[Slug, Unit] = Field(description="Units of values")
    qualifiers: dict[Slug, Line] = Field(description="How exact a value is; an empty cell means exact")
    categories: dict[Slug, Line] = Field(description="Kinds of security incident")
    addressees: dict[Slug, Line] = Field(description="Whom a recommendation addresses")
    themes: dict[Slug, Line] = Field(description="What a recommendation is about")
    actors: dict[Slug, Line] = Field(description="Whose assumption or dilemma a judgement is")
    judgements: dict[Slug, Line] = Field(description="Kinds of judgement")
    aliases: Annotated[tuple[tuple[Line, ...], ...], AfterValidator(told_apart)] = Field(
        default=(), description="Spellings of one name, a list for each name; the search finds each by any other, and shows the first"
    )


LABELLED = tuple(name for name in Vocabularies.model_fields if name != "aliases")
"""The lists of vocabularies.yml that hold words with their labels."""


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
    language: Slug | None = Field(default=None, description="Its language, as in BCP 47, where it is not that of the site")
    note: Line | None = Field(default=None, description="Page, occasion or anything else that helps to find it")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.title or self.about):
            raise ValueError("has neither title nor about; give the title as stated, or say in about what it is")
        return self


class PublishedIndex(Row):
    """A headline value that another issue of the periodical stated."""

    issue: Whole = Field(description="Number of the issue", ge=1, le=999)
    period: Edtf = Field(description="Its period")
    series: Key = Field(description="A relationship, or one of the security indices")
    value: Whole | None = Field(description="The index as stated; empty where only the colour is known")
    band: Key | None = Field(description="The colour of regional tension as stated")
    source_url: Link = Field(description="The page that states it")

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.value is None and self.band is None:
            raise ValueError("states neither value nor band; an index of which nothing is stated has no row")
        return self


class Person(Row):
    """A person named on a title page."""

    given: Line | None = Field(default=None, description="Given names or initials; absent where somebody has one name")
    particle: Line | None = Field(default=None, description="What stands before the family name, such as van or de la")
    family: Line = Field(description="Family name, or the one name that somebody has; a body has a name instead")
    suffix: Line | None = Field(default=None, description="What stands behind the family name, such as Jr. or III")
    orcid: Orcid | None = Field(default=None, description="Identifier at ORCID")

    @property
    def name(self) -> str:
        """The name as people say it: given names, particle, family name, suffix."""
        return " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))


class Body(Row):
    """An organisation named as the author of a work."""

    name: Line = Field(description="Name of a body that is an author")
    isni: Isni | None = Field(default=None, description="Its International Standard Name Identifier, in quotes")
    ror: Ror | None = Field(default=None, description="Its identifier in the Research Organization Registry")


def _creator(value: object) -> str:
    body = isinstance(value, Body) or (isinstance(value, Mapping) and "name" in value and "family" not in value)
    return "[body]" if body else "[person]"


Creator = Annotated[Annotated[Person, Tag("[person]")] | Annotated[Body, Tag("[body]")], Discriminator(_creator)]
"""Whoever made a work: a person has a family name, a body a name. Findings leave out the tags, which no file holds."""


class StatedIndex(Row):
    """An index as the publication itself prints it."""

    aggregate: Whole | None = Field(default=None, description="The index; absent where only the colour is printed")
    positive: Whole | None = Field(default=None, description="Sum of its positive scores", ge=0)
    negative: Whole | None = Field(default=None, description="Sum of its negative scores", le=0)
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
    number: Whole | None = Field(default=None, description="Issue only: its number", ge=1, le=999)
    period: Edtf | None = Field(default=None, description="Issue only: the months it covers")
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
    language: Slug = Field(description="Language of the text, as in BCP 47")
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
        if "text" in info.data and (info.data["text"] == "digest") != (value is not None):
            raise ValueError("and text disagree; a digest, and no other, names its original, a key of sources.yml")
        return value

    @model_validator(mode="after")
    def _kind(self) -> Self:
        if self.kind == "issue" and (self.number is None or self.period is None):
            raise ValueError("is an issue without number or period; an issue states both")
        of_issues = ("number", "period", "published_indices", "headline", "forecast", "assessments")
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


class Event(Row):
    """One scored event of a relationship."""

    id: CatalogueId = Field(description="Permanent id: issue, relationship, number in the catalogue")
    relationship: Key = Field(description="A relationship of relationships.yml")
    date: Edtf = Field(description="When it happened")
    event: Line = Field(description="What happened, in one neutral line")
    score: Whole = Field(description="What it did to the relationship, on the scale `relationship` of scales.yml")
    source: Key = Field(description="What it rests on, a key of sources.yml")


class Incident(Row):
    """One row of the security catalogue, scored twice."""

    id: CatalogueId = Field(description="Permanent id: issue, security, number in the catalogue")
    date: Edtf = Field(description="When it happened")
    event: Line = Field(description="What happened, in one neutral line")
    national: Whole = Field(description="What it did to national security, on the scale `security` of scales.yml")
    regional: Whole = Field(description="What it did to the region, on the same scale; minus is more tension")
    category: Key = Field(description="Its kind, a key of `categories` in vocabularies.yml")
    source: Key = Field(description="What it rests on, a key of sources.yml")


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
    flow: Flow = Field(description="exports, imports, turnover (their sum) or balance (exports less imports)")
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

    id: Annotated[str, AfterValidator(_pattern(r"p-[1-9]\d*", "p-17"))] = Field(description="Permanent id: p-1, p-2 ...")
    section: Key | None = Field(default=None, description="The heading it stands under; absent: before the first")
    title: Line = Field(description="Short title, ours")
    concerns: tuple[Key, ...] = Field(default=(), description="The relationships that it speaks of, keys of relationships.yml")
    text: Prose = Field(description="The point in our words; paragraphs parted by empty lines")


class Points(Row):
    """The numbered points of a non-paper under their headings."""

    sections: tuple[PointSection, ...] = Field(description="Headings, in order")
    points: tuple[Point, ...] = Field(description="Points, in order", min_length=1)


class Component(Row):
    """A part of a recommendation."""

    id: Annotated[str, AfterValidator(_pattern(r"r-[1-9]\d*-[a-z]", "r-2-a"))] = Field(description="Permanent id: r-2-a ...")
    title: Line = Field(description="Short title")
    text: Prose = Field(description="The part in our words")


class Recommendation(Row):
    """One recommendation of a policy paper."""

    id: Annotated[str, AfterValidator(_pattern(r"r-[1-9]\d*", "r-3"))] = Field(description="Permanent id: r-1, r-2 ...")
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

    id: Annotated[str, AfterValidator(_pattern(r"j-[1-9]\d*", "j-4"))] = Field(description="Permanent id: j-1, j-2 ...")
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
        about: One line for the codebook.
    """

    name: str
    row: type[Row]
    shape: Literal["rows", "list", "keyed", "whole"]
    about: str
    kinds: tuple[str, ...] = ()
    required: bool = False

    @property
    def shared(self) -> bool:
        """Whether it stands in data/ itself, for all publications."""
        return not self.kinds


ANY = tuple(KINDS)
FILES: tuple[DataFile, ...] = (
    DataFile("series.yml", Series, "whole", "The periodical, its site and its licences", required=True),
    DataFile("relationships.yml", Relationship, "list", "The relationships that are scored", required=True),
    DataFile("scales.yml", Scales, "whole", "Score scales and the colour scale of tension", required=True),
    DataFile("vocabularies.yml", Vocabularies, "whole", "Words that cells may hold, with their labels", required=True),
    DataFile("sources.yml", Source, "keyed", "Every work and link that a statement rests on", required=True),
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
