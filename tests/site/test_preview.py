"""The preview: what is saved is shown, whatever is broken; nothing waits, nothing is lost."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.request import urlopen

import pytest
from house import ISSUE, NON_PAPER, PAPER, House
from previewing import PATIENCE, Preview, previewing

from hooks.publishing import workers
from hooks.publishing.preview import SavedFiles, unreadable_code
from hooks.publishing.preview_build import PreviewBuild
from hooks.publishing.preview_server import PreviewServer
from hooks.publishing.preview_site import PreviewSite
from macros.target import Target

EVENTS = f"data/{ISSUE}/events.csv"
SECTION = f"docs/{ISSUE}/security.md"
OTHER = f"docs/{PAPER}/recommendations.md"
PAGE, OTHER_PAGE = f"/{ISSUE}/v1/security/", f"/{PAPER}/v1/recommendations/"
LITTER = ("data/.~lock.events.csv#", "data/~$events.csv", "data/issues/events.csv~", "data/.DS_Store", "notes.txt")
OWN_POOL = workers.pool
"""Makes processes of its own, which a preview ends."""
DRAFT = "This is a draft; it has no permanent address yet."


@pytest.fixture(scope="module")
def house(house_with_draft: House) -> House:
    return house_with_draft


@pytest.fixture(scope="module")
def begun(house: House) -> Iterator[tuple[Preview, int, str]]:
    """A preview that was begun with a broken file at a port that was taken, the port, and what was shown until it was mended."""
    broken = house.root / EVENTS
    right = broken.read_bytes()
    broken.write_bytes(right.replace(b"at Senn,4,", b"at Senn,44,"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with previewing(house, "--port", str(port)) as preview:
            text = preview.until("/", lambda status, text: status == 503 and "vscode:" in text)
            broken.write_bytes(right)
            preview.until(PAGE, lambda status, text: status == 200 and "vscode:" not in text)
            yield preview, port, text


@pytest.fixture(scope="module")
def preview(begun: tuple[Preview, int, str]) -> Preview:
    return begun[0]


class Text:
    """A file that tests change and leave as it was."""

    def __init__(self, house: House, file: str) -> None:
        self.path = house.root / file
        self.first = self.path.read_bytes()

    def add(self, words: str) -> None:
        """Save it with some more words."""
        self.path.write_bytes(self.first + f"\n{words}\n".encode())


@pytest.fixture
def section(house: House) -> Iterator[Text]:
    text = Text(house, SECTION)
    yield text
    text.path.write_bytes(text.first)


@pytest.fixture
def other(house: House) -> Iterator[Text]:
    text = Text(house, OTHER)
    yield text
    text.path.write_bytes(text.first)


def test_a_start_with_a_broken_file_shows_the_finding_then_the_site(begun: tuple[Preview, int, str], house: House) -> None:
    preview, port, text = begun
    assert f"port {port} is in use" in preview.lines[0]
    assert int(preview.address.rpartition(":")[2]) > port
    assert f'href="vscode://file{(house.root / EVENTS).as_posix()}:' in text
    assert f">{EVENTS}:" in text


def test_what_was_saved_while_another_file_was_broken_appears_when_that_is_mended(preview: Preview, section: Text, other: Text) -> None:
    section.add("{{ no_such_macro() }}")
    preview.until(PAGE, lambda _, text: "no_such_macro" in text)
    other.add("Saved beside a broken page.")
    section.add("Mended.")
    preview.until(OTHER_PAGE, lambda _, text: "Saved beside a broken page." in text)
    preview.until(PAGE, lambda _, text: "Mended." in text and "vscode:" not in text)


def test_two_files_broken_and_mended_in_turn_both_appear(preview: Preview, section: Text, other: Text) -> None:
    section.add("{{ first_fault() }}")
    other.add("{{ second_fault() }}")
    preview.until("/", lambda _, text: "first_fault" in text and "second_fault" in text)
    section.add("The first is mended.")
    preview.until("/", lambda _, text: "first_fault" not in text and "second_fault" in text)
    assert "The first is mended." not in preview.get(PAGE)[1]
    other.add("The second is mended.")
    preview.until(PAGE, lambda _, text: "The first is mended." in text)
    preview.until(OTHER_PAGE, lambda _, text: "The second is mended." in text)


def test_of_fifteen_quick_saves_the_last_is_shown(preview: Preview, section: Text) -> None:
    for number in range(15):
        section.add(f"Save number {number}.")
    preview.until(PAGE, lambda _, text: "Save number 14." in text)


def test_a_file_that_is_cut_off_and_written_again_recovers(preview: Preview, section: Text) -> None:
    section.path.write_bytes(section.first[:5])
    preview.until("/", lambda _, text: f"{SECTION}:1" in text)
    section.add("Written again.")
    assert "vscode:" not in preview.until(PAGE, lambda _, text: "Written again." in text)


def test_a_page_in_another_encoding_is_a_finding(preview: Preview, section: Text) -> None:
    section.path.write_bytes(section.first + "Река\n".encode("windows-1251"))
    text = preview.until(PAGE, lambda _, text: "which is not UTF-8" in text)
    line = section.first.count(b"\n") + 1
    assert f">{SECTION}:{line}<" in text
    section.add("In UTF-8.")
    preview.until(PAGE, lambda _, text: "In UTF-8." in text)


def test_a_draft_says_so_and_offers_no_permanent_reference(preview: Preview) -> None:
    preview.until(f"/{NON_PAPER}/v1/", lambda status, _: status == 200)
    home = preview.until("/", lambda _, text: "preview-drafts" in text)
    assert f'<a href="/{NON_PAPER}/v1/">' in home
    for page in (f"/{NON_PAPER}/", f"/{NON_PAPER}/v1/", f"/{NON_PAPER}/v1/cite/"):
        text = preview.until(page, lambda status, _: status == 200)
        assert "Draft – not published" in text
        assert DRAFT in text
        for word in ("ermanent address:", "ermanent address of", "Cite as", 'rel="canonical"', "cite-reference", 'rel="bookmark"'):
            assert word not in text, (page, word)
    published = preview.get(PAGE)[1]
    assert "Draft – not published" not in published
    assert DRAFT not in published
    assert "Permanent address:" in published


def test_the_archive_file_and_the_root_files_are_there_in_the_end(preview: Preview) -> None:
    preview.until("/robots.txt", lambda status, _: status == 200)
    assert preview.get(f"/{ISSUE}/latest/")[0] == 200
    assert preview.get(f"/{ISSUE}/v1/SHA256SUMS")[0] == 200


def test_a_publication_that_is_gone_disappears_and_comes_back(preview: Preview, house: House, tmp_path: Path) -> None:
    folders = [house.root / place / NON_PAPER for place in ("docs", "data")]
    preview.until(f"/{NON_PAPER}/v1/", lambda status, _: status == 200)
    for folder in folders:
        shutil.move(folder, tmp_path / folder.parts[-3])
    preview.until(f"/{NON_PAPER}/v1/", lambda status, _: status == 404)
    assert "preview-drafts" not in preview.get("/")[1]
    parts = next((house.root / ".cache").glob("preview-*"))
    preview.until("/", lambda *_: not list(parts.glob("non-papers*")))
    for folder in folders:
        shutil.move(tmp_path / folder.parts[-3], folder)
    preview.until(f"/{NON_PAPER}/v1/", lambda status, _: status == 200)


def test_a_saved_program_starts_again_at_the_same_address(preview: Preview, house: House, section: Text) -> None:
    configuration = house.root / "mkdocs.yml"
    configuration.write_bytes(configuration.read_bytes())
    section.add("Saved with the program.")
    preview.until_said("the program was saved")
    preview.until(PAGE, lambda _, text: "Saved with the program." in text)


def test_outside_the_site_nothing_is_served(preview: Preview) -> None:
    for path in ("/../mkdocs.yml", "//etc/passwd", "/%2e%2e/%2e%2e/mkdocs.yml", "/_preview/../preview.py", "/_preview/head.html", "/a\\b"):
        assert preview.get(path)[0] == 404, path


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, built_house: House) -> Iterator[PreviewBuild]:
    """A preview in this process, in which all is built."""
    house = built_house.copied(tmp_path_factory.mktemp("work"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "pool", OWN_POOL)
        work = PreviewBuild(PreviewSite(house.root), tuple)
        try:
            work.build(())
            until_all_is_built(work)
            yield work
        finally:
            work.close()


def until_all_is_built(work: PreviewBuild) -> None:
    work.behind.submit(int).result(PATIENCE)


class Held:
    """Holds builds of some kinds of targets until they are released."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
        self.kinds, self.begun, self.released, self.really = kinds, Event(), Event(), workers.build
        monkeypatch.setattr(workers, "build", self.build)

    def build(self, packed: bytes, folders: Mapping[Target, Path], *arguments: Any) -> Iterator[Target]:
        if {target.kind for target in folders} & set(self.kinds):
            self.begun.set()
            assert self.released.wait(PATIENCE)
        yield from self.really(packed, folders, *arguments)


