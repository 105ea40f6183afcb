"""Downloads, and what their files and fields mean."""

from __future__ import annotations

from decimal import Decimal

from macros.exports import codebook as code
from macros.exports.folder import PACKAGE, folder, tables_of, workbook_name
from macros.exports.tables import PROSE
from macros.language import gettext
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.target import archive_name, relative
from macros.words import plain


def downloads(context: BuildContext) -> str:
    """The tables of the publication, on the portal of all publications, as files to take away; a translation leads to those."""
    target = context.target.original
    if context.target.language:
        tables, sizes = tables_of(context.book, target), {}
    else:
        tables, files = folder(context.book, target)
        context.collected.files |= {f"data/{name}": content for name, content in files.items()}
        sizes = {name: plain(Decimal(f"{len(content) / 1024:.1f}")) for name, content in files.items()}
    shown = {name: gettext("%(number)s\u00a0KB", number=size) for name, size in sizes.items()}
    whole = [
        (workbook_name(target), gettext("every table as a sheet of one workbook")),
        ("codebook.csv", gettext("what each column means")),
        (PACKAGE, gettext("a description for programs, with the size and SHA-256 of each table (Data Package 2.0)")),
    ]
    archive = None
    if context.volume and target.edition:
        name = archive_name(context.book.own_title, context.volume.address, target.edition)
        archive = (name, context.link(target.path + name))
    series = context.book.series
    return render(
        "downloads",
        tables=tables,
        folder=relative(f"{target.path}data/", context.page),
        sizes=shown,
        whole=whole,
        archive=archive,
        licence=series.data_licence,
        text_licence=series.text_licence,
        prose=[table.name for table in tables if table.name in PROSE],
    )


def codebook(context: BuildContext) -> str:
    """Every file under data/ and every field in it."""
    return render("codebook", files=code.codebook(), schemas=context.link("schemas/"))


def vocabulary(context: BuildContext, vocabulary: str) -> str:
    """The words of one list of vocabularies.yml, with their labels."""
    listed = getattr(context.book.vocabularies, vocabulary)
    return render("vocabulary", words={key: getattr(value, "label", value) for key, value in listed.items()})
