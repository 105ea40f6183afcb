"""One chart in a page: picture, sentence, table, downloads; interactive on demand."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image

from macros.book import Volume
from macros.charts import Drawing, NothingToDraw, _theme, card, draw
from macros.charts._lean import linked
from macros.render import packed, picture
from macros.render.desk import Desk, row_path
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
    volume = desk.volume or next(iter(desk.book.issues if chart in OF_THE_ISSUE else ()), None)
    if volume is None and chart in OF_THE_ISSUE:
        return render("nothing", sentence="No issue is published yet.")
    try:
        drawing = draw(chart, desk.book, volume, desk.links, **arguments)
    except NothingToDraw as error:
        if desk.volume:
            raise
        return render("nothing", sentence=f"Nothing to draw yet: {error}.")  # a living page has its place before it has numbers
    if volume:
        desk.show(volume)
    return figure(desk, drawing)


def card_picture(desk: Desk, volume: Volume) -> bytes:
    """The card of a publication as a picture of 1200 by 630 dots, the size that Open Graph readers show whole."""
    spec = json.dumps(card.spec(desk.book, volume), sort_keys=True, ensure_ascii=False)
    return cached(desk.book.root, spec, "card.png", lambda: png(vl_convert.vegalite_to_svg(spec), scale=1))


USUAL_TEXT = (("font-size", "12px"), ("fill", _theme.SOFT))
"""What most texts of a chart are; a picture says it once, and in a page the style sheet does."""
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
    desk.charts.setdefault(drawing.id, (drawing.title, desk.page.removeprefix(desk.target.path)))
    desk.files[f"{name}.csv"] = drawing.table.to_csv(index=False, lineterminator="\n").encode()
    here = catalogue(desk, drawing)
    return render(
        "chart",
        drawing=drawing,
        picture=Markup(_picture(desk, drawing, name, here)),
        path=desk.link(f"{desk.target.path}{name}"),
        catalogue=here,
        columns=list(drawing.table.columns),
        rows=drawing.table.astype(object).where(drawing.table.notna(), "").values.tolist(),
    )


def _picture(desk: Desk, drawing: Drawing, name: str, catalogue: tuple[str, ...]) -> str:
    """Draw a chart, leave its files on the desk, and give the picture as it stands in the page; nothing where there is none."""
    if drawing.spec is None:
        return ""
    spec = compact(drawing.spec)
    drawn = cache(lambda: str(vl_convert.vegalite_to_svg(spec)))
    svg = cached(desk.book.root, spec, "svg", lambda: picture.slim(drawn(), USUAL_TEXT).encode())
    desk.files[f"{name}.svg"] = svg
    level = packed.LIVING if desk.target.kind == "portal" else packed.PICTURE
    desk.dots[f"{name}.png"] = partial(cached, desk.book.root, spec, f"{level}.png", lambda: png(drawn(), level=level))
    desk.files[f"{name}.json"] = (compact(linked(drawing.spec)) + "\n").encode()
    desk.live[drawing.id] = live(
        cached(desk.book.root, spec, "vega", lambda: vega(spec)).decode(), lambda href: _from(desk, href, desk.target.path)
    )
    return picture.inline(svg.decode(), drawing.id, COLOURS, lambda href: _from(desk, href, desk.page), USUAL_TEXT, catalogue)


def catalogue(desk: Desk, drawing: Drawing) -> tuple[str, ...]:
    """Ids of the rows of a chart if they are a catalogue on the same page: nothing is said twice there."""
    stands = desk.volume and drawing.rows and row_path(desk, desk.volume, drawing.rows[0]).startswith(f"{desk.page}#")
    return drawing.rows if stands else ()


def _from(desk: Desk, href: str, page: str) -> str:
    """An address of this site as a link from a page; any other address as it is."""
    site = desk.book.series.site
    return relative(href.removeprefix(site), page) if href.startswith(site) else href


def vega(spec: str) -> bytes:
    """A Vega-Lite specification compiled for Vega, so that no reader has to load the compiler."""
    return compact(vl_convert.vegalite_to_vega(spec)).encode()


def compact(value: Any) -> str:
    """JSON without spaces, always in the same order."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def live(spec: str, link: Callable[[str], str]) -> Any:
    """A chart that is drawn anew in the page: it takes the page's colours, and its links lead from here.

    Args:
        spec: The Vega specification.
        link: Address of a link in the chart -> address from the root of the build.

    Returns:
        The specification; colours that follow the page are `var(--name)`, which the page's script looks up.
    """
    for colour, variable in COLOURS.items():
        spec = spec.replace(f'"{colour}"', f'"{variable}"')
    return json.loads(spec, object_hook=lambda row: {**row, "href": link(row["href"])} if isinstance(row.get("href"), str) else row)


def png(svg: str, scale: float = 1.5, level: int = packed.PICTURE) -> bytes:
    """A chart as a picture of dots, in 16 colours: charts have few.

    Args:
        svg: The chart, as vl-convert draws it.
        scale: How much larger than on the page.
        level: How hard to look for few bytes.

    Returns:
        A PNG file.
    """
    dots = Image.open(io.BytesIO(bytes(vl_convert.svg_to_png(svg, scale=scale)))).convert("RGB")
    return packed.png(dots.quantize(16, dither=Image.Dither.NONE), level)


def cached(root: Path, spec: str, kind: str, made: Callable[[], bytes]) -> bytes:
    """What vl-convert makes, from the cache; made if it is not there. Same source and program: same bytes.

    Args:
        root: The repository, which holds the cache.
        spec: What it is made of: a Vega-Lite specification, or the names of parts of Vega.
        kind: Ending of the file.
        made: Makes it.

    Returns:
        The bytes.
    """
    key = hashlib.sha256(f"{VL_CONVERT} 7 {kind} {spec}".encode()).hexdigest()
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
