"""The archive file of an edition: a bag that its libraries accept, that opens from a disk, and that tells when it is damaged."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import tostring

import bagit
import pytest
import tinyhtml5
from click.testing import CliRunner
from html_tree import one_of_each_kind, read, text, with_class
from playwright.sync_api import Page
from rocrate.rocrate import ROCrate

from hooks.publishing import bag, manifest
from hooks.publishing.cli import main
from hooks.publishing.offline_copy import SAVED, offline
from macros.book import Book, open_book
from macros.target import RECORD, SUMS, Target, archive_name, pdf_name

ROOT = Path(__file__).parents[2]
LEFT_OUT = re.compile(
    r"embed/.+|charts/[^/]+\.png|data/[^/]+\.xlsx|cite/references\.zip|(.+/)?card\.png"
    r"|sitemap\.xml|resourcelist\.xml|edition\.json|SHA256SUMS|[^/]+\.zip"
)


def bags(site: Path) -> dict[str, Path]:
    """Folder of each edition of a site -> its archive file."""
    return {path.parent.relative_to(site).as_posix(): path for path in sorted(site.glob("*/*/v*/*.zip"))}


@pytest.fixture(
    scope="module", params=[pytest.param("real", id="ours", marks=pytest.mark.stress), pytest.param("fixture", id="another-country")]
)
def site(request: pytest.FixtureRequest) -> tuple[Path, Book]:
    return request.getfixturevalue(f"{request.param}_site"), request.getfixturevalue(f"{request.param}_book")


@pytest.fixture(scope="module")
def unpacked(site: tuple[Path, Book], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every archive of a site, unpacked into an empty folder: folder of the edition -> folder of the bag."""
    found = {}
    for edition, file in bags(site[0]).items():
        place = tmp_path_factory.mktemp("keep")
        with zipfile.ZipFile(file) as packed:
            packed.extractall(place)
        (found[edition],) = place.iterdir()
    return found


@pytest.fixture
def archive(fixture_site: Path, tmp_path: Path) -> Path:
    """A copy of one archive file, to be damaged."""
    return Path(shutil.copy(bags(fixture_site)["issues/2/v2"], tmp_path))


# The bag ---------------------------------------------------------------------------------------


def test_every_edition_has_one_and_its_manifest_names_it(site: tuple[Path, Book]) -> None:
    root, book = site
    editions = {path.parent.relative_to(root).as_posix() for path in root.rglob(RECORD)}
    found = bags(root)
    assert found.keys() == editions
    for edition, file in found.items():
        target = Target.parse(edition)
        assert file.name == archive_name(book.series.title, target.address, target.edition)
        assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" in (file.parent / SUMS).read_text()


def test_the_cover_and_the_data_page_lead_to_it(site: tuple[Path, Book]) -> None:
    root, _ = site
    for edition, file in bags(root).items():
        for page in (root / edition / "data", (root / edition).parent):
            links = {one.get("href", "") for one in read(page / "index.html").iter("a")}
            assert any((page / link).resolve() == file.resolve() for link in links), page


def test_its_library_finds_it_valid_and_it_says_what_it_is(site: tuple[Path, Book], unpacked: dict[str, Path]) -> None:
    for edition, folder in unpacked.items():
        packed, volume = bagit.Bag(str(folder)), site[1].volume(Target.parse(edition).address)
        packed.validate()
        assert packed.info["External-Identifier"] == f"{site[1].series.site}{edition}/"
        assert packed.info["Bagging-Date"] == volume.edition.date.isoformat()
        assert packed.info["Source-Organization"] == site[1].series.imprint.name
        assert {path.split("/")[1] for path in packed.payload_entries()} == {"pages", "source", "ro-crate-metadata.json"}


