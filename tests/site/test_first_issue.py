"""An issue from nothing to published, corrected and withdrawn, with the commands of the guide and no other file touched."""

from __future__ import annotations

import re
from pathlib import Path

from house import House
from importing import workbook

PROMPT = re.compile(r"\{# Prompt:.*? #\}", re.DOTALL)
TEXT = (
    "The three months from July to September brought more meetings than agreements. Both sides say that the river must be shared, "
    "and neither says how. The gates stay closed at night."
)
ABSTRACT = "What the summer brought to the river: ferries, tolls and a quarrel about the gates of the old weir. " * 3


def books(place: Path) -> list[str]:
    """Three workbooks as people keep them."""
    place.mkdir()
    days = range(1, 21)
    veldia = [["Relationship with Veldia"], [], ["Date", "Event", "Score"]]
    veldia += [[f"{day} July", f"Meeting {day} of the ministers", "+1" if day > 13 else "−1"] for day in days]
    river = [["Day", "What happened", "Points", "Relationship"]]
    river += [[f"{day:02}.08.2023", f"Vote {day} in the group", -1 if day % 2 else 2, "River Five"] for day in days]
    security = [["Date", "Incident", "National security", "Regional tension", "Category"]]
    security += [[f"{day} September 2023", f"Exercise {day} at the dam", 1, -1, "Movements of forces"] for day in days]
    names = []
    for name, rows in (("veldia", [*veldia, ["Total", None, -6]]), ("river", river), ("security", security)):
        names.append(str(place / f"{name}.xlsx"))
        Path(names[-1]).write_bytes(workbook({"Sheet1": rows}))
    return names


SERIES = ("veldia", "river-5", "amberland", "home-safety", "basin-calm")


def written(house: House, path: str, *swaps: tuple[str, str]) -> None:
    """Change a file as somebody at an editor does; the prompts of a page are answered."""
    file = house.root / path
    text = file.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    file.write_text(PROMPT.sub(lambda _: TEXT, text), encoding="utf-8")


def described(house: House) -> None:
    """Give every page of the draft its text, and a description of its own."""
    for page in sorted((house.root / "docs/issues/3").glob("*.md")):
        head = page.read_text(encoding="utf-8").partition("description: ")[2].partition("\n")[0]
        words = f"Kestria in the summer of 2023, {page.stem}: what was done, what was said, and what may follow from it."
        written(house, f"docs/issues/3/{page.name}", (head, f'"{words}"'))


def test_an_issue_from_nothing_to_withdrawn(house: House, tmp_path: Path) -> None:
    began = house.git("rev-parse", "HEAD")
    assert house.run("new", "issue").status == 0
    files = books(tmp_path / "desk")
    title = "data/issues/3/publication.yml"
    reasons = "".join(f"\n  {name}: {{reason: What happened in these months.}}" for name in SERIES)
    written(house, title, ("headline:", "headline: Ministers meet often."), ("assessments: {}", f"assessments:{reasons}"))
    written(house, title, ("keywords: []", "keywords: [river, tolls, gates]"), ("abstract:", f'abstract: "{ABSTRACT.strip()}"'),
            ("original:", "original: compass-2"))  # fmt: skip
    asked = house.run("import", *files, "--into", "issues/3")
    assert (asked.status, asked.stdout.count("doubt: ")) == (1, 1)
    assert house.run("import", *files, "--into", "issues/3", "--answers", f"{files[0]}.answers.yml").status == 0
    (house.root / "docs/issues/3/amberland.md").unlink()  # of which nothing happened
    described(house)
    status = house.run("status", "issues/3").stdout
    assert re.search(r"Veldia +−6 +\+7 +−13 +20 .* −6 ", status), status
    assert "Open before it is published" in status
    reasons = ("copyright", "original-named", "printed-indices", "empty-relationship", "text-number", "stated-twice", "heading-twice")
    open_rules = [name for name in reasons if f"{name} under accepted" in status]
    listed = "".join(f"\n  {name}: The source says no more." for name in open_rules)
    written(house, "data/issues/3/release.yml", ("accepted: {}", f"accepted:{listed}"))
    written(house, "data/sources.yml", ("\n# Compare", "\n# Compared"))
    assert "is that of issues/2 too" in house.run("check", "--release", "--only", "issues/3").stdout
    key = re.findall(r"^([a-z0-9-]+):$", (house.root / "data/sources.yml").read_text(), re.MULTILINE)[-1]
    written(house, title, ("original: compass-2", f"original: {key}"), ("status: draft", "status: published"))
    sources = house.root / "data/sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8") + "  url: https://compass.example/3\n", encoding="utf-8")
    checked = house.run("check", "--release", "--only", "issues/3")
    assert checked.stdout.endswith(": no findings\n"), checked.stdout
    house.commit("The third issue")
    assert house.run("publish").status == 0
    assert "issues/3/v1/index.html" in house.files()

    house.swap("data/issues/3/events.csv", ("Meeting 20 of the ministers,1", "Meeting 20 of the ministers,2"))
    refused = house.run("diff", "issues/3").stdout
    assert "Veldia: −6 → −5" in refused
    assert "publishing will refuse this until publication.yml announces edition 2" in refused
    edition = '  - {number: 2, date: 2026-11-29, kind: correction, note: "One score is another."}\nfigures:'
    date = re.search(r"    date: (\S+)", (house.root / title).read_text())
    assert date
    assert "of veldia is not what the catalogue gives" in refused
    departs = ('"aggregate": -6', '"aggregate": -6, "departure": "One score was mended."')
    written(house, title, ("figures:", edition.replace("2026-11-29", date[1])), departs)
    assert "Publishes edition 2, a correction: One score is another." in house.run("diff", "issues/3").stdout
    house.commit("Mend a score")
    assert house.run("publish").status == 0
    written(house, title, ("status: published", "status: withdrawn\nwithdrawal: The sums were disputed.\nwithdrawal_date: 2024-09-01"))
    house.commit("Withdraw it")
    assert any(line.startswith("withdraw: issues/3 ") for line in house.run("publish", "--dry-run").lines)
    assert house.run("verify").status == 0
    touched = house.git("diff", "--name-only", began, "HEAD").splitlines()
    assert [path for path in touched if not path.startswith(("data/issues/3/", "docs/issues/3/"))] == ["data/sources.yml"]
