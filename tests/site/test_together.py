"""Many publishers at once, each in a clone of its own with a publication of its own: all succeed, none is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from house import House, new_house
from trees import drawn_once, monitor_tree

TALKS = "non-papers/harbour-talks"
"""What the monitor of papers has published."""


def series_of(house: House, count: int) -> list[str]:
    """Give a house so many more non-papers, all drafts."""
    addresses = []
    for number in range(1, count + 1):
        slug = f"talks-{number}"
        for place in ("data", "docs"):
            shutil.copytree(house.root / place / TALKS, house.root / place / "non-papers" / slug)
        house.swap(
            f"data/non-papers/{slug}/publication.yml",
            ("slug: harbour-talks", f"slug: {slug}"),
            ("title: The harbour talks", f"title: The harbour talks of day {number}"),
            ("abstract: Three points", f"abstract: Three points of day {number}"),
            ("original: harbour-talks-report", f"original: {slug}"),
            ("status: published", "status: draft"),
        )
        house.swap(
            f"docs/non-papers/{slug}/index.md",
            ("title: The harbour", f"title: Day {number} of the harbour"),
            ("description: Three points", f"description: Three points of day {number}"),
        )
        sources = house.root / "data/sources.yml"
        url = f"https://notes.example/originals/{slug}.pdf"
        text = f"{slug}:\n  title: Paper of day {number}\n  publisher: Oster Circle\n  url: {url}\n"
        sources.write_text(f"{sources.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
        addresses.append(f"non-papers/{slug}")
    house.commit("Drafts")
    return addresses


def publish_at_once(place: Path, house: House, addresses: list[str]) -> list[House]:
    """Each publishes its own, all started together."""
    clones = []
    for address in addresses:
        (place / address).mkdir(parents=True)
        clone = House(house.copied(place / address).root, house.remote)
        clone.git("remote", "set-url", "origin", str(house.remote))
        clone.set_status(address, "published")
        clone.commit(f"Publish {address}")
        clones.append(clone)
    running = [clone.start("publish") for clone in clones]
    for process, address in zip(running, addresses, strict=True):
        said, wrong = process.communicate(timeout=600)
        assert process.returncode == 0, (address, said, wrong)
        assert "pushed to gh-pages" in said
    return clones


@pytest.mark.parametrize(
    ("count", "begun"),
    [
        pytest.param(2, True, id="2 more"),
        pytest.param(8, True, id="8 more", marks=pytest.mark.stress),
        pytest.param(8, False, id="8 on a new branch", marks=pytest.mark.stress),
    ],
)
def test_publishers_at_once_all_succeed(tmp_path: Path, pictures: Path, count: int, begun: bool) -> None:
    house = new_house(tmp_path, lambda place: drawn_once(monitor_tree(place, "papers"), pictures))
    addresses = series_of(house, count)
    if begun:
        assert house.run("publish").status == 0
    clones = publish_at_once(tmp_path / "clones", house, addresses)
    for address in addresses:
        assert f"{address}/v1/edition.json" in house.files()
        assert f"{address}/index.html" in house.files()
    commits = house.git("rev-list", "--first-parent", "--reverse", "gh-pages", at=house.remote).split()
    assert len(commits) >= count + begun
    held: set[str] = set()
    for commit in commits:
        now = {path for path in house.files(commit=commit) if re.search(r"/v\d+/", path)}
        assert held <= now
        held = now
    merged(house, clones, addresses)


def merged(house: House, clones: list[House], addresses: list[str]) -> None:
    """When all work has come together, the next run lists everything."""
    for address in addresses:
        house.set_status(address, "published")
    house.commit("All of it")
    assert house.run("publish").status == 0
    for address in addresses:
        assert f"{address.rpartition('/')[2]}/" in house.read("non-papers/index.html")
    for clone in (house, clones[0]):
        assert clone.run("verify").status == 0