def test_plain_tools_check_it(unpacked: dict[str, Path], skip_or_fail: Callable[[str], NoReturn]) -> None:
    if not shutil.which("sha256sum"):
        skip_or_fail("no sha256sum")
    for folder in unpacked.values():
        for sums in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            done = subprocess.run(["sha256sum", "-c", "--strict", sums], cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout


def test_sources_and_downloads_are_those_of_the_edition(site: tuple[Path, Book], unpacked: dict[str, Path]) -> None:
    for edition, folder in unpacked.items():
        sources = {
            f"source/{path}": content for path, content in manifest.sources(site[1], site[1].volume(Target.parse(edition).address)).items()
        }
        files = {f"pages/data/{path.name}": path.read_bytes() for path in (site[0] / edition / "data").glob("*.csv")}
        assert files
        assert [path for path, content in {**sources, **files}.items() if (folder / "data" / path).read_bytes() != content] == []


def test_all_of_an_edition_is_in_it_but_what_it_would_only_repeat(site: tuple[Path, Book], unpacked: dict[str, Path]) -> None:
    for edition, folder in unpacked.items():
        served, kept = files_below(site[0] / edition), files_below(folder / "data" / "pages")
        assert [path for path in sorted(served - kept) if not LEFT_OUT.fullmatch(path)] == []
        assert [path for path in sorted(kept) if LEFT_OUT.fullmatch(path)] == []


def test_the_pdf_of_a_section_stays_on_the_web_and_that_of_the_edition_does_not(printed_site: Path, fixture_book: Book) -> None:
    for edition, file in bags(printed_site).items():
        with zipfile.ZipFile(file) as packed:
            pages = {name.partition("/data/pages/")[2]: name for name in packed.namelist()}
            assert [path for path in pages if path.endswith(".pdf")] == [pdf_name(edition)]
            sections = [path.parent.name for path in (printed_site / edition).glob("*/*.pdf")]
            for name in sections:
                page = packed.read(pages[f"{name}/index.html"]).decode()
                assert f'href="../{pdf_name(edition)}"' in page
                assert f'href="{fixture_book.series.site}{edition}/{name}/{pdf_name(f"{edition}/{name}")}"' in page
            assert sections or edition.startswith("non-papers/")


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_crate_is_loaded_and_describes_every_file(site: tuple[Path, Book], unpacked: dict[str, Path]) -> None:
    for edition, folder in unpacked.items():
        crate, volume = ROCrate(str(folder / "data")), site[1].volume(Target.parse(edition).address)
        assert crate.version == "1.2"
        assert crate.root_dataset["datePublished"] == volume.edition.date.isoformat()
        assert crate.root_dataset["identifier"] == f"{site[1].series.site}{edition}/"
        imprint, paper = site[1].series.imprint.name, volume.publication
        ours = [one.name for one in paper.authors] if paper.text == "own" else [imprint]
        assert [one["name"] for one in aslist(crate.root_dataset["author"])] == ours
        assert crate.root_dataset["publisher"]["name"] == (paper.publisher if paper.text == "own" else imprint)
        based = crate.root_dataset.get("isBasedOn")
        assert (based is None) == (paper.text == "own")
        if based is not None:
            assert [one["name"] for one in aslist(based.get("author") or [])] == [one.name for one in paper.authors]
            assert based["publisher"]["name"] == paper.publisher
        assert crate.root_dataset["license"]["name"] == site[1].series.text_licence.name
        described = {unquote(one.id): one for one in crate.data_entities}
        present = {path.relative_to(folder / "data").as_posix(): path for path in (folder / "data").rglob("*") if path.is_file()}
        assert described.keys() == present.keys() - {"ro-crate-metadata.json"}
        for path, one in described.items():
            assert one["sha256"] == hashlib.sha256(present[path].read_bytes()).hexdigest()
            assert one["encodingFormat"] != "application/octet-stream", path


def test_bag_and_crate_say_of_which_commit_repository_and_libraries_an_edition_was_made(
    fixture_site: Path, fixture_book: Book, tmp_path: Path
) -> None:
    book, commit = replace(fixture_book, root=ROOT), "0123456789" * 4  # the fixture itself has no lock file
    with zipfile.ZipFile(io.BytesIO(bag.pack(book, book.volume("issues/2"), fixture_site, commit))) as packed:
        packed.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    lock = hashlib.sha256((ROOT / manifest.LOCK).read_bytes()).hexdigest()
    said = bagit.Bag(str(folder)).info
    assert said["Program-Commit"] == commit
    assert said["Program-Repository"] == fixture_book.series.repository
    assert said["Program-Lock-SHA256"] == lock
    program = ROCrate(str(folder / "data")).dereference("#program")
    assert (program["version"], program["codeRepository"]) == (commit, fixture_book.series.repository)
    assert program["softwareRequirements"]["sha256"] == lock


def aslist(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else [value]  # type: ignore[list-item]


def test_the_same_edition_gives_the_same_bytes(fixture_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = open_book(fixture_site.parent)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.chdir(tmp_path)
    for edition, file in bags(fixture_site).items():
        for path in sorted([*file.parent.rglob("*"), *(fixture_site / "assets").rglob("*")], reverse=True):  # other times, modes and order
            if path.is_file() and path.name not in {RECORD, SUMS}:
                copied = tmp_path / path.relative_to(fixture_site)
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(path.read_bytes())
                copied.chmod(0o600)
        assert bag.pack(book, book.volume(Target.parse(edition).address), tmp_path) == file.read_bytes()


# Its pages -------------------------------------------------------------------------------------


def test_every_link_leads_to_a_file_or_to_the_web(unpacked: dict[str, Path]) -> None:
    lost = []
    for folder in unpacked.values():
        trees = {page: read(page) for page in sorted((folder / "data" / "pages").rglob("*.html"))}
        ids = {page: {one.get("id") for one in tree.iter()} for page, tree in trees.items()}
        for page, tree in trees.items():
            for one in tree.iter():
                for name in ("href", "xlink:href", "src"):
                    parts = urlsplit(one.get(name, "#__top"))
                    file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
                    if parts.scheme in {"http", "https", "mailto"}:
                        lost += [] if one.tag == "a" or one.get("rel") not in {"stylesheet", "icon"} else [f"{page}: {one.get(name)}"]
                    elif not file.is_file() or (parts.fragment not in {"", "__top"} and parts.fragment not in ids.get(file, set())):
                        lost.append(f"{page}: {one.get(name)}")
    assert lost == []


def test_nothing_in_a_page_waits_for_a_server(unpacked: dict[str, Path]) -> None:
    for folder in unpacked.values():
        for page in (folder / "data" / "pages").rglob("*.html"):
            tree = read(page)
            scripts = [one.get("src") or one.get("type", "") for one in tree.iter("script")]
            assert all(
                one.endswith(("json", "/barometer.js", "/charts.js", "/early.js", "/contents.js", "/words.js", "/catalogue.js"))
                for one in scripts
            ), scripts
            assert not [*with_class(tree, "site-search"), *with_class(tree, "chart__button")], page
        assert not [*folder.rglob("search*.js"), *folder.rglob("pagefind*"), *folder.rglob("vega.js"), *folder.rglob("bundle*.js")]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.stress)], ids=["each kind", "every page"])
