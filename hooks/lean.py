"""Nothing unused (event: on_post_build): every edition carries its own copy of the theme, for ever.

Files that no page asks for go, and of an edition's style sheets the rules that match nothing in it,
with the comments and spaces that are for whoever writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2
from mkdocs.config.defaults import MkDocsConfig

from macros.register import desk_of
from macros.render.html import render

UNUSED = ("assets/javascripts/lunr/**/*", "assets/**/*.map", "assets/images/favicon.png", "sitemap.xml.gz")
"""What the theme brings and no page asks for: other languages of the search, source maps."""
WORD = re.compile(r"[\w-]+")
TAG = re.compile(r"<[^>]+>")
PROSE = re.compile(r'\s(alt|aria-label|content|d|data-label|href|src|title)="[^"]*"')
"""Attributes whose values are for people, or are drawings and addresses: of these, rules know the name alone."""
USED = re.compile(r"var\((--[\w-]+)")
ADDED = {
    "--md-mermaid": "mermaid",
    "highlight": "highlight",
    "md-annotation": "annotate",
    "md-code": "highlight",
    "md-sidebar": "md-sidebar",
    "md-source": "md-source",
    "md-status": "md-status",
    "md-tag": "md-tag",
    "md-tooltip-": "annotate",
    "mermaid": "mermaid",
    "rtl": "rtl",
    "success": "success",
    "tabbed": "tabbed-set",
}
"""What the theme's program adds to pages that ask for it: how its words begin -> the word of the pages that asks."""


def on_post_build(config: MkDocsConfig) -> None:
    """Take out what nothing asks for."""
    target, site = desk_of(config).target, Path(config.site_dir)
    unused = UNUSED if target.kind == "portal" else (*UNUSED, "404.html")
    for pattern in unused:
        for waste in sorted(site.glob(pattern), reverse=True):
            waste.unlink() if waste.is_file() else waste.rmdir()
    if target.kind == "edition":  # the portal's style sheets serve the covers too
        sheets = sorted(site.glob("assets/**/*.css"))
        words = vocabulary(site, json.dumps(desk_of(config).live))
        lean = purged([sheet.read_text(encoding="utf-8") for sheet in sheets], words)
        for sheet, text in zip(sheets, lean, strict=True):
            sheet.write_text(text, encoding="utf-8")


def vocabulary(site: Path, charts: str = "") -> frozenset[str]:
    """Every word that a selector could match: in the tags of the pages, or anywhere in a script, which may write tags.

    Args:
        site: A finished build.
        charts: Specifications of the interactive charts, which read variables.

    Returns:
        The words: names of elements, classes, attributes and their values, and many more.
    """
    texts = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    texts.append(render("superseded", successor="", number=0, date="", kind="", note=""))  # what a frozen page may say one day
    pages = {word for text in texts for tag in TAG.findall(text) for word in WORD.findall(PROSE.sub(r" \1", tag))}
    scripts = {word for script in site.rglob("*.js") for word in WORD.findall(script.read_text(encoding="utf-8"))}
    absent = tuple(beginning for beginning, asking in ADDED.items() if asking not in pages)
    return frozenset(pages | {*USED.findall(charts)} | {word for word in scripts if not word.startswith(absent)})


def purged(sheets: Iterable[str], words: Collection[str]) -> list[str]:
    """Style sheets without the selectors that match nothing, and the variables that nobody reads.

    A selector stays unless it names an element, class, id or attribute that is in no page and no
    script; what stands within a pseudo-class such as `:not(...)` is not asked about.

    Args:
        sheets: All of an edition's, since one reads the variables of another.
        words: What pages and scripts are made of.

    Returns:
        The sheets in their order; they draw the same pages.
    """
    parsed = [tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True) for sheet in sheets]
    used = {name for rules in parsed for name in USED.findall(_rules(rules, words, None))} | set(words)
    return [_rules(rules, words, used) for rules in parsed]


def _rules(rules: Iterable[Any], words: Collection[str], used: Collection[str] | None) -> str:
    """Rules as text; of variables only those that are used, or all."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text for one in _selectors(rule.prelude) if _matches(one, words) and (text := _tight(one, ",", ">"))]
            body = _declarations(rule.content, used)
            kept += [f"{','.join(selectors)}{{{body}}}"] if selectors and body else []
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words, used)
            kept += [f"@{rule.at_keyword} {_tight(rule.prelude, ',')}{{{inner}}}"] if inner else []
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def _declarations(body: list[Any], used: Collection[str] | None) -> str:
    declarations = tinycss2.parse_blocks_contents(body, skip_comments=True, skip_whitespace=True)
    return ";".join(
        f"{one.name}:{_tight(one.value, ',')}{'!important' if one.important else ''}"
        for one in declarations
        if used is None or one.name[:2] != "--" or one.name in used
    )


def _tight(tokens: list[Any], *joints: str) -> str:
    """Text of tokens with no space at its ends and beside joints, and one wherever else there is any."""
    text = ""
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == "function":
            text += f"{token.name}({_tight(token.arguments, ',')})"
        elif token.type != "whitespace":
            text += token.serialize()
        elif before and after and before not in joints and after not in joints and after.type != "whitespace":
            text += " "
    return text


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
