"""How long builds take, as ratios on one machine: run by `make bench`.

(a) `barometer build` of the real site: nothing built before, nothing changed, one event changed.
(b) `barometer publish` of one more issue, with 1 and with 200 issues archived: time, time of processors, and peak memory of all
    its processes.
(c) The same number of archived issues, 100, built by plain Material + macros + inline Altair (tests/bench_plain/).
(d) What one more edition adds to the tree that is served, and to its repository, packed.
(e) `barometer serve`: from a saved file to the changed page, first when all is built, then while all else is built anew.
(f) The page of all events with 300 issues of 120 rows: what a reader loads, and how long a choice takes (tests/bench_explorer.py).

What the archives are made of is told in tests/bench_archive.py. Each measurement but the plain build is repeated, and the
quickest counts; the archives of (b) take turns, before and after (c), so that a busy machine is busy for all.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parent))  # as pytest does for tests/

import bench_archive as archives
import bench_explorer
from serving import free_port
from trees import ROOT, copy

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
MANY = int(os.environ.get("BENCH_ARCHIVED", "200"))
PLAIN = 100
PAPER = "policy/2019-union-state"
LOOK = 0.5
"""How often memory is looked at, in seconds: it takes thirty milliseconds of a processor that the builders want too."""
PAGES = ("index", "russia", "eu", "china", "us", "ukraine", "security", "events", "data", "cite")


@dataclass(frozen=True)
class Run:
    """What a run took.

    Attributes:
        seconds: Its time.
        megabytes: The most memory of all its processes together.
        processor: Seconds that processors worked for it, which tells two runs apart even where the machine has other work.
    """

    seconds: float
    megabytes: float
    processor: float


def usage(session: int) -> tuple[float, float]:
    """Look at the processes of a session (proc(5)).

    Returns:
        Their memory in megabytes, where what they share is counted once, and the seconds that processors have worked for them
        and for those of their children that have ended.
    """
    kilobytes = ticks = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                ticks += sum(map(int, fields[11:15]))
                lines = (place / "smaps_rollup").read_text().splitlines()
                kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, IndexError):
            continue
    return kilobytes / 1024, ticks / os.sysconf("SC_CLK_TCK")


def environment() -> dict[str, str]:
    """What our program runs with; the tests make no PDFs, and in earnest each edition has one."""
    given = {name: value for name, value in os.environ.items() if name != "BAROMETER_PDF"}
    return {**given, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}


def measured(root: Path, *command: str) -> Run:
    """Run a command, which must succeed, and watch it."""
    began, peak, worked = time.monotonic(), 0.0, 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=root, env=environment(), stdout=said, stderr=said, start_new_session=True)
        while process.poll() is None:
            now = usage(process.pid)
            peak, worked = max(peak, now[0]), max(worked, now[1])
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK)
        spent = time.monotonic() - began
        said.seek(0)
        assert process.returncode == 0, said.read().decode()
    return Run(spent, peak, worked)


def barometer(root: Path, *words: str) -> Run:
    """Run our program on a tree."""
    return measured(root, sys.executable, "-m", "hooks.publishing.cli", *words)


def quickest(runs: list[Run]) -> Run:
    """The quickest time and the smallest peak: what disturbs a measurement only adds to it."""
    return Run(min(run.seconds for run in runs), min(run.megabytes for run in runs), min(run.processor for run in runs))


def builds(place: Path) -> None:
    """(a) The whole site: first, again, and with one changed event."""
    tree = copy(place / "site", ROOT, "mkdocs.yml", "docs", "data", "hooks")
    first = barometer(tree, "build")
    again = barometer(tree, "build")
    events = tree / f"data/issues/{archives.FIRST}/events.csv"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace("Telephone call", "Call by telephone", 1), encoding="utf-8")
    assert events.read_text(encoding="utf-8") != text
    changed = barometer(tree, "build")
    print(f"(a) whole site: first {first.seconds:.1f} s, again {again.seconds:.1f} s ({again.seconds / first.seconds:.2f} of the first),")
    print(f"    with one changed event {changed.seconds:.1f} s ({changed.seconds / first.seconds:.2f} of the first)")


def repositories(place: Path) -> tuple[Path, Path]:
    """A clone of this repository's data and pages, and its bare remote."""
    root, remote = copy(place / "root", ROOT, "mkdocs.yml", "docs", "data", "hooks"), place / "remote.git"
    (root / ".gitignore").write_text("/.cache/\n/macros\n", encoding="utf-8")
    archives.move_back(root)
    archives.git("init", "--quiet", "--initial-branch=main", at=root)
    archives.git("init", "--quiet", "--bare", str(remote), at=root)
    for at in (root, remote):
        for setting in ("user.name=Bench", "user.email=bench@invalid", "commit.gpgsign=false"):
            archives.git("config", *setting.split("="), at=at)
    archives.git("remote", "add", "origin", str(remote), at=root)
    return root, remote


