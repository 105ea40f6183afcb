"""Nothing unused (event: on_post_build): every edition carries its own copy of the theme, for ever.

Files that no page asks for go, and of an edition's style sheets the rules that match nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2
from mkdocs.config.defaults import MkDocsConfig

from macros.register import desk_of

UNUSED = ("assets/javascripts/lunr/**/*", "assets/**/*.map", "assets/images/favicon.png", "sitemap.xml.gz")
"""What the theme brings and no page asks for: other languages of the search, source maps."""
WORD = re.compile(r"[\w-]+")
TAG = re.compile(r"<[^>]+>")
USED = re.compile(r"var\((--[\w-]+)")


def on_post_build(config: MkDocsConfig) -> None:
    """Take out what nothing asks for."""
    target, site = desk_of(config).target, Path(config.site_dir)
    unused = UNUSED if target.kind == "portal" else (*UNUSED, "404.html")
    for pattern in unused:
        for waste in sorted(site.glob(pattern), reverse=True):
            waste.unlink() if waste.is_file() else waste.rmdir()
    if target.kind == "edition":  # the portal's style sheets serve the covers too
        theme = sorted(site.glob("assets/stylesheets/*.css"))
        ours = [sheet.read_text(encoding="utf-8") for sheet in site.glob("assets/*.css")]
        lean = purged([sheet.read_text(encoding="utf-8") for sheet in theme], vocabulary(site), ours)
        for sheet, text in zip(theme, lean, strict=True):
            sheet.write_text(text, encoding="utf-8")


def vocabulary(site: Path) -> frozenset[str]:
    """Every word that a selector could match: in the tags of the pages, or anywhere in a script, which may write tags.

    Args:
        site: A finished build.

    Returns:
        The words: names of elements, classes, attributes and their values, and many more.
    """
    pages = (tag for page in site.rglob("*.html") for tag in TAG.findall(page.read_text(encoding="utf-8")))
    scripts = (script.read_text(encoding="utf-8") for script in site.rglob("*.js"))
    return frozenset(word for text in (*pages, *scripts) for word in WORD.findall(text))


def purged(sheets: Iterable[str], words: Collection[str], others: Iterable[str] = ()) -> list[str]:
    """Style sheets without the selectors that match nothing, and the variables that nobody reads.

    A selector stays unless it names an element, class, id or attribute that is in no page and no
    script; what stands within a pseudo-class such as `:not(...)` is not asked about.

    Args:
        sheets: All of the theme's, since one reads the variables of another.
        words: What pages and scripts are made of.
        others: Further style sheets that read those variables, and stay as they are.

    Returns:
        The sheets in their order; they draw the same pages.
    """
    parsed = [tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True) for sheet in sheets]
    matching = (_rules(rules, words, None) for rules in parsed)
    used = {name for text in (*matching, *others) for name in USED.findall(text)} | set(words)
    return [_rules(rules, words, used) for rules in parsed]


def _rules(rules: Iterable[Any], words: Collection[str], used: Collection[str] | None) -> str:
    """Rules as text; of variables only those that are used, or all."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text for one in _selectors(rule.prelude) if _matches(one, words) and (text := tinycss2.serialize(one).strip())]
            body = _declarations(rule.content, used)
            kept += [f"{','.join(selectors)}{{{body}}}"] if selectors and body else []
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words, used)
            kept += [f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"] if inner else []
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def _declarations(body: list[Any], used: Collection[str] | None) -> str:
    text: str = tinycss2.serialize(body)
    if used is None or "--" not in text:
        return text
    declarations = tinycss2.parse_blocks_contents(body, skip_comments=True, skip_whitespace=True)
    return ";".join(
        one.serialize().rstrip(";") for one in declarations if one.type != "declaration" or one.name[:2] != "--" or one.name in used
    )


def _selectors(prelude: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a rule, which commas part."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _matches(selector: list[Any], words: Collection[str]) -> bool:
    """Whether everything that a selector names is somewhere in the pages or scripts."""
    names: list[str] = []
    for before, token in pairwise([None, *selector]):
        if token.type == "hash" or (token.type == "ident" and before != ":"):
            names.append(token.value)
        elif token.type == "[] block":
            names += [word for one in token.content if one.type in {"ident", "string"} for word in WORD.findall(one.value)]
    return all(name in words for name in names)
