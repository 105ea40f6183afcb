"""Which macros the pages under docs/ call, and whether they may: checked before anything is built."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from macros import calls, check_translations, front_matter, page_blocks, page_html, yaml_lines
from macros.book import Book, Volume
from macros.chart_ids import same_ids
from macros.charts import CHARTS
from macros.fields import LanguageTag, hidden
from macros.messages import misshapen
from macros.model import KINDS, publication_of
from macros.page_blocks import FIELD
from macros.page_words import NEEDS, words_of
from macros.pages import MACROS, WHERE
from macros.pages.page_chrome import other_pages, sections
from macros.printed_rows import unprinted
from macros.problems import Problem, allowed
from macros.text_files import foreign, pages, passed_over, read_text

OTHER_FOLDERS = {"overrides", "templates", "schemas"}
OF_PUBLICATIONS = r": (figures|partner) '"
"""Faults of portal pages that cannot be judged while a publication is in doubt."""

ONCE = ("board", "chart", "events", "incidents", "points", "recommendations", "judgements", "figures")
"""Macros that print rows or charts with their permanent ids, which stand on a page once."""

NO_ROWS = "has no rows, nor has incidents.csv, and the pages of this issue need them; enter them, or set status: draft"
STRAY = "is for translations, and this page is in no folder of one; declare its language under translations in series.yml"
LINKS = ("book", "volume", "_volume", "links")


def check_pages(root: Path, book: Book, doubtful: Collection[str] = (), frozen: Collection[str] = ()) -> list[Problem]:
    """Check every page against the book.

    Args:
        doubtful: Addresses of publications that the book leaves out because their data is at fault;
            their pages cannot be judged yet.
        frozen: Addresses of publications whose pages are not looked at again.

    Returns:
        Every finding: pages of no publication, missing pages, front matter, macro calls, HTML, links.
    """
    docs = root / "docs"
    problems = list(_not_files(root, docs))
    volumes = {volume.address: volume for volume in book.volumes}
    emptied = [volume.address for volume in book.volumes if _emptied(docs, book, volume)]
    problems += [Problem(f"data/{address}/events.csv", 1, "file", NO_ROWS) for address in emptied]
    doubtful = {*doubtful, *emptied}
    called: dict[str, list[tuple[str, list[calls.Call]]]] = {}
    translations = {f"{target.docs}/": f"{target.original.docs}/" for target in check_translations.targets(book)}
    for name, path in _pages(root, docs):
        address = publication_of(name)
        folder = next((folder for folder in translations if name.startswith(folder)), "")
        if address in doubtful or address in frozen:
            continue
        if address and address not in volumes:
            problems.append(Problem(name, 1, "file", f"belongs to no publication; {allowed(address, volumes)}"))
        elif (text := read_text(path, name, problems)) is not None:
            original = root / name.replace(folder, translations[folder], 1) if folder else None
            problems += page_html.problems(root, path, text, tuple(MACROS), original)
            findings = check_page(name, text, book, volumes.get(address))
            problems += [problem for problem in findings if address or not doubtful or not re.search(OF_PUBLICATIONS, problem.message)]
            problems += [Problem(name, 1, FIELD, STRAY)] if not folder and page_blocks.recorded(text) else []
            called.setdefault(folder or address, []).append((name, [part for part in _parts(text) if isinstance(part, calls.Call)]))
    problems += [problem for of_one_build in called.values() for problem in same_ids(of_one_build)]
    misread = {problem.path for problem in problems if problem.field == "macro"}  # a call that cannot be read may be the one
    problems += [*_portal(docs, book), *check_translations.problems(root, book, {*doubtful, *frozen})]
    for volume in book.volumes:
        if volume.address not in emptied:
            readable = {name: page_calls for name, page_calls in called.get(volume.address, ()) if name not in misread}
            problems += [*_sections(docs, book, volume), *unprinted(book, volume, readable)]
    return problems


def _pages(root: Path, docs: Path) -> Iterator[tuple[str, Path]]:
    """Every page, with its path from the root of the repository."""
    for name, path in pages(docs).items():
        if not foreign(path) and name.partition("/")[0] not in OTHER_FOLDERS:
            yield path.relative_to(root).as_posix(), path


def _emptied(docs: Path, book: Book, volume: Volume) -> bool:
    """Whether an issue has pages of relationships, and not one row."""
    scored = volume.events or volume.incidents or volume.draft or volume.publication.kind != "issue"
    return not scored and any((docs / volume.address / f"{relationship.id}.md").is_file() for relationship in book.relationships)


def _not_files(root: Path, docs: Path) -> Iterator[Problem]:
    """What MkDocs cannot copy or would copy for ever, whatever kind of file it stands for."""
    for path in sorted(docs.rglob("*")):
        folder = path.is_dir() and path.suffix != ".md" and not path.is_symlink()
        why = "" if folder else foreign(path)
        if why and not passed_over(path):
            yield Problem(path.relative_to(root).as_posix(), 1, "file", why)


def _portal(docs: Path, book: Book) -> Iterator[Problem]:
    """The portal has every page that the head and the foot of each page lead to."""
    for name in [*(path.strip("/") or "index" for _, path in sections(book)), *other_pages(book)]:
        paths = [name, f"{name}/index"]
        if not any(os.path.lexists(docs / f"{path}.md") for path in paths):
            yield Problem(
                f"docs/{paths[name in KINDS.values() or name == 'relationships']}.md", 1, "file", "is missing; every page leads there"
            )


def _sections(docs: Path, book: Book, volume: Volume) -> Iterator[Problem]:
    """A publication has a first page and a page for each of its sections, and no others."""
    issue = volume.publication.kind == "issue"
    incidents = volume.incidents or volume.draft
    more = volume.publication.contents
    if issue:
        needed = ["index", *more, *(relationship.id for relationship in book.covered(volume)), *(["security"] if volume.incidents else [])]
        fitting = ["index", *more, *(relationship.id for relationship in book.sections(volume)), *(["security"] if incidents else [])]
    else:
        needed = fitting = ["index", *more]
    for name in needed:
        if not os.path.lexists(docs / volume.address / f"{name}.md"):
            yield Problem(f"docs/{volume.address}/{name}.md", 1, "file", "is missing; the publication needs this page")
    where = f"{'a section of this issue, or ' * issue}named under contents in publication.yml"
    for path in pages(docs / volume.address, "*.md").values():
        if path.stem not in fitting:
            yield Problem(f"docs/{volume.address}/{path.name}", 1, "file", f"is not {where}; {allowed(path.stem, fitting)}")


def check_page(name: str, text: str, book: Book, volume: Volume | None) -> Iterator[Problem]:
    """Check the front matter and every macro call of one page.

    Args:
        name: Path of the page, for findings.
        volume: The publication it belongs to; None for a page of the portal.
    """
    yield from _front_matter(name, text)
    words, parts = words_of(book, volume), _parts(text)
    for part in parts:
        for message in [part.message] if isinstance(part, calls.Fault) else _misplaced(part, volume) or _call(part, words):
            yield Problem(name, part.line, "macro", message)
    yield from _twice(name, [part for part in parts if isinstance(part, calls.Call)])


def _parts(text: str) -> list[calls.Call | calls.Fault]:
    """The macro calls of a page, with their lines; front matter is text, whatever it holds."""
    return calls.read(front_matter.body(text))


PAGE_KINDS = {
    "portal": ("",),
    "any publication": tuple(KINDS),
    "issues": ("issue",),
    "non-papers": ("non-paper",),
    "policy papers": ("policy-paper",),
}


def _misplaced(call: calls.Call, volume: Volume | None) -> list[str]:
    """That a macro may not stand on this page; nothing where it may."""
    where = WHERE.get(call.name, "")
    kind = volume.publication.kind if volume else ""
    if not where or any(kind in PAGE_KINDS[group] for group in where.split(", ")):
        return []
    return [f"{call.name} may not stand on this page; it belongs on pages of: {where}"]


def _twice(name: str, listed: list[calls.Call]) -> Iterator[Problem]:
    """Calls that print the same ids again."""
    seen: dict[str, calls.Call] = {}
    for call in listed:
        first = seen.setdefault(repr((call.name, call.arguments, sorted(call.named.items()))), call)
        if first is not call and call.name in ONCE:
            message = f"{call.name} prints again what it prints in line {first.line}; a row or chart stands on a page once"
            yield Problem(name, call.line, "macro", message)


FRONT_MATTER = ("title", "description", "hide", "search", "language", FIELD)


def _front_matter(name: str, text: str) -> Iterator[Problem]:
    problems: list[Problem] = []
    head = front_matter.FRONT.match(text)
    if not head:
        yield Problem(name, 1, "file", "does not begin with front matter; write title and description between two lines of ---")
        return
    document = yaml_lines.read(head["yaml"], name, problems)
    yield from (Problem(name, problem.line + 1, problem.field, problem.message) for problem in problems)
    if not document or not isinstance(document[0], dict):
        return
    given, lines = document
    for key in given:
        if key not in FRONT_MATTER:
            yield Problem(name, lines[str(key)] + 1, str(key), f"is not known in front matter; {allowed(key, FRONT_MATTER)}")
    for key in ("title", "description"):
        if not given.get(key):
            yield Problem(name, 1, key, "is missing from the front matter; every page states it")
            continue
        if why := hidden(str(given[key])):
            yield Problem(name, lines[key] + 1, key, why)
    if "language" in given and (why := misshapen(str(given["language"]), LanguageTag)):
        yield Problem(name, lines["language"] + 1, "language", f"{why}; allowed is a tag of BCP 47: ru, zh-Hans")


def _call(call: calls.Call, words: dict[str, Any]) -> Iterator[str]:
    macro, given, named = call.name, list(call.arguments), call.named
    if macro not in MACROS:
        yield f"'{macro}' is unknown; {allowed(macro, MACROS)}"
        return
    function = MACROS[macro]
    first = str(given[0] if given else named.get("chart", ""))
    drawn = first if macro == "chart" else macro
    if drawn in words["without rows"]:
        yield f"{macro if macro == drawn else f'{macro}({drawn!r})'}: this publication has no {' and no '.join(NEEDS[drawn])}"
        return
    relationship = str(named.get("relationship", (given[1:] or [""])[0])) if macro == "chart" else ""
    if macro == "chart" and (why := words["not drawn"].get((first, relationship)) or words["not drawn"].get((first, ""))):
        yield f"chart('{first}'): {why}"
        return
    if macro == "chart":
        if first not in CHARTS:
            yield f"chart '{first}' is unknown; {allowed(first, CHARTS)}"
            return
        words = {**words, "figure": words.get(f"{first} figure", words["figure"])}
        yield from _arguments(f"chart('{first}')", CHARTS[first], LINKS, given[1:], {k: v for k, v in named.items() if k != "chart"}, words)
    else:
        yield from _arguments(macro, function, ("context",), given, named, words)


def _arguments(
    macro: str,
    function: Callable[..., Any],
    own: Collection[str],
    given: list[Any],
    named: dict[str, Any],
    words: dict[str, Any],
) -> Iterator[str]:
    signature = inspect.signature(function)
    free = signature.replace(parameters=[parameter for parameter in signature.parameters.values() if parameter.name not in own])
    try:
        bound = free.bind(*given, **named).arguments
    except TypeError as error:
        yield f"{macro}: {error}; its arguments are ({', '.join(str(parameter).split(':')[0] for parameter in free.parameters.values())})"
        return
    for parameter, value in bound.items():
        for word in value if isinstance(value, tuple) else _split(parameter, value):
            if parameter == "figure" and word in words["empty figure"]:
                yield f"{macro}: figure '{word}' has no rows in figures.csv; enter them, or take this call out"
            elif parameter in words and word is not None and word not in words[parameter]:
                yield f"{macro}: {parameter} '{word}' is unknown; {allowed(word, words[parameter])}"


def _split(parameter: str, value: Any) -> list[Any]:
    return [figure.strip() for figure in str(value).split(",")] if parameter == "figures" else [value]
