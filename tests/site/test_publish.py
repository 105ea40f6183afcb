"""Publishing on a bare repository: once and for ever, corrected in the open, refused in words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from house import ISSUE, NON_PAPER, WITHDRAWN, Answer, House

EDITIONS = ["issues/1/v1", "issues/2/v1", "non-papers/water-talks/v1", "policy/open-river/v1"]
SLOTS = re.compile(r"(<!--status-->).*?(<!--/status-->)|(<!--versions-->).*?(<!--/versions-->)", re.S)
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


def test_publishing_again_makes_no_commit(house: House) -> None:
    before = house.head()
    answer = house.run("publish")
    assert (answer.status, house.head()) == (0, before)
    assert answer.lines[-1] == "nothing to publish: the branch is as it should be"


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
    assert {line.partition(":")[0] for line in answer.lines} == {"nothing"}
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


def test_a_changed_score_is_refused_with_its_effect(house: House) -> None:
    house.rescore()
    answer = refused(house)
    finding = next(line for line in answer.lines if line.startswith(f"data/{ISSUE}/events.csv:2: score: "))
    assert "2-veldia-01 was published with score 4 and now has 5" in finding
    assert "index of Veldia +2 -> +3" in finding
    assert f"announce a next edition in data/{ISSUE}/publication.yml" in finding


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
        rf"(?m)^data/{ISSUE}/publication.yml:\d+: aggregate: aggregate 2 of veldia is not what the catalogue gives", answer.stdout
    )


def test_a_changed_page_is_refused(house: House) -> None:
    house.swap("docs/issues/1/veldia.md", ("The quarrel began when", "The dispute began when"))
    assert any(re.match(r"docs/issues/1/veldia\.md:\d+: page: differs", line) for line in refused(house).lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [("date: 2024-04-01", "date: 2024-04-02"), ("note: First edition on this site.", "note: First edition here.")],
    ids=["date", "note"],
)
def test_a_published_edition_may_not_be_edited(house: House, old: str, new: str) -> None:
    house.swap(f"data/{ISSUE}/publication.yml", (old, new))
    assert "edition 1 was published as 2024-04-01, original" in refused(house).stdout


def test_a_published_correction_may_not_be_removed(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    house.swap(f"data/{ISSUE}/publication.yml", (_entry(house), ""))
    assert "edition 2 was published on 2024-07-01 and is gone" in refused(house).stdout


def _entry(house: House) -> str:
    text = (house.root / f"data/{ISSUE}/publication.yml").read_text(encoding="utf-8")
    found = re.search(r"  - number: 2\n(    .*\n)+", text)
    assert found
    return found[0]


def test_published_editions_may_not_be_reordered(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    entry = _entry(house)
    house.swap(f"data/{ISSUE}/publication.yml", (entry, ""), ("editions:\n", f"editions:\n{entry}"))
    assert f"data/{ISSUE}/publication.yml" in refused(house).stdout


def test_a_published_publication_may_not_vanish(house: House) -> None:
    for place in ("data", "docs"):
        shutil.rmtree(house.root / place / NON_PAPER)
    for page in (house.root / "docs").rglob("*.md"):
        assert NON_PAPER not in page.read_text(encoding="utf-8")
    assert f"data/{NON_PAPER}/publication.yml:1: file: was published and is gone" in refused(house).stdout


def test_a_published_publication_may_not_become_a_draft(house: House) -> None:
    house.set_status(NON_PAPER, "draft")
    assert f"data/{NON_PAPER}/publication.yml:1: status: was published" in refused(house).stdout


def test_an_edition_may_not_be_skipped(house: House) -> None:
    house.announce(ISSUE, 2)
    house.announce(ISSUE, 3)
    assert "publish one edition at a time" in refused(house).stdout


@pytest.mark.parametrize("new", [False, True], ids=["changed", "new"])
def test_what_is_not_committed_is_refused(house: House, new: bool) -> None:
    page = house.root / f"docs/{ISSUE}/{'notes' if new else 'index'}.md"
    page.write_text((house.root / f"docs/{ISSUE}/index.md").read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    answer = house.run("publish")
    assert answer.status == 1
    assert f"docs/{ISSUE}/{page.name}:1: file: " in answer.stdout


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
    text = Words(corrected[0].read(f"{path}index.html")).text
    assert "A score was entered too low." in text
    assert "1 event rescored, 1 printed index rescored; Veldia +2 → +3" in text


def test_publishing_a_correction_again_makes_no_commit(corrected: Published) -> None:
    house, _ = corrected
    before = house.head()
    assert house.run("publish").lines[-1] == "nothing to publish: the branch is as it should be"
    assert house.head() == before


def test_a_preview_before_the_correction_is_published_hides_nothing_of_it(house: House, corrected: Published) -> None:
    """What `make site` built without the earlier edition at hand is not what is published."""
    house.rescore()
    house.announce(ISSUE)
    house.commit("Correct a score")
    press_built = house.run("build")
    assert press_built.status == 0
    assert house.run("publish").status == 0
    assert "1 event rescored" in Words(house.read(f"{ISSUE}/v2/cite/index.html")).text


# Withdrawn -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory, published_house: Published) -> House:
    house = published_house[0].copied(tmp_path_factory.mktemp("withdrawn"))
    house.swap(f"data/{NON_PAPER}/publication.yml", ("status: published", WITHDRAWN))
    house.commit("Withdraw a paper")
    answer = house.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert {line for line in answer.lines if line.startswith("built ")} == {"built portal", f"built {NON_PAPER}"}
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
    told = withdrawn.run("diff")
    assert (told.status, NON_PAPER in told.stdout) == (0, False)


def test_a_tombstone_that_was_rewritten_is_named(withdrawn: House, tmp_path: Path) -> None:
    house = withdrawn.copied(tmp_path)
    house.tamper({f"{NON_PAPER}/v1/index.html": b"It never was."})
    assert house.run("verify").status == 1
    assert house.run("publish").status == 1


def test_withdrawn_is_for_ever(withdrawn: House, tmp_path: Path) -> None:
    house = withdrawn.copied(tmp_path)
    house.swap(f"data/{NON_PAPER}/publication.yml", (WITHDRAWN, "status: published"))
    assert "which is for ever" in refused(house).stdout


def test_history_can_be_dropped_by_law_and_is_vouched_for_anew(withdrawn: House, tmp_path: Path) -> None:
    house = withdrawn.copied(tmp_path)
    old, tree = house.git("rev-parse", "gh-pages~1", at=house.remote), house.tree()
    answer = house.run("drop-history", "--reason", "Ordered by a court in Senn.")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert house.tree() == tree
    assert house.git("rev-list", "--count", "gh-pages", at=house.remote) == "1"
    assert house.tags() == sorted([*EDITIONS, f"{NON_PAPER}/withdrawn"])
    reachable = house.git("rev-list", "--all", at=house.remote).split()
    assert old not in reachable
    assert house.run("verify", "--since", answer.lines[-1]).status == 0
    with (house.root / "docs/about.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    house.commit()
    assert house.run("publish").status == 0
    assert house.run("verify").status == 0


# What a person may ask for -------------------------------------------------------------------


def test_a_draft_is_not_published(fresh: House) -> None:
    fresh.set_status(NON_PAPER, "draft")
    fresh.commit("Not yet")
    answer = fresh.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert f"nothing: {NON_PAPER} (a draft is shown in previews only)" in answer.lines
    assert not fresh.files(NON_PAPER)
    assert not any(TITLE in fresh.read(path) for path in fresh.files() if path.endswith((".html", ".xml", ".csv")))


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


def test_another_remote_and_another_branch(fresh: House) -> None:
    other = fresh.remote.with_name("other.git")
    fresh.git("init", "--quiet", "--bare", str(other))
    fresh.git("remote", "add", "mirror", str(other))
    assert fresh.run("publish", "--remote", "mirror", "--branch", "served").status == 0
    assert fresh.head() == ""
    assert House(fresh.root, other).head("served")
    assert fresh.run("verify", "--remote", str(other), "--branch", "served").status == 0


def test_another_theme_publishes_no_edition(house: House) -> None:
    with (house.root / "docs/overrides/assets/barometer.css").open("a", encoding="utf-8") as style:
        style.write("\nbody { letter-spacing: 0 }\n")
    house.commit("Another theme")
    answer = house.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
    assert not [line for line in answer.lines if line.startswith("publish:") or re.search(r"built .*/v\d", line)]
    assert {"built portal", f"built {ISSUE}", "built compare/1-2"} < set(answer.lines)
    assert answer.lines[-2] == "pushed to gh-pages"
    assert re.fullmatch(r"keep this line, .*: site/1 sha256:[0-9a-f]{64}", answer.lines[-1])
    for path in EDITIONS:
        assert house.files(path) == house.files(path, "gh-pages~1")
    styles = [path for path in house.files("assets") if path.endswith("/barometer.css")]
    assert sorted("body { letter-spacing: 0 }" in house.read(path) for path in styles) == [False, True]


# An id once published ------------------------------------------------------------------------


def ids(house: House, path: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', house.read(path)))


def test_every_id_of_an_edition_is_in_the_next_or_has_a_tombstone_there(house: House) -> None:
    house.swap(
        f"data/{ISSUE}/events.csv",
        ("2-veldia-03,veldia,2023-05-09/2023-05-10,The mixed commission on water meets and agrees nothing,0,compass-2\n", ""),
    )
    house.swap(f"docs/{ISSUE}/veldia.md", ("## Developments", "## What happened"))
    house.swap(f"docs/{ISSUE}/veldia.md", ('{{ cite("veldia-herald-hauliers") }}', ""))
    house.announce(ISSUE, note="An event was taken out.")
    house.commit("Take an event out")
    assert house.run("publish").status == 0
    house.announce(ISSUE, number=3, kind="revision", note="Nothing new.")
    other = "2-veldia-02,veldia,2023-04-~11/2023-04-~20,"
    house.swap(f"data/{ISSUE}/events.csv", (other, f"2-veldia-03,veldia,2023-06-01,Another event altogether,0,compass-2\n{other}"))
    house.commit("Give the id of the event to another")
    answer = house.run("publish")
    assert answer.status == 1
    assert f"data/{ISSUE}/events.csv:3: id: 2-veldia-03 was another row in edition 1; an id is never given again" in answer.stdout
    house.swap(f"data/{ISSUE}/events.csv", ("2-veldia-03,veldia,2023-06-01,Another event altogether,0,compass-2\n", ""))
    house.commit("Again")
    answer = house.run("publish")
    assert answer.status == 0, answer.stdout + answer.stderr
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
    assert house.run("verify", f"{ISSUE}/v3", "--rebuild").status == 0
