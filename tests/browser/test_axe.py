"""axe finds nothing on a page of every kind, light or dark, with the rules of good practice too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from accessibility import in_light_and_dark
from playwright.sync_api import Page, expect

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
Visit = Callable[..., Page]

PARTS_OF_OTHERS = {
    *("about", "all-data", "corrections", "editors", "issues", "method", "non-papers", "relationships", "search", "security"),
    *("security-history", "trade"),
}
"""Pages made of the parts that other pages are made of."""
ON_A_PHONE = {"explorer", "letter", "section"}
"""Pages that are laid out otherwise on a phone."""
WIDE = KINDS.keys() - PARTS_OF_OTHERS - {"letter", "section"}
"""What `make test` asks on a wide screen; a section once more when all is open."""
SCREENS: dict[str, dict[str, Any]] = {
    "wide": {},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}


def asked(screen: str, first: set[str]) -> list[Any]:
    """Kinds of pages on a screen, of which `make test` asks some first, and `make stress` all."""
    return [pytest.param(screen, kind, marks=[] if kind in first else pytest.mark.stress) for kind in KINDS]


@pytest.mark.parametrize(("screen", "kind"), [*asked("wide", WIDE), *asked("phone", ON_A_PHONE)])
def test_axe_finds_nothing(visit: Visit, other: str, screen: str, kind: str) -> None:
    assert in_light_and_dark(visit(f"{other}{KINDS[kind]}", **SCREENS[screen])) == []


@pytest.mark.stress
@pytest.mark.parametrize("path", (PORTAL | OURS).values(), ids=PORTAL | OURS)
def test_axe_finds_nothing_on_our_site(visit: Visit, path: str) -> None:
    assert in_light_and_dark(visit(path)) == []


def test_axe_finds_nothing_when_all_is_open(visit: Visit, other: str) -> None:
    page = visit(f"{other}{KINDS['section']}")
    for details in page.locator(".chart details").all():
        details.locator("summary").click()
    for button in page.locator(".chart__button").all():  # its name changes as it is pressed
        button.click()
    expect(page.locator(".chart__live svg")).to_have_count(page.locator(".chart__button").count())
    assert in_light_and_dark(page) == []
