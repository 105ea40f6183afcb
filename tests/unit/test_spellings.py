"""Names in their spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from macros.spellings import Spellings, folded
from macros.vocabularies import LABELLED, Vocabularies

NAMES = (("Haloŭčanka", "Golovchenko", "Головченко"), ("Xi Jinping", "Си Цзиньпин"), ("Sea", "More"))
EMPTY: dict[str, dict[str, str]] = {name: {} for name in LABELLED}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Haloucanka and Mishustin hold talks", ["Haloŭčanka"]),
        ("GOLOVCHENKO’S visit", ["Haloŭčanka"]),
        ("Головченко", ["Haloŭčanka"]),
        ("A call between Xi Jinping and Golovchenko", ["Xi Jinping", "Haloŭčanka"]),
        ("Xi alone, or Jinping", []),
        ("Seas, undersea", []),
        ("", []),
    ],
)
def test_a_name_is_found_in_any_spelling(text: str, wanted: list[str]) -> None:
    assert [names[0] for names in Spellings(NAMES).named(text)] == wanted


def test_names_of_very_different_lengths_are_found() -> None:
    long = " ".join(["word"] * 500)
    assert Spellings([("More", long)]).named(f"{long} More {long}") == [("More", long)]
    assert Spellings([("Sea", "The sea of the north")]).named("the sea of the north") == [("Sea", "The sea of the north")]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ([["Minsk"]], "one spelling or none"),
        ([[]], "one spelling or none"),
        ([["Kyiv", "Kiev"], ["Kiev", "Київ"]], "'Kiev' stands twice"),
        ([["Kyiv", "Kyiv"]], "'Kyiv' stands twice"),
    ],
)
def test_spellings_are_told_apart(aliases: list[list[str]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Vocabularies.model_validate({**EMPTY, "aliases": aliases})


def test_no_spellings_need_be_given() -> None:
    assert Vocabularies.model_validate(EMPTY).aliases == ()
