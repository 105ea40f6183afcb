"""The PDFs of an edition, whole and of each section: its finished pages, set by WeasyPrint with the fonts of locked packages."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hooks.publishing.print_copy import SHAPES, Leaf, halves, leaves
from macros import cite, words
from macros.book import Book
from macros.pages import kinds
from macros.pages.catalogue import SHAPES as PAGE_SHAPES
from macros.pages.context import BuildContext
from macros.pages.html import Markup, render, unbroken
from macros.pages.overview import overview
from macros.target import Target, pdf_name

STYLE = Path(__file__).with_name("print.css")
VARIANT = "pdf/a-3a"
"""PDF/A-3 at level A: all that level U asks, and tagged."""
PDF_UA = Path(__file__).with_name("pdf_ua.xmp")
"""Metadata: that a file follows PDF/UA-1, and, as PDF/A asks, what that says."""
FONTS = (
    ("Print Serif", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", "normal", 400),
    ("Print Serif", "font_source_serif_pro", "SourceSerifPro-It.ttf", "italic", 400),
    ("Print Serif", "font_source_serif_pro", "SourceSerifPro-Bold.ttf", "normal", 700),
    ("Print Serif", "font_source_serif_pro", "SourceSerifPro-BoldIt.ttf", "italic", 700),
    ("Print Sans", "font_roboto", "Roboto-Regular.ttf", "normal", 400),
    ("Print Sans", "font_roboto", "Roboto-Italic.ttf", "italic", 400),
    ("Print Sans", "font_roboto", "Roboto-Bold.ttf", "normal", 700),
    ("Print Sans", "font_roboto", "Roboto-BoldItalic.ttf", "italic", 700),
)
"""Family, package, file, style and weight. The machine's own fonts only lend letters that these do not hold."""


def wanted() -> bool:
    """Whether PDFs are wanted: `BAROMETER_PDF=no` in the environment asks for none."""
    return os.environ.get("BAROMETER_PDF") != "no"


