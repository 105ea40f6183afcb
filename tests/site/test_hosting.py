"""The recipes for web servers, as they stand on the page about hosting, started and asked for every file of a site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from serving import answers, free_port
from trees import ROOT

from hooks.publishing.html_page import HtmlPage
from macros.exports.media import media_type

pytestmark = pytest.mark.stress  # `make stress` installs the servers
PLACE, NAME = "/srv/barometer", "barometer.example"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "base-uri 'self'; form-action 'self'; object-src 'none'; frame-ancestors "
)
NAMED = {
    "SHA256SUMS": "text/plain",
    "citation.json": "application/vnd.citationstyles.csl+json",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
    "issues.ics": "text/calendar",
    "linkset.json": "application/linkset+json",
    "opensearch.xml": "application/opensearchdescription+xml",
    "original.json": "application/vnd.citationstyles.csl+json",
    "timemap.link": "application/link-format",
    "CITATION.cff": "application/yaml",
}
"""Media types that the ending of a name does not tell."""
APACHE = "".join(
    f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
    for name in ("mpm_event", "authz_core", "dir", "mime", "headers", "alias", "filter", "deflate")
)


def recipe(language: str, site: Path) -> str:
    """A recipe, with the folder that it serves."""
    text = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found.count(PLACE)
    return str(found).replace(PLACE, str(site))


def nginx(site: Path, place: Path, port: int) -> list[str]:
    shutil.copy("/etc/nginx/mime.types", place)
    logs = "".join(f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    served = recipe("nginx", site).replace("listen 80;", f"listen 127.0.0.1:{port};")
    head = f"daemon off; pid {place}/pid; error_log {place}/error; events {{ }}\n"
    (place / "nginx.conf").write_text(f"{head}http {{ access_log off; {logs}\n{served}}}\n", encoding="utf-8")
    return ["nginx", "-e", str(place / "error"), "-c", str(place / "nginx.conf")]


def apache(site: Path, place: Path, port: int) -> list[str]:
    head = f"ServerRoot {place}\nServerName {NAME}\nPidFile {place}/pid\nErrorLog {place}/error\nListen 127.0.0.1:{port}\n{APACHE}"
    served = recipe("apache", site).replace("*:80", f"*:{port}")
    text = f"{head}TypesConfig /etc/mime.types\n" if Path("/etc/mime.types").is_file() else f"{head}TypesConfig /dev/null\n"
    (place / "apache.conf").write_text(text + served, encoding="utf-8")
    return ["apache2", "-f", str(place / "apache.conf"), "-DFOREGROUND"]


def caddy(site: Path, place: Path, port: int) -> list[str]:
    served = recipe("caddy", site).replace(f"{NAME} {{", f"http://127.0.0.1:{port} {{", 1)
    (place / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{served}", encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(place / "Caddyfile")]


SERVERS: dict[str, Callable[[Path, Path, int], list[str]]] = {"nginx": nginx, "apache2": apache, "caddy": caddy}


@dataclass(frozen=True)
class Host:
    """A server that serves a site."""

    connection: HTTPConnection
    site: Path

    def ask(self, path: str) -> tuple[HTTPResponse, bytes]:
        """Ask for an address below the root of the host."""
        self.connection.request("GET", quote(path), headers={"Host": NAME} if self.connection.port == 80 else {})
        answer = self.connection.getresponse()
        return answer, answer.read()


@contextmanager
def started(command: list[str], place: Path, port: int) -> Iterator[HTTPConnection]:
    """Run a server until it is no longer needed."""
    found = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": str(place), "XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    with (
        (place / "log").open("w") as log,
        subprocess.Popen(command, cwd=place, env={**os.environ, **found}, stdout=log, stderr=log) as server,
    ):
        while server.poll() is None and not answers(port):
            pass
        assert server.poll() is None, "".join(path.read_text() for path in (place / "log", place / "error") if path.is_file())
        connection = HTTPConnection("127.0.0.1", port)
        yield connection
        connection.close()
        server.terminate()


@pytest.fixture(scope="module", params=SERVERS)
def host(request: pytest.FixtureRequest, real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    if not shutil.which(request.param, path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip(f"no {request.param}; make stress installs it")
    place = tmp_path_factory.mktemp(request.param)
    site = shutil.copytree(real_site, place / "site")
    for name in ("issues/19/timemap.link", "CITATION.cff", ".git/config"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("x", encoding="utf-8")
    for folder in (*place.parents, *site.rglob("*"), place, site):  # a server that root starts reads as somebody else
        if folder.is_relative_to(tmp_path_factory.getbasetemp().parent.parent):
            folder.chmod(folder.stat().st_mode | (0o755 if folder.is_dir() else 0o644))
    port = free_port()
    with started(SERVERS[request.param](site, place, port), place, port) as connection:
        yield Host(connection, site)


def files(site: Path) -> list[str]:
    return sorted(
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and "/." not in f"/{path.relative_to(site)}"
    )


def kept(path: str) -> str:
    """How long browsers keep a file."""
    frozen = re.match(r"(assets|search/index/[^/]+|[^/]+/[^/]+/v\d+)/.*\.[a-z0-9_]+$", path) and not path.endswith(".html")
    if path.endswith(("versions.json", "/edition.json")):
        return "public, max-age=60"
    return "public, max-age=31536000, immutable" if frozen else "public, max-age=300"


def test_every_file_has_its_type_its_headers_and_its_bytes(host: Host) -> None:
    wrong = []
    for path in files(host.site):
        answer, content = host.ask(
            f"/{path.removesuffix('index.html')}" if path.endswith("/index.html") or path == "index.html" else f"/{path}"
        )
        name = path.rpartition("/")[2]
        kind = NAMED.get(name, media_type(name))
        typed = answer.headers["Content-Type"] or ""
        text = kind.startswith("text/") or (
            kind.endswith(("json", "xml", "yaml", "link-format", "x-bibtex", "systems")) and kind != "image/svg+xml"
        )
        expected = {
            "status": ("200", str(answer.status)),
            "bytes": ("True", str(content == (host.site / path).read_bytes())),
            "type": (kind, typed.partition(";")[0] if kind != "application/octet-stream" else kind),
            "charset": ("utf-8" if text else "", typed.partition("charset=")[2].lower() if text else ""),
            "cache": (kept(path), answer.headers["Cache-Control"]),
            "policy": (POLICY + ("*" if "/embed/" in f"/{path}" else "'self'"), answer.headers["Content-Security-Policy"]),
            "sniff": ("nosniff", answer.headers["X-Content-Type-Options"]),
            "referrer": ("same-origin", answer.headers["Referrer-Policy"]),
            "https": ("max-age=31536000", answer.headers["Strict-Transport-Security"]),
            "readers": ("*", answer.headers["Access-Control-Allow-Origin"]),
        }
        wrong += [f"{path}: {what}: {got} instead of {right}" for what, (right, got) in expected.items() if right != got]
    assert wrong[:20] == []


def test_every_link_of_every_page_leads_to_something(host: Host) -> None:
    linked: dict[str, str] = {}
    for page in (path for path in files(host.site) if path.endswith(".html") and path != "404.html"):
        read = HtmlPage((host.site / page).read_text(encoding="utf-8"))
        for link in (*read.links, *read.loads):
            if not urlsplit(link).scheme and not link.startswith("//"):
                linked.setdefault(unquote(urlsplit(urljoin(f"/{page}", link)).path), page)
    lost = [f"{page}: {path}: {status}" for path, page in linked.items() if (status := host.ask(path)[0].status) != 200]
    assert linked
    assert lost[:20] == []


def test_folders_unknown_addresses_and_what_is_hidden(host: Host) -> None:
    answer, _ = host.ask("/issues/19")
    assert answer.status in {301, 302, 307, 308}
    assert urlsplit(answer.headers["Location"]).path.endswith("/issues/19/")
    for path in ("/no/such/page/", "/.git/config"):
        answer, content = host.ask(path)
        assert (answer.status, b"There is no such page" in content) == (404, True)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
