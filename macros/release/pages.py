"""Rules about the pages of a publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from itertools import chain

from macros import front_matter, indices
from macros.page_html import HEADING
from macros.problems import Problem
from macros.release.candidate import Candidate, Rule, prose, texts

DESCRIPTION = range(80, 156)
"""Characters of a description: what search engines show of it."""
FEWEST_WORDS = 25
UNFINISHED = re.compile(r"\b(TODO|TBD|FIXME|XXX+)\b|\b(to be written|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
PROMPT = re.compile(r"\{#\s*Prompt:")
PICTURE = re.compile(r"!\[\s*\]\([^)]*\)|<img\b(?![^>]*\balt=\"[^\"]+\")[^>]*>", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.,/–-])\d+(?:[., \u00a0\u202f]\d{3})*(?:\.\d+)?(?![\w/]|[.,]\d|-\w)")
LISTED = 8
"""More numbers of a page than this are counted, not listed."""


def unfinished(candidate: Candidate) -> Iterator[Problem]:
    """Nothing says of itself that it is not finished, neither in the publication nor of the series."""
    for path, text in candidate.pages.items():
        for match in UNFINISHED.finditer(text):
            yield candidate.on_page(path, match, "text", f"holds '{match[0]}'; write what belongs here, or delete it")
    tables = {**candidate.files.folders[candidate.volume.address].tables, "series.yml": candidate.files.table("series.yml")}
    for name, table in tables.items():
        for record in table:
            for field, value in _strings(record.item.model_dump(mode="json"), ""):
                if name != "release.yml" and (mark := UNFINISHED.search(value)):
                    yield record.problem(field, f"holds '{mark[0]}'; write what belongs here, or delete it")


def _strings(value: object, field: str) -> Iterator[tuple[str, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    if isinstance(value, str):
        yield field, value
    for key, child in inner:
        yield from _strings(child, f"{field}.{key}" if field else str(key))


def prompts(candidate: Candidate) -> Iterator[Problem]:
    """The prompts of a new page are answered."""
    for path, text in candidate.pages.items():
        matches = list(PROMPT.finditer(text))
        if matches:
            number = "a prompt" if len(matches) == 1 else f"{len(matches)} prompts"
            yield candidate.on_page(path, matches[0], "text", f"still holds {number} of a new page; write what is asked for, and delete it")


def words_of_its_own(candidate: Candidate) -> Iterator[Problem]:
    """A page says something beside what its macros print."""
    for path, text in candidate.pages.items():
        words = sum(len(line.split()) for _, line in prose(text))
        if words < FEWEST_WORDS and not PROMPT.search(text):
            yield Problem(path, 1, "text", f"has {words} words of its own; at least {FEWEST_WORDS} are wanted")


def macros_of_its_kind(candidate: Candidate) -> Iterator[Problem]:
    """Every catalogue and list of the publication is printed, with its charts."""
    volume, book = candidate.volume, candidate.book
    wanted: list[tuple[str, tuple[str, str], str]] = []
    if volume.publication.kind == "issue":
        wanted.append(("index", ("at_a_glance", ""), "at_a_glance()"))
        for relationship in book.covered(volume):
            wanted += [(relationship.id, (macro, relationship.id), f'{macro}("{relationship.id}")') for macro in ("index", "events")]
        if volume.incidents:
            names = [series for series in indices.security_ids(book) if indices.scores_of(book, volume, series)]
            wanted += [("security", ("index", name), f'index("{name}")') for name in names]
            wanted.append(("security", ("incidents", ""), "incidents()"))
    else:
        rows = (("points", volume.points), ("recommendations", volume.recommendations), ("judgements", volume.judgements))
        wanted += [("index", (name, ""), f"{name}()") for name, filled in rows if filled]
    called = candidate.called | {(name, "") for name, _ in candidate.called}
    for page, call, words in wanted:
        if call not in called:
            yield Problem(f"docs/{volume.address}/{page}.md", 1, "macro", f"does not call {words}, and neither does another page; add it")


def _descriptions(candidate: Candidate) -> Iterator[tuple[str, str]]:
    for path, text in candidate.pages.items():
        yield path, str(front_matter.fields(text).get("description", ""))


def description_length(candidate: Candidate) -> Iterator[Problem]:
    """A description can be shown whole, and says something."""
    for path, text in _descriptions(candidate):
        if len(text) not in DESCRIPTION:
            yield Problem(path, 1, "description", f"has {len(text)} characters; {DESCRIPTION[0]} to {DESCRIPTION[-1]} are allowed")


def description_shared(candidate: Candidate) -> Iterator[Problem]:
    """No two pages are described alike."""
    elsewhere = {text for other in candidate.others for text in texts(candidate.root, other).values()}
    for path, text in _descriptions(candidate):
        if text and any(f"description: {text}\n" in other or f'description: "{text}"\n' in other for other in elsewhere):
            yield Problem(path, 1, "description", "is that of a page of another publication; each page has its own")


def headings_twice(candidate: Candidate) -> Iterator[Problem]:
    """No heading stands twice on a page: both would have nearly the same link."""
    for path, text in candidate.pages.items():
        seen: set[str] = set()
        for match in HEADING.finditer(text):
            words = text[match.end() :].partition("\n")[0].strip().casefold()
            if words in seen:
                yield candidate.on_page(path, match, "heading", f"'{words}' stands twice on this page; word one of them otherwise")
            seen.add(words)


def pictures(candidate: Candidate) -> Iterator[Problem]:
    """Who cannot see a picture is told what it shows."""
    for path, text in candidate.pages.items():
        for match in PICTURE.finditer(text):
            yield candidate.on_page(path, match, "picture", "has no text for those who cannot see it; write ![what it shows](file)")


def numbers(candidate: Candidate) -> Iterator[Problem]:
    """Every number of the text is a row of the data, so that both agree."""
    data_numbers = _data_numbers(candidate)
    months = "|".join(name for name in chain(calendar.month_name, calendar.month_abbr) if name)
    dated = re.compile(rf"\d+(?:[–-]\d+| and \d+)?\s+(?:{months})|(?:{months})\s+\d+")
    for path, text in candidate.pages.items():
        missing: dict[str, int] = {}
        for line, words in prose(text):
            for match in NUMBER.finditer(dated.sub("", words)):
                value = re.sub(r"[, \u00a0\u202f]", "", match[0])
                if value not in data_numbers and not re.fullmatch(r"\d|1[0-2]|(1[89]|20)\d\d", value):
                    missing.setdefault(match[0], line)
        if missing:
            listed = ", ".join(list(missing)[:LISTED]) + (f" and {len(missing) - LISTED} more" if len(missing) > LISTED else "")
            message = f"says {listed}, which no row of the data holds; enter them in figures.csv and print them with value"
            yield Problem(path, next(iter(missing.values())), "number", message)


def _data_numbers(candidate: Candidate) -> set[str]:
    volume, book = candidate.volume, candidate.book
    rows = volume.quantities.values()
    stated = [value for row in rows for value in (row.value, row.upper, row.change) if value is not None]
    data_numbers = {f"{abs(value):f}" for value in stated} | {f"{abs(value.normalize()):f}" for value in stated}
    if volume.publication.kind == "issue":
        for index in indices.indices(book, volume):
            data_numbers |= {str(abs(value)) for value in (index.aggregate, index.positive, index.negative, index.rows)}
    return data_numbers | {str(volume.publication.number)}


RULES = (
    Rule("unfinished", "Is there no TODO and no “to be written”?", unfinished),
    Rule("prompt", "Are the prompts of new pages answered?", prompts),
    Rule("words", "Has every page words of its own?", words_of_its_own, warning=True),
    Rule("macros", "Is every catalogue and list printed on its page?", macros_of_its_kind),
    Rule("description-length", "Has every page a description of 80 to 155 characters?", description_length),
    Rule("description-shared", "Is every description its own?", description_shared),
    Rule("heading-twice", "Does every heading stand once on its page?", headings_twice, warning=True),
    Rule("picture-text", "Has every picture a text for those who cannot see it?", pictures),
    Rule("text-number", "Is every number of the text a row of the data?", numbers, warning=True),
)
