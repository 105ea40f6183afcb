"""A folder served as static hosts do it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

PATIENCE = 120_000
"""How long a test waits for a page of this machine, in milliseconds; a busy machine is no fault of the site."""


class _Handler(SimpleHTTPRequestHandler):
    """As static hosts do it: 404.html for what is not there; and quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def serving(folder: Path) -> AbstractContextManager[str]:
    """Serve a folder on this machine; the address has no slash at its end."""
    return answering(partial(_Handler, directory=str(folder)))


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Run a server with a handler of requests; its address has no slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def free_port() -> int:
    """A port of this machine on which nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a server of this machine takes connections."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
