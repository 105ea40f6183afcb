"""What is written besides the text: files beside the pages, and the program of the charts.

Events: on_post_page, on_post_template, on_post_build.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import vl_convert
from mkdocs.config.defaults import MkDocsConfig

from macros.register import desk_of
from macros.render import packed
from macros.render.charts import cached, compact

PROGRAM = """
import { View } from "/npm/vega-view@6.1.0/+esm";
import { parse } from "/npm/vega-parser@7.1.0/+esm";
import { transforms } from "/npm/vega-dataflow@6.1.0/+esm";
import { Handler } from "/npm/vega-tooltip@1.0.0/+esm";
import * as data from "/npm/vega-transforms@5.1.0/+esm";
import * as layout from "/npm/vega-view-transforms@5.1.0/+esm";
import * as scales from "/npm/vega-encode@5.1.0/+esm";
Object.assign(transforms, data, layout, scales);
window.vega = { View, parse, Handler };
"""
"""Parts of Vega by the names under which the locked vl-convert holds them; another version names other ones, and says which is missing."""


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the macros left on the desk, and the program of the interactive charts."""
    desk, site = desk_of(config), Path(config.site_dir)
    for path, content in desk.files.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if desk.live:
        scripts = site / "assets" / "javascripts"
        scripts.mkdir(parents=True, exist_ok=True)
        (scripts / "vega.js.gz").write_bytes(program(desk.book.root))
        (scripts / "charts.json.gz").write_bytes(packed.gzip(compact(desk.live).encode()))
    if desk.target.kind == "portal":
        (site / "sitemap.xml").rename(site / "sitemap-portal.xml")  # the root's own is an index of all


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


def program(root: Path) -> bytes:
    """What draws the interactive charts, as one script that sets `window.vega`; from the cache where it is there.

    Vega without what none of our charts can ask for: maps, forces, trees, words in clouds, and the compiler
    of Vega-Lite, for the specifications come compiled. That is half of it.
    """
    return cached(root, PROGRAM, "js.gz", lambda: packed.gzip(str(vl_convert.javascript_bundle(PROGRAM)).encode()))
