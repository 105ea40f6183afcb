"""What an edition is made of: its sources, its record, and the hash of every file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from macros import yaml_lines
from macros.archive import own_files, pages
from macros.book import Book, Volume
from macros.changes import used_sources
from macros.fields import Row
from macros.json_text import readable
from macros.load import LANGUAGES
from macros.model import FILES
from macros.release.candidate import RELEASE
from macros.target import ASSETS
from macros.translated_book import in_translation

LOCK = "requirements.lock"
"""The lock file of the program: every library with its version and hashes."""
ASSET = re.compile(rf"{ASSETS}([0-9a-f]{{16}})/[\w.-]+", re.ASCII)
"""The path of a shared asset, which holds the hash of its content."""


@dataclass(frozen=True)
class Record:
    """One published edition, as its own `edition.json` and the ledger of the branch say it.

    Attributes:
        number: Number of the edition.
        date: The day it was published here.
        kind: original, correction or revision.
        note: What was new in it.
        title: Title of the publication.
        inputs: Hash of everything that it was made from.
        commit: The commit that it was made from.
        lock: SHA-256 of the lock file of that commit, which names every library that made it; empty where it has none.
        manifest: SHA-256 of its SHA256SUMS; empty in `edition.json`, which that file names.
        withdrawn: Why it was withdrawn; empty where it was not.
        withdrawn_on: The day on which it was; empty where it was not, and where an older ledger does not say it.
        assets: Paths of the shared assets that its pages name, from the root of the site.
    """

    address: str
    number: int
    date: str
    kind: str
    note: str
    title: str
    inputs: str
    commit: str
    lock: str = ""
    manifest: str = ""
    withdrawn: str = ""
    withdrawn_on: str = ""
    assets: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Folder of the edition on the branch, without a slash at its end."""
        return f"{self.address}/v{self.number}"

    @property
    def changed(self) -> str:
        """The day on which it last changed: that of its withdrawal, else of its publication."""
        return self.withdrawn_on or self.date


def dumped(value: Any) -> bytes:
    """Any of our records as JSON, the same bytes for the same record."""
    return readable(value, sort_keys=True).encode()


def record_of(book: Book, volume: Volume, commit: str) -> Record:
    """The record of a volume's newest edition, which is not yet in any tree.

    Args:
        commit: The commit that it is made from.
    """
    edition = volume.edition
    title, made_from = volume.publication.title, inputs(book, volume)
    day = edition.date.isoformat()
    return Record(volume.address, edition.number, day, edition.kind, edition.note, title, made_from, commit, lock_of(book.root))


def lock_of(root: Path) -> str:
    """SHA-256 of the lock file of a tree; empty where it has none."""
    lock = root / LOCK
    return hashlib.sha256(lock.read_bytes()).hexdigest() if lock.is_file() else ""


@cache
def _lists(book: Book) -> dict[str, bytes]:
    data = book.root / "data"
    kept = [data / file.name for file in FILES if file.kept and file.name != "sources.yml"]
    return {path.name: path.read_bytes() for path in kept if path.is_file()}


@cache
def _words_alone(book: Book) -> dict[str, bytes]:
    """The words of vocabularies.yml without the spellings of names, which only the search reads: a new one changes no edition."""
    words = _plain(book.vocabularies)
    words.pop("aliases", None)
    return {"vocabularies.yml": dumped(words)}


def _named_sources(book: Book, volume: Volume, texts: Mapping[str, str]) -> dict[str, Any]:
    keys = used_sources(volume, texts)
    named = sorted(keys & book.sources.keys())  # a key that is nowhere is a finding of its page
    return {key: _in_languages(book, key, volume.publication.translations) for key in named}


def _in_languages(book: Book, key: str, languages: Iterable[str]) -> dict[str, Any]:
    """A source as its file holds it, with its texts in the languages of a publication."""
    stated = _plain(book.sources[key])
    for language in languages:
        translated = _plain(in_translation(book, language).sources[key])
        stated |= {f"{name}_{language}": text for name, text in translated.items() if text != stated[name]}
    return stated


def _plain(row: Row) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def inputs(book: Book, volume: Volume) -> str:
    """One hash over everything that an edition is made from: own files and the shared lists it uses."""
    digest = hashlib.sha256()
    own = {path: content for path, content in own_files(book.root, volume.address).items() if not path.endswith(f"/{RELEASE}")}
    for path, content in own.items():
        digest.update(path.encode() + b"\0" + content + b"\0")
    for name, content in sorted((_lists(book) | _words_alone(book)).items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    texts = {path: content.decode() for path, content in own.items() if path.endswith(".md")}
    digest.update(dumped(_named_sources(book, volume, texts)))  # as JSON: every run asks this of every publication, and YAML is slow
    return digest.hexdigest()


def sources(book: Book, volume: Volume) -> dict[str, bytes]:
    """What an edition is made from: a small tree that opens by itself.

    Returns:
        Path -> content of the publication's own files, of the shared lists it uses, and of the messages in its language.
    """
    publication = volume.publication
    named = _named_sources(book, volume, pages(book.root, volume.address))
    shared = {**_lists(book), "sources.yml": yaml_lines.dumped(named).encode()}
    catalogues = [f"data/{LANGUAGES}/{language}.po" for language in (publication.language, *publication.translations)]
    return {
        **own_files(book.root, volume.address),
        **{f"data/{name}": content for name, content in shared.items()},
        **{path: (book.root / path).read_bytes() for path in catalogues if (book.root / path).is_file()},
    }


def assets(pages: Iterable[bytes]) -> set[str]:
    """The shared assets that some pages name, from the root of the site."""
    return {match[0] for page in pages for match in ASSET.finditer(page.decode())}


def record_file(record: Record) -> bytes:
    """Write the record of an edition as its `edition.json`."""
    return dumped(fields_of(replace(record, manifest="")))


def fields_of(record: Record) -> dict[str, Any]:
    """The fields of a record as files hold them: the day of a withdrawal only where there is one, as before it was kept."""
    return {name: value for name, value in asdict(record).items() if value or name != "withdrawn_on"}


def sums(files: Mapping[str, bytes]) -> bytes:
    """The text of SHA256SUMS for some files."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())).encode()


def listed(manifest: bytes) -> dict[str, str]:
    """Read a manifest: path from the folder of the edition -> SHA-256.

    Raises:
        ValueError: It is no manifest.
    """
    lines = manifest.decode().splitlines()
    if any(line[64:66] != "  " for line in lines):
        raise ValueError("is no list of hashes")
    return {line[66:]: line[:64] for line in lines}
