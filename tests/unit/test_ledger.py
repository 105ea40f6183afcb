"""The ledger says only what has its form, changes only as tags say, and accounts for every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from hooks.publishing import ledger
from hooks.publishing.manifest import Record
from macros.problems import DataError

FIRST = Record("issues/2", 1, "2023-07-20", "original", "First edition.", "Compass 2", "a" * 64, "b" * 40, "c" * 64, "d" * 64)
SECOND = replace(FIRST, number=2, kind="correction", note="A score.", manifest="e" * 64)
PAPER = replace(FIRST, address="policy/open-river")
LEDGER: ledger.Ledger = {"issues/2": (FIRST, SECOND), "policy/open-river": (PAPER,)}


def test_it_is_read_as_it_was_written() -> None:
    assert ledger.parse(ledger.written(LEDGER)) == LEDGER
    assert ledger.parse(None) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"address": "../../../elsewhere"},
        {"address": "issues/../../x"},
        {"address": "issues/2/v1"},
        {"address": "elsewhere/2"},
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"date": "soon"},
        {"commit": "--upload-pack=touch x"},
        {"commit": "main"},
        {"inputs": ""},
        {"manifest": "d"},
        {"note": "two\nlines"},
        {"title": "\x1b[2J"},
        {"title": None},
        {"more": "x"},
        {"assets": ["assets/../../x"]},
        {"assets": "assets/0123456789abcdef/x.css"},
        {"assets": None},
    ],
    ids=str,
)
def test_nothing_else_is_taken_for_a_record(changed: dict[str, Any]) -> None:
    content = json.dumps([asdict(FIRST) | changed]).encode()
    with pytest.raises(DataError, match="is no ledger of editions"):
        ledger.parse(content)


@pytest.mark.parametrize("content", [b"{", b'{"a": 1}', b"[1]", b"[" * 100_000], ids=["no JSON", "no list", "no records", "deep"])
def test_what_is_no_ledger_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(DataError, match="is no ledger of editions"):
        ledger.parse(content)


def test_a_publish_adds_what_its_tags_name() -> None:
    assert ledger.transition({"issues/2": (FIRST,)}, {"issues/2": (FIRST, SECOND)}, {"issues/2/v2"}) == []


@pytest.mark.parametrize(
    ("after", "tags", "path", "message"),
    [
        ({"issues/2": (FIRST, SECOND)}, set(), "policy/open-river/v1", "was taken out"),
        ({**LEDGER, "issues/2": (FIRST,)}, set(), "issues/2/v2", "was taken out"),
        ({**LEDGER, "issues/3": (replace(FIRST, address="issues/3"),)}, set(), "issues/3/v1", "without a tag"),
        ({**LEDGER, "issues/2": (replace(FIRST, note="Other"), SECOND)}, {"issues/2/v1"}, "issues/2/v1", "was changed"),
        ({**LEDGER, "policy/open-river": (replace(PAPER, withdrawn="Because."),)}, set(), "policy/open-river/v1", "was changed"),
    ],
    ids=["publication gone", "edition gone", "added", "note", "withdrawn"],
)
def test_any_other_change_is_named(after: ledger.Ledger, tags: set[str], path: str, message: str) -> None:
    [problem] = ledger.transition(LEDGER, after, tags)
    assert problem.path == path
    assert message in problem.message


def test_a_withdrawal_changes_nothing_but_its_reason() -> None:
    after = {**LEDGER, "issues/2": ledger.withdrawn(LEDGER["issues/2"], "By law.", date(2024, 9, 1))}
    assert ledger.transition(LEDGER, after, {"issues/2/withdrawn"}) == []
    rewritten = {**LEDGER, "issues/2": tuple(replace(record, title="Other") for record in after["issues/2"])}
    assert len(ledger.transition(LEDGER, rewritten, {"issues/2/withdrawn"})) == 2


@pytest.mark.parametrize(
    ("path", "stray"),
    [
        ("issues/2/v1/index.html", ""),
        ("issues/2/v1/data/events.csv", ""),
        ("issues/2/index.html", ""),
        ("issues/2/versions.json", ""),
        ("issues/2/latest/security/index.html", ""),
        ("issues/index.html", ""),
        ("index.html", ""),
        ("assets/0123/x.css", ""),
        ("relationships/veldia/index.html", ""),
        ("issues/2/v1x/index.html", "issues/2/v1x"),
        ("issues/2/v3/index.html", "issues/2/v3"),
        ("issues/2/v1", "issues/2/v1"),
        ("issues/2/extra.html", "issues/2/extra.html"),
        ("issues/3/index.html", "issues/3/index.html"),
        ("issues/3/v1/index.html", "issues/3/v1"),
        ("issues/2/Latest/index.html", "issues/2/Latest"),
    ],
)
def test_every_file_belongs_to_something_that_was_published(path: str, stray: str) -> None:
    assert [problem.path for problem in ledger.strays([path], LEDGER)] == ([stray] if stray else [])


def test_a_shared_asset_is_what_its_address_says() -> None:
    content = b"body { color: black }"
    name = hashlib.sha256(content).hexdigest()
    right = {f"assets/{name[:16]}/main.css": content}
    assert ledger.asset_problems(right) == []
    wrong = dict.fromkeys(right, content + b" ")
    assert [problem.path for problem in ledger.asset_problems(wrong)] == list(wrong)
