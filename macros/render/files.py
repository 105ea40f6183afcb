"""Downloads, and what their files and fields mean."""

from __future__ import annotations

from macros.exports import codebook as code
from macros.exports import csv_file
from macros.exports.tables import downloads as tables
from macros.render.desk import Desk
from macros.render.html import render
from macros.target import archive_name


def downloads(desk: Desk) -> str:
    """The tables of the publication, on the portal of all publications, as files to take away."""
    volumes = [desk.volume] if desk.volume else desk.book.published
    rows = []
    for table in tables(desk.book, volumes):
        path = f"data/{table.name}.csv"
        desk.files[path] = csv_file.write(table)
        rows.append((table, desk.link(desk.target.path + path), len(desk.files[path])))
    volume = desk.volume
    archive = None
    if volume and desk.target.edition:
        name = archive_name(desk.book.series.title, volume.address, desk.target.edition)
        archive = (name, desk.link(desk.target.path + name))
    return render("downloads", rows=rows, licence=desk.book.series.data_licence, archive=archive)


def codebook(desk: Desk) -> str:
    """Every file under data/ and every field in it."""
    return render("codebook", files=code.codebook(), schemas=desk.link("schemas/"))


def vocabulary(desk: Desk, vocabulary: str) -> str:
    """The words of one list of vocabularies.yml, with their labels."""
    listed = getattr(desk.book.vocabularies, vocabulary)
    return render("vocabulary", words={key: getattr(value, "label", value) for key, value in listed.items()})