def house(place: Path, archived: int, thin: bool) -> Path:
    """A clone with so many issues published, whose remote it has fetched, and one more issue to publish."""
    root, remote = repositories(place)
    newest = archives.FIRST + archived - 1
    commit(root, "The first issue")
    barometer(root, "publish")
    if archived > 1:
        for number in range(archives.FIRST + 1, newest + 1):
            archives.add_issue(root, number, thin)
        commit(root, "Many issues")
        archives.add_archive(root, remote, range(archives.FIRST + 1, newest + 1))
        barometer(root, "publish")  # the covers, and the portal as it was before the next issue
        barometer(root, "verify")
    archives.git("fetch", "--quiet", at=root)
    archives.add_issue(root, newest + 1)
    commit(root, "One more issue")
    return place


def commit(root: Path, why: str) -> None:
    """Commit everything."""
    archives.git("add", "--all", at=root)
    archives.git("commit", "--quiet", "--message", why, at=root)


def publishing(place: Path, ready: Path) -> Run:
    """Publish the next issue from a copy of a house; pictures of charts that exist are there, pages are not."""
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(["cp", "-a", str(ready), str(place)], check=True)
    archives.git("remote", "set-url", "origin", str(place / "remote.git"), at=place / "root")
    shutil.rmtree(place / "root/.cache/built", ignore_errors=True)
    return barometer(place / "root", "publish")


def plain(place: Path) -> Run:
    """(c) A plain build of a hundred issues: the same pages, tables and as many charts."""
    shutil.copytree(ROOT / "tests/bench_plain", place, ignore=shutil.ignore_patterns("__pycache__"))
    source = ROOT / "data" / "issues" / str(archives.FIRST)
    for number in range(1, PLAIN + 1):
        shutil.copytree(source, place / "data" / str(number))
        folder = place / "docs" / "issues" / str(number)
        folder.mkdir(parents=True)
        for page in PAGES:
            (folder / f"{page}.md").write_text(plain_page(number, page), encoding="utf-8")
    (place / "docs/index.md").write_text("# Plain\n", encoding="utf-8")
    (place / "docs/vega.js").write_text("", encoding="utf-8")
    return measured(place, sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(place / "site"))


def plain_page(number: int, page: str) -> str:
    """The narrative of the real page where there is one, then its charts and its table, as macros of the plain site."""
    real = ROOT / "docs/issues" / str(archives.FIRST) / f"{page}.md"
    trade = ROOT / "data/issues" / str(archives.FIRST) / "trade.csv"
    prose = archives.without_macros(real.read_text(encoding="utf-8")) if real.is_file() else ""
    partners = {line.split(",")[1] for line in trade.read_text(encoding="utf-8").splitlines()[1:]}
    calls = {
        "index": [f'chart({number}, "events", "score", "board")'],
        "security": [
            f'chart({number}, "incidents", "regional", "regional")',
            f'chart({number}, "incidents", "national", "national")',
            f'table({number}, "incidents")',
        ],
        "events": [f'table({number}, "events")'],
        "data": [f'table({number}, "trade")', f'table({number}, "figures")'],
        "cite": [],
    }.get(
        page,
        [
            f'chart({number}, "events", "score", "events", "{page}")',
            f'running({number}, "running", "{page}")',
            *([f'trade({number}, "trade", "{page}")'] if page in partners else []),
            f'table({number}, "events", "{page}")',
        ],
    )
    return f"# {page.title()}\n\n{prose}\n\n" + "\n\n".join(f"{{{{ {call} }}}}" for call in calls) + "\n"


def turns(place: Path, *houses: Path) -> list[Run]:
    """Publish the next issue from each of some houses in turn, in many rounds: the quickest of each."""
    rounds = [[publishing(place / "run", ready) for ready in houses] for _ in range(ROUNDS)]
    return [quickest(list(runs)) for runs in zip(*rounds, strict=True)]


def compare(what: str, one: Run, many: Run) -> None:
    """Print (b)."""
    print(f"(b) one more issue, {what}:")
    for archived, run in ((1, one), (MANY, many)):
        print(f"    with {archived} archived {run.seconds:.1f} s, {run.processor:.1f} s of processors, {run.megabytes:.0f} MB;")
    ratios = many.seconds / one.seconds, many.processor / one.processor, many.megabytes / one.megabytes
    print("    ratio of time {:.2f}, of that of processors {:.2f}, of memory {:.2f} (bar: 1.25)".format(*ratios), flush=True)


