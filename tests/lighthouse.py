"""What Lighthouse says of each kind of page on a phone: `make lighthouse` prints the median of three runs.

Performance depends on the machine: run it on a quiet one.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # as pytest does for tests/

from serving import answering

PAGES = {
    "home": "",
    "cover": "issues/19/",
    "section": "issues/19/v1/russia/",
    "events": "issues/19/v1/events/",
    "relationship": "relationships/russia/",
    "policy": "policy/",
    "non-paper": "non-papers/2020-forum/v1/",
    "explorer": "events/",
    "search": "search/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
PACKED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


class _Packing(SimpleHTTPRequestHandler):
    """Packs texts as static hosts do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in PACKED:
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "public, max-age=31536000")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def report(program: str, address: str) -> dict[str, Any]:
    """One run of Lighthouse, in its own words."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = ["node", program, address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"))))
    done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, "CHROME_PATH": chromium}, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def line(name: str, reports: list[dict[str, Any]]) -> str:
    """The medians of a page, then what is not perfect."""
    scores = [round(100 * median(one["categories"][category]["score"] or 0 for one in reports)) for category in CATEGORIES]
    audits = reports[0]["audits"]
    lost = [
        key
        for key, audit in audits.items()
        if audit.get("score") is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "informative"
    ]
    metrics = ", ".join(
        f"{words} {median(one['audits'][key]['numericValue'] for one in reports):.{digits}f}"
        for words, key, digits in (
            ("LCP ms", "largest-contentful-paint", 0),
            ("TBT ms", "total-blocking-time", 0),
            ("CLS", "cumulative-layout-shift", 3),
        )
    )
    return f"{name:13}" + "".join(f"{score:5}" for score in scores) + f"   {metrics}   {' '.join(lost)}"


def main() -> None:
    site, program = Path(sys.argv[1]), sys.argv[2]
    print(f"{'':13}" + "".join(f"{name[:4]:>5}" for name in CATEGORIES))
    with answering(partial(_Packing, directory=str(site))) as address:
        for name, path in PAGES.items():
            print(line(name, [report(program, f"{address}/{path}") for _ in range(RUNS)]), flush=True)


if __name__ == "__main__":
    main()
