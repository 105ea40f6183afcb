"""What was published, served as it is and read in a browser: the way from one edition to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from house import ISSUE, Answer, House
from playwright.sync_api import Page, expect
from serving import serving

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory, corrected: tuple[House, Answer]) -> Path:
    """The files of the served branch after a correction."""
    return corrected[0].checkout(tmp_path_factory.mktemp("branch") / "tree")


@pytest.fixture(scope="module")
def address(branch: Path) -> Iterator[str]:
    """Where they are served, without a slash at its end."""
    with serving(branch) as address:
        yield address


@pytest.fixture
def open_page(visit: Open, address: str) -> Open:
    return lambda path, **options: visit(address + path, **options)


def test_the_selector_keeps_the_page_and_reaches_the_new_edition(open_page: Open, address: str) -> None:
    page = open_page(f"/{ISSUE}/v1/veldia/")
    page.locator(".md-version__current").click()
    listed = page.locator(".md-version__link")
    expect(listed).to_have_text([re.compile("Edition 2"), re.compile("Edition 1")])
    listed.first.click()
    expect(page).to_have_url(f"{address}/{ISSUE}/v2/veldia/")
    expect(page.locator("#edition-status")).to_contain_text("Edition 2, 1 July 2024")


def test_the_selector_leads_back_to_the_old_edition(open_page: Open, address: str) -> None:
    page = open_page(f"/{ISSUE}/v2/security/")
    page.locator(".md-version__current").click()
    page.locator(".md-version__link").last.click()
    expect(page).to_have_url(f"{address}/{ISSUE}/v1/security/")


@pytest.mark.parametrize("section", ["", "veldia/", "security/", "cite/"], ids=lambda section: section or "first page")
def test_the_status_is_there_with_scripts_off_and_leads_on(open_page: Open, address: str, section: str) -> None:
    page = open_page(f"/{ISSUE}/v1/{section}", java_script_enabled=False)
    status = page.locator("#edition-status")
    expect(status).to_contain_text("A newer edition exists.")
    expect(status).to_contain_text("A score was entered too low.")
    expect(status.locator(".status")).to_be_visible()
    status.get_by_role("link", name="Edition 2").click()
    expect(page).to_have_url(f"{address}/{ISSUE}/v2/{section}")
    expect(page.locator("#edition-status")).not_to_contain_text("A newer edition")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_latest_leads_to_the_newest_edition(open_page: Open, address: str, scripts: bool) -> None:
    page = open_page(f"/{ISSUE}/latest/veldia/", java_script_enabled=scripts)
    expect(page).to_have_url(f"{address}/{ISSUE}/v2/veldia/")


def test_a_mistyped_address_helps_without_scripts(open_page: Open) -> None:
    page = open_page(f"/{ISSUE}/v1/veldja/", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    links = page.locator("main a")
    assert links.count() > 0
    for name in ("Issues", "home"):
        expect(page.get_by_role("link", name=re.compile(name, re.IGNORECASE)).first).to_be_visible()


# Every link ----------------------------------------------------------------------------------


class Links(HTMLParser):
    """Where a page leads, what it loads, and where it can be linked at."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = {"", "top", "__top"}
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src") and value is not None:
                self.links.append(value)
            elif tag == "meta" and name == "content" and value and re.match(r"\d+; *url=", value, re.IGNORECASE):
                self.links.append(value.partition("=")[2])


def test_every_internal_link_of_the_whole_tree_answers(branch: Path, address: str) -> None:
    """Absolute links to the site itself count too; 404.html stands under any address and is tried from its own."""
    site = re.search(r"Sitemap: (\S+)sitemap\.xml", (branch / "robots.txt").read_text(encoding="utf-8"))
    assert site
    pages = {path.relative_to(branch).as_posix(): Links(path.read_text(encoding="utf-8")) for path in branch.rglob("*.html")}
    assert len(pages) > 60
    answers: dict[str, int] = {}
    wrong = []
    for name, page in sorted(pages.items()):
        for link in page.links:
            whole = urljoin(f"{address}/{name.removesuffix('index.html')}", link.replace(site[1], f"{address}/"))
            bare, fragment = urldefrag(whole)
            if not bare.startswith(f"{address}/"):
                continue
            if bare not in answers:
                answers[bare] = status_of(bare)
            path = unquote(urlsplit(bare).path).lstrip("/")
            target = pages.get(f"{path}index.html" if path.endswith("/") or not path else path)
            if answers[bare] != 200:
                wrong.append(f"{name}: {link}: {answers[bare]}")
            elif fragment and target and unquote(fragment) not in target.ids:
                wrong.append(f"{name}: {link}: no such place")
    assert wrong == []
    assert len(answers) > 100


def status_of(url: str) -> int:
    try:
        with urlopen(url) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_every_sitemap_leads_to_pages_that_exist(branch: Path) -> None:
    site = re.search(r"Sitemap: (\S+)sitemap\.xml", (branch / "robots.txt").read_text(encoding="utf-8"))
    assert site
    index = re.findall(r"<loc>(.*?)</loc>", (branch / "sitemap.xml").read_text(encoding="utf-8"))
    assert f"{site[1]}{ISSUE}/v1/sitemap.xml" in index
    assert f"{site[1]}{ISSUE}/v2/sitemap.xml" in index
    for sitemap in index:
        pages = re.findall(r"<loc>(.*?)</loc>", (branch / sitemap.removeprefix(site[1])).read_text(encoding="utf-8"))
        assert pages
        for page in pages:
            assert (branch / page.removeprefix(site[1]) / "index.html").is_file(), page
