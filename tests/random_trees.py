"""Random small monitors: any value that the model allows in every field, references that hold, pages that call what fits.

What a field may hold is read from its annotation in macros/model.py, so that a new field is covered without a
line here; a new kind of field fails in `Monitor.value`. Only what rows say of one another is written out.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st

from macros import dates, model
from macros.model import FILES, KINDS, Row
from macros.validate import REFERENCES

Draw = Callable[[st.SearchStrategy[Any]], Any]

WORDS = (
    "river", "Überläufer", "Договор", "公報", "שלום", "نهر", "naïve", "🙂", "👩🏽‍🚀", "“quoted”", "it's", "{braces}", "<b>", "a<b", "&", "&amp;",
    "AT&T", "$5", "100%", "#7", "|", "~x~", "a:", "1.", "−3", "№", "e\u0301", "\u00a0", "!",
)  # fmt: skip
"""Honest words of any script, and signs that mean something to HTML, Markdown, YAML or a shell."""
LONG = ("W" * 75, "Wort " * 64, "Обзор-" * 54, "w" * 400, "公" * 90, "A & B <C> " * 40)
BEGIN, END = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)


def lines() -> st.SearchStrategy[str]:
    """One line of text: a few words, hardly any, or far too many; it begins with a letter."""
    few = st.lists(st.sampled_from(WORDS), max_size=4).map(lambda words: " ".join(["Word", *words]))
    return st.one_of(few, few, st.sampled_from(["A", "Ж", "公", "0"]), st.sampled_from(LONG).map(str.strip))


def slugs() -> st.SearchStrategy[str]:
    """Ids, up to the longest that is allowed."""
    part = st.text("abcxyz0129", min_size=1, max_size=6)
    usual = st.lists(part, min_size=1, max_size=3).map("-".join)
    return st.one_of(usual, usual, usual, part.map(lambda start: f"{start}-{'long-' * 20}"[: model.LONGEST_ID - 20].rstrip("-")))


def numbers() -> st.SearchStrategy[str]:
    """Stated numbers: small, large, and with many decimals."""
    usual = st.decimals(-5000, 5000, places=1).map(lambda number: f"{number:f}")
    return st.one_of(usual, usual, st.sampled_from(["0", "-0", "0.0000000001", "999999999999999", "-999999999999999.5", "12.3400"]))


@st.composite
def periods(draw: Draw, first: datetime.date = BEGIN, last: datetime.date = END) -> str:
    """A date of the subset that begins within two days, both included; it may end later."""
    day = draw(st.one_of(st.dates(first, last), st.sampled_from([first, last])))
    later = datetime.date.fromordinal(min(day.toordinal() + draw(st.integers(0, 400)), END.toordinal()))
    choices = [day.isoformat(), f"{day}/{later}"]
    if first <= day.replace(day=1):
        month = f"{day.year:04}-{day.month:02}"
        choices += [month, f"{month}-~01/{month}-~10"]
    if first <= day.replace(month=1, day=1):
        choices.append(f"{day.year:04}")
    return str(draw(st.sampled_from(choices)))


ADDRESSES = (
    "https://example.org/a?b=c&d=%20#e",
    "mailto:desk@example.org",
    "https://пример.example/ы",
    f"https://example.org/{'long/' * 80}",
)
TEXTS: tuple[tuple[Any, st.SearchStrategy[str]], ...] = (
    (model.Line, lines()),
    (model.Prose, st.lists(lines(), min_size=1, max_size=3).map("\n\n".join)),
    (model.Link, st.sampled_from(ADDRESSES)),
    (model.Slug, slugs()),
    (model.Colour, st.sampled_from(["#000000", "#ffffff", "#7a3b12"])),
    (model.Edtf, periods()),
    (model.Number, numbers()),
)
"""What may stand in a field, by its type."""


@dataclass
class Monitor:
    """A tree in the making.

    Attributes:
        draw: Draws one value.
        words: What references may hold, by the kind of word.
        files: Path -> text.
        compared: Calls of charts that compare figures of publications, for the portal.
    """

    draw: Draw
    words: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)

    def row(self, row: type[Row], given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A row of a class: what is given, and anything that may stand in its other fields; what may be absent may be."""
        lists = {name: kind for file in FILES if file.row is row for table, name, kind in REFERENCES if table == file.name}
        hints = get_type_hints(row, include_extras=True)
        found = dict(given or {})
        for name, info in row.model_fields.items():
            if name not in found and (info.is_required() or self.draw(st.booleans())):
                found[name] = self.value(hints[name], {type(limit): limit for limit in info.metadata}, lists.get(name))
        return found

    def value(self, hint: Any, limits: Mapping[type, Any], kind: str | None = None) -> Any:
        """A value of one field, as a data file writes it.

        Args:
            hint: The annotation of the field.
            limits: Its limits, by their class.
            kind: Where it is a reference, the kind of word that it holds.

        Returns:
            A plain value.
        """
        options, origin = get_args(hint), get_origin(hint)
        least, most = (limits[one] if one in limits else None for one in (Ge, Le))
        if texts := [strategy for known, strategy in TEXTS if hint == known]:
            return self.draw(texts[0])
        if hint == model.Key:
            return self.draw(st.sampled_from(self.words[kind or ""]))
        if hint == model.Whole:
            low, high = least.ge if least else -model.LARGEST_WHOLE, most.le if most else model.LARGEST_WHOLE
            return self.draw(st.one_of(st.integers(low, high), st.sampled_from([low, high])))
        if origin in (Union, UnionType):
            inner = next(one for one in options if one is not NoneType)
            absent = (inner == model.Key and not self.words.get(kind or "")) or self.draw(st.booleans())
            return None if absent else self.value(inner, limits, kind)
        if origin is Literal:
            return self.draw(st.sampled_from(options))
        if origin is tuple:
            fewest = limits[MinLen].min_length if MinLen in limits else 0
            length = 0 if kind and not self.words[kind] else self.draw(st.integers(fewest, fewest + 2))
            return [self.value(options[0], {}, kind) for _ in range(length)]
        if origin is dict:
            return {str(self.value(options[0], {})): self.value(options[1], {}) for _ in range(self.draw(st.integers(0, 3)))}
        if hint is bool:
            return self.draw(st.booleans())
        if hint is str:
            return self.draw(st.one_of(st.sampled_from(["", " ", "%", "USD "]), lines()))
        if hint is datetime.date:
            return str(self.draw(st.dates(least.ge, most.le)))
        if isinstance(hint, type) and issubclass(hint, Row):
            return self.row(hint)
        if origin is Annotated and options[0] is str:
            return ""  # an id of a certain form: whoever draws the row counts
        raise NotImplementedError(f"random trees do not know what a field of {hint} may hold")

    def some(self, strategy: st.SearchStrategy[Any], most: int, least: int = 0) -> list[Any]:
        """A short list without repetition."""
        return list(self.draw(st.lists(strategy, min_size=least, max_size=most, unique=True)))

    def write(self, name: str, content: Any) -> None:
        """Keep a data file: rows as CSV, anything else as YAML; JSON is YAML."""
        if not name.endswith(".csv"):
            self.files[f"data/{name}"] = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            return
        columns = list(next(file.row for file in FILES if file.name == name.rpartition("/")[2]).model_fields)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if row.get(column) is None else row[column] for column in columns] for row in content])
        self.files[f"data/{name}"] = text.getvalue()

    def page(self, name: str, *parts: str) -> None:
        """Keep a page that calls macros."""
        self.files[f"docs/{name}.md"] = "\n\n".join(["---\ntitle: A page\ndescription: A page of a random tree.\n---", *parts]) + "\n"


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
    series = {"first_period": period_of(first, months, 1), "months": months, "site": "https://monitor.example/reports/", "language": "en"}
    monitor.write("series.yml", monitor.row(model.Series, series))
    return first, months


