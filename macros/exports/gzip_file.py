"""A text as the page's scripts unpack it: a third of its size, since every edition carries its own."""

from __future__ import annotations

import gzip
import json
from typing import Any


def write(content: Any) -> bytes:
    """Compress a text, or anything else as JSON.

    Args:
        content: What a script reads.

    Returns:
        The bytes of the file, which tells nothing of the hour.
    """
    text = content if isinstance(content, str) else json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), 9, mtime=0)
