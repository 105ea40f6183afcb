"""What a translated page has beside its text (events: on_config, on_files, on_page_markdown, on_post_page).

Links to pages that are not translated lead to the original, and say its language. A paragraph whose original has changed
since it was translated says so.
"""

from __future__ import annotations

import logging
import mimetypes
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks.publishing.html_page import HtmlPage
from macros import page_blocks, translated_pages
from macros.model import publication_of
from macros.pages.context import BuildContext
from macros.pages.html import render
from macros.register import context_of
from macros.target import relative

LINK = re.compile(r"(?s:```.*?```)|`[^`\n]+`|(\]\()([^)\s#:]+\.md)(#[^)\s]*)?")
"""A link of Markdown to another page; or code, which stays as it is."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let links lead out of a translation, to its original."""
    if context_of(config).target.language:
        config.validation.links.unrecognized_links = logging.INFO
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take pictures from the original where the translation has none of its own."""
    context = context_of(config)
    folder = context.book.root / context.target.original.docs
    for path in sorted(folder.glob("images/**/*")) if context.target.language else ():
        name = path.relative_to(folder).as_posix()
        if (mimetypes.guess_type(name)[0] or "").startswith("image/") and files.get_file_from_path(name) is None:
            files.append(File(name, str(folder), config.site_dir, config.use_directory_urls))
    return files


@event_priority(50)  # before mkdocs-macros, while the text is as it was written
def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files, **_: object) -> str:
    """Lead links to pages that are not translated to the original, and mark what has changed since."""
    context = context_of(config).at(page.url.removeprefix("./"))
    if not context.target.language:
        return markdown
    return LINK.sub(lambda link: _led(link, page, context, files), _marked(markdown, page, context))


def _led(link: re.Match[str], page: Page, context: BuildContext, files: Files) -> str:
    if link[2] is None:
        return link[0]
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), link[2]))
    if files.get_file_from_path(name) is not None:
        return link[0]
    path = context.target.original.path + translated_pages.url(name.removeprefix("../"))
    return f"{link[1]}{relative(path, context.page)}{link[3] or ''}"


def _marked(markdown: str, page: Page, context: BuildContext) -> str:
    """A translated page with a note under each block whose original has changed since."""
    root, name = context.book.root, page.file.src_uri
    paths = [root / target.docs / name for target in (context.target, context.target.original)]
    if not all(map(Path.is_file, paths)):
        return markdown
    positions = page_blocks.changed(*(path.read_text(encoding="utf-8") for path in paths))
    original = relative(context.target.original.path + page.url.removeprefix("./"), context.page)
    note = render("outdated", original=original)
    return page_blocks.with_notes(markdown, dict.fromkeys(positions, note))


def on_post_page(output: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Say of each link to a page in another language which it is."""
    context = context_of(config).at(page.url.removeprefix("./"))
    if not context.target.language:
        return output
    translated = HtmlPage(output)
    for link in translated.elements("a[href]:not([hreflang], svg a)"):  # SVG knows no hreflang
        language = _language_of(context, link.attributes["href"])
        if language not in ("", context.target.language):
            link.node.attrs["hreflang"] = language
    return translated.document.html or output


def _language_of(context: BuildContext, link: str) -> str:
    """The language of the page of this site that a link leads to; empty for anything else."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.endswith("/"):
        return ""
    path = posixpath.normpath(posixpath.join("/", context.page, parts.path)).strip("/") + "/"
    if path.startswith(context.target.path) or path in context.counterparts.values():
        return context.target.language
    address = publication_of(f"docs/{path}index.md")
    volume = context.book.find(address)
    if address in context.book.originals or volume is None:
        return context.book.originals.get(address) or context.book.originals.get("") or context.book.series.language
    return volume.publication.language
