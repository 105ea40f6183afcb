"""Whatever is done to a frozen edition on the branch is named, and nothing is built upon it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from house import ISSUE, NON_PAPER, PAPER, Answer, House

PAGE = f"{ISSUE}/v1/veldia/index.html"
TABLE = f"{ISSUE}/v1/data/events.csv"
ARCHIVE = f"{ISSUE}/v1/kestria-compass-2-v1.zip"
Change = Callable[[bytes], bytes | None]
Published = tuple[House, Answer]


def raw(house: House, path: str) -> bytes:
    return subprocess.run(["git", "show", f"gh-pages:{path}"], cwd=house.remote, capture_output=True, check=True).stdout


CHANGES: dict[str, tuple[str, Change, str]] = {
    "rewritten page": (PAGE, lambda page: page.replace(b"lowers", b"raises").replace(b"shared customs", b"closed customs"), "is not what"),
    "rewritten table": (TABLE, lambda table: table.replace(b",4,", b",5,"), "is not what was published"),
    "truncated page": (PAGE, lambda page: page[: len(page) // 2], "is not what was published"),
    "emptied table": (TABLE, lambda _: b"", "is not what was published"),
    "deleted page": (PAGE, lambda _: None, "is missing"),
    "deleted archive": (ARCHIVE, lambda _: None, "is missing"),
    "truncated archive": (ARCHIVE, lambda archive: archive[: len(archive) // 2], "is not what was published"),
    "deleted record": (f"{ISSUE}/v1/edition.json", lambda _: None, "is missing"),
    "added file": (f"{ISSUE}/v1/extra.html", lambda _: b"<p>Hello</p>", "was added after publication"),
    "deleted manifest": (f"{ISSUE}/v1/SHA256SUMS", lambda _: None, "is missing"),
    "rewritten cover": (f"{ISSUE}/index.html", lambda page: page.replace(b"Published.", b"Never published."), "is not what was published"),
    "rewritten redirect": (f"{ISSUE}/latest/index.html", lambda page: page.replace(b"../v1/", b"https://evil.example/"), "is not what was"),
    "rewritten home": ("index.html", lambda page: page + b"<script>alert(1)</script>", "is not what was published"),
    "added page of the portal": ("extra/index.html", lambda _: b"<p>Hello</p>", "was added after publication"),
    "strange folder": (f"{ISSUE}/v1x/index.html", lambda _: b"<p>Hello</p>", "was added after publication"),
}


def refuses(house: House, said: str) -> Answer:
    """Neither verify nor publish lets it pass, and publish changes nothing."""
    before = house.head()
    checked = house.run("verify")
    assert checked.status == 1
    assert said in checked.stdout
    with (house.root / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    house.commit()
    answer = house.run("publish")
    assert answer.status == 1
    assert said in answer.stdout
    assert house.head() == before
    return checked


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_to_a_frozen_file_is_named(house: House, change: str) -> None:
    path, how, said = CHANGES[change]
    before = b"" if path not in house.files() else raw(house, path)
    after = how(before)
    assert after != before
    house.tamper({path: after})
    checked = refuses(house, said)
    assert any(line.startswith(f"{path}:1: ") and said in line for line in checked.lines)
    assert not any(line.startswith(f"{PAPER}/v1/") for line in checked.lines)


@pytest.mark.parametrize(("change", "said"), [("deleted archive", "has no archive file"), ("truncated archive", "is damaged")])
def test_what_changed_since_a_damaged_edition_cannot_be_told(house: House, change: str, said: str) -> None:
    house.tamper({ARCHIVE: CHANGES[change][1](raw(house, ARCHIVE))})
    answer = house.run("diff", ISSUE)
    assert answer.status == 1
    assert said in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


def test_a_deleted_edition_is_named(house: House) -> None:
    house.tamper(dict.fromkeys(house.files(f"{PAPER}/v1")))
    assert f"{PAPER}/v1:1: edition: " in refuses(house, f"{PAPER}/v1").stdout


def test_an_edition_that_nobody_published_is_named(house: House) -> None:
    copied = {path.replace("/v1/", "/v9/"): raw(house, path) for path in house.files(f"{PAPER}/v1")}
    house.tamper(copied)
    refuses(house, f"{PAPER}/v9:1: edition: is on the branch and was never published")


@pytest.mark.parametrize("content", [None, b"{", b'[{"colour": 1}]'], ids=["deleted", "no JSON", "other keys"])
def test_a_ledger_that_is_gone_or_broken_is_named(house: House, content: bytes | None) -> None:
    house.tamper({"editions.json": content})
    refuses(house, "restore the branch from a copy")


# What vouches for the branch from outside it -------------------------------------------------

HIDDEN = b"<style>article{display:none}</style><p>Read this instead.</p><script>alert(1)</script>"


@pytest.mark.parametrize(("edition", "slot"), [("v1", b"status"), ("v1", b"versions"), ("v2", b"status"), ("v2", b"versions")], ids=str)
def test_a_status_says_what_follows_from_the_ledger(corrected: Published, tmp_path: Path, edition: str, slot: bytes) -> None:
    house = corrected[0].copied(tmp_path)
    path = f"{ISSUE}/{edition}/veldia/index.html"
    page = raw(house, path)
    assert (b"A newer edition exists" in page) == (edition == "v1")
    assert house.run("verify", f"{ISSUE}/{edition}").lines == [f"{ISSUE}/{edition}: as published"]
    house.tamper({path: page.replace(b"<!--/" + slot + b"-->", HIDDEN + b"<!--/" + slot + b"-->")})
    refuses(house, f"{path}:1: file: is not what was published")
    vouched(house)
    assert f"{path}:1: file: is not what was published" in house.run("verify").stdout


def vouched(house: House) -> None:
    """Let a forger who knows the program, and may write tags, tag what he did as a publish of living pages."""
    tags = {name: house.git("cat-file", "tag", f"refs/tags/{name}", at=house.remote) for name in house.tags()}
    digests = {name: hashlib.sha256(raw_tag(house, name)).hexdigest() for name in tags}
    newest = next(name for name in tags if not any(f"previous: {name} sha256:{digests[name]}" in text for text in tags.values()))
    after = re.search(r"(?m)^ledger-after: (\w+)$", tags[newest])
    assert after
    lines = [
        "Publish the portal\n",
        "branch: gh-pages",
        "manifest: none",
        f"ledger-before: {after[1]}",
        f"ledger-after: {hashlib.sha256(raw(house, 'editions.json')).hexdigest()}",
        f"previous: {newest} sha256:{digests[newest]}",
        f"source: {house.git('rev-parse', 'HEAD')}",
    ]
    identity = ["-c", "user.name=T", "-c", "user.email=t@t.invalid"]
    house.git(*identity, "tag", "--annotate", "--file=-", "site/1", "gh-pages", at=house.remote, stdin="\n".join(lines).encode())


def raw_tag(house: House, name: str) -> bytes:
    return subprocess.run(["git", "cat-file", "tag", f"refs/tags/{name}"], cwd=house.remote, capture_output=True, check=True).stdout


def with_sums(house: House, path: str, name: str, how: Callable[[bytes], bytes]) -> None:
    """Change a file of an edition, and its manifest and the ledger with it."""
    content = how(raw(house, f"{path}/{name}"))
    lines = raw(house, f"{path}/SHA256SUMS").decode().splitlines()
    sums = "\n".join(f"{hashlib.sha256(content).hexdigest()}  {name}" if line[66:] == name else line for line in lines) + "\n"
    records = json.loads(raw(house, "editions.json"))
    for record in records:
        if f"{record['address']}/v{record['number']}" == path:
            record["manifest"] = hashlib.sha256(sums.encode()).hexdigest()
    house.tamper({f"{path}/{name}": content, f"{path}/SHA256SUMS": sums.encode(), "editions.json": listed(records)})


def listed(records: list[dict[str, object]]) -> bytes:
    return (json.dumps(records, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def without(house: House, address: str) -> dict[str, bytes | None]:
    """A publication and its lines of the ledger, gone."""
    records = [record for record in json.loads(raw(house, "editions.json")) if record["address"] != address]
    return {**dict.fromkeys(house.files(address)), "editions.json": listed(records)}


def say_withdrawn(house: House) -> None:
    records = json.loads(raw(house, "editions.json"))
    for record in records:
        record["withdrawn"] = "It was wrong." if record["address"] == PAPER else ""
    house.tamper({"editions.json": listed(records)})


def amend(house: House) -> None:
    """The newest commit made again, with another page, and pushed by force."""
    first = house.head()
    parent = house.git("rev-parse", f"{first}~1", at=house.remote)
    house.tamper({PAGE: raw(house, PAGE) + b" "})
    tree = house.git("rev-parse", "gh-pages^{tree}", at=house.remote)
    identity = ["-c", "user.name=T", "-c", "user.email=t@t.invalid"]
    house.point("refs/heads/gh-pages", house.git(*identity, "commit-tree", tree, "-p", parent, "-m", "Publish", at=house.remote))


def orphan(house: House) -> None:
    """All history thrown away, and a publication with it."""
    house.tamper(without(house, PAPER))
    tree = house.git("rev-parse", "gh-pages^{tree}", at=house.remote)
    identity = ["-c", "user.name=T", "-c", "user.email=t@t.invalid"]
    house.point("refs/heads/gh-pages", house.git(*identity, "commit-tree", tree, "-m", "Publish", at=house.remote))


def retag(house: House, name: str) -> None:
    """A tag of the same name on another commit."""
    text = house.git("tag", "--list", "--format=%(contents)", name, at=house.remote)
    identity = ["-c", "user.name=T", "-c", "user.email=t@t.invalid"]
    house.git(*identity, "tag", "--force", "--annotate", "--file=-", name, "gh-pages~1", at=house.remote, stdin=text.encode())


def forget(house: House) -> None:
    for name in house.tags():
        house.point(f"refs/tags/{name}", None)


OUTSIDE: dict[str, tuple[Callable[[House], None], str]] = {
    "sums and ledger together": (
        lambda house: with_sums(house, f"{PAPER}/v1", "index.html", lambda page: page.replace(b"An Open River", b"A Shut River")),
        f"{PAPER}/v1:1: edition: is not the one that its tag names",
    ),
    "a false withdrawal": (say_withdrawn, f"{PAPER}/v1:1: edition: is said to be withdrawn, and there is no tag {PAPER}/withdrawn"),
    "an amended commit": (amend, "gh-pages:1: branch: does not follow the newest tag, issues/2/v2"),
    "an older state": (
        lambda house: house.point("refs/heads/gh-pages", house.git("rev-parse", "gh-pages~1", at=house.remote)),
        "issues/2/v2:1: edition: was published and is not in the ledger",
    ),
    "a publication gone": (
        lambda house: house.tamper(without(house, PAPER)),
        f"{PAPER}/v1:1: edition: was published and is not in the ledger",
    ),
    "history gone": (orphan, "gh-pages:1: branch: does not follow the newest tag"),
    "the branch gone": (
        lambda house: house.point("refs/heads/gh-pages", None),
        "gh-pages:1: branch: is gone, though issues/2/v2 was published",
    ),
    "a tag gone": (lambda house: house.point(f"refs/tags/{PAPER}/v1", None), f"{PAPER}/v1:1: edition: has no tag {PAPER}/v1"),
    "the newest tag gone": (lambda house: house.point("refs/tags/issues/2/v2", None), "issues/2/v2:1: edition: has no tag issues/2/v2"),
    "a tag elsewhere": (
        lambda house: retag(house, "issues/2/v1"),
        "1: tag: names issues/2/v1 as the tag before it, and that one is missing or",
    ),
    "no tags": (forget, "gh-pages:1: branch: has no tag of a publish"),
    "an edition's folder added": (
        lambda house: house.tamper({f"{PAPER}/v1x/index.html": b"<p>Hello</p>"}),
        f"{PAPER}/v1x:1: edition: is on the branch and was never published",
    ),
    "a cover hijacked": (
        lambda house: house.tamper({f"{PAPER}/index.html": b"<p>Gone</p>"}),
        f"{PAPER}/index.html:1: file: is not what was published",
    ),
    "latest hijacked": (
        lambda house: house.tamper({f"{PAPER}/latest/index.html": b"<p>Gone</p>"}),
        f"{PAPER}/latest/index.html:1: file: is not what was published",
    ),
}


@pytest.mark.parametrize("change", OUTSIDE)
def test_what_was_done_to_branch_or_tags_is_named_and_nothing_is_published_upon_it(
    corrected: Published, tmp_path: Path, change: str
) -> None:
    house = corrected[0].copied(tmp_path)
    how, said = OUTSIDE[change]
    how(house)
    refuses(house, said)


def test_after_a_publish_from_another_clone_there_is_nothing_to_find(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    clone = House(tmp_path / "clone", house.remote)
    house.git("push", "--quiet", "origin", "main")
    house.git("clone", "--quiet", "--branch", "main", str(house.remote), str(clone.root), at=tmp_path)
    for key, value in (("user.name", "Bo"), ("user.email", "bo@compass.invalid")):
        clone.git("config", key, value)
    shutil.copytree(house.root / ".cache/built", clone.root / ".cache/built")  # what is built is the same there
    with (clone.root / "docs/about.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    clone.commit()
    assert clone.run("publish").status == 0
    assert "site/1" in house.tags()
    for one in (house, clone):
        assert one.run("verify").status == 0
    assert house.run("publish").status == 0


def test_a_kept_line_proves_what_a_forger_of_everything_cannot(corrected: Published, tmp_path: Path) -> None:
    """He who may rewrite branch and tags can make a history that fits itself, but not one that holds this line."""
    house = corrected[0].copied(tmp_path)
    line = corrected[1].lines[-1]
    assert house.run("verify", "--since", line).status == 0
    forged = new_forgery(house, tmp_path)
    assert forged.run("verify").status == 0
    answer = forged.run("verify", "--since", line)
    assert answer.status == 1
    assert "issues/2/v2:1: tag: " in answer.stdout
    assert "was changed, removed or reordered" in answer.stdout


def new_forgery(house: House, place: Path) -> House:
    """The same monitor, all published anew in one go with another score."""
    (place / "forgery").mkdir()
    forged = house.copied(place / "forgery")
    forget(forged)
    forged.point("refs/heads/gh-pages", None)
    forged.swap(f"data/{ISSUE}/events.csv", ("at Senn,5,", "at Senn,4,"))
    stated = "{aggregate: 3, positive: 5, negative: -2}"
    forged.swap(f"data/{ISSUE}/publication.yml", (stated, "{aggregate: 2, positive: 4, negative: -2}"), (_second(forged), ""))
    forged.commit()
    assert forged.run("publish").status == 0
    return forged


def _second(house: House) -> str:
    match = re.search(r"  - number: 2\n(    .*\n)+", (house.root / f"data/{ISSUE}/publication.yml").read_text(encoding="utf-8"))
    assert match
    return match[0]


def test_tags_are_signed_where_a_key_is_configured_and_the_signature_is_checked(
    fresh: House, tmp_path: Path, skip_or_fail: Callable[[str], NoReturn]
) -> None:
    house, key = fresh, tmp_path / "key"
    if not shutil.which("ssh-keygen"):
        skip_or_fail("no ssh-keygen: apt-get install openssh-client")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", str(key)], check=True)
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(key))):
        house.git("config", name, value)
    assert house.run("publish").status == 0
    assert b"-----BEGIN SSH SIGNATURE-----" in raw_tag(house, f"{ISSUE}/v1")
    accepted = tmp_path / "accepted"
    house.git("config", "gpg.ssh.allowedSignersFile", str(accepted))
    accepted.write_text(f"ada@compass.invalid {key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    assert house.run("verify").status == 0
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "eve", "-f", str(other)], check=True)
    accepted.write_text(f"ada@compass.invalid {other.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    refuses(house, f"{ISSUE}/v1:1: tag: is signed with a key that is not accepted here")


# What may be asked ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "checked"),
    [
        ([ISSUE], ["issues/2/v1"]),
        (["issues/1/v1", f"{PAPER}/"], ["issues/1/v1", f"{PAPER}/v1"]),
        (["issues"], ["issues/1/v1", "issues/2/v1"]),
    ],
    ids=["publication", "edition and publication", "folder"],
)
def test_verify_checks_what_is_named(published_house: tuple[House, Answer], words: list[str], checked: list[str]) -> None:
    answer = published_house[0].run("verify", *words)
    assert (answer.status, answer.lines) == (0, [f"{path}: as published" for path in checked])


def test_verify_says_what_there_is_where_an_address_is_unknown(published_house: tuple[House, Answer]) -> None:
    answer = published_house[0].run("verify", "issues/7")
    assert answer.status == 1
    assert answer.lines[0].startswith("issues/7:1: edition: is not on the branch; there are issues/1/v1, issues/2/v1")


@pytest.mark.parametrize("numbers", [(1,), pytest.param((1, 2), marks=pytest.mark.stress)], ids=["older", "both"])
def test_every_edition_can_be_made_again_from_its_sources(corrected: Published, tmp_path: Path, numbers: tuple[int, ...]) -> None:
    """The drill makes the newer one again, too."""
    house = corrected[0].copied(tmp_path)
    (house.root / "data/relationships.yml").write_text("what is in the working tree does not count", encoding="utf-8")
    address = [f"{ISSUE}/v{number}" for number in numbers]
    answer = house.run("verify", "--rebuild", *address)
    assert (answer.status, answer.lines) == (0, [f"{path}: as published, built again: the same bytes" for path in address]), answer.stderr
    assert house.git("worktree", "list").count("\n") == 0


def test_a_commit_that_somebody_writes_into_the_ledger_is_not_run(house: House, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    (house.root / "hooks/publishing/cli.py").write_text(f"open({str(ran)!r}, 'w')\n", encoding="utf-8")
    house.git("checkout", "--quiet", "-b", "elsewhere")
    foreign = house.commit("A program of somebody else")
    house.git("checkout", "--quiet", "main")
    records = json.loads(raw(house, "editions.json"))
    house.tamper({"editions.json": listed([record | {"commit": foreign} for record in records])})
    vouched(house)
    assert house.run("verify", PAPER, "--rebuild").status == 1
    assert not ran.exists()


def test_a_program_that_is_no_part_of_the_history_here_is_not_run(house: House) -> None:
    house.git("checkout", "--quiet", "--orphan", "nothing")
    house.commit("Another history")
    answer = house.run("verify", PAPER, "--rebuild")
    assert answer.status == 1
    assert re.search(rf"(?m)^{PAPER}/v1:1: commit: names commit [0-9a-f]+, .*; its program is not run$", answer.stdout)


def test_other_libraries_are_told_apart_from_altered_bytes(fresh: House) -> None:
    for address in ("issues/1", ISSUE, NON_PAPER):
        fresh.set_status(address, "draft")
    (fresh.root / "requirements.lock").write_text("mkdocs==1.0.1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    fresh.commit("An old lock file")
    assert fresh.run("publish").status == 0
    answer = fresh.run("verify", PAPER, "--rebuild")
    assert answer.status == 3
    assert "ALTERED" not in answer.stdout
    (line,) = answer.stderr.splitlines()
    assert "was made with other libraries than those here (mkdocs " in line
    assert f"git worktree add ../then {fresh.git('rev-parse', 'HEAD')}" in line


# Archive files may come from anybody ---------------------------------------------------------


def repacked(archive: bytes, name: str, mode: int = 0o644, content: bytes = b"written") -> bytes:
    """An archive file with one more file among its sources."""
    packed = io.BytesIO(archive)
    with zipfile.ZipFile(packed, "a") as file:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        file.writestr(entry, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        ("x/data/source/../../../../../../slip.txt", 0o100644, "leads out of its folder"),
        ("x/data/source//slip.txt", 0o100644, "leads out of its folder"),
        ("/x/data/source/slip.txt", 0o100644, "leads out of its folder"),
        ("x/data/source/..\\slip.txt", 0o100644, "leads out of its folder"),
        ("C:/data/source/slip.txt", 0o100644, "leads out of its folder"),
        ("x/data/source/link", 0o120777, "is no plain file"),
        ("x/data/source/a\x1b[2J", 0o100644, "is no plain file"),
    ],
)
def test_an_archive_file_writes_nothing_outside_its_folder(house: House, name: str, mode: int, said: str, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if ".cache" not in path.parts and ".git" not in path.parts}
    house.tamper({ARCHIVE: repacked(raw(house, ARCHIVE), name, mode)})
    answer = house.run("diff", ISSUE)
    assert answer.status == 1
    assert said in answer.stdout
    after = {path for path in tmp_path.rglob("*") if ".cache" not in path.parts and ".git" not in path.parts}
    assert {path for path in after - before if path.is_file() and "remote.git" not in path.parts} == set()
    assert not list(tmp_path.rglob("slip.txt"))


def test_an_archive_file_that_would_fill_the_disk_is_not_unpacked(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hooks.publishing.archive_file.MOST_BYTES", 10_000_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x/data/source/zeros", b"\0" * 20_000_000)
    answer = house.run("verify", str(bomb))
    assert answer.status == 1
    assert "it holds more than" in answer.stdout
    house.tamper({ARCHIVE: bomb.read_bytes()})
    assert "it holds more than" in house.run("diff", ISSUE).stdout
