"""An edition as a WACZ (specs.webrecorder.net/wacz/1.1.1), for web archives: as if captured on the day of its publication."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from hooks.publishing.html_page import HtmlPage
from macros.dates import midnight
from macros.exports.media import media_type
from macros.problems import BarometerError
from macros.target import RECORD, SUMS

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
"""Beginnings of the media types that a server sends with the encoding."""


class NoCaptureError(BarometerError):
    """A WACZ cannot be made."""


def write(site: Path, address: str, edition: str, out: Path, tool: Path) -> Path:
    """Write the WACZ of one edition.

    Args:
        site: A site that holds the edition with its record, and the shared assets.
        address: Absolute address of the site, with a slash at its end.
        edition: Path of the edition, such as `issues/19/v1`.
        tool: The program `wacz`.

    Raises:
        NoCaptureError: There is no such edition, or the program failed.
    """
    record = site / edition / RECORD
    if not record.is_file():
        raise NoCaptureError(f"{edition}: there is no such edition in {site.name}/")
    metadata = json.loads(record.read_bytes())
    files = {path.relative_to(site).as_posix(): path for path in sorted((site / edition).rglob("*")) if path.is_file()}
    files |= {asset: site / asset for asset in metadata["assets"]}
    when = midnight(metadata["date"])
    with tempfile.TemporaryDirectory(prefix="wacz-") as temporary:
        capture, pages, packed = (Path(temporary) / name for name in ("data.warc.gz", "pages.jsonl", "edition.wacz"))
        capture.write_bytes(warc(((address + _url(path), path, file.read_bytes()) for path, file in files.items()), when))
        pages.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _pages(files, address, when)), encoding="utf-8")
        start = ["--url", f"{address}{edition}/", "--ts", f"{metadata['date'].replace('-', '')}000000", "--title", metadata["title"]]
        _run([str(tool), "create", "--output", str(packed), "--pages", str(pages), *start, str(capture)])
        out.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(packed, out / f"{edition.replace('/', '-')}.wacz"))


def warc(responses: Iterable[tuple[str, str, bytes]], when: str) -> bytes:
    """What a crawler that asked for some files would have written (WARC 1.1, ISO 28500:2017).

    Args:
        responses: Of each file its address, its path and its content.

    Returns:
        The file, each record packed by itself.
    """
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True, warc_version="1.1")
    for url, path, content in responses:
        kind = "text/plain" if path.endswith(SUMS) else media_type(path)
        typed = f"{kind}; charset=utf-8" if kind.startswith(TEXTS) else kind
        head = StatusAndHeaders("200 OK", [("Content-Type", typed), ("Content-Length", str(len(content)))], protocol="HTTP/1.1")
        own = {"WARC-Date": when, "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{url} {when}')}>"}
        stream, size = io.BytesIO(content), len(content)
        writer.write_record(writer.create_warc_record(url, "response", stream, size, warc_headers_dict=own, http_headers=head))
    return written.getvalue()


def _url(path: str) -> str:
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _pages(files: dict[str, Path], address: str, when: str) -> Iterator[dict[str, str]]:
    """The list of pages, with the title that each has."""
    yield {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    for path, file in files.items():
        if path.endswith(".html"):
            page = HtmlPage(file.read_text(encoding="utf-8"))
            title = next(page.elements('meta[property="og:title"]'))
            yield {"id": path, "url": address + _url(path), "ts": when, "title": title.attributes["content"]}


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NoCaptureError(f"there is no program {command[0]}; make wacz installs it") from None
    if done.returncode:
        raise NoCaptureError((done.stdout + done.stderr).strip().splitlines()[-1])
