"""The preview in a browser: a finding stands over the page, and goes; the page is new by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from accessibility import in_light_and_dark
from house import ISSUE, NON_PAPER, House
from playwright.sync_api import Page, expect
from previewing import Preview, previewing

pytestmark = pytest.mark.browser
SECTION = f"docs/{ISSUE}/security.md"
PANEL = ".preview-findings"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def house(house_with_draft: House) -> House:
    return house_with_draft


@pytest.fixture(scope="module")
def preview(house: House) -> Iterator[Preview]:
    with previewing(house, "--port", "8300") as preview:
        preview.until(f"/{NON_PAPER}/v1/", lambda status, _: status == 200)
        yield preview


@pytest.fixture
def file(house: House) -> Iterator[Path]:
    path = house.root / SECTION
    first = path.read_bytes()
    yield path
    path.write_bytes(first)


def test_a_finding_stands_over_the_page_and_goes_when_it_is_mended(preview: Preview, visit: Visit, file: Path) -> None:
    refused: list[str] = []
    hear = lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None  # noqa: E731
    first = file.read_text(encoding="utf-8")
    page = visit(f"{preview.address}/{ISSUE}/v1/security/", {"console": hear})
    panel = page.locator(PANEL)
    expect(panel).to_be_hidden()
    file.write_text(f"{first}\n{{{{ no_such_macro() }}}}\n", encoding="utf-8")
    expect(panel).to_contain_text("1 finding")
    expect(panel).to_contain_text("no_such_macro")
    link = panel.get_by_role("link")
    line = first.count("\n") + 2
    expect(link).to_have_text(f"{SECTION}:{line}")
    expect(link).to_have_attribute("href", f"vscode://file{file.as_posix()}:{line}")
    expect(page.locator("#content")).not_to_contain_text("no_such_macro")
    file.write_text(f"{first}\nIt is mended now.\n", encoding="utf-8")
    expect(page.locator("#content")).to_contain_text("It is mended now.")
    expect(panel).to_be_hidden()
    assert refused == []


def test_a_reader_who_hears_or_sees_little_can_read_it(preview: Preview, visit: Visit, file: Path) -> None:
    first = file.read_text(encoding="utf-8")
    page = visit(f"{preview.address}/")
    expect(page.get_by_role("navigation", name="Drafts").get_by_role("link")).to_have_attribute("href", f"/{NON_PAPER}/v1/")
    file.write_text(f"{first}\n{{{{ no_such_macro() }}}}\n", encoding="utf-8")
    expect(page.locator(PANEL)).to_contain_text("no_such_macro")
    assert in_light_and_dark(page) == []
    page.get_by_role("navigation", name="Drafts").get_by_role("link").click()
    expect(page.get_by_text("Draft – not published")).to_be_visible()
    assert in_light_and_dark(page) == []
