"""Every page is valid HTML, by the Nu checker of the W3C."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
JAR = ROOT / ".cache/node/node_modules/vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid(real_site: Path, fixture_site: Path, skip_or_fail: Callable[[str], NoReturn]) -> None:
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        skip_or_fail("no java: install the test extra" if java is None else f"no {JAR.relative_to(ROOT)}: run make node")
    pages = sorted(path for site in (real_site, fixture_site) for path in site.rglob("*.html"))
    short = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]  # a run is too short for Java to make itself fast
    command = [str(java), *short, "-jar", str(JAR), "--errors-only", "--format", "json", *map(str, pages)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    errors: dict[str, list[str]] = {}
    for one in answer["messages"]:
        errors.setdefault(one["message"], []).append(f"{one['url']}:{one.get('lastLine', 0)}")
    assert not errors, "\n".join(f"{message} At {', '.join(places[:3])} ({len(places)} in all)" for message, places in errors.items())
