"""Random small monitors: rows of random_rows.py with references that hold, and pages that call what fits.

Only what rows say of one another is written out here.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st
from random_rows import Draw, Monitor, periods, slugs

from macros import dates, model, vocabularies
from macros.fields import Row
from macros.model import KINDS
from macros.scales import Band, Scales, ScoreScale, SecurityPair

LARGE = 10**14
"""A number that may lie 9999 below another of the 15 digits that are allowed."""


@st.composite
def trees(draw: Draw) -> dict[str, str]:
    """A monitor of at most three publications: path -> text."""
    monitor = Monitor(draw)
    scales = shared(monitor)
    first, months = calendar(monitor)
    issues = monitor.some(st.sampled_from([1, 2, 3, 40, 999]), 2) if (9990 - first.year) * 12 > 999 * months else []
    papers = [(kind, slug) for kind in ("non-paper", "policy-paper") for slug in monitor.some(slugs(), 1)]
    for number in issues:
        issue(monitor, number, period_of(first, months, number), scales)
    for kind, slug in papers[: 3 - len(issues)]:
        paper(monitor, kind, slug)
    stated(monitor, first, months)
    portal(monitor)
    return monitor.files


def calendar(monitor: Monitor) -> tuple[datetime.date, int]:
    """The periodical: the first day of its first issue, and how many months each covers."""
    months = monitor.draw(st.integers(1, 12))
    first = datetime.date(monitor.draw(st.one_of(st.integers(1900, 2100), st.sampled_from([1, 9000]))), monitor.draw(st.integers(1, 12)), 1)
    series = {
        "first_period": period_of(first, months, 1),
        "months": months,
        "days": None,
        "site": "https://monitor.example/reports/",
        "language": "en",
        "translations": [],
    }
    monitor.write("series.yml", monitor.row(model.Series, series))
    return first, months


def period_of(first: datetime.date, months: int, number: int) -> str:
    """The period of an issue."""
    begin = first.year * 12 + first.month - 1 + (number - 1) * months
    one, last = (f"{place // 12:04}-{place % 12 + 1:02}" for place in (begin, begin + months - 1))
    return one if one == last else f"{one}/{last}"


def shared(monitor: Monitor) -> dict[str, Any]:
    """The shared lists; each of them may be empty."""
    words = {name: monitor.some(slugs(), 3) for name in vocabularies.LABELLED}
    words["units"] = ["percent", *words["units"]] if monitor.draw(st.booleans()) else words["units"]
    monitor.words = words | {"sources": monitor.some(slugs(), 2, least=1), "relationships": [], "flows": list(vocabularies.FLOWS)}
    hints = get_type_hints(vocabularies.Vocabularies, include_extras=True)
    monitor.write(
        "vocabularies.yml", {name: {key: monitor.value(get_args(hints[name])[1], {}) for key in keys} for name, keys in words.items()}
    )
    sources = {key: monitor.row(model.Source) for key in monitor.words["sources"]}
    monitor.write("sources.yml", {key: one | ({} if one.get("title") else {"about": "A letter"}) for key, one in sources.items()})
    taken = {"home", "region"}
    found = [one for one in monitor.some(slugs(), 3) if one not in taken] if words["partners"] else []
    monitor.words["relationships"] = found
    monitor.write("relationships.yml", [monitor.row(model.Relationship, {"id": one}) for one in found])
    scales = monitor.row(
        Scales,
        {
            "relationship": scale(monitor),
            "security": scale(monitor),
            "security_series": monitor.row(SecurityPair),
            "tension": bands(monitor),
        },
    )
    for key, name in (("national", "home"), ("regional", "region")):
        scales["security_series"][key]["id"] = name
    monitor.words["series"], monitor.words["bands"] = [*found, *taken], [one["id"] for one in scales["tension"]]
    monitor.write("scales.yml", scales)
    return scales


PLAIN = {"step": 1, "index": "sum", "weighted": False, "decimals": None, "needs": "both"}
"""A scale of whole numbers that are added."""


def scale(monitor: Monitor) -> dict[str, Any]:
    """A scale of scores, perhaps of one sign only."""
    low, high = sorted(monitor.draw(st.tuples(st.integers(-20, 20), st.integers(-20, 20))))
    return monitor.row(ScoreScale, {"lowest": low, "highest": high, "zero": monitor.draw(st.booleans()), **PLAIN})


def bands(monitor: Monitor) -> list[dict[str, Any]]:
    """Bands that follow one another, from one to many."""
    edges = sorted(monitor.some(st.integers(-60, 60), 6), reverse=True)
    ends = list(zip([None, *(edge - 1 for edge in edges)], [*edges, None], strict=True))
    return [monitor.row(Band, {"id": f"band-{place}", "highest": high, "lowest": low}) for place, (high, low) in enumerate(ends)]


def publication(monitor: Monitor, kind: str, slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A title page. Its editions are in order, and only a withdrawn one says why."""
    empty = {"contents": [], "translations": [], "published_indices": {}, "assessments": {}}
    found = monitor.row(model.Publication, {"kind": kind, "slug": slug, **empty, **given})
    days = sorted(one["date"] for one in found["editions"])
    for place, one in enumerate(found["editions"]):
        one |= {"number": place + 1, "date": days[place], "kind": "correction" if place else "original"}
    found["text"] = "digest" if found.get("original") else "own"
    found["withdrawal"] = "A reason" if found["status"] == "withdrawn" else None
    found["withdrawal_date"] = "2024-09-01" if found["status"] == "withdrawn" else None
    if kind != "issue":
        found |= {"number": None, "period": None, "published_indices": {}, "headline": None, "forecast": None}
    return found


