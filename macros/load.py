"""Files under data/ -> records with line numbers. The only room that reads data/."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from macros import catalogues, csv_lines, messages, yaml_lines
from macros.fields import LanguageTag, Row, Slug, optional_columns
from macros.model import FILES, KINDS, DataFile
from macros.problems import Problem, allowed
from macros.table_words import TableWords
from macros.text_files import foreign, passed_over, read_text
from macros.translations import Translation, columns, take_out

T = TypeVar("T", bound=Row)
LANGUAGES = "languages"
"""The folder of what the program needs to know of other languages: its messages in them (`ru.po`), and words of tables (`ru.yml`)."""
OF_LANGUAGES = "is not known here; allowed are messages of the program, ru.po, and words of tables, ru.yml, named by their language"
TABLE_WORDS = DataFile("", TableWords, "whole", "")
TYPOGRAPHIC_MINUS = re.compile(r"[−–‒—‐‑－﹣](\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Record(Generic[T]):
    """One row or entry, the key it stands under or its id, the lines of its fields, and the translations that stand in it."""

    item: T
    path: str
    lines: Mapping[str, int]
    key: str = ""
    translations: tuple[Translation, ...] = ()

    @property
    def line(self) -> int:
        """Line on which the record begins."""
        return self.lines[""]

    def problem(self, field: str, message: str) -> Problem:
        """A finding about one field of this record."""
        line = self.lines.get(field, self.lines.get(field.split(".")[0], self.line))
        return Problem(self.path, line, next(part for part in reversed(field.split(".")) if not part.isdigit()), message)


@dataclass(frozen=True)
class Table(Generic[T]):
    """The records of one file.

    Attributes:
        names: Key or id of every entry, of those too whose other fields are at fault, so that one
            fault does not make a reference to its entry another; empty where nothing could be read.
    """

    path: str
    records: tuple[Record[T], ...] = ()
    names: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Record[T]]:
        return iter(self.records)

    @property
    def items(self) -> tuple[T, ...]:
        """The rows without their places."""
        return tuple(record.item for record in self.records)

    @property
    def first(self) -> T | None:
        """The row of a file that holds one; None where there is none."""
        return self.records[0].item if self.records else None


@dataclass(frozen=True)
class Folder:
    """The tables of one publication, by file name."""

    address: str
    tables: Mapping[str, Table[Any]]

    def table(self, name: str) -> Table[Any]:
        """The table of that file name, empty where there is no such file."""
        return self.tables.get(name, Table(f"data/{self.address}/{name}"))


@dataclass
class Files:
    """Everything that was read, valid in itself but not yet checked against each other.

    Attributes:
        language: The language in which texts are read; empty for their own.
        catalogues: Catalogues of messages as MO files, by language.
        table_words: Words by which tables in a language are read, by language.
        originals: File of each whole that is read in that language, the portal or a publication -> the language it is translated from.
        marked: Files with a byte order mark, which is passed over.
    """

    root: Path
    language: str = ""
    shared: dict[str, Table[Any]] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    catalogues: dict[str, bytes] = field(default_factory=dict)
    table_words: dict[str, TableWords] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    marked: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def table(self, name: str) -> Table[Any]:
        """A shared table."""
        return self.shared.get(name, Table(f"data/{name}"))


def load(root: Path, language: str = "", only: Collection[str] | None = None) -> Files:
    """Read every file under data/.

    Args:
        language: The language in which texts are read, where they are translated into it; empty for their own.
        only: Addresses of the publications to read; None for all of them.

    Returns:
        All records that could be read, and a finding for all that could not.
    """
    files = Files(root, language)
    data = root / "data"
    shared = {file.name: file for file in FILES if file.shared}
    for path in _inside(data, files) if data.is_dir() else []:
        if path.is_dir() and path.name in KINDS.values():
            for folder in _inside(path, files):
                if only is None or f"{path.name}/{folder.name}" in only:
                    _load_folder(folder, files)
        elif path.is_dir() and path.name == LANGUAGES:
            _load_catalogues(path, files)
        elif path.name in shared:
            files.shared[path.name] = _load_file(path, shared[path.name], files)
        elif path.name != "README.md":
            files.problems.append(_stray(path, root, [*shared, *(f"{folder}/" for folder in (*KINDS.values(), LANGUAGES))]))
    for name in (name for name, file in shared.items() if file.required and name not in files.shared):
        files.problems.append(Problem(f"data/{name}", 1, "file", "is missing; every site needs it"))
    return files


def _inside(folder: Path, files: Files) -> list[Path]:
    """What stands in a folder, without what is passed over; a link to a folder is a finding."""
    try:
        paths = sorted(path for path in folder.iterdir() if not passed_over(path))
    except OSError as error:
        name = folder.relative_to(files.root).as_posix()
        files.problems.append(Problem(name, 1, "file", f"cannot be opened: {(error.strerror or 'unknown').lower()}; a folder belongs here"))
        return []
    links = [path for path in paths if path.is_symlink() and path.is_dir()]
    files.problems += (Problem(path.relative_to(files.root).as_posix(), 1, "file", foreign(path)) for path in links)
    return [path for path in paths if path not in links]


def _load_folder(folder: Path, files: Files) -> None:
    address = f"{folder.parent.name}/{folder.name}"
    if not os.path.lexists(folder / "publication.yml"):
        files.problems.append(
            Problem(f"data/{address}", 1, "file", "belongs to no publication; a publication's folder holds publication.yml")
        )
        return
    kind = next(kind for kind, name in KINDS.items() if name == folder.parent.name)
    data_files = {file.name: file for file in FILES if kind in file.kinds}
    tables: dict[str, Table[Any]] = {}
    for path in _inside(folder, files):
        if path.name in data_files:
            tables[path.name] = _load_file(path, data_files[path.name], files)
        else:
            files.problems.append(_stray(path, files.root, data_files))
    files.folders[address] = Folder(address, tables)


def catalogues_of(root: Path) -> dict[str, bytes]:
    """Read the monitor's own catalogues of messages alone: MO files by language; without those that cannot be used."""
    files = Files(root)
    if (root / "data" / LANGUAGES).is_dir():
        _load_catalogues(root / "data" / LANGUAGES, files)
    return files.catalogues


