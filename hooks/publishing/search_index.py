"""The index of the search, made by Pagefind of the records: one bundle of files for sixty publications, and one for each ten newer.

Pagefind does not write the same bytes twice, so nothing that is frozen holds its bundles: they are living files of the
portal, and no manifest names them. The folder of a bundle is named by all that it was made from, so one that is there
already is not made again, and a publish that changes nothing writes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pagefind_bin

from hooks.publishing import search_records
from hooks.publishing.build_key import theme_key
from hooks.publishing.html_page import HtmlPage, read_pages
from hooks.publishing.manifest import Record, dumped
from hooks.publishing.search_records import SearchRecord
from macros.book import Book
from macros.language import in_language
from macros.problems import BarometerError
from macros.spellings import folded

FOLDER = "search/index/"
"""Where the bundles are, from the root of the site."""
LIST = f"{FOLDER}bundles.json"
"""The bundles that a search reads, for the program of the page."""
ENTRY = "pagefind-entry.json"
"""The file of a bundle that names the others."""
WORDS = "words.txt"
"""The words of a bundle, the frequent ones first: the nearest to a word that is misspelt is among them."""
SHORTEST = 4
"""Letters of the shortest word that is mended."""
MOST, FEW = 60, 10
"""How many publications share a bundle, of which a reader loads some files, and how many of the newest, to be made anew."""
LISTS = ("vocabularies.yml", "relationships.yml", "series.yml")
"""What the records say beside what an edition and the portal hold."""
USED = ("pagefind.", "pagefind-entry.", "pagefind-worker.", "wasm.")
"""How the names of the files at the top of a bundle begin that a search reads; Pagefind's own boxes and styles are left out."""
LEFT_OUT = (
    f"[{search_records.LEFT_OUT}], figcaption, figure.chart figure, .folio, .byline, .edition-status, .page-foot, .anchor, "
    ".catalogue, .point, .recommendation, .judgement, .footnote-ref, .notes, .filter"
)
"""What is no text of a page, or has a record of its own."""


class IndexingError(BarometerError):
    """Pagefind made no index; the message is its own."""


