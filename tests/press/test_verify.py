"""Whatever is done to a frozen edition on the branch is named, and nothing is built upon it."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from house import ISSUE, PAPER, Answer, House

PAGE = f"{ISSUE}/v1/veldia/index.html"
TABLE = f"{ISSUE}/v1/data/events.csv"
ARCHIVE = f"{ISSUE}/v1/kestria-compass-2-v1.zip"
PROGRAM = f"{ISSUE}/v1/assets/javascripts/vega.js.gz"
Change = Callable[[bytes], bytes | None]


def raw(house: House, path: str) -> bytes:
    return subprocess.run(["git", "show", f"gh-pages:{path}"], cwd=house.remote, capture_output=True, check=True).stdout


CHANGES: dict[str, tuple[str, Change, str]] = {
    "rewritten page": (PAGE, lambda page: page.replace(b"lowers", b"raises").replace(b"shared customs", b"closed customs"), "is not what"),
    "rewritten table": (TABLE, lambda table: table.replace(b",4,", b",5,"), "is not what was published"),
    "truncated page": (PAGE, lambda page: page[: len(page) // 2], "is not what was published"),
    "truncated program": (PROGRAM, lambda program: gzip.compress(gzip.decompress(program)[:-1]), "is not what was published"),
    "emptied table": (TABLE, lambda _: b"", "is not what was published"),
    "deleted page": (PAGE, lambda _: None, "is missing"),
    "deleted archive": (ARCHIVE, lambda _: None, "is missing"),
    "truncated archive": (ARCHIVE, lambda archive: archive[: len(archive) // 2], "is not what was published"),
    "deleted record": (f"{ISSUE}/v1/edition.json", lambda _: None, "is missing"),
    "added file": (f"{ISSUE}/v1/extra.html", lambda _: b"<p>Hello</p>", "was added after publication"),
    "deleted manifest": (f"{ISSUE}/v1/SHA256SUMS", lambda _: None, "has no SHA256SUMS"),
}


def refuses(house: House, said: str) -> Answer:
    """Neither verify nor publish lets it pass, and publish changes nothing."""
    before = house.head()
    checked = house.run("verify")
    assert checked.status == 1
    assert said in checked.stdout
    with (house.root / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    house.commit()
    answer = house.run("publish")
    assert answer.status == 1
    assert said in answer.stdout
    assert house.head() == before
    return checked


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_to_a_frozen_file_is_named(house: House, change: str) -> None:
    path, how, said = CHANGES[change]
    before = b"" if change == "added file" else raw(house, path)
    after = how(before)
    assert after != before
    house.tamper({path: after})
    checked = refuses(house, said)
    named = path.rpartition("/")[0] if change == "deleted manifest" else path
    assert any(line.startswith(f"{named}:1: ") and said in line for line in checked.lines)
    assert not any(line.startswith(f"{PAPER}/v1/") for line in checked.lines)


@pytest.mark.parametrize(("change", "said"), [("deleted archive", "has no archive file"), ("truncated archive", "is damaged")])
def test_what_changed_since_a_damaged_edition_cannot_be_told(house: House, change: str, said: str) -> None:
    house.tamper({ARCHIVE: CHANGES[change][1](raw(house, ARCHIVE))})
    answer = house.run("diff", ISSUE)
    assert answer.status == 1
    assert said in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


def test_a_deleted_edition_is_named(house: House) -> None:
    house.tamper(dict.fromkeys(house.files(f"{PAPER}/v1")))
    assert f"{PAPER}/v1:1: edition: " in refuses(house, f"{PAPER}/v1").stdout


def test_an_edition_that_was_swapped_with_its_manifest_is_named(house: House) -> None:
    """Sums that fit are not enough: the ledger says which edition it was."""
    record = raw(house, f"{PAPER}/v1/edition.json").replace(b"First edition", b"Only edition")
    sums = raw(house, f"{PAPER}/v1/SHA256SUMS").decode().splitlines()
    sums = [f"{hashlib.sha256(record).hexdigest()}  edition.json" if line.endswith("  edition.json") else line for line in sums]
    house.tamper({f"{PAPER}/v1/edition.json": record, f"{PAPER}/v1/SHA256SUMS": ("\n".join(sums) + "\n").encode()})
    refuses(house, f"{PAPER}/v1:1: edition: is not the one that the ledger names")


def test_an_edition_that_nobody_published_is_named(house: House) -> None:
    copied = {path.replace("/v1/", "/v9/"): raw(house, path) for path in house.files(f"{PAPER}/v1")}
    house.tamper(copied)
    refuses(house, f"{PAPER}/v9:1: edition: is on the branch and not in its ledger")


@pytest.mark.parametrize("content", [None, b"{", b'[{"colour": 1}]'], ids=["deleted", "no JSON", "other keys"])
def test_a_ledger_that_is_gone_or_broken_is_named(house: House, content: bytes | None) -> None:
    house.tamper({"editions.json": content})
    refuses(house, "restore the branch from a copy")


def test_status_and_version_links_may_change_and_nothing_beside_them(corrected: tuple[House, Answer], tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    page = raw(house, PAGE)
    assert b"A newer edition exists" in page
    assert house.run("verify", f"{ISSUE}/v1").lines == [f"{ISSUE}/v1: as published"]
    house.tamper({PAGE: page.replace(b"<!--/status-->", b"<!--/status--><p>Do not read this.</p>")})
    refuses(house, f"{PAGE}:1: file: is not what was published")


@pytest.mark.parametrize(
    ("words", "checked"),
    [
        ([ISSUE], ["issues/2/v1"]),
        (["issues/1/v1", f"{PAPER}/"], ["issues/1/v1", f"{PAPER}/v1"]),
        (["issues"], ["issues/1/v1", "issues/2/v1"]),
    ],
    ids=["publication", "edition and publication", "folder"],
)
def test_verify_checks_what_is_named(published_house: tuple[House, Answer], words: list[str], checked: list[str]) -> None:
    answer = published_house[0].run("verify", *words)
    assert (answer.status, answer.lines) == (0, [f"{path}: as published" for path in checked])


def test_verify_says_what_there_is_where_an_address_is_unknown(published_house: tuple[House, Answer]) -> None:
    answer = published_house[0].run("verify", "issues/7")
    assert answer.status == 1
    assert answer.lines[0].startswith("issues/7:1: edition: is not on the branch; there are issues/1/v1, issues/2/v1")


def test_every_edition_can_be_made_again_from_its_sources(corrected: tuple[House, Answer], tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    (house.root / "data/relationships.yml").write_text("what is in the working tree does not count", encoding="utf-8")
    address = (f"{ISSUE}/v1", f"{ISSUE}/v2")
    answer = house.run("verify", "--rebuild", *address)
    assert (answer.status, answer.lines) == (0, [f"{path}: as published, built again: the same bytes" for path in address]), answer.stderr
    assert house.git("worktree", "list").count("\n") == 0


def test_a_forged_edition_does_not_survive_a_rebuild(house: House) -> None:
    """Even with sums and ledger that fit, the sources say otherwise."""
    page = raw(house, f"{PAPER}/v1/index.html").replace(b"An Open River", b"A Shut River")
    sums = raw(house, f"{PAPER}/v1/SHA256SUMS").decode().splitlines()
    sums = [f"{hashlib.sha256(page).hexdigest()}  index.html" if line[66:] == "index.html" else line for line in sums]
    house.tamper({f"{PAPER}/v1/index.html": page, f"{PAPER}/v1/SHA256SUMS": ("\n".join(sums) + "\n").encode()})
    ledger = json.loads(raw(house, "editions.json"))
    for record in ledger:
        if record["address"] == PAPER:
            record["tree"] = house.git("rev-parse", f"gh-pages:{PAPER}/v1", at=house.remote)
    house.tamper({"editions.json": json.dumps(ledger).encode()})
    assert house.run("verify").status == 0
    answer = house.run("verify", "--rebuild", PAPER)
    assert answer.status == 1
    assert f"{PAPER}/v1/index.html:1: file: is not what its sources give" in answer.stdout
