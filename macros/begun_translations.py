"""How the translation of a portal or a publication begins, and how a page of it is marked as done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from macros import page_blocks, text_files
from macros.load import load
from macros.model import publication_of
from macros.problems import DataError, Problem, allowed, no_publication
from macros.target import Target

NO_PAGES = ("overrides/", "templates/", "schemas/")
"""Folders beside the pages of the portal."""
PORTAL = "portal"
"""By which name the portal is translated; a publication by its address."""


def target_of(root: Path, address: str, language: str) -> Target:
    """Find the translation that somebody names; the data may have faults, because a translation is not written in a day.

    Args:
        address: `portal`, or the address of a publication.
        language: A language that series.yml or its publication.yml declares.

    Raises:
        DataError: There is no such publication, or the language is not declared.
    """
    files = load(root)
    if address != PORTAL and address not in files.folders:
        raise DataError([no_publication(address, [PORTAL, *files.folders])])
    table = files.table("series.yml") if address == PORTAL else files.folders[address].table("publication.yml")
    declared = table.items[0].translations if table.items else ()
    if language not in declared:
        message = f"does not name {language}; add translations: [{language}], or name one that is there; {allowed(language, declared)}"
        raise DataError([*files.problems, Problem(table.path, 1, "translations", message)])
    edition = 0 if address == PORTAL else table.items[0].editions[-1].number
    return Target("portal", language=language) if address == PORTAL else Target("edition", address, edition, language)


def begun(root: Path, target: Target, pages: Sequence[str] = ()) -> dict[str, str]:
    """Begin pages that a translation does not have: each with the text of its original, to be written over.

    Args:
        pages: Names of pages; of a publication all that it has where none is named, of the portal its first.

    Returns:
        Path from the repository of each new page -> its text.

    Raises:
        DataError: The original has no such page.
    """
    there = _originals(root, target)
    wanted = [f"{page}.md" for page in pages] or (["index.md"] if target.kind == "portal" else list(there))
    _refuse_unknown(target, there, wanted)
    missing = [name for name in wanted if not (root / target.docs / name).exists()]
    return {f"{target.docs}/{name}": page_blocks.with_record(there[name], there[name]) for name in missing}


def done(root: Path, target: Target, pages: Sequence[str]) -> dict[str, str]:
    """Record that translated pages follow their originals as these now stand.

    Args:
        pages: Their names.

    Returns:
        Path from the repository of each page -> its text.

    Raises:
        DataError: There is no such page, or it has not as many paragraphs as its original.
    """
    there, names = _originals(root, target), [f"{page}.md" for page in pages]
    _refuse_unknown(target, there, names)
    texts: dict[str, str] = {}
    problems = []
    for name in names:
        path = root / target.docs / name
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if len(page_blocks.hashes(text)) != len(page_blocks.hashes(there[name])):
            message = "has not the same paragraphs, headings and lists as its original; nothing was written"
            problems.append(Problem(f"{target.docs}/{name}", 1, "blocks", message if text else "is missing; nothing was written"))
        texts[f"{target.docs}/{name}"] = page_blocks.with_record(text, there[name])
    if problems:
        raise DataError(problems)
    return texts


def _originals(root: Path, target: Target) -> dict[str, str]:
    """The pages of an original: path below its folder -> text."""
    folder = root / target.original.docs
    portal = target.kind == "portal"
    pages = text_files.pages(folder, "**/*.md" if portal else "*.md")
    own = [name for name in pages if not portal or not (publication_of(f"docs/{name}") or name.startswith(NO_PAGES))]
    texts = {name: pages[name].read_text(encoding="utf-8") for name in own}
    return {name: text for name, text in texts.items() if not page_blocks.recorded(text)}


def _refuse_unknown(target: Target, there: dict[str, str], names: Sequence[str]) -> None:
    pages = [name.removesuffix(".md") for name in there]
    unknown = [name.removesuffix(".md") for name in names if name not in there]
    if unknown:
        folder = target.original.docs
        raise DataError([Problem(f"{folder}/{name}.md", 1, "file", f"is no page to translate; {allowed(name, pages)}") for name in unknown])