def weight(remote: Path, scratch: Path) -> tuple[int, int]:
    """Bytes of everything that is served, and of branch and tags when git has packed them."""
    lines = archives.git("ls-tree", "-r", "-l", "gh-pages", at=remote).splitlines()
    archives.git("clone", "--quiet", "--bare", "--no-local", str(remote), str(scratch), at=remote)
    archives.git("gc", "--quiet", at=scratch)
    counts = dict(line.split(": ") for line in archives.git("count-objects", "-v", at=scratch).splitlines())
    shutil.rmtree(scratch)
    return sum(int(line.split()[3]) for line in lines), int(counts["size-pack"]) * 1024


def growth(place: Path) -> None:
    """(d) Publish everything but a paper, then the paper, then a copy of the newest issue, and weigh the branch between."""
    root, remote = repositories(place)
    front = root / f"data/{PAPER}/publication.yml"
    text = front.read_text(encoding="utf-8")

    def add_paper() -> None:
        front.write_text(text, encoding="utf-8")

    def hold_back() -> None:
        front.write_text(text.replace("status: published", "status: draft"), encoding="utf-8")

    def add_issue() -> None:
        archives.add_issue(root, archives.FIRST + 1)

    before = (0, 0)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("everything else", hold_back),
        (f"one more edition, {PAPER}", add_paper),
        (f"one more edition, a copy of issues/{archives.FIRST}", add_issue),
    ]
    for what, change in steps:
        change()
        commit(root, what)
        barometer(root, "publish")
        after = weight(remote, place / "scratch.git")
        served, packed = (now - then for now, then in zip(after, before, strict=True))
        print(f"(d) {what}: {served / 1e6:.2f} MB served, {packed / 1e3:.0f} KB packed", flush=True)
        before = after


def preview(place: Path) -> None:
    """(e) Change an event, then a paragraph, and wait for the page."""
    tree = copy(place, ROOT, "mkdocs.yml", "docs", "data", "hooks")
    port = free_port()
    command = [sys.executable, "-m", "hooks.publishing.cli", "serve", "--port", str(port)]
    changes = (
        ("an event", f"data/issues/{archives.FIRST}/events.csv", "Telephone call", "Call by telephone", "events"),
        ("a page", f"docs/issues/{archives.FIRST}/russia.md", "## Events", "A changed paragraph.\n\n## Events", "russia"),
    )
    server = subprocess.Popen(command, cwd=tree, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for what, file, old, new, page in changes:
            address = f"http://127.0.0.1:{port}/issues/{archives.FIRST}/v1/{page}/"
            wait_for(server, f"http://127.0.0.1:{port}/robots.txt", "Sitemap")  # what comes last at the start
            path = tree / file
            head, behind, body = path.read_text(encoding="utf-8").rpartition(old)
            assert behind, (file, old)
            path.write_text(head + new + body, encoding="utf-8")
            seconds = wait_for(server, address, new.partition("\n")[0])
            print(f"(e) preview, from {what} saved to its page changed: {seconds:.1f} s", flush=True)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def wait_for(server: subprocess.Popen[bytes], address: str, words: str) -> float:
    """Seconds until a page holds some words."""
    began = time.monotonic()
    while server.poll() is None:
        with suppress(URLError, ConnectionError), urlopen(address) as answer:
            if words in answer.read().decode():
                return time.monotonic() - began
        time.sleep(LOOK / 10)
    raise RuntimeError("the preview ended")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        growth(place / "growth")
        preview(place / "preview")
        builds(place)
        bench_explorer.measure(place / "site" / "site")
        houses = house(place / "few", 1, False), house(place / "thin", MANY, True), house(place / "full", MANY, False)
        before = turns(place, *houses)
        whole = plain(place / "plain")
        one, thin, full = (quickest(list(runs)) for runs in zip(before, turns(place, *houses), strict=True))
        compare("one event in each archived one, so that the archive alone grows", one, thin)
        compare("102 events and 22 incidents in each, so that all data grows with it", one, full)
        print(f"(c) plain build of {PLAIN} issues: {whole.seconds:.1f} s; that is, of one more issue in (b), with")
        for archived, run in (("1 archived", one), (f"{MANY} of one event", thin), (f"{MANY} full ones", full)):
            print(f"    {archived}: {whole.seconds / run.seconds:.1f} times (bar: 5)")


if __name__ == "__main__":
    main()
