"""The programs of the pages, compressed (event: on_post_build), since every edition carries its own copy for ever.

`assets/barometer.js` unpacks and starts them. A page is complete without.
"""

from __future__ import annotations

import json
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
    """Write the theme's program, and that of the interactive charts with their specifications."""
    desk, site = desk_of(config), Path(config.site_dir)
    scripts = site / "assets" / "javascripts"
    level = packed.LIVING if desk.target.kind == "portal" else packed.TIGHT
    (scripts / "theme.json.gz").write_bytes(packed.gzip(compact(theme(site)).encode(), level))
    if desk.live:
        (scripts / "vega.js.gz").write_bytes(program(desk.book.root))
        (scripts / "charts.json.gz").write_bytes(packed.gzip(compact(desk.live).encode(), level))


def theme(site: Path) -> dict[str, Any]:
    """The theme's program and what it needs, taken out of a build.

    Args:
        site: A finished build; the files go, and of the search's index its head stays, for the theme asks for it.

    Returns:
        The program, the worker that searches, what it looks through, and the buttons as HTML.
    """
    index = site / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps(found | {"docs": []}), encoding="utf-8")
    taken = {
        "program": _taken(site, "assets/javascripts/bundle.*.js"),
        "search": _taken(site, "assets/javascripts/workers/search.*.js"),
        "tools": _taken(site, "tools.html"),
    }
    return taken | {"docs": found["docs"]}


def _taken(site: Path, pattern: str) -> str:
    """The text of the one file of that name, which is then no file of its own any more."""
    [file] = site.glob(pattern)
    text = file.read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0]
    file.unlink()
    return text


def program(root: Path) -> bytes:
    """What draws the interactive charts, as one script that sets `window.vega`; from the cache where it is there.

    Vega without what none of our charts can ask for: maps, forces, trees, words in clouds, and the compiler
    of Vega-Lite, for the specifications come compiled. That is half of it.
    """
    return cached(root, PROGRAM, "js.gz", lambda: packed.gzip(str(vl_convert.javascript_bundle(PROGRAM)).encode()))