def test_pages_open_from_a_disk_without_a_network(
    unpacked: dict[str, Path], site: tuple[Path, Book], visit: Callable[..., Page], every: bool
) -> None:
    asked: list[str] = []
    said: list[str] = []
    listeners = {
        "request": lambda request: asked.append(request.url),
        "console": lambda message: message.type in {"error", "warning"} and said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "requestfailed": lambda request: said.append(f"{request.failure}: {request.url}"),
    }
    page = visit("about:blank", listeners, offline=True)
    kept = [
        f"/{edition}/" + path
        for edition, folder in unpacked.items()
        for path in files_below(folder / "data" / "pages")
        if path.endswith(".html")
    ]
    chosen = {*(kept if every else one_of_each_kind(site[0], sorted(kept)))}
    for edition, folder in unpacked.items():
        begin = len(asked)
        for path in sorted(path for path in chosen if path.startswith(f"/{edition}/")):
            page.goto((folder / "data" / "pages" / path.removeprefix(f"/{edition}/")).as_uri())
            live = read(site[0] / path[1:])
            assert page.locator("h1").inner_text() == text(next(live.iter("h1")))
            assert page.locator("figure.chart svg:visible").count() == len(list(with_class(live, "chart__picture")))
            assert page.locator("table").count() == len(list(live.iter("table")))
            assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor") != "rgba(0, 0, 0, 0)"
        if f"/{edition}/index.html" not in chosen:
            continue
        page.goto((folder / "data" / "pages" / "index.html").as_uri())
        links = page.locator(".contents__list:visible a")
        titles = links.all_inner_texts()
        for number in range(len(titles)):
            links.nth(number).click()
            assert page.locator(".contents__list:visible a[aria-current]").inner_text() == titles[number]
        assert [url for url in asked[begin:] if not url.startswith(folder.as_uri())] == []
    cut_short = "net::ERR_ABORTED: "  # by the next page, on a busy machine; a file that is not there is ERR_FILE_NOT_FOUND
    assert [line for line in said if not line.startswith(cut_short)] == []


