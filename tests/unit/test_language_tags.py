"""Which tags of languages are taken, and what is said of the others."""

from __future__ import annotations

import pytest

from macros.language_tags import checked, locale_of

RIGHT = ("en", "be", "be-tarask", "pt-BR", "zh-Hans", "sr-Latn", "zh-Hans-SG", "es-419", "hy", "ar", "ka", "uk", "kk")
WRONG = [
    ("english", "did you mean en"),
    ("Belarusian", "did you mean be"),
    ("pt-br", "is written pt-BR"),
    ("zh-hans", "is written zh-Hans"),
    ("EN", "is written en"),
    ("xx", "is no tag of a language"),
    ("", "is no tag of a language"),
    ("en_GB", "is no tag of a language"),
    ("en-Latn-Latn", "is no tag of a language"),
    ("en-QQ", "a script or region that there is not"),
    ("ru-Abcd", "a script or region that there is not"),
    ("en\n", "is no tag of a language"),
]


@pytest.mark.parametrize("tag", RIGHT)
def test_tags_of_bcp_47_are_taken(tag: str) -> None:
    assert checked(tag) == tag
    assert locale_of(tag).language == tag.partition("-")[0]


@pytest.mark.parametrize(("tag", "why"), WRONG)
def test_others_are_refused_with_the_right_one(tag: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        checked(tag)
