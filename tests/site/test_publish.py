"""Publishing on a bare repository: once and for ever, corrected in the open, refused in words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from house import ISSUE, NON_PAPER, PAPER, WITHDRAWN, Answer, House, published

EDITIONS = ["issues/1/v1", "issues/2/v1", "non-papers/water-talks/v1", "policy/open-river/v1"]
SLOTS = re.compile(r"(<!--status-->).*?(<!--/status-->)|(<!--versions-->).*?(<!--/versions-->)", re.S)
REUSED = "2-veldia-03,veldia,2023-06-01,Another event altogether,0,compass-2\n"
"""A row that takes the id of one that the correction took out."""
TITLE = "What was said at the water talks"
Published = tuple[House, Answer]


def emptied(page: str) -> str:
    """A page with nothing in the two places that may change."""
    return SLOTS.sub(lambda found: "".join(filter(None, found.groups())), page)


class Words(HTMLParser):
    """The text that a reader sees with scripts off, and the links of the head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links, self._hidden = "", list[tuple[str, str]](), 0
        self.feed(page)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "template")
        given = dict(attrs)
        if tag == "link":
            self.links.append((given.get("rel") or "", given.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "template")

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else data


# The first time, and the second --------------------------------------------------------------


def test_everything_is_published_in_one_commit(published_house: Published) -> None:
    house, answer = published_house
    assert [path.removesuffix("/edition.json") for path in house.files() if path.endswith("/edition.json")] == EDITIONS
    assert {f"publish: {path.removesuffix('/v1')} (not published yet)" for path in EDITIONS} < set(answer.lines)
    assert answer.lines[-2] == "pushed to gh-pages"
    assert re.fullmatch(r"keep this line, .*: policy/open-river/v1 sha256:[0-9a-f]{64}", answer.lines[-1])
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "1"
    assert {
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        ".nojekyll",
        "editions.json",
        f"{ISSUE}/index.html",
    } < house.files().keys()
    assert [record["commit"] for record in json.loads(house.read("editions.json"))] == [house.git("rev-parse", "HEAD")] * len(EDITIONS)


def test_the_bundle_of_the_search_is_made_anew_only_where_what_it_finds_has_changed(corrected: Published) -> None:
    house, _ = corrected
    [before], [after] = (
        json.loads(house.git("show", f"{commit}:search/index/bundles.json", at=house.remote)) for commit in ("gh-pages~1", "gh-pages")
    )
    assert before != after
    assert {path.split("/")[2] for path in house.files("search/index")} == {after, "bundles.json"}
    sums = [house.read(path) for path in house.files() if path.endswith("SHA256SUMS")]
    assert not [text for text in sums if "search" in text]


def test_a_new_spelling_changes_the_search_and_no_edition(house: House) -> None:
    words = house.root / "data" / "vocabularies.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("[Herald, Heraldo]", "[Herald, Heraldo, Heroldas]"), encoding="utf-8")
    house.commit("Another spelling")
    answer = house.run("publish", "--dry-run")
    assert answer.status == 0
    assert {line.partition(":")[0] for line in answer.lines} == {"stands as published"}
    assert not [line for line in answer.lines if "differs" in line]


def test_what_is_published_passes_its_own_check_and_that_of_sha256sum(published_house: Published, tmp_path: Path) -> None:
    house, _ = published_house
    answer = house.run("verify")
    assert (answer.status, answer.lines) == (0, [f"{path}: as published" for path in EDITIONS])
    served = house.checkout(tmp_path / "tree")
    for path in EDITIONS:
        assert subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=served / path, check=False).returncode == 0


# Refused -------------------------------------------------------------------------------------


def refused(house: House, *, commit: bool = True) -> Answer:
    """Publish, which must change nothing and say why, with no traceback."""
    if commit:
        house.commit()
    before = house.head()
    answer = house.run("publish")
    assert answer.status == 1
    assert house.head() == before
    assert re.fullmatch(r"\d+ findings?", answer.lines[-1])
    assert "Traceback" not in answer.stdout + answer.stderr
    return answer


