"""A link to a source tells of its capture, so that a reader whose link is dead finds what stood there."""

from __future__ import annotations

import pytest

from macros.model import Source
from macros.pages.notes import reference

URL, CAPTURE = "https://paper.test/?a=1&b=2", "https://archive.test/2021/https://paper.test/"
TOLD = ' data-originalurl="https://paper.test/?a=1&amp;b=2" data-versionurl="https://archive.test/2021/https://paper.test/"'


@pytest.mark.parametrize(
    ("fields", "told", "shown"),
    [
        ({"archived": CAPTURE, "captured": "2021-03-04"}, f'{TOLD} data-versiondate="2021-03-04"', ", captured on 4 March 2021)"),
        ({"archived": CAPTURE, "captured": "2021-03"}, TOLD, ", captured March 2021)"),
        ({"archived": CAPTURE}, TOLD, ")"),
        ({}, "", ""),
    ],
    ids=["day", "month-is-no-day", "undated", "no-capture"],
)
def test_what_a_link_tells(fields: dict[str, str], told: str, shown: str) -> None:
    text = reference(Source.model_validate({"title": "Ferry", "url": URL, **fields}))
    assert f'<a href="https://paper.test/?a=1&amp;b=2"{told}>“Ferry”</a>' in text
    assert (f'(<a href="{CAPTURE}"{told}>archived copy</a>{shown}' in text) == bool(fields)
