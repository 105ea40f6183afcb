"""What a chart shows when there is more than it can show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.book import Book
from macros.charts import CHARTS, Drawing, trade
from macros.charts._issues import marks
from macros.charts._letters import length, lines
from macros.charts._sheet import Box, Sheet, text_box
from macros.charts._theme import NARROW, WIDE
from macros.charts.history import MANY, SMALL, _panels
from macros.dates import parse
from macros.indices import Known
from macros.pages import BuildContext, charts
from macros.pages.explorer import FULL
from macros.pages.figures import trade_with
from macros.target import Target

PARTNER = "veldia"


def test_a_trade_chart_shows_whole_periods_and_says_what_it_leaves_to_the_table(fixture_book: Book) -> None:
    volume = next(one for one in fixture_book.published if any(row.partner == PARTNER for row in one.trade))
    row = next(one for one in volume.trade if one.partner == PARTNER)
    flows = ("exports", "imports", "balance")
    rows = tuple(
        row.model_copy(update={"id": f"{flow}-{year}", "flow": flow, "period": parse(str(year))})
        for year in range(1901, 1931)
        for flow in flows
    )
    many = replace(volume, trade=rows)
    drawn = CHARTS["trade"](
        replace(fixture_book, volumes=(many,)), many, BuildContext(fixture_book, Target("portal")).links, partner=PARTNER
    )
    linked = {one["href"] for rows in drawn.spec["datasets"].values() for one in rows if one.get("href")}
    assert len(linked) == 90, "three rows of thirty dots"
    assert len(drawn.table) == len(drawn.links) == 90


def test_a_history_of_hundreds_of_issues_is_a_line_with_its_ends_and_extremes(fixture_book: Book) -> None:
    links = BuildContext(fixture_book, Target("portal")).links
    values = {issue: (issue * 7) % 23 - 11 for issue in range(1, 201) if issue not in (90, 92)}
    history = [Known(issue, value, None, computed=False) for issue, value in values.items()]
    for width in (WIDE, NARROW):
        data = _panels({"": marks(fixture_book, links, "veldia", history)}, (1, 200), width, 1, SMALL).to_dict()["datasets"].values()
        rows = [row for rows in data for row in rows]
        drawn = {row["issue"] for row in rows if "issue" in row}
        assert {1, 89, 91, 93, 200} < drawn, "what no line shows: its ends, and an issue that stands alone"
        assert {values[issue] for issue in drawn} >= {11, -11}
        assert len(drawn) == 7
        assert sum("run" in row for row in rows) == len(values) - 1, "every issue but the one alone lies on a line"


def test_figures_of_the_newest_publications_are_listed_and_the_files_have_the_others(fixture_book: Book) -> None:
    one = next(volume for volume in fixture_book.issues if any(row.partner == PARTNER for row in volume.trade))
    count = sum(row.partner == PARTNER for row in one.trade)
    numbered = [one.publication.model_copy(update={"number": n, "slug": f"{n:03}", "period": parse(f"{1900 + n}")}) for n in range(1, FULL)]
    several = BuildContext(replace(fixture_book, volumes=(one,)), Target("portal"), page="trade/")
    many = replace(several, book=replace(fixture_book, volumes=tuple(replace(one, publication=title) for title in numbered)))
    few, listed = (trade_with(context, PARTNER).rpartition("</figure>")[2] for context in (several, many))
    assert few.count("/v2/data/#") == count
    assert "newest publications" not in few
    assert listed.count("/v2/data/#") == FULL // count * count
    assert "/issues/299/" in listed
    assert "/issues/001/" not in listed
    assert 'href="../data/"' in listed


def test_a_trade_chart_of_many_products_shows_the_newest_periods_whole(fixture_book: Book) -> None:
    volume = next(one for one in fixture_book.published if any(row.partner == PARTNER for row in one.trade))
    row = next(one for one in volume.trade if one.partner == PARTNER)
    rows = tuple(
        row.model_copy(update={"id": f"{year}-{at}", "flow": "exports", "period": parse(str(year)), "product": f"ware {at}-{year % 2}"})
        for year in (1929, 1930)
        for at in range(trade.MOST)
    )
    many = replace(volume, trade=rows)
    links = BuildContext(fixture_book, Target("portal")).links
    drawn = CHARTS["trade"](replace(fixture_book, volumes=(many,)), many, links, partner=PARTNER)
    linked = {one["href"] for rows in drawn.spec["datasets"].values() for one in rows if one.get("href")}
    assert len(linked) == trade.MOST
    assert all("1930-" in link for link in linked)
    assert drawn.sentence.endswith(
        f"The chart shows the newest {trade.MOST} of {2 * trade.MOST} figures of such periods, the table all of them."
    )


LONG_NAME = "Lastkahnbruttoregistertonnen" * 12


def texts(drawn: Drawing) -> list[str]:
    """Every line of text in the wide picture of a chart."""
    return [row["text"] for rows in drawn.spec["datasets"].values() for row in rows if "text" in row]


@pytest.mark.parametrize("chart", [("figure", "fleet-2021"), ("figure", "passages"), ("structure", "cargo-2021")], ids=lambda one: one[1])
def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table(fixture_book: Book, tmp_path: Path, chart: tuple[str, str]) -> None:
    volume = fixture_book.volume("policy/open-river")
    rows = tuple(row.model_copy(update={"item": f"{row.item} {LONG_NAME}"}) for row in volume.figures)
    units = {
        name: unit.model_copy(update={"label": LONG_NAME, "after": f" {LONG_NAME}"})
        for name, unit in fixture_book.vocabularies.units.items()
    }
    book = replace(fixture_book, root=tmp_path, vocabularies=fixture_book.vocabularies.model_copy(update={"units": units}))
    drawn = CHARTS[chart[0]](book, replace(volume, figures=rows), BuildContext(book, Target("portal")).links, figure=chart[1])
    assert list(meeting(drawn.spec)) == list(meeting(drawn.narrow)) == []
    assert any(line.endswith("…") for line in texts(drawn))
    assert all(LONG_NAME in cell for cell in drawn.table["Item"][:2])
    assert charts.figure(BuildContext(book, Target("portal")), drawn).count(LONG_NAME) >= 2


def test_shares_that_were_rounded_up_are_drawn_without_a_rest(fixture_book: Book) -> None:
    volume = fixture_book.volume("policy/open-river")
    rows = [row for row in volume.figures if row.figure == "cargo-2021"]
    rows = [row.model_copy(update={"value": Decimal("33.4"), "id": f"cargo-{at}"}) for at, row in enumerate([*rows, *rows][:3])]
    drawn = CHARTS["structure"](
        fixture_book, replace(volume, figures=tuple(rows)), BuildContext(fixture_book, Target("portal")).links, figure="cargo-2021"
    )
    assert list(drawn.table["Item"]) == [row.item for row in rows]
    assert drawn.sentence.endswith("Together they make up the whole.")


@pytest.mark.parametrize("text", ["", "a", "a b c", "word " * 300, "w" * 900, "公" * 300])
@pytest.mark.parametrize("room", [0, 1, 30, 120, 640])
@pytest.mark.parametrize("bold", [False, True])
def test_lines_of_a_name_fit_into_any_room(text: str, room: int, bold: bool) -> None:
    found = lines(text, room, 3, bold)
    assert len(found) <= 3
    assert all(length(line, bold) <= room for line in found)
    assert " ".join(found) == text.strip() or not found[-1] or found[-1].endswith("…")


def test_names_of_axis_and_marks_stay_apart_whatever_the_days_and_scores(fixture_book: Book) -> None:
    """Events of a year, scores of a wide scale, many a day: every letter of both widths has room of its own, on two screens."""
    volume = fixture_book.issues[0]
    year = volume.publication.model_copy(update={"period": parse("2023")})
    row = next(one for one in volume.events if one.relationship == "veldia")
    dates = [f"2023-{1 + at % 12:02}-{1 + at % 28:02}" for at in range(150)] + ["2023-03", "2023", "2023-05-01/2023-06-10"] * 4
    rows = tuple(
        row.model_copy(
            update={"id": f"row-{at}", "date": parse(date), "score": (at * 7919) % 200001 - 100000, "event": f"{at} {LONG_NAME}"}
        )
        for at, date in enumerate(dates)
    )
    issue = replace(volume, publication=year, events=rows)
    book = replace(fixture_book, volumes=tuple(issue if one is volume else one for one in fixture_book.volumes))
    for chart in ("events", "running-total"):
        drawn = CHARTS[chart](book, issue, BuildContext(book, Target("portal")).links, relationship="veldia")
        for spec in (drawn.spec, drawn.narrow):
            assert spec["height"] <= 2 * 844
            assert list(meeting(spec)) == []


def test_many_issues_and_wide_scales_stay_within_two_screens(fixture_book: Book) -> None:
    entries = tuple(
        Known(number, (number * 7919) % 200001 - 100000 if number % 5 else None, None, computed=False) for number in range(1, 51)
    )
    known = marks(fixture_book, BuildContext(fixture_book, Target("portal")).links, "veldia", entries)
    for width in (WIDE, NARROW):
        spec = _panels({f"Index {at}": known for at in range(MANY)}, (1, 50), width, 1 if width == NARROW else 2, SMALL).to_dict()
        assert spec["height"] <= 2 * 844
        assert list(meeting(spec)) == []


def meeting(spec: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Texts of a picture that cover each other or are cut at its edge."""
    boxes = []
    for layer in spec["layer"]:
        mark = layer["mark"]
        for row in spec["datasets"][layer["data"]["name"]] if mark["type"] == "text" else ():
            box = text_box(row["x"], row["y"], row["text"], mark["align"], mark["fontWeight"] == "bold")
            if box.left < -1 or box.right > spec["width"] + 1 or box.top < -1 or box.bottom > spec["height"] + 2:
                yield row["text"], "the edge"
            boxes.append((row["text"], box._replace(left=box.left + 1, right=box.right - 1, top=box.top + 2, bottom=box.bottom - 2)))
    yield from ((one, other) for at, (one, box) in enumerate(boxes) for other, around in boxes[:at] if box.meets(around))


COORDINATES = st.integers(-50, 700).map(lambda tenths: tenths / 1.7)
BOXES = st.builds(
    lambda x, y, wide, high: Box(x, y, x + wide, y + high), COORDINATES, COORDINATES, COORDINATES.map(abs), COORDINATES.map(abs)
)


@given(st.lists(BOXES, max_size=20), BOXES)
def test_a_label_is_free_where_it_meets_nothing_that_is_taken(taken: list[Box], label: Box) -> None:
    sheet = Sheet(640)
    for box in taken:
        sheet.take(box)
    inside = label.left >= 0 and label.right <= 640 and label.top >= 0
    assert sheet.free(label) == (inside and not any(label.meets(box) for box in taken))
