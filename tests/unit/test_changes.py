"""What differs between two states of a publication, and how it is told."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import FEW
from hypothesis import given
from hypothesis import strategies as st

from macros import archive
from macros.book import Book, Volume, open_book
from macros.changes import Changes, as_dict, as_markdown, as_text, compare, excerpt, lines, problems, summary, used_sources, used_words
from macros.load import load
from macros.model import Event, Incident
from macros.pages.corrections import differences as html

GOOD = Path(__file__).parents[1] / "fixtures" / "good"
BOOK = open_book(GOOD)
ISSUE = "data/issues/2"
WAY_OUT = "; announce a next edition in data/issues/2/publication.yml, or undo the change"
RESCORED = (
    (f"{ISSUE}/events.csv", "Senn,4,", "Senn,5,"),
    (f"{ISSUE}/publication.yml", "{aggregate: 2, positive: 4, negative: -2}", "{aggregate: 3, positive: 5, negative: -2}"),
)
TENSER = (
    (f"{ISSUE}/incidents.csv", "protocol,2,1,", "protocol,2,-1,"),
    (f"{ISSUE}/publication.yml", "{aggregate: -2, positive: 1, negative: -3, band: haze}", "{aggregate: -4}"),
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "tree"))


def swap(root: Path, *swaps: tuple[str, str, str]) -> None:
    for name, old, new in swaps:
        path = root / name
        assert path.read_text().count(old) == 1, (name, old)
        path.write_text(path.read_text().replace(old, new))


def pages(root: Path, address: str) -> dict[str, str]:
    return {path.name: path.read_text() for path in (root / "docs" / address).glob("*.md")}


def changed(tree: Path, *swaps: tuple[str, str, str], address: str = "issues/2") -> Changes:
    swap(tree, *swaps)
    return compare(BOOK, open_book(tree), address, pages(GOOD, address), pages(tree, address))


def told(found: Changes) -> list[tuple[str, str, list[tuple[str, str | None, str | None]]]]:
    return [(row.id, row.what, [(one.name, one.before, one.after) for one in row.fields]) for row in found.rows]


@pytest.mark.parametrize("address", [volume.address for volume in BOOK.volumes])
def test_nothing_differs_from_itself(address: str) -> None:
    found = compare(BOOK, open_book(GOOD), address, pages(GOOD, address), pages(GOOD, address))
    assert not found
    assert (found.rows, found.pages, found.shared, found.indices) == ((), (), (), ())
    assert (summary(found), problems(found, lambda *_: 1)) == ("", [])
    assert as_text(found).endswith("\n  Nothing differs.\n")


def test_other_spelling_of_the_same_data_is_no_change(tree: Path) -> None:
    assert not changed(
        tree,
        (
            f"{ISSUE}/events.csv",
            "Foreign ministers open a shared customs post at Senn",
            '"Foreign ministers open a shared customs post at Senn"',
        ),
    )
    path = tree / f"{ISSUE}/events.csv"
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n")
    assert not changed(tree, ("data/sources.yml", "veldia-herald-hauliers:\n", "# a remark\nveldia-herald-hauliers:\n"))


def test_editions_status_and_what_other_issues_stated_are_no_inputs(tree: Path) -> None:
    (tree / "data/published_indices.csv").unlink()
    assert not changed(
        tree,
        (
            f"{ISSUE}/publication.yml",
            "status: published",
            "status: withdrawn\nwithdrawal: A court ordered it.\nwithdrawal_date: 2024-09-01",
        ),
        (f"{ISSUE}/publication.yml", "Trade is completed from the customs table.", "Trade is completed."),
    )


@pytest.mark.parametrize(
    ("swaps", "row", "what", "fields"),
    [
        (RESCORED, "2-veldia-01", "rescored", [("score", "+4", "+5")]),
        ([(f"{ISSUE}/events.csv", "at Senn,", "near Senn,")], "2-veldia-01", "reworded",
         [("event", "Foreign ministers open a shared customs post at Senn", "Foreign ministers open a shared customs post near Senn")]),
        ([(f"{ISSUE}/events.csv", "2023-04-03", "2023-04-~01/2023-04-~10")], "2-veldia-01", "changed",
         [("date", "3 April 2023", "early April 2023")]),
        ([(f"{ISSUE}/incidents.csv", "-1,-2,movements", "-1,-2,agreements")], "2-security-01", "changed",
         [("category", "Movements of forces", "Agreements")]),
        ([(f"{ISSUE}/trade.csv", "veldia-imports-q2,veldia,imports,2023-04/2023-06,98.2,,crown-million,,-3,",
           "veldia-imports-q2,veldia,imports,2023-04/2023-06,98.2,,crown-million,,-3.5,")],
         "veldia-imports-q2", "rescored", [("change", "−3", "−3.5")]),
        ([(f"{ISSUE}/trade.csv", ",120.5,", ",120.50,")], "veldia-exports-q2", "rescored", [("value", "120.5", "120.50")]),
        ([(f"{ISSUE}/figures.csv", ",310,,barges,over,", ",310,,barges,about,")], "hauliers-april", "changed",
         [("qualifier", "more than", "about")]),
        ([(f"{ISSUE}/publication.yml", "title: Hauliers at", "title: Lorries at")], "hauliers", "reworded",
         [("title", "Hauliers at the Senn post", "Lorries at the Senn post")]),
        ([(f"{ISSUE}/publication.yml", "{given: Tomas, family: Orel}", "{given: Thomas, family: Orel}")], "editor", "changed",
         [("editor", "Tomas Orel", "Thomas Orel")]),
        ([(f"{ISSUE}/publication.yml", "keywords: [customs, hauliers]", "keywords: [customs]")], "keywords", "reworded",
         [("keywords", "customs, hauliers", "customs")]),
        ([(f"{ISSUE}/publication.yml", "subtitle: A quarterly count of neighbours and risks\n", "")], "subtitle", "removed",
         [("subtitle", "A quarterly count of neighbours and risks", None)]),
        ([(f"{ISSUE}/publication.yml", "home-safety: {aggregate: -1}", "home-safety: {aggregate: -1, positive: 2}")],
         "published_indices.home-safety", "rescored", [("positive", None, "+2")]),
    ],
)  # fmt: skip
def test_each_kind_of_change(tree: Path, swaps: Any, row: str, what: str, fields: Any) -> None:
    assert (row, what, fields) in told(changed(tree, *swaps))


@pytest.mark.parametrize(
    ("address", "swap", "row", "what", "fields"),
    [
        ("policy/open-river", ("recommendations.yml", "It stands at Senn.", "It stands upstream."), "r-2", "reworded",
         [("components.r-2-a.text", "It stands at Senn.", "It stands upstream.")]),
        ("policy/open-river", ("recommendations.yml", "addressee: ports", "addressee: cabinet"), "r-1", "changed",
         [("addressee", "Port authorities", "The cabinet of Kestria")]),
        ("policy/open-river", ("judgements.yml", "  sources: [open-river-paper]\n", ""), "j-1", "changed",
         [("sources", "Ada Lindqvist, Tomas Orel, An Open River", None)]),
        ("policy/open-river", ("publication.yml", "contents: [recommendations]\n", ""), "contents", "removed",
         [("contents", "recommendations", None)]),
        ("policy/open-river", ("publication.yml", "{given: Ada, family: Lindqvist}", "{given: Ada Lind, family: qvist}"),
         "authors", "changed",
         [("authors", "Ada Lindqvist, Tomas Orel", "Ada Lind qvist, Tomas Orel")]),
        ("non-papers/water-talks", ("points.yml", "title: Upstream", "title: Higher up"), "upstream", "reworded",
         [("title", "Upstream", "Higher up")]),
        ("non-papers/water-talks", ("points.yml", "text: The melt has moved by three weeks.", "text: The melt moved."), "p-3", "reworded",
         [("text", "The melt has moved by three weeks.", "The melt moved.")]),
    ],
)  # fmt: skip
def test_papers(tree: Path, address: str, swap: tuple[str, str, str], row: str, what: str, fields: Any) -> None:
    name, old, new = swap
    assert told(changed(tree, (f"data/{address}/{name}", old, new), address=address)) == [(row, what, fields)]


def test_rows_that_people_would_read_alike_are_shown_as_written(tree: Path) -> None:
    rows = ("2023-04-~11/2023-04-~20,Veldia", "2023-04-~11/2023-04-~15,Veldia")
    assert told(changed(tree, (f"{ISSUE}/events.csv", *rows))) == [
        ("2-veldia-02", "changed", [("date", "2023-04-~11/2023-04-~20", "2023-04-~11/2023-04-~15")])
    ]


def test_order_counts_where_readers_see_it(tree: Path) -> None:
    path = tree / f"{ISSUE}/figures.csv"
    head, one, two = path.read_text().splitlines()
    path.write_text("\n".join([head, two, one]) + "\n")
    found = changed(tree)
    assert told(found) == [("", "changed", [("order", "hauliers-april, hauliers-june", "hauliers-june, hauliers-april")])]
    assert summary(found) == "Order of stated numbers changed."
    assert [(one.line, one.field) for one in problems(found, lines(load(tree)))] == [(1, "row")]


def test_shared_entries_count_where_they_are_used(tree: Path) -> None:
    swaps = (
        ("data/sources.yml", "title: Fordonen väntar", "title: Bilarna väntar"),
        ("data/sources.yml", "  note: by telephone\n", ""),
        ("data/relationships.yml", "label: River Five", "label: The River Five"),
        ("data/relationships.yml", 'colour: "#8a6d00"', 'colour: "#8a6d01"'),
        ("data/vocabularies.yml", "over: more than", "over: above"),
        ("data/vocabularies.yml", "ports: Port authorities", "ports: Ports"),
        ("data/scales.yml", "meaning: Something stirs; watch it.", "meaning: Watch it."),
        ("data/scales.yml", "0: Noted, without effect", "0: Noted"),
    )
    found = changed(tree, *swaps)
    assert [(one.file, one.what, one.key, one.field, one.before, one.after) for one in found.shared] == [
        ("data/sources.yml", "source", "veldia-herald-hauliers", "title", "Fordonen väntar", "Bilarna väntar"),
        ("data/relationships.yml", "relationship", "river-5", "label", "River Five", "The River Five"),
        ("data/scales.yml", "scale", "relationship.meanings", "0", "Noted, without effect", "Noted"),
        ("data/scales.yml", "scale", "tension.haze", "meaning", "Something stirs; watch it.", "Watch it."),
        ("data/vocabularies.yml", "word", "qualifiers.over", "qualifiers.over", "more than", "above"),
    ]
    assert (found.rows, found.indices) == ((), ())
    assert summary(found) == "5 shared entries changed."
    assert [(one.path, one.line) for one in problems(found, lines(load(tree)))] == [
        ("data/relationships.yml", 6), ("data/scales.yml", 5), ("data/scales.yml", 31), ("data/sources.yml", 9),
        ("data/vocabularies.yml", 11),
    ]  # fmt: skip


def test_a_band_may_move_without_any_row(tree: Path) -> None:
    swaps = (("data/scales.yml", "lowest: -3\n", "lowest: -1\n"), ("data/scales.yml", "highest: -4\n", "highest: -2\n"))
    found = changed(tree, *swaps, (f"{ISSUE}/publication.yml", "band: haze", "band: storm"))
    assert [(one.series, one.part("aggregate"), one.part("band")) for one in found.indices] == [("basin-calm", "−2", "Haze → Storm")]
    assert "Basin calm −2 (Haze → Storm)" in summary(found)


def test_an_index_may_stay_while_its_points_move(tree: Path) -> None:
    swaps = ((f"{ISSUE}/events.csv", "Senn,4,", "Senn,5,"), (f"{ISSUE}/events.csv", "hauliers,-2,", "hauliers,-3,"))
    found = changed(tree, *swaps, (f"{ISSUE}/publication.yml", "positive: 4, negative: -2", "positive: 5, negative: -3"))
    assert summary(found) == "2 events rescored, 1 printed index rescored; Veldia +2 (positive +4 → +5, negative −2 → −3)."


def test_pages_name_the_first_line_that_differs(tree: Path) -> None:
    swap(tree, ("docs/issues/2/veldia.md", "Lorries then had", "Lorries had"))
    (tree / "docs/issues/2/index.md").unlink()
    (tree / "docs/issues/2/extra.md").write_text("new")
    found = changed(tree)
    assert [(one.path, one.what, one.line) for one in found.pages] == [
        ("docs/issues/2/extra.md", "added", 1), ("docs/issues/2/index.md", "removed", 1), ("docs/issues/2/veldia.md", "changed", 12),
    ]  # fmt: skip
    assert summary(found) == "1 page added, 1 page removed, 1 page changed."


@pytest.mark.parametrize(("before", "after", "line"), [("a\nb", "a\nb\nc", 3), ("a\nb\nc", "a\nb", 2), ("a", "b", 1), ("", "a", 1)])
def test_the_line_of_a_page_is_one_that_it_has(before: str, after: str, line: int) -> None:
    assert [one.line for one in compare(BOOK, BOOK, "issues/2", {"x.md": before}, {"x.md": after}).pages] == [line]


def test_a_publication_may_be_new_or_gone(tree: Path) -> None:
    shutil.rmtree(tree / "data/issues/2")
    without = open_book(tree)
    found = compare(without, BOOK, "issues/2", {}, pages(GOOD, "issues/2"))
    assert {row.what for row in found.rows} == {"added"}
    assert next((one.label, one.part("aggregate")) for one in found.indices) == ("Veldia", "none → +2")
    assert {row.what for row in compare(BOOK, without, "issues/2", {}, {}).rows} == {"removed"}
    with pytest.raises(LookupError, match="no publication issues/9"):
        compare(BOOK, BOOK, "issues/9", {}, {})


def test_a_book_of_one_volume_with_the_sources_it_uses_is_enough(tree: Path) -> None:
    for one in ("issues/1", "non-papers", "policy"):
        shutil.rmtree(tree / "data" / one)
    volume = BOOK.volume("issues/2")
    used = used_sources(volume, pages(GOOD, "issues/2"))
    text = (tree / "data/sources.yml").read_text()
    for key in set(BOOK.sources) - set(used):
        start = text.index(f"{key}:\n")
        end = min((at for other in BOOK.sources if (at := text.find(f"\n{other}:\n", start)) > 0), default=len(text)) + 1
        text = text[:start] + text[end:]
    (tree / "data/sources.yml").write_text(text)
    (tree / "data/published_indices.csv").unlink()
    assert not changed(tree)


def test_used_words_and_sources() -> None:
    paper, issue = BOOK.volume("policy/open-river"), BOOK.volume("issues/2")
    assert used_sources(paper, {}) == ["harbour-interview", "open-river-paper"]
    cited = {"a.md": 'It was.{{ cite("compass-1", \'compass-2\') }} "quoted" {{ events("veldia") }}'}
    assert used_sources(paper, cited) == ["compass-1", "compass-2", "harbour-interview", "open-river-paper"]
    assert used_words(issue) == {
        "categories": ["agreements", "movements"],
        "partners": ["amberland", "veldia"],
        "flows": ["balance", "exports", "imports", "turnover"],
        "units": ["barges", "crown-million", "percent"],
        "qualifiers": ["about", "over"],
    }
    assert used_words(paper)["actors"] == ["kestria", "veldia"]


# Told to people


@pytest.fixture
def example(tree: Path) -> tuple[Path, Changes]:
    row = ("2-veldia-03,veldia,2023-05-09/2023-05-10,The mixed commission on water meets and agrees nothing,0,compass-2\n",
           "2-veldia-04,veldia,2023-05-11,A | <ferry> sails,0,compass-2\n")  # fmt: skip
    swaps = (*RESCORED, *TENSER, (f"{ISSUE}/events.csv", *row), ("data/sources.yml", "Fordonen väntar", "Bilarna väntar"))
    return tree, changed(tree, *swaps, ("docs/issues/2/veldia.md", "Lorries then had", "Lorries had"))


def test_summary(example: tuple[Path, Changes]) -> None:
    assert summary(example[1]) == (
        "1 event added, 1 event removed, 1 event rescored, 1 incident rescored, 2 printed indices rescored; "
        "Veldia +2 → +3, Basin calm −2 → −4 (Haze → Storm); 1 page changed, 1 shared entry changed."
    )


WAS = 'The ministers {{ event("2-veldia-01", "opened the post at Senn") }}. Lorries then had to wait.{{ cite("veldia-herald-hauliers") }}'
IS = WAS.replace("then had", "had")


def test_text(example: tuple[Path, Changes]) -> None:
    assert (
        as_text(example[1])
        == f"""\
