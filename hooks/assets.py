"""Styles, programs and pictures of the theme and ours, once for the whole site (events: on_files, on_env).

Pages name each by the hash of its content, `/assets/<hash>/<name>`, so that a later theme touches no page that is
published: files are only ever added there.
"""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path

import vl_convert
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from macros.language import current
from macros.pages.charts import cached
from macros.pages.program_words import catalogue
from macros.register import context_of
from macros.target import ASSETS, asset_path

VEGA = f"{ASSETS}vega.js"
"""Vega, Vega-Lite and vega-embed, which draw interactive charts."""
CATALOGUE = f"{ASSETS}catalogue.js"
"""The messages of the programs in the language of the build; see docs/overrides/assets/words.js."""
SNIPPET = "window.vegaEmbed = vegaEmbed;"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the program with the messages of ours in other languages."""
    if not current().source:
        ours = [path.read_text(encoding="utf-8") for path in sorted(Path(str(config.theme.custom_dir), ASSETS).glob("*.js"))]
        files.append(File.generated(config, CATALOGUE, content=catalogue(ours)))
    return files


@event_priority(-100)  # when every other hook has added its files
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme's filter `url` give the shared address of an asset; what no page asks for is not part of the site."""
    context = context_of(config)
    assets = {file.dest_uri: file for file in files if file.dest_uri.startswith(ASSETS)}
    for file in assets.values():
        files.remove(file)
    url, up = env.filters["url"], "../" * context.target.path.count("/")

    def vega() -> bytes:  # most targets have no chart that asks for it, and to bundle it takes longer than to build a paper
        return cached(context.book.root, SNIPPET, "js", lambda: str(vl_convert.javascript_bundle(snippet=SNIPPET)).encode())

    @cache
    def collected(name: str) -> str:
        content = vega() if name == VEGA else assets[name].content_bytes
        path = asset_path(content, name)
        context.collected.files[path] = content
        return path

    @pass_context
    def shared(variables: Context, value: str) -> str:
        if value != VEGA and value not in assets:
            return str(url(variables, value))
        return posixpath.normpath(posixpath.join(variables["base_url"], up, collected(value)))

    env.filters["url"] = shared
    return env
