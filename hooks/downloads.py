"""What is written besides the text: files beside the pages (event: on_post_build)."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros.exports.folder import folder
from macros.register import context_of
from macros.target import Target

UNUSED = ("sitemap.xml.gz", "404.html")
"""What MkDocs writes for a whole site, and an edition has no use for."""
UNUSED_OF_TRANSLATION = (*UNUSED, "sitemap.xml")
"""The sitemap of the original lists the pages of its translations, too."""


def on_post_build(config: MkDocsConfig) -> None:
    """Write what macros and templates have left."""
    context, site = context_of(config), Path(config.site_dir)
    for path, content in context.collected.files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    context.collected.files.clear()  # those of all issues take many megabytes, and the process has other targets to build
    folder.cache_clear()
    for name in UNUSED_OF_TRANSLATION if context.target.language else UNUSED if context.target.kind == "edition" else UNUSED[:1]:
        (site / name).unlink(missing_ok=True)
    if context.target == Target("portal"):
        (site / "sitemap.xml").rename(site / "sitemap-portal.xml")  # the root's own is an index of all
