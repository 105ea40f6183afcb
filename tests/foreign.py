"""A monitor in another language, written from right to left: every message, text and page with other letters in the place of its own."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from trees import ROOT, fixture_tree

from macros.catalogues import locale_of

TAG = "ar"
LETTERS = str.maketrans(
    {letter: chr(0x0621 + at % 26 + (at % 26 > 5)) for at, letter in enumerate("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")}
)
IN_MESSAGES = re.compile(r"%\(\w+\)s|%%|<[^>]*>|&#?\w+;")
"""What stands in a translation as in its message."""
IN_PAGES = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|\{[^}]*\}|<[^>]*>|`[^`]*`|\$\w+|&#?\w+;", re.DOTALL)
"""What Markdown, macros and templates read."""
CODES = {
    *("id", "kind", "slug", "status", "partner", "colour", "shape", "url", "contact", "site", "repository", "language", "original"),
    *(
        "section",
        "source",
        "sources",
        "concerns",
        "addressee",
        "theme",
        "actor",
        "explained_by",
        "contents",
        "band",
        "series",
        "period",
        "date",
    ),
}
"""Keys whose values are words of the data, addresses or dates."""
COLUMNS = {"event", "item", "note", "product"}
"""Columns of CSV files that hold text."""


QUOTED = re.compile(r'"[^"]*"')
"""What a page gives to a macro: a word, or a text."""


def written(text: str, kept: re.Pattern[str] = IN_MESSAGES) -> str:
    """A text in other letters, with what programs read as it stands."""
    parts, end = [], 0
    for match in kept.finditer(text):
        parts += [
            text[end : match.start()].translate(LETTERS),
            QUOTED.sub(lambda given: given[0].translate(LETTERS) if " " in given[0] else given[0], match[0]),
        ]
        end = match.end()
    return "".join([*parts, text[end:].translate(LETTERS)])


def catalogue(place: Path) -> Catalog:
    """Every message that the program has, said in other letters."""
    messages = place / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "--mapping-file", "pyproject.toml"]
    subprocess.run([*command, "--output-file", str(messages), "macros", "docs/overrides", "hooks"], cwd=ROOT, check=True)
    with messages.open("rb") as file:
        found = read_po(file, locale=locale_of(TAG))
    for message in found:
        if isinstance(message.id, tuple):
            one, many = map(written, message.id)
            message.string = (*([one] * (found.num_plurals - 1)), many)
        elif message.id:
            message.string = written(message.id)
    return found


def tree(place: Path) -> Path:
    """A repository of the made monitor, in this language throughout."""
    root = fixture_tree(place)
    for path in sorted((root / "data").rglob("*.yml")):
        _rewrite(path, lambda text, own=path.name == "publication.yml": _yaml(text, own))
    for path in sorted((root / "data").rglob("*.csv")):
        _csv(path)
    for path in sorted((root / "docs").rglob("*.md")):
        if "templates" not in path.parts:
            _rewrite(path, _page)
    templates = root / "docs" / "templates"
    for path in sorted(templates.rglob("*.md")):
        own = templates / "languages" / TAG / path.relative_to(templates)
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(_page(path.read_text(encoding="utf-8")), encoding="utf-8")
    (root / "data" / "languages").mkdir()
    with (root / "data" / "languages" / f"{TAG}.po").open("wb") as file:
        write_po(file, catalogue(place), width=0)
    return root


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _yaml(text: str, publication: bool) -> str:
    return yaml.safe_dump(_values(yaml.safe_load(text), publication), allow_unicode=True, sort_keys=False)


def _values(value: Any, publication: bool, key: str = "") -> Any:
    if key == "language":
        return TAG
    if key in CODES or (key == "text" and publication):
        return value
    if isinstance(value, dict):
        return {name: _values(inner, publication, str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_values(inner, publication) for inner in value]
    return value.translate(LETTERS) if isinstance(value, str) else value


def _csv(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{name: cell.translate(LETTERS) if name in COLUMNS else cell for name, cell in row.items()} for row in reader]
        names = list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _page(text: str) -> str:
    """A page with its title, description and text in other letters."""
    _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    lines = [
        re.sub(r"^(title|description):(.*)$", lambda match: f"{match[1]}:{written(match[2], IN_PAGES)}", line) for line in head.splitlines()
    ]
    front = "---\n" + "\n".join(lines) + "\n---\n" if head else ""
    return front + written(body, IN_PAGES)
