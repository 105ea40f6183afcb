"""The model: every class makes a JSON Schema, every field says what it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import ValidationError

from macros import load
from macros.fields import Row
from macros.model import FILES, KINDS, DataFile, Event, FigureRow, Incident, PublishedIndex, Source, Trade

GOOD = Path(__file__).parents[1] / "fixtures" / "good"


def _classes(row: type[Row] = Row) -> list[type[Row]]:
    return [one for direct in row.__subclasses__() if direct.__module__ == "macros.model" for one in (direct, *_classes(direct))]


CLASSES = sorted(_classes(), key=lambda row: row.__name__)


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.__name__)
def test_every_field_says_what_it_means(row: type[Row]) -> None:
    assert row.__doc__
    assert [name for name, field in row.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.__name__)
def test_every_class_makes_a_schema_that_knows_its_fields(row: type[Row]) -> None:
    schema = row.model_json_schema()
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == list(row.model_fields)
    assert schema["additionalProperties"] is False
    assert json.dumps(schema)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_schema_accepts_what_the_class_accepts(file: DataFile) -> None:
    files = load.load(GOOD)
    tables = [files.table(file.name)] if file.shared else [folder.table(file.name) for folder in files.folders.values()]
    items = [item for table in tables for item in table.items]
    assert items
    schema = Draft202012Validator(file.row.model_json_schema())
    for item in items:
        schema.validate(item.model_dump(mode="json"))


def test_rows_cannot_be_changed_or_extended() -> None:
    source = Source(title="A", url="https://a.example")
    with pytest.raises(ValidationError, match="frozen"):
        source.title = "B"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Source(title="A", colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize("number", ["1_0", " 1", "1.0", "1e1", "١", "NaN", "Infinity", "", "--1", True])
def test_numbers_are_plain_digits(number: object) -> None:
    with pytest.raises(ValidationError):
        PublishedIndex.model_validate(
            {"issue": number, "period": "2021", "series": "a", "value": 1, "band": None, "source_url": "https://a.example"}
        )


@pytest.mark.parametrize(
    ("name", "good"),
    [("19-russia-07", True), ("2-river-5-01", True), ("2-g7-100", True), ("19-russia-7", False), ("19-Russia-07", False),
     ("russia-07", False), ("19--07", False), ("19-russia--07", False), ("19-russia-07 ", False)],
)  # fmt: skip
def test_catalogue_ids_allow_every_id_of_a_relationship(name: str, good: bool) -> None:
    row = {"id": name, "relationship": "a", "date": "2021", "event": "A", "score": "1", "source": "a"}
    if good:
        assert Event.model_validate(row).id == name
    else:
        with pytest.raises(ValidationError, match="is not of the form 19-security-04"):
            Event.model_validate(row)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a", "//a.example", "a.example", "HTTP://a", " https://a", "data:,x"])
def test_other_schemes_are_refused(link: str) -> None:
    with pytest.raises(ValidationError, match="does not begin with"):
        Source(title="A", url=link)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-a", "@a", "\ta", "a\nb", "a\x00", "a\u2028b", "a\x85b", ""])
def test_lines_are_safe_in_a_spreadsheet_and_one_line_long(text: str) -> None:
    with pytest.raises(ValidationError):
        Source(title=text)


def test_every_kind_of_publication_has_files_and_shared_names_are_unique() -> None:
    assert {kind for file in FILES for kind in file.kinds} == set(KINDS)
    assert len({file.name for file in FILES}) == len(FILES)
    assert {file.row for file in FILES if file.shape == "rows"} == {PublishedIndex, Event, Incident, Trade, FigureRow}