def test_each_change_of_what_is_published_is_refused_with_its_effect(house: House) -> None:
    house.rescore()
    house.swap("data/issues/1/publication.yml", ("note: First edition on this site.", "note: First edition here."))
    house.swap(f"data/{PAPER}/publication.yml", ("    date: 2024-02-01", "    date: 2024-02-02"))
    house.set_status(NON_PAPER, "draft")
    answer = refused(house)
    finding = next(line for line in answer.lines if line.startswith(f"data/{ISSUE}/events.csv:2: score: "))
    assert "2-veldia-01 was published with score 4 and now has 5" in finding
    assert "index of Veldia +2 -> +3" in finding
    assert f"announce a next edition in data/{ISSUE}/publication.yml" in finding
    for address, note in (("issues/1", "First edition on this site."), (PAPER, "First edition.")):
        assert re.search(rf"(?m)^data/{address}/publication.yml:\d+: editions: edition 1 was published as .*{note}", answer.stdout)
    assert f"data/{NON_PAPER}/publication.yml:1: status: was published" in answer.stdout


def test_a_changed_score_alone_is_refused_with_its_effect_beside_the_sum_that_it_breaks(house: House) -> None:
    house.swap(f"data/{ISSUE}/events.csv", ("at Senn,4,", "at Senn,5,"))
    house.commit("Change a score and nothing else")
    before = house.head()
    answer = house.run("publish")
    assert (answer.status, house.head()) == (1, before)
    assert re.search(
        rf"(?m)^data/{ISSUE}/events.csv:2: score: 2-veldia-01 was published with score 4 and now has 5 \(index of .*\+2 -> \+3\)",
        answer.stdout,
    )
    assert re.search(
        rf"(?m)^data/{ISSUE}/publication.yml:\d+: aggregate: aggregate 2 and positive 4 of veldia are not what the catalogue gives",
        answer.stdout,
    )