@dataclass(frozen=True)
class Bundle:
    """Some publications that are searched together; the last bundle holds the portal, too.

    Attributes:
        key: Hash of all that it is made from.
        records: The newest editions of the publications.
        portal: Paths of the pages of the portal.
    """

    key: str
    records: tuple[Record, ...]
    portal: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Its folder, from the root of the site."""
        return f"{FOLDER}{self.key}/"


Read = Callable[[list[str]], Mapping[str, bytes]]
"""Reads files that are part of the site and not of its folder, by path."""


def lay(
    book: Book,
    site: Path,
    editions: Sequence[Record],
    elsewhere: Collection[str] = (),
    read: Read = lambda _: {},
) -> tuple[str, ...]:
    """Make the bundles that are not there yet, and the list of all of them.

    Args:
        site: Folder of the site, which holds the portal.
        editions: Every edition of the site.
        elsewhere: Paths of files that are part of the site but not of the folder, such as those of the served branch.
        read: Reads some of them.

    Returns:
        Folders of the bundles that are elsewhere already.

    Raises:
        IndexingError: Pagefind made no index.
    """
    bundles = _bundles(book, site, editions)
    there = tuple(bundle.folder for bundle in bundles if bundle.folder + ENTRY in elsewhere)
    with in_language(book.language()):  # that of the page which shows what is found
        for bundle in bundles:
            if bundle.folder not in there:
                shutil.copytree(_made(book, site, bundle, elsewhere, read), site / bundle.folder)
    (site / LIST).parent.mkdir(parents=True, exist_ok=True)
    (site / LIST).write_bytes(dumped([bundle.key for bundle in reversed(bundles)]))
    _forget(book.root, {bundle.key for bundle in bundles})
    return there


def _bundles(book: Book, site: Path, editions: Sequence[Record]) -> list[Bundle]:
    """Share the publications out, so that all bundles but the last stay as they are; each sixty are joined once."""
    newest = {edition.address: edition for edition in editions}
    first = {edition.address: edition.date for edition in reversed(editions)}
    shares = shared_out(sorted(newest, key=lambda address: (first[address], address)))
    portal = tuple(path for path in search_records.portal_pages(_pages(site)) if path.partition("/")[0] not in book.series.translations)
    common: list[str | bytes] = [
        version("pagefind_bin"),
        theme_key(book.root),
        *(path.read_bytes() for name in LISTS if (path := book.root / "data" / name).is_file()),
    ]
    bundles = []
    for share in shares:
        records = tuple(newest[address] for address in share if not newest[address].withdrawn)
        own = portal if share is shares[-1] else ()
        parts: list[str | bytes] = [*common, *(record.manifest for record in records), *((site / path).read_bytes() for path in own)]
        bundles.append(Bundle(_key(parts), records, own))
    return bundles


def shared_out(addresses: Sequence[str]) -> list[Sequence[str]]:
    """Share publications out to bundles.

    Args:
        addresses: Their addresses, in the order in which they were first published.

    Returns:
        Sixty for each bundle, then ten for each; one share at least, which may be empty.
    """
    joined = len(addresses) // MOST * MOST
    begins = [*range(0, joined, MOST), *range(joined, len(addresses), FEW)]
    return [addresses[begin:end] for begin, end in pairwise([*begins, len(addresses)])] or [addresses]


def _key(parts: Iterable[str | bytes]) -> str:
    digests = (hashlib.sha256(part if isinstance(part, bytes) else part.encode()).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).hexdigest()[:16]


def _made(book: Book, site: Path, bundle: Bundle, elsewhere: Collection[str], read: Read) -> Path:
    """The files of a bundle, in the cache: made now, or before from the same."""
    cache_folder = _cache(book.root) / bundle.key
    if not cache_folder.is_dir():
        cache_folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fresh-", dir=cache_folder.parent) as folder:
            small, fresh = Path(folder) / "pages", Path(folder) / "index"
            small.mkdir()
            records = list(_records(book, site, bundle, elsewhere, read))
            for number, record in enumerate(records):
                (small / f"{number}.html").write_text(record.html, encoding="utf-8")
            _index(small, fresh, book.series.language)
            (fresh / WORDS).write_text("\n".join(_words(records)), encoding="utf-8")
            fresh.rename(cache_folder)
    return cache_folder


def _records(book: Book, site: Path, bundle: Bundle, elsewhere: Collection[str], read: Read) -> Iterator[SearchRecord]:
    yield from search_records.of_portal(book, read_pages(site, bundle.portal))
    for edition in bundle.records:
        home, volume = f"{edition.path}/", book.volume(edition.address)
        other = tuple(f"{home}{language}/" for language in volume.publication.translations)
        pages = dict(read_pages(site, [path for path in _pages(site, home) if not path.startswith(other)]))
        if not pages:
            paths = [path for path in elsewhere if path.startswith(home) and path.endswith("/index.html") and not path.startswith(other)]
            pages = {path: HtmlPage(content.decode()) for path, content in read(paths).items()}
        yield from search_records.of_publication(book, volume, pages)


def _pages(site: Path, home: str = "") -> list[str]:
    """Paths of the pages below a folder of the site."""
    return sorted(path.relative_to(site).as_posix() for path in (site / home).rglob("index.html"))


def _index(pages: Path, bundle: Path, language: str) -> None:
    """Let Pagefind index some small pages."""
    command = [str(pagefind_bin.get_executable()), "--site", str(pages), "--output-path", str(bundle), "--silent"]
    command += ["--force-language", language.partition("-")[0], "--exclude-selectors", LEFT_OUT]
    done = subprocess.run(command, cwd=pages, capture_output=True, text=True, check=False)
    entry = bundle / ENTRY
    if done.returncode or not entry.is_file() or not entry.stat().st_size:
        raise IndexingError(f"pagefind made no index: {' '.join((done.stdout + done.stderr).split()) or 'it said nothing'}")
    for file in [path for path in bundle.iterdir() if path.is_file() and not path.name.startswith(USED)]:
        file.unlink()


def _words(records: Sequence[SearchRecord]) -> list[str]:
    """The words of some records, folded, in order of how often they occur."""
    counts = Counter(word for record in records for word in folded(record.words).split() if len(word) >= SHORTEST and word.isalpha())
    return sorted(counts, key=lambda word: (-counts[word], word))


def _cache(root: Path) -> Path:
    return root / ".cache" / "search"


def _forget(root: Path, keys: Collection[str]) -> None:
    """Remove from the cache what no longer belongs to the site; a folder of a process that is at work stays."""
    for folder in _cache(root).iterdir() if _cache(root).is_dir() else ():
        if folder.name not in keys and not folder.name.startswith("fresh-"):
            shutil.rmtree(folder, ignore_errors=True)
