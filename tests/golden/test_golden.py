"""Charts, macros and files of the fixture book, as they were when somebody last looked at them.

A difference is shown as a diff. If it is meant, `pytest tests/golden --update-golden` writes the files
anew; look at what git shows before committing.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest

from macros.book import Book
from macros.charts import CHARTS
from macros.exports import csv_file
from macros.exports.tables import downloads
from macros.pages import MACROS, BuildContext, notes
from macros.target import Target

FILES = Path(__file__).parent / "files"
ISSUE, PAPER, TALKS, COVER, PORTAL = "issues/2/v2", "policy/open-river/v1", "non-papers/water-talks/v1", "issues/1", ""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300"></svg>'
Compare = Callable[[str, str], None]

DRAWN: list[tuple[str, str, dict[str, str]]] = [
    ("board", ISSUE, {}),
    ("events", ISSUE, {"relationship": "veldia"}),
    ("running-total", ISSUE, {"relationship": "veldia"}),
    ("tension", ISSUE, {}),
    ("incidents", ISSUE, {}),
    ("history", PORTAL, {"series": "veldia"}),
    ("history", PORTAL, {"series": "basin-calm"}),
    ("history", PORTAL, {"series": "all"}),
    ("trade", ISSUE, {"partner": "veldia"}),
    ("figure", PAPER, {"figure": "fleet-2021"}),
    ("figure", PAPER, {"figure": "passages"}),
    ("figures", PORTAL, {"figures": "policy/open-river:fleet-2021"}),
    ("structure", PAPER, {"figure": "cargo-2021"}),
    ("recommendations", PORTAL, {}),
]
"""Charts: name, where, arguments."""

WRITTEN: list[tuple[str, str, tuple[Any, ...]]] = [
    ("all_events", PORTAL, ("veldia",)),
    ("all_issues", PORTAL, ()),
    ("assessments", PORTAL, ("veldia",)),
    ("at_a_glance", ISSUE, ()),
    ("board", ISSUE, ()),
    ("change", ISSUE, ("veldia-exports-q2",)),
    ("changed", ISSUE, ("veldia-exports-q2",)),
    ("changes", ISSUE, ()),
    ("chart", PAPER, ("structure",)),
    ("citation", ISSUE, ()),
    ("cite", ISSUE, ("compass-2", "veldia-herald-hauliers")),
    ("codebook", PORTAL, ()),
    ("concerning", PORTAL, ("veldia",)),
    ("compare", PORTAL, (1, 2)),
    ("compare", PORTAL, (2, 3)),
    ("comparisons", PORTAL, ()),
    ("corrections", PORTAL, ()),
    ("cover", COVER, ()),
    ("downloads", ISSUE, ()),
    ("editions", COVER, ()),
    ("event", ISSUE, ("2-veldia-01", "the <post>")),
    ("events", ISSUE, ()),
    ("explorer", PORTAL, ()),
    ("figures", PAPER, ()),
    ("history", PORTAL, ("basin-calm",)),
    ("imprint", PORTAL, ()),
    ("incidents", ISSUE, ()),
    ("index", ISSUE, ("basin-calm",)),
    ("judgements", PAPER, ("judgement",)),
    ("latest_issue", PORTAL, ()),
    ("originals", PORTAL, ()),
    ("preservation", PORTAL, ()),
    ("partner_trade", PORTAL, ("veldia",)),
    ("points", TALKS, ()),
    ("preservation", PORTAL, ()),
    ("publications", PORTAL, ()),
    ("recommendations", PAPER, ()),
    ("recommendations", PORTAL, ()),
    ("recommendations", PAPER, ("list",)),
    ("relationships", PORTAL, ()),
    ("review", ISSUE, ()),
    ("rules", PORTAL, ("check",)),
    ("rules", PORTAL, ("release",)),
    ("search", PORTAL, ()),
    ("scale", ISSUE, ()),
    ("scores", PORTAL, ("relationship",)),
    ("sources", ISSUE, ()),
    ("table", ISSUE, ("hauliers",)),
    ("trade", ISSUE, ()),
    ("trade", PORTAL, ()),
    ("value", PAPER, ("river-balance-2021",)),
    ("vocabulary", PORTAL, ("units",)),
]
"""Macros: name, where, arguments."""


def name(case: tuple[str, str, Any]) -> str:
    macro, place, arguments = case
    words = arguments.values() if isinstance(arguments, dict) else arguments
    return "-".join(re.sub(r"[^\w]+", "-", str(word)) for word in (macro, place.split("/")[0] or "portal", *words)).strip("-")


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compare a text with its golden file, or write the file."""

    def check(file: str, text: str) -> None:
        path = FILES / file
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        wanted = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = difflib.unified_diff(wanted.splitlines(), text.splitlines(), f"tests/golden/files/{file}", "now", lineterm="", n=1)
        difference = "\n".join(list(lines)[:80])
        if text != wanted:
            pytest.fail(f"{difference}\n\nIf this is meant: pytest tests/golden --update-golden", pytrace=False)

    return check


@pytest.fixture
def context(fixture_book: Book) -> Callable[[str], BuildContext]:
    """A context on the first page of a target, with a root of its own so that no picture comes from a cache."""

    def sit(place: str) -> BuildContext:
        target = Target.parse(place)
        return BuildContext(fixture_book, target, page=target.path or (f"{place}/" if place else "data/"))

    return sit


@pytest.mark.parametrize("case", DRAWN, ids=name)
def test_chart(case: tuple[str, str, dict[str, str]], context: Callable[[str], BuildContext], compare: Compare) -> None:
    chart, place, arguments = case
    here = context(place)
    drawing = CHARTS[chart](here.book, here.volume or (here.book.issues[0] if chart == "board" else None), here.links, **arguments)
    record = {
        "id": drawing.id,
        "title": drawing.title,
        "finding": drawing.words.finding,
        "reading": drawing.words.reading,
        "sentence": drawing.sentence,
        "points": drawing.words.points,
        "table": json.loads(drawing.table.to_json(orient="split", index=False)),
        "spec": drawing.spec,
    }
    for spec in filter(None, (drawing.spec, drawing.narrow)):
        alt.Chart.from_dict(spec)  # raises what Vega-Lite does not know
    compare(f"charts/{name(case)}.json", json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("case", WRITTEN, ids=name)
def test_macro(
    case: tuple[str, str, tuple[Any, ...]], context: Callable[[str], BuildContext], compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    macro, place, arguments = case
    here = context(place)
    monkeypatch.setattr("macros.pages.charts.cached", lambda *_: SVG)  # the pictures are those of the charts above
    named = {"figure": "cargo-2021"} if macro == "chart" else {}
    html = here.collected.put_back(str(MACROS[macro](here, *arguments, **named)) + notes.section(here))
    compare(f"macros/{name(case)}.html", html + "\n")


def test_events_as_csv(fixture_book: Book, compare: Compare) -> None:
    table = next(one for one in downloads(fixture_book, fixture_book.volumes) if one.name == "events")
    compare("exports/events.csv", csv_file.write(table).decode("utf-8"))


def test_every_chart_and_macro_has_a_golden_file() -> None:
    assert {chart for chart, _, _ in DRAWN} == set(CHARTS)
    assert {macro for macro, _, _ in WRITTEN} == set(MACROS)


def test_no_golden_file_is_left_over() -> None:
    wanted = {f"charts/{name(case)}.json" for case in DRAWN} | {f"macros/{name(case)}.html" for case in WRITTEN} | {"exports/events.csv"}
    assert {path.relative_to(FILES).as_posix() for path in FILES.rglob("*.*")} == wanted
