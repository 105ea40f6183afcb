"""Rules about what a publication says of itself: titles, abstract, original, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from macros import indices
from macros.problems import Problem
from macros.release.candidate import Candidate, Rule
from macros.rules import scores

ABSTRACT = range(200, 1201)
"""Characters of an abstract: what catalogues show whole."""
KEYWORDS = range(3, 13)


def abstract_length(candidate: Candidate) -> Iterator[Problem]:
    """An abstract can be read at a glance, and says something."""
    length = len(candidate.volume.publication.abstract)
    if length not in ABSTRACT:
        yield candidate.title_page.problem("abstract", f"has {length} characters; {ABSTRACT[0]} to {ABSTRACT[-1]} are allowed")


def _shared(candidate: Candidate, field: str) -> Iterator[Problem]:
    mine = getattr(candidate.volume.publication, field)
    for other in candidate.others if mine else ():
        if getattr(other.publication, field) == mine:
            yield candidate.title_page.problem(field, f"is that of {other.address} too; each publication has its own")


def keywords(candidate: Candidate) -> Iterator[Problem]:
    """Keywords are few, and none stands twice."""
    words = [word.casefold() for word in candidate.volume.publication.keywords]
    if len(words) not in KEYWORDS:
        yield candidate.title_page.problem("keywords", f"has {len(words)} entries; {KEYWORDS[0]} to {KEYWORDS[-1]} are allowed")
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield candidate.title_page.problem("keywords", f"has '{word}' twice; each stands once")


def original_named(candidate: Candidate) -> Iterator[Problem]:
    """A reader can find the original of a digest."""
    source = candidate.book.sources.get(candidate.volume.publication.original or "")
    missing = [name for name in ("title", "publisher", "url") if source and not getattr(source, name)]
    if missing:
        yield candidate.title_page.problem("original", f"has no {' and no '.join(missing)} in data/sources.yml; add what is stated")


def copyright_line(candidate: Candidate) -> Iterator[Problem]:
    """A digest says whose rights the original carries."""
    publication = candidate.volume.publication
    if publication.text == "digest" and not publication.copyright:
        yield candidate.title_page.problem("copyright", "is empty; enter the line of copyright that the original carries")


def people(candidate: Candidate) -> Iterator[Problem]:
    """A text of our own has authors or an editor."""
    publication = candidate.volume.publication
    if publication.text == "own" and not (publication.authors or publication.editor):
        yield candidate.title_page.problem("authors", "is empty; name who wrote it")


def dated(candidate: Candidate) -> Iterator[Problem]:
    """The edition is not dated in the future, and not before what it speaks of was over."""
    publication, edition = candidate.volume.publication, candidate.volume.edition
    field = f"editions.{len(publication.editions) - 1}.date"
    if edition.date > candidate.today + timedelta(1):  # where people write it may be tomorrow already
        yield candidate.title_page.problem(field, f"{edition.date} is in the future; today is {candidate.today}")
    for what, period in (("period", publication.period), ("date of the original", publication.date)):
        if period and edition.date < period.first:
            yield candidate.title_page.problem(field, f"{edition.date} is before the {what}, {period}; give the day it is published here")


def period_over(candidate: Candidate) -> Iterator[Problem]:
    """An issue appears when its months are over."""
    period, edition = candidate.volume.publication.period, candidate.volume.edition
    if period and period.first <= edition.date <= period.last:
        yield candidate.title_page.problem("period", f"ends on {period.last}, after the date of the edition, {edition.date}")


def issue_before(candidate: Candidate) -> Iterator[Problem]:
    """The issue before is here, or what it stated is."""
    number = candidate.volume.publication.number
    issue_numbers = {other.publication.number for other in candidate.others} | {row.issue for row in candidate.book.published_indices}
    if number and number > 1 and number - 1 not in issue_numbers:
        yield candidate.title_page.problem("number", f"follows no. {number - 1}, of which nothing is known; enter what it stated")


def printed_indices(candidate: Candidate) -> Iterator[Problem]:
    """The digest of an issue says what the original prints, so that the rows can be compared with it."""
    volume, book = candidate.volume, candidate.book
    if volume.publication.kind != "issue" or volume.publication.text != "digest":
        return
    series = [index.series for index in indices.indices(book, volume)]
    missing = [name for name in series if name not in volume.publication.published_indices]
    if missing:
        yield candidate.title_page.problem("published_indices", f"lacks {', '.join(missing)}; enter what the original prints")


def assessed(candidate: Candidate) -> Iterator[Problem]:
    """Whoever reads an issue for half a minute learns why each index is what it is."""
    publication = candidate.volume.publication
    series = [index.series for index in indices.indices(candidate.book, candidate.volume)] if publication.kind == "issue" else []
    if missing := [name for name in series if name not in publication.assessments]:
        yield candidate.title_page.problem("assessments", f"lacks {', '.join(missing)}; give the reason of each index in one sentence")
    if series and not publication.headline:
        yield candidate.title_page.problem("headline", "is empty; say in one sentence what changed and why")


def printed_differs(candidate: Candidate) -> Iterable[Problem]:
    """What the original prints is what the rows give."""
    return scores.printed_indices(candidate.files, candidate.files.folders[candidate.volume.address])


def stated_elsewhere(candidate: Candidate) -> Iterable[Problem]:
    """What published_indices.csv says of the issue is what its rows give."""
    return (problem for problem, contradicts in _stated(candidate) if contradicts)


def stated_twice(candidate: Candidate) -> Iterable[Problem]:
    """Values of an issue that is here stand in its own files alone."""
    return (problem for problem, contradicts in _stated(candidate) if not contradicts)


def _stated(candidate: Candidate) -> Iterator[tuple[Problem, bool]]:
    volume = candidate.volume
    tension = indices.banded(candidate.book)
    sums = {index.series: index.aggregate for index in indices.indices(candidate.book, volume)}
    for record in candidate.files.table("published_indices.csv"):
        row = record.item
        if row.issue != volume.publication.number or row.series not in sums:
            continue
        printed = volume.publication.published_indices.get(row.series)
        alone = printed is None or printed.aggregate != row.value  # a value that the title page prints too is one finding there
        if alone and row.value is not None and row.value != sums[row.series]:
            message = f"{row.value} of {row.series} is not what {volume.address} gives, {sums[row.series]}; compare both with the original"
            yield record.problem("value", message), True
        elif row.value is not None or (tension and row.series == tension.id):
            yield record.problem("issue", f"{row.issue} is here as {volume.address}; delete this line when it is published"), False


RULES = (
    Rule("abstract-length", "Is the abstract neither a line nor a page?", abstract_length, warning=True),
    Rule("abstract-shared", "Is the abstract its own?", lambda candidate: _shared(candidate, "abstract")),
    Rule("title-shared", "Is the title its own?", lambda candidate: _shared(candidate, "title")),
    Rule("original-shared", "Is its original that of no other publication?", lambda candidate: _shared(candidate, "original")),
    Rule("keywords", "Are there three to twelve keywords, each once?", keywords, warning=True),
    Rule("original-named", "Can a reader find the original?", original_named, warning=True),
    Rule("copyright", "Is the original's line of copyright entered?", copyright_line, warning=True),
    Rule("people", "Does a text of our own name its authors?", people),
    Rule("edition-date", "Is the edition dated neither in the future nor before what it speaks of?", dated),
    Rule("period-over", "Are the months of the issue over?", period_over, warning=True),
    Rule("issue-before", "Is the issue before known?", issue_before, warning=True),
    Rule("printed-indices", "Is every index entered that the original prints?", printed_indices, warning=True),
    Rule("assessed", "Does the issue say what changed, and why each index is what it is?", assessed),
    Rule("printed-differs", "Do the rows give what the original prints?", printed_differs),
    Rule("stated-elsewhere", "Do the rows give what published_indices.csv states of this issue?", stated_elsewhere),
    Rule("stated-twice", "Is published_indices.csv without lines on an issue that is here?", stated_twice, warning=True),
)
