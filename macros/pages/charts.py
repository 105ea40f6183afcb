"""One chart in a page: picture, sentence, table, downloads; interactive on demand."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image

from macros import indices
from macros.charts import Drawing, NothingToDraw, _theme, draw
from macros.language import gettext
from macros.pages import picture
from macros.pages.context import BuildContext, row_path
from macros.pages.embeds import embed
from macros.pages.html import Markup, render
from macros.target import relative

COLOURS = {
    _theme.INK: "var(--chart-ink)",
    _theme.SOFT: "var(--chart-soft)",
    _theme.GRID: "var(--chart-grid)",
    _theme.PAPER: "var(--chart-paper)",
    _theme.FAINT: "var(--faint)",
}
"""Colours of the theme that follow light, dark and print in the page's style sheet."""


def chart(context: BuildContext, chart: str, **arguments: Any) -> str:
    """A chart by name, of what its arguments say, with everything that belongs to it; its files are collected."""
    volume = context.volume or next(iter(context.book.issues if chart in OF_THE_ISSUE else ()), None)
    if volume is None and chart in OF_THE_ISSUE:
        return render("nothing", sentence=gettext("No issue is published yet."))
    series = arguments.get("relationship")
    if context.volume and series and not indices.scores_of(context.book, context.volume, series):
        return render("nothing", sentence=gettext("The chart follows when rows are entered."))
    try:
        drawing = draw(chart, context.book, volume, context.links, **arguments)
    except NothingToDraw as error:
        if context.volume and not context.volume.draft:
            raise
        sentence = gettext("Nothing to draw yet: %(reason)s.", reason=error)
        return render("nothing", sentence=sentence)  # a living page has its place before it has numbers
    if volume:
        context.show(volume)
    return figure(context, drawing)


VL_CONVERT = version("vl-convert-python")
OF_THE_ISSUE = {"board", "events", "running-total", "tension", "incidents"}
"""Charts that on the portal show the newest issue."""


def board(context: BuildContext) -> str:
    """The chart of all indices of the issue, on the portal of the newest one."""
    return chart(context, "board")


def figure(context: BuildContext, drawing: Drawing) -> str:
    """Put a drawing into the page and its files beside it."""
    name = f"charts/{drawing.name}"
    context.collected.charts.setdefault(drawing.id, (drawing.title, context.page.removeprefix(context.target.path)))
    context.collected.files[f"{name}.csv"] = drawing.table.to_csv(index=False, lineterminator="\n").encode()
    here = catalogue(context, drawing)
    wide, narrow = _pictures(context, drawing, name, here)
    return render(
        "chart",
        drawing=drawing,
        wide=Markup(wide),
        narrow=Markup(narrow),
        interactive=drawing.interactive,
        layers=drawing.words.points,
        embed=embed(context, drawing),
        path=context.link(f"{context.target.path}{name}"),
        site=context.book.series.site,
        colours=json.dumps({colour: name[4:-1] for colour, name in COLOURS.items()}),
        catalogue=here,
        columns=list(drawing.table.columns),
        rows=drawing.table.astype(object).where(drawing.table.notna(), "").values.tolist(),
        links=[_link(context, link) if link else "" for link in drawing.links],
    )


def _pictures(context: BuildContext, drawing: Drawing, name: str, catalogue: tuple[str, ...]) -> tuple[str, str]:
    """The wide and the narrow picture as they stand in the page, nothing where there is none; their files are collected."""
    if drawing.spec is None or drawing.narrow is None:
        return "", ""
    root, form = context.book.root, json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    spec, narrow = (f"{form.encode(part)}\n" for part in (drawing.spec, drawing.narrow))
    svg, small = _svg(root, spec), _svg(root, narrow)
    context.collected.files[f"{name}.svg"] = svg
    context.collected.files[f"{name}.png"] = cached(root, spec, "png", lambda: png(svg.decode()))
    context.collected.files[f"{name}.json"] = spec.encode()

    def inline(drawn: bytes, prefix: str) -> str:
        return picture.inline(drawn.decode(), prefix, f"{drawing.id}-title", COLOURS, partial(_link, context), catalogue)

    return inline(svg, drawing.id), inline(small, f"{drawing.id}-narrow")


def _svg(root: Path, spec: str) -> bytes:
    return cached(root, spec, "svg", lambda: str(vl_convert.vegalite_to_svg(spec)).encode())


def catalogue(context: BuildContext, drawing: Drawing) -> tuple[str, ...]:
    """Ids of the rows of a chart if they are a catalogue on the same page: nothing is said twice there."""
    stands = context.volume and drawing.rows and row_path(context, context.volume, drawing.rows[0]).startswith(f"{context.page}#")
    return drawing.rows if stands else ()


def _link(context: BuildContext, href: str) -> str:
    """An address of this site as a link from the page; any other address as it is."""
    site = context.book.series.site
    return relative(href.removeprefix(site), context.page) if href.startswith(site) else href


def png(svg: str, scale: float = 1.5) -> bytes:
    """A chart as a picture of dots, in 16 colours: charts have few, and it is a third as large so."""
    dots = Image.open(io.BytesIO(bytes(vl_convert.svg_to_png(svg, scale=scale)))).convert("RGB")
    written = io.BytesIO()
    dots.quantize(16, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def cached(root: Path, spec: str, kind: str, made: Callable[[], bytes]) -> bytes:
    """What vl-convert makes, from the cache; made if it is not there. Same source and program: same bytes.

    Args:
        root: The repository, which holds the cache.
        spec: What it is made of: a Vega-Lite specification.
        kind: Ending of the file.
    """
    key = hashlib.sha256(f"{VL_CONVERT} 10 {kind} {spec}".encode()).hexdigest()
    path = root / ".cache" / "charts" / f"{key}.{kind}"
    if path.is_file():
        return path.read_bytes()
    drawn = made()
    fresh = path.with_suffix(f".{os.getpid()}.tmp")  # two builders may draw the same chart at once
    with suppress(OSError):  # where nothing can be kept, it is drawn again; who writes the pages says what is wrong
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(drawn)
        fresh.replace(path)
    return drawn
