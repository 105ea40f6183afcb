"""Several files as one ZIP that tells nothing of the machine or the hour."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def write(files: Mapping[str, bytes], day: date) -> bytes:
    """Pack some files.

    Args:
        files: Path -> content.
        day: The date of every entry: that of the edition.

    Returns:
        The bytes of the ZIP, in order of path, each file readable by all.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