issues/2: Kestria Compass, second number
  {summary(example[1])}
  data/issues/2/events.csv
    2-veldia-01 rescored
      score: +4 → +5
    2-veldia-04 added
      row: none → relationship Veldia; date 11 May 2023; event A | <ferry> sails; score 0; source Kestria Compass 2
    2-veldia-03 removed
      row: relationship Veldia; date 9–10 May 2023; event The mixed commission on water meets and agrees nothing; score 0; \
source Kestria Compass 2 → none
  data/issues/2/incidents.csv
    2-security-02 rescored
      regional: +1 → −1
  data/issues/2/publication.yml
    published_indices.veldia rescored
      aggregate: +2 → +3
      positive: +4 → +5
    published_indices.basin-calm rescored
      aggregate: −2 → −4
      positive: +1 → none
      negative: −3 → none
      band: Haze → none
  Indices
    Veldia: +2 → +3, positive +4 → +5, negative −2
    Basin calm: −2 → −4, positive +1 → 0, negative −3 → −4, Haze → Storm
  Pages
    docs/issues/2/veldia.md changed, first in line 12
      {WAS} → {IS}
  Shared data
    data/sources.yml veldia-herald-hauliers title: Fordonen väntar → Bilarna väntar
"""
    )


def _plain(markdown: str, *texts: str) -> str:
    """Markdown with BEFORE and AFTER in the place of two long texts, which are escaped in it."""
    for name, text in zip(("BEFORE", "AFTER"), texts, strict=True):
        markdown = markdown.replace(re.sub(r"([\\`*_{}\[\]<>&#|~@])", r"\\\1", text), name)
    return markdown


def test_markdown(example: tuple[Path, Changes]) -> None:
    head, *tables = as_markdown(replace(example[1], rows=example[1].rows[:4])).split("\n\n")
    assert head == "## Kestria Compass, second number (`issues/2`)"
    assert (
        _plain("\n\n".join(tables[1:]), WAS, IS)
        == """\
