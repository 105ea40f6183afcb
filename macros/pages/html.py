"""The templates of the room, with everything from data escaped."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from macros import date_words, words
from macros.language import Language, current, gettext
from macros.language_tags import own_name
from macros.model import Publication
from macros.pages import kinds


def paragraphs(text: str) -> Markup:
    """Plain text with empty lines between paragraphs -> escaped paragraphs."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)


APART = re.compile(r"(<(pre|script|style|title)\b.*?</\2>|<[^>]*>)|№ (?=\d)", re.DOTALL)


def unbroken(page: str) -> str:
    """A finished page with each № kept on the line of its number; what is copied by programs stays letter by letter."""
    return APART.sub(lambda match: match[1] or "№\N{NO-BREAK SPACE}", page)


def of(text: str, publication: Publication) -> Markup:
    """A text of a publication, which says in which language it is where that is not the language of the page (WCAG 2.2, 3.1.2)."""
    language = Language(publication.language)
    if language.tag == current().tag:
        return escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language.tag, language.direction, text)


def other_language(publication: Publication) -> Markup | str:
    """The language of a publication, by its own name, where it is not that of the page."""
    return of(own_name(publication.language), publication) if publication.language != current().tag else ""


def stopped(text: str) -> Markup:
    """A text with one stop at its end, as `words.stopped` says; one of its own may stand before a closing quotation mark."""
    html = Markup(escape(text))
    plain = html.striptags().rstrip("”»“")
    return html if words.stopped(plain) == plain else Markup(words.full_stop(html))


def translate(environment: Environment) -> None:
    """Let the templates of an environment say messages in the current language (Jinja, "i18n Extension").

    A translation is put into a page as it stands, like the template around it: macros/catalogues.py has checked that it
    holds no HTML but that of its message. Values are escaped.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda message: current().messages.gettext(message),
        lambda singular, plural, number: current().messages.ngettext(singular, plural, number),
        newstyle=True,
        pgettext=lambda context, message: current().messages.pgettext(context, message),
    )
    environment.globals["language"] = current


_ENVIRONMENT = Environment(
    loader=PackageLoader("macros.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
translate(_ENVIRONMENT)
_ENVIRONMENT.filters |= {
    "signed": words.signed,
    "human": date_words.human,
    "of": of,
    "other_language": other_language,
    "written": date_words.written,
    "paragraphs": paragraphs,
    "label": words.label,
    "when": words.when,
    "people": words.people,
    "kind_of_publication": kinds.kind_of_publication,
    "kind_of_edition": kinds.kind_of_edition,
    "rows": kinds.rows,
    "incidents": words.incidents,
    "points_from": kinds.points_from,
    "gettext": gettext,
    "listed": words.listed,
    "stopped": stopped,
}


def keep_compiled(cache: BytecodeCache) -> None:
    """Keep the templates, once they are compiled, for other processes."""
    _ENVIRONMENT.bytecode_cache = cache


def render(name: str, **values: Any) -> Markup:
    """Fill templates/<name>.html; text is escaped, and empty lines are left out."""
    text = _ENVIRONMENT.get_template(f"{name}.html").render(**values)
    return Markup("\n".join(line for line in text.splitlines() if line.strip()))


__all__ = ["Markup", "escape", "keep_compiled", "paragraphs", "render", "translate", "unbroken"]
