"""Whatever is done to a frozen edition on the branch is named, and nothing is built upon it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import NoReturn

import pytest
from house import ISSUE, NON_PAPER, PAPER, Answer, House, new_key

ARCHIVE = f"{ISSUE}/v2/kestria-compass-2-v2.zip"
Change = Callable[[bytes], bytes | None]
Published = tuple[House, Answer]


def raw(house: House, path: str) -> bytes:
    return subprocess.run(["git", "show", f"gh-pages:{path}"], cwd=house.remote, capture_output=True, check=True).stdout


IDENTITY = ("-c", "user.name=T", "-c", "user.email=t@t.invalid")
HIDDEN = b"<style>article{display:none}</style><p>Read this instead.</p><script>alert(1)</script>"
NOT_WHAT, MISSING, ADDED = "is not what was published", "is missing", "was added after publication"


def filled(slot: bytes) -> Change:
    """Say more in one of the two places of a page that may change."""
    return lambda page: page.replace(b"<!--/" + slot + b"-->", HIDDEN + b"<!--/" + slot + b"-->")


IN_EDITIONS: dict[str, tuple[str, Change, str]] = {
    "rewritten page": (f"{ISSUE}/v1/index.html", lambda page: page.replace(b"permits", b"bribes"), NOT_WHAT),
    "truncated page": (f"{ISSUE}/v1/river-5/index.html", lambda page: page[: len(page) // 2], NOT_WHAT),
    "deleted page": (f"{ISSUE}/v1/cite/index.html", lambda _: None, MISSING),
    "rewritten table": (f"{ISSUE}/v1/data/events.csv", lambda table: table.replace(b",4,", b",5,"), NOT_WHAT),
    "emptied table": (f"{ISSUE}/v1/data/incidents.csv", lambda _: b"", NOT_WHAT),
    "deleted archive": (f"{ISSUE}/v1/kestria-compass-2-v1.zip", lambda _: None, MISSING),
    "truncated archive": (ARCHIVE, lambda archive: archive[: len(archive) // 2], NOT_WHAT),
    "deleted record": (f"{ISSUE}/v1/edition.json", lambda _: None, MISSING),
    "added file": (f"{ISSUE}/v1/extra.html", lambda _: b"<p>Hello</p>", ADDED),
    "status of an old edition": (f"{ISSUE}/v1/veldia/index.html", filled(b"status"), NOT_WHAT),
    "versions of an old edition": (f"{ISSUE}/v1/security/index.html", filled(b"versions"), NOT_WHAT),
    "status of the newest edition": (f"{ISSUE}/v2/veldia/index.html", filled(b"status"), NOT_WHAT),
    "versions of the newest edition": (f"{ISSUE}/v2/security/index.html", filled(b"versions"), NOT_WHAT),
}
"""What any check of the branch names: each a file of its own, because all are changed at once."""
CHANGES = IN_EDITIONS | {
    "deleted manifest": ("issues/1/v1/SHA256SUMS", lambda _: None, MISSING),
    "rewritten cover": (f"{ISSUE}/index.html", lambda page: page.replace(b"Published.", b"Never published."), NOT_WHAT),
    "rewritten redirect": (f"{ISSUE}/latest/index.html", lambda page: page.replace(b"../v2/", b"https://evil.example/"), NOT_WHAT),
    "rewritten home": ("index.html", lambda page: page + b"<script>alert(1)</script>", NOT_WHAT),
    "added page of the portal": ("extra/index.html", lambda _: b"<p>Hello</p>", ADDED),
    "strange folder": (f"{ISSUE}/v1x/index.html", lambda _: b"<p>Hello</p>", ADDED),
}
"""What is named as long as nobody has vouched for it in a new tag."""


@pytest.fixture(scope="module")
def house_with_news(tmp_path_factory: pytest.TempPathFactory, corrected: Published) -> House:
    """A house that has something to publish, in which no test changes anything but the remote."""
    house = corrected[0].copied(tmp_path_factory.mktemp("news"))
    with (house.root / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    house.commit()
    return house


@pytest.fixture
def house(house_with_news: House, tmp_path: Path) -> House:
    """The same with a remote of one's own."""
    return house_with_news.with_remote(tmp_path)


