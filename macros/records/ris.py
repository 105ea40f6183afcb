"""A citation record in the RIS format."""

from __future__ import annotations

from macros.cite import Citation
from macros.names import sorted_name
from macros.records.identity import identities, makers, note


def ris(record: Citation) -> str:
    """Write an entry: `RPRT` for an edition, `CHAP` for a thing in it."""
    part = bool(record.part)
    lines = [
        ("TY", "CHAP" if part else "RPRT"),
        ("TI", record.name),
        ("T2", record.title if part else record.series),
        ("T3", record.series if part else ""),
        *(("AU", sorted_name(author)) for author in record.authors),
        ("A2", sorted_name(record.editor) if record.editor else ""),
        ("PB", record.institution),
        ("M1", record.number),
        ("ET", record.version),
        ("PY", record.year if record.year.isdigit() else ""),
        ("DA", f"{record.published:%Y/%m/%d}" if record.edition else ""),
        ("LA", record.language),
        ("SN", record.issn),
        ("DO", record.doi),
        ("UR", record.permalink),
        ("N1", note(record)),
        *(("C1", f"{maker.name}: {identity.address}") for maker in makers(record) for identity in identities(maker)),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - \n"
