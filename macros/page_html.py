"""What a page under docs/ may make of Markdown and HTML: an allow-list of elements, attributes and addresses.

A page is turned into HTML as the site does it, with a word in the place of each macro call, and what comes out is
read with a parser. Markdown keeps no lines, so a finding stands on the first line of the page that holds what is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown import Markdown

from macros import yaml_lines
from macros.fields import HIDDEN, hidden
from macros.front_matter import FRONT
from macros.model import KINDS
from macros.problems import Problem, allowed

VOID = {"br", "hr", "img", "wbr"}
HOLDING = """
a abbr b bdi blockquote caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 i ins kbd li mark ol p pre q s samp small span strong sub summary sup
table tbody td tfoot th thead time tr u ul var
"""
ELEMENTS = VOID | set(HOLDING.split())
ATTRIBUTES = {"id", "class", "lang", "dir", "title", "role", "data-search-exclude"}
OF_ELEMENTS = {
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers", "style"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr", "style"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
ALIGNED = re.compile(r"text-align: (left|right|center);")
"""The only style that a page may have: how Markdown writes the columns of a table."""
SCHEMES = ("http", "https", "mailto")
SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
"""What browsers pass over, or readers do not see, in an address."""
MARKED = re.compile(r"\[\^[^\]\s]+\]")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t])", re.MULTILINE)
FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,}).*?^ {0,3}\2[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
WORD = "macro-output"


def forbidden_address(value: str, image: bool = False) -> str:
    """Say what is wrong with an address; nothing where it may stand.

    Args:
        value: The address, as a browser sees it.
        image: Whether a browser loads it by itself.
    """
    address = SPACE.sub("", value).lower()
    scheme = re.match(r"[^/?#]*?:", address)
    if image and (scheme or address.startswith("//")):
        return "is loaded from elsewhere; put the picture beside the page and name it by its path"
    if scheme and scheme[0][:-1] not in SCHEMES:
        return f"begins with {scheme[0]}; allowed are {', '.join(SCHEMES)} and paths within the site"
    return "begins with //; write https:// before it" if address.startswith(("//", "\\\\", "/\\")) else ""


class _Reader(HTMLParser):
    """Notes what may not stand in a page: what is searched for in the source, and what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element and its attributes."""
        if tag not in ELEMENTS:
            self.faults.append((f"<{tag}", "html", f"the element <{tag}> may not stand in a page; write Markdown, or call a macro"))
            return
        if tag not in VOID:
            self.open.append(tag)
        self.code += tag in {"code", "pre"}
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES | OF_ELEMENTS.get(tag, set()) and not name.startswith("aria-"):
            mine = sorted(ATTRIBUTES | OF_ELEMENTS.get(tag, set()))
            self.faults.append((name, "html", f"the attribute {name} may not stand in <{tag}>; {allowed(name, mine)}"))
        elif name == "style" and not ALIGNED.fullmatch(value.strip()):
            self.faults.append((name, "html", f"the attribute style may not stand in <{tag}>; the style sheet says how pages look"))
        elif name in {"href", "src"} and (why := forbidden_address(value, name == "src")):
            self.faults.append((value, "link", f"'{value[:60]}' {why}"))
        elif name in {"href", "src"} and not re.match(r"[a-z]+:|#|$", value):
            self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Check that an element ends where it may."""
        if tag in VOID or tag not in ELEMENTS:
            return
        self.code -= tag in {"code", "pre"}
        if tag not in self.open:
            self.faults.append((f"</{tag}", "html", f"</{tag}> ends an element that was not begun"))
            return
        while (last := self.open.pop()) != tag:
            self.faults.append((f"<{last}", "html", f"<{last}> is not ended; write </{last}>"))

    def handle_comment(self, data: str) -> None:
        """A comment would be published."""
        self.faults.append((f"<!--{data}", "html", "a comment in <!-- --> would be published; write {# ... #}, which is not"))

    def handle_decl(self, decl: str) -> None:
        """A declaration is no part of a page."""
        self.faults.append((f"<!{decl}", "html", f"<!{decl}> may not stand in a page"))

    def handle_pi(self, data: str) -> None:
        """Neither is an instruction to programs."""
        self.faults.append((f"<?{data}", "html", f"<?{data}> may not stand in a page"))

    def handle_data(self, data: str) -> None:
        """Check running text for what was meant as something else."""
        if self.headings and any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if not self.code:
            for mark in MARKED.findall(data):
                self.faults.append((mark, "note", f'{mark} is printed as it stands; a note is written {{{{ cite("key") }}}}'))


@lru_cache(maxsize=4)
def _extensions(configuration: str) -> tuple[list[str], dict[str, Any]]:
    document = yaml_lines.read(configuration, "mkdocs.yml", [])
    listed = document[0].get("markdown_extensions", []) if document else []
    names = [name for entry in listed for name in (entry if isinstance(entry, dict) else [entry])]
    settings = {name: setting or {} for entry in listed if isinstance(entry, dict) for name, setting in entry.items()}
    return names, settings


