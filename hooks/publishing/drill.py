"""A drill: does one archive file, alone and without a network, still give all that it was kept for?

Each question is asked of what was unpacked, even where a file of it is damaged, so that a reader of the answers
knows what can still be used.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
from pypdf.errors import PyPdfError

from hooks.publishing import archive_file, crate, file_tree, link_check, rebuild
from hooks.publishing.archive_file import Archive
from hooks.publishing.html_page import HtmlPage
from hooks.publishing.rebuild import CannotRebuildError
from macros.book import read
from macros.exports import csv_file
from macros.exports.tables import downloads
from macros.problems import BarometerError, counted
from macros.target import pdf_name

Answer = tuple[bool | None, str]
"""Whether a question was answered as it should be, None where it could not be asked, and a line that says so."""
Seen = tuple[list[str] | None, str]
"""What is wrong, nothing where all is right, None where it could not be looked at; and what was seen."""
UNREADABLE = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, PyPdfError)
"""What reading a file raises that is not what it should be."""
NAMED = 3
"""How many faults a line names; the rest is counted."""


def drill(file: Path, others: Sequence[Path], root: Path | None) -> Iterator[Answer]:
    """Ask an archive file everything that it was kept for.

    Args:
        others: Archive files, among them those of earlier editions, from which corrections are computed when it is built again.
        root: A repository whose history holds the program; None if it is not to be built again.

    Yields:
        One answer for each question.
    """
    with tempfile.TemporaryDirectory(prefix="drill-") as temporary:
        archive, problems = archive_file.unpack(file, Path(temporary))
        if archive is None:
            yield _answer("checksums", [problem.message for problem in problems], "")
            yield _answer("everything else", None, "nothing could be unpacked")
            return
        count = sum(path.is_file() for path in archive.folder.rglob("*"))
        faults = [f"{'' if problem.field == 'file' else problem.field} {problem.message}".strip() for problem in problems]
        yield _answer("checksums", faults, f"{counted(count, 'file')}, each as it was packed")
        yield from (_asked(name, question, archive) for name, question in QUESTIONS.items())
        if root:
            yield _asked("built again", lambda archive: _built_again(root, others, archive), archive)


def _answer(name: str, faults: Sequence[str] | None, words: str) -> Answer:
    if faults:
        more = f"; and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
        return False, f"{'FAILED':9}  {name}: {'; '.join(faults[:NAMED])}{more}"
    return (None, f"not asked  {name}: {words}") if faults is None else (True, f"{'passed':9}  {name}: {words}")


def _asked(name: str, question: Callable[[Archive], Seen], archive: Archive) -> Answer:
    try:
        return _answer(name, *question(archive))
    except CannotRebuildError as error:
        return _answer(name, None, str(error))
    except BarometerError as error:
        return _answer(name, [str(error)], "")
    except UNREADABLE as error:
        return _answer(name, [f"cannot be read: {type(error).__name__} {error}".replace(f"{archive.folder}/", "")], "")


def _description(archive: Archive) -> Seen:
    """RO-Crate and bag-info.txt name one edition, and the hash of every file."""
    graph = json.loads((archive.folder / "data" / crate.NAME).read_bytes())["@graph"]
    entities: dict[str, dict[str, Any]] = {entity["@id"]: entity for entity in graph}
    stated = {unquote(name): entity["sha256"] for name, entity in entities.items() if entity["@type"] == "File"}
    present = file_tree.read(archive.folder / "data")
    present.pop(crate.NAME)
    faults = [f"{path} is not described" for path in sorted(present.keys() - stated.keys())]
    faults += [f"{path} is described and not there" for path in sorted(stated.keys() - present.keys())]
    both = sorted(present.keys() & stated.keys())
    faults += [f"{path} is not the file described" for path in both if hashlib.sha256(present[path]).hexdigest() != stated[path]]
    for label, value in (("identifier", archive.permalink), ("datePublished", archive.info["Bagging-Date"])):
        if entities["./"][label] != value:
            faults.append(f"{label} is {entities['./'][label]} here and {value} in bag-info.txt")
    return faults, f"{archive.permalink} of {archive.info['Bagging-Date']}, {counted(len(stated), 'file')}"


def _pages(archive: Archive) -> Seen:
    """Every page opens, its links lead to something, and it loads nothing from elsewhere."""
    faults = [f"{problem.path}:{problem.line}: {problem.message}" for problem in link_check.check_site(archive.pages)]
    pages = list(archive.pages.rglob("*.html"))
    faults += [] if pages else ["there are none"]
    return faults, f"{counted(len(pages), 'page')}; every link inside leads to its place, nothing is loaded from elsewhere"


def _citation(archive: Archive) -> Seen:
    """The first page, the files for reference managers and bag-info.txt cite one work."""
    metas = list(HtmlPage((archive.pages / "index.html").read_text(encoding="utf-8")).elements("meta[name]"))
    tags = {meta.attributes["name"]: meta.attributes.get("content", "") for meta in reversed(metas)}  # of two alike, the first counts
    (entry,) = json.loads((archive.pages / "citation.json").read_bytes())
    day = tags["citation_publication_date"].replace("/", "-")
    compared = [
        ("title", tags["citation_title"], entry["title"]),
        ("address", tags["citation_public_url"], entry["URL"]),
        ("address", tags["citation_public_url"], archive.permalink),
        ("edition", tags["citation_edition"], entry["edition"]),
        ("date", day, "-".join(f"{part:02}" for part in entry["issued"]["date-parts"][0])),
        ("date", day, archive.info["Bagging-Date"]),
    ]
    faults = [f"the {name} is '{value}' on the page and '{other}' elsewhere" for name, value, other in compared if value != other]
    for ending in ("bib", "ris"):
        if archive.permalink not in (archive.pages / f"citation.{ending}").read_text(encoding="utf-8").replace("\\", ""):
            faults.append(f"citation.{ending} does not name {archive.permalink}")
    return faults, f"{tags['citation_title']}, edition {tags['citation_edition']}, {day}"


def _data(archive: Archive) -> Seen:
    """The sources are loaded and valid, and every table for download has the rows that they give."""
    _, problems, book = read(archive.source)
    faults = [str(problem).replace(f"{archive.source}/", "") for problem in problems]
    if book is None or archive.target.address not in {volume.address for volume in book.volumes}:
        return faults or [f"there is no {archive.target.address} in them"], ""
    tables = downloads(book, [book.volume(archive.target.address)])
    for table in tables:
        offered = _rows((archive.pages / "data" / f"{table.name}.csv").read_bytes())
        if not _holds(offered, _rows(csv_file.write(table))):
            faults.append(f"data/{table.name}.csv has other rows than the sources")
    rows = counted(sum(len(table.rows) for table in tables), "row")
    return faults, f"valid; {counted(len(tables), 'table')}, {rows}, as offered for download"


def _holds(offered: list[dict[str, str]], given: list[dict[str, str]]) -> bool:
    """Whether a table says what the sources give; what they leave open may be filled from neighbouring issues."""
    if len(offered) != len(given):
        return False
    return all(own.get(name, value) == value for own, row in zip(offered, given, strict=True) for name, value in row.items() if value)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def _pdf(archive: Archive) -> Seen:
    """The PDF can be read as text, and is of this edition."""
    file = archive.pages / pdf_name(archive.target.path)
    if not file.is_file():
        return None, f"there is no {file.name}; it was packed where none could be made"
    texts = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    plain = "".join("".join(texts).split())
    faults = [f"page {number} has no text" for number, text in enumerate(texts, 1) if not text.strip()]
    faults += [] if "".join(archive.permalink.split()) in plain else [f"does not name {archive.permalink}"]
    return faults, f"{counted(len(texts), 'page')}, {counted(len(' '.join(texts).split()), 'word')}, and names {archive.permalink}"


def _built_again(root: Path, others: Sequence[Path], archive: Archive) -> Seen:
    """Its sources and the program that it names give the same file again."""
    faults = rebuild.rebuilt_from_archive(root, archive, others)
    return faults, f"the same bytes, by the program of commit {archive.info.get('Program-Commit')}"


QUESTIONS: dict[str, Callable[[Archive], Seen]] = {
    "description": _description,
    "pages": _pages,
    "citation": _citation,
    "data": _data,
    "PDF": _pdf,
}