def test_no_edition_may_vanish_be_skipped_or_change_its_place_or_text(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    entry = re.search(r"  - number: 2\n(    .*\n)+", (house.root / f"data/{ISSUE}/publication.yml").read_text(encoding="utf-8"))
    assert entry
    house.swap(f"data/{ISSUE}/publication.yml", (entry[0], ""))
    for place in ("data", "docs"):
        shutil.rmtree(house.root / place / NON_PAPER)
    for page in (house.root / "docs").rglob("*.md"):
        assert NON_PAPER not in page.read_text(encoding="utf-8")
    house.announce("issues/1", 2)
    house.announce("issues/1", 3)
    house.swap(f"docs/{PAPER}/index.md", ("The river carried", "The Open River carried"))
    answer = refused(house)
    assert "edition 2 was published on 2024-07-01 and is gone" in answer.stdout
    assert f"data/{NON_PAPER}/publication.yml:1: file: was published and is gone" in answer.stdout
    assert "data/issues/1/publication.yml:1: editions: announces edition 3, but 1 is the newest published" in answer.stdout
    assert re.search(rf"(?m)^docs/{PAPER}/index\.md:\d+: page: differs", answer.stdout)
    house.swap(f"data/{ISSUE}/publication.yml", ("editions:\n", f"editions:\n{entry[0]}"))
    assert re.search(rf"(?m)^data/{ISSUE}/publication.yml:\d+: number: 2 is out of order; here it is 1$", refused(house).stdout)


def test_what_is_not_committed_is_refused(house: House) -> None:
    about = (house.root / "docs/about.md").read_text(encoding="utf-8")
    for name in ("about", "more"):
        (house.root / f"docs/{name}.md").write_text(f"{about}\nOne more line.\n", encoding="utf-8")
    answer = refused(house, commit=False)
    assert [line.partition(";")[0] for line in answer.lines[:-1]] == [
        f"docs/{name}.md:1: file: is not committed" for name in ("about", "more")
    ]


# Corrected in the open -----------------------------------------------------------------------


def test_a_correction_is_published_beside_what_it_mends(corrected: Published) -> None:
    house, answer = corrected
    assert f"publish: {ISSUE} (edition 2, correction: A score was entered too low.)" in answer.lines
    built = {line.removeprefix("built ") for line in answer.lines if line.startswith("built ")}
    beside = {"issues/1", "compare/1-2", "compare/2-3"}
    assert built == {f"{ISSUE}/v2", ISSUE, *beside, "portal"}  # of the others only the neighbour's cover, and what is compared with it
    assert "compare/1-2/" in house.read("sitemap-covers.xml")
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "2"
    assert house.run("verify").status == 0


def test_the_old_edition_differs_in_its_two_slots_only(corrected: Published) -> None:
    house, _ = corrected
    old, new = house.files(f"{ISSUE}/v1", "gh-pages~1"), house.files(f"{ISSUE}/v1")
    assert old.keys() == new.keys()
    differing = [path for path in old if old[path] != new[path]]
    assert differing == [path for path in old if path.endswith(".html")]
    for path in differing:
        before, after = house.read(path, "gh-pages~1"), house.read(path)
        assert emptied(after) == emptied(before) == before


def test_no_other_edition_is_touched(corrected: Published) -> None:
    house, _ = corrected
    for path in EDITIONS:
        if not path.startswith(ISSUE):
            assert house.files(path) == house.files(path, "gh-pages~1")


def test_the_old_edition_says_so_without_scripts(corrected: Published) -> None:
    house, _ = corrected
    for section in ("", "veldia/", "security/"):
        words = Words(house.read(f"{ISSUE}/v1/{section}index.html"))
        assert "A newer edition exists. Edition 2 (correction, 1 July 2024): A score was entered too low." in words.text
        up = "../" * (1 + section.count("/"))
        assert ("successor-version", f"{up}v2/{section}") in words.links
        assert ("latest-version", f"{up}latest/") in words.links


def test_the_new_edition_names_its_predecessor(corrected: Published) -> None:
    links = Words(corrected[0].read(f"{ISSUE}/v2/index.html")).links
    assert ("predecessor-version", "../v1/") in links
    assert "successor-version" not in dict(links)


def test_latest_leads_to_the_new_edition(corrected: Published) -> None:
    house, _ = corrected
    for section in ("", "veldia/"):
        page = house.read(f"{ISSUE}/latest/{section}index.html")
        assert f"v2/{section}" in page
        assert "v1" not in page


def test_the_selector_lists_both_editions(corrected: Published) -> None:
    listed = json.loads(corrected[0].read(f"{ISSUE}/versions.json"))
    assert [(one["version"], one["aliases"]) for one in listed] == [("v2", ["latest"]), ("v1", [])]


@pytest.mark.parametrize("path", [f"{ISSUE}/", "corrections/", f"{ISSUE}/v2/cite/"], ids=["cover", "corrections", "v2"])
def test_the_correction_stands_where_readers_look(corrected: Published, path: str) -> None:
    """Also where the edition was built before, as for a preview, without the earlier one at hand."""
    text = Words(corrected[0].read(f"{path}index.html")).text
    assert "A score was entered too low." in text
    assert "1 event removed, 1 event rescored, 1 printed index rescored; Veldia +2 → +3" in text


# Withdrawn -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory, corrected: Published) -> House:
    """A house that, after the correction, has published a revision and withdrawn a paper at once."""
    house = corrected[0].copied(tmp_path_factory.mktemp("withdrawn"))
    house.announce(ISSUE, number=3, kind="revision", note="Nothing new.")
    house.swap(f"data/{ISSUE}/events.csv", ("2-veldia-02,", f"{REUSED}2-veldia-02,"))
    house.swap(f"data/{NON_PAPER}/publication.yml", ("status: published", WITHDRAWN))
    reused = f"data/{ISSUE}/events.csv:3: id: 2-veldia-03 was another row in edition 1; an id is never given again"
    assert reused in refused(house).stdout
    house.swap(f"data/{ISSUE}/events.csv", (REUSED, ""))
    house.commit("Withdraw a paper and revise an issue")
    built = {line for line in published(house)[1].lines if line.startswith("built ")}
    assert built == {f"built {path}" for path in ("portal", NON_PAPER, ISSUE, f"{ISSUE}/v3", "issues/1", "compare/1-2", "compare/2-3")}
    return house


def test_every_address_of_a_withdrawn_edition_keeps_title_date_and_reason(withdrawn: House) -> None:
    pages = [path for path in withdrawn.files(f"{NON_PAPER}/v1") if path.endswith(".html")]
    assert pages == [path for path in withdrawn.files(f"{NON_PAPER}/v1", "gh-pages~1") if path.endswith(".html")]
    for path in pages:
        text = Words(withdrawn.read(path)).text
        for said in (TITLE, "Edition 1", "2024-02-01", "A court in Senn ordered it <at once>."):
            assert said in text


def test_a_withdrawn_edition_serves_nothing_else(withdrawn: House) -> None:
    left = {path for path in withdrawn.files(f"{NON_PAPER}/v1") if not path.endswith(".html")}
    assert left == {f"{NON_PAPER}/v1/SHA256SUMS", f"{NON_PAPER}/v1/edition.json"}
    assert f"{NON_PAPER}/v1" not in withdrawn.read("sitemap.xml")
    for page in (f"{NON_PAPER}/index.html", "corrections/index.html"):
        assert "A court in Senn" in Words(withdrawn.read(page)).text


def test_a_correction_outlives_the_withdrawal_of_what_it_corrected(withdrawn_issue: House) -> None:
    text = Words(withdrawn_issue.read("corrections/index.html")).text
    assert "edition 2 (correction), 1 July 2024: A score was entered too low." in text
    assert re.search(r"withdrawn on \d+ \w+ \d{4}: A court in Senn ordered it <at once>\.", text)
    assert withdrawn_issue.files("compare/2-3", "gh-pages~1")
    assert not withdrawn_issue.files("compare/2-3"), "no issue of this comparison is shown here any more"


def test_verify_passes_after_a_withdrawal_and_publishing_again_does_nothing(withdrawn: House) -> None:
    assert withdrawn.run("verify").status == 0
    before = withdrawn.head()
    answer = withdrawn.run("publish")
    assert (answer.status, withdrawn.head()) == (0, before)
    assert answer.lines[-1] == "nothing to publish: the branch is as it should be"
    told = withdrawn.run("diff")
    assert (told.status, NON_PAPER in told.stdout) == (0, False)


def test_a_withdrawal_that_is_rewritten_or_taken_back_is_refused(withdrawn: House, tmp_path: Path) -> None:
    house = withdrawn.copied(tmp_path)
    house.swap(f"data/{NON_PAPER}/publication.yml", (WITHDRAWN, "status: published"))
    assert "which is for ever" in refused(house).stdout
    house.tamper({f"{NON_PAPER}/v1/index.html": b"It never was."})
    assert f"{NON_PAPER}/v1/index.html:1: file: is not what was published" in refused(house).stdout
    assert house.run("verify").status == 1


@pytest.fixture(scope="module")
def begun_anew(tmp_path_factory: pytest.TempPathFactory, withdrawn: House) -> Published:
    """A house that has dropped its history and then published another theme."""
    house = withdrawn.copied(tmp_path_factory.mktemp("anew"))
    old, tree = house.git("rev-parse", "gh-pages~1", at=house.remote), house.tree()
    answer = house.run("drop-history", "--reason", "Ordered by a court in Senn.")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert house.tree() == tree
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "1"
    assert house.tags() == sorted([*EDITIONS, f"{ISSUE}/v2", f"{ISSUE}/v3", f"{NON_PAPER}/withdrawn"])
    assert old not in house.git("rev-list", "--all", at=house.remote).split()
    assert house.run("verify", "--since", answer.lines[-1]).status == 0
    with (house.root / "docs/overrides/assets/barometer.css").open("a", encoding="utf-8") as style:
        style.write("\nbody { letter-spacing: 0 }\n")
    house.commit("Another theme")
    return published(house)


def test_history_can_be_dropped_by_law_and_is_vouched_for_anew(begun_anew: Published) -> None:
    house, _ = begun_anew
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "2"
    assert house.run("verify").status == 0


def test_another_theme_publishes_no_edition(begun_anew: Published) -> None:
    house, answer = begun_anew
    assert not [line for line in answer.lines if line.startswith("publish:") or re.search(r"built .*/v\d", line)]
    assert {"built portal", f"built {ISSUE}", "built compare/1-2"} < set(answer.lines)
    assert answer.lines[-2] == "pushed to gh-pages"
    assert re.fullmatch(r"keep this line, .*: site/1 sha256:[0-9a-f]{64}", answer.lines[-1])
    for path in EDITIONS:
        assert house.files(path) == house.files(path, "gh-pages~1")
    styles = [path for path in house.files("assets") if path.endswith("/barometer.css")]
    assert sorted("body { letter-spacing: 0 }" in house.read(path) for path in styles) == [False, True]


# What a person may ask for -------------------------------------------------------------------


def test_a_draft_is_not_published_and_another_remote_and_branch_are_taken(published_elsewhere: House) -> None:
    house, branch = published_elsewhere, "served"
    answer = house.run("publish", "--dry-run", "--remote", str(house.remote), "--branch", branch)
    assert f"nothing: {NON_PAPER} (a draft is shown in previews only)" in answer.lines
    assert not house.files(NON_PAPER, branch)
    pages = house.files(commit=branch)
    assert not any(TITLE in house.read(path, branch) for path in pages if path.endswith((".html", ".xml", ".csv")))
    assert house.run("verify", "--remote", str(house.remote), "--branch", branch).status == 0
    assert house.head() == ""


def test_a_dry_run_tells_and_does_nothing(fresh: House) -> None:
    answer = fresh.run("publish", "--dry-run")
    assert answer.status == 0
    assert answer.lines == [f"publish: {path.removesuffix('/v1')} (not published yet)" for path in EDITIONS]
    assert fresh.head() == ""
    assert not list((fresh.root / ".cache").glob("publish-*"))


def test_without_a_push_only_the_branch_here_is_written(fresh: House) -> None:
    assert fresh.run("publish", "--no-push").status == 0
    assert fresh.head() == ""
    assert fresh.git("rev-list", "--count", "gh-pages") == "1"
    assert fresh.git("status", "--porcelain") == ""


# An id once published ------------------------------------------------------------------------


def ids(house: House, path: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', house.read(path)))


def test_every_id_of_an_edition_is_in_the_next_or_has_a_tombstone_there(withdrawn: House) -> None:
    house = withdrawn
    first, newer = sorted(path for path in house.files(f"{ISSUE}/v1") if path.endswith(".html")), (2, 3)
    assert len(first) > 5
    for number in newer:
        assert {path: missing for path in first if (missing := ids(house, path) - ids(house, path.replace("/v1/", f"/v{number}/")))} == {}
        page = house.read(f"{ISSUE}/v{number}/veldia/index.html")
        for name in ("2-veldia-03", "developments"):
            (told,) = re.findall(rf'<li id="{name}" data-gone>(.*?)</li>', page)
            assert f'{ISSUE}/v1/veldia/#{name}">edition 1</a>' in told
        assert '<span id="fn:veldia-herald-hauliers" data-gone></span>' in page
        assert 'id="2-veldia-03" data-gone' in house.read(f"{ISSUE}/v{number}/events/index.html")
        assert "data-gone" not in house.read(f"{ISSUE}/v{number}/security/index.html")


def test_an_edition_between_two_others_can_be_made_again_from_its_sources(withdrawn: House, tmp_path: Path) -> None:
    """Earlier ids, corrections and the status of a later edition are in it; those without are made again by the drill."""
    house = withdrawn.copied(tmp_path)
    (house.root / "data/relationships.yml").write_text("what is in the working tree does not count", encoding="utf-8")
    answer = house.run("verify", f"{ISSUE}/v2", "--rebuild")
    assert (answer.status, answer.lines) == (0, [f"{ISSUE}/v2: as published, built again: the same bytes"]), answer.stderr
    assert house.git("worktree", "list").count("\n") == 0