def refuses(house: House, *named: str, served: Sequence[str] = ()) -> Answer:
    """Neither verify nor publish lets it pass, both name all of it, and publish changes nothing."""
    before = house.git("for-each-ref", at=house.remote)
    checked, answer = (house.run(command, *served) for command in ("verify", "publish"))
    for run in (checked, answer):
        assert run.status == 1
        assert [finding for finding in named if finding not in run.stdout] == []
    assert house.git("for-each-ref", at=house.remote) == before
    return checked


def test_every_change_to_what_is_published_is_named(house: House) -> None:
    changed: dict[str, bytes | None] = {}
    for name, (path, how, message) in CHANGES.items():
        before = b"" if message == ADDED else raw(house, path)
        changed[path] = how(before)
        assert changed[path] != before, name
    deleted = f"{NON_PAPER}/v1"
    invented = {path.replace("/v1/", "/v9/"): raw(house, path) for path in house.files(f"{PAPER}/v1")}
    house.tamper(changed | dict.fromkeys(house.files(deleted)) | invented)
    findings = [f"{path}:1: file: {message}" for path, _, message in CHANGES.values()]
    strays = [f"{path}:1: edition: is on the branch and was never published" for path in (f"{PAPER}/v9", f"{ISSUE}/v1x")]
    checked = refuses(house, *findings, *strays, f"{deleted}/index.html:1: file: is missing")
    assert f"{deleted}:1: edition: is in the ledger and not on the branch" in checked.stdout
    assert f"{PAPER}/v1: as published" in checked.lines
    assert not any(line.startswith(f"{PAPER}/v1/") for line in checked.lines)
    for address, message in ((ISSUE, f"{ARCHIVE}:1: file: is damaged"), (NON_PAPER, f"{deleted}:1: edition: has no archive file")):
        told = house.run("diff", address)
        assert (told.status, told.lines[0].partition(";")[0], told.stderr) == (1, message, "")

    vouched(house)
    later = house.run("verify").lines
    assert {name: path for name, (path, _, message) in IN_EDITIONS.items() if f"{path}:1: file: {message}" not in later} == {}


# What vouches for the branch from outside it -------------------------------------------------


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
    house.git(*IDENTITY, "tag", "--annotate", "--file=-", "site/1", "gh-pages", at=house.remote, stdin="\n".join(lines).encode())


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


def rewrite_ledger(house: House) -> None:
    """Change an edition with its sums, withdraw another falsely, and let a publication be gone."""
    with_sums(house, f"{PAPER}/v1", "index.html", lambda page: page.replace(b"An Open River", b"A Shut River"))
    records = [record for record in json.loads(raw(house, "editions.json")) if record["address"] != "issues/1"]
    for record in records:
        record["withdrawn"] = "It was wrong." if record["address"] == NON_PAPER else ""
    house.tamper({**dict.fromkeys(house.files("issues/1")), "editions.json": listed(records)})


def amend(house: House) -> None:
    """Make the newest commit again, with another page, and push it by force."""
    house.tamper({f"{ISSUE}/v1/veldia/index.html": b"<p>Gone</p>"})
    join(house)


def join(house: House) -> None:
    """Make one commit of the newest two."""
    made = house.git(*IDENTITY, "commit-tree", "gh-pages^{tree}", "-p", "gh-pages~2", "-m", "Publish", at=house.remote)
    house.point("refs/heads/gh-pages", made)


def retag(house: House, name: str, commit: str, *swaps: tuple[str, str]) -> None:
    """Put a tag of the same name, perhaps with other words, on a commit."""
    text = house.git("tag", "--list", "--format=%(contents)", name, at=house.remote)
    for old, new in swaps:
        assert text.count(old) == 1
        text = text.replace(old, new)
    house.git(*IDENTITY, "tag", "--force", "--annotate", "--file=-", name, commit, at=house.remote, stdin=text.encode())


def move_tags(house: House) -> None:
    """Let one tag be gone, and another stand on another commit."""
    house.point(f"refs/tags/{PAPER}/v1", None)
    retag(house, f"{ISSUE}/v1", "gh-pages~1")


def forget(house: House) -> None:
    for name in house.tags():
        house.point(f"refs/tags/{name}", None)


