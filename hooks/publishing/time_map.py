"""The TimeMap of a publication: its states, each with its address and its moment, for Memento clients (RFC 7089, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from hooks.publishing.manifest import Record
from macros.book import Book
from macros.dates import http_date
from macros.language import N_, gettext
from macros.target import TIMEMAP


def time_maps(book: Book, records: Sequence[Record]) -> dict[str, bytes]:
    """Write the TimeMap of every publication, in the format `application/link-format` (RFC 6690): path -> content."""
    ordered = sorted(records, key=lambda record: (record.address, record.number))
    return {
        f"{address}/{TIMEMAP}": _time_map(f"{book.series.site}{address}/", list(group))
        for address, group in groupby(ordered, lambda record: record.address)
    }


def _time_map(cover: str, records: Sequence[Record]) -> bytes:
    """The cover is the original; an edition that was withdrawn shows, and is listed as, the state of the day of its withdrawal."""
    days = [record.changed for record in records]
    span = {"from": _moment(min(days)), "until": _moment(max(days))}
    links = [_link(cover, {"rel": "original"}), _link(f"{cover}{TIMEMAP}", {"rel": "self", "type": "application/link-format", **span})]
    for at, record in enumerate(records):
        ends = ["first"] * (at == 0) + ["last"] * (at == len(records) - 1)
        withdrawn, stands = N_("Edition %(number)s of %(day)s, withdrawn: %(why)s"), N_("Edition %(number)s of %(day)s: %(why)s")
        given = {"number": record.number, "day": record.date, "why": record.withdrawn or record.note}
        facts = {"datetime": _moment(record.changed), "title": gettext(withdrawn if record.withdrawn else stands, **given)}
        links.append(_link(f"{cover}v{record.number}/", {"rel": " ".join([*ends, "memento"]), **facts}))
    return (",\n".join(links) + "\n").encode()


def _moment(day: str) -> str:
    return http_date(date.fromisoformat(day))


def _link(address: str, parameters: dict[str, str]) -> str:
    quoted = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in parameters.items()}
    return "; ".join([f"<{address}>", *(f'{name}="{value}"' for name, value in quoted.items())])