PAGES = {"index.html", "a/index.html", "b c/index.html", "data/rows.csv", "own.js", "assets/0123456789abcdef/own.css"}
LED = [
    ("folder", '<a href="../a/">x</a>', '<a href="index.html">x</a>'),
    ("top", "<a class=x href='..'>x</a>", '<a class=x href="../index.html">x</a>'),
    ("fragment", '<a href="../b%20c/#r-1">x</a>', '<a href="../b%20c/index.html#r-1">x</a>'),
    ("same-page", '<a href="#r-1">x</a>', '<a href="#r-1">x</a>'),
    ("file", '<a href="../data/rows.csv" download>x</a>', '<a href="../data/rows.csv" download>x</a>'),
    ("not-kept", '<a href="../edition.json">x</a>', '<a href="https://site.test/p/1/v1/edition.json">x</a>'),
    ("outside", '<a href="../../../?q=1&amp;r=2#z">x</a>', '<a href="https://site.test/p/?q=1&amp;r=2#z">x</a>'),
    ("web", '<a href="https://else.test/a/">x</a>', '<a href="https://else.test/a/">x</a>'),
    ("mail", '<a href="mailto:a@b.test">x</a>', '<a href="mailto:a@b.test">x</a>'),
    ("picture", '<svg viewBox="0 0 1 1"><a xlink:href="../a/#e"><path/></a></svg>', None),
    ("quoted", '<a title=\'href="../a/"\' data-x="1" href="../a/">é</a>', '<a title=\'href="../a/"\' data-x="1" href="index.html">é</a>'),
    ("text", '<p>a &lt; b &amp; c &#8617; <!-- href="../a/" --></p>', '<p>a &lt; b &amp; c &#8617; <!-- href="../a/" --></p>'),
    ("data-script", '<script type="application/ld+json">{"a": "<b href=\'..\'>"}</script>', None),
    ("own-script", '<script src="../own.js" defer></script>', '<script src="../own.js" defer></script>'),
    ("theme-script", 'x<script src="../assets/bundle.js"></script>y', "xy"),
    ("inline-script", "x<script>if (a < b) fetch('</p>')</script>y", "xy"),
    (
        "shared-style",
        '<link rel="stylesheet" href="../../../../assets/0123456789abcdef/own.css">',
        '<link rel="stylesheet" href="../assets/0123456789abcdef/own.css">',
    ),
    ("policy", 'x<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">y', "xy"),
    ("lost-style", 'x<link rel="stylesheet" href="../gone.css">y', "xy"),
    ("tools", 'x<div class="s masthead__tools"><div><br></div></div><p>y</p>', f'x<p class="masthead__copy">{SAVED}</p><p>y</p>'),
]


@pytest.mark.parametrize(("page", "kept"), [(page, kept) for _, page, kept in LED], ids=[name for name, *_ in LED])
def test_a_page_for_the_disk(page: str, kept: str | None) -> None:
    wanted = kept if kept is not None else page.replace("../a/#e", "index.html#e")
    made = offline(page, "a/index.html", "p/1/v1/", PAGES, "https://site.test/")
    assert tostring(tinyhtml5.parse(made)) == tostring(tinyhtml5.parse(wanted))


@pytest.mark.parametrize(
    ("site", "address", "name"),
    [
        ("Kestria Compass", "issues/2", "kestria-compass-2-v3.zip"),
        ("Überblick: Öst & West", "policy/open-river", "uberblick-ost-west-open-river-v3.zip"),
        ("Компас", "issues/2", "2-v3.zip"),
    ],
    ids=["plain", "accents", "other-script"],
)
def test_the_name_says_what_it_is(site: str, address: str, name: str) -> None:
    assert archive_name(site, address, 3) == name


