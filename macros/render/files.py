"""Downloads, and what their files and fields mean."""

from __future__ import annotations

from macros.exports import codebook as code
from macros.exports.folder import PACKAGE, folder, workbook_name
from macros.exports.tables import PROSE
from macros.render.desk import Desk
from macros.render.html import render
from macros.target import archive_name


def downloads(desk: Desk) -> str:
    """The tables of the publication, on the portal of all publications, as files to take away."""
    tables, files = folder(desk.book, desk.target)
    place = f"{desk.target.path}data/"
    desk.files |= {f"data/{name}": content for name, content in files.items()}
    listed = {name: (desk.link(place + name), f"{len(content) / 1024:.1f}\u00a0KB") for name, content in files.items()}
    whole = [
        (workbook_name(desk.target), "every table as a sheet of one workbook"),
        ("codebook.csv", "what each column means"),
        (PACKAGE, "the same for programs, with size and SHA-256 of each file (Data Package 2.0)"),
    ]
    archive = None
    if desk.volume and desk.target.edition:
        name = archive_name(desk.book.series.title, desk.volume.address, desk.target.edition)
        archive = (name, desk.link(desk.target.path + name))
    series = desk.book.series
    prose = [table.name for table in tables if table.name in PROSE]
    return render(
        "downloads",
        tables=tables,
        files=listed,
        whole=whole,
        archive=archive,
        licence=series.data_licence,
        text_licence=series.text_licence,
        prose=prose,
    )


def codebook(desk: Desk) -> str:
    """Every file under data/ and every field in it."""
    return render("codebook", files=code.codebook(), schemas=desk.link("schemas/"))


def vocabulary(desk: Desk, vocabulary: str) -> str:
    """The words of one list of vocabularies.yml, with their labels."""
    listed = getattr(desk.book.vocabularies, vocabulary)
    return render("vocabulary", words={key: getattr(value, "label", value) for key, value in listed.items()})