@lru_cache(maxsize=2048)
def _read(body: str, configuration: str) -> _Reader:
    """Turn the text of a page into HTML and read it; of a text that was read before, at once: a preview checks all pages after each save.

    Args:
        body: The text, with a word in the place of each macro call.
        configuration: The text of mkdocs.yml, which names the extensions of Markdown.
    """
    names, settings = _extensions(configuration)
    reader = _Reader()
    reader.feed(Markdown(extensions=names, extension_configs=settings).convert(body))
    reader.close()
    reader.faults += [(f"<{tag}", "html", f"<{tag}> is not ended; write </{tag}>") for tag in reader.open]
    return reader


def problems(root: Path, path: Path, text: str, macros: tuple[str, ...], original: Path | None = None) -> Iterator[Problem]:
    """Check what a page gives as HTML.

    Args:
        root: The repository, whose mkdocs.yml names the extensions of Markdown.
        text: Its text, front matter included.
        original: Of a translated page the page that it translates, where its links may lead too.

    Yields:
        One finding for each thing that may not stand in a page, on the first line that holds it.
    """
    name = path.relative_to(root).as_posix()
    head = FRONT.match(text)
    start = head.end() if head else 0
    body = _blanked(text[start:])
    reader = _read(body, (root / "mkdocs.yml").read_text(encoding="utf-8"))
    single = rf"(?<!{{){{\s*(?:{'|'.join(macros)})\(.*?\)\s*}}(?!}})"
    prose = re.sub(r"(`+).*?\1", "", FENCE.sub("", body), flags=re.DOTALL)
    printed = "is printed as it stands; a macro has two braces on each side"
    faults = [*reader.faults, *((call, "macro", f"{call} {printed}") for call in re.findall(single, prose))]
    pages = [path, *([original] if original else [])]
    dead = {link: [_dead(root / "docs", page, link) for page in pages] for link in reader.links}
    faults += [(link, "link", reasons[0]) for link, reasons in dead.items() if all(reasons)]
    faults += [(character, "text", hidden(character)) for character in HIDDEN.findall(text)]
    for word, field, message in dict.fromkeys(faults):
        position = text.lower().find(word.lower(), start)
        yield Problem(name, text.count("\n", 0, max(position, start)) + 1, field, message)
    yield from _outline(name, text, start, reader.headings)


def _dead(docs: Path, page: Path, link: str) -> str:
    """What is wrong with a link to a file of the site; nothing where the file is there, or is made by a build."""
    publication = page.relative_to(docs).parts[:2] if len(page.relative_to(docs).parts) > 2 else ()
    top = docs.joinpath(*publication) if publication and publication[0] in KINDS.values() else docs
    target = Path(os.path.normpath(page.parent / unquote(urlsplit(link).path)))
    if link.startswith("/") or not target.is_relative_to(top):
        return f"'{link}' leads out of {'the publication' if top != docs else 'docs/'}; write the full address, or a path within it"
    if target.is_file():
        return ""
    made = ["relationships"] if top == docs else [template.name for template in (docs / "templates").glob("*/*.md")]
    there = target.name in made or target.parent.name in made
    return "" if there else f"'{link}' leads to no file; {allowed(target.name, sorted(file.name for file in page.parent.glob('*.md')))}"


def _blanked(body: str) -> str:
    """A page with a word in the place of each macro call, and nothing in that of each comment; lines stay lines."""
    raw = re.sub(r"\{%-?\s*(end)?raw\s*-?%\}", "", body)
    if raw != body:  # a page about macros, which shows them
        return raw
    lines = re.sub(r"\{#.*?#\}", lambda part: "\n" * part[0].count("\n"), body, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", lambda part: WORD + "\n" * part[0].count("\n"), lines, flags=re.DOTALL)


def _outline(name: str, text: str, start: int, headings: list[tuple[int, str]]) -> Iterator[Problem]:
    """Check the headings of a page: none of the first level, none that skips one."""
    body = FENCE.sub(lambda part: "\n" * part[0].count("\n"), text[start:])
    lines = [text.count("\n", 0, start) + body.count("\n", 0, match.start()) + 1 for match in HEADING.finditer(body)]
    line_numbers = lines if len(lines) == len(headings) else [text.count("\n", 0, start) + 1] * len(headings)
    before = 1
    for line, (level, words) in zip(line_numbers, headings, strict=True):
        heading = " ".join(words.split())[:60]
        if level == 1:
            yield Problem(name, line, "heading", f"'{heading}' is of the first level, as the title in the front matter is; write ##")
        elif level > before + 1:
            yield Problem(name, line, "heading", f"'{heading}' skips a level; after {'#' * before} comes {'#' * (before + 1)}")
        before = max(level, 1)
