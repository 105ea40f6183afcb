"""JSON Schemas of the files under data/, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from macros.model import FILES, DataFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The schema of each file: file name in docs/schemas/ -> text."""
    return {f"{file.name.partition('.')[0]}.json": _schema(file) for file in FILES}


def _schema(file: DataFile) -> str:
    shapes: dict[str, Any] = {"rows": list[file.row], "list": list[file.row], "keyed": dict[str, file.row], "whole": file.row}  # type: ignore[name-defined]
    schema = TypeAdapter(shapes[file.shape]).json_schema(mode="validation")
    named = {"$schema": DIALECT, **schema, "title": file.name, "description": file.about}
    return json.dumps(named, indent=2, ensure_ascii=False) + "\n"
