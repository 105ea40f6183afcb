"""Ids of headings in any script."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify

from macros.heading_ids import heading_id
from macros.pages.contents import headings


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("Scores of events", "scores-of-events"),
        ("Čičarin's № 19", "cicarins-no-19"),
        ("Łukašenka", "łukašenka"),
        ("Почему индекс вырос?", "почему-индекс-вырос"),
        ("لماذا ارتفع المؤشر؟", "لماذا-ارتفع-المؤشر"),
        ("为什么指数上升", "为什么指数上升"),
        ("रिश्ते", "रिश्ते"),
        ("Ելք  —  2", "ելք-2"),
        ("?!", ""),
    ],
)
def test_an_id_comes_from_the_letters(heading: str, id_: str) -> None:
    assert heading_id(heading, "-") == id_


@given(st.text())
def test_an_id_has_no_space_and_no_sign_and_plain_headings_keep_theirs(heading: str) -> None:
    made = heading_id(heading, "-")
    assert not re.search(r"[\s\"'<>&#%/?]", made)
    assert bool(made) or not any(letter.isalnum() and unicodedata.category(letter)[0] == "L" for letter in heading)
    if heading.isascii():
        assert made == slugify(heading, "-")


def test_the_contents_of_a_page_name_headings_with_ids_of_their_own_or_of_what_they_open() -> None:
    html = (
        '<p id="p">Text &lt;h2&gt;</p><h2 id="one">One <em>word</em></h2><section id="two"><h3>Two</h3><p>Text</p></section>'
        '<div id="far"><p>Between</p></div></div><h4>None</h4><h5 id="deep">Deep</h5><H2 ID="caps">A &amp; B</H2>'
    )
    assert [(heading.level, heading.id, heading.title) for heading in headings(html)] == [
        (2, "one", "One word"),
        (3, "two", "Two"),
        (2, "caps", "A &amp; B"),
    ]
