"""JSON as this site writes it: letters as they are, so that equal values give equal bytes."""

from __future__ import annotations

import json
from typing import Any


def compact(value: Any) -> str:
    """Write a value without spaces, for programs alone.

    Raises:
        TypeError: It holds something that JSON has no form for.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def readable(value: Any, sort_keys: bool = False) -> str:
    """Write a value with a line for each entry, for people too, as a file that ends in a line break.

    Raises:
        TypeError: It holds something that JSON has no form for.
    """
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=sort_keys)}\n"
