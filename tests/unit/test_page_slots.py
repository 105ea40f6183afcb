"""The status of an edition is written in the language that its page states."""

from __future__ import annotations

import pytest

from hooks.publishing.page_slots import language_of


@pytest.mark.parametrize(
    ("page", "tag"),
    [
        (b'<!doctype html>\n<html lang="be" dir="ltr">', "be"),
        (b'<html class="no-js" lang="zh-Hans">', "zh-Hans"),
        (b'<html lang="xx">', "en"),
        (b'<html lang="../../data">', "en"),
        (b"<html>", "en"),
        (b"", "en"),
    ],
)
def test_a_page_in_no_language_is_compared_in_english(page: bytes, tag: str) -> None:
    assert language_of(page, {}).tag == tag
