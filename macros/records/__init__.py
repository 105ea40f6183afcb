"""A citation record -> every form that programs read: for readers who keep references, and for libraries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from macros.cite import Citation
from macros.records.bibtex import bibtex
from macros.records.crossref import CROSSREF, crossref
from macros.records.csl_json import csl_json
from macros.records.datacite import KERNEL, datacite_json
from macros.records.datacite_xml import datacite_xml
from macros.records.dublin_core import OAI_DC, dublin_core
from macros.records.mods import MODS, mods
from macros.records.ris import ris


@dataclass(frozen=True)
class Format:
    """One form of a record.

    Attributes:
        ending: What its files end in.
        type: Its media type.
        write: What writes it: nothing where the record lacks what the form requires.
        profile: Address that names the form, where its media type does not.
    """

    ending: str
    label: str
    type: str
    write: Callable[[Citation], str]
    profile: str = ""


REFERENCES = (
    Format("bib", "BibTeX", "application/x-bibtex", bibtex),
    Format("ris", "RIS", "application/x-research-info-systems", ris),
    Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", lambda record: csl_json([record])),
)
"""What every page, and every row, has."""
RECORDS = (
    Format("datacite.json", "DataCite JSON", "application/vnd.datacite.datacite+json", datacite_json, KERNEL),
    Format("datacite.xml", "DataCite XML", "application/vnd.datacite.datacite+xml", datacite_xml, KERNEL),
    Format("mods.xml", "MODS", "application/mods+xml", mods, MODS),
    Format("dc.xml", "Dublin Core", "application/xml", dublin_core, OAI_DC),
    Format("crossref.xml", "Crossref deposit", "application/xml", crossref, CROSSREF),
)
"""What an edition as a whole has beside."""
LASTING = RECORDS[:-1]
"""Those that every edition has, whether or not it has a DOI."""


def written(record: Citation, formats: tuple[Format, ...]) -> dict[Format, str]:
    """Write a record in some forms: form -> text, without the forms that the record lacks something for."""
    texts = {form: form.write(record) for form in formats}
    return {form: text for form, text in texts.items() if text}


__all__ = ["LASTING", "RECORDS", "REFERENCES", "Format", "written"]