| Index | Value | Positive | Negative | Colour |
| --- | --- | --- | --- | --- |
| Veldia | +2 → +3 | +4 → +5 | −2 |  |
| Basin calm | −2 → −4 | +1 → 0 | −3 → −4 | Haze → Storm |

| What | Row | Field | Before | After |
| --- | --- | --- | --- | --- |
| rescored | `2-veldia-01` | score | +4 | +5 |
| added | `2-veldia-04` | row | none | relationship Veldia; date 11 May 2023; event A \\| \\<ferry\\> sails; score 0; \
source Kestria Compass 2 |
| removed | `2-veldia-03` | row | relationship Veldia; date 9–10 May 2023; event The mixed commission on water meets and agrees nothing; \
score 0; source Kestria Compass 2 | none |
| rescored | `2-security-02` | regional | +1 | −1 |

| What | Page | First line that differs, before | After |
| --- | --- | --- | --- |
| changed | `docs/issues/2/veldia.md` | BEFORE | AFTER |

| Shared file | Entry | Field | Before | After |
| --- | --- | --- | --- | --- |
| `data/sources.yml` | `veldia-herald-hauliers` | title | Fordonen väntar | Bilarna väntar |
"""
    )


def test_json(tree: Path) -> None:
    record = as_dict(changed(tree, *RESCORED, *TENSER[:1], (TENSER[1][0], TENSER[1][1], "{aggregate: -4}")))
    assert json.loads(json.dumps(record)) | {"rows": []} == {
        "address": "issues/2",
        "title": "Kestria Compass, second number",
        "rows": [],
        "pages": [],
        "shared": [],
        "indices": [
            {
                "series": "veldia",
                "label": "Veldia",
                "before": {"aggregate": 2, "positive": 4, "negative": -2, "band": None},
                "after": {"aggregate": 3, "positive": 5, "negative": -2, "band": None},
            },
            {
                "series": "basin-calm",
                "label": "Basin calm",
                "before": {"aggregate": -2, "positive": 1, "negative": -3, "band": "haze"},
                "after": {"aggregate": -4, "positive": 0, "negative": -4, "band": "storm"},
            },
        ],
        "summary": "1 event rescored, 1 incident rescored, 2 printed indices rescored; Veldia +2 → +3, Basin calm −2 → −4 (Haze → Storm).",
    }


def test_json_rows(tree: Path) -> None:
    record = json.loads(json.dumps(as_dict(changed(tree, *RESCORED))))
    assert record["rows"][0] == {
        "file": "data/issues/2/events.csv",
        "id": "2-veldia-01",
        "noun": "event",
        "what": "rescored",
        "fields": [{"name": "score", "before": "+4", "after": "+5"}],
        "moves": ["veldia"],
    }


def test_refusal_names_every_row_and_page(example: tuple[Path, Changes]) -> None:
    tree, found = example
    assert [str(one) for one in problems(found, lines(load(tree)))] == [
        one + WAY_OUT
        for one in (
            "data/issues/2/events.csv:1: row: 2-veldia-03 was published and is gone (index of Veldia +2 -> +3)",
            "data/issues/2/events.csv:2: score: 2-veldia-01 was published with score 4 and now has 5 (index of Veldia +2 -> +3)",
            "data/issues/2/events.csv:4: row: 2-veldia-04 is new since publication (index of Veldia +2 -> +3)",
            "data/issues/2/incidents.csv:3: regional: 2-security-02 was published with regional 1 and now has −1 "
            "(index of Basin calm −2 -> −4, Haze -> Storm)",
            "data/issues/2/publication.yml:26: aggregate: published_indices.veldia was published with aggregate 2 and now has 3, "
            "and with positive 4 and now has 5",
            "data/issues/2/publication.yml:29: aggregate: published_indices.basin-calm was published with aggregate −2 and now has −4, "
            "and with positive 1 and now has none, and with negative −3 and now has none, and with band 'Haze' and now has none",
            "data/sources.yml:9: title: veldia-herald-hauliers was published with title 'Fordonen väntar' and now has 'Bilarna väntar'",
            "docs/issues/2/veldia.md:12: page: differs from the published page",
        )
    ]


def test_lines_are_known_for_every_row_and_line_of_a_title_page() -> None:
    line = lines(load(GOOD))
    assert line("data/non-papers/water-talks/points.yml", "p-3") == 17
    assert line("data/non-papers/water-talks/points.yml", "downstream") == 4
    assert line("data/policy/open-river/recommendations.yml", "r-2") == 18
    assert line("data/issues/2/publication.yml", "hauliers") == 31
    assert line("data/issues/2/publication.yml", "abstract") == 13
    assert line("data/vocabularies.yml", "units.barges") == 8
    assert line("data/issues/2/events.csv", "2-veldia-99") == 1


# For readers


def test_html_is_escaped_and_has_headers_and_links(example: tuple[Path, Changes]) -> None:
    text = html(example[1], lambda row: f"veldia/#{row.id}" if row.noun in ("event", "incident") else None, "Compass, edition 3")
    assert '<th scope="row"><a href="veldia/#2-veldia-01">2-veldia-01</a></th><td>rescored</td>' in text
    assert '<th scope="row">2-veldia-03</th><td>removed</td>' in text
    assert "A | &lt;ferry&gt; sails" in text
    assert '<span aria-hidden="true">✚</span> Storm' in text
    labels = [f"{what}: Compass, edition 3" for what in ("Indices before and after", "Rows that differ", "Shared entries that differ")]
    assert [text.count(f'aria-label="{label}"') for label in labels] == [1, 1, 1]
    assert " id=" not in text


def test_html_of_nothing() -> None:
    found = compare(BOOK, BOOK, "issues/2", {}, {})
    assert html(found, lambda _: None, "") == '<div class="changes">\n<p class="changes__summary">Nothing differs.</p>\n</div>'


# Whatever the input


def with_rows(events: list[Event], incidents: list[Incident]) -> Book:
    volume = replace(BOOK.volume("issues/2"), events=tuple(events), incidents=tuple(incidents))
    return replace(BOOK, volumes=(volume,))


def of(kind: type[Any], rows: tuple[Any, ...], **free: Any) -> st.SearchStrategy[list[Any]]:
    """Some of the rows, with some fields drawn anew."""
    drawn = st.tuples(*(st.one_of(st.none(), st.just(row), st.builds(row.model_copy, update=st.fixed_dictionaries(free))) for row in rows))
    return drawn.map(lambda chosen: [row for row in chosen if row is not None])


scores = st.integers(-5, 5)
issue: Volume = BOOK.volume("issues/2")
books = st.builds(
    with_rows,
    of(Event, issue.events, score=scores, event=st.text(min_size=1)),
    of(Incident, issue.incidents, national=scores, regional=scores),
)
texts = st.dictionaries(st.sampled_from(["index.md", "veldia.md", "security.md"]), st.text())


@FEW
@given(books, texts)
def test_any_state_equals_itself(book: Book, text: dict[str, str]) -> None:
    assert not compare(book, replace(book), "issues/2", text, dict(text))


@FEW
@given(books, books, texts, texts)
def test_there_and_back_are_mirrors(one: Book, two: Book, first: dict[str, str], second: dict[str, str]) -> None:
    there, back = compare(one, two, "issues/2", first, second), compare(two, one, "issues/2", second, first)
    mirror = {"added": "removed", "removed": "added"}
    assert {(row.id, mirror.get(row.what, row.what), frozenset((f.name, f.after, f.before) for f in row.fields)) for row in there.rows} == {
        (row.id, row.what, frozenset((f.name, f.before, f.after) for f in row.fields)) for row in back.rows
    }
    assert {(page.path, mirror.get(page.what, page.what)) for page in there.pages} == {(page.path, page.what) for page in back.pages}
    assert {(index.series, index.after, index.before) for index in there.indices} == {
        (index.series, index.before, index.after) for index in back.indices
    }


@FEW
@given(books, books)
def test_everything_that_moves_an_index_is_a_row(one: Book, two: Book) -> None:
    found = compare(one, two, "issues/2", {}, {})
    assert {index.series for index in found.indices} <= {series for row in found.rows for series in row.moves}
    assert len(problems(found, lambda file, row: 1)) == len(found.rows)
    assert bool(summary(found)) == bool(found)
    assert json.loads(json.dumps(as_dict(found)))["address"] == "issues/2"
    assert as_markdown(found).count("\n| ") == sum(2 + len(part) for part in (
        [field for row in found.rows for field in row.shown], found.indices) if part)  # fmt: skip


@given(st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()), st.integers(20, 80))
def test_excerpts_are_short_lines_that_show_the_difference(before: str | None, after: str | None, width: int) -> None:
    one, two = excerpt(before, after, width)
    assert max(len(one), len(two)) <= width + 4
    assert "\n" not in one + two


def test_an_excerpt_is_cut_around_the_difference() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    one, two = excerpt(words, words.replace("word50", "other"), 60)
    assert "word50" in one
    assert "other" in two
    assert one.startswith("… ") and one.endswith(" …")
    assert excerpt("a\nb", "a\n\nb") == ("a b", "a ¶ b")
    assert excerpt("a\nb", "a b") == ("a b", "a b (other line breaks)")


def test_what_an_edition_changed_follows_a_page_that_is_saved_alone(tree: Path) -> None:
    shutil.copytree(GOOD, tree / ".cache/archive/issues/1/v1")
    book = open_book(tree)
    volume = book.volume("issues/1")
    assert not archive.changes(book, volume, 2)
    page = tree / "docs/issues/1/index.md"
    for words in ("Saved once.", "Saved again."):
        page.write_text(f"{(GOOD / 'docs/issues/1/index.md').read_text()}\n{words}\n")
        changes = archive.changes(book, volume, 2)
        assert changes is not None
        assert [(change.path, change.after) for change in changes.pages] == [("docs/issues/1/index.md", words)]
