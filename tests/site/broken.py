"""The table of broken inputs: one small edit of the good tree, and the findings that it must give.

`ISSUE`, `PAPER` and `TALKS` are the publications of tests/fixtures/good that edits touch. For the run
with every edit in one tree, `elsewhere` writes the same edit for another copy of that publication.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

ISSUE, PAPER, TALKS = "issues/2", "policy/open-river", "non-papers/water-talks"
TITLE = f"data/{ISSUE}/publication.yml"
EVENTS, INCIDENTS = f"data/{ISSUE}/events.csv", f"data/{ISSUE}/incidents.csv"
TRADE, FIGURES = f"data/{ISSUE}/trade.csv", f"data/{ISSUE}/figures.csv"
ADVICE, VIEWS = f"data/{PAPER}/recommendations.yml", f"data/{PAPER}/judgements.yml"
POINTS = f"data/{TALKS}/points.yml"
STATED, SOURCES = "data/published_indices.csv", "data/sources.yml"
PAGE, PAPER_PAGE = f"docs/{ISSUE}/veldia.md", f"docs/{PAPER}/index.md"


@dataclass(frozen=True)
class Edit:
    """One change of one file: `swap` old for new text, `write` a file, `add` to its end, `move` or `drop` it."""

    act: Literal["swap", "swap all", "write", "add", "move", "drop"]
    path: str
    old: str = ""
    new: str = ""
    encoding: str = "utf-8"

    def apply(self, root: Path) -> None:
        """Make the change in a tree; a text to swap must be there exactly once."""
        path = root / self.path
        if self.act == "swap":
            text = path.read_text(encoding="utf-8")
            assert text.count(self.old) == 1, f"{self.path} holds {self.old!r} {text.count(self.old)} times"
            path.write_bytes(text.replace(self.old, self.new).encode(self.encoding))
        elif self.act == "swap all":
            path.write_text(path.read_text(encoding="utf-8").replace(self.old, self.new), encoding="utf-8")
        elif self.act in {"write", "add"}:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_bytes() if self.act == "add" else b""
            path.write_bytes(before + self.new.encode(self.encoding))
        elif self.act == "move":
            path.rename(root / self.new)
        else:
            path.unlink()


@dataclass(frozen=True)
class Broken:
    """A fault.

    Attributes:
        findings: The exact lines that it gives; a line that ends in `…` says how it begins, where the rest
            lists names that grow.
        alone: Why it cannot share a tree with other faults; empty where it can.
    """

    name: str
    edits: tuple[Edit, ...]
    findings: tuple[str, ...]
    alone: str = ""

    @property
    def place(self) -> str:
        """The publication whose files are edited; empty for shared files."""
        path = self.edits[-1].path
        return next((place for place in (ISSUE, PAPER, TALKS) if f"/{place}/" in f"{path}/"), "")


def swap(path: str, old: str, new: str, encoding: str = "utf-8") -> Edit:
    return Edit("swap", path, old, new, encoding)


def swap_all(path: str, old: str, new: str) -> Edit:
    return Edit("swap all", path, old, new)


def write(path: str, new: str) -> Edit:
    return Edit("write", path, new=new)


def add(path: str, new: str) -> Edit:
    return Edit("add", path, new=new)


def drop(path: str) -> Edit:
    return Edit("drop", path)


def move(path: str, new: str) -> Edit:
    return Edit("move", path, new=new)


def fault(name: str, *edits: Edit, finding: str, alone: str = "") -> Broken:
    return Broken(name, edits, (finding,), alone)


def elsewhere(broken: Broken, copy: int, root: Path) -> Broken:
    """Put a copy of the edited publication into a tree, and say how the fault reads there.

    Args:
        broken: A fault in one publication.
        copy: Number of the copy, from 1.
        root: The tree.

    Returns:
        The same fault in the copy. An issue moves on by `copy` years, a paper gets another slug.
    """
    new = re.sub(r"2$", str(2 + 4 * copy), broken.place) if broken.place == ISSUE else f"{broken.place}-{copy}"
    for room in ("data", "docs"):
        shutil.copytree(root / room / broken.place, root / room / new)
        for path in (root / room / new).iterdir():
            path.write_text(_moved(path.read_text(encoding="utf-8"), broken.place, copy), encoding="utf-8")

    def moved(text: str) -> str:
        return _moved(text, broken.place, copy)

    edits = tuple(replace(edit, path=moved(edit.path), old=moved(edit.old), new=moved(edit.new)) for edit in broken.edits)
    return replace(broken, edits=edits, findings=tuple(map(moved, broken.findings)))


def _moved(text: str, place: str, copy: int) -> str:
    if place != ISSUE:
        slug = place.rpartition("/")[2]
        return re.sub(rf"\b{slug}\b(?!-paper)", f"{slug}-{copy}", text)
    number = 2 + 4 * copy
    text = re.sub(r"\b2023(?=-\d)", str(2023 + copy), text)
    text = re.sub(r"\b2(?=-[a-zA-Z]| is not the slug)", str(number), text)
    return re.sub(r"(issues/|slug: [\"']?|^number: |issue )2\b", rf"\g<1>{number}", text, flags=re.M)


CATALOGUE = (
    fault("score off the scale", swap(EVENTS, "Senn,4,", "Senn,6,"), finding=f"{EVENTS}:2: score: 6 is outside -5..5"),
    fault("score fractional", swap(EVENTS, "Senn,4,", "Senn,4.5,"),
          finding=f"{EVENTS}:2: score: '4.5' is not a whole number; allowed: digits, with - before a negative number"),
    fault("score that only Python reads as a number", swap(EVENTS, "Senn,4,", "Senn,0_4,"),
          finding=f"{EVENTS}:2: score: '0_4' is not a number; allowed: digits, with - before a negative number "
                  "and a point before decimals"),
    fault("score empty", swap(EVENTS, "Senn,4,", "Senn,,"),
          finding=f"{EVENTS}:2: score: is empty; fill it in: What it did to the relationship, on the scale `relationship` of scales.yml"),
    fault("score with a typographic minus", swap(EVENTS, "hauliers,-2", "hauliers,−2"),
          finding=f"{EVENTS}:3: score: '−2' has a typographic minus and was read as -2; write -2"),
    fault("zero where the scale has none", swap("data/scales.yml", "zero: true", "zero: false"),
          finding=f"{EVENTS}:4: score: 0 moves nothing and is not given on this scale; allowed: -5..-1 and 1..5",
          alone="changes the scale of every issue"),
    fault("zero incident", swap(INCIDENTS, "protocol,2,1", "protocol,2,0"),
          finding=f"{INCIDENTS}:3: regional: 0 moves nothing and is not given on this scale; allowed: -2..-1 and 1..2"),
    fault("incident off the scale", swap(INCIDENTS, "protocol,2,1", "protocol,3,1"),
          finding=f"{INCIDENTS}:3: national: 3 is outside -2..2"),
    fault("unknown relationship", swap(EVENTS, "2-veldia-01,veldia", "2-veldia-01,veldai"),
          finding=f"{EVENTS}:2: relationship: 'veldai' is not one of the relationships; "
                  "did you mean 'veldia'? allowed: veldia, river-5, amberland"),
    fault("unknown source", swap(EVENTS, "5,river-five-chair", "5,river-five-char"),
          finding=f"{EVENTS}:5: source: 'river-five-char' is not one of the sources; did you mean 'river-five-chair'? allowed: "
                  "compass-1, compass-2, veldia-herald-hauliers, river-five-chair, customs-office, water-talks-paper, "
                  "open-river-paper, harbour-interview"),
    fault("unknown category", swap(INCIDENTS, "2,1,agreements", "2,1,agreement"),
          finding=f"{INCIDENTS}:3: category: 'agreement' is not one of the categories; "
                  "did you mean 'agreements'? allowed: movements, agreements"),
    fault("date that is none", swap(EVENTS, "2023-04-03", "3 April"),
          finding=f"{EVENTS}:2: date: '3 April' is not a date; allowed: 2021, 2021-01, 2021-01-04, 2021-02-~10, "
                  "2021-04-XX, 2021-33, or two of these joined by /"),
    fault("date outside the subset", swap(EVENTS, "2023-04-03", "2023-04-03?"),
          finding=f"{EVENTS}:2: date: '2023-04-03?' is not a date; allowed: 2021, 2021-01, 2021-01-04, 2021-02-~10, "
                  "2021-04-XX, 2021-33, or two of these joined by /"),
    fault("date not in the calendar", swap(EVENTS, "2023-04-03", "2023-04-31"),
          finding=f"{EVENTS}:2: date: '2023-04-31' is not in the calendar; check the month and the day"),
    fault("date as spreadsheets show it", swap(EVENTS, "2023-04-03", "03.04.2023"),
          finding=f"{EVENTS}:2: date: '03.04.2023' is not a date; did you mean 2023-04-03? allowed: 2021, 2021-01, 2021-01-04, "
                  "2021-02-~10, 2021-04-XX, 2021-33, or two of these joined by /", alone="stands in a year that is not written as in data"),
    fault("date as spreadsheets count it", swap(EVENTS, "2023-04-03", "45019"),
          finding=f"{EVENTS}:2: date: '45019' is not a date; did you mean 2023-04-03? allowed: 2021, 2021-01, 2021-01-04, "
                  "2021-02-~10, 2021-04-XX, 2021-33, or two of these joined by /", alone="stands in a year that is not written as in data"),
    fault("date that can be read in two ways", swap(EVENTS, "2023-04-03", "03/04/2023"),
          finding=f"{EVENTS}:2: date: '03/04/2023' is not a date; allowed: 2021, 2021-01, 2021-01-04, "
                  "2021-02-~10, 2021-04-XX, 2021-33, or two of these joined by /", alone="stands in a year that is not written as in data"),
    fault("score with a dash", swap(EVENTS, "hauliers,-2", "hauliers,—2"),
          finding=f"{EVENTS}:3: score: '—2' has a typographic minus and was read as -2; write -2"),
    fault("letter of another alphabet", swap(EVENTS, "2-veldia-01,veldia", "2-veldia-01,veldi\u0430"),
          finding=f"{EVENTS}:2: relationship: 'veldi\u0430' is not one of the relationships; did you mean 'veldia'? "
                  "'\u0430' is U+0430 CYRILLIC SMALL LETTER A; allowed: veldia, river-5, amberland"),
    fault("id with a letter of another alphabet", swap(EVENTS, "2-veldia-01,", "2-veldi\u0430-01,"),
          finding=f"{EVENTS}:2: id: '2-veldi\u0430-01' is not of the form 19-security-04; "
                  "lower-case letters, digits and single hyphens are allowed; '\u0430' is U+0430"),
    fault("id with a space of no width", swap(EVENTS, "2-veldia-01,", "2-veldia-\u200b01,"),
          finding=f"{EVENTS}:2: id: holds the invisible character U+200B; delete it, or type the words anew"),
    fault("id that begins with nought", swap(EVENTS, "2-veldia-01", "2-veldia-00"),
          finding=f"{EVENTS}:2: id: '2-veldia-00' is not of the form 19-security-04; the number of a row begins with 01"),
    fault("date reversed", swap(EVENTS, "2023-05-09/2023-05-10", "2023-05-10/2023-05-09"),
          finding=f"{EVENTS}:4: date: '2023-05-10/2023-05-09' ends before it begins; the earlier day comes first"),
    fault("date approximate with one end", swap(EVENTS, "2023-04-~11/2023-04-~20", "2023-04-~11"),
          finding=f"{EVENTS}:3: date: '2023-04-~11' is approximate and needs both ends, "
                  "such as 2021-02-~01/2021-02-~10 for early February"),
    fault("date begins on a wrong approximate day", swap(EVENTS, "2023-04-~11/2023-04-~20", "2023-04-~12/2023-04-~20"),
          finding=f"{EVENTS}:3: date: '2023-04-~12/2023-04-~20' begins on an approximate day; allowed there: ~01, ~11, ~21"),
    fault("date ends on a wrong approximate day", swap(EVENTS, "2023-04-~11/2023-04-~20", "2023-04-~11/2023-04-~19"),
          finding=f"{EVENTS}:3: date: '2023-04-~11/2023-04-~19' ends on an approximate day; allowed there: ~10, ~15, ~20, ~30"),
    fault("date outside the issue", swap(EVENTS, "2023-04-03", "2023-07-03"),
          finding=f"{EVENTS}:2: date: 2023-07-03 is outside the period of the issue; allowed: 2023-04-01 to 2023-06-30, "
                  "or a reason in the column outside"),
    fault("incident outside the issue", swap(INCIDENTS, "2023-05-17", "2023-03-31"),
          finding=f"{INCIDENTS}:3: date: 2023-03-31 is outside the period of the issue; allowed: 2023-04-01 to 2023-06-30, "
                  "or a reason in the column outside"),
    fault("period of another issue", swap(TITLE, "period: 2023-04/2023-06", "period: 2022-04/2022-06"),
          finding=f"{TITLE}:4: period: 2022-04/2022-06 is not the period of issue 2; that is 2023-04/2023-06"),
    fault("id malformed", swap(EVENTS, "2-veldia-01", "2-Veldia-01"),
          finding=f"{EVENTS}:2: id: '2-Veldia-01' is not of the form 19-security-04; "
                  "lower-case letters, digits and single hyphens are allowed"),
    fault("id of another issue", swap(EVENTS, "2-veldia-01", "3-veldia-01"),
          finding=f"{EVENTS}:2: id: '3-veldia-01' does not fit its row; here it begins with 2-veldia-"),
    fault("id of another relationship", swap(EVENTS, "2-veldia-01", "2-amberland-01"),
          finding=f"{EVENTS}:2: id: '2-amberland-01' does not fit its row; here it begins with 2-veldia-"),
    fault("incident id of a relationship", swap(INCIDENTS, "2-security-02", "2-veldia-09"),
          finding=f"{INCIDENTS}:3: id: '2-veldia-09' does not fit its row; here it begins with 2-security-"),
    fault("id twice", swap(EVENTS, "2-veldia-02", "2-veldia-01"),
          finding=f"{EVENTS}:3: id: '2-veldia-01' is already at {EVENTS}:2; each stands once"),
    fault("event entered twice",
          swap(EVENTS, "2023-05-09/2023-05-10,The mixed commission on water meets and agrees nothing",
               "2023-04-03,Foreign Ministers open a shared  customs post at Senn"),
          finding=f"{EVENTS}:4: event: is the same event as 2-veldia-01 in line 2; each event is entered once, "
                  "and another one like it says so in the column repeats"),
    fault("incident entered twice",
          swap(INCIDENTS, "2023-06-~21/2023-06-~30,Drones of unknown origin over the Senn dam",
               "2023-05-17,Kestria and Amberland sign a hotline protocol"),
          finding=f"{INCIDENTS}:4: event: is the same event as 2-security-02 in line 3; each event is entered once, "
                  "and another one like it says so in the column repeats"),
    fault("text empty", swap(EVENTS, "Foreign ministers open a shared customs post at Senn", ""),
          finding=f"{EVENTS}:2: event: is empty; fill it in: What happened, in one neutral line"),
    fault("text that is a formula", swap(EVENTS, "Four members vote", "=HYPERLINK(members)"),
          finding=f"{EVENTS}:6: event: begins with '=', which a spreadsheet would run as a formula; begin with a letter or digit"),
    fault("text that a spreadsheet adds up", swap(INCIDENTS, "Drones of", "+Drones of"),
          finding=f"{INCIDENTS}:4: event: begins with '+', which a spreadsheet would run as a formula; begin with a letter or digit"),
    fault("text with a line break", swap(EVENTS, "the group, its", "the group,\nits"),
          finding=f"{EVENTS}:5: event: holds a line break or control character; write one line of plain text"),
    fault("text with a line separator", swap(EVENTS, "Four members", "Four\u2028members"),
          finding=f"{EVENTS}:6: event: holds a line break or control character; write one line of plain text"),
)  # fmt: skip

FILES = (
    fault("column missing", swap(EVENTS, "score,source", "score"),
          finding=f"{EVENTS}:1: source: is a missing column; the columns are id, relationship, date, event, score, source"),
    fault("column too many", swap(EVENTS, "score,source", "score,source,remark"),
          finding=f"{EVENTS}:1: remark: is not a column of this file; allowed: id, relationship, date, event, score, "
                  "source, weight, outside, repeats"),
    fault("header once more", swap(EVENTS, "2-veldia-02,", "id,relationship,date,event,score,source\n2-veldia-02,"),
          finding=f"{EVENTS}:3: row: is the header once more; delete this line"),
    fault("total", add(EVENTS, ",,,Total,2,\n"),
          finding=f"{EVENTS}:7: row: has hardly a cell filled in, and looks like a total; delete it: sums are worked out from the rows"),
    fault("total with a word for its id", add(EVENTS, "Total,,,,2,\n"),
          finding=f"{EVENTS}:7: row: has hardly a cell filled in, and looks like a total; delete it: sums are worked out from the rows"),
    fault("no date", swap(EVENTS, "2-veldia-01,veldia,2023-04-03,", "2-veldia-01,veldia,,"),
          finding=f"{EVENTS}:2: date: is empty; fill it in: When it happened"),
    fault("title above the header", swap(EVENTS, "id,relationship", "Events of the quarter,,,,,\n,,,,,\nid,relationship"),
          finding=f"{EVENTS}:1: file: does not begin with the header, which stands in line 3; delete what is above it"),
    fault("line for Excel", swap(EVENTS, "id,relationship", "sep=,\nid,relationship"),
          finding=f"{EVENTS}:1: file: begins with the line 'sep=,', which is for Excel alone; "
                  "delete it, and save as CSV separated by commas"),
    fault("tabs", write(f"data/{PAPER}/figures.csv", "id\tfigure\titem\tperiod\tvalue\n"),
          finding=f"data/{PAPER}/figures.csv:1: file: is separated by tabs; save it as CSV separated by commas"),
    fault("semicolons and quotes", write(INCIDENTS, '"id";"date";"event";"national"\n"2-security-01";"2023-05-17";"A; b";"1"\n'),
          finding=f"{INCIDENTS}:1: file: is separated by semicolons; save it as CSV separated by commas"),
    fault("column twice", swap(EVENTS, "score,source", "score,source,score"),
          finding=f"{EVENTS}:1: score: is a column twice; each column stands once"),
    Broken("column misspelt", (swap(EVENTS, "score,source", "score,sources"),), (
        f"{EVENTS}:1: source: is a missing column; the columns are id, relationship, date, event, score, source",
        f"{EVENTS}:1: sources: is not a column of this file; did you mean 'source'? "
        "allowed: id, relationship, date, event, score, source, weight, outside, repeats")),
    fault("row short", swap(EVENTS, ",4,compass-2", ",4"),
          finding=f"{EVENTS}:2: row: has 5 cells; the header has 6: id,relationship,date,event,score,source"),
    fault("row long", swap(EVENTS, ",4,compass-2", ",4,compass-2,"),
          finding=f"{EVENTS}:2: row: has 7 cells; the header has 6: id,relationship,date,event,score,source; "
                  "a text with a comma stands in double quotes"),
    fault("row after a cell of two lines", swap(EVENTS, "Four members vote against a Kestrian draft,-4", '"Four members","vote",-4'),
          finding=f"{EVENTS}:6: row: has 7 cells; the header has 6: id,relationship,date,event,score,source; "
                  "a text with a comma stands in double quotes"),
    fault("quote not closed", swap(EVENTS, 'twelve years"', "twelve years"),
          finding=f'{EVENTS}:5: row: has a quote that is not closed; a cell in quotes ends with ", and a quote in it is written ""'),
    fault("quote inside a quoted cell", swap(EVENTS, "its first in", 'its "first" in'),
          finding=f'{EVENTS}:5: row: has a quote that is not closed; a cell in quotes ends with ", and a quote in it is written ""'),
    fault("bytes that are not UTF-8", swap(EVENTS, "Four members", "Čtyři members", "cp1250"),
          finding=f"{EVENTS}:6: file: holds the byte 0xc8, which is not UTF-8; save it as UTF-8"),
    fault("semicolons", write(FIGURES, "id;figure;item;period;value\nhauliers-april;hauliers;Lorries;2023-04;310\n"),
          finding=f"{FIGURES}:1: file: is separated by semicolons; save it as CSV separated by commas"),
    fault("file empty", write(TRADE, ""),
          finding=f"{TRADE}:1: file: is empty; its first line names the columns value, upper, unit, qualifier, change, change_unit, "
                  "source, id, partner, flow, period, product"),
    fault("file of no publication", write("data/issues/9/events.csv", "id\n"),
          finding="data/issues/9:1: file: belongs to no publication; a publication's folder holds publication.yml"),
    fault("file where folders stand", write("data/policy/plan.txt", "later\n"),
          finding="data/policy/plan.txt:1: file: belongs to no publication; a publication's folder holds publication.yml"),
    fault("file of no known name", write(f"data/{ISSUE}/incidents.xlsx", ""),
          finding=f"data/{ISSUE}/incidents.xlsx:1: file: is no data file of this place and belongs to no publication; "
                  "did you mean 'incidents.csv'? allowed: publication.yml, release.yml, events.csv, incidents.csv, trade.csv, figures.csv"),
    fault("file of another kind of publication", write(f"data/{TALKS}/events.csv", "id\n"),
          finding=f"data/{TALKS}/events.csv:1: file: is no data file of this place and belongs to no publication; "
                  "allowed: publication.yml, release.yml, trade.csv, figures.csv, points.yml"),
    fault("file beside the shared ones", write("data/source.yml", "a: b\n"),
          finding="data/source.yml:1: file: is no data file of this place and belongs to no publication; did you mean 'sources.yml'? "
                  "allowed: series.yml, relationships.yml, scales.yml, vocabularies.yml, sources.yml, coming.yml, preservation.yml, "
                  "published_indices.csv, issues/, policy/ and 2 more"),
    fault("shared file missing", drop("data/vocabularies.yml"),
          finding="data/vocabularies.yml:1: file: is missing; every site needs it",
          alone="takes away the words by which other files are checked"),
)  # fmt: skip

NUMBERS = (
    fault("unknown partner", swap(TRADE, "amberland-exports-q2,amberland", "amberland-exports-q2,amberlnd"),
          finding=f"{TRADE}:6: partner: 'amberlnd' is not one of the partners; "
                  "did you mean 'amberland'? allowed: veldia, river-states, amberland"),
    fault("unknown flow", swap(TRADE, "amberland,exports", "amberland,export"),
          finding=f"{TRADE}:6: flow: 'export' is not one of the flows; did you mean 'exports'? "
                  "allowed: exports, imports, turnover, balance"),
    fault("unknown unit", swap(TRADE, "40,,crown-million", "40,,crown-milion"),
          finding=f"{TRADE}:6: unit: 'crown-milion' is not one of the units; "
                  "did you mean 'crown-million'? allowed: crown-million, percent, barges"),
    fault("unknown qualifier", swap(TRADE, "crown-million,about", "crown-million,abuot"),
          finding=f"{TRADE}:6: qualifier: 'abuot' is not one of the qualifiers; did you mean 'about'? allowed: about, over"),
    fault("unknown unit of a change", swap(TRADE, "12.5,percent", "12.5,per-cent"),
          finding=f"{TRADE}:2: change_unit: 'per-cent' is not one of the units; "
                  "did you mean 'percent'? allowed: crown-million, percent, barges"),
    fault("value that is no number", swap(TRADE, "40,,crown", "forty,,crown"),
          finding=f"{TRADE}:6: value: 'forty' is not a number; allowed: digits with a decimal point, such as 956.8"),
    fault("value with a thousands separator", swap(FIGURES, "310", '"1,310"'),
          finding=f"{FIGURES}:2: value: '1,310' is not a number; allowed: digits with a decimal point, such as 956.8"),
    fault("value empty", swap(FIGURES, "310", ""),
          finding=f"{FIGURES}:2: value: is empty; fill it in: The number as stated, in its unit; of a range the lower end"),
    fault("value with a typographic minus", swap(TRADE, ",-3,", ",–3,"),
          finding=f"{TRADE}:3: change: '–3' has a typographic minus and was read as -3; write -3"),
    fault("change without its unit", swap(TRADE, "12.5,percent", "12.5,"),
          finding=f"{TRADE}:2: row: change and change_unit go together; fill both cells or neither"),
    fault("turnover that is no sum", swap(TRADE, "218.8", "221.3"),
          finding=f"{TRADE}:4: value: 221.3 is not exports + imports; veldia-exports-q2 and veldia-imports-q2 give 218.7"),
    fault("balance that is no difference", swap(TRADE, ",22.3", ",-22.3"),
          finding=f"{TRADE}:5: value: -22.3 is not exports − imports; veldia-exports-q2 and veldia-imports-q2 give 22.3"),
    fault("number twice", swap(FIGURES, "hauliers-june", "veldia-exports-q2"),
          finding=f"{FIGURES}:3: id: 'veldia-exports-q2' is already at {TRADE}:2; each stands once"),
    fault("unknown figure", swap(FIGURES, "hauliers-june,hauliers", "hauliers-june,haulier"),
          finding=f"{FIGURES}:3: figure: 'haulier' is not one of the figures of publication.yml; did you mean 'hauliers'? "
                  "allowed: hauliers"),
    fault("unknown series stated elsewhere", swap(STATED, "7,2024-07/2024-09,amberland", "7,2024-07/2024-09,ambreland"),
          finding=f"{STATED}:6: series: 'ambreland' is not one of the series; did you mean 'amberland'? "
                  "allowed: veldia, river-5, amberland, home-safety, basin-calm"),
    fault("unknown band stated elsewhere", swap(STATED, ",-3,haze", ",-3,hazy"),
          finding=f"{STATED}:5: band: 'hazy' is not one of the bands; did you mean 'haze'? allowed: clear, haze, storm"),
    fault("issue stated elsewhere in another period", swap(STATED, "2024-01/2024-03,veldia", "2024-01/2024-02,veldia"),
          finding=f"{STATED}:4: period: 2024-01/2024-02 is not the period of issue 5; that is 2024-01/2024-03"),
    fault("index stated elsewhere twice", add(STATED, "3,2023-07/2023-09,veldia,-6,,https://compass.example/3\n"),
          finding=f"{STATED}:7: series: '3 veldia' is already at {STATED}:2; each stands once"),
    fault("link with a space", swap(STATED, ",storm,https://compass.example/originals/3.pdf", ",storm,https://compass.example/a 3.pdf"),
          finding=f"{STATED}:3: source_url: 'https://compass.example/a 3.pdf' holds a space, a quote or a bracket; "
                  "percent-encode it as browsers do"),
    fault("link with another scheme", swap(SOURCES, "https://customs.example/quarters", "javascript:alert(1)"),
          finding=f"{SOURCES}:24: url: 'javascript:alert(1)' does not begin with http://, https://, mailto:; "
                  "allowed are web and mail addresses"),
    fault("source without a name", swap(SOURCES, "  about: Communiqué on the change of the chair\n", "  note: undated\n"),
          finding=f"{SOURCES}:16: row: has neither title nor about; give the title as stated, or say in about what it is"),
    fault("relationship twice",
          add("data/relationships.yml", '- {id: veldia, label: Veldia, title: Veldia, partner: veldia, colour: "#000000"}\n'),
          finding="data/relationships.yml:16: id: 'veldia' is already at data/relationships.yml:1; each stands once"),
    fault("colour that is none", swap("data/relationships.yml", "#8a6d00", "gold"),
          finding="data/relationships.yml:15: colour: 'gold' is not of the form #2b5c9e; "
                  "lower-case letters, digits and single hyphens are allowed"),
    fault("colour scale with a gap", swap("data/scales.yml", "highest: 0", "highest: -1"),
          finding="data/scales.yml:33: highest: -1 leaves a gap or overlap after 'clear'; here it is 0"),
    fault("colour scale with a ceiling", swap("data/scales.yml", "highest:\n", "highest: 9\n"),
          finding="data/scales.yml:25: highest: limits the first band; leave it empty, so that every value has a band"),
    fault("colour scale with a floor", swap("data/scales.yml", "lowest:\n", "lowest: -9\n"),
          finding="data/scales.yml:42: lowest: limits the last band; leave it empty, so that every value has a band"),
)  # fmt: skip

TITLE_PAGES = (
    fault("index that the data does not give", swap(TITLE, "aggregate: 2,", "aggregate: 3,"),
          finding=f"{TITLE}:26: aggregate: aggregate 3 of veldia is not what the catalogue gives; its 3 rows give 2"),
    fault("part of an index that the data does not give", swap(TITLE, "negative: -4", "negative: -3"),
          finding=f"{TITLE}:27: negative: negative -3 of river-5 is not what the catalogue gives; its 2 rows give -4"),
    fault("band that the data does not give", swap(TITLE, "band: haze", "band: storm"),
          finding=f"{TITLE}:29: band: band storm of basin-calm is not what the catalogue gives; its 3 rows give haze"),
    fault("unknown band", swap(TITLE, "band: haze", "band: hase"),
          finding=f"{TITLE}:29: band: 'hase' is not one of the bands; did you mean 'haze'? allowed: clear, haze, storm"),
    fault("unknown index", swap(TITLE, "home-safety: {", "home-safty: {"),
          finding=f"{TITLE}:28: home-safty: 'home-safty' is not one of the series; did you mean 'home-safety'? "
                  "allowed: veldia, river-5, amberland, home-safety, basin-calm"),
    fault("positive part below zero", swap(TITLE, "positive: 4", "positive: -4"),
          finding=f"{TITLE}:26: positive: -4 is too low; the lowest allowed is 0"),
    fault("number and period disagree", swap(TITLE, "period: 2023-04/2023-06", "period: 2023-04/2023-07"),
          finding=f"{TITLE}:4: period: 2023-04/2023-07 is not the period of issue 2; that is 2023-04/2023-06"),
    fault("number beyond any calendar", swap(TITLE, "number: 2\nperiod", "number: 99999999\nperiod"),
          finding=f"{TITLE}:3: number: 99999999 is too high; the highest allowed is 99999"),
    fault("number and slug disagree",
          swap(TITLE, 'slug: "2"', "slug: two"), move(f"docs/{ISSUE}", "docs/issues/two"), move(f"data/{ISSUE}", "data/issues/two"),
          finding="data/issues/two/publication.yml:3: number: 2 is not the slug of this issue, two; they are the same"),
    fault("slug and folder disagree", swap(f"data/{PAPER}/publication.yml", "slug: open-river", "slug: closed-river"),
          finding=f"data/{PAPER}/publication.yml:2: slug: 'closed-river' is not the name of its folder; that is open-river"),
    fault("kind and folder disagree", swap(f"data/{PAPER}/publication.yml", "kind: policy-paper", "kind: non-paper"),
          finding=f"data/{PAPER}/publication.yml:1: kind: 'non-paper' does not belong in data/policy/; here it is policy-paper"),
    fault("unknown kind", swap(TITLE, "kind: issue", "kind: isue"),
          finding=f"{TITLE}:1: kind: 'isue' is unknown; did you mean 'issue'? allowed: issue, non-paper, policy-paper"),
    fault("unknown kind of edition", swap(TITLE, "kind: revision", "kind: revison"),
          finding=f"{TITLE}:23: kind: 'revison' is unknown; did you mean 'revision'? allowed: original, correction, revision"),
    fault("issue without a period", swap(TITLE, "period: 2023-04/2023-06\n", ""),
          finding=f"{TITLE}:1: row: is an issue without number or period; an issue states both"),
    fault("paper with a period", swap(f"data/{TALKS}/publication.yml", "language: en", "language: en\nperiod: 2022-10"),
          finding=f"data/{TALKS}/publication.yml:1: row: is a non-paper with period; only an issue has these"),
    fault("assessment of an unknown index", swap(TITLE, "assessments:\n  veldia:", "assessments:\n  veldja:"),
          finding=f"{TITLE}:38: veldja: 'veldja' is not one of the series; did you mean 'veldia'? "
                  "allowed: veldia, river-5, amberland, home-safety, basin-calm"),
    fault("row that explains another index", swap(TITLE, "explained_by: [2-veldia-01,", "explained_by: [2-river-5-01,"),
          finding=f"{TITLE}:40: explained_by: '2-river-5-01' is not one of the rows of veldia; did you mean '2-veldia-01'? …",
          alone="is found only where the shared lists have no fault"),
    fault("point that concerns nobody known", swap(f"data/{TALKS}/points.yml", "concerns: [river-5]", "concerns: [river-6]"),
          finding=f"data/{TALKS}/points.yml:25: concerns: 'river-6' is not one of the relationships; did you mean 'river-5'? …"),
    fault("withdrawn without a reason", swap(TITLE, "status: published", "status: withdrawn"),
          finding=f"{TITLE}:1: row: status, withdrawal and withdrawal_date disagree; "
                  "a withdrawn publication, and no other, gives its reason and its day"),
    fault("planned issue that stands twice", swap("data/coming.yml", "number: 3", "number: 4"),
          finding="data/coming.yml:4: number: '4' is already at data/coming.yml:1; each stands once",
          alone="another fault takes the day out of the same entry"),
    fault("planned issue without a day", swap("data/coming.yml", "  date: 2023-10-20\n", ""),
          finding="data/coming.yml:4: date: is missing; it is needed: The day for which it is planned"),
    fault("unknown original", swap(TITLE, "original: compass-2", "original: kompass-2"),
          finding=f"{TITLE}:14: original: 'kompass-2' is not one of the sources; did you mean 'compass-2'? allowed: compass-1, compass-2, "
                  "veldia-herald-hauliers, river-five-chair, customs-office, water-talks-paper, open-river-paper, harbour-interview"),
    fault("editions out of order", swap(TITLE, "- number: 2", "- number: 3"),
          finding=f"{TITLE}:21: number: 3 is out of order; here it is 2"),
    fault("edition before the one before", swap(TITLE, "2024-05-01", "2024-03-31"),
          finding=f"{TITLE}:22: date: 2024-03-31 is before edition 1, 2024-04-01; editions follow one another"),
    fault("second original", swap(TITLE, "kind: revision", "kind: original"),
          finding=f"{TITLE}:23: kind: 'original' cannot stand here; edition 2 is a correction or revision"),
    fault("edition without a day", swap(TITLE, "date: 2024-05-01", "date: 2024"),
          finding=f"{TITLE}:22: date: '2024' is not a date; allowed: a day such as 2026-11-21"),
    fault("figure declared twice", swap(TITLE, "figures:\n", "figures:\n  - {id: hauliers, title: Again, kind: table}\n"),
          finding=f"{TITLE}:32: id: 'hauliers' is already used in this list; each id stands once"),
    fault("key missing", swap(TITLE, "language: en\n", ""),
          finding=f"{TITLE}:1: language: is missing; it is needed: Language of the text, as in BCP 47"),
    fault("key without a value", swap(TITLE, "language: en\n", "language:\n"),
          finding=f"{TITLE}:11: language: is empty; fill it in: Language of the text, as in BCP 47"),
    fault("list empty", swap(TITLE, "keywords: [customs, hauliers]", "keywords: []"),
          finding=f"{TITLE}:12: keywords: is empty; at least one entry is needed"),
    fault("slug that YAML reads as a number", swap(TITLE, 'slug: "2"', "slug: 2"),
          finding=f"{TITLE}:2: slug: '2' is not text; put it in quotes"),
    fault("true for a number", swap(TITLE, "- number: 2", "- number: true"),
          finding=f"{TITLE}:21: number: 'True' is not a whole number; allowed: digits, with - before a negative number"),
)  # fmt: skip

YAML = (
    fault("YAML that does not parse", swap(TITLE, "title: Kestria Compass, second", "title: Kestria: Compass, second"),
          finding=f"{TITLE}:6: file: does not parse as YAML: "
                  "a text holds a colon followed by a space; put it in double quotes"),
    fault("YAML with a tab", swap(POINTS, "    title: Downstream", "\ttitle: Downstream"),
          finding=f"{POINTS}:5: file: does not parse as YAML: found a tab character that violates indentation"),
    fault("YAML empty", write(POINTS, "# later\n"), finding=f"{POINTS}:1: file: is empty"),
    fault("YAML of two documents", add(VIEWS, "---\n- {}\n"),
          finding=f"{VIEWS}:13: file: does not parse as YAML: but found another document"),
    fault("unknown key", swap(TITLE, "subtitle:", "subtitel:"),
          finding=f"{TITLE}:7: subtitel: is not a known key; did you mean 'subtitle'? allowed: …"),
    fault("unknown key deep inside", swap(TITLE, "    note: Returns", "    notes: Returns"),
          finding=f"{TITLE}:34: notes: is not a known key; did you mean 'note'? allowed: id, title, kind, note"),
    fault("key twice", add(TITLE, "slug: two\n"), finding=f"{TITLE}:53: slug: is here twice; each key stands once"),
    fault("key twice deep inside", swap(TITLE, "aggregate: -1", "aggregate: -1, aggregate: -1"),
          finding=f"{TITLE}:28: aggregate: is here twice; each key stands once"),
    fault("YAML tag", swap(POINTS, "text: The melt", "text: !!str The melt"),
          finding=f"{POINTS}:20: file: holds the YAML tag '!!str'; plain values only"),
    fault("YAML tag that runs code", swap(ADVICE, "text: It follows the melt.", "text: !!python/name:os.system It follows the melt."),
          finding=f"{ADVICE}:13: file: holds the YAML tag '!!python/name:os.system'; plain values only"),
    fault("YAML anchor", swap(POINTS, "section: downstream", "section: &here downstream"),
          finding=f"{POINTS}:22: file: holds the YAML anchor '&here'; write the value out each time"),
    fault("YAML that holds itself", write(POINTS, "points: &all\n  - *all\nsections: []\n"),
          finding=f"{POINTS}:1: file: holds the YAML anchor '&all'; write the value out each time"),
    fault("text that YAML cuts off", swap(f"data/{PAPER}/publication.yml", "title: An Open River", "title: An Open River #2"),
          finding=f"data/{PAPER}/publication.yml:4: file: is cut off before '#2', which YAML takes for a comment; "
                  "put the whole text in double quotes"),
    fault("keys where a list stands", write(VIEWS, "j-1: Trade follows the timetable\n"),
          finding=f"{VIEWS}:1: file: does not hold a list of entries, each beginning with '- '"),
    fault("list where keys stand", write(POINTS, "- p-1\n"), finding=f"{POINTS}:1: file: does not hold keys with values"),
    fault("text where keys stand", swap(f"data/{PAPER}/publication.yml", "- {given: Tomas, family: Orel}", "- Tomas Orel"),
          finding=f"data/{PAPER}/publication.yml:8: authors: does not hold keys with values"),
)  # fmt: skip

PAPERS = (
    fault("unknown section", swap(POINTS, "section: downstream", "section: downstram"),
          finding=f"{POINTS}:22: section: 'downstram' is not one of the sections; "
                  "did you mean 'downstream'? allowed: upstream, downstream"),
    fault("point twice", swap(POINTS, "p-4", "p-3"), finding=f"{POINTS}:21: id: 'p-3' is already used in this list; each id stands once"),
    fault("point malformed", swap(POINTS, "p-4", "p4"),
          finding=f"{POINTS}:21: id: 'p4' is not of the form p-17; lower-case letters, digits and single hyphens are allowed"),
    fault("points of a section in two places", swap(POINTS, "- id: p-1\n", "- id: p-1\n    section: downstream\n"),
          finding=f"{POINTS}:6: points: of downstream stand in two places; …"),
    fault("section twice", swap(POINTS, "points:", "  - {id: upstream, title: Again}\npoints:"),
          finding=f"{POINTS}:6: id: 'upstream' is already used in this list; each id stands once"),
    fault("unknown addressee", swap(ADVICE, "addressee: ports", "addressee: port"),
          finding=f"{ADVICE}:4: addressee: 'port' is not one of the addressees; did you mean 'ports'? allowed: cabinet, ports"),
    fault("unknown theme", swap(ADVICE, "theme: water", "theme: waters"),
          finding=f"{ADVICE}:22: theme: 'waters' is not one of the themes; did you mean 'water'? allowed: water, transport"),
    fault("unknown source of a recommendation", swap(ADVICE, "[harbour-interview]", "[harbor-interview]"),
          finding=f"{ADVICE}:17: sources: 'harbor-interview' is not one of the sources; did you mean 'harbour-interview'? "
                  "allowed: compass-1, compass-2, veldia-herald-hauliers, river-five-chair, customs-office, water-talks-paper, "
                  "open-river-paper, harbour-interview"),
    fault("component out of order", swap(ADVICE, "r-1-b", "r-1-c"), finding=f"{ADVICE}:14: id: 'r-1-c' is out of order; here it is r-1-b"),
    fault("recommendation twice", swap(ADVICE, "- id: r-3", "- id: r-1"),
          finding=f"{ADVICE}:28: id: 'r-1' is already at {ADVICE}:1; each stands once"),
    fault("unknown kind of judgement", swap(VIEWS, "kind: assumption", "kind: asumption"),
          finding=f"{VIEWS}:8: kind: 'asumption' is not one of the judgements; did you mean 'assumption'? allowed: judgement, assumption"),
    fault("unknown actor", swap(VIEWS, "actor: veldia", "actor: veldea"),
          finding=f"{VIEWS}:9: actor: 'veldea' is not one of the actors; did you mean 'veldia'? allowed: kestria, veldia"),
    fault("judgement twice", swap(VIEWS, "j-2", "j-1"), finding=f"{VIEWS}:7: id: 'j-1' is already at {VIEWS}:1; each stands once"),
    fault("judgement that is a formula", swap(VIEWS, "title: Veldia wants the toll", 'title: "@SUM the toll"'),
          finding=f"{VIEWS}:10: title: begins with '@', which a spreadsheet would run as a formula; begin with a letter or digit"),
)  # fmt: skip

PAGES = (
    fault("unknown macro", swap(PAGE, '{{ index("veldia") }}', '{{ indx("veldia") }}'),
          finding=f"{PAGE}:6: macro: 'indx' is unknown; did you mean 'index'? allowed: …"),
    fault("unknown chart", swap(PAGE, 'chart("trade"', 'chart("trad"'),
          finding=f"{PAGE}:18: macro: chart 'trad' is unknown; did you mean 'trade'? allowed: …"),
    fault("relationship without events", swap(PAGE, 'chart("events", relationship="veldia")', 'chart("events", relationship="amberland")'),
          finding=f"{PAGE}:8: macro: chart('events'): relationship 'amberland' is unknown; allowed: veldia, river-5"),
    fault("unknown relationship on a page", swap(PAGE, '{{ events("veldia") }}', '{{ events("veldea") }}'),
          finding=f"{PAGE}:22: macro: events: relationship 'veldea' is unknown; did you mean 'veldia'? allowed: veldia, river-5"),
    fault("unknown index of a page", swap(f"docs/{ISSUE}/security.md", "basin-calm", "basin-clam"),
          finding=f"docs/{ISSUE}/security.md:8: macro: index: series 'basin-clam' is unknown; did you mean 'basin-calm'? "
                  "allowed: veldia, river-5, home-safety, basin-calm"),
    fault("unknown partner of a chart", swap(PAGE, 'partner="veldia"', 'partner="river-states"'),
          finding=f"{PAGE}:18: macro: chart('trade'): partner 'river-states' is unknown; allowed: amberland, veldia"),
    fault("unknown event", swap(PAGE, "2-veldia-01", "2-veldia-99"),
          finding=f"{PAGE}:12: macro: event: event '2-veldia-99' is unknown; did you mean '2-veldia-03'? allowed: …"),
    fault("unknown source of a page", swap(PAGE, 'cite("veldia-herald-hauliers")', 'cite("veldia-herald")'),
          finding=f"{PAGE}:12: macro: cite: source 'veldia-herald' is unknown; did you mean 'veldia-herald-hauliers'? allowed: …"),
    fault("unknown number", swap(PAGE, 'value("veldia-exports-q2")', 'value("veldia-exports-q3")'),
          finding=f"{PAGE}:14: macro: value: row 'veldia-exports-q3' is unknown; did you mean 'veldia-exports-q2'? allowed: …"),
    fault("number of another publication", swap(PAPER_PAGE, 'value("cargo-grain-2021")', 'value("veldia-exports-q2")'),
          finding=f"{PAPER_PAGE}:6: macro: value: row 'veldia-exports-q2' is unknown; …"),
    fault("unknown table", swap(PAPER_PAGE, 'table("money")', 'table("monies")'),
          finding=f"{PAPER_PAGE}:18: macro: table: figure 'monies' is unknown; did you mean 'money'? "
                  "allowed: cargo-2021, fleet-2021, passages, money"),
    fault("unknown kind of judgement on a page", swap(PAPER_PAGE, 'judgements("judgement")', 'judgements("judgment")'),
          finding=f"{PAPER_PAGE}:8: macro: judgements: judgement 'judgment' is unknown; "
                  "did you mean 'judgement'? allowed: judgement, assumption"),
    fault("wrong argument", swap(PAGE, 'chart("trade", partner="veldia")', 'chart("trade", partners="veldia")'),
          finding=f"{PAGE}:18: macro: chart('trade'): …"),
    fault("missing argument", swap(PAGE, 'table("hauliers")', "table()"),
          finding=f"{PAGE}:16: macro: table: missing a required argument: …"),
    fault("argument too many", swap(f"docs/{ISSUE}/index.md", "board()", 'board("all")'),
          finding=f"docs/{ISSUE}/index.md:12: macro: board: too many positional arguments; …"),
    fault("argument without quotes", swap(PAGE, 'events("veldia")', "events(veldia)"),
          finding=f"{PAGE}:22: macro: events has an argument that is not a plain word or number; write it in quotes"),
    fault("macro of the portal", swap(PAGE, '{{ table("hauliers") }}', "{{ codebook() }}"),
          finding=f"{PAGE}:16: macro: codebook may not stand on this page; it belongs on pages of: portal"),
    fault("macro of issues", swap(PAPER_PAGE, '{{ table("money") }}', '{{ events("veldia") }}'),
          finding=f"{PAPER_PAGE}:18: macro: events may not stand on this page; it belongs on pages of: issues"),
    fault("issue without rows", write(EVENTS, "id,relationship,date,event,score,source\n"),
          write(INCIDENTS, "id,date,event,national,regional,category,source\n"),
          swap(TITLE, "published_indices:\n  veldia: {aggregate: 2, positive: 4, negative: -2}\n"
               "  river-5: {aggregate: 1, positive: 5, negative: -4}\n  home-safety: {aggregate: -1}\n"
               "  basin-calm: {aggregate: -2, positive: 1, negative: -3, band: haze}\n", ""),
          finding=f"{EVENTS}:1: file: has no rows, nor has incidents.csv, and the pages of this issue need them; "
                  "enter them, or set status: draft", alone="takes every row away"),
    fault("macro without a call", swap(PAGE, 'events("veldia")', "events"), finding=f"{PAGE}:22: macro: 'events' is not a macro call; …"),
    fault("macro not closed", swap(PAGE, 'table("hauliers") }}', 'table("hauliers")'), finding=f"{PAGE}:16: macro: is not closed; …"),
    fault("figure of a kind that the chart cannot draw", swap(f"docs/{PAPER}/index.md", 'chart("structure"', 'chart("figure"'),
          finding=f"docs/{PAPER}/index.md:12: macro: chart('figure'): figure 'cargo-2021' is unknown; allowed: fleet-2021, passages"),
    fault("page of no publication", write("docs/issues/9/veldia.md", "---\ntitle: Lost\ndescription: A page.\n---\n"),
          finding="docs/issues/9/veldia.md:1: file: belongs to no publication; …"),
    fault("page of no section", write(f"docs/{ISSUE}/amberland.md", "---\ntitle: Lost\ndescription: A page.\n---\n"),
          finding=f"docs/{ISSUE}/amberland.md:1: file: is not a section of this issue, or named under contents in publication.yml; "
                  "allowed: index, veldia, river-5, security"),
    fault("page not named under contents", write(f"docs/{PAPER}/notes.md", "---\ntitle: Lost\ndescription: A page.\n---\n"),
          finding=f"docs/{PAPER}/notes.md:1: file: is not named under contents in publication.yml; allowed: index, recommendations"),
    fault("page missing", drop(f"docs/{ISSUE}/river-5.md"),
          finding=f"docs/{ISSUE}/river-5.md:1: file: is missing; the publication needs this page"),
    fault("page without front matter", write(f"docs/{TALKS}/index.md", "{{ points() }}\n"),
          finding=f"docs/{TALKS}/index.md:1: file: does not begin with front matter; "
                  "write title and description between two lines of ---"),
    fault("page without a title", swap(f"docs/{TALKS}/index.md", "title: What was said at the water talks\n", ""),
          finding=f"docs/{TALKS}/index.md:1: title: is missing from the front matter; every page states it"),
    fault("front matter that does not parse", swap(PAPER_PAGE, "title: An Open River", "title: An: Open: River"),
          finding=f"{PAPER_PAGE}:2: file: does not parse as YAML: "
                  "a text holds a colon followed by a space; put it in double quotes"),
)  # fmt: skip

NEIGHBOUR = '- id: neighbour\n  label: A\n  title: A\n  partner: veldia\n  colour: "#123456"\n'
LIMITS = (
    fault("number of thirty digits", swap(TRADE, ",120.5,", f",{'9' * 30},"),
          finding=f"{TRADE}:2: value: is too long; at most 15 digits before the decimal point and 10 after it are allowed"),
    fault("whole number of twelve digits", swap(EVENTS, "Senn,4,", "Senn,444444444444,"),
          finding=f"{EVENTS}:2: score: has too many digits; allowed: -999999999 to 999999999, and 4 after the point"),
    fault("whole number that no computer reads", swap(EVENTS, "Senn,4,", f"Senn,{'4' * 5000},"),
          finding=f"{EVENTS}:2: score: has too many digits; allowed: -999999999 to 999999999, and 4 after the point"),
    fault("id that no disk takes", swap(TRADE, "veldia-imports-q2", "veldia-" * 40 + "q2"),
          finding=f"{TRADE}:3: id: 'veldia-veldia-veldia…' has 282 characters; at most 80 are allowed"),
    fault("id of something else on the page", swap(TRADE, "veldia-imports-q2", "files"),
          finding=f"{TRADE}:3: id: 'files' is taken by the pages of this site; choose another"),
    fault("id that a table has", swap(f"data/{PAPER}/figures.csv", "cargo-timber-2021", "figure-money"),
          finding=f"data/{PAPER}/figures.csv:3: id: 'figure-money' is taken by the pages of this site; choose another"),
    fault("section with the id of a point", swap(POINTS, "id: upstream", "id: p-2"), swap_all(POINTS, "section: upstream", "section: p-2"),
          finding=f"{POINTS}:2: id: 'p-2' is taken by the pages of this site; choose another"),
    fault("page that every paper has", swap(f"data/{PAPER}/publication.yml", "[recommendations]", "[recommendations, data]"),
          finding=f"data/{PAPER}/publication.yml:15: contents: 'data' is taken by the pages of this site; choose another"),
    fault("edition from before the web", swap(f"data/{TALKS}/publication.yml", "date: 2024-02-01", "date: 0001-02-01"),
          finding=f"data/{TALKS}/publication.yml:15: date: 0001-02-01 is too low; the lowest allowed is 1980-01-01"),
    fault("structure of counts", swap(f"data/{PAPER}/publication.yml", "kind: comparison", "kind: structure"),
          finding=f"data/{PAPER}/publication.yml:28: kind: 'structure' does not fit 'fleet-2021': …"),
    fault("shape that nobody draws", swap("data/scales.yml", "shape: square", "shape: star"),
          finding="data/scales.yml:36: shape: 'star' is unknown; did you mean 'square'? allowed: "
                  "circle, square, triangle-up, diamond, cross, triangle-down", alone="the colour scale is read as a whole"),
    fault("scale upside down", swap("data/scales.yml", "lowest: -2", "lowest: 3"),
          finding="data/scales.yml:9: security: lowest 3 is above highest 2; the lower score comes first",
          alone="the scales are read as a whole"),
    fault("scale without end", swap("data/scales.yml", "lowest: -2", "lowest: -2000000"),
          finding="data/scales.yml:10: lowest: -2000000 is too low; the lowest allowed is -1000000",
          alone="the scales are read as a whole"),
    fault("relationship at the address of another page", add("data/relationships.yml", NEIGHBOUR.replace("neighbour", "events")),
          finding="data/relationships.yml:16: id: 'events' is taken by the pages of this site; choose another",
          alone="adds a word that is allowed elsewhere"),
    fault("relationship with the id of an index", add("data/relationships.yml", NEIGHBOUR.replace("neighbour", "basin-calm")),
          finding="data/relationships.yml:16: id: 'basin-calm' is taken by the pages of this site; choose another",
          alone="adds a word that is allowed elsewhere"),
    fault("first period of other months", swap("data/series.yml", "2023-01/2023-03", "2023-01/2023-02"),
          finding="data/series.yml:11: first_period: 2023-01/2023-02 is not 3 whole months, which an issue covers; mend it, or `months`",
          alone="moves every issue"),
    fault("index of which nothing is stated", swap(STATED, "veldia,1,,", "veldia,,,"),
          finding=f"{STATED}:4: row: states neither value nor band; an index of which nothing is stated has no row",
          alone="stands in one of the few rows that others change"),
    fault("key of a source in capitals", add(SOURCES, "MFA_2021:\n  title: A letter\n"),
          finding=f"{SOURCES}:38: MFA_2021: 'MFA_2021' is not of the form gdp-2021; "
                  "lower-case letters, digits and single hyphens are allowed",
          alone="adds a word that is allowed elsewhere"),
    fault("lists in lists without end", write(f"data/{PAPER}/recommendations.yml", "[" * 300_000), alone="takes the recommendations away",
          finding=f"data/{PAPER}/recommendations.yml:1: file: holds lists or keys more than 20 levels deep; a data file needs five"),
    fault("chart twice on a page", swap(PAGE, '{{ table("hauliers") }}', '{{ chart("trade", partner="veldia") }}'),
          finding=f"{PAGE}:18: macro: chart prints again what it prints in line 16; a row or chart stands on a page once"),
    fault("two charts with the id of one figure",
          add("docs/trade.md", f'\n{{{{ chart("figures", figures="{PAPER}:fleet-2021, {PAPER}:passages") }}}}\n'),
          finding="docs/trade.md:10: macro: chart('figures') has the id of its first figure, 'fleet-2021', as has the chart in "
                  "docs/trade.md:8 that shows others; name another figure first, or give the figure another id"),
    fault("table without rows",
          swap(f"data/{PAPER}/publication.yml", "  - id: money\n", "  - {id: tolls, title: Tolls, kind: table}\n  - id: money\n"),
          swap(PAPER_PAGE, 'table("money")', 'table("tolls")'),
          finding=f"{PAPER_PAGE}:18: macro: table: figure 'tolls' has no rows in figures.csv; enter them, or take this call out"),
    fault("chart of rows that are not there", swap(PAPER_PAGE, '{{ table("money") }}', '{{ chart("tension") }}'),
          finding=f"{PAPER_PAGE}:18: macro: chart('tension'): this publication has no incidents"),
    fault("macro of issues and the portal on a paper", swap(PAPER_PAGE, '{{ table("money") }}', "{{ board() }}"),
          finding=f"{PAPER_PAGE}:18: macro: board may not stand on this page; it belongs on pages of: issues, portal"),
    fault("page of the portal that others lead to", drop("docs/security.md"),
          finding="docs/security.md:1: file: is missing; every page leads there"),
)  # fmt: skip

NAMED = f"data/{PAPER}/publication.yml"
IDENTIFIERS = (
    fault("ORCID with a wrong digit", swap(NAMED, "family: Lindqvist", "family: Lindqvist, orcid: 0000-0002-1825-0098"),
          finding=f"{NAMED}:7: orcid: '0000-0002-1825-0098' was mistyped: its other signs ask for 7 at its end; "
                  "copy it anew from where it is registered"),
    fault("body with a wrong ROR", swap(NAMED, "{given: Ada, family: Lindqvist}", "{name: Oak Fund, ror: 04wxnsj82}"),
          finding=f"{NAMED}:7: ror: '04wxnsj82' was mistyped: its other signs ask for 81 at its end; "
                  "copy it anew from where it is registered"),
    fault("body with the field of a person", swap(NAMED, "{given: Ada, family: Lindqvist}", "{name: Oak Fund, orcid: 0000-0002-1825-0097}"),
          finding=f"{NAMED}:7: orcid: is not a known key; …"),
    fault("person without a family name", swap(NAMED, "{given: Ada, family: Lindqvist}", "{given: Ada}"),
          finding=f"{NAMED}:7: family: is missing; it is needed: Family name, or the one name that somebody has; …"),
    fault("DOI that is no DOI", swap(f"data/{TALKS}/publication.yml", "language: en", "doi: compass-talks\nlanguage: en"),
          finding=f"data/{TALKS}/publication.yml:8: doi: 'compass-talks' is not of the form 10.1234/report-5; "
                  "copy it from the agency where it is registered"),
    fault("ISSN with two digits exchanged", swap("data/series.yml", "title: Kestria Compass", "title: Kestria Compass\nissn: 0317-4871"),
          finding="data/series.yml:2: issn: '0317-4871' was mistyped: its other signs ask for …", alone="the series is read as a whole"),
)  # fmt: skip

BROKEN = (*IDENTIFIERS, *LIMITS, *CATALOGUE, *FILES, *NUMBERS, *TITLE_PAGES, *YAML, *PAPERS, *PAGES)