def issue(monitor: Monitor, number: int, period: str, scales: dict[str, Any]) -> None:
    """An issue with catalogues, perhaps empty or absent, and a page for each of its sections."""
    place, days = f"issues/{number}", dates.parse(period)
    events = [
        monitor.row(
            model.Event, {"id": f"{number}-{name}-{at:02}", "relationship": name, "score": score, "date": date, "event": f"Event {at}"}
        )
        for name in monitor.words["relationships"]
        for at, (score, date) in enumerate(scored(monitor, days, scales["relationship"]), 1)
    ]
    incidents = [
        monitor.row(
            model.Incident, {"id": f"{number}-security-{at:02}", "national": score, "regional": score, "date": date, "event": f"Event {at}"}
        )
        for at, (score, date) in enumerate(scored(monitor, days, scales["security"]) if monitor.words["categories"] else (), 1)
    ]
    for name, rows in (("events.csv", events), ("incidents.csv", incidents)):
        if rows or monitor.draw(st.booleans()):
            monitor.write(f"{place}/{name}", rows)
    sums: dict[str, list[int]] = {}
    for row in events:
        sums.setdefault(row["relationship"], []).append(row["score"])
    for row in incidents:
        sums.setdefault("home", []).append(row["national"])
        sums.setdefault("region", []).append(row["regional"])
    printed = {name: {"aggregate": sum(scores)} for name, scores in sums.items() if monitor.draw(st.booleans())}
    given, calls = quantities(monitor, place)
    title = {"number": number, "period": period, "published_indices": printed, "figures": given}
    monitor.write(f"{place}/publication.yml", publication(monitor, "issue", str(number), title))
    compare(monitor, place)
    monitor.page(f"{place}/index", *(["{{ board() }}"] if sums else []), *calls)
    for name in sums.keys() - {"home", "region"}:
        charts = [f'{{{{ chart("{chart}", relationship="{name}") }}}}' for chart in ("events", "running-total")]
        monitor.page(f"{place}/{name}", f'{{{{ index("{name}") }}}}', *charts, f'{{{{ events("{name}") }}}}')
    if incidents:
        charts = [f'{{{{ chart("{chart}") }}}}' for chart in ("tension", "incidents")]
        monitor.page(f"{place}/security", '{{ index("home") }}', '{{ index("region") }}', *charts, "{{ incidents() }}", "{{ scale() }}")