def test_pages_are_served_as_they_were_while_a_build_runs(work: PreviewBuild, monkeypatch: pytest.MonkeyPatch) -> None:
    server = PreviewServer(work.site, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}{PAGE}"
    held = Held(monkeypatch, "edition")
    try:
        page = work.root / SECTION
        page.write_bytes(page.read_bytes() + b"\nA newer page.\n")
        building = Thread(target=work.build, args=({Path(SECTION)},))
        building.start()
        assert held.begun.wait(PATIENCE)
        with urlopen(address, timeout=PATIENCE) as answer:
            old = answer.read().decode()
        assert building.is_alive()
        assert "</html>" in old
        assert "A newer page." not in old
        held.released.set()
        building.join()
        with urlopen(address, timeout=PATIENCE) as answer:
            assert "A newer page." in answer.read().decode()
        until_all_is_built(work)
    finally:
        held.released.set()
        server.shutdown()
        server.server_close()


def test_what_is_saved_does_not_wait_for_what_is_built_behind(work: PreviewBuild, monkeypatch: pytest.MonkeyPatch) -> None:
    events, page = work.root / EVENTS, work.root / SECTION
    held = Held(monkeypatch, "portal")
    try:
        events.write_bytes(events.read_bytes().replace(b"at Senn,4,", b"in Senn,4,"))
        work.build({events.relative_to(work.root)})
        assert held.begun.wait(PATIENCE)
        page.write_bytes(page.read_bytes() + b"\nSaved meanwhile.\n")
        work.build({Path(SECTION)})
        assert b"Saved meanwhile." in (work.site.read(f"{PAGE.strip('/')}/index.html") or b"")
        assert b"in Senn" not in (work.site.read("events/index.html") or b"")
    finally:
        held.released.set()
    until_all_is_built(work)
    assert b"in Senn" in (work.site.read("events/index.html") or b"")


def test_litter_is_no_saved_file(tmp_path: Path) -> None:
    (tmp_path / "data" / "issues").mkdir(parents=True)
    saved = SavedFiles(tmp_path)
    told: set[Path] = set()
    while Path("data/events.csv") not in told:  # until the system tells of what is saved
        for name in (*LITTER, "data/events.csv"):
            (tmp_path / name).write_text("x", encoding="utf-8")
        told |= saved.take()
    assert told - {Path()} == {Path("data/events.csv")}


def test_a_program_that_cannot_start_is_a_finding(tmp_path: Path) -> None:
    for name, text in (("good.py", "x = 1\n"), ("bad.py", "x = 1\nif x\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = unreadable_code(tmp_path, [Path("good.py"), Path("bad.py"), Path("gone.py"), Path("x.css")])
    assert [(one.path, one.line) for one in found] == [("bad.py", 2)]
