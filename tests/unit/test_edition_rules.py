"""The rules of editions as pure code: what a run publishes, and what it refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.publishing.editions import Plan, plan
from hooks.publishing.manifest import Record, listed, record_of, sums
from hooks.publishing.page_slots import STATUS, VERSIONS, original, served
from macros.book import Book, Volume, open_book
from macros.model import Edition
from macros.problems import Problem

BOOK = open_book(Path(__file__).parents[1] / "fixtures" / "good")
VOLUME = BOOK.volume("policy/open-river")
CHANGED = Problem("data/policy/open-river/figures.csv", 3, "value", "was published with value 1 and now has 2")


def edition(number: int, note: str = "Better.", day: date | None = None) -> Edition:
    return Edition(number=number, date=day or date(2024, 1, number), kind="original" if number == 1 else "correction", note=note)


def volume(numbers: Sequence[int], status: str = "published", reason: str | None = None) -> Volume:
    editions = tuple(map(edition, numbers))
    publication = VOLUME.publication.model_copy(update={"status": status, "editions": editions, "withdrawal": reason})
    return replace(VOLUME, publication=publication)


def record(number: int, inputs: str = "same", withdrawn: str = "") -> Record:
    one = edition(number)
    return Record(
        VOLUME.address, number, one.date.isoformat(), one.kind, one.note, "An Open River", inputs, "c" * 40, "", "d" * 64, withdrawn
    )


def planned(one: Volume | None, published: Sequence[Record], inputs: str = "same", known: bool = True) -> Plan:
    """The plan for a book of one publication, or of none."""
    book: Book = replace(BOOK, volumes=(one,) if one else ())
    ledger = {VOLUME.address: tuple(published)} if published else {}
    return plan(book, ledger, lambda _: inputs, lambda *_: [CHANGED], lambda _: known)


@pytest.mark.parametrize(
    ("numbers", "published", "inputs", "verdict", "why"),
    [
        ([1], [], "same", "publish", "not published yet"),
        ([1], [1], "same", "stands", "edition 1"),
        ([1, 2], [1], "other", "publish", "edition 2, correction: Better."),
        ([1, 2], [1], "same", "publish", "edition 2, correction: Better."),
        ([1, 2], [1, 2], "same", "stands", "edition 2"),
    ],
    ids=["first", "again", "next", "next with nothing new", "next again"],
)
def test_what_is_published(numbers: list[int], published: list[int], inputs: str, verdict: str, why: str) -> None:
    found = planned(volume(numbers), [record(number) for number in published], inputs)
    assert found.problems == ()
    assert [(step.verdict, step.why) for step in found.steps] == [(verdict, why)]


def test_changed_inputs_are_refused_with_what_changed() -> None:
    found = planned(volume([1]), [record(1)], inputs="other")
    assert found.problems == (CHANGED,)
    assert not found.of("publish")


@pytest.mark.parametrize(
    ("numbers", "published", "said"),
    [
        ([1], [1, 2], "edition 2 was published on 2024-01-02 and is gone"),
        ([2], [1], "edition 1 was published on 2024-01-01 and is gone"),
        ([1, 2], [], "announces edition 2, but 0 is the newest published"),
        ([1, 2, 3], [1], "announces edition 3, but 1 is the newest published"),
    ],
    ids=["newest removed", "first removed", "two at once", "one left out"],
)
def test_the_list_of_editions_only_grows_by_one(numbers: list[int], published: list[int], said: str) -> None:
    found = planned(volume(numbers), [record(number) for number in published])
    assert any(problem.path == "data/policy/open-river/publication.yml" and said in problem.message for problem in found.problems)


@pytest.mark.parametrize("field", ["date", "kind", "note"])
def test_a_published_edition_is_not_edited(field: str) -> None:
    values = {"date": "2023-12-31", "kind": "revision", "note": "Other words."}
    found = planned(volume([1, 2, 3]), [record(1), replace(record(2), **{field: values[field]})])
    assert len(found.problems) == 1
    assert f"edition 2 was published as {values[field] if field == 'date' else '2024-01-02'}" in found.problems[0].message


def test_a_vanished_publication_is_named() -> None:
    found = planned(None, [record(1)])
    assert [str(problem).split(";")[0] for problem in found.problems] == [
        "data/policy/open-river/publication.yml:1: file: was published and is gone"
    ]


@pytest.mark.parametrize(("published", "known", "refused"), [(0, True, False), (1, True, True), (1, False, False)], ids=str)
def test_a_draft_is_not_published_and_nothing_published_becomes_a_draft(published: int, known: bool, refused: bool) -> None:
    """Unless somebody else published it, from a state that this one does not follow."""
    found = planned(volume([1], "draft"), [record(1)] * published, "other", known)
    assert [step.verdict for step in found.steps] == ["nothing"]
    assert [problem.field for problem in found.problems] == ["status"] * refused


@pytest.mark.parametrize(
    ("published", "verdict"), [([], "nothing"), ([record(1)], "withdraw"), ([record(1, withdrawn="By law.")], "stands")], ids=len
)
def test_withdrawal_happens_once(published: list[Record], verdict: str) -> None:
    found = planned(volume([1], "withdrawn", "By law."), published, "other")
    assert [step.verdict for step in found.steps] == [verdict]
    assert found.problems == ()


def test_withdrawn_is_for_ever() -> None:
    found = planned(volume([1]), [record(1, withdrawn="By law.")])
    assert [problem.field for problem in found.problems] == ["status"]


@given(
    numbers=st.lists(st.integers(1, 5), max_size=5, unique=True).map(sorted),
    announced=st.lists(st.integers(1, 5), min_size=1, max_size=5, unique=True),
    status=st.sampled_from(["draft", "published", "withdrawn"]),
    inputs=st.sampled_from(["same", "other"]),
)
def test_whatever_is_written_nothing_published_is_lost_or_made_again(
    numbers: list[int], announced: list[int], status: str, inputs: str
) -> None:
    """If a plan stands, every published edition is still listed, and only the very next one is new."""
    found = planned(volume(announced, status, "By law."), [record(number) for number in numbers], inputs)
    if found.problems:
        return
    assert set(numbers) <= set(announced) or (status == "draft" and not numbers)
    newest = max(numbers, default=0)
    for step in found.of("publish"):
        assert (status, step.volume.edition.number) == ("published", newest + 1)
    assert found.steps[0].verdict != "stands" or status == "withdrawn" or inputs == "same"
    assert found.steps[0].verdict != "nothing" or status != "published"


@given(st.permutations([1, 2, 3]))
def test_the_order_of_the_plan_does_not_depend_on_that_of_the_ledger(order: list[int]) -> None:
    addresses = [f"issues/{number}" for number in order]
    found = plan(replace(BOOK, volumes=()), {address: [record(1)] for address in addresses}, lambda _: "", lambda *_: [])
    assert found.problems == tuple(sorted(found.problems))
    assert len(found.problems) == 3


# Records, sums and slots ---------------------------------------------------------------------

FILES = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}(/[a-z ]{1,8})?\.(html|csv)", fullmatch=True), st.binary(max_size=40), min_size=1, max_size=6
)


@given(FILES)
def test_a_manifest_is_read_as_it_was_written(files: dict[str, bytes]) -> None:
    assert listed(sums(files)) == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


PAGE = f"<head>{''.join(VERSIONS)}</head><body><aside>{''.join(STATUS)}</aside><p>Text</p></body>".encode()


def successor(note: str, number: int = 2) -> Record:
    return replace(record(2), number=number, kind="correction", note=note)


@given(note=st.text(max_size=80), number=st.integers(2, 99))
def test_a_status_can_be_taken_out_again_and_made_again(note: str, number: int) -> None:
    once = served(PAGE, "index.html", successor(note, number), set(), {})
    assert once != PAGE
    assert original(once) == original(PAGE) == PAGE
    assert served(once, "index.html", successor(note, number), set(), {}) == once
    assert served(once, "index.html", None, set(), {}) == PAGE


@pytest.mark.parametrize(("page", "leads"), [("index.html", "../v2/"), ("a/index.html", "../../v2/a/"), ("b/index.html", "../../v2/")])
def test_a_page_leads_to_the_same_page_of_the_next_edition_or_to_its_first(page: str, leads: str) -> None:
    assert f'href="{leads}"'.encode() in served(PAGE, page, successor("Mended."), {"index.html", "a/index.html"}, {})


def test_a_note_is_text_and_not_markup() -> None:
    page = served(PAGE, "index.html", successor("<script>alert(1)</script><!--/status-->"), set(), {})
    assert b"<script>" not in page
    assert original(page) == PAGE


def test_inputs_are_those_of_the_publication_and_of_what_it_shares() -> None:
    records = {one.address: record_of(BOOK, one, "") for one in BOOK.volumes}
    assert len({one.inputs for one in records.values()}) == len(records)
    assert records == {one.address: record_of(open_book(BOOK.root), one, "") for one in BOOK.volumes}
