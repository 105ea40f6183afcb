"""One PDF of an edition: its finished pages, set by WeasyPrint with the fonts of locked packages."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hooks.publishing.print_copy import SHAPES, halves, leaves
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


def write(book: Book, target: Target, folder: Path) -> None:
    """Make the PDF of an edition from its pages and put it beside them.

    Args:
        folder: Its pages, built.
    """
    (folder / pdf_name(target.path)).write_bytes(make(document(book, target, folder)))


def document(book: Book, target: Target, folder: Path) -> str:
    """The whole edition as one HTML document.

    Args:
        folder: Its pages, built.

    Returns:
        HTML that needs no other file but the style sheet for print.
    """
    volume = book.volume(target.address)
    context = BuildContext(book, target).at("")
    record = cite.citation(book, volume, target.edition)
    pages = leaves(folder, record.permalink)
    return unbroken(
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


def pango() -> str:
    """Version of the library that sets the text: with another one, lines may break elsewhere."""
    from weasyprint.text.ffi import pango as library

    number = int(library.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def make(text: str) -> bytes:
    """An HTML document as a tagged PDF (PDF/A-3a and PDF/UA-1); equal documents give equal bytes.

    Args:
        text: The document; its metadata are the PDF's.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    style, fonts = STYLE.read_text(encoding="utf-8"), FontConfiguration()
    local = URLFetcher(allowed_protocols={"file", "data"})
    sheets = [CSS(string=faces() + style, font_config=fonts, url_fetcher=local)]
    identifier = hashlib.sha256((style + text).encode()).digest()[:16]
    with _without_collection():
        drawn = HTML(string=text, url_fetcher=local).render(stylesheets=sheets, font_config=fonts)
        pdf: bytes = drawn.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_identify)
    return pdf


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
