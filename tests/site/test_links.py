"""Sources asked for on request: alive, moved, gone, captured; what is proposed, and what is written. All servers are our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from serving import answering, free_port
from trees import FIXTURES

from hooks.publishing import links_report
from hooks.publishing.cli import main
from macros.book import open_book

Redirect = tuple[int, str]
REDIRECTS: dict[str, Redirect] = {
    "/permanent": (301, "/new"),
    "/permanent-twice": (308, "/permanent"),
    "/for-now": (302, "/alive"),
    "/for-now-then-moved": (302, "/permanent"),
    "/moved-then-for-now": (301, "/for-now"),
    "/round": (302, "/round"),
    "/home": (301, "/"),
    "/to-a-file": (301, "file:///etc/passwd"),
    "/nowhere": (301, "/none"),
}
STATUSES = {"/gone": 410, "/forbidden": 403, "/busy": 503, "/none": 404}
PAGES = {"/", "/alive", "/new", "/Новости", "/late/dated"}


ENDED = Event()
"""What a server that keeps silent waits for."""


class Handler(BaseHTTPRequestHandler):
    """Every way in which an address can answer."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/gate/"):
            self.captured(path.removeprefix("/gate/"))
        elif path == "/silent":
            ENDED.wait()
        elif path == "/nonsense":
            self.wfile.write(b"good day\r\n\r\n")
        elif path == "/cut":
            self.answer(200, b"half", {"Content-Length": "99"})
        elif path.startswith(("/soft/", "/kept/")):
            moment = {"Memento-Datetime": "Thu, 04 Mar 2021 10:00:00 GMT"} if path.startswith("/kept/") else {}
            self.answer(200, b"<title>Welcome</title>", moment)
        elif path in REDIRECTS:
            status, to = REDIRECTS[path]
            self.answer(status, b"", {"Location": to})
        else:
            known = path in PAGES or path == "/%D0%9D%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"
            self.answer(200 if known else STATUSES.get(path, 404), path.encode())

    def captured(self, url: str) -> None:
        """Captures of what is gone, the nearest to the day that is asked for."""
        if not url.endswith(("/gone", "/dated")):
            self.answer(404, b"")
            return
        day = "20210304" if self.headers["Accept-Datetime"] in (None, "Sat, 06 Mar 2021 12:00:00 GMT") else "20190101"
        self.answer(302, b"", {"Location": f"/kept/{day}/{url}"})

    def answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def web() -> Iterator[str]:
    """A server of our own; its address has no slash at its end."""
    with answering(Handler) as address:
        yield address
        ENDED.set()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with web() as address:
        yield address


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "good" / "data", tmp_path / "data")
    shutil.copytree(FIXTURES / "good" / "docs", tmp_path / "docs")
    return tmp_path


def add(root: Path, url: str, *fields: str) -> int:
    """Add a source to the end of the list; the line on which its entry begins."""
    file = root / "data/sources.yml"
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    entry = "".join(f"  {line}\n" for line in ('title: "A report: of the ferry"', f"url: {url}  # as cited", *fields))
    file.write_text(f"{text}# Asked for in tests.\nasked:\n{entry}\n# The end.\n", encoding="utf-8")
    return text.count("\n") + 2


def links(root: Path, *words: str) -> tuple[int, str]:
    run = CliRunner().invoke(main, ["links", "--root", str(root), *words], prog_name="barometer", catch_exceptions=False)
    return run.exit_code, run.output


ANSWERS = {
    "/alive": "alive: is there",
    "/alive#part-2": "alive: is there",
    "/Новости": "alive: is there",
    "/": "alive: is there",
    "/for-now": "alive: is there",
    "/permanent": "moved: is now at {}/new",
    "/permanent-twice": "moved: is now at {}/new",
    "/moved-then-for-now": "moved: is now at {}/for-now",
    "/for-now-then-moved": "alive: is there",
    "/gone": "gone: answers 410",
    "/never-was": "gone: answers 404",
    "/nowhere": "gone: answers 404",
    "/home": "gone: leads to the first page of its site",
    "/soft/article": "gone: shows what the site shows for any address",
    "/forbidden": "unsure: answers 403, perhaps to programs only",
    "/busy": "unsure: answers 503",
    "/round": "unsure: leads on more than 10 times",
    "/to-a-file": "unsure: leads to file:///etc/passwd, which is no address of the web",
    "/silent": "unsure: does not answer in time",
    "/nonsense": "unsure: gives no answer",
    "/cut": "alive: is there",
}


