"""Archives of any size for `make bench`: issues copied from a real one, and a branch that holds their editions.

An archived issue is a copy of the newest one with its own number, years later: its own rows, ids,
dates and pages under data/ and docs/. Its edition on the branch is a copy of the built edition of the
first, in which every page has bytes of its own (a comment with the number of the issue), and the record,
the archive file (with its sources alone) and the sums are its own; pictures, programs and PDF are shared,
as git shares equal files. Ledger, tags and sums are valid: `barometer verify` passes. Cover, list of editions
and latest/ are those of the first.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hooks.publishing import bag, ledger, manifest, tags
from hooks.publishing.branch import Branch
from hooks.publishing.manifest import Record
from macros.book import Book, open_book
from macros.exports import zip_file
from macros.target import RECORD, SUMS

FIRST = 19
DAYS = 1000
"""How long ago the real editions were published; those of copied issues follow a day after each other, as in an archive that grows."""
EDITION_DATE = re.compile(r"(?m)(?<=^    date: )(\S+)")


def git(*words: str, at: Path, stdin: bytes | None = None) -> str:
    """Run git."""
    return subprocess.run(["git", *words], cwd=at, input=stdin, capture_output=True, check=True).stdout.decode().strip()


BACK = 480
"""Months by which the periodical is moved into the past, so that the last of many issues is over too."""


def move_back(root: Path) -> None:
    """Let the periodical begin forty years earlier; nothing is stated of issues that are not there."""
    series = root / "data/series.yml"
    text = re.sub(
        r"(?<=first_period: )(\d{4})-(\d\d)/(\d{4})-(\d\d)", lambda found: _period(found, -BACK), series.read_text(encoding="utf-8")
    )
    series.write_text(text, encoding="utf-8")
    (root / "data/published_indices.csv").unlink()
    for path in (*(root / f"data/issues/{FIRST}").iterdir(), *(root / f"docs/issues/{FIRST}").iterdir()):
        path.write_text(_later(path, path.read_text(encoding="utf-8"), -BACK), encoding="utf-8")
    for path in (root / "data").glob("*/*/publication.yml"):
        path.write_text(_dated(path.read_text(encoding="utf-8"), -DAYS), encoding="utf-8")


def _dated(text: str, days: int) -> str:
    """A title page whose editions are published so many days later."""
    return EDITION_DATE.sub(lambda found: f"{date.fromisoformat(found[1]) + timedelta(days)}", text)


def add_issue(root: Path, number: int, thin: bool = False) -> None:
    """Copy the first issue to another number, as many months later as its period begins; if thin, one event of it."""
    for place in ("data", "docs"):
        target = root / place / f"issues/{number}"
        shutil.copytree(root / place / f"issues/{FIRST}", target)
        for path in target.iterdir():
            text = re.sub(rf"\b{FIRST}-(?=[a-z])", f"{number}-", path.read_text(encoding="utf-8"))
            path.write_text(_own(path, _later(path, text, 2 * (number - FIRST)), number), encoding="utf-8")
    with (root / "data/sources.yml").open("a", encoding="utf-8") as sources:
        sources.write(f"\noriginal-{number}:\n  title: Number {number}\n  publisher: Somebody\n  url: https://example.org/{number}\n")
    if thin:
        _thin(root, f"issues/{number}")


def _later(path: Path, text: str, months: int) -> str:
    """A file of an issue with its dates so many months later."""
    if path.name in ("events.csv", "incidents.csv"):
        return re.sub(r"(?<=[,/])(\d{4})-(\d\d)(-~?)?(\d\d)?(?=[,/])", lambda found: _moved(found, months), text)
    if path.name == "trade.csv":  # periods, and not the ids that are made like them
        return re.sub(r"(?<=,)(\d{4})(?:-(\d\d))?(?=,)", lambda found: _shifted(found, months), text)
    if path.name == "publication.yml":
        return re.sub(r"(?<=period: )(\d{4})-(\d\d)/(\d{4})-(\d\d)", lambda found: _period(found, months), text)
    return text


def _own(path: Path, text: str, number: int) -> str:
    """A file of an issue with what no two publications may share."""
    if path.name == "publication.yml":
        text = re.sub(rf'(slug: "|number: |№ ){FIRST}\b', rf"\g<1>{number}", text)
        text = re.sub(r"original: \S+", f"original: original-{number}", text)
        text = _dated(text, number - FIRST)
        return text.replace("abstract: >-\n", f"abstract: >-\n  Of number {number}.\n", 1)
    if path.name == "release.yml":
        return re.sub(r"  issue-before: .*\n", "", text)
    return re.sub(r'(?m)^description: "?(.{85,120}?)[" ].*$', rf'description: "\1, number {number}"', text, count=1)


def _thin(root: Path, address: str) -> None:
    data, docs = root / "data" / address, root / "docs" / address
    head, row = (data / "events.csv").read_text(encoding="utf-8").splitlines()[:2]
    title_page = (data / "publication.yml").read_text(encoding="utf-8")
    for path in (*data.iterdir(), *(page for page in docs.iterdir() if page.stem not in ("index", row.split(",")[1]))):
        path.unlink()
    (data / "events.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    kept = re.sub(r"(?m)^(published_indices|figures|assessments|contents):.*\n(  .*\n)*", "", title_page)
    (data / "publication.yml").write_text(kept, encoding="utf-8")
    for page in docs.iterdir():
        front, _, _ = page.read_text(encoding="utf-8").removeprefix("---\n").partition("---\n")
        page.write_text(f"---\n{front}---\n\nOne event.\n", encoding="utf-8")


def _month(year: str, month: str, later: int) -> tuple[int, int]:
    years, zero = divmod(int(year) * 12 + int(month) - 1 + later, 12)
    return years, zero + 1


def _moved(found: re.Match[str], later: int) -> str:
    """A date some months later; a month that is shorter ends where it ends."""
    year, month = _month(found[1], found[2], later)
    day = f"{found[3]}{min(int(found[4]), monthrange(year, month)[1]):02}" if found[4] else ""
    return f"{year}-{month:02}{day}"


def _shifted(found: re.Match[str], later: int) -> str:
    """A month, or a year, some months later."""
    year, month = _month(found[1], found[2] or "01", later)
    return f"{year}-{month:02}" if found[2] else f"{year}"


def _period(found: re.Match[str], later: int) -> str:
    ends = _month(found[1], found[2], later), _month(found[3], found[4], later)
    return "/".join(f"{year}-{month:02}" for year, month in ends)


def add_archive(root: Path, remote: Path, numbers: range) -> None:
    """Publish editions of issues that nobody built: onto the branch and into its ledger in one commit, with a tag of each."""
    book, commit = open_book(root), git("rev-parse", "HEAD", at=root)
    served = Branch(remote, "gh-pages", str(remote))
    listed = ledger.parse(served.read(ledger.LEDGER))
    [record] = listed[f"issues/{FIRST}"]
    contents = served.read_many([path for path in served.files() if path.startswith(f"{record.address}/")])
    edition = {path.removeprefix(f"{record.path}/"): content for path, content in contents.items() if path.startswith(f"{record.path}/")}
    living = {path.removeprefix(record.address): content for path, content in contents.items() if not path.startswith(f"{record.path}/")}
    after, files = dict(listed), {}
    for number in numbers:
        new = manifest.record_of(book, book.volume(f"issues/{number}"), commit)
        own = _edition(book, new, edition)
        after[new.address] = (replace(new, manifest=ledger.digest(own[SUMS])),)
        files |= {f"{new.path}/{path}": content for path, content in own.items()}
        files |= {new.address + path: content for path, content in living.items()}
    before, now = ledger.written(listed), ledger.written(after)
    served.commit("Archive", {**files, ledger.LEDGER: now}, ())
    chain, _ = tags.chain(served.tags())
    editions = [after[f"issues/{number}"][0] for number in numbers]
    named = [(record.path, record.title, record.manifest) for record in editions]
    served.tag(named, (ledger.digest(before), ledger.digest(now)), commit, chain[-1])


def _edition(book: Book, record: Record, first: dict[str, bytes]) -> dict[str, bytes]:
    """The files of an edition: those of the first, with a record, an archive file, hashes and pages of its own."""
    number = record.address.rpartition("/")[2]
    own = {path.replace(f"-{FIRST}-v", f"-{number}-v"): content for path, content in first.items()}
    first_id, own_id = f' id="{FIRST}-'.encode(), f' id="{number}-'.encode()
    pages = {path: content.replace(first_id, own_id) for path, content in own.items() if path.endswith(".html")}
    own |= {path: content + f"<!-- {record.path} -->\n".encode() for path, content in pages.items()}
    archive_file = next(path for path in own if path.endswith(".zip") and "/" not in path)
    sources = manifest.sources(book, book.volume(record.address))
    packed = {f"{record.address}/data/{bag.SOURCE}{path}": content for path, content in sources.items()}
    own[archive_file] = zip_file.write(packed, date.today())
    own[RECORD] = manifest.record_file(record)
    shared = [line for line in own.pop(SUMS).splitlines(keepends=True) if line[66:69] == b"../"]
    return {**own, SUMS: manifest.sums(own) + b"".join(shared)}


def without_macros(page: str) -> str:
    """The words of a page, without its front matter and macro calls."""
    return re.sub(r"\{\{.*?\}\}", "", page.split("---\n", 2)[-1], flags=re.S)
