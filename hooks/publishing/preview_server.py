"""The server of the preview: pages with what stands around them in a preview, and news of what changed."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import re
import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from hooks.publishing.preview_site import PreviewSite
from macros.problems import Problem

OWN = "_preview/"
"""Where the files of the preview itself stand; no page of a site begins with `_`."""
PATIENCE = 20.0
"""Seconds after which a page that asks for news is answered in any case, so that nothing is kept for pages that were closed."""
MOST = 200
"""Findings that are listed on a page."""
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
"""What a system may know under other names."""
_TEMPLATES = Environment(
    loader=PackageLoader("hooks.publishing", "preview_pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview on this machine; no request waits for a build or for another request.

    Args:
        site: What is served.
        port: Port on this machine.

    Raises:
        OSError: The port is in use.
    """

    allow_reuse_address = os.name != "nt"  # where it would mean to share the port with another program
    request_queue_size = 64

    def __init__(self, site: PreviewSite, port: int) -> None:
        super().__init__(("127.0.0.1", port), partial(_Handler, site))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over browsers that hang up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    def __init__(self, site: PreviewSite, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path = unquote(address.path).lstrip("/")
        if path == f"{OWN}news":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            number = asked.get("number", "")
            self.site.wait(int(number) if number.isdecimal() else 0, PATIENCE)
            self._answer(200, json.dumps(news(self.site, asked.get("page", ""))).encode(), "application/json")
        elif path.startswith(OWN):
            self._own(path.removeprefix(OWN))
        else:
            self._page(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _own(self, name: str) -> None:
        """Answer with a file of the preview itself."""
        exists = name in ("preview.js", "preview.css")
        content = (resources.files("hooks.publishing") / "preview_pages" / name).read_bytes() if exists else b""
        self._answer(200 if exists else 404, content, _type(name))

    def _page(self, path: str) -> None:
        status, content, name = find(self.site, path)
        if status == 301:
            self._answer(301, b"", "text/plain", f"/{quote(path)}/")
        elif name.endswith(".html"):
            self._answer(status, framed(self.site, path, content), "text/html")
        else:
            self._answer(status, content, _type(name))

    def _answer(self, status: int, content: bytes, kind: str, location: str = "") -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Leave the terminal to what was built and what is wrong."""


def _type(name: str) -> str:
    return TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def find(site: PreviewSite, path: str) -> tuple[int, bytes, str]:
    """Find what stands at a path.

    Args:
        path: Path of an address, without the slash at its beginning.

    Returns:
        Status, content, and name of the file: a page for each folder, 404.html where there is nothing, and a page that
        says so where nothing is built yet.
    """
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    safe = name.isprintable() and "\\" not in name and ":" not in name and ".." not in name.split("/") and not name.startswith("/")
    content = site.read(name) if safe else None
    if content is not None:
        return 200, content, name
    if safe and site.read(f"{name}/index.html") is not None:
        return 301, b"", name
    missing = site.read("404.html")
    if missing is not None:
        return 404, missing, "404.html"
    return 503, _TEMPLATES.get_template("nothing.html").render(faulty=bool(site.problems or site.errors)).encode(), "nothing.html"


def framed(site: PreviewSite, path: str, page: bytes) -> bytes:
    """Put around a page what stands there in a preview: the findings, the drafts, that it is a draft, and the script.

    Args:
        path: Path of its address, without the slash at its beginning.
        page: The page as it was built, which stays as it is on the disk.
    """
    around = _around(site, path)
    head = _TEMPLATES.get_template("head.html").render(own=f"/{OWN}", stamp=_stamp(page, around), number=site.number)
    body = _TEMPLATES.get_template("body.html").render(around=around, findings=_findings(site))
    page = re.sub(rb"</head>", lambda end: head.encode() + end[0], page, count=1)
    match = re.search(rb"(?=<header\b)", page) or re.search(rb"<body\b[^>]*>", page)  # behind the link that skips to the text
    return page[: match.end()] + body.encode() + page[match.end() :] if match else page


def news(site: PreviewSite, address: str) -> dict[str, Any]:
    """What a page that is open should know.

    Args:
        address: Path of its address, as the browser has it.

    Returns:
        The number of what is shown now, the findings as HTML, and a stamp: another one is another page.
    """
    number, path = site.number, unquote(address).lstrip("/")
    return {"number": number, "findings": _findings(site), "stamp": _stamp(find(site, path)[1], _around(site, path))}


def _around(site: PreviewSite, path: str) -> str:
    """The band over a page of a draft; on the home page, the list of drafts."""
    home = path in ("", "index.html")
    return _TEMPLATES.get_template("drafts.html").render(draft=site.draft(path), drafts=site.drafts if home else ())


def _findings(site: PreviewSite) -> str:
    return _TEMPLATES.get_template("findings.html").render(
        findings=[(problem, _editor(site.root, problem)) for problem in site.problems[:MOST]],
        more=max(0, len(site.problems) - MOST),
        errors=site.errors,
        number=len(site.problems) + len(site.errors),
    )


def _editor(root: Path, problem: Problem) -> str:
    """The address by which Visual Studio Code, and editors that follow it, open a file at a line."""
    return f"vscode://file/{quote((root / problem.path).as_posix().lstrip('/'), safe='/:')}:{problem.line}"


def _stamp(page: bytes, around: str) -> str:
    return hashlib.sha256(page + around.encode()).hexdigest()[:24]