@pytest.mark.parametrize(("path", "said"), ANSWERS.items(), ids=ANSWERS)
def test_how_an_address_stands(root: Path, address: str, path: str, said: str) -> None:
    line = add(root, f'"{address}{path}"' if "#" in path else f"{address}{path}")
    before = (root / "data/sources.yml").read_bytes()
    status, output = links(root, "asked", "--no-archive", "--timeout", "1" if path == "/silent" else "60")
    assert status == 0
    assert f"data/sources.yml:{line}: asked: {said.format(address)}" in output
    assert (root / "data/sources.yml").read_bytes() == before


def test_what_has_no_server_no_port_and_no_certificate(root: Path, address: str) -> None:
    closed = f"http://127.0.0.1:{free_port()}/x"
    for url, said in (
        ("http://no-such-server.invalid/x", "gone: there is no server of that name"),
        (closed, "unsure: gives no answer ([Errno"),
        (f"https{address.removeprefix('http')}/alive", "unsure: has no valid certificate"),
    ):
        file = root / "data/sources.yml"
        kept = file.read_bytes()
        add(root, url)
        assert said in links(root, "asked", "--no-archive")[1]
        file.write_bytes(kept)


def test_a_capture_is_proposed_and_written_beside_what_stands_there(root: Path, address: str) -> None:
    line = add(root, f"{address}/gone", "language: ru  # the page is bilingual")
    before = (root / "data/sources.yml").read_text(encoding="utf-8")
    _, output = links(root, "asked", "--archive", f"{address}/gate/")
    assert f"data/sources.yml:{line}: asked: gone: answers 410; captured on 2021-03-04\n" in output
    assert "with --write they are written" in output
    assert (root / "data/sources.yml").read_text(encoding="utf-8") == before
    assert "wrote data/sources.yml; review and commit it" in links(root, "asked", "--archive", f"{address}/gate/", "--write")[1]
    added = f"  archived: {address}/kept/20210304/{address}/gone\n  captured: 2021-03-04\n"
    url = f"  url: {address}/gone  # as cited\n"
    assert (root / "data/sources.yml").read_text(encoding="utf-8") == before.replace(url, url + added)
    source = open_book(root).sources["asked"]
    assert source.captured and source.captured.first.isoformat() == "2021-03-04"
    assert "gone: answers 410\n" in links(root, "asked", "--archive", f"{address}/gate/")[1]  # nobody is asked again


@pytest.mark.parametrize(("date", "day"), [("2021-03-06", "20210304"), ("2018", "20190101")])
def test_the_capture_nearest_to_the_date_of_a_source_is_taken(root: Path, address: str, date: str, day: str) -> None:
    add(root, f"{address}/late/dated", f"date: {date}")
    assert f"/kept/{day}/" in links(root, "asked", "--archive", f"{address}/gate/")[1]


def test_a_moved_source_gets_its_new_address_and_keeps_its_comment(root: Path, address: str) -> None:
    add(root, f"{address}/permanent")
    before = (root / "data/sources.yml").read_text(encoding="utf-8")
    links(root, "asked", "--archive", f"{address}/gate/", "--write")
    assert (root / "data/sources.yml").read_text(encoding="utf-8") == before.replace("/permanent  #", "/new  #")


def test_an_archive_that_does_not_answer_is_said_and_changes_nothing(root: Path, address: str) -> None:
    add(root, f"{address}/gone")
    assert "gone: answers 410; the web archive gives no answer" in links(root, "asked", "--archive", f"{address}/nonsense?")[1]


def test_published_editions_that_a_change_concerns_are_named(root: Path, address: str) -> None:
    file, key = root / "data/sources.yml", "ferry-office"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("  url: "))
    key = next(line.partition(":")[0] for line in reversed(lines[:at]) if line[0] not in " #\n")
    lines[at] = f"  url: {address}/permanent\n"
    file.write_text("".join(lines), encoding="utf-8")
    assert "name some of them; publishing will ask for a next edition" in links(root, key, "--no-archive")[1]


def test_a_key_that_is_no_source_is_a_finding(root: Path) -> None:
    status, output = links(root, "ferry-ofice")
    assert (status, "data/sources.yml:1: key: 'ferry-ofice' is no source" in output) == (1, True)


@pytest.mark.parametrize(
    "text", ["a: {title: x, url: http://a.test/}\n", "a:\n  title: x\n  url: >-\n    http://a.test/\n"], ids=["one-line", "folded"]
)
def test_an_entry_that_cannot_be_changed_line_by_line_is_left_alone(text: str) -> None:
    with pytest.raises(links_report.CannotChangeError, match="by hand"):
        links_report.changed(text, {"a": {"url": "http://b.test/", "captured": "2021-03-04"}})
