"""Tables pasted as text, in the shape in which PDFs give them: wrapped, broken by pages, with totals."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing import ISSUE, empty_issue, keys, read, rows_of, short, written

from macros.problems import DataError

PASTED = """\
A letter to the reader, which says much about 4 July and ends with a number 12

\x0c Appendix 1

Catalogue of what happened

Relationship with Veldia

Date Event Score

4 July Talks by telephone between the ministers +1

10 July Interview for Channel 1 +1

29 July
The speaker: a river needs no strong and independent
bridge +1

3 August
Agreement between the railways of the two sides and the River
Railway +1
8 August Prices stay at the level of 2022 -1

9-10 August

Visit of experts of the commission, who are to review the National
Action Plan that followed the tests of the dam in its non-
governmental part, at USD 4.5 billion

+2

12 September
The hauliers' league puts the post on its list; at the end of
December 2022, Senn was on the other one -1

July–
August

“Pulsing” work of the pumps -1

July–
August

New terms of the loan for the pumps +1

Total +4
\x0c Relationship with the River Five

Date Event Score

Early August
Ambassador-designate on a tour and her meetings with members of the
league -2

19 August List of restrictions grows -2
\x0c Date Event Score

22 August
The group promises further steps “in case
members go on” -1



33compass.example

No. 3 (July to September 2023)

THE COMPASS: a quarterly count

Senn Institute

Date Event Score

25 September The chair on pressure -1

Total -6
\x0c Appendix 2

Catalogue of what happened to security

Date Event
National
security

Regional
tension

July-August Escalation upstream -1 -1

July-August 8 drills of the river states 2 -1

25 July–
mid-August

Inspection of the armed
forces +2 +2

Late July
Overhaul of the main part of the harbour

1 -1

15 August -12 October
Camp of the gunners +1 -2
\x0c Date Event
National
security

Regional
tension

24 September
The commander on a drill of no
precedent

-1 -1

Total +4
-4

(Haze)
 Appendix 3

