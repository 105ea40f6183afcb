"""What several records say in the same way: who is named in them, identifiers, dates, and the note on the original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.cite import Citation, chicago
from macros.creators import Creator, Person
from macros.dates import Moment
from macros.identifiers import ISNI_SITE, ORCID_SITE, ROR_SITE, grouped
from macros.language import gettext


@dataclass(frozen=True)
class Identity:
    """An identifier of a person or body: ORCID, ISNI or ROR, and the address of the registry, to which the value is added."""

    scheme: str
    value: str
    site: str

    @property
    def address(self) -> str:
        """The identifier as an address."""
        return self.site + self.value

    @property
    def shown(self) -> str:
        """The identifier as people read it."""
        return grouped(self.value) if self.scheme == "ISNI" else self.value


def identities(creator: Creator) -> Iterator[Identity]:
    """Give the identifiers of a person or body; none where none are stated."""
    given = {"ORCID": creator.orcid} if isinstance(creator, Person) else {"ROR": creator.ror, "ISNI": creator.isni}
    sites = {"ORCID": ORCID_SITE, "ROR": ROR_SITE, "ISNI": ISNI_SITE}
    yield from (Identity(scheme, value, sites[scheme]) for scheme, value in given.items() if value)


def makers(record: Citation) -> tuple[Creator, ...]:
    """Authors, editor and publisher, each once."""
    return tuple(dict.fromkeys((*record.authors, *([record.editor] if record.editor else []), record.publisher)))


def edtf(moment: Moment) -> str:
    """A year, month or day as EDTF writes it."""
    return "-".join([f"{moment.year:04d}", *(f"{part:02d}" for part in (moment.month, moment.day) if part)])


def note(record: Citation) -> str:
    """What a reference to a digest says besides of the original: its own reference in the manner of Chicago."""
    return gettext("Digest of: %(reference)s", reference=chicago(record.source)) if record.source else ""
