"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that can tell light from dark: the elements are the same."""
FOUND = """(rules) => axe.run({ resultTypes: ["violations"], ...(rules && { runOnly: rules }) }).then(({ violations }) => violations.map(
  ({ id, impact, help, nodes }) => `${id} (${impact}): ${help}: ${nodes.slice(0, 5).map((node) => `${node.target} ${node.html}`)}`))"""
"""The rules that are broken, and where."""


def in_light_and_dark(page: Page) -> list[str]:
    """What axe finds in light, with the rules of good practice too, and what its rules of colour find in dark."""
    page.emulate_media(color_scheme="light")
    page.evaluate(Axe().axe_script)
    light: list[str] = page.evaluate(FOUND)
    page.emulate_media(color_scheme="dark")
    return [*light, *page.evaluate(FOUND, COLOURS)]