OUTSIDE: dict[str, tuple[Callable[[House], None], tuple[str, ...]]] = {
    "one file": (
        lambda house: house.tamper({f"{PAPER}/index.html": b"<p>Gone</p>"}),
        (f"{PAPER}/index.html:1: file: is not what was published",),
    ),
    "no ledger": (lambda house: house.tamper({"editions.json": None}), ("editions.json:1: file: is missing", "restore the branch from")),
    "a broken ledger": (lambda house: house.tamper({"editions.json": b'[{"colour": 1}]'}), ("restore the branch from a copy",)),
    "a rewritten ledger": (
        rewrite_ledger,
        (
            f"{PAPER}/v1:1: edition: is not the one that its tag names",
            f"{NON_PAPER}/v1:1: edition: is said to be withdrawn, and there is no tag {NON_PAPER}/withdrawn",
            "issues/1/v1:1: edition: was published and is not in the ledger",
        ),
    ),
    "an amended commit": (amend, ("gh-pages:1: branch: does not follow the newest tag, issues/2/v2",)),
    "an older state": (
        lambda house: house.point("refs/heads/gh-pages", house.git("rev-parse", "gh-pages~1", at=house.remote)),
        ("issues/2/v2:1: edition: was published and is not in the ledger",),
    ),
    "the branch gone": (
        lambda house: house.point("refs/heads/gh-pages", None),
        ("gh-pages:1: branch: is gone, though issues/2/v2 was published",),
    ),
    "a tag gone and another elsewhere": (
        move_tags,
        (f"{PAPER}/v1:1: edition: has no tag {PAPER}/v1", f"1: tag: names {ISSUE}/v1 as the tag before it, and that one is missing or"),
    ),
    "the newest tag gone": (lambda house: house.point("refs/tags/issues/2/v2", None), ("issues/2/v2:1: edition: has no tag issues/2/v2",)),
    "no tags": (forget, ("gh-pages:1: branch: has no tag of a publish",)),
}


@pytest.mark.parametrize("change", OUTSIDE)
def test_what_was_done_to_branch_or_tags_is_named_and_nothing_is_published_upon_it(house: House, change: str) -> None:
    how, named = OUTSIDE[change]
    how(house)
    refuses(house, *named)


def test_a_kept_line_proves_what_a_forger_of_everything_cannot(house: House, corrected: Published) -> None:
    """He who may rewrite branch and tags can make a history that fits itself, but not one that holds this line."""
    line = corrected[1].lines[-1]
    assert house.run("verify", "--since", line).status == 0
    sums, ledger = f"{ISSUE}/v2/SHA256SUMS", "editions.json"
    before = [hashlib.sha256(raw(house, path)).hexdigest() for path in (sums, ledger)]
    with_sums(house, f"{ISSUE}/v2", "data/events.csv", lambda table: table.replace(b"at Senn,5,", b"at Senn,4,"))
    after = [hashlib.sha256(raw(house, path)).hexdigest() for path in (sums, ledger)]
    join(house)
    retag(house, f"{ISSUE}/v2", "gh-pages", *zip(before, after, strict=True))
    assert house.run("verify").status == 0
    answer = house.run("verify", "--since", line)
    assert answer.status == 1
    assert "issues/2/v2:1: tag: " in answer.stdout
    assert "was changed, removed or reordered" in answer.stdout


