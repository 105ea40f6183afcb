"""YAML with the line of every value: plain data only, no tags, no anchors, no second meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from macros.problems import Problem

Lines = dict[str, int]
MARKS = frozenset("!&")
"""With one of these begins every tag and every anchor."""
DEEPEST = 20
"""Levels of lists and keys in one another; a data file needs five, and a reader of YAML calls itself for each."""
REASONS = {
    "mapping values are not allowed in this context": "a text holds a colon followed by a space; put it in double quotes",
    "found character that cannot start any token": "a line begins with a tab, or a text with @, ` or %; use spaces, and quotes",
    "did not find expected key": "a line is indented otherwise than its neighbours, or a quote is not closed",
    "did not find expected '-' indicator": "a line is indented otherwise than its neighbours, or its '- ' is missing",
    "could not find expected ':'": "a key without a colon, or a text that goes on in the next line; put the text in double quotes",
    "found unexpected end of stream": "a quote or bracket is not closed",
}
"""What the reader of YAML says, in words for those who do not know its terms."""
_WORDS: dict[str, bool | None] = {"": None, "null": None, "~": None, "true": True, "false": False}


def quoted(text: str) -> str:
    """Write a text as YAML reads it whatever it holds: YAML reads what JSON writes."""
    return json.dumps(text, ensure_ascii=False)


def dumped(value: object) -> str:
    """Write a value as YAML, in the order that it has, in lines that can be read."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)


def read(text: str, name: str, problems: list[Problem]) -> tuple[Any, Lines] | None:
    """Read one YAML document.

    Args:
        name: Its path, for findings.
        problems: Findings are added here: what does not parse, tags, anchors, duplicate keys.

    Returns:
        The value, and the line of each value under its dotted path (the root under ""); None
        where the document cannot be read.
    """
    try:
        if line := _too_deep(text):
            problems.append(Problem(name, line, "file", f"holds lists or keys more than {DEEPEST} levels deep; a data file needs five"))
            return None
        anchored = [_refuse(token, name, problems) for token in yaml.scan(text, yaml.CSafeLoader)] if MARKS & set(text) else []
        node = None if any(anchored) else yaml.compose(text, yaml.CBaseLoader)  # no value has its kind from YAML
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "cannot be read"
        problems.append(Problem(name, mark.line + 1 if mark else 1, "file", f"does not parse as YAML: {REASONS.get(reason, reason)}"))
        return None
    if any(anchored):  # a value that holds itself has no end
        return None
    if node is None:
        problems.append(Problem(name, 1, "file", "is empty"))
        return None
    problems += _cut(text, name)
    lines: Lines = {}
    return _value(node, "", lines, name, problems), lines


def below(lines: Mapping[str, int], path: str) -> Lines:
    """The lines of what stands under one path, seen from there."""
    start = f"{path}."
    inner = {key.removeprefix(start): line for key, line in lines.items() if key.startswith(start)}
    return {**inner, "": lines.get(path, 1)}


def by_key(lines: Mapping[str, int]) -> dict[str, Lines]:
    """The lines of what stands under each key of the root, seen from there; a key that holds a full stop is not told apart."""
    keys: dict[str, Lines] = {}
    for path, line in lines.items():
        key, _, inner = path.partition(".")
        keys.setdefault(key, {})[inner] = line
    return keys


def _too_deep(text: str) -> int:
    """The line on which lists and keys are too deep in one another; 0 where they are not."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST and event.start_mark:
            return event.start_mark.line + 1
    return 0


def _cut(text: str, name: str) -> Iterator[Problem]:
    """Texts that end where `#19` or the like was meant as words: YAML reads what follows ` #` as a comment."""
    rows = re.split("\r\n|[\r\n\x85\u2028\u2029]", text) if " #" in text else []
    for token in yaml.scan(text, yaml.CSafeLoader) if rows else ():
        if isinstance(token, yaml.ScalarToken) and token.plain:
            rest = rows[token.end_mark.line][token.end_mark.column :] if token.end_mark.line < len(rows) else ""
            if match := re.match(r"\s+(#\w.*)", rest):
                message = f"is cut off before '{match[1][:40]}', which YAML takes for a comment; put the whole text in double quotes"
                yield Problem(name, token.end_mark.line + 1, "file", message)


def _refuse(token: yaml.Token, name: str, problems: list[Problem]) -> bool:
    line = token.start_mark.line + 1
    if isinstance(token, yaml.TagToken):
        problems.append(Problem(name, line, "file", f"holds the YAML tag '{''.join(filter(None, token.value))}'; plain values only"))
    elif isinstance(token, yaml.AnchorToken):
        problems.append(Problem(name, line, "file", f"holds the YAML anchor '&{token.value}'; write the value out each time"))
    return isinstance(token, yaml.AnchorToken)


def _value(node: yaml.Node, path: str, lines: Lines, name: str, problems: list[Problem]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    prefix = f"{path}." if path else ""
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, f"{prefix}{index}", lines, name, problems) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            line = key_node.start_mark.line + 1
            if key in mapping:
                problems.append(Problem(name, line, str(key), "is here twice; each key stands once"))
                continue
            lines[f"{prefix}{key}"] = line
            mapping[key] = _value(value_node, f"{prefix}{key}", lines, name, problems)
        return mapping
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return int(text) if re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,17})", text) else text
