"""The drill: one archive file alone is asked for everything that it was kept for, and what was done to it is named."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import bagit_profile
import pytest
from click.testing import CliRunner
from house import ISSUE, NON_PAPER, Answer, House

from hooks.publishing import bag
from hooks.publishing.cli import main

Files = dict[str, bytes]
EVENTS, PAGE, PDF = "data/source/data/issues/2/events.csv", "data/pages/veldia/index.html", "data/pages/issues-2-v2.pdf"
QUESTIONS = ["checksums", "description", "pages", "citation", "data", "PDF"]


def drill(*words: str | Path) -> tuple[int, dict[str, str], str]:
    """Status, question -> answer of the last file, and everything that was said."""
    run = CliRunner().invoke(main, ["drill", *map(str, words)], prog_name="barometer", catch_exceptions=False)
    answers = (line.strip().partition(": ") for line in run.output.splitlines() if line.startswith("  "))
    return run.exit_code, {head.split("  ")[-1].strip(): f"{head.split('  ')[0]}: {words}" for head, _, words in answers}, run.output


def archives(site: Path, kind: str = "*") -> list[Path]:
    return sorted(site.glob(f"{kind}/*/v*/*.zip"))


@pytest.fixture
def archive(fixture_site: Path, tmp_path: Path) -> Path:
    """A copy of one archive file, to be altered."""
    (file,) = (fixture_site / "issues/2/v2").glob("*.zip")
    return Path(shutil.copy(file, tmp_path))


def rewritten(archive: Path, change: Callable[[Files], object]) -> None:
    """Pack an archive anew with other files in it; a path that begins with two dots leads out of its one folder."""
    top = f"{archive.stem}/"
    with zipfile.ZipFile(archive) as opened:
        files = {path.removeprefix(top): opened.read(path) for path in opened.namelist()}
    change(files)
    with zipfile.ZipFile(archive, "w") as written:
        for path, content in files.items():
            written.writestr(path if path.startswith("..") else top + path, content)


def sealed(change: Callable[[Files], object]) -> Callable[[Files], None]:
    """The same by somebody who also writes the description and the checksums anew."""

    def seal(files: Files) -> None:
        change(files)
        described = json.loads(files["data/ro-crate-metadata.json"])
        for entity in described["@graph"]:
            if entity["@type"] == "File":
                entity["sha256"] = hashlib.sha256(files[f"data/{entity['@id']}"]).hexdigest()
        files["data/ro-crate-metadata.json"] = json.dumps(described).encode()
        payload = {path: content for path, content in files.items() if path.startswith("data/")}
        info = files["bag-info.txt"].decode().splitlines(keepends=True)
        oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n"
        files["bag-info.txt"] = "".join(oxum if line.startswith("Payload-Oxum") else line for line in info).encode()
        files["manifest-sha256.txt"] = sums(payload)
        files["tagmanifest-sha256.txt"] = sums({name: files[name] for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")})

    return seal


def sums(files: Files) -> bytes:
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())).encode()


def swap(path: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    """Write other words into a file; they must stand in it."""

    def change(files: Files) -> None:
        assert old in files[path], path
        files[path] = files[path].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("site_name", "kind"),
    [
        pytest.param("real_site", "*", id="ours", marks=pytest.mark.stress),
        pytest.param("fixture_site", "*", id="another-country"),
        pytest.param("printed_site", "non-papers", id="with a PDF"),
        pytest.param("printed_site", "*", id="all with PDFs", marks=pytest.mark.stress),
    ],
)
def test_every_archive_file_passes(site_name: str, kind: str, request: pytest.FixtureRequest) -> None:
    files = archives(request.getfixturevalue(site_name), kind)
    assert files
    for file in files:
        status, answers, output = drill("--no-rebuild", file)
        assert (status, list(answers)) == (0, QUESTIONS), output
        assert all(answer.startswith("passed") for name, answer in answers.items() if name != "PDF"), output
        assert answers["PDF"].startswith("passed" if site_name == "printed_site" else "not asked: there is no"), output


def each(*changes: Callable[[Files], object]) -> Callable[[Files], None]:
    """Make several changes that do not hide each other."""

    def change(files: Files) -> None:
        for single in changes:
            single(files)

    return change


ALTERED: dict[str, tuple[Callable[[Files], object], list[tuple[str, str]]]] = {
    "changed byte, missing file, added file": (
        each(
            swap(PAGE, b"</h1>", b"!</h1>"),
            lambda files: files.pop("data/pages/security/index.html"),
            lambda files: files.update({"data/pages/extra.txt": b"x"}),
        ),
        [
            ("checksums", f"{PAGE} is not what was packed"),
            ("checksums", "data/pages/security/index.html is missing"),
            ("checksums", "data/pages/extra.txt was added after packing"),
            ("description", "pages/veldia/index.html is not the file described"),
            ("pages", "leads to nothing; there is no security/index.html"),
        ],
    ),
    "changed checksum file": (
        lambda files: files.update({"manifest-sha256.txt": b"0" * 64 + files["manifest-sha256.txt"][64:]}),
        [("checksums", "is not what was packed")],
    ),
    "way out of the folder": (lambda files: files.update({"../escaped.txt": b"x"}), [("checksums", "leads out of its folder")]),
    "truncated": (lambda files: None, [("checksums", "is no archive of an edition")]),
    "source row, PDF, picture from elsewhere and title, sealed": (
        sealed(
            each(
                swap(EVENTS, b"at Senn,", b"at Sonn,"),
                lambda files: files.update({PDF: b"%PDF-1.7 nothing"}),
                swap(PAGE, b"<h1", b'<img src="https://elsewhere.test/x.png" alt=""><h1'),
                swap("data/pages/citation.json", b'"title": "', b'"title": "Not '),
            )
        ),
        [
            ("data", "has other rows than the sources"),
            ("PDF", "cannot be read"),
            ("pages", "is loaded from another host"),
            ("citation", "the title is '"),
        ],
    ),
    "score, sealed": (
        sealed(swap(EVENTS, b",4,", b",3,")),
        [("data", "aggregate 2 and positive 4 of veldia are not what the catalogue gives")],
    ),
    "impossible score, sealed": (sealed(swap(EVENTS, b",4,", b",400,")), [("data", "events.csv:")]),
    "another address, sealed": (
        sealed(swap("bag-info.txt", b"/issues/2/v2/", b"/../../v2/")),
        [("description", "identifier is"), ("data", "the sources are of no such publication")],
    ),
}


@pytest.mark.parametrize(("change", "named"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(
    archive: Path, change: Callable[[Files], object], named: list[tuple[str, str]], request: pytest.FixtureRequest
) -> None:
    rewritten(archive, change)
    if request.node.callspec.id == "truncated":
        archive.write_bytes(archive.read_bytes()[:-2000])
    status, answers, output = drill("--no-rebuild", archive)
    assert status == 1, output
    for question, words in named:
        assert answers[question].startswith("FAILED: ") and words in answers[question], output
    if request.node.callspec.id.endswith("sealed"):
        assert answers["checksums"].startswith("passed"), output
    assert not list(archive.parent.parent.rglob("escaped.txt"))


def test_the_profile_that_archive_files_name_accepts_them(fixture_site: Path, tmp_path: Path) -> None:
    profile = json.loads((fixture_site / bag.PROFILE).read_text(encoding="utf-8"))
    identifier = profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"]
    for number, file in enumerate(archives(fixture_site)):
        with zipfile.ZipFile(file) as packed:
            packed.extractall(tmp_path / str(number))
        (folder,) = (tmp_path / str(number)).iterdir()
        opened = bagit.Bag(str(folder))
        assert opened.info["BagIt-Profile-Identifier"] == identifier
        rules = bagit_profile.Profile(identifier, profile=profile)
        assert rules.validate(opened), rules.report
        assert rules.validate_serialization(str(file))


# Built again -----------------------------------------------------------------------------------


def test_an_edition_is_built_again_from_its_archive_files(corrected: tuple[House, Answer], tmp_path: Path) -> None:
    house = corrected[0].copied(tmp_path)
    first, second = sorted(house.checkout(tmp_path / "served").glob(f"{ISSUE}/v*/*.zip"))
    status, answers, output = drill(second, "--root", house.root)
    assert (status, answers["built again"]) == (
        0,
        f"not asked: its corrections are computed from {ISSUE}/v1; name the archive files of these, too, unaltered",
    )
    (house.root / "data/relationships.yml").write_text("what is in the working tree does not count", encoding="utf-8")
    status, _, output = drill(first, second, "--root", house.root)
    assert (status, output.count("built again: the same bytes, by the program of commit")) == (0, 2), output
    assert house.git("worktree", "list").count("\n") == 0


def test_rows_that_agree_with_each_other_and_not_with_the_pages_are_named(published_house: tuple[House, Answer], tmp_path: Path) -> None:
    house = published_house[0]
    (file,) = house.checkout(tmp_path / "served").glob(f"{NON_PAPER}/v1/*.zip")

    def forge(files: Files) -> None:
        for path in (f"data/source/data/{NON_PAPER}/points.yml", "data/pages/data/points.csv"):
            swap(path, b"The locks are old", b"The locks are new")(files)

    rewritten(file, sealed(forge))
    status, answers, output = drill(file, "--root", house.root)
    assert (status, answers["checksums"].split(":")[0], answers["data"].split(":")[0]) == (1, "passed", "passed"), output
    assert re.match(r"FAILED: bag-info.txt is not what its sources give; .*; and \d+ more$", answers["built again"]), output


def test_a_program_that_is_not_here_is_not_run(archive: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    status, answers, output = drill(archive, "--root", elsewhere)
    assert (status, answers["built again"][:10]) == (0, "not asked:"), output
