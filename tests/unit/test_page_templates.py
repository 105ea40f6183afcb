"""The texts that every publication has alike, in English and in other languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from trees import ROOT

from macros import page_templates
from macros.language import Language, in_language

TEMPLATES = ROOT / page_templates.FOLDER
OTHERS = sorted(path.relative_to(TEMPLATES / page_templates.LANGUAGES).as_posix() for path in TEMPLATES.glob("languages/*/**/*.md"))
PROGRAM = re.compile(r"\{\{.*?\}\}|\$\w+|\]\([^)]*\)|\{ [^}]*\}|^(?:hide|search): .*$", re.MULTILINE)
"""What macros, templates and Markdown read, and readers do not."""


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_has_what_programs_read_in_the_english_text(name: str) -> None:
    translated, original = (
        path.read_text(encoding="utf-8") for path in (TEMPLATES / "languages" / name, TEMPLATES / name.partition("/")[2])
    )
    assert sorted(PROGRAM.findall(translated)) == sorted(PROGRAM.findall(original))


def test_a_language_without_a_text_of_its_own_has_the_english_one(tmp_path: Path) -> None:
    folder = tmp_path / page_templates.FOLDER
    for place, text in (("issue", "English"), ("languages/ru/issue", "Russian")):
        (folder / place).mkdir(parents=True)
        (folder / place / "events.md").write_text(text, encoding="utf-8")
    for tag, text in (("en", "English"), ("ru", "Russian"), ("ru-BY", "Russian"), ("uk", "English")):
        with in_language(Language(tag)):
            assert page_templates.template(tmp_path, "issue/events.md") == text