def _load_catalogues(folder: Path, files: Files) -> None:
    for path in _inside(folder, files):
        name = path.relative_to(files.root).as_posix()
        if path.suffix == ".yml":
            _load_table_words(path, name, files)
        elif path.suffix != ".po":
            files.problems.append(Problem(name, 1, "file", OF_LANGUAGES))
        elif (text := read_text(path, name, files.problems)) is not None:
            files.catalogues[path.stem] = catalogues.load(text, name, path.stem, files.problems)


def _load_table_words(path: Path, name: str, files: Files) -> None:
    if why := messages.misshapen(path.stem, LanguageTag):
        files.problems.append(Problem(name, 1, "file", f"has a wrong name: {why}; the name is a tag of BCP 47: ru.yml, zh-Hans.yml"))
    else:
        files.table_words.update((path.stem, words) for words in _load_file(path, TABLE_WORDS, files).items)


def _stray(path: Path, root: Path, names: Any) -> Problem:
    message = f"is no data file of this place and belongs to no publication; {allowed(path.name, names)}"
    return Problem(path.relative_to(root).as_posix(), 1, "file", message)


def _load_file(path: Path, file: DataFile, files: Files) -> Table[Any]:
    name = path.relative_to(files.root).as_posix()
    text = read_text(path, name, files.problems, files.marked)
    records: list[Record[Any]] = []
    names: list[str] = []
    if text is not None:
        rows, problems = file.shape == "rows", files.problems
        translated = columns(text, file.row) if rows else {}
        entries = _rows(text, name, file.row, translated, problems) if rows else _entries(text, name, file, problems)
        mistyped = "\\" in text or TYPOGRAPHIC_MINUS.search(text) is not None  # YAML may write any letter as an escape
        for key, value, lines in entries:
            if mistyped:
                _read_minus(value, name, lines, files.problems)
            translations = tuple(take_out(value, file.row, files.language)) if translated or not rows else ()
            faults = (part for part in translations if part.fault)
            files.problems += (Problem(name, lines.get(part.field, lines[""]), part.name, part.fault) for part in faults)
            if files.language and file.shape == "whole":
                _say_language(value, name, files)
            if file.shape == "keyed" and (why := messages.misshapen(key, Slug)):
                files.problems.append(Problem(name, lines[""], key, why))
            names.append(str(value["id"]) if file.shape == "list" and isinstance(value, dict) and "id" in value else key)
            try:
                item = file.row.model_validate(value)
            except ValidationError as error:
                files.problems += messages.explain(error, file.row, name, lines)
            else:
                records.append(Record(item, name, lines, names[-1], translations))
    return Table(name, tuple(records), tuple(names))


def _say_language(value: Any, name: str, files: Files) -> None:
    """Let what is translated as a whole, the portal or a publication, say that it is in the language of the book."""
    if isinstance(value, dict) and files.language in (value.get("translations") or ()):
        files.originals[name] = str(value.get("language"))
        value["language"] = files.language


Entry = tuple[str, Any, dict[str, int]]


def _rows(text: str, name: str, row: type[Row], translated: Mapping[str, str], problems: list[Problem]) -> Iterator[Entry]:
    problems += (Problem(name, 1, column, why) for column, why in translated.items() if why)
    for cells, line in csv_lines.read(text, name, [*row.model_fields, *translated], problems, [*optional_columns(row), *translated]):
        for column in (column for column, why in translated.items() if why):
            cells.pop(column, None)
        yield "", cells, {"": line}


def _entries(text: str, name: str, file: DataFile, problems: list[Problem]) -> Iterator[Entry]:
    document = yaml_lines.read(text, name, problems)
    if document is None:
        return
    value: Any
    value, lines = document
    wanted: type[Any] = list if file.shape == "list" else dict
    if not isinstance(value, wanted):
        shape = "a list of entries, each beginning with '- '" if wanted is list else "keys with values"
        problems.append(Problem(name, 1, "file", f"does not hold {shape}"))
    elif file.shape == "whole":
        yield "", value, lines
    else:
        pairs: Any = enumerate(value) if file.shape == "list" else value.items()
        inner = yaml_lines.by_key(lines)
        for key, entry in pairs:
            yield str(key), entry, inner.get(str(key)) or yaml_lines.below(lines, str(key))


def _read_minus(value: Any, name: str, lines: Mapping[str, int], problems: list[Problem], path: str = "") -> None:
    """Read a typographic minus before a number as minus, and say so."""
    cells = enumerate(value) if isinstance(value, list) else dict(value).items() if isinstance(value, dict) else ()
    for key, cell in list(cells):
        here = f"{path}.{key}" if path else str(key)
        match = TYPOGRAPHIC_MINUS.fullmatch(cell) if isinstance(cell, str) else None
        if match:
            value[key] = f"-{match[1]}"
            message = f"'{cell}' has a typographic minus and was read as -{match[1]}; write -{match[1]}"
            problems.append(Problem(name, lines.get(here, lines[""]), str(key), message))
        else:
            _read_minus(cell, name, lines, problems, here)
