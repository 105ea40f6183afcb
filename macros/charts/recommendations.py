"""Who is recommended what: addressees against themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import altair as alt
import pandas as pd

from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Links, NothingToDraw, drawing
from macros.charts._theme import GRID, POSITIVE, SOFT, TOTAL
from macros.charts._words import counted, wrapped
from macros.model import Recommendation

Cells = Mapping[tuple[str, str], list[Recommendation]]
ROW = 44
"""Height of a row in px."""


def draw(book: Book, volume: Volume | None, links: Links) -> Drawing:
    """A grid with a number in each cell, and beside it a dot whose area grows with it.

    Args:
        book: The book.
        volume: A policy paper; None: all that are published.
        links: Where the dots lead: to the first recommendation of the cell, in one paper.

    Returns:
        The drawing.

    Raises:
        NothingToDraw: There are no recommendations.
    """
    volumes = [volume] if volume else [one for one in book.volumes if one.publication.status == "published"]
    rows = [row for one in volumes for row in one.recommendations]
    if not rows:
        raise NothingToDraw("this publication has no recommendations" if volume else "no publication has recommendations")
    cells: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for row in rows:
        cells[row.addressee, row.theme].append(row)
    names = book.vocabularies
    addressees = {key: label for key, label in names.addressees.items() if any(key == one for one, _ in cells)}
    themes = {key: label for key, label in names.themes.items() if any(key == one for _, one in cells)}
    table = pd.DataFrame({"Theme": list(themes.values())})
    for addressee, label in addressees.items():
        table[label] = [len(cells.get((addressee, theme), ())) for theme in themes]
    data = pd.DataFrame(_cells(cells, addressees, themes, links if volume else None))
    papers = sum(1 for one in volumes if one.recommendations)
    said = sentence(cells, addressees, themes, papers)
    return drawing("recommendations", "Recommendations by addressee and theme", said, table, _chart(data, addressees, themes))


def _cells(
    cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], links: Links | None
) -> list[dict[str, str | int | None]]:
    found: list[dict[str, str | int | None]] = []
    for addressee, to in addressees.items():
        for theme, about in themes.items():
            here = cells.get((addressee, theme), [])
            titles = f": {'; '.join(row.title for row in here)}" if here else ""
            found.append(
                {
                    "addressee": to,
                    "theme": about,
                    "count": len(here),
                    "words": f"{to}, {about}: {counted(len(here), 'recommendation')}{titles if links else ''}",
                    "href": links.row(here[0].id) if links and here else None,
                }
            )
    return found


def _chart(data: pd.DataFrame, addressees: Mapping[str, str], themes: Mapping[str, str]) -> alt.LayerChart:
    letters = 42 // max(len(addressees), 1)
    lines = max(wrapped(label, letters).count("\n") for label in addressees.values()) + 1
    broken = {label: wrapped(label, letters) for label in addressees.values()}
    top = alt.Axis(orient="top", labelAngle=0, labelExpr="split(datum.label, '\\n')", labelLimit=300, domain=False, ticks=False)
    data = data.assign(addressee=[broken[label] for label in data["addressee"]])
    side = alt.Axis(grid=False, labelExpr="split(datum.label, '\\n')")
    data = data.assign(theme=[wrapped(label, 22) for label in data["theme"]])
    base = alt.Chart(data).encode(
        x=alt.X("addressee:N", sort=list(broken.values()), title=None, axis=top, scale=alt.Scale(padding=0)),
        y=alt.Y("theme:N", sort=[wrapped(label, 22) for label in themes.values()], title=None, axis=side, scale=alt.Scale(padding=0)),
    )
    most = int(data["count"].max())
    size = alt.Size("count:Q", scale=alt.Scale(domain=[0, most], range=[0, 760]), legend=None)
    dots = (
        base.transform_filter("datum.count > 0")
        .mark_point(shape="circle", color=POSITIVE, xOffset=-14, strokeWidth=0)
        .encode(size=size, href="href:N", description="words:N", tooltip=alt.Tooltip("words:N", title="Recommendations"))
    )
    number = base.transform_filter("datum.count > 0").mark_text(fontWeight="bold", fontSize=14, xOffset=16, aria=False)
    none = base.transform_filter("datum.count == 0").mark_text(color=SOFT, aria=False)
    return alt.layer(
        base.mark_rect(fill="transparent", stroke=GRID, aria=False), dots, number.encode(text="count:Q"), none.encode(text="count:Q")
    ).properties(width=TOTAL, height=ROW * len(themes) + 0 * lines, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def sentence(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], papers: int) -> str:
    """How many recommendations, and to whom and about what most of them are."""
    total = sum(len(rows) for rows in cells.values())
    source = f" in {counted(papers, 'paper')}" if papers > 1 else ""
    by_addressee = {key: sum(len(rows) for (one, _), rows in cells.items() if one == key) for key in addressees}
    by_theme = {key: sum(len(rows) for (_, one), rows in cells.items() if one == key) for key in themes}
    parts = [f"{counted(total, 'recommendation')}{source}."]
    for counts, labels, verb in ((by_addressee, addressees, "address"), (by_theme, themes, "are about")):
        most = max(counts.values())
        leading = [labels[key] for key, count in counts.items() if count == most]
        if len(leading) == 1 and len(counts) > 1:
            parts.append(f"Most ({most}) {verb} {leading[0]}." if verb == "address" else f"The commonest theme is {leading[0]} ({most}).")
    return " ".join(parts)