@cache
def missing() -> str:
    """Why no PDF can be made here, and what to do; empty where one can."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):  # it prints a page of advice
            import weasyprint  # noqa: F401 - slow, and only PDFs need it
    except (ImportError, OSError):
        return (
            "no PDFs: WeasyPrint does not find the system libraries that it needs; the site is built without them. "
            "On Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )
    return ""


def printable(targets: Iterable[Target], report: Callable[[str], None]) -> frozenset[str]:
    """The editions among some targets that are made as PDF too; says once why where none can be.

    Args:
        targets: What is going to be built.
        report: Told what is missing.
    """
    editions = frozenset(target.path for target in targets if target.kind == "edition")
    if not (editions and wanted()):
        return frozenset()
    why = missing()
    if why:
        report(why)
        return frozenset()
    return editions


@dataclass(frozen=True)
class PrintCopy:
    """An edition as one document.

    Attributes:
        html: What needs no other file but the style sheet for print.
        sections: The pages that have a PDF of their own.
        addresses: Where each place in it is on the web, by its id.
    """

    html: str
    sections: tuple[Leaf, ...]
    addresses: Mapping[str, str]


def write(book: Book, target: Target, folder: Path) -> None:
    """Make the PDFs of an edition from its pages and put each beside its page.

    Args:
        folder: Its pages, built.
    """
    copy_for_print = document(book, target, folder)
    with _without_collection():
        drawn = _drawn(copy_for_print.html)
        (folder / pdf_name(target.path)).write_bytes(_tagged(drawn, copy_for_print.html))
        for section in copy_for_print.sections:
            pdf = _tagged(_offprint(drawn, section, copy_for_print.addresses), f"{copy_for_print.html}{section.name}")
            (folder / section.url / pdf_name(target.path + section.url)).write_bytes(pdf)


def document(book: Book, target: Target, folder: Path) -> PrintCopy:
    """The whole edition as one document.

    Args:
        folder: Its pages, built.
    """
    volume = book.volume(target.address)
    context = BuildContext(book, target).at("")
    record = cite.citation(book, volume, target.edition)
    pages = leaves(folder, record.permalink)
    names = cite.sections(book, volume)
    html = unbroken(
        render(
            "print",
            series=book.series,
            publication=volume.publication,
            kind=kinds.kind_of_publication(volume.publication.kind),
            title=words.label(volume),
            people=words.people(volume.publication),
            when=words.when(volume.publication),
            record=record,
            reference=cite.chicago(record),
            original=cite.chicago(record.source) if record.source else "",
            cover=f"{book.series.site}{volume.address}/",
            generator=f"{book.series.title}; Pango {pango()}",
            shapes={name: shape.translate(SHAPES) for name, shape in PAGE_SHAPES.items()},
            sections=overview(context, volume),
            anchors={leaf.url: leaf.name for leaf in pages},
            leaves=pages,
            contents=halves(pages),
            texts=[Markup(leaf.html) for leaf in pages],
        )
    )
    addresses = {anchor: record.permalink + address for leaf in pages for anchor, address in leaf.addresses.items()}
    return PrintCopy(html, tuple(leaf for leaf in pages if leaf.url.strip("/") in names), addresses)


def pango() -> str:
    """Version of the library that sets the text: with another one, lines may break elsewhere."""
    from weasyprint.text.ffi import pango as library

    number = int(library.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def make(copy_for_print: PrintCopy) -> bytes:
    """An edition as one PDF; equal documents give equal bytes."""
    with _without_collection():
        return _tagged(_drawn(copy_for_print.html), copy_for_print.html)


def _drawn(html: str) -> Any:
    """The pages of a document, laid out; its metadata are the PDF's."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts, local = FontConfiguration(), URLFetcher(allowed_protocols={"file", "data"})
    sheets = [CSS(string=faces() + STYLE.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=local)]
    return HTML(string=html, url_fetcher=local).render(stylesheets=sheets, font_config=fonts)


def _tagged(drawn: Any, text: str) -> bytes:
    """Some pages as a tagged PDF (PDF/A-3a and PDF/UA-1), identified by what they were made of."""
    identifier = hashlib.sha256(f"{STYLE.read_text(encoding='utf-8')}{text}".encode()).digest()[:16]
    pdf: bytes = drawn.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_identify)
    return pdf


def _offprint(drawn: Any, section: Leaf, addresses: Mapping[str, str]) -> Any:
    """The pages on which a section stands, as a document of its own; links to other pages lead to the web."""
    pages = [copy(page) for page in drawn.pages if section.name in page.anchors]
    here = {anchor for page in pages for anchor in page.anchors}
    for page in pages:
        page.links = [
            ("external", addresses[target], *drawn_as) if kind == "internal" and target not in here else (kind, target, *drawn_as)
            for kind, target, *drawn_as in page.links
        ]
    part = drawn.copy(pages)
    part.metadata = copy(drawn.metadata)
    part.metadata.title = f"{section.title} · {drawn.metadata.title}"
    return part


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Collect no garbage: a document is hardly any until it is written, and to look for it a thousand times takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _identify(_: object, pdf: Any) -> None:
    """Say in the metadata that the file follows PDF/UA-1 as well: WeasyPrint writes there the one variant that it is given."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    whole = b"".join(metadata.stream)
    metadata.stream = [whole.replace(b"</rdf:RDF>", PDF_UA.read_bytes() + b"</rdf:RDF>")]


def faces() -> str:
    """The fonts of the PDF, as CSS."""
    return "".join(
        f"@font-face{{font-family:'{family}';src:url('{_font(package, name).as_uri()}');font-style:{style};font-weight:{weight}}}\n"
        for family, package, name, style, weight in FONTS
    )


def _font(package: str, name: str) -> Path:
    return Path(str(files(package))) / "files" / name
