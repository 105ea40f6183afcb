"""A page of a browser on paper."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Page


def sheets(page: Page) -> list[str]:
    """The text of each sheet of a page that is printed."""
    done = subprocess.run(["pdftotext", "-", "-"], input=page.pdf(format="A4"), capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]
