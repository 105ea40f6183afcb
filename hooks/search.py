"""The search, compressed (event: on_post_build): the theme's program and what it searches are a third of their size.

The theme asks for `search_index.json` and hands it to its program. Here that file holds the settings alone, and in
the place of the program stands `assets/search.js`, which unpacks both when a page asks for them.
"""

from __future__ import annotations

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros.exports import gzip_file
from macros.register import desk_of


def on_post_build(config: MkDocsConfig) -> None:
    """Pack the program and what it searches into one file."""
    if desk_of(config).target.kind == "cover":  # its search is the portal's
        return
    site = Path(config.site_dir)
    index = site / "search" / "search_index.json"
    (program,) = site.glob("assets/javascripts/workers/search.*.js")
    settings = json.loads(index.read_text(encoding="utf-8"))
    docs = _compact(settings.pop("docs"))
    index.with_name("search.js.gz").write_bytes(gzip_file.write(f"{program.read_text(encoding='utf-8')}\nself.docs = {docs};\n"))
    index.write_text(_compact(settings | {"docs": []}), encoding="utf-8")
    (site / "assets" / "search.js").replace(program)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
