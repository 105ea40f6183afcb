"""The checklist of a release: for each rule an edit of the good tree that it finds, and the finding."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from trees import FIXTURES

from macros.book import bind
from macros.load import load
from macros.problems import Problem
from macros.release import RULES, Candidate, unused_sources
from macros.validate import validate

ISSUE, PAPER = "issues/2", "policy/open-river"
TITLE, RIVER = f"data/{ISSUE}/publication.yml", f"data/{PAPER}/publication.yml"
EVENTS, PAGE, TEXT = f"data/{ISSUE}/events.csv", f"docs/{ISSUE}/veldia.md", f"docs/{PAPER}/index.md"
ABSTRACT = "abstract: A calendar of the locks would do more for trade than a new treaty.\n"
DESCRIBED = (
    "description: A customs post opens at Senn, permits of hauliers are delayed and the commission on water agrees nothing in spring 2023."
)
Swaps = Sequence[tuple[str, str, str]]

CASES: dict[str, tuple[str, Swaps, str]] = {
    "abstract-length": (PAPER, [], f"{RIVER}:13: abstract: has 66 characters; 200 to 1200 are allowed"),
    "abstract-shared": (
        PAPER,
        [(TITLE, "abstract: The second quarter opens a customs post and closes with strange drones over a dam.\n", ABSTRACT)],
        f"{RIVER}:13: abstract: is that of {ISSUE} too; each publication has its own",
    ),
    "title-shared": (
        PAPER,
        [(TITLE, "title: Kestria Compass, second number", "title: An Open River")],
        f"{RIVER}:4: title: is that of {ISSUE} too; each publication has its own",
    ),
    "original-shared": (
        ISSUE,
        [("data/issues/1/publication.yml", "original: compass-1", "original: compass-2")],
        f"{TITLE}:14: original: is that of issues/1 too; each publication has its own",
    ),
    "keywords": (PAPER, [], f"{RIVER}:12: keywords: has 2 entries; 3 to 12 are allowed"),
    "original-named": (
        ISSUE,
        [(TITLE, "original: compass-2", "original: harbour-interview")],
        f"{TITLE}:14: original: has no title and no publisher and no url in data/sources.yml; add what is stated",
    ),
    "copyright": (ISSUE, [], f"{TITLE}:1: copyright: is empty; enter the line of copyright that the original carries"),
    "people": (
        PAPER,
        [(RIVER, "authors:\n  - {given: Ada, family: Lindqvist}\n  - {given: Tomas, family: Orel}\n", "authors: []\n")],
        f"{RIVER}:6: authors: is empty; name who wrote it",
    ),
    "edition-date": (
        PAPER,
        [(RIVER, "date: 2024-02-01", "date: 2030-02-01")],
        f"{RIVER}:18: date: 2030-02-01 is in the future; today is 2026-11-30",
    ),
    "period-over": (
        ISSUE,
        [(TITLE, "date: 2024-04-01", "date: 2023-04-01"), (TITLE, "date: 2024-05-01", "date: 2023-05-01")],
        f"{TITLE}:4: period: ends on 2023-06-30, after the date of the edition, 2023-05-01",
    ),
    "issue-before": (
        ISSUE,
        [("data/issues/1/publication.yml", "", "")],
        f"{TITLE}:3: number: follows no. 1, of which nothing is known; enter what it stated",
    ),
    "printed-indices": (
        ISSUE,
        [(TITLE, "  home-safety: {aggregate: -1}\n", "")],
        f"{TITLE}:25: published_indices: lacks home-safety; enter what the original prints",
    ),
    "assessed": (
        ISSUE,
        [(TITLE, "  river-5:\n    reason: The chair counts for Kestria, four votes against its draft count against it.\n"
                 "    explained_by: [2-river-5-01, 2-river-5-02]\n", "")],
        f"{TITLE}:37: assessments: lacks river-5; give the reason of each index in one sentence",
    ),
    "printed-differs": (
        ISSUE,
        [(TITLE, "status: published", "status: draft"), (TITLE, "{aggregate: 2,", "{aggregate: 3,")],
        f"{TITLE}:26: aggregate: aggregate 3 of veldia is not what the catalogue gives; its 3 rows give 2",
    ),
    "stated-elsewhere": (
        ISSUE,
        [("data/published_indices.csv", "3,2023-07/2023-09,veldia,-6,", "2,2023-04/2023-06,veldia,-6,")],
        "data/published_indices.csv:2: value: -6 of veldia is not what issues/2 gives, 2; compare both with the original",
    ),
    "stated-twice": (
        ISSUE,
        [("data/published_indices.csv", "3,2023-07/2023-09,veldia,-6,", "2,2023-04/2023-06,veldia,2,")],
        "data/published_indices.csv:2: issue: 2 is here as issues/2; delete this line when it is published",
    ),
    "empty-relationship": (ISSUE, [], f"{EVENTS}:1: relationship: has no events of amberland; enter them"),
    "no-incidents": (
        ISSUE,
        [(f"data/{ISSUE}/incidents.csv", "*", "id,date,event,national,regional,category,source\n"), (TITLE, "published_indices:", "x"),
         (TITLE, "    explained_by: [2-security-03, 2-security-02]\n", ""), (TITLE, "    explained_by: [2-security-01]\n", "")],
        f"data/{ISSUE}/incidents.csv:1: file: has no rows; enter the incidents",
    ),
    "long-event": (
        ISSUE,
        [(EVENTS, "Foreign ministers open", "Foreign ministers " + "and their many deputies " * 8 + "open")],
        f"{EVENTS}:2: event: has 244 characters; up to 200 can be read in a table",
    ),
    "event-twice": (
        ISSUE,
        [(EVENTS, "2-river-5-01,", "2-river-5-09,river-5,2023-04-03,Foreign ministers open a shared customs post at Senn,0,compass-2\n"
                  "2-river-5-01,")],
        f"{EVENTS}:5: event: is the event of 2-veldia-01 too; it counts in both relationships",
    ),
    "silent-days": (
        ISSUE,
        [(EVENTS, "2023-05-09/2023-05-10", "2023-06-30"), (EVENTS, "2023-05-25/", "2023-06-02/"),
         (f"data/{ISSUE}/incidents.csv", "2023-05-17", "2023-04-17")],
        f"{EVENTS}:1: date: has nothing from 2023-05-01 to 2023-05-31, 31 days; look again",
    ),
    "future-source": (
        ISSUE,
        [("data/sources.yml", "date: 2023-04-18", "date: 2025-01-01")],
        f"data/sources.yml:13: date: 2025-01-01 is after the edition of {ISSUE} that rests on it, 2024-05-01",
    ),
    "empty-figure": (
        ISSUE,
        [(TITLE, "  - id: hauliers\n", "  - {id: tolls, title: Tolls, kind: table}\n  - id: hauliers\n")],
        f"{TITLE}:31: id: 'tolls' has no rows in figures.csv; enter them, or delete it",
    ),
    "unused-figure": (
        ISSUE,
        [(PAGE, '{{ table("hauliers") }}\n', "")],
        f"{TITLE}:31: id: 'hauliers' stands on no page; print it with table, chart or value",
    ),
    "unfinished": (PAPER, [(TEXT, "\nThe river", "\nTBD. The river")],
        f"{TEXT}:6: text: holds 'TBD'; write what belongs here, or delete it"),
    "prompt": (
        PAPER,
        [(TEXT, "\nThe river", "\n{# Prompt: what #}\n{# Prompt: why #}\n\nThe river")],
        f"{TEXT}:6: text: still holds 2 prompts of a new page; write what is asked for, and delete it",
    ),
    "words": (PAPER, [], f"{TEXT}:1: text: has 4 words of its own; at least 25 are wanted"),
    "macros": (
        ISSUE,
        [(PAGE, '{{ events("veldia") }}\n', "")],
        f'{PAGE}:1: macro: does not call events("veldia"), and neither does another page; add it',
    ),
    "description-length": (ISSUE, [(PAGE, DESCRIBED, "description: Short.")],
        f"{PAGE}:1: description: has 6 characters; 80 to 155 are allowed"),
    "description-shared": (
        ISSUE,
        [("docs/issues/1/veldia.md", "description: ", f"{DESCRIBED}\n#")],
        f"{PAGE}:1: description: is that of a page of another publication; each page has its own",
    ),
    "heading-twice": (
        ISSUE,
        [(PAGE, "## Events", "## Developments\n\nMore.\n\n## Events")],
        f"{PAGE}:20: heading: 'developments' stands twice on this page; word one of them otherwise",
    ),
    "picture-text": (
        PAPER,
        [(TEXT, "\nThe river", "\n![](lock.png)\n\nThe river")],
        f"{TEXT}:6: picture: has no text for those who cannot see it; write ![what it shows](file)",
    ),
    "text-number": (
        PAPER,
        [(TEXT, "grain.", "grain in 41 convoys on 3 May 2022.")],
        f"{TEXT}:6: number: says 41, which no row of the data holds; enter them in figures.csv and print them with value",
    ),
}  # fmt: skip


def edited(root: Path, swaps: Swaps) -> Path:
    """A copy of the good tree with some texts swapped."""
    shutil.copytree(FIXTURES / "good", root)
    for path, old, new in swaps:
        file = root / path
        text = file.read_text(encoding="utf-8")
        if not old:
            shutil.rmtree(file.parent)
            shutil.rmtree(root / "docs" / Path(path).parent.relative_to("data"))
        elif new == "x":
            file.write_text(text[: text.index(old)] + text[text.index("figures:") :], encoding="utf-8")
        else:
            assert old == "*" or text.count(old) == 1, (path, old)
            file.write_text(new if old == "*" else text.replace(old, new), encoding="utf-8")
    return root


def found(root: Path, address: str) -> dict[str, list[Problem]]:
    """What each rule finds in a publication."""
    files = load(root)
    problems = validate(files)
    book = bind(files, problems)
    assert not problems, problems
    assert book
    candidate = Candidate(files, book, book.volume(address), date(2026, 11, 30))
    return {rule.name: given for rule in RULES if (given := list(rule.find(candidate)))}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_finds_what_it_is_for(rule: str, tmp_path: Path) -> None:
    address, swaps, said = CASES[rule]
    before, now = (found(edited(tmp_path / name, made), address).get(rule, []) for name, made in (("good", ()), ("edited", swaps)))
    assert said in map(str, now), [str(problem) for problem in now]
    assert not swaps or said not in map(str, before)


def test_every_rule_has_a_case() -> None:
    assert list(CASES) == [rule.name for rule in RULES]
    assert len({rule.asks for rule in RULES}) == len(RULES) >= 24


def test_a_source_that_nobody_uses_is_told_and_stands_in_no_way(tmp_path: Path) -> None:
    root = edited(tmp_path / "edited", [("data/sources.yml", "compass-1:\n", "nobody:\n  title: A letter\n\ncompass-1:\n")])
    files = load(root)
    book = bind(files, validate(files))
    assert book
    assert list(map(str, unused_sources(files, book))) == [
        "data/sources.yml:1: source: 'nobody' is named by no row and no page; use it, or delete it"
    ]