def test_tags_are_signed_where_a_key_is_configured_and_the_signature_is_checked(
    published_elsewhere: House, tmp_path: Path, skip_or_fail: Callable[[str], NoReturn]
) -> None:
    if not shutil.which("ssh-keygen"):
        skip_or_fail("no ssh-keygen: apt-get install openssh-client")
    house, served = published_elsewhere.copied(tmp_path), ("--branch", "served")
    assert b"-----BEGIN SSH SIGNATURE-----" in raw_tag(house, f"{ISSUE}/v1")
    house.git("config", "gpg.ssh.allowedSignersFile", str(accepted := tmp_path / "accepted"))
    for key, status in ((Path(house.git("config", "user.signingkey")), 0), (new_key(tmp_path / "other"), 1)):
        accepted.write_text(f"ada@compass.invalid {key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
        assert house.run("verify", *served).status == status
    refuses(house, f"{ISSUE}/v1:1: tag: is signed with a key that is not accepted here", served=served)


def test_a_key_that_cannot_sign_publishes_nothing(corrected: Published, tmp_path: Path, skip_or_fail: Callable[[str], NoReturn]) -> None:
    if not shutil.which("ssh-keygen"):
        skip_or_fail("no ssh-keygen: apt-get install openssh-client")
    house, key = corrected[0].copied(tmp_path), new_key(tmp_path / "key")
    key.write_text("no key", encoding="utf-8")
    house.git("config", "gpg.format", "ssh")
    house.git("config", "user.signingkey", str(key))
    with (house.root / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\nA new line.\n")
    house.commit()
    before = house.head(), house.tags()
    answer = house.run("publish")
    assert answer.status == 1
    assert "nothing was published" in answer.stdout + answer.stderr
    assert (house.head(), house.tags()) == before


# What may be asked ---------------------------------------------------------------------------


def test_verify_checks_what_is_named(published_house: Published) -> None:
    """A folder, an edition and a publication."""
    answer = published_house[0].run("verify", "non-papers", "issues/1/v1", f"{PAPER}/")
    assert (answer.status, answer.lines) == (0, [f"{path}/v1: as published" for path in ("issues/1", NON_PAPER, PAPER)])


def test_verify_says_what_there_is_where_an_address_is_unknown(published_house: Published) -> None:
    answer = published_house[0].run("verify", "issues/7")
    assert answer.status == 1
    assert answer.lines[0].startswith("issues/7:1: edition: is not on the branch; there are issues/1/v1, issues/2/v1")


@pytest.mark.stress
def test_every_edition_can_be_made_again_from_its_sources(corrected: Published, tmp_path: Path) -> None:
    """What is published in test_publish.py is made again in every run, and archive files by the drill."""
    house = corrected[0].copied(tmp_path)
    answer = house.run("verify", "--rebuild")
    assert (answer.status, answer.stdout.count(": as published, built again: the same bytes\n")) == (0, 5), answer.stderr


def test_a_commit_that_somebody_writes_into_the_ledger_is_not_run(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
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


def test_a_program_that_is_no_part_of_the_history_here_is_not_run(corrected: Published, tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    house.git("checkout", "--quiet", "--orphan", "nothing")
    house.commit("Another history")
    answer = house.run("verify", PAPER, "--rebuild")
    assert answer.status == 1
    assert re.search(rf"(?m)^{PAPER}/v1:1: commit: names commit [0-9a-f]+, .*; its program is not run$", answer.stdout)


def test_other_libraries_are_told_apart_from_altered_bytes(published_house: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    house, version = published_house[0], metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "1.0.1" if name == "mkdocs" else version(name))
    answer = house.run("verify", PAPER, "--rebuild")
    assert answer.status == 3
    assert "ALTERED" not in answer.stdout
    (line,) = answer.stderr.splitlines()
    assert "was made with other libraries than those here (mkdocs 1.0.1 instead of " in line
    assert f"git worktree add ../then {house.git('rev-parse', 'HEAD')}" in line


# Archive files may come from anybody ---------------------------------------------------------


SLIPS = [
    ("x/data/source/../../../../../../slip.txt", 0o100644, "leads out of its folder"),
    ("x/data/source//slip.txt", 0o100644, "leads out of its folder"),
    ("/x/data/source/slip.txt", 0o100644, "leads out of its folder"),
    ("x/data/source/..\\slip.txt", 0o100644, "leads out of its folder"),
    ("C:/data/source/slip.txt", 0o100644, "leads out of its folder"),
    ("x/data/source/link", 0o120777, "is no plain file"),
    ("x/data/source/a\x1b[2J", 0o100644, "is no plain file"),
]


def repacked(archive: bytes, name: str, mode: int) -> bytes:
    """An archive file with one more file among its sources."""
    packed = io.BytesIO(archive)
    with zipfile.ZipFile(packed, "a") as file:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        file.writestr(entry, b"written")
    return packed.getvalue()


def test_an_archive_file_writes_nothing_outside_its_folder(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a/b/c/d/e/f"
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    before, archive, file = set(tmp_path.rglob("*")), raw(house, ARCHIVE), tmp_path / "slip.zip"
    for name, mode, message in SLIPS:
        file.write_bytes(repacked(archive, name, mode))
        answer = house.run("verify", str(file))
        assert (answer.status, message in answer.stdout) == (1, True), name
    assert set(tmp_path.rglob("*")) - before == {file}
    house.tamper({ARCHIVE: repacked(archive, *SLIPS[0][:2])})
    answer = house.run("diff", ISSUE)
    assert (answer.status, SLIPS[0][2] in answer.stdout) == (1, True)
    assert not [path for root in (tmp_path, house.root) for path in root.rglob("slip.txt")]


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
