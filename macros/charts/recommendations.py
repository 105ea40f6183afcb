"""Who is recommended what: addressees against themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

import altair as alt
import pandas as pd

from macros.book import Book, Volume
from macros.charts._drawing import Drawing, Link, Links, NothingToDraw, drawing, layered
from macros.charts._theme import GRID, POSITIVE, SOFT, TOTAL
from macros.charts._words import wrapped
from macros.model import Recommendation
from macros.words import counted

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
    volumes = [volume] if volume else book.published
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
    data = pd.DataFrame(_cells(cells, addressees, themes, partial(links.row, volume) if volume else None))
    papers = sum(1 for one in volumes if one.recommendations)
    said = sentence(cells, addressees, themes, papers)
    return drawing("recommendations", "Recommendations by addressee and theme", said, table, _chart(data, addressees, themes))


def _cells(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], link: Link | None) -> list[dict[str, str | int | None]]:
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
                    "words": f"{to}, {about}: {counted(len(here), 'recommendation')}{titles if link else ''}",
                    "href": link(here[0].id) if link and here else "",
                }
            )
    return found


def _chart(data: pd.DataFrame, addressees: Mapping[str, str], themes: Mapping[str, str]) -> alt.LayerChart:
    letters = 48 // len(addressees)
    broken = {label: wrapped(label, letters) for label in addressees.values()}
    data = data.assign(addressee=[broken[label] for label in data["addressee"]])
    side = alt.Axis(grid=False, labelLimit=200, labelPadding=6)
    base = alt.Chart(data).encode(
        x=alt.X("addressee:N", sort=list(broken.values()), title=None, axis=_headings(broken.values()), scale=alt.Scale(padding=0)),
        y=alt.Y("theme:N", sort=list(themes.values()), title=None, axis=side, scale=alt.Scale(padding=0)),
    )
    some, none = base.transform_filter("datum.count > 0"), base.transform_filter("datum.count == 0")
    dots = some.mark_point(shape="circle", color=POSITIVE, xOffset=-14, strokeWidth=0).encode(
        size=alt.Size("count:Q", scale=alt.Scale(domain=[0, int(data["count"].max())], range=[0, 760]), legend=None),
        href=alt.Href("href:N"),
        description=alt.Description("words:N"),
        tooltip=alt.Tooltip("words:N", title="Recommendations"),
    )
    numbers = some.mark_text(fontWeight="bold", fontSize=14, xOffset=16, aria=False).encode(text=alt.Text("count:Q"))
    zeros = none.mark_text(color=SOFT, aria=False).encode(text=alt.Text("count:Q"))
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    cells = base.mark_rect(fill="transparent", stroke=GRID, aria=False)
    return layered(cells, dots, numbers, zeros).properties(width=TOTAL, height=ROW * len(themes), autosize=fit)


def _headings(labels: Iterable[str]) -> alt.Axis:
    """The x axis above the grid, with room for labels of several lines."""
    room = 14 * max(label.count("\n") for label in labels) + 6
    lines = "split(datum.label, '\\n')"
    return alt.Axis(orient="top", labelAngle=0, labelExpr=lines, labelLimit=300, labelPadding=room, domain=False, ticks=False)


def sentence(cells: Cells, addressees: Mapping[str, str], themes: Mapping[str, str], papers: int) -> str:
    """How many recommendations, and to whom and about what most of them are.

    Args:
        cells: Recommendations by addressee and theme.
        addressees: Labels of addressees.
        themes: Labels of themes.
        papers: Of how many papers.

    Returns:
        One or more sentences.
    """
    source = f" in {counted(papers, 'paper')}" if papers > 1 else ""
    parts = [f"{counted(sum(len(rows) for rows in cells.values()), 'recommendation')}{source}."]
    for place, labels, every, some, any_other in (
        (0, addressees, "All are addressed to", "Addressed to", "more than to anybody else"),
        (1, themes, "Theme of all", "Theme", "more than on any other"),
    ):
        counts = {label: sum(len(rows) for cell, rows in cells.items() if cell[place] == key) for key, label in labels.items()}
        leading = [label for label, count in counts.items() if count == max(counts.values())]
        if len(counts) == 1:
            parts.append(f"{every}: {leading[0]}.")
        elif len(leading) < 3:
            number = f"{counts[leading[0]]}{' each' if len(leading) > 1 else f', {any_other}'}"
            parts.append(f"{some}: {'; '.join(leading)} ({number}).")
    return " ".join(parts)
