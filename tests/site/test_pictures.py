"""The files of a chart are small, and show what its Vega-Lite specification draws."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import NoReturn

import altair as alt
import numpy as np
import pytest
import vl_convert
from html_tree import one_of_each_kind
from numpy.typing import NDArray
from PIL import Image
from trees import fixture_tree

from hooks.publishing import workers
from macros.book import open_book
from macros.pages import charts as charts_room
from macros.pages.picture import inline
from macros.target import Target


@pytest.fixture(scope="module", params=["each kind", pytest.param("every chart", marks=pytest.mark.stress)])
def charts(request: pytest.FixtureRequest, real_site: Path) -> dict[Path, str]:
    """Path of charts without its ending -> what vl-convert draws of its specification."""
    drawn = sorted(path.relative_to(real_site).with_suffix("").as_posix() for path in real_site.rglob("charts/*.svg"))
    assert len(drawn) > 25
    names = drawn if request.param == "every chart" else one_of_each_kind(real_site, drawn)
    return {real_site / name: str(vl_convert.vegalite_to_svg((real_site / f"{name}.json").read_text(encoding="utf-8"))) for name in names}


def dots(picture: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.int16)


@cache
def drawn(svg: str, scale: float = 2) -> bytes:
    """The dots of a picture, which several tests compare with others."""
    return bytes(vl_convert.svg_to_png(svg, scale=scale))


def links(svg: str) -> list[tuple[str | None, str | None]]:
    """Where the marks of a picture lead, and their words."""
    found = []
    for link in (one for one in ET.fromstring(svg).iter() if one.tag.rpartition("}")[2] == "a"):
        label = next((one.get("aria-label") for one in link.iter() if "aria-label" in one.attrib), None)
        found.append((link.get("href") or link.get("{http://www.w3.org/1999/xlink}href"), label))
    return [one for one in found if one[1]]


def texts(svg: str) -> list[str]:
    return [words for one in ET.fromstring(svg).iter() if one.tag.rpartition("}")[2] == "text" and (words := "".join(one.itertext()))]


def strangest(one: str, other: str) -> int:
    """How far the dot that differs most is off, of 255; edges whose grey moves with a tenth of a pixel stay far below 100."""
    return int(np.abs(dots(drawn(one)) - dots(drawn(other))).max())


def inlined(raw: str) -> str:
    """A picture as it stands in a page, made a file again; the style sheet gives the fonts there."""
    fonts = re.search('font-family="[^"]+"', raw)
    assert fonts
    return inline(raw, "c", "c-title", {}, lambda href: href).replace("<svg", f'<svg xmlns="http://www.w3.org/2000/svg" {fonts[0]}', 1)


def test_a_picture_in_a_page_shows_what_the_specification_draws(charts: dict[Path, str]) -> None:
    """At twice the size of the page, to the eye."""
    for path, raw in charts.items():
        assert path.with_suffix(".svg").read_text(encoding="utf-8") == raw
        assert strangest(raw, inlined(raw)) < 100, path


@pytest.mark.parametrize(
    ("right", "wrong"), [('font-size="12px"', 'font-size="14px"'), (' fill="#1d2530"', ""), ("translate(", "translate(1")]
)
def test_a_picture_that_shows_something_else_is_noticed(charts: dict[Path, str], right: str, wrong: str) -> None:
    having = {path: raw for path, raw in charts.items() if right in inlined(raw)}
    assert len(having) > len(charts) / 2
    for path, raw in having.items():
        assert strangest(raw, inlined(raw).replace(right, wrong, 1)) >= 100, path


def test_every_link_and_every_word_of_a_chart_is_in_the_page(charts: dict[Path, str]) -> None:
    for path, raw in charts.items():
        assert links(inlined(raw)) == links(raw), path
        assert texts(inlined(raw)) == texts(raw), path


def test_a_png_has_every_dot_of_the_picture_in_few_colours(charts: dict[Path, str]) -> None:
    for path, raw in charts.items():
        few = Image.open(io.BytesIO(drawn(raw, 1.5))).convert("RGB").quantize(16, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        with Image.open(path.with_suffix(".png")) as picture:
            picture.verify()
        assert np.array_equal(dots(path.with_suffix(".png").read_bytes()), np.asarray(few.convert("RGB"))), path


def test_a_specification_is_vega_lite_and_stands_alone(charts: dict[Path, str]) -> None:
    for path in charts:
        spec = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        kind = alt.VConcatChart if "vconcat" in spec else alt.LayerChart
        kind.from_dict(spec)  # raises where the schema does not allow it
        assert not [one for one in json.dumps(spec).split('"') if one.startswith("http") and one.endswith(".csv")], path
        assert {"$schema", "config", "datasets", "description"} <= spec.keys(), path


def test_where_a_picture_cannot_be_drawn_nothing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    book, place = open_book(fixture_tree(tmp_path / "tree")), tmp_path / "built" / "issue"
    place.parent.mkdir()
    monkeypatch.setattr(charts_room, "png", full)
    with pytest.raises(OSError, match="No space left"):
        workers.build_one(book, Target("edition", "issues/2", 2), place, frozenset())
    assert list(place.parent.iterdir()) == []
