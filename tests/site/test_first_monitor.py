"""A monitor from nothing to its first published issue, with the commands of the guide, under names that are hostile to every format."""

from __future__ import annotations

import re
from pathlib import Path

from beginning import HOSTILE, SCORED, house_at, init
from house import House
from importing import workbook
from trees import drawn_once

from macros.book import open_book

PROMPT = re.compile(r"\{#.*?#\}", re.DOTALL)
TEXT = (
    "Two ministers met twice, and agreed on nothing but the next meeting. Both sides say that the border must be open, "
    "and neither says how it is to be."
)
SCORES = ("--scale", "-10..10", "--step", "0.5", "--language", "no")


def completed(house: House) -> None:
    """Complete the series, the title page and the pages of the first issue, as somebody at an editor does."""
    series = house.root / "data/series.yml"
    series.write_text(series.read_text(encoding="utf-8").replace("To be written", "Written by now"), encoding="utf-8")
    house.swap("data/sources.yml", ("{}", "gazette: {title: Gazette, publisher: Gazette, url: 'https://gazette.example/'}"))
    house.swap(
        "data/issues/1/publication.yml",
        ("text: digest", "text: own"),
        ("status: draft", "status: published"),
        ("authors: []", "authors: [{family: Lindqvist}]"),
        ("publisher: \n", "publisher: Hill House\n"),
        ("keywords: []", "keywords: [border, talks, ministers]"),
        ("abstract:", f"abstract: {TEXT} {TEXT}"),
        ("headline:", "headline: Ministers meet."),
        ("assessments: {}", "assessments: {hill: {reason: They met.}, 'no': {reason: They did not.}}"),
    )
    for page in sorted((house.root / "docs/issues/1").glob("*.md")):
        text = PROMPT.sub(lambda _: TEXT, page.read_text(encoding="utf-8"))
        words = f"What was done and said in the first months of the year, and what may follow from it: {page.stem}."
        page.write_text(re.sub(r"(?m)^description: .*$", f'description: "{words}"', text), encoding="utf-8")


def table(place: Path) -> str:
    """A workbook of events, as people keep them."""
    rows = [["Date", "Event", "Score", "Relationship", "Source"]]
    rows += [
        [f"2023-0{1 + day % 3}-{day:02}", f"Meeting {day} of the ministers in {name}", -1.5 if day % 3 else 2, name, "gazette"]
        for day in range(1, 19)
        for name in ("hill", "no")
    ]
    place.write_bytes(workbook({"Rows": rows}))
    return str(place)


def test_from_nothing_to_a_published_first_issue(tmp_path: Path, pictures: Path) -> None:
    assert init(tmp_path / "monitor", "--title", HOSTILE, "--publisher", HOSTILE, *SCORED, *SCORES).status == 0
    house = house_at(drawn_once(tmp_path / "monitor", pictures))
    series = open_book(house.root).series
    assert (series.title, series.imprint.name, series.language) == (HOSTILE, HOSTILE, "no")
    assert house.run("check").stdout.endswith(": no findings\n")
    assert house.run("build").status == 0
    assert "{{ chart(&#34;board&#34;) }}" in (house.root / "site/index.html").read_text(encoding="utf-8")
    house.commit("Begin the monitor")

    assert house.run("new", "issue").status == 0
    assert not (house.root / "data/issues/1/incidents.csv").exists()
    assert "holds 'To be written'" not in house.run("check").stdout
    completed(house)
    assert house.run("import", table(tmp_path / "rows.xlsx"), "--into", "issues/1").status == 0
    checked = house.run("check", "--release")
    assert checked.stdout.endswith(": no findings\n"), checked.stdout
    house.swap("data/series.yml", ("subtitle: Written by now", "subtitle: To be written"))
    refused = house.run("check", "--release").stdout
    assert refused == "data/series.yml:4: subtitle: holds 'To be written'; write what belongs here, or delete it\n1 finding\n"
    house.swap("data/series.yml", ("subtitle: To be written", "subtitle: Two neighbours"))
    house.commit("The first issue")
    published = house.run("publish")
    assert published.status == 0, published.stdout + published.stderr
    assert "issues/1/v1/hill/index.html" in house.files()
    assert house.run("verify").status == 0
