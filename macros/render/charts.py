"""One chart in a page: picture, sentence, table, downloads; interactive on demand."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image

from macros.charts import CHARTS, Drawing, NothingToDraw, _theme
from macros.render.desk import Desk
from macros.render.html import Markup, render
from macros.target import relative

COLOURS = {
    _theme.INK: "var(--chart-ink)",
    _theme.SOFT: "var(--chart-soft)",
    _theme.GRID: "var(--chart-grid)",
    _theme.PAPER: "var(--chart-paper)",
}
"""Colours of the theme that follow light, dark and print in the page's style sheet."""


def chart(desk: Desk, chart: str, **arguments: Any) -> str:
    """A chart by name, with everything that belongs to it.

    Args:
        desk: Where the page stands.
        chart: Name of the chart.
        **arguments: What that chart is drawn of, such as `series="all"`.

    Returns:
        A `figure` element; the chart's files are left on the desk.
    """
    volume = desk.volume or (desk.book.issues[0] if chart in OF_THE_ISSUE else None)
    try:
        drawing = CHARTS[chart](desk.book, volume, desk.links, **arguments)
    except NothingToDraw as error:
        if desk.volume:
            raise
        return render("nothing", why=str(error))  # a living page has its place before it has numbers
    return figure(desk, drawing)


VL_CONVERT = version("vl-convert-python")
OF_THE_ISSUE = {"board", "events", "running-total", "tension", "incidents"}
"""Charts that on the portal show the newest issue."""


def board(desk: Desk) -> str:
    """The chart of all indices of the issue, on the portal of the newest one."""
    return chart(desk, "board")


def figure(desk: Desk, drawing: Drawing) -> str:
    """Put a drawing into the page and its files beside it.

    Args:
        desk: Where the page stands.
        drawing: The chart.

    Returns:
        A `figure` element.
    """
    name = f"charts/{drawing.id.removeprefix('chart-')}"
    spec = json.dumps(drawing.spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    svg = cached(desk.book.root, spec, "svg", lambda: vl_convert.vegalite_to_svg(spec).encode())
    desk.files[f"{name}.svg"] = svg
    desk.files[f"{name}.png"] = cached(desk.book.root, spec, "png", lambda: png(spec))
    desk.files[f"{name}.json"] = (spec + "\n").encode()
    desk.files[f"{name}.csv"] = drawing.table.to_csv(index=False, lineterminator="\n").encode()
    path = desk.link(f"{desk.target.path}{name}")
    return render(
        "chart",
        drawing=drawing,
        picture=Markup(inline(svg.decode(), drawing, desk)),
        path=path,
        root=desk.link(""),
        site=desk.book.series.site,
        colours=json.dumps({colour: value[4:-1] for colour, value in COLOURS.items()}),
        columns=list(drawing.table.columns),
        rows=drawing.table.astype(object).where(drawing.table.notna(), "").values.tolist(),
    )


def png(spec: str) -> bytes:
    """A chart as a picture of dots, twice its size on the page, in 32 colours: charts have few."""
    picture = Image.open(io.BytesIO(bytes(vl_convert.vegalite_to_png(spec, scale=2)))).convert("RGB")
    content = io.BytesIO()
    picture.quantize(32, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def cached(root: Path, spec: str, kind: str, draw: Callable[[], bytes]) -> bytes:
    """A picture from the cache, drawn if it is not there. Same spec and program: same picture.

    Args:
        root: The repository, which holds the cache.
        spec: The Vega-Lite specification.
        kind: svg or png.
        draw: Makes the picture.

    Returns:
        The picture.
    """
    key = hashlib.sha256(f"{VL_CONVERT} 2 {kind} {spec}".encode()).hexdigest()
    path = root / ".cache" / "charts" / f"{key}.{kind}"
    if path.is_file():
        return path.read_bytes()
    picture = draw()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{hashlib.sha256(picture).hexdigest()[:8]}.tmp")
    fresh.write_bytes(picture)
    fresh.replace(path)
    return picture


def inline(svg: str, drawing: Drawing, desk: Desk) -> str:
    """A picture made fit to stand in a page.

    Ids are made the chart's own, colours follow the page, links are relative, and what a screen
    reader would stumble over is taken out: the sentence and the table say the same better.

    Args:
        svg: The picture as vl-convert draws it.
        drawing: The chart.
        desk: Where the page stands.

    Returns:
        An `svg` element.
    """
    links = "xlink:href" in svg
    svg = re.sub(r' width="[\d.]+" height="[\d.]+" viewBox', " viewBox", svg, count=1)
    role = 'role="group"' if links else 'role="img"'
    svg = svg.replace("<svg ", f'<svg {role} aria-labelledby="{drawing.id}-title" ', 1)
    svg = re.sub(r' xmlns(:xlink)?="[^"]*"| version="1.1"', "", svg)
    svg = re.sub(r' font-family="[^"]*"| opacity="1"| pointer-events="none"|<path class="background"[^>]*/>', "", svg)
    svg = re.sub(r"(\d\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r' class="(?:mark|role)-[^"]*"|<g></g>', "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{drawing.id}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{drawing.id}-\1)", svg)
    svg = re.sub(r' role="graphics-[a-z]+"| aria-roledescription="[^"]*"| aria-hidden="true"| pointer-events="none"', "", svg)
    svg = re.sub(r"(<a [^>]*>)\s*(<[^>]*?) aria-label=\"([^\"]*)\"", _named_link, svg)
    svg = re.sub(r' aria-label="[^"]*"(?![^<]*</a>)', _unless_link, svg)
    for colour, value in COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"{value}"')
    site = re.escape(desk.book.series.site)
    svg = re.sub(rf'xlink:href="{site}([^"]*)"', lambda match: f'href="{relative(match[1], desk.page)}"', svg)
    svg = re.sub(r'<a (?:xlink:)?href="[^"]*">(<[^<>]*/>)</a>', r"\1", svg)  # a line without words, beside a mark with the same link
    return svg.replace("xlink:href", "href").replace("\n", "")


def _named_link(match: re.Match[str]) -> str:
    return f'{match[1][:-1]} aria-label="{match[3]}">{match[2]}'


def _unless_link(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    return match[0] if before.rpartition("<")[2].startswith("a ") or before.rpartition("<")[2].startswith("svg ") else ""