Colour Value Meaning
"""

EVENTS = [
    "veldia 2023-07-04 Talks by telephone between the ministers 1",
    "veldia 2023-07-10 Interview for Channel 1 1",
    "veldia 2023-07-29 The speaker: a river needs no strong and independent bridge 1",
    "veldia 2023-08-03 Agreement between the railways of the two sides and the River Railway 1",
    "veldia 2023-08-08 Prices stay at the level of 2022 -1",
    "veldia 2023-08-09/2023-08-10 Visit of experts of the commission, who are to review the National Action Plan that followed the tests "
    "of the dam in its non-governmental part, at USD 4.5 billion 2",
    "veldia 2023-09-12 The hauliers' league puts the post on its list; at the end of December 2022, Senn was on the other one -1",
    "veldia 2023-07/2023-08 “Pulsing” work of the pumps -1",
    "veldia 2023-07/2023-08 New terms of the loan for the pumps 1",
    "river-5 2023-08-~01/2023-08-~10 Ambassador-designate on a tour and her meetings with members of the league -2",
    "river-5 2023-08-19 List of restrictions grows -2",
    "river-5 2023-08-22 The group promises further steps “in case members go on” -1",
    "river-5 2023-09-25 The chair on pressure -1",
]
INCIDENTS = [
    "security 2023-07/2023-08 Escalation upstream -1 -1",
    "security 2023-07/2023-08 8 drills of the river states 2 -1",
    "security 2023-07-25/2023-08-~15 Inspection of the armed forces 2 2",
    "security 2023-07-~21/2023-07-~31 Overhaul of the main part of the harbour 1 -1",
    "security 2023-08-15/2023-10-12 Camp of the gunners 1 -2",
    "security 2023-09-24 The commander on a drill of no precedent -1 -1",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty_issue(tmp_path / "tree")


def test_two_appendices_are_read_whole(root: Path) -> None:
    text = PASTED.replace("river states 2 -1", "river states +2 -1").replace("\n1 -1\n", "\n+1 -1\n")
    found = read(root, "a.txt", text)
    assert short(found) == EVENTS + INCIDENTS
    assert keys(found) == []  # every total is the sum of its rows
    assert [doubt.key for doubt in found.doubts.asked.values()][:2] == ["source/", "category/"]
    assert [left.cells["words"] for left in found.left] == [
        "33compass.example", "No. 3 (July to September 2023)", "THE COMPASS: a quarterly count", "Senn Institute",
    ]  # fmt: skip
    written(root, found)
    assert [row["id"] for row in rows_of(root, "events.csv")][8:11] == ["3-veldia-09", "3-river-5-01", "3-river-5-02"]
    assert [row["id"] for row in rows_of(root, "incidents.csv")] == [f"3-security-0{number}" for number in range(1, 7)]
    again = read(root, "a.txt", text)
    assert (again.changed, again.doubts.asked) == ({}, {})


def test_where_plus_signs_are_written_a_bare_number_is_one_of_the_words(root: Path) -> None:
    found = read(root, "a.txt", "Veldia\nDate Event Score\n4 July Interview for Channel 1\n+1\n5 July Tea at 5 -1\n")
    assert short(found) == ["veldia 2023-07-04 Interview for Channel 1 1", "veldia 2023-07-05 Tea at 5 -1"]


def test_without_plus_signs_bare_numbers_are_scores(root: Path) -> None:
    found = read(root, "a.txt", "Veldia\nDate Event Score\nJuly 4 Interview 1\nJuly 5 Tea -1\n")
    assert short(found) == ["veldia 2023-07-04 Interview 1", "veldia 2023-07-05 Tea -1"]


def test_a_total_that_differs_is_a_doubt(root: Path) -> None:
    found = read(root, "a.txt", "Veldia\nDate Event Score\n4 July Talks +1\nTotal +2\n")
    assert (short(found), keys(found)) == (["veldia 2023-07-04 Talks 1"], ["total/a.txt 4 score"])
    assert read(root, "a.txt", (root / "a.txt").read_text(encoding="utf-8"), {"total/a.txt 4 score": "left-over"}).placed == ()


LINES = "Veldia\nDate Event Score\n4 July Talks which began on\n8 August and went on +1\n9 August Tea +1\n"


def test_a_date_at_the_beginning_of_a_line_may_be_one_of_the_words(root: Path) -> None:
    found = read(root, "a.txt", LINES)
    (key,) = keys(found)
    assert key == "line/4 8 August and went on +1"
    assert short(found) == ["veldia 2023-08-08 and went on 1", "veldia 2023-08-09 Tea 1"]
    assert [left.reason for left in found.left] == ["has no score"]
    assert short(read(root, "a.txt", LINES, {key: "goes-on"}))[0] == "veldia 2023-07-04 Talks which began on 8 August and went on 1"


def test_a_page_that_ends_within_a_row_is_a_doubt(root: Path) -> None:
    found = read(root, "a.txt", "Veldia\nDate Event Score\n4 July Talks with\n33 compass.example\nDate Event Score\nthe minister +1\n")
    assert short(found) == ["veldia 2023-07-04 Talks with 33 compass.example the minister 1"]
    assert keys(found) == ["page-break/3 Talks with 33 compass.example the minister"]


def test_a_row_without_a_date_has_that_of_the_row_above_if_somebody_says_so(root: Path) -> None:
    found = read(root, "a.txt", "Veldia\nDate Event Score\n4 July Talks +1\nTea +2\n17\n")
    assert short(found) == ["veldia 2023-07-04 Talks 1", "veldia 2023-07-04 Tea 2"]
    assert keys(found) == ["above/date a.txt"]
    assert [left.cells for left in found.left] == [{"words": "17"}]


def test_rows_after_a_total_are_read_too_and_nothing_is_lost(root: Path) -> None:
    text = "Veldia\nDate Event Score\n4 July Talks +1\nTotal +1\nSome prose.\n5 August Tea +2\nTotal +2\nSo it ends.\n6 May Rest +1\n"
    found = read(root, "a.txt", text)
    assert (short(found), keys(found)) == (["veldia 2023-07-04 Talks 1", "veldia 2023-08-05 Tea 2"], [])
    assert [left.reason for left in found.left] == ["has a date outside the period of the issue, 2023-07/2023-09: '6 May'"]


def test_a_pasted_table_with_more_columns_is_refused(root: Path) -> None:
    with pytest.raises(DataError, match=r"a\.txt:1: source: cannot be told apart in pasted text; "):
        read(root, "a.txt", "Date Event Score Source\n4 July Talks +1 me\n")


def test_a_pasted_table_with_tabs_is_one_with_separators(root: Path) -> None:
    found = read(root, "a.txt", "Date\tEvent\tScore\tRelationship\n4 July\tTalks\t1\tVeldia\n", into=ISSUE)
    assert short(found) == ["veldia 2023-07-04 Talks 1"]
