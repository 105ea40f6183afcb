"""axe finds nothing on a page of every kind, light or dark, with the rules of good practice too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving import PATIENCE

pytestmark = pytest.mark.browser

PORTAL = {
    "home": "/",
    "issues": "/issues/",
    "relationships": "/relationships/",
    "security-history": "/security/",
    "explorer": "/events/",
    "comparisons": "/compare/",
    "trade": "/trade/",
    "non-papers": "/non-papers/",
    "policy": "/policy/",
    "all-data": "/data/",
    "method": "/method/",
    "about": "/about/",
    "corrections": "/corrections/",
    "editors": "/editors/",
    "lost": "/404.html",
    "search": "/search/",
}
OTHERS = {
    "relationship": "/relationships/veldia/",
    "comparison": "/compare/1-2/",
    "results": "/search/?q=lock",
    "cover": "/issues/2/",
    "letter": "/issues/2/v2/",
    "section": "/issues/2/v2/veldia/",
    "security": "/issues/2/v2/security/",
    "events": "/issues/2/v2/events/",
    "data": "/issues/2/v2/data/",
    "cite": "/issues/2/v2/cite/",
    "points": "/non-papers/water-talks/v1/",
    "paper": "/policy/open-river/v1/",
    "recommendations": "/policy/open-river/v1/recommendations/",
    "embed": "/issues/2/v2/embed/events-veldia/",
}
KINDS = PORTAL | OTHERS
"""One page of every kind; judgements stand on that of the paper."""
OURS = {
    "relationship": "/relationships/russia/",
    "comparison": "/compare/19-20/",
    "results": "/search/?q=energy",
    "cover": "/issues/19/",
    "letter": "/issues/19/v1/",
    "section": "/issues/19/v1/russia/",
    "security": "/issues/19/v1/security/",
    "events": "/issues/19/v1/events/",
    "data": "/issues/19/v1/data/",
    "cite": "/issues/19/v1/cite/",
    "points": "/non-papers/2020-forum/v1/",
    "paper": "/policy/2022-new-foreign-policy/v1/",
    "chapter": "/policy/2022-new-foreign-policy/v1/analysis/",
    "recommendations": "/policy/2022-new-foreign-policy/v1/recommendations/",
    "embed": "/issues/19/v1/embed/events-russia/",
    "judgements": "/policy/2019-union-state/v1/belarus/",
}
"""The same of our site, whose pages are long."""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, browser: Browser, other: str) -> Iterator[Open]:
    """Open a page of a kind, in light; a browser begins once for all of them."""
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = browser.new_page(**(phone if request.param == "phone" else {"viewport": {"width": 1280, "height": 900}}))
    page.set_default_timeout(PATIENCE)

    def go(kind: str) -> Page:
        page.emulate_media(color_scheme="light")
        page.goto(f"{other}{KINDS[kind]}")
        return page

    yield go
    page.close()


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that can tell light from dark: the elements are the same."""


def violations(page: Page, **options: object) -> list[str]:
    """What axe finds: the rule, and where it is broken."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['help']}: {', '.join(str(node['target']) for node in one['nodes'][:5])}" for one in found]


def in_light_and_dark(page: Page) -> list[str]:
    """What axe finds in light, and what its rules of colour find in dark."""
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    return [*light, *violations(page, **COLOURS)]


ALIKE = {"about", "all-data", "comparison", "corrections", "editors", "issues", "search", "security-history"}
"""Pages made of the same parts as another one."""
ON_A_PHONE = {"explorer", "letter", "section"}
"""Pages that are laid out otherwise on a phone."""


def asked(opened: str, kinds: Iterable[str], first: set[str]) -> list[Any]:
    """Kinds of pages, of which `make test` asks some first, and `make stress` all."""
    return [pytest.param(opened, kind, marks=[] if kind in first else pytest.mark.stress) for kind in kinds]


@pytest.mark.parametrize(
    ("opened", "kind"), [*asked("wide", KINDS, KINDS.keys() - ALIKE), *asked("phone", KINDS, ON_A_PHONE)], indirect=["opened"]
)
def test_axe_finds_nothing(opened: Open, kind: str) -> None:
    found = in_light_and_dark(opened(kind))
    assert not found, "\n".join(found)


@pytest.mark.stress
@pytest.mark.parametrize("path", (PORTAL | OURS).values(), ids=PORTAL | OURS)
def test_axe_finds_nothing_on_our_site(visit: Open, path: str) -> None:
    found = in_light_and_dark(visit(path, color_scheme="light"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("opened", ["wide"], indirect=True)
def test_axe_finds_nothing_when_all_is_open(opened: Open) -> None:
    page = opened("section")
    for details in page.locator(".chart details").all():
        details.locator("summary").click()
    for button in page.locator(".chart__button").all():  # its name changes as it is pressed
        button.click()
    expect(page.locator(".chart__live svg")).to_have_count(page.locator(".chart__button").count())
    found = in_light_and_dark(page)
    assert not found, "\n".join(found)
