"""Translated pages beside their originals: what is wrong, and what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from macros import calls, front_matter, page_blocks, text_files, translated_pages
from macros.book import Book
from macros.problems import Problem, allowed
from macros.target import Target

COMMAND = "barometer translate"


def targets(book: Book, left_out: Collection[str] = ()) -> list[Target]:
    """Every translation of the site: of the portal, and of the newest edition of each publication but some."""
    portals = [Target("portal", language=language) for language in book.series.translations]
    volumes = [volume for volume in book.volumes if volume.address not in left_out]
    return [*portals, *(target for volume in volumes for target in translated_pages.editions(volume) if target.language)]


def problems(root: Path, book: Book, left_out: Collection[str] = ()) -> Iterator[Problem]:
    """Check every translated page beside its original.

    Args:
        left_out: Addresses of publications that are not looked at.

    Yields:
        A finding for each page that translates none, says not what it was made from, or has other blocks than that had; for
        each translation without a first page; for each folder that is no translation. An edition is frozen with its
        translations, so there each has the blocks and macros of its original as it stands; the portal may be behind.
    """
    declared = targets(book, left_out)
    for target in declared:
        first = f"{target.docs}/index.md"
        if not (root / first).is_file():
            yield Problem(first, 1, "file", f"is missing; a translation has a first page: {COMMAND} {_named(target)}")
        for name, text in _pages(root, target):
            original = root / target.original.docs / name
            if original.is_file():
                yield from _beside(f"{target.docs}/{name}", text, original.read_text(encoding="utf-8"), target)
            else:
                names = [path.name for path in original.parent.glob("*.md")] if original.parent.is_dir() else []
                yield Problem(f"{target.docs}/{name}", 1, "file", f"translates no page of {target.original.docs}; {allowed(name, names)}")
    yield from _strays(root, book, {target.docs for target in declared}, left_out)


def _pages(root: Path, target: Target) -> Iterator[tuple[str, str]]:
    for name, path in text_files.pages(root / target.docs).items():
        if path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def _named(target: Target) -> str:
    """A translation as the command takes it."""
    return f"{target.address or 'portal'} {target.language}"


def _beside(name: str, text: str, original: str, target: Target) -> Iterator[Problem]:
    """What is wrong with a translated page beside its original."""
    line = 1 + next((number for number, row in enumerate(text.splitlines()) if row.startswith(f"{page_blocks.FIELD}:")), 0)
    own, now, then = (len(listed) - 1 for listed in (page_blocks.hashes(text), page_blocks.hashes(original), page_blocks.recorded(text)))
    page = name.removeprefix(f"{target.docs}/").removesuffix(".md")
    done = f"when the page follows its original, run {COMMAND} {_named(target)} --done {page}"
    behind = target.kind == "portal" and bool(page_blocks.changed(text, original))
    if then < 0:
        yield Problem(name, line, page_blocks.FIELD, f"is missing, from which texts the page was translated; {done}")
    elif own not in ({then, now} if behind else {now}):
        message = f"has {own} paragraphs, headings and lists, and its original {now}; a translation has the same in the same order"
        yield Problem(name, line, "blocks", message)
    elif then != now and not behind:
        yield Problem(name, line, page_blocks.FIELD, f"lists {then} paragraphs, headings and lists, and the original has {now}; {done}")
    if not behind and (difference := _other_calls(text, original)):
        message = f"{difference}; a translation calls what its original calls, so that rows and charts keep their ids"
        yield Problem(name, line, "macro", message)


def _other_calls(text: str, original: str) -> str:
    """Which macros two pages do not both call; nothing where there are none."""
    here, there = Counter(_calls(text)), Counter(_calls(original))
    missing, more = ", ".join((there - here).elements()), ", ".join((here - there).elements())
    parts = [f"does not call {missing}"] if missing else []
    return " and ".join([*parts, *([f"calls {more}, which its original does not"] if more else [])])


def _calls(text: str) -> Iterator[str]:
    for part in calls.read(front_matter.body(text)):
        if isinstance(part, calls.Call):
            words = [*map(repr, part.arguments), *(f"{name}={value!r}" for name, value in sorted(part.named.items()))]
            yield f"{part.name}({', '.join(words)})"


def _strays(root: Path, book: Book, declared: Collection[str], left_out: Collection[str]) -> Iterator[Problem]:
    """Folders of pages within a publication that are no translation, and pages that say so and stand elsewhere."""
    for volume in (volume for volume in book.volumes if volume.address not in left_out):
        folders = {path.parent for path in text_files.pages(root / "docs" / volume.address, "*/**/*.md").values()}
        for name in sorted(folder.relative_to(root).as_posix() for folder in folders):
            if not any(f"{name}/".startswith(f"{folder}/") for folder in declared):
                message = f"holds pages, and is no translation that data/{volume.address}/publication.yml declares under translations"
                yield Problem(name, 1, "file", f"{message}; {allowed(name.rpartition('/')[2], volume.publication.translations)}")


def outdated(root: Path, book: Book, address: str | None = None) -> list[Problem]:
    """Find the paragraphs of translations whose original has changed since, for those who translate; nothing is wrong with them.

    Args:
        address: Of one publication alone, empty for the portal; None for all.

    Returns:
        A line for each paragraph, on its line in the translation.
    """
    lines: list[Problem] = []
    for target in targets(book):
        if address is not None and target.address != address:
            continue
        for name, text in _pages(root, target):
            original = root / target.original.docs / name
            if original.is_file():
                lines += _changed_blocks(f"{target.docs}/{name}", text, original.read_text(encoding="utf-8"))
    return lines


def _changed_blocks(name: str, text: str, original: str) -> Iterator[Problem]:
    own = page_blocks.blocks(front_matter.body(text))
    for position in page_blocks.changed(text, original):
        if position <= len(own):
            line = own[position - 1].begin + 1 if position else 1
            words = " ".join(own[position - 1].text.split())[:60] if position else "title and description"
            yield Problem(name, line, "translation", f"the original has changed since, here or after it: {words}")
