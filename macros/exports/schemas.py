"""JSON Schemas of the files under data/, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from macros.fields import Row
from macros.language_tags import WRITTEN
from macros.model import FILES, DataFile
from macros.translations import rows_within, text_columns

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TAG = WRITTEN.strip("^$")


def schemas() -> dict[str, str]:
    """The schema of each file: file name in docs/schemas/ -> text."""
    return {f"{file.name.partition('.')[0]}.json": _schema(file) for file in FILES}


def _schema(file: DataFile) -> str:
    shapes: dict[str, Any] = {"rows": list[file.row], "list": list[file.row], "keyed": dict[str, file.row], "whole": file.row}  # type: ignore[name-defined]
    schema = TypeAdapter(shapes[file.shape]).json_schema(mode="validation")
    _allow_translations(schema, file.row)
    named = {"$schema": DIALECT, **schema, "title": file.name, "description": file.about}
    return json.dumps(named, indent=2, ensure_ascii=False) + "\n"


def _allow_translations(schema: dict[str, Any], row: type[Row]) -> None:
    """Let each text stand in other languages, too: `event_ru` beside `event`, and the same for the words of a list."""
    for inner in rows_within(row):
        shape = schema["$defs"][inner.__name__] if inner.__name__ in schema.get("$defs", {}) else schema
        if names := text_columns(inner):
            shape["patternProperties"] = {
                f"^({'|'.join(names)})_{TAG}$": {"anyOf": [{"type": "string"}, {"type": "array"}, {"type": "null"}]}
            }
        for field in shape["properties"].values():
            if field.get("type") == "object":
                field.pop("propertyNames", None)
