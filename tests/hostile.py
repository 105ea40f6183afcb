"""Trees in which every text of every file is hostile: the fields come from the model, so a new one is covered as it is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.fields import Row, visible
from macros.model import FILES, KINDS

PAYLOADS = {
    "html": "<img src=x onerror=pwn()><b>bold</b>",
    "svg": "<svg onload=pwn()><script>pwn()</script></svg>",
    "script": "</script><script>pwn()</script></title></textarea></style><script>pwn()</script>",
    "attribute": "\" onload=pwn() x=\" ' onmouseover=pwn() y='",
    "comment": "--><script>pwn()</script><!-- <!--/status--> <!--macro 0--> <!--later 0-->",
    "markdown": "[a](javascript:pwn()) ![b](http://evil.example/b.png) **c** _d_ `e` <http://evil.example> [^1] &copy; &#60;i&#62;",
    "attr list": "word{: onclick=pwn() } { .x onclick=pwn() } {#hostile-id}",
    "jinja": "{{ cycler.__init__.__globals__.os.system('touch pwned') }} {% for x in y %} {# gone #} {{ 7*7 }}",
    "feed": "]]></summary></title><script xmlns='http://www.w3.org/1999/xhtml'>pwn()</script>",
    "yaml": "a: b # c & *d !!python/object:os.system [e, f] | >",
    "scheme": "javascript:pwn() jAvAsCrIpT:pwn() vbscript:pwn() data:text/html,<script>pwn()</script>",
    "vega": "datum.x signal {'signal': 'pwn()'} \\' + pwn() + \\'",
    "css": "url(javascript:pwn()) expression(pwn()) </style><style>*{display:none}</style> ; } * { color: red",
    "csv": 'a","b\n'.replace("\n", "") + "=1+1,@SUM(1)",
    "honest": "An <honest> & plain {title} with $5, C:\\new\\table, \"quotes\", 'more', 100 % and a|b",
}
"""Each kind of payload; what the model refuses is not among them but in test_model.py."""
IN_EVERY_TEXT = ("html", "attribute", "jinja", "honest")
"""Payloads that end an element, an attribute and a template, and words that only look so."""


def every_payload(number: int) -> str:
    """A text of all payloads."""
    return f"Hostile {' ~ '.join(PAYLOADS.values())} {number}"


def some_payloads(number: int) -> str:
    """A text of those that are in every text, and of one more; each is in many texts."""
    others = [kind for kind in PAYLOADS if kind not in IN_EVERY_TEXT]
    kinds = (*IN_EVERY_TEXT, others[number % len(others)])
    return f"Hostile {' ~ '.join(PAYLOADS[kind] for kind in kinds)} {number}"


def is_text(annotation: Any) -> bool:
    """Whether a type is free text."""
    return any(getattr(part, "func", None) is visible for part in getattr(annotation, "__metadata__", ()))


def changed(value: Any, annotation: Any, write: Callable[[str], str]) -> Any:
    """A value of a data file with every free text in it written anew."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {name: field for name, field in annotation.model_fields.items() if isinstance(value, dict) and name in value}
        return {**value, **{name: changed(value[name], whole(field), write) for name, field in fields.items()}}
    if isinstance(value, list | dict) and hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]  # a list with limits of its own
    options = get_args(annotation)
    if get_origin(annotation) in (Union, UnionType) and isinstance(value, dict):  # a person or a body
        classes = [option for option in map(bare, options) if isinstance(option, type) and issubclass(option, BaseModel)]
        return changed(value, next(one for one in classes if value.keys() <= one.model_fields.keys()), write) if classes else value
    if isinstance(value, str) and (is_text(annotation) or any(is_text(option) for option in options)):
        return write(value)
    if isinstance(value, list):
        return [changed(entry, options[0], write) for entry in value]
    if isinstance(value, dict) and len(options) == 2:
        return {key: changed(entry, options[1], write) for key, entry in value.items()}
    inner = [option for option in options if isinstance(option, type) and issubclass(option, BaseModel)]
    return changed(value, inner[0], write) if inner and value is not None else value


def bare(annotation: Any) -> Any:
    """A type without what stands beside it."""
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation


def whole(field: FieldInfo) -> Any:
    """The type of a field with what pydantic took apart."""
    from typing import Annotated

    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def make_hostile(root: Path, text: Callable[[int], str]) -> int:
    """Write a text into every free text of every data file, and into every title and description.

    Args:
        root: A tree.
        text: Makes a text that holds a number, so that no two rows are the same.

    Returns:
        How many texts were written.
    """
    count = 0

    def write(_: str) -> str:
        nonlocal count
        count += 1
        return text(count)

    for path, row, shape in files(root):
        text_before = path.read_text(encoding="utf-8")
        path.write_text(table(text_before, row, write) if shape == "rows" else document(text_before, row, shape, write), encoding="utf-8")
    for page in sorted((root / "docs").rglob("*.md")):
        if not {"overrides", "templates"} & set(page.parts):
            front, mark, rest = page.read_text(encoding="utf-8").partition("\n---\n")
            front = re.sub("(?m)^(title|description): .*$", lambda line: f"{line[1]}: {json.dumps(write(''), ensure_ascii=False)}", front)
            page.write_text(front + mark + rest, encoding="utf-8")
    return count


def table(text: str, row: type[Row], write: Callable[[str], str]) -> str:
    """A CSV file with every free text in it written anew."""
    texts = {name for name, field in row.model_fields.items() if any(map(is_text, (whole(field), *get_args(field.annotation))))}
    output = io.StringIO()
    writer = csv.DictWriter(output, list(row.model_fields), lineterminator="\n")
    writer.writeheader()
    for cells in csv.DictReader(io.StringIO(text)):
        writer.writerow({name: write(cell) if cell and name in texts else cell for name, cell in cells.items()})
    return output.getvalue()


def document(text: str, row: type[Row], shape: str, write: Callable[[str], str]) -> str:
    """A YAML file with every free text in it written anew."""
    value = yaml.safe_load(text)
    if shape == "whole":
        return dumped(changed(value, row, write))
    if shape == "list":
        return dumped([changed(entry, row, write) for entry in value])
    return dumped({key: changed(entry, row, write) for key, entry in value.items()})


def dumped(value: Any) -> str:
    """YAML as our reader wants it: dates and numbers that were text stay text."""
    return yaml.safe_dump(json.loads(json.dumps(value, default=str)), allow_unicode=True, sort_keys=False, width=10**6)


def files(root: Path) -> Iterator[tuple[Path, type[Row], str]]:
    """Every data file of a tree, the class of its rows, and its shape."""
    for file in FILES:
        places = [root / "data"] if file.shared else [path for kind in KINDS.values() for path in sorted((root / "data" / kind).glob("*"))]
        for place in places:
            if (place / file.name).is_file():
                yield place / file.name, file.row, file.shape
