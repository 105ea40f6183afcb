"""Which part of the site this build makes (event: on_config, before every plugin).

Opens the book, then points the one mkdocs.yml at the pages, address and contents of the
portal, of a cover or of an edition.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from macros import cite, translated_pages, words
from macros.heading_ids import heading_id
from macros.language import N_, gettext
from macros.pages.context import BuildContext
from macros.register import context_of

NAMES = (N_("Switch to light"), N_("Switch to dark"), N_("Follow the system"))
"""Words in mkdocs.yml that readers see."""


@event_priority(100)  # before mkdocs-macros, which reads docs_dir and registers the macros
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point the configuration at one target."""
    context = context_of(config)
    series, volume = context.book.series, context.volume
    config.docs_dir = str(context.book.root / context.target.docs)
    config.site_url = series.site + context.target.path
    config.site_name = words.label(volume) if volume else series.title
    config.site_description = series.description
    config.copyright = series.imprint.name
    config.nav = contents(context)
    config.mdx_configs["toc"] |= {"slugify": heading_id, "permalink_title": gettext("Link to this section")}
    for option in config.theme["palette"]:
        toggle = option["toggle"]
        toggle |= {"name": gettext(toggle.pop("name"))}
    if context.target.kind == "edition":
        config.extra["version"] = {"provider": "mike"}  # the theme's selector of editions
    return config


def contents(context: BuildContext) -> list[str] | None:
    """The pages of an edition in order of reading, of a draft those that are there; None where MkDocs may order them."""
    if context.target.kind != "edition" or context.volume is None:
        return None
    names = [f"{page}.md" for page in cite.pages(context.book, context.volume)]
    if context.target.language:
        translated = list(translated_pages.names(context.book.root, context.target, context.volume.publication.kind))
        return [name for name in names if name in translated]
    if not context.volume.draft:
        return names
    docs = context.book.root / "docs"
    folders = (context.book.root / context.target.docs, docs / "templates" / context.volume.publication.kind)
    there = [name for name in names if any((folder / name).is_file() for folder in folders)]
    return [*there, "review.md"] if context.volume.publication.kind == "issue" else there
