"""Of which media type (IANA) a file is, by its ending."""

from __future__ import annotations

MEDIA = {
    "bib": "application/x-bibtex",
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "application/x-research-info-systems",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "yml": "application/yaml",
    "gz": "application/gzip",
    "zip": "application/zip",
}
"""Our own list: that of the machine differs from the next machine's."""


def media_type(name: str) -> str:
    """The media type of a file, by its name or path; that of any bytes where the ending is unknown."""
    return MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