def scored(monitor: Monitor, days: dates.Period, scale: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Scores and dates of some rows."""
    scores = [score for score in range(scale["lowest"], scale["highest"] + 1) if score or scale["zero"]]
    return list(monitor.draw(st.lists(st.tuples(st.sampled_from(scores), periods(days.first, days.last)), max_size=4))) if scores else []


def quantities(monitor: Monitor, place: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Trade and figures of a publication: what its title page declares, and the calls of its first page."""
    calls = [f'Text.{{{{ cite("{key}") }}}}' for key in monitor.words["sources"]]
    if not monitor.words["units"]:
        return [], calls
    trade = traded(monitor)
    calls += [f'{{{{ chart("trade", partner="{name}") }}}}' for name in dict.fromkeys(row["partner"] for row in trade)]
    declared = [
        monitor.row(model.FigureDeclaration, {"id": f"table-{kind}", "kind": kind})
        for kind in monitor.some(st.sampled_from(["structure", "comparison", "series", "table"]), 2)
    ]
    figures = [row for figure in declared for row in counted(monitor, figure)]
    for figure in declared:
        if any(row["figure"] == figure["id"] for row in figures):
            chart = {"structure": "structure", "comparison": "figure", "series": "figure"}.get(figure["kind"])
            calls += [f'{{{{ table("{figure["id"]}") }}}}']
            calls += [f'{{{{ chart("{chart}", figure="{figure["id"]}") }}}}'] if chart else []
    for name, rows in (("trade.csv", trade), ("figures.csv", figures)):
        if rows or monitor.draw(st.booleans()):
            monitor.write(f"{place}/{name}", rows)
    calls += [f'{{{{ value("{row["id"]}") }}}} {{{{ change("{row["id"]}") }}}}' for row in [*trade, *figures]]
    return declared, calls


def traded(monitor: Monitor) -> list[dict[str, Any]]:
    """Trade with one partner; where the numbers of one time and product are exact, they add up."""
    if not monitor.words["partners"] or monitor.draw(st.booleans()):
        return []
    partner = {"partner": monitor.draw(st.sampled_from(monitor.words["partners"]))}
    rows = [changed(monitor, model.Trade, {**partner, "product": f"Goods {at}"}) for at in range(monitor.draw(st.integers(0, 3)))]
    sold, bought = (Decimal(monitor.draw(st.integers(0, 9999))) / 10 for _ in range(2))
    alike = {**partner, "product": None, "period": monitor.draw(periods()), "unit": monitor.words["units"][0], "qualifier": None}
    values = {"exports": sold, "imports": bought, "turnover": sold + bought, "balance": sold - bought}
    for flow in monitor.some(st.sampled_from(list(vocabularies.FLOWS)), 4):
        rows.append(changed(monitor, model.Trade, {**alike, "flow": flow, "value": str(values[flow])}))
    return [row | {"id": f"t-{at}"} for at, row in enumerate(rows)]


def counted(monitor: Monitor, figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a table, perhaps none; those of a structure are shares of a whole."""
    rows = []
    for at in range(monitor.draw(st.integers(0, 3))):
        share = str(Decimal(monitor.draw(st.integers(0, 300))) / 10)
        given = {"value": share, "unit": monitor.words["units"][0]} if figure["kind"] == "structure" else {}
        row = changed(monitor, model.FigureRow, {"id": f"{figure['kind']}-{at}", "figure": figure["id"], **given})
        if figure["kind"] == "table" and Decimal(str(row["value"])) < LARGE and monitor.draw(st.booleans()):
            row["upper"] = str(Decimal(str(row["value"])) + monitor.draw(st.integers(1, 9999)))
        rows.append(row)
    return rows


def changed(monitor: Monitor, row: type[Row], given: Mapping[str, Any]) -> dict[str, Any]:
    """A stated number, with a change and its unit or with neither; of a figure that is only a table perhaps a range."""
    found = monitor.row(row, {"upper": None, **given})
    if None in (found.get("change"), found.get("change_unit")):
        found |= {"change": None, "change_unit": None}
    return found


def paper(monitor: Monitor, kind: str, slug: str) -> None:
    """A paper with points, recommendations or judgements, perhaps none."""
    place = f"{KINDS[kind]}/{slug}"
    declared, calls = quantities(monitor, place)
    contents = []
    if kind == "non-paper" and monitor.draw(st.booleans()):
        sections = monitor.row(model.Points)
        sections["sections"] = [one | {"id": f"section-{at}"} for at, one in enumerate(sections["sections"])]
        names = [one["id"] for one in sections["sections"]]
        under = sorted(monitor.draw(st.sampled_from(names)) if names else None for _ in sections["points"])
        for at, (one, section) in enumerate(zip(sections["points"], under, strict=True), 1):
            one |= {"id": f"p-{at}", "section": section}
            if related := monitor.words["relationships"]:
                one["concerns"] = monitor.draw(st.lists(st.sampled_from(related), max_size=2, unique=True))
        monitor.write(f"{place}/points.yml", sections)
        calls.append("{{ points() }}")
    if kind == "policy-paper" and monitor.words["addressees"] and monitor.words["themes"] and monitor.draw(st.booleans()):
        rows = [monitor.row(model.Recommendation, {"id": f"r-{at}"}) for at in range(1, monitor.draw(st.integers(1, 3)))]
        for row in rows:
            for at, part in enumerate(row.get("components", [])):
                part["id"] = f"{row['id']}-{'ab'[at]}"
        monitor.write(f"{place}/recommendations.yml", rows)
        calls += ['{{ recommendations("list") }}', '{{ chart("recommendations") }}'] if rows else []
        contents = ["recommendations"]
        monitor.page(f"{place}/recommendations", *(["{{ recommendations() }}"] if rows else []))
    if kind == "policy-paper" and monitor.words["judgements"] and monitor.words["actors"]:
        monitor.write(
            f"{place}/judgements.yml", [monitor.row(model.Judgement, {"id": f"j-{at}"}) for at in range(1, monitor.draw(st.integers(1, 3)))]
        )
        calls += [f'{{{{ judgements("{one}") }}}}' for one in monitor.words["judgements"]]
    monitor.write(f"{place}/publication.yml", publication(monitor, kind, slug, {"contents": contents, "figures": declared}))
    monitor.page(f"{place}/index", *calls)
    compare(monitor, place)


def compare(monitor: Monitor, place: str) -> None:
    """Let the portal draw the figures of a publication that readers may see, where they are of a kind that is drawn."""
    published = json.loads(monitor.files[f"data/{place}/publication.yml"])["status"] == "published"
    rows = csv.DictReader(io.StringIO(monitor.files.get(f"data/{place}/figures.csv", "")))
    drawn = (row["figure"] for row in rows if row["figure"] in ("table-comparison", "table-series"))
    named = dict.fromkeys(drawn) if published else {}
    calls = [f'{{{{ chart("figures", figures="{place}:{name}") }}}}' for name in list(named)[:1]]
    taken = {call.rpartition(":")[2] for call in monitor.compared}  # a chart has its id of the figure's alone
    monitor.compared += [call for call in calls if call.rpartition(":")[2] not in taken]


def stated(monitor: Monitor, first: datetime.date, months: int) -> None:
    """What other issues stated of the indices."""
    rows = []
    for number, name in monitor.some(st.tuples(st.integers(1, 60), st.sampled_from(monitor.words["series"])), 3):
        row = {"issue": number, "series": name, "period": period_of(first, months, number)}
        known = monitor.row(model.PublishedIndex, row if name == "region" else row | {"band": None})
        rows.append(known if known["band"] or known["value"] is not None else known | {"value": 0})
    if rows or monitor.draw(st.booleans()):
        monitor.write("published_indices.csv", rows)


def portal(monitor: Monitor) -> None:
    """The pages of the portal, each with every macro that belongs there."""
    lists = [f'{{{{ vocabulary("{name}") }}}}' for name in vocabularies.LABELLED]
    monitor.page("index", "{{ latest_issue() }}", "{{ board() }}", "{{ publications(limit=3) }}")
    courses = [f'{{{{ chart("history", series="{name}") }}}}\n\n{{{{ history("{name}") }}}}' for name in ("home", "region")]
    charts = ['{{ chart("tension") }}', '{{ chart("incidents") }}']
    monitor.page("security", *courses, *charts, "{{ scale() }}", '{{ scores("security") }}')
    monitor.page("relationships/index", "{{ relationships() }}", '{{ chart("history", series="all") }}', '{{ scores("relationship") }}')
    monitor.page("trade", "{{ trade() }}", *monitor.compared)
    monitor.page("data", "{{ downloads() }}", "{{ codebook() }}", *lists)
    monitor.page("corrections", "{{ corrections() }}")
    monitor.page("events", "{{ explorer() }}")
    monitor.page("compare", "{{ comparisons() }}")
    monitor.page("about", "{{ originals() }}")
    for name in ("method", "editors"):
        monitor.page(name)
    for kind, place in KINDS.items():
        monitor.page(f"{place}/index", f'{{{{ publications("{kind}") }}}}')
    monitor.files["docs/policy/index.md"] += '\n{{ chart("recommendations") }}\n\n{{ recommendations() }}\n'


def lay(files: Mapping[str, str], root: Path) -> Path:
    """Write a tree to the disk."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


__all__ = ["lay", "trees"]