# The check -------------------------------------------------------------------------------------


def verify(*files: Path) -> tuple[int, str]:
    run = CliRunner().invoke(main, ["verify", *map(str, files)], prog_name="barometer", catch_exceptions=False)
    return run.exit_code, run.output


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Pack an archive anew with other files in it."""
    with zipfile.ZipFile(archive) as packed:
        files = {path: packed.read(path) for path in packed.namelist()}
    change(files)
    with zipfile.ZipFile(archive, "w") as packed:
        for path, content in files.items():
            packed.writestr(path, content)


def test_verify_says_that_a_bag_is_whole(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive.parent)
    assert verify(Path(archive.name)) == (0, f"{archive.name}: a valid bag, every file as it was packed\n")
    assert list(archive.parent.iterdir()) == [archive]


EVENTS = "kestria-compass-2-v2/data/pages/data/events.csv"
DAMAGED: list[tuple[str, Callable[[dict[str, bytes]], object], str]] = [
    (
        "changed",
        lambda files: files.update({EVENTS: files[EVENTS].replace(b"2", b"3")}),
        "data/pages/data/events.csv: is not what was packed",
    ),
    ("longer", lambda files: files.update({EVENTS: files[EVENTS] + b"\n"}), "data/pages/data/events.csv: is not what was packed"),
    ("missing", lambda files: files.pop(EVENTS), "data/pages/data/events.csv: is missing"),
    ("added", lambda files: files.update({f"{EVENTS}.exe": b""}), "data/pages/data/events.csv.exe: was added after packing"),
    (
        "retold",
        lambda files: files.update({"kestria-compass-2-v2/bag-info.txt": b"Bagging-Date: 2000-01-01\n"}),
        "bag-info.txt: is not what",
    ),
    (
        "checksum-of-any-length",
        lambda files: files.update({"kestria-compass-2-v2/manifest-shake_128.txt": b"00  data/pages/data/events.csv\n"}),
        "its checksums by shake_128 have no length of their own; sha256 is expected",
    ),
    (
        "name-that-ends-the-line",
        lambda files: files.update({"kestria-compass-2-v2/manifest-sha512.txt": b"00  data/a%0Ab\n"}),
        "'data/a\\nb': is missing",
    ),
    ("no-bag", lambda files: files.pop("kestria-compass-2-v2/bagit.txt"), "is no archive of an edition"),
    ("two-tops", lambda files: files.update({"elsewhere.txt": b""}), "one folder is expected at its top"),
    ("outside", lambda files: files.update({"../../../../escaped.txt": b""}), "leads out of its folder"),
    ("empty", lambda files: files.clear(), "one folder is expected at its top"),
]


@pytest.mark.parametrize(("change", "said"), [(change, said) for _, change, said in DAMAGED], ids=[name for name, *_ in DAMAGED])
def test_verify_names_what_is_wrong(archive: Path, change: Callable[[dict[str, bytes]], None], said: str) -> None:
    rewritten(archive, change)
    status, output = verify(archive)
    assert status == 1
    assert f"{archive}:1: " in output
    assert said in output
    assert "1 finding\n" in output
    assert not list(archive.parent.rglob("escaped.txt"))


def test_verify_names_a_file_whose_bytes_rotted(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        entry = packed.getinfo(EVENTS)
    content = bytearray(archive.read_bytes())
    middle = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    content[middle] ^= 0xFF
    archive.write_bytes(content)
    status, output = verify(archive)
    assert (status, output.count("finding")) == (1, 1)
    assert "data/pages/data/events.csv: is damaged and cannot be unpacked" in output


@pytest.mark.parametrize(
    ("content", "said"), [(None, "there is no such file"), (b"no zip", "is no archive of an edition")], ids=["gone", "text"]
)
def test_verify_says_that_there_is_no_bag(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "x.zip"
    if content is not None:
        file.write_bytes(content)
    status, output = verify(file)
    assert (status, said in output) == (1, True)
