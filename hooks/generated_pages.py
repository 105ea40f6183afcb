"""Which pages this build has (event: on_files).

Takes out what belongs to other builds, and adds the pages that are made from docs/templates/:
one for each relationship on the portal, events, data and citation in each edition, the cover, two issues compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from macros import indices, page_templates, translated_pages, words
from macros.language import gettext
from macros.model import publication_of
from macros.pages.context import BuildContext
from macros.register import context_of
from macros.target import comparison_path
from macros.yaml_lines import quoted


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the pages of this target, and add those made from templates."""
    context = context_of(config)
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        if context.target.kind in {"cover", "comparison"} or _of_another(context, file.src_uri):
            files.remove(file)
    present = {file.src_uri for file in files}
    for path, text in made(context):
        if path not in present:
            files.append(File.generated(config, path, content=text))
    return files


def _of_another(context: BuildContext, path: str) -> bool:
    """Whether a file below the folder of a build belongs to a publication beside it, or to a translation."""
    of_publication = context.target.kind == "portal" and bool(publication_of(f"docs/{path}"))
    return of_publication or path.partition("/")[0] in translated_pages.languages(context.book, context.target)


def made(context: BuildContext) -> Iterator[tuple[str, str]]:
    """The pages of this target that are made from templates: path and Markdown text."""
    root, volume = context.book.root, context.volume
    if context.target.kind == "comparison":
        first, second = context.target.issues
        yield f"{comparison_path(first, second)}index.md", _filled(root, "portal/comparison.md", first=first, second=second)
    elif volume is None:
        if context.target.language:
            return
        yield "search.md", page_templates.template(root, "portal/search.md")
        for relationship in context.book.relationships:
            texts = {"label": _within_quotes(relationship.label), "title": _within_quotes(relationship.title)}
            yield f"relationships/{relationship.id}.md", _filled(root, "portal/relationship.md", id=relationship.id, **texts)
    elif context.target.kind == "cover":
        yield f"{volume.address}/index.md", _filled(root, "cover/index.md", title=_within_quotes(words.label(volume)))
    else:
        kinds = [volume.publication.kind, *(["draft"] if volume.draft and volume.publication.kind == "issue" else [])]
        for path in (f"{kind}/{name}" for kind in kinds for name in page_templates.names(root, kind, ".md")):
            name = path.rpartition("/")[2]
            if context.target.language and name in translated_pages.OF_THE_ORIGINAL:
                continue
            yield name, page_templates.template(root, path) + (_appendices(context) if name == "events.md" else "")


def _filled(root: Path, name: str, **values: Any) -> str:
    return Template(page_templates.template(root, name)).substitute(values)


def _appendices(context: BuildContext) -> str:
    """What the page of events holds of incidents and of bands, where the scales of the monitor have them."""
    series = list(indices.security_series(context.book).values())
    root, banded, parts = context.book.root, indices.banded(context.book), []
    if series:
        labels = words.listed([words.within(index.label) for index in series])
        ways = [
            gettext("%(label)s: up %(up)s, down %(down)s.", label=index.label, up=index.up, down=index.down)
            for index in series
            if index.up and index.down
        ]
        parts.append(_filled(root, "appendices/incidents.md", labels=_literal(labels), ways=_literal(" ".join(ways))))
    if banded:
        parts.append(_filled(root, "appendices/bands.md", label=_literal(words.within(banded.label))))
    return "".join(f"\n{part}" for part in parts)


def _literal(text: str) -> str:
    """A text of the data as Markdown prints it letter by letter, and as no call of a macro."""
    return "".join(letter if letter.isalnum() or letter in " ,.:−-" else f"&#{ord(letter)};" for letter in text)


def _within_quotes(text: str) -> str:
    """A text as it stands between double quotes in front matter."""
    return quoted(text)[1:-1]
