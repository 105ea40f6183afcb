"""The one grammar of macro calls: what a page may hold between braces, and how it is carried out.

A page calls macros with words and numbers, `{{ name("word") }}`, and may hold comments, `{# ... #}`, which reach
no reader. Nothing else of the template language is there: no blocks, no filters, no attributes, no names but the macros'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

HOW = 'a macro is written {{ name("word") }}'

UNCLOSED = re.compile(r"{{(?:(?!}}|{{).)*(?={{|\n[ \t]*\n|\Z)", re.DOTALL)
"""Two braces after which the next two, an empty line or the end of the page come before two that close."""


@dataclass(frozen=True)
class Call:
    """A macro call in a page: its line, name and arguments."""

    line: int
    name: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is no macro call: its line, and what is wrong."""

    line: int
    message: str


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(keep_trailing_newline=True)
    for words in (environment.globals, environment.filters, environment.tests):
        words.clear()
    return environment


_ENVIRONMENT = _environment()


def read(text: str) -> list[Call | Fault]:
    """Read the macro calls of a page.

    Returns:
        Each call, and a fault for everything else that stands between braces.
    """
    return [part for part in _parts(text) if not isinstance(part, str)]


@lru_cache(maxsize=2048)  # a preview checks all pages after each save
def _parts(text: str) -> tuple[str | Call | Fault, ...]:
    """A page in parts: its text, comments left out, its macro calls, and what is none."""
    return tuple(_parsed(text))


def _parsed(text: str) -> Iterator[str | Call | Fault]:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        if unclosed := UNCLOSED.search(text):
            yield Fault(text.count("\n", 0, unclosed.start()) + 1, f"is not closed; {HOW}")
        else:
            yield Fault(error.lineno, _explained(text, error))
        return
    for node in tree.body:
        for part in node.nodes if isinstance(node, nodes.Output) else [node]:
            yield part.data if isinstance(part, nodes.TemplateData) else _call(part)


def _explained(text: str, error: TemplateSyntaxError) -> str:
    """What is wrong, for somebody who types in a text editor or pastes from a word processor."""
    line = (text.splitlines() or [""])[min(error.lineno, text.count("\n") + 1) - 1]
    if any(quote in line for quote in "“”„‟‘’‚"):
        return f"has curly quotes, as word processors write them; use straight ones: {HOW}"
    return f"cannot be read: {error.message}; {HOW}"


def _call(node: nodes.Node) -> Call | Fault:
    if not isinstance(node, nodes.Expr):
        return Fault(node.lineno, f"'{{% ... %}}' is no macro; {HOW}")
    if isinstance(node, nodes.Name):
        return Fault(node.lineno, f"'{node.name}' is not a macro call; write {node.name}(...) or put it outside of {{{{ }}}}")
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
        return Fault(node.lineno, f"is more than a macro call; {HOW}, and nothing stands before or behind it")
    name = node.node.name
    try:
        arguments = tuple(argument.as_const() for argument in node.args)
        named = {keyword.key: keyword.value.as_const() for keyword in node.kwargs}
    except nodes.Impossible:
        return Fault(node.lineno, f"{name} has an argument that is not a plain word or number; write it in quotes")
    return Call(node.lineno, name, arguments, named)


def render(text: str, macros: Mapping[str, Callable[..., str]]) -> str:
    """Carry out the macro calls of a page.

    Args:
        macros: What it may call.

    Raises:
        ValueError: It holds something that is no macro call.
    """
    for part in read(text):
        if isinstance(part, Fault) or part.name not in macros:
            message = part.message if isinstance(part, Fault) else f"'{part.name}' is no macro"
            raise ValueError(f"line {part.line}: {message}")
    return "".join(macros[part.name](*part.arguments, **part.named) if isinstance(part, Call) else str(part) for part in _parts(text))
