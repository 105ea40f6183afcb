"""What is written besides the text: files beside the pages, the chart program, and nothing unused.

Events: on_post_page, on_post_template, on_post_build.
"""

from __future__ import annotations

import gzip
import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from mkdocs.config.defaults import MkDocsConfig

from macros.register import desk_of

UNUSED = ("assets/javascripts/lunr/**/*", "assets/**/*.map", "assets/images/favicon.png", "sitemap.xml.gz")
"""What the theme brings and no page asks for: other languages of the search, source maps."""


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the macros left on the desk, and the program of the interactive charts."""
    desk, site = desk_of(config), Path(config.site_dir)
    for path, content in desk.files.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if any(path.startswith("charts/") for path in desk.files):
        program = site / "assets" / "javascripts" / "vega.js.gz"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(bundle(desk.book.root))
    if desk.target.kind == "portal":
        (site / "sitemap.xml").rename(site / "sitemap-portal.xml")  # the root's own is an index of all
    unused = UNUSED if desk.target.kind == "portal" else (*UNUSED, "404.html")
    for pattern in unused:
        for waste in sorted(site.glob(pattern), reverse=True):
            waste.unlink() if waste.is_file() else waste.rmdir()


def on_post_template(output_content: str, **_: Any) -> str:
    """Tidy a page that is no document, such as 404.html."""
    return on_post_page(output_content)


def on_post_page(output: str, **_: Any) -> str:
    """Take the indentation of the templates out of a page, but not out of what is printed letter by letter.

    Also an attribute that the theme's base page gives to checkboxes and HTML does not know there.
    """
    output = re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", output)
    parts = re.split(r"(<pre.*?</pre>|<script.*?</script>|<textarea.*?</textarea>)", output, flags=re.S)
    return "".join(part if index % 2 else re.sub(r"\s*\n\s*", "\n", part) for index, part in enumerate(parts))


def bundle(root: Path) -> bytes:
    """Vega, Vega-Lite and vega-embed as one compressed script that sets `window.vegaEmbed`; from the cache where it is there.

    Compressed it is a third of its size, and every edition carries its own; the page unpacks it.
    """
    cached = root / ".cache" / f"vega-embed-{version('vl-convert-python')}.js.gz"
    if not cached.is_file():
        cached.parent.mkdir(parents=True, exist_ok=True)
        script = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
        fresh = cached.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(gzip.compress(script.encode(), 9, mtime=0))
        fresh.replace(cached)
    return cached.read_bytes()
