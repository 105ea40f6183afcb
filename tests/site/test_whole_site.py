"""The whole site of another country's monitor, and what every site must hold, ours too."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from html_tree import pages, read, text, with_class

from hooks.publishing import link_check
from hooks.publishing.html_page import NAMES, HtmlPage, published_ids
from macros.book import Book

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"


def trees(site: Path) -> Iterator[tuple[str, Element]]:
    """Every page of a site with its tree."""
    return ((page, read(site / page[1:] / "index.html" if page.endswith("/") else site / page[1:])) for page in pages(site))


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Another country's monitor -------------------------------------------------------------------


def test_another_monitor_stands_at_its_addresses(fixture_site: Path) -> None:
    edition = [f"/issues/2/v2/{page}" for page in ("", "cite/", "data/", "events/", "river-5/", "security/", "veldia/")]
    papers = [f"/{paper}/v1/{page}" for paper in ("non-papers/water-talks", "policy/open-river") for page in ("", "cite/", "data/")]
    covers = ["/issues/1/", "/issues/2/", "/non-papers/water-talks/", "/policy/open-river/", "/policy/open-river/v1/recommendations/"]
    portal = [f"/relationships/{one}/" for one in ("amberland", "river-5", "veldia")]
    assert {*edition, *papers, *covers, *portal, "/", "/404.html"} <= set(pages(fixture_site))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("issues/2/v2/veldia", ["+2", "+4", "−2", "120.5 million crowns", "up 12.5%", "mid-April"]),
        ("issues/2/v2/security", ["Home safety", "−1", "Basin calm", "Haze", "late June"]),
        ("issues/1/v2/amberland", ["+5", "Winter fair in the Amber Hall", "no earlier value known"]),
        ("policy/open-river/v1", ["41.5%", "36.5%", "Not itemised in the source", "Trade follows the timetable"]),
        ("policy/open-river/v1/recommendations", ["At once", "Port authorities", "A spring edition"]),
        ("non-papers/water-talks/v1", ["Upstream", "Half the gates were cast before the border was drawn."]),
        ("corrections", ["Kestria Compass 1", "wrong sign", "customs table"]),
        ("security", ["Storm", "−4 and lower", "No value is known here for 1 issue in between."]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_monitor_shows_its_own_numbers(fixture_site: Path, page: str, words: list[str]) -> None:
    shown = text(read(fixture_site / page / "index.html"))
    assert [word for word in words if word not in shown] == []


def test_no_word_of_our_data_is_in_another_monitor(fixture_site: Path, real_book: Book) -> None:
    series, labels = real_book.series, real_book.vocabularies.partners.values()
    words = {series.country, series.title, series.imprint.name.split()[0], *(one.label for one in real_book.relationships), *labels}
    named = re.compile("|".join(rf"\b{re.escape(word)}" for word in sorted(words - {"All partners"})))
    found = [
        f"{path}: {named.findall(content.decode())[:5]}"
        for path, content in content(fixture_site).items()
        if path.endswith((".html", ".json", ".csv", ".svg", ".xml", ".txt")) and named.search(content.decode())
    ]
    assert found == []


# Every site ----------------------------------------------------------------------------------


def test_what_macros_made_is_in_the_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "<!--macro" not in page.read_text(encoding="utf-8"), page


def test_the_search_has_one_bundle_of_what_it_reads(site: Path) -> None:
    [key] = json.loads((site / "search/index/bundles.json").read_text(encoding="utf-8"))
    folder = site / "search/index" / key
    assert {path.name for path in (site / "search/index").iterdir()} == {key, "bundles.json"}
    assert json.loads((folder / "pagefind-entry.json").read_bytes())["languages"]
    assert (folder / "words.txt").read_text(encoding="utf-8").split()
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} <= {
        *(".js", ".json", ".txt", ".pagefind", ".pf_meta"),
        *(".pf_filter", ".pf_fragment", ".pf_index"),
    }
    assert list(site.rglob("search_index.json")) == []


def test_styles_and_programs_stand_once_for_the_whole_site(site: Path) -> None:
    shared = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    assert {path.suffix for path in map(Path, shared)} == {".css", ".js", ".svg"}
    for path in shared:
        assert hashlib.sha256((site / path).read_bytes()).hexdigest().startswith(path.split("/")[1])
    assert [
        path for path in site.rglob("*") if path.suffix in {".css", ".js"} and path.relative_to(site).parts[0] not in {"assets", "search"}
    ] == []
    for edition in site.glob("*/*/v[0-9]*"):
        sums = {line[66:] for line in (edition / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
        recorded = json.loads((edition / "edition.json").read_text(encoding="utf-8"))["assets"]
        assert {f"../../../{path}" for path in recorded} == {path for path in sums if path.startswith("../")}
        assert {Path(path).suffix for path in recorded} == {".css", ".js", ".svg"}


def test_a_crawler_that_runs_no_script_gets_every_style_program_and_chart(site: Path) -> None:
    reached: set[Path] = set()
    ahead = [site / "index.html", site / "404.html"]
    while ahead:
        page = ahead.pop()
        for element in read(page).iter():
            for address in (element.get("href"), element.get("src")):
                parts = urlsplit(address or "//elsewhere")
                if address is None or parts.scheme or parts.netloc or page.name == "404.html":
                    continue
                found = (page.parent / parts.path).resolve() if parts.path else page
                found = found / "index.html" if found.is_dir() else found
                if found.is_file() and found not in reached:
                    reached.add(found)
                    ahead += [found] if found.suffix == ".html" else []
    missed = {path.relative_to(site) for path in site.rglob("*") if path.is_file()} - {path.relative_to(site.resolve()) for path in reached}
    by_scripts = {path for path in missed if path.name in {"bundles.json", "versions.json"} or path.parts[:2] == ("search", "index")}
    assert by_scripts
    assert {
        path for path in missed if path.suffix in {".css", ".js", ".svg", ".png", ".csv"} or path.name.endswith(("-v1.pdf", "-v2.zip"))
    } <= {
        *by_scripts,
        *(path for path in missed if path.name == "card.png"),  # an absolute address, for whoever shares the page
    }
    assert [path for path in missed if path.suffix == ".html" and re.match(r".*/v\d+/", str(path))] == []


def test_no_edition_grows_unnoticed(real_site: Path) -> None:
    """Without archive file and PDF; what both may come to, tests/site/test_pdf.py says of our largest issue."""
    for edition in real_site.glob("*/*/v[0-9]*"):
        archived = {path for path in edition.iterdir() if path.suffix in (".zip", ".pdf")}
        weight = sum(path.stat().st_size for path in edition.rglob("*") if path.is_file() and path not in archived)
        assert weight <= (1_950_000 if edition.parent.parent.name == "issues" else 900_000), f"{edition}: {weight}"


def test_the_reader_of_pages_sees_what_a_browser_would_see(site: Path) -> None:
    strange = """<p title='an id="no" > here' id=one>a < b &amp; c<!-- <a href="no"> --><A HREF = "x?a=1&amp;b=2"
        >x</a><script src="s.js">"<a href='no'>"</script><br id='two'/><img alt="a > b" src=p.png><a>no</a>"""
    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert len(texts) > 10
    for page in (strange, *texts):
        ours, theirs = HtmlPage(page), list(tinyhtml5.parse(page, namespace_html_elements=False).iter())
        assert ours.ids == [one.get("id") for one in theirs if one.get("id") is not None]
        follow = [one for one in theirs if str(one.tag).rpartition("}")[2] == "a" or one.get("rel") in NAMES]
        assert ours.links == [one.get("href") for one in follow if one.get("href") is not None]
        assert {one.get("src") for one in theirs if one.get("src")} <= set(ours.loads)
        assert page == strange or published_ids(page.encode()) == set(ours.ids)
    read_page = HtmlPage(strange)
    assert read_page.ids == ["one", "two"]
    assert [read_page.line(value) for value in ("x?a=1&b=2", "s.js", "two")] == [1, 2, 1]  # where quotes are single, the first is said


def test_every_link_leads_somewhere_and_every_id_is_one(site: Path) -> None:
    assert [str(problem) for problem in link_check.check_site(site)] == []


def test_links_to_other_hosts_are_those_that_data_and_pages_name(site: Path, request: pytest.FixtureRequest) -> None:
    ours = site == request.getfixturevalue("real_site")
    roots = (ROOT / "data", ROOT / "docs") if ours else (FIXTURES / "good", FIXTURES / "portal")
    files = (path for root in roots for path in root.rglob("*") if path.suffix in {".yml", ".csv", ".md"})
    named = {urlsplit(url).netloc for path in files for url in re.findall(r"https?://[^\s,\")]+", path.read_text("utf-8"))}
    linked = {
        (page, one.get("href", one.get("xlink:href", "")))
        for page, tree in trees(site)
        for one in tree.iter("a")
        if urlsplit(one.get("href", one.get("xlink:href", ""))).netloc not in {"", *named}
    }
    assert linked == set()


def test_every_figure_is_whole(site: Path) -> None:
    figures = [(page, tree, figure) for page, tree in trees(site) for figure in with_class(tree, "chart") if figure.tag == "figure"]
    assert sum(figure.find(".//svg") is not None for _, _, figure in figures) >= 10
    for page, tree, figure in figures:
        here, name = site / page[1:], f"{page}#{figure.get('id')}"
        assert figure.get("id", "").startswith("chart-"), name
        assert text(next(with_class(figure, "chart__sentence"))).endswith("."), name
        numbers = next(with_class(figure, "chart__numbers"))
        if numbers.tag == "details":
            assert len(list(numbers.iter("tr"))) > 1, name
        else:  # a catalogue on the same page, which holds each mark
            rows = {f"#{row.get('id')}" for table in with_class(tree, "catalogue") for row in table.iter("tr")}
            assert {next(numbers.iter("a")).get("href"), *(one.get("href") for one in figure.findall(".//svg//a"))} <= rows, name
        links = [one.get("href", "") for one in figure.iter("a") if "download" in one.attrib]
        drawn = [".svg", ".png", ".json"] if figure.find(".//svg") is not None else []
        assert [Path(link).suffix for link in links] == [".csv", *drawn], name
        assert all((here / link).stat().st_size > 40 for link in links), name


def test_every_page_names_its_edition_permalink_and_how_to_cite(site: Path) -> None:
    for page, tree in trees(site):
        if re.search(r"/v\d+/", page):
            assert "Edition" in text(next(one for one in tree.iter("aside") if one.get("id") == "edition-status")), page
            links = {one.get("rel"): one.get("href", "") for one in tree.iter("link")}
            assert urlsplit(links["canonical"]).path == page
            assert urlsplit(links["cite-as"]).path in (page, re.sub(r"(?<=/)(cite|data|events)/$", "", page))
            assert "Cite as:" in text(next(with_class(tree, "page-foot"))), page


def test_titles_and_descriptions_are_there_and_differ(site: Path) -> None:
    titles: dict[str, str] = {}
    for page, tree in trees(site):
        title = text(next(tree.iter("title")))
        assert title not in titles, f"{page} and {titles.get(title)} are both called {title}"
        titles[title] = page
        assert any(one.get("name") == "description" and one.get("content") for one in tree.iter("meta")), page


# Ours ----------------------------------------------------------------------------------------

INDICES = {
    "russia": (20, 22, -2),
    "eu": (-1, 11, -12),
    "china": (8, 8, 0),
    "us": (-18, 4, -22),
    "ukraine": (-13, 12, -25),
    "national-security": (4, 11, -7),
    "regional-tension": (-7, 6, -13),
}
"""Aggregate, positive and negative points of № 19, as shared/SEEDS.md states them."""
EDITION = "issues/19/v1"


def signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


@pytest.mark.parametrize("series", INDICES)
def test_indices_stand_on_their_page(real_site: Path, series: str) -> None:
    section = series if (real_site / EDITION / series).is_dir() else "security"
    tree = read(real_site / EDITION / section / "index.html")
    shown = next(one for one in with_class(tree, "index") if one.get("data-series") == series)
    values = [text(one) for one in shown.iter("dd")]
    assert [values[0], *[one for one in values[1:] if re.fullmatch(r"[+−]?\d+", one)][:2]] == [signed(one) for one in INDICES[series]]


def test_indices_stand_in_the_chart_and_its_numbers(real_site: Path, real_book: Book) -> None:
    wanted = sorted([signed(one) for one in (plus, minus, sum_)] for sum_, plus, minus in INDICES.values())
    rows = list(csv.DictReader((real_site / EDITION / "charts/board.csv").read_text(encoding="utf-8").splitlines()))
    assert sorted([row["Positive"], row["Negative"], row["Aggregate"]] for row in rows) == wanted
    spec = json.loads((real_site / EDITION / "charts/board.json").read_text(encoding="utf-8"))
    data = next(rows for rows in spec["datasets"].values() if "aggregate" in rows[0])
    assert sorted((row["aggregate"], row["positive"], row["negative"]) for row in data) == sorted(INDICES.values())


@pytest.mark.parametrize("folder", [EDITION, "."], ids=["edition", "portal"])
def test_indices_stand_in_the_downloads(real_site: Path, folder: str) -> None:
    lines = (real_site / folder / "data/indices.csv").read_text(encoding="utf-8").splitlines()
    rows = {row["series"]: row for row in csv.DictReader(lines) if row["publication"] == "issues/19"}
    assert {key: tuple(int(row[column]) for column in ("aggregate", "positive", "negative")) for key, row in rows.items()} == INDICES
