"""Drawings in few letters are still the same drawings; packed files unpack to the same bytes."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from macros.render import outline, packed

PLACES = st.floats(-2000, 2000, allow_nan=False)


@pytest.mark.parametrize(
    ("d", "by", "short"),
    [
        ("M0,-4.22L-4.87,4.22L4.87,4.22Z", (712, 653), "M71.2 61.1l-4.9 8.4h9.8z"),
        ("M185,11h145.36v14h-145.36Z", (0, 0), "M185 11h145.4v14h-145.4z"),
        ("M4,10L8,10C9,10,10,11,10,12L10,12C10,13,9,14,8,14Z", (0, 0), "M4 10h4c1 0 2 1 2 2 0 1-1 2-2 2z"),
        ("M0,0L0.04,0L0.5,-0.5", (0, 0), "M0 0l.5-.5"),
        ("M0,0L1e-12,5", (0, 0), "M0 0v5"),
    ],
)
def test_a_path_in_few_letters(d: str, by: outline.Point, short: str) -> None:
    assert outline.path(d, by) == short


@pytest.mark.parametrize("d", ["M0,0Q1,1,2,2", "M0,0A5,5,0,1,1,-5,0"])
def test_a_path_of_other_commands_is_left(d: str) -> None:
    assert outline.path(d) is None


def test_a_circle_is_known_by_its_radius() -> None:
    assert outline.radius("M5.7,0A5.7,5.7,0,1,1,-5.7,0A5.7,5.7,0,1,1,5.7,0") == 57
    assert outline.radius("M5.7,0A5.7,5.7,0,1,1,-5.7,0") is None


@given(st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=40), st.tuples(PLACES, PLACES))
def test_no_point_of_a_path_moves_more_than_a_tenth(points: list[tuple[float, float]], by: tuple[float, float]) -> None:
    d = "M" + "L".join(f"{x:f},{y:f}" for x, y in points)
    moved = outline.moved(f"translate({by[0]:f},{by[1]:f})")
    assert moved is not None
    x = y = 0.0
    for letter, text in re.findall(r"([Mlhv])([^Mlhv]*)", outline.path(d, moved) or ""):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", text)]
        while numbers:
            x += numbers.pop(0) if letter != "v" else 0
            y += numbers.pop(0) if letter != "h" else 0
    assert abs(x - points[-1][0] - by[0]) <= 0.1 + 1e-6
    assert abs(y - points[-1][1] - by[1]) <= 0.1 + 1e-6


def test_a_transformation_keeps_what_it_does() -> None:
    assert outline.shortened("translate(-23.681640625,88) rotate(-90) translate(0,-3)") == "translate(-23.7 88)rotate(-90)translate(0 -3)"
    assert outline.moved("translate(1,2) rotate(-90)") is None


def test_packed_files_unpack_to_the_same_bytes() -> None:
    content = b"one chart after the other " * 400
    assert gzip.decompress(packed.gzip(content)) == content
    assert packed.gzip(content) == packed.gzip(content)
    assert packed.gzip(content)[4:8] == bytes(4)  # no clock


def test_a_png_is_the_picture() -> None:
    picture = Image.new("RGB", (33, 21), "#fffffe")
    picture.paste("#2b6cb0", (3, 4, 20, 9))
    content = packed.png(picture.quantize(16))
    read = Image.open(io.BytesIO(content))
    assert (read.format, read.size, read.mode) == ("PNG", (33, 21), "P")
    assert read.convert("RGB").tobytes() == picture.tobytes()
