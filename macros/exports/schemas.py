"""JSON Schemas of the files under data/, for editors that complete and check while one types."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from macros.model import FILES, DataFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The schema of each file: file name in docs/schemas/ -> text."""
    return {f"{file.name.partition('.')[0]}.json": _schema(file) for file in FILES}


def _schema(file: DataFile) -> str:
    adapter: TypeAdapter[object] = {
        "rows": TypeAdapter(list[file.row]),  # type: ignore[name-defined]
        "list": TypeAdapter(list[file.row]),  # type: ignore[name-defined]
        "keyed": TypeAdapter(dict[str, file.row]),  # type: ignore[name-defined]
        "whole": TypeAdapter(file.row),
    }[file.shape]
    schema = {"$schema": DIALECT, "title": file.name, "description": file.about, **adapter.json_schema(mode="validation")}
    return json.dumps(schema | {"title": file.name}, indent=2, ensure_ascii=False) + "\n"
