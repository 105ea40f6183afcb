"""JSON as this program writes it for programs that people look into: one value a line, every letter as it is."""

from __future__ import annotations

import json
from typing import Any


def json_text(value: Any, sort_keys: bool = False) -> str:
    """Write a value as a JSON document; with sorted keys, equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=sort_keys) + "\n"