def period_of(first: datetime.date, months: int, number: int) -> str:
    """The period of an issue."""
    begin = first.year * 12 + first.month - 1 + (number - 1) * months
    one, last = (f"{place // 12:04}-{place % 12 + 1:02}" for place in (begin, begin + months - 1))
    return one if one == last else f"{one}/{last}"


def shared(monitor: Monitor) -> dict[str, Any]:
    """The shared lists; each of them may be empty."""
    words = {name: monitor.some(slugs(), 3) for name in model.Vocabularies.model_fields}
    words["units"] = ["percent", *words["units"]] if monitor.draw(st.booleans()) else words["units"]
    monitor.words = words | {"sources": monitor.some(slugs(), 2, least=1), "relationships": []}
    hints = get_type_hints(model.Vocabularies, include_extras=True)
    monitor.write(
        "vocabularies.yml", {name: {key: monitor.value(get_args(hints[name])[1], {}) for key in keys} for name, keys in words.items()}
    )
    sources = {key: monitor.row(model.Source) for key in monitor.words["sources"]}
    monitor.write("sources.yml", {key: one | ({} if one.get("title") else {"about": "A letter"}) for key, one in sources.items()})
    taken = {"home", "region"}
    found = [one for one in monitor.some(slugs(), 3) if one not in taken] if words["partners"] else []
    monitor.words["relationships"] = found
    monitor.write("relationships.yml", [monitor.row(model.Relationship, {"id": one}) for one in found])
    scales = monitor.row(model.Scales, {"relationship": scale(monitor), "security": scale(monitor), "tension": bands(monitor)})
    for key, name in (("national", "home"), ("regional", "region")):
        scales["security_series"][key]["id"] = name
    monitor.words["series"], monitor.words["bands"] = [*found, *taken], [one["id"] for one in scales["tension"]]
    monitor.write("scales.yml", scales)
    return scales


def scale(monitor: Monitor) -> dict[str, Any]:
    """A scale of scores, perhaps of one sign only."""
    low, high = sorted(monitor.draw(st.tuples(st.integers(-20, 20), st.integers(-20, 20))))
    return monitor.row(model.ScoreScale, {"lowest": low, "highest": high, "zero": monitor.draw(st.booleans())})


