"""Scripts of letters: which write no spaces between words."""

from __future__ import annotations

import pytest

from macros.scripts import spaced


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("海州会谈", "海 州 会 谈"),
        ("サーバー管理", "サ ー バ ー 管 理"),
        ("2024年1月", "2024年1月"),
        ("Text, текст, შეხვდნენ", "Text, текст, შეხვდნენ"),
        ("", ""),
    ],
)
def test_letters_stand_apart_where_a_script_writes_no_spaces(text: str, apart: str) -> None:
    assert spaced(text) == apart
