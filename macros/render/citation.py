"""How to cite what stands on a page."""

from __future__ import annotations

from macros import cite
from macros.render.desk import Desk
from macros.render.html import render


def citation(desk: Desk) -> str:
    """Reference, permalink and BibTeX of the edition; on a cover, of the newest edition."""
    volume = desk.here
    record = cite.citation(desk.book, volume, desk.target.edition or volume.edition.number)
    return render("citation", record=record, reference=cite.reference(record), bibtex=cite.bibtex(record))