def bands(monitor: Monitor) -> list[dict[str, Any]]:
    """Bands that follow one another, from one to many."""
    edges = sorted(monitor.some(st.integers(-60, 60), 6), reverse=True)
    ends = list(zip([None, *(edge - 1 for edge in edges)], [*edges, None], strict=True))
    return [monitor.row(model.Band, {"id": f"band-{place}", "highest": high, "lowest": low}) for place, (high, low) in enumerate(ends)]


def publication(monitor: Monitor, kind: str, slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A title page. Its editions are in order, and only a withdrawn one says why."""
    found = monitor.row(model.Publication, {"kind": kind, "slug": slug, "contents": [], "published_indices": {}, **given})
    days = sorted(one["date"] for one in found["editions"])
    for place, one in enumerate(found["editions"]):
        one |= {"number": place + 1, "date": days[place], "kind": "correction" if place else "original"}
    found["withdrawal"] = "A reason" if found["status"] == "withdrawn" else None
    if kind != "issue":
        found |= {"number": None, "period": None, "published_indices": {}}
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
    partners = monitor.some(st.sampled_from(monitor.words["partners"]), 1) if monitor.words["partners"] else []
    rows = [
        changed(monitor, model.Trade, {"id": f"t-{at}", "partner": one})
        for one in partners
        for at in range(monitor.draw(st.integers(1, 3)))
    ]
    periods_left = {}
    for row in rows:  # no two of a kind, so that nothing has to add up
        periods_left.setdefault((row["flow"], row["period"]), row)
    calls += [f'{{{{ chart("trade", partner="{one}") }}}}' for one in partners]
    trade = list(periods_left.values())
    if trade:
        monitor.write(
            f"{place}/trade.csv", [row | {"qualifier": row["qualifier"], "product": f"Goods {at}"} for at, row in enumerate(trade)]
        )
    declared, figures = [], []
    for kind in monitor.some(st.sampled_from(["structure", "comparison", "series", "table"]), 2):
        declared.append(monitor.row(model.FigureDeclaration, {"id": f"figure-{kind}", "kind": kind}))
        value = (
            {"value": str(Decimal(monitor.draw(st.integers(0, 300))) / 10), "unit": monitor.words["units"][0]}
            if kind == "structure"
            else {}
        )
        for at in range(monitor.draw(st.integers(0, 3))):
            figures.append(changed(monitor, model.FigureRow, {"id": f"{kind}-{at}", "figure": f"figure-{kind}", **value}))
        if any(row["figure"] == f"figure-{kind}" for row in figures):
            charts = {"structure": "structure", "comparison": "figure", "series": "figure"}
            calls += [f'{{{{ table("figure-{kind}") }}}}']
            calls += [f'{{{{ chart("{charts[kind]}", figure="figure-{kind}") }}}}'] if kind in charts else []
    if figures or declared:
        monitor.write(f"{place}/figures.csv", figures)
    calls += [f'{{{{ value("{row["id"]}") }}}} {{{{ change("{row["id"]}") }}}}' for row in [*trade, *figures]]
    return declared, calls


def changed(monitor: Monitor, row: type[Row], given: Mapping[str, Any]) -> dict[str, Any]:
    """A stated number, with a change and its unit or with neither."""
    found = monitor.row(row, given)
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
        for at, one in enumerate(sections["points"], 1):
            one |= {"id": f"p-{at}"} | (
                {"section": monitor.draw(st.sampled_from(sections["sections"]))["id"]} if sections["sections"] else {"section": None}
            )
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
    """Let the portal draw the figures of a publication that readers may see."""
    published = json.loads(monitor.files[f"data/{place}/publication.yml"])["status"] == "published"
    rows = csv.DictReader(io.StringIO(monitor.files.get(f"data/{place}/figures.csv", "")))
    named = dict.fromkeys(row["figure"] for row in rows) if published else {}
    monitor.compared += [f'{{{{ chart("figures", figures="{place}:{name}") }}}}' for name in list(named)[:1]]


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
    lists = [f'{{{{ vocabulary("{name}") }}}}' for name in model.Vocabularies.model_fields]
    monitor.page("index", "{{ latest_issue() }}", "{{ board() }}", "{{ publications(limit=3) }}")
    monitor.page("security", *(f'{{{{ chart("history", series="{name}") }}}}\n\n{{{{ history("{name}") }}}}' for name in ("home", "region")),
                 '{{ chart("tension") }}', '{{ chart("incidents") }}', "{{ scale() }}", '{{ scores("security") }}')  # fmt: skip
    monitor.page("relationships/index", "{{ relationships() }}", '{{ chart("history", series="all") }}', '{{ scores("relationship") }}')
    monitor.page("trade", "{{ trade() }}", *monitor.compared)
    monitor.page("data", "{{ downloads() }}", "{{ codebook() }}", *lists)
    monitor.page("corrections", "{{ corrections() }}")
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


__all__: Sequence[str] = ("lay", "trees")
